//! File records: how they are kept, and how all of them are read.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::collector::DocSetCollector;
use tantivy::query::AllQuery;
use tantivy::{DocAddress, Searcher};

use super::folder::damaged;
use super::packed::Packed;
use super::stored::pack;
use crate::index::{FileRecord, IndexError};

/// A file record as kept.
#[derive(Debug, Serialize, Deserialize)]
struct FileRow<'a> {
    path: &'a str,
    size: u64,
    modified: i64,
    hash: &'a [u8],
    articles: u64,
    quotes: u64,
    replaced: u64,
    refused: u64,
    refusals: Vec<(&'a str, &'a str)>,
}

/// Packs a file record.
pub(super) fn pack_file(file: &FileRecord) -> Vec<u8> {
    pack(&FileRow {
        path: &file.path,
        size: file.size,
        modified: file.modified,
        hash: &file.hash,
        articles: file.articles as u64,
        quotes: file.quotes as u64,
        replaced: file.replaced as u64,
        refused: file.refused as u64,
        refusals: file.refusals.iter().map(|(id, reason)| (id.as_str(), reason.as_str())).collect(),
    })
}

/// Unpacks a file record.
pub(super) fn unpack_file(bytes: &[u8]) -> Option<FileRecord> {
    let row: FileRow<'_> = postcard::from_bytes(bytes).ok()?;
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    Some(FileRecord {
        path: row.path.to_owned(),
        size: row.size,
        modified: row.modified,
        hash: row.hash.to_vec(),
        articles: count(row.articles),
        quotes: count(row.quotes),
        replaced: count(row.replaced),
        refused: count(row.refused),
        refusals: row.refusals.into_iter().map(|(id, reason)| (id.to_owned(), reason.to_owned())).collect(),
    })
}

/// Every file record that `searcher` sees, in order of path.
pub(super) fn records_in(searcher: &Searcher, place: &Path) -> Result<Vec<FileRecord>, IndexError> {
    let damaged = |error| damaged(place, &error);
    let mut records = Vec::new();
    let mut addresses: Vec<DocAddress> =
        searcher.search(&AllQuery, &DocSetCollector).map_err(damaged)?.into_iter().collect();
    addresses.sort_unstable();
    for address in addresses {
        let packed: Packed = searcher.doc(address).map_err(damaged)?;
        records.extend(unpack_file(&packed.row));
    }
    records.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(records)
}
