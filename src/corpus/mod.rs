//! From a folder to sources: finds files, reads bytes, decompresses and hashes on the way.
//!
//! The only reader of article files. An unreadable file is data, never an error.

mod ignore;
mod settle;
mod source;
mod walk;
mod watch;

use std::io;
use std::path::PathBuf;

pub use settle::{Look, Settle, Step};
pub use source::{Seekable, Source, hash_of};
pub use walk::walk;
pub use watch::{How, Watcher, look};

/// The file at the corpus root that lists what to leave out, one glob a line, as `.gitignore` does.
pub const IGNORE_FILE: &str = ".pullquoteignore";

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
        reason: io::Error,
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

/// A number of bytes for a person.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_048_576 => format!("{bytes} bytes"),
        1_048_576..1_073_741_824 => format!("{} MB", bytes >> 20),
        _ => format!("{} GB", bytes >> 30),
    }
}

/// What the system said, as a phrase for a person.
fn phrase(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "there is nothing there (a broken link, or removed meanwhile)".to_owned(),
        _ => error.to_string(),
    }
}
