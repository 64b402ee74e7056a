//! The index folder: what lies in it, to whom it belongs, and who is writing.
//!
//! `pullquote.json` names the format, the corpus and the generation, a folder with one Tantivy index each for articles,
//! quotes and files. A rebuild makes a new generation beside the old one and changes the name at the end, in one step.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tantivy::schema::Schema;
use tantivy::{Index, TantivyError};

use super::directory::Unhurried;
use super::fields;
use crate::index::IndexError;

/// The layout of the folder. Raised when an older program could misread it.
pub(super) const FORMAT: u32 = 1;

/// What was read from the text and how it was cut into terms. Raised when the same corpus would give another index.
pub(super) const READING: u32 = 14;

const META: &str = "pullquote.json";
const LOCK: &str = "lock";

/// The index of articles, of quotes, of files: the folders in a generation.
pub(super) const ARTICLES: &str = "articles";
pub(super) const QUOTES: &str = "quotes";
pub(super) const FILES: &str = "files";

/// What `pullquote.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) format: u32,
    pub(super) reading: u32,
    pub(super) corpus: PathBuf,
    pub(super) generation: String,
    pub(super) program: String,
    /// When it was last committed, in seconds since 1970.
    pub(super) written: i64,
}

impl Meta {
    /// The first state of a new generation.
    pub(super) fn new(corpus: &Path, generation: String) -> Meta {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Meta { format: FORMAT, reading: READING, corpus: corpus.to_owned(), generation, program, written: 0 }
    }

    /// Reads the one in `folder`; a newer format is an error, an older one is not yet.
    pub(super) fn read(folder: &Path) -> Result<Meta, IndexError> {
        let path = folder.join(META);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(IndexError::Missing(folder.to_owned()));
            }
            Err(error) => return Err(IndexError::Damaged { path, reason: error.to_string() }),
        };
        let format = serde_json::from_str::<serde_json::Value>(&text).ok().and_then(|it| it["format"].as_u64());
        let found = format.and_then(|format| u32::try_from(format).ok());
        match found {
            Some(found) if found > FORMAT => Err(IndexError::Newer { path: folder.to_owned(), found, known: FORMAT }),
            _ => serde_json::from_str(&text).map_err(|error| IndexError::Damaged { path, reason: error.to_string() }),
        }
    }

    /// Replaces the one in `folder`, in one step.
    pub(super) fn write(&mut self, folder: &Path) -> Result<(), IndexError> {
        self.written = Timestamp::now().as_second();
        self.replace(folder, File::sync_all)
    }

    /// Puts the first one into `folder`, which holds nothing yet that a power cut could take away.
    pub(super) fn begin(&mut self, folder: &Path) -> Result<(), IndexError> {
        self.replace(folder, |_| Ok(()))
    }

    fn replace(&self, folder: &Path, sync: impl FnOnce(&File) -> std::io::Result<()>) -> Result<(), IndexError> {
        let text = serde_json::to_string_pretty(self).expect("a meta file holds only text and numbers");
        let (path, fresh) = (folder.join(META), folder.join("pullquote.json.new"));
        let written = File::create(&fresh).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            sync(&file)?;
            fs::rename(&fresh, &path)
        });
        written.map_err(|error| storage(folder, &error))
    }

    /// Whether this program would read the corpus in the same way.
    pub(super) fn current(&self) -> bool {
        self.format == FORMAT && self.reading == READING
    }

    /// The folder with all of its indexes.
    pub(super) fn generation(&self, folder: &Path) -> PathBuf {
        folder.join(&self.generation)
    }

    /// The folder of one of its indexes.
    pub(super) fn place(&self, folder: &Path, name: &str) -> PathBuf {
        folder.join(&self.generation).join(name)
    }
}

/// The generations in `folder`, by name.
pub(super) fn generations(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| number(name).is_some()).collect();
    names.sort();
    names
}

/// The name of a generation that does not exist yet.
pub(super) fn next_generation(folder: &Path) -> String {
    let last = generations(folder).iter().filter_map(|name| number(name)).max().unwrap_or(0);
    format!("g{}", last + 1)
}

fn number(name: &str) -> Option<u32> {
    name.strip_prefix('g')?.parse().ok()
}

/// Removes every generation but `keep`. What cannot be removed stays: it does no harm.
pub(super) fn remove_others(folder: &Path, keep: &str) {
    for name in generations(folder) {
        if name != keep {
            drop(fs::remove_dir_all(folder.join(name)));
        }
    }
}

/// Opens the Tantivy index in `place`, or makes it with `schema`.
pub(super) fn open_or_create(place: &Path, schema: Schema) -> Result<Index, IndexError> {
    fs::create_dir_all(place).map_err(|error| storage(place, &error))?;
    let directory = Unhurried::open(place).map_err(|error| storage(place, &error))?;
    let made = Index::builder().schema(schema).settings(fields::settings()).open_or_create(directory);
    made.map_err(|error| damaged(place, &error))
}

/// Opens the Tantivy index in `place` for searching.
pub(super) fn open(place: &Path) -> Result<Index, IndexError> {
    Index::open_in_dir(place).map_err(|error| damaged(place, &error))
}

/// An error of the system, with its place.
pub(super) fn storage(path: &Path, error: &dyn std::fmt::Display) -> IndexError {
    IndexError::Storage { path: path.to_owned(), reason: error.to_string() }
}

/// An error of Tantivy, with its place: the disk's fault where it says so, else damage.
pub(super) fn damaged(path: &Path, error: &TantivyError) -> IndexError {
    let reason = error.to_string();
    match error {
        TantivyError::IoError(_) | TantivyError::ErrorInThread(_) | TantivyError::Poisoned => storage(path, error),
        _ => IndexError::Damaged { path: path.to_owned(), reason },
    }
}

/// The right to write. Given back when dropped, by the system even when the process is killed.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes it, waiting up to `wait`.
    pub(super) fn take(folder: &Path, wait: Duration) -> Result<Lock, IndexError> {
        fs::create_dir_all(folder).map_err(|error| storage(folder, &error))?;
        let path = folder.join(LOCK);
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(|error| storage(&path, &error))?;
        let until = Instant::now() + wait;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(IndexError::Locked {
                        holder: holder(folder).unwrap_or_else(|| "another process".into()),
                    });
                }
                Err(TryLockError::Error(error)) => return Err(storage(&path, &error)),
            }
        }
        let note = format!("process {} since {}", std::process::id(), Timestamp::now());
        let noted = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(note.as_bytes()));
        noted.map_err(|error| storage(&path, &error))?;
        Ok(Lock { _file: file })
    }
}

/// Who is writing to the index in `folder`, if anybody is.
pub(super) fn holder(folder: &Path) -> Option<String> {
    let mut file = File::open(folder.join(LOCK)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {
            let mut note = String::new();
            file.read_to_string(&mut note).ok()?;
            Some(note)
        }
        _ => None,
    }
}
