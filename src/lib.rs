//! pullquote: who said what about which stock, and when, out of a folder of raw articles.
//!
//! The modules stand in the order in which an article passes through them; a module may name those
//! above it and never those below. A file becomes a searchable article on the way down to [`schema`],
//! a typed question becomes an answer between [`query`] and [`index`], and the rest shows it to somebody.
//!
//! Where to start: [`ingest::ingest`] is the way in, [`index::Index::search`] the way out, and
//! [`cli::run`] the front door to both.

pub mod settings;
mod letters;
pub mod article;
pub mod corpus;
pub mod format;
pub mod extract;
pub mod schema;
pub mod query;
pub mod search;
pub mod index;
pub mod ingest;
pub mod alerts;
pub mod output;
pub mod browse;
pub mod cli;
