//! The local backend: Tantivy indexes in a folder.

mod analyzer;
mod context;
mod counts;
mod doctor;
mod dense;
mod directory;
mod document;
mod evidence;
mod explain;
mod fields;
mod fold;
mod folder;
mod grouped;
mod guard;
mod highlight;
mod hit;
mod invert;
mod packed;
mod pass;
mod phrase;
mod plan;
mod proximity;
mod rank;
mod reader;
mod records;
mod sieve;
mod snippet;
mod spelling;
mod status;
mod stored;
mod stories;
mod tally;
mod telling;
mod terms;
mod together;
mod tokens;
mod union;
mod writer;

use std::path::Path;

use guard::{Guarded, guarded};

use crate::index::{Finding, Index, IndexError, WriteOptions, Writer};

/// Opens the index in `folder` for searching.
pub(super) fn open(folder: &Path) -> Result<Box<dyn Index>, IndexError> {
    let local = guarded(folder, || reader::Local::open(folder))?;
    Ok(Box::new(Guarded(local)))
}

/// Looks whether the index in `folder` is sound.
pub(super) fn check(folder: &Path) -> Vec<Finding> {
    let unreadable = |error: IndexError| {
        vec![Finding {
            what: "index".to_owned(),
            sound: false,
            detail: format!("{error}; run `pullquote index --rebuild`"),
        }]
    };
    guarded(folder, || Ok(doctor::check(folder))).unwrap_or_else(unreadable)
}

/// Opens or makes the index in `folder` for writing. A damaged one is rebuilt beside itself.
pub(super) fn open_writer(folder: &Path, options: &WriteOptions) -> Result<Box<dyn Writer>, IndexError> {
    match guarded(folder, || writer::LocalWriter::open(folder, options)) {
        Err(IndexError::Damaged { .. }) if !options.rebuild => {
            let options = WriteOptions { rebuild: true, ..options.clone() };
            Ok(Box::new(writer::LocalWriter::open(folder, &options)?))
        }
        opened => Ok(Box::new(opened?)),
    }
}

#[cfg(test)]
mod tests;
