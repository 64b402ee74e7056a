//! Finds the files of a corpus, in order of path.

use std::cmp::Ordering;
use std::fs;
use std::iter;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, IntoIter, WalkDir};

use super::ignore::Ignore;
use super::{CorpusError, Entry, IGNORE_FILE, Unreadable, Walk, phrase};

/// Folders in folders in folders, at most.
const DEEPEST: usize = 256;

/// Finds every file below the root, in order of path: hidden ones, the index and what is to be left out passed by,
/// links followed but never round in a loop.
pub fn walk(walk: &Walk) -> Result<impl Iterator<Item = Result<Entry, Unreadable>> + use<>, CorpusError> {
    let missing = |reason| CorpusError::Root { path: walk.root.clone(), reason };
    let root = fs::canonicalize(&walk.root).map_err(missing)?;
    let is_folder = fs::metadata(&root).map_err(missing)?.is_dir();
    let listed = match fs::read(root.join(IGNORE_FILE)) {
        Ok(bytes) if is_folder => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    };
    if is_folder {
        // An unreadable root is an error; an unreadable folder below it is data.
        fs::read_dir(&root).map_err(missing)?;
    }
    let ignore = Ignore::new(listed.lines().chain(walk.exclude.iter().map(String::as_str)))?;
    let never = walk.never.as_ref().and_then(|never| fs::canonicalize(never).ok()).filter(|never| *never != root);
    let entries = WalkDir::new(&walk.root).follow_links(true).max_depth(DEEPEST).sort_by(order).into_iter();
    let mut walker = Walker { entries, given: walk.root.clone(), root, ignore, never, linked: Vec::new() };
    Ok(iter::from_fn(move || walker.next()))
}

struct Walker {
    entries: IntoIter,
    /// The root as given.
    given: PathBuf,
    /// The root without links.
    root: PathBuf,
    ignore: Ignore,
    never: Option<PathBuf>,
    /// Folders outside the root that a link led to.
    linked: Vec<PathBuf>,
}

impl Walker {
    fn next(&mut self) -> Option<Result<Entry, Unreadable>> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => match self.unreadable(&error) {
                    Some(unreadable) => return Some(Err(unreadable)),
                    None => continue,
                },
            };
            let path = self.relative(entry.path());
            if entry.file_type().is_dir() {
                if entry.depth() == 0 {
                    continue;
                }
                match self.enters(&entry, &path) {
                    Ok(true) => (),
                    Ok(false) => self.entries.skip_current_dir(),
                    Err(reason) => {
                        self.entries.skip_current_dir();
                        return Some(Err(Unreadable { path, reason }));
                    }
                }
            } else if entry.depth() == 0 || !(is_hidden(&entry) || self.ignore.leaves_out(&path, false)) {
                return Some(found(&entry, path));
            }
        }
    }

    /// Whether a folder is walked into, or why not where that is worth a word.
    fn enters(&mut self, entry: &DirEntry, path: &str) -> Result<bool, String> {
        if is_hidden(entry) || self.ignore.leaves_out(path, true) {
            return Ok(false);
        }
        if let Some(never) = &self.never
            && (entry.path_is_symlink() || never.file_name() == Some(entry.file_name()))
            && fs::canonicalize(entry.path()).is_ok_and(|folder| folder == *never)
        {
            return Ok(false);
        }
        if !entry.path_is_symlink() {
            return Ok(true);
        }
        let target = fs::canonicalize(entry.path()).map_err(|error| phrase(&error))?;
        if self.root.starts_with(&target) || target.starts_with(&self.root) {
            return Err("is a link back into the corpus: its files are read where they are".to_owned());
        }
        if self.linked.iter().any(|linked| target.starts_with(linked)) {
            return Err("is a link to a folder that another link has led to".to_owned());
        }
        self.linked.push(target);
        Ok(true)
    }

    /// What could not be looked at, unless nobody would look for it.
    fn unreadable(&self, error: &walkdir::Error) -> Option<Unreadable> {
        let place = error.path().unwrap_or(&self.given);
        let path = self.relative(place);
        let name = path.rsplit('/').next().unwrap_or(&path);
        if name.starts_with('.') || self.ignore.leaves_out(&path, false) {
            return None;
        }
        let reason = match (error.loop_ancestor(), error.io_error()) {
            (Some(_), _) => "is a link back into the corpus: its files are read where they are".to_owned(),
            (None, Some(error)) => phrase(error),
            (None, None) => error.to_string(),
        };
        Some(Unreadable { path, reason })
    }

    /// The path below the root, with `/`; for a root that is a file, its name.
    fn relative(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.given).unwrap_or(path);
        if below.as_os_str().is_empty() {
            let name = self.root.file_name().unwrap_or(self.root.as_os_str());
            return name.to_string_lossy().into_owned();
        }
        let below = below.to_string_lossy();
        if std::path::MAIN_SEPARATOR == '/' {
            below.into_owned()
        } else {
            below.replace(std::path::MAIN_SEPARATOR, "/")
        }
    }
}

/// What is known of a file without opening it.
fn found(entry: &DirEntry, path: String) -> Result<Entry, Unreadable> {
    let metadata = match entry.metadata() {
        Ok(metadata) => metadata,
        Err(error) => {
            let reason = error.io_error().map_or_else(|| error.to_string(), phrase);
            return Err(Unreadable { path, reason });
        }
    };
    if !metadata.is_file() {
        return Err(Unreadable { path, reason: "is no ordinary file (a pipe, socket or device)".to_owned() });
    }
    let modified = metadata.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    });
    Ok(Entry { path, absolute: entry.path().to_owned(), size: metadata.len(), modified })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Orders the entries of a folder so that whole paths come out in order: a folder sorts as if `/` ended its name.
fn order(one: &DirEntry, other: &DirEntry) -> Ordering {
    let (first, second) = (one.file_name().to_string_lossy(), other.file_name().to_string_lossy());
    let common = first.len().min(second.len());
    let next = |name: &[u8], entry| name.get(common).copied().or_else(|| is_folder(entry).then_some(b'/'));
    let (first, second) = (first.as_bytes(), second.as_bytes());
    first[..common].cmp(&second[..common]).then_with(|| next(first, one).cmp(&next(second, other)))
}

fn is_folder(entry: &DirEntry) -> bool {
    let kind = entry.file_type();
    kind.is_dir() || (kind.is_symlink() && entry.path().is_dir())
}

#[cfg(test)]
mod tests;
