//! What is indexed, how fresh, what failed.

use std::fs;
use std::path::Path;

use tantivy::Searcher;

use super::document::UNDATED;
use super::fields::Fields;
use super::folder::{FILES, damaged, holder};
use super::reader::{Local, reader};
use super::records::records_in;
use crate::index::{FileRecord, IndexError, Status};

/// The status names no more refusals than this, and says how many there are.
const MOST_REFUSALS: usize = 1000;

/// Looks at the index as last committed.
pub(super) fn status(local: &Local) -> Result<Status, IndexError> {
    let articles = local.articles();
    let files = records(local)?;
    let undated = articles.doc_freq(&Fields::term(local.fields.undated, UNDATED));
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let refusals = files.iter().flat_map(|file| file.refusals.iter().cloned());
    let dead = |searcher: &Searcher| {
        let alive = searcher.num_docs();
        let all: u64 = searcher.segment_readers().iter().map(|reader| u64::from(reader.max_doc())).sum();
        if all == 0 { 0.0 } else { (all - alive) as f64 / all as f64 }
    };
    Ok(Status {
        index: local.folder.clone(),
        corpus: local.meta.corpus.clone(),
        articles: count(articles.num_docs()),
        undated: count(undated.map_err(|error| damaged(&local.folder, &error))?),
        quotes: count(local.quotes()?.num_docs()),
        files: files.len(),
        replaced: files.iter().map(|file| file.replaced).sum(),
        days: days(&articles),
        written: (local.meta.written > 0).then_some(local.meta.written),
        bytes: size(&local.folder),
        dead: dead(&articles),
        segments: articles.segment_readers().len(),
        refused: files.iter().map(|file| file.refused).sum(),
        refusals: refusals.take(MOST_REFUSALS).collect(),
        writer: holder(&local.folder),
    })
}

/// Every file record, in order of path.
pub(super) fn records(local: &Local) -> Result<Vec<FileRecord>, IndexError> {
    let place = local.meta.place(&local.folder, FILES);
    records_in(&reader(&place)?.searcher(), &place)
}

/// The first and the last publication day.
fn days(searcher: &Searcher) -> Option<(String, String)> {
    let mut bounds: Option<(u64, u64)> = None;
    for reader in searcher.segment_readers() {
        let Ok(Some(column)) = reader.fast_fields().column_opt::<u64>("first") else { continue };
        if column.num_docs() > 0 && column.max_value() > 0 {
            let (least, most) = (column.min_value(), column.max_value());
            bounds = Some(bounds.map_or((least, most), |(low, high)| (low.min(least), high.max(most))));
        }
    }
    let printed = |day: u64| format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100);
    bounds.map(|(first, last)| (printed(first), printed(last)))
}

/// The bytes of everything in `folder`.
pub(super) fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(meta) if meta.is_dir() => size(&entry.path()),
        Ok(meta) => meta.len(),
        Err(_) => 0,
    });
    sizes.sum()
}
