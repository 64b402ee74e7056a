//! The order of the stages, and the report of what went through them.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::corpus::{CorpusError, Walk};
use crate::index::IndexError;

/// What to bring into step.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The corpus, and what to leave out of it.
    pub walk: Walk,
    /// The index folder.
    pub index: PathBuf,
    /// Whether more than a fifth of the articles may vanish.
    pub vanish: bool,
    /// Whether everything is read again.
    pub rebuild: bool,
    /// How long to wait for another writer, in seconds.
    pub wait: u64,
    /// Memory for the writer, in bytes; 0 chooses.
    pub memory: usize,
    /// What parsing needs to know.
    pub format: crate::format::Context,
    /// Whether nothing is written and the report says what would be.
    pub dry_run: bool,
}

/// How far it has come, for a progress line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files looked at.
    pub files: usize,
    /// Files to read in all, once known.
    pub of: Option<usize>,
    /// Articles indexed.
    pub articles: usize,
    /// Bytes of source read.
    pub bytes: u64,
}

/// What went through: articles in = indexed + refused.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Files found in the corpus.
    pub files: usize,
    /// Files left as they were.
    pub unchanged: usize,
    /// Files read for the first time.
    pub new: usize,
    /// Files read again because they changed.
    pub changed: usize,
    /// Files found again under another path.
    pub moved: usize,
    /// Files that are gone.
    pub deleted: usize,
    /// Articles added.
    pub articles: usize,
    /// Quotes added.
    pub quotes: usize,
    /// Articles in the index afterwards.
    pub total: usize,
    /// Files and records refused in this run: article id and reason. All counted, the first thousand named.
    pub refusals: Vec<(String, String)>,
    /// How many were refused.
    pub refused: usize,
    /// Files that no format reads, counted by ending.
    pub unknown: usize,
    /// Whether it was stopped before the end.
    pub stopped: bool,
    /// Whether the index was built anew, and why.
    pub rebuilt: Option<String>,
}

/// What stops an ingest.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The corpus cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The index cannot be written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Too much would vanish.
    #[error("{gone} of {of} articles would vanish: their files are no longer in {root}")]
    Vanishing {
        /// Articles whose files are gone.
        gone: usize,
        /// Articles in the index.
        of: usize,
        /// The corpus root.
        root: PathBuf,
    },
}

/// Brings the index into step with the corpus. Stops after the file at hand, committed, once `stop` is set.
pub fn ingest(_plan: &Plan, _stop: &AtomicBool, _progress: &dyn Fn(Progress)) -> Result<Report, IngestError> {
    Ok(Report::default())
}
