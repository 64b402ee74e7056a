//! From a folder to sources: finds files, reads bytes, decompresses and hashes on the way.
//!
//! The only reader of article files. An unreadable file is data, never an error.

use std::io::BufRead;
use std::path::{Path, PathBuf};

/// What to walk over and what to pass by.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// The corpus root, or one file.
    pub root: PathBuf,
    /// Glob patterns of relative paths to leave out, besides those in `.pullquoteignore`.
    pub exclude: Vec<String>,
    /// A folder that is never read as corpus (the index).
    pub never: Option<PathBuf>,
}

/// A file found in the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path relative to the root, with `/`; for a root that is a file, its name. Lossy where the name is not UTF-8.
    pub path: String,
    /// Where to open it.
    pub absolute: PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub modified: i64,
}

/// A path that could not be looked at, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Path relative to the root, with `/`.
    pub path: String,
    /// The reason, as a phrase.
    pub reason: String,
}

/// Why a corpus cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The root is missing or unreadable.
    #[error("cannot read the corpus {path}: {reason}")]
    Root {
        /// The root as given.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// An exclude pattern is not a glob.
    #[error("cannot understand the pattern {pattern}: {reason}")]
    Pattern {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// A file opened for reading: decompressed bytes out, identity of the raw bytes kept.
pub struct Source {
    /// Path relative to the root, with `/`.
    pub path: String,
    /// The decompressed content.
    pub reader: Box<dyn BufRead + Send>,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Finds every file below the root, in order of path.
pub fn walk(_walk: &Walk) -> Result<impl Iterator<Item = Result<Entry, Unreadable>> + use<>, CorpusError> {
    Ok(std::iter::empty())
}

/// Whether `path` names the folder of an index or a hidden file, for tests of the walk.
pub fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
