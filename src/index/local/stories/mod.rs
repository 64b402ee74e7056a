//! Stories: articles that are copies of one another, told once when the index is written.
//!
//! The file `stories` beside the indexes of a generation lists them by segment and document. It belongs to the segments
//! that it names: what lies in others is in no story until the index is next written. Nothing is deleted for it.

mod build;
mod compare;
mod families;
mod filed;
mod sketch;
mod unmapped;

use std::path::Path;

use rustc_hash::FxHashMap;
use tantivy::{DocAddress, Searcher};

use filed::{Filed, Table};

pub(super) use build::update;
pub(super) use sketch::sketch;

/// The stories of an index as last committed.
pub(super) struct Stories {
    table: Option<Table>,
    searcher: Searcher,
    /// For every segment of the table the one of the index.
    ords: Vec<Option<u32>>,
    /// For every segment of the index the one of the table.
    known: Vec<Option<u32>>,
}

impl Stories {
    /// Opens those in `generation`; none where the file is not there or cannot be read.
    pub(super) fn read(generation: &Path, searcher: &Searcher) -> Stories {
        let table = Table::open(generation);
        let ids = table.as_ref().map(|table| table.segments.as_slice()).unwrap_or_default();
        let filed: FxHashMap<&str, u32> = ids.iter().map(String::as_str).zip(0..).collect();
        let mut ords = vec![None; ids.len()];
        let mut known = Vec::new();
        for (ord, reader) in (0..).zip(searcher.segment_readers()) {
            let at = filed.get(reader.segment_id().uuid_string().as_str()).copied();
            known.push(at);
            if let Some(at) = at {
                ords[at as usize] = Some(ord);
            }
        }
        Stories { table, searcher: searcher.clone(), ords, known }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.table.as_ref().is_none_or(Table::is_empty)
    }

    /// Whether every article was compared with the others.
    pub(super) fn knows_all(&self) -> bool {
        self.known.iter().all(Option::is_some)
    }

    /// The articles of the story that `article` is in, the one to be shown first first. None where it has no copy.
    pub(super) fn of(&self, article: DocAddress) -> Option<Vec<DocAddress>> {
        let table = self.table.as_ref()?;
        let known = self.known.get(article.segment_ord as usize).copied().flatten()?;
        let story = table.story((known, article.doc_id))?;
        let address = |(segment, doc): (u32, u32)| {
            let ord = self.ords.get(segment as usize).copied().flatten()?;
            let reader = self.searcher.segment_readers().get(ord as usize)?;
            let is_alive = doc < reader.max_doc() && !reader.is_deleted(doc);
            is_alive.then(|| DocAddress::new(ord, doc))
        };
        let members: Vec<DocAddress> = table.members(story).filter_map(address).collect();
        (members.len() > 1).then_some(members)
    }
}

/// Whether the file is there and its checksum right.
pub(super) fn is_sound(generation: &Path) -> bool {
    Filed::read(generation).is_some()
}

#[cfg(test)]
mod tests;
