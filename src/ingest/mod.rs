//! The order of the stages, and the report of what went through them.

mod books;
mod changes;
mod pipeline;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use changes::{Changes, Found};

use crate::corpus::{self, CorpusError, Walk};
use crate::extract;
use crate::index::{self, FileRecord, IndexError, WriteOptions};

/// A corpus of no more articles may lose them all without a question.
const SMALL: usize = 50;

/// What to bring into step.
#[derive(Debug, Clone)]
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
    /// What extraction needs to know.
    pub extract: std::sync::Arc<extract::Context>,
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
pub fn ingest(plan: &Plan, stop: &AtomicBool, progress: &(dyn Fn(Progress) + Sync)) -> Result<Report, IngestError> {
    let root = plan.walk.root.canonicalize().unwrap_or_else(|_| plan.walk.root.clone());
    let (found, known) = std::thread::scope(|scope| {
        let known = scope.spawn(|| known(plan, &root));
        let found = Found::in_corpus(&plan.walk);
        (found, known.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let (found, Known { files: known, rebuild, is_whole }) = (found?, known?);
    let changes = Changes::between(&known, found.clone(), &plan.format);
    let mut report = changes.report();
    let nothing_to_do = rebuild.is_none() && is_whole && changes.is_empty();
    if !plan.vanish {
        guard(plan, &known, &changes)?;
    }
    if plan.dry_run || nothing_to_do && plan.index.join("pullquote.json").exists() {
        report.total = total(&known);
        return Ok(report);
    }

    let options = WriteOptions { corpus: root, memory: plan.memory, wait: plan.wait, rebuild: rebuild.is_some() };
    let writer = std::thread::scope(|scope| {
        // To read the list takes as long as to open an index.
        scope.spawn(|| plan.extract.securities());
        index::open_writer(&plan.index, &options)
    })?;
    // Another process may have written since: what counts is what the writer sees.
    let known = writer.files()?;
    let changes = Changes::between(&known, found, &plan.format);
    let mut report = changes.report();
    report.rebuilt = rebuild.or_else(|| writer.replaces().then(|| "it was damaged".to_owned()));
    pipeline::run(plan, changes, writer, stop, progress, &mut report)?;
    report.total = total(&index::open(&plan.index)?.files()?);
    Ok(report)
}

/// What is known of the index as it is.
#[derive(Debug, Default)]
struct Known {
    files: Vec<FileRecord>,
    /// Why it has to be rebuilt, if it has.
    rebuild: Option<String>,
    /// Whether the last run came to its end.
    is_whole: bool,
}

fn known(plan: &Plan, root: &Path) -> Result<Known, IngestError> {
    let asked = plan.rebuild.then(|| "you asked for it".to_owned());
    let opened = index::open(&plan.index).and_then(|index| {
        if index.corpus() == root {
            return Ok((index.files()?, index.is_whole()));
        }
        let (index, owner) = (plan.index.clone(), index.corpus().to_owned());
        Err(IndexError::OtherCorpus { index, owner, asked: root.to_owned() })
    });
    let rebuild = |reason: String| Ok(Known { rebuild: Some(reason), ..Known::default() });
    match opened {
        Ok((files, is_whole)) => Ok(Known { files, rebuild: asked, is_whole }),
        Err(IndexError::Missing(_)) => Ok(Known::default()),
        Err(IndexError::Older(_)) => rebuild("an older pullquote made it".to_owned()),
        Err(error @ IndexError::Damaged { .. }) => rebuild(error.to_string()),
        Err(error) => Err(error.into()),
    }
}

/// Stops when more than a fifth of the articles would vanish, as when a drive is not mounted.
fn guard(plan: &Plan, known: &[FileRecord], changes: &Changes) -> Result<(), IngestError> {
    let (gone, of) = (total(&changes.gone), total(known));
    if of > SMALL && gone * 5 > of {
        return Err(IngestError::Vanishing { gone, of, root: plan.walk.root.clone() });
    }
    Ok(())
}

fn total(files: &[FileRecord]) -> usize {
    files.iter().map(|file| file.articles).sum()
}

/// Every file of the corpus, and every path that could not be looked at.
impl Found {
    fn in_corpus(walk: &Walk) -> Result<Found, CorpusError> {
        let mut found = Found::default();
        for entry in corpus::walk(walk)? {
            match entry {
                Ok(entry) => found.entries.push(entry),
                Err(unreadable) => found.unreadable.push(unreadable),
            }
        }
        Ok(found)
    }
}
