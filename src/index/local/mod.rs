//! The local backend: Tantivy indexes in a folder.

mod analyzer;
mod context;
mod doctor;
mod document;
mod evidence;
mod explain;
mod fields;
mod fold;
mod folder;
mod highlight;
mod invert;
mod packed;
mod pass;
mod phrase;
mod plan;
mod rank;
mod reader;
mod records;
mod snippet;
mod spelling;
mod status;
mod stored;
mod telling;
mod terms;
mod together;
mod tokens;
mod union;
mod writer;

use std::path::Path;

pub(super) use doctor::check;

use crate::index::{Index, IndexError, WriteOptions, Writer};

/// Opens the index in `folder` for searching.
pub(super) fn open(folder: &Path) -> Result<Box<dyn Index>, IndexError> {
    Ok(Box::new(reader::Local::open(folder)?))
}

/// Opens or makes the index in `folder` for writing. A damaged one is rebuilt beside itself.
pub(super) fn open_writer(folder: &Path, options: &WriteOptions) -> Result<Box<dyn Writer>, IndexError> {
    match writer::LocalWriter::open(folder, options) {
        Err(IndexError::Damaged { .. }) if !options.rebuild => {
            let options = WriteOptions { rebuild: true, ..options.clone() };
            Ok(Box::new(writer::LocalWriter::open(folder, &options)?))
        }
        opened => Ok(Box::new(opened?)),
    }
}

#[cfg(test)]
mod tests;
