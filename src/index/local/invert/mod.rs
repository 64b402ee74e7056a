//! An inverted index built faster than Tantivy builds it, in Tantivy's own files.
//!
//! Tantivy's indexer looks every word of every field up in one hash table and lets a list grow behind it. Here the
//! words of a document come already cut ([`Documents`]), those of a quotation and their stems are not cut again, and
//! posting lists are made by sorting ([`mod@column`]). What is written is what Tantivy would write, by its own serializers,
//! so that everything that reads, deletes and merges is Tantivy's.
//!
//! Tantivy calls it as a plugin of every segment. Its own indexer, which cannot be left out, is given nothing to index;
//! the empty files that it leaves are replaced.

mod column;
mod dictionary;
mod documents;
mod gate;
mod length;
mod pen;
mod postings;
mod runs;
mod segment;
mod sort;
mod stems;
mod terms;
mod waiting;
mod words;
mod write;

use std::sync::Arc;

use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy::schema::Field as Id;

pub(super) use documents::{Documents, Kept, Queued};
pub(super) use gate::Gate;
pub(super) use terms::Terms;
pub(super) use words::{Stretch, Word, Words};

use segment::SegmentPostings;

/// Where stems are indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stems {
    /// In a field of their own.
    Apart(Id),
    /// Beside the words, each behind a mark, where a word is not its own stem.
    Beside,
}

/// Builds the inverted index of every segment.
#[derive(Debug)]
pub(super) struct Inverter {
    /// The field of words that have stems.
    pub(super) exact: Id,
    /// Where these go.
    pub(super) stems: Stems,
    /// Through which documents come.
    pub(super) gate: Arc<Gate>,
    /// How many postings of a field may wait as they came before any are packed, four bytes each.
    pub(super) loose: usize,
}

impl Inverter {
    /// Lets it build the segments of `index`.
    pub(super) fn register(self, index: &mut tantivy::Index) {
        index.register_plugin(Arc::new(self));
    }
}

impl SegmentPlugin for Inverter {
    /// None of its own: it writes the files of the inverted index, which Tantivy knows.
    fn extensions(&self) -> &[&str] {
        &[]
    }

    fn create_writer(&self, context: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(SegmentPostings::new(&context.segment.schema(), self)))
    }

    /// Tantivy has merged its files already.
    fn merge(&self, _context: PluginMergeContext<'_>) -> tantivy::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
