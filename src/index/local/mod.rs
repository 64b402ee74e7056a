//! The local backend: Tantivy indexes in a folder.

mod analyzer;
mod document;
mod fields;
mod highlight;
mod plan;
mod rank;
mod snippet;
mod stored;
mod terms;
mod together;
mod tokens;
