//! Saved searches, and what is new for them since they last ran.
//!
//! An alert is a readable file, `NAME.toml` in the folder of alerts; what it has delivered is beside it in `NAME.seen`.
//! That folder lies beside the settings and not in the index, which can be thrown away and made anew at any time.

mod book;
mod identity;
mod news;
mod seen;

use std::path::PathBuf;

pub use book::{Book, Lock};
pub use news::{News, everything, news};
pub use seen::Seen;

use crate::search::{Matching, Target};

/// A saved search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alert {
    /// Its name: letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// The words of the question.
    pub query: String,
    /// What is looked for.
    pub target: Target,
    /// How plain words combine.
    pub matching: Matching,
    /// What narrows it: the names of flags and their values.
    pub filters: Vec<(String, Vec<String>)>,
    /// How what is new is handed over.
    pub delivery: Delivery,
}

/// How what is new is handed over: to the feed and the command where there are any, else printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// The format of what is printed or given to the command.
    pub format: Option<String>,
    /// An Atom feed to keep.
    pub atom: Option<PathBuf>,
    /// A command and its arguments.
    pub exec: Vec<String>,
}

/// What an alert could not do.
#[derive(Debug, thiserror::Error)]
pub enum AlertError {
    /// There is none of that name.
    #[error("there is no alert {0}")]
    Missing(String),
    /// There is one already.
    #[error("there is an alert {0} already")]
    Taken(String),
    /// No name for a file.
    #[error("cannot call an alert {0:?}: a name has letters, digits, `-`, `_` and `.`")]
    Name(String),
    /// Its file is not one of ours.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The disk or the system failed.
    #[error("cannot write {path}: {reason}")]
    Storage {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Another process runs alerts.
    #[error("alerts are being run by {0}")]
    Locked(String),
}

impl AlertError {
    /// What to do about it, as a sentence for a person.
    pub fn advice(&self) -> &'static str {
        match self {
            AlertError::Missing(_) => "see `pullquote alert list`",
            AlertError::Taken(_) => "choose another name, or `pullquote alert remove` it first",
            AlertError::Name(_) => "choose another name, such as nvda-capex",
            AlertError::Unreadable { .. } => "mend the file, or remove it: without its .seen file an alert begins anew",
            AlertError::Storage { .. } => {
                "make room or set `alerts` to a folder of your own; nothing was marked as seen"
            }
            AlertError::Locked(_) => "wait for it, or use `--wait 5m`",
        }
    }
}
