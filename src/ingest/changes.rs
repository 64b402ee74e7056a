//! What differs between the corpus and the index.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use crate::corpus::{Entry, Unreadable, hash_of};
use crate::format;
use crate::index::FileRecord;

/// A report names no more refusals than this, and says how many there are.
pub(super) const MOST_REFUSALS: usize = 1000;

/// What a walk over the corpus found.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// Files, in order of path.
    pub(super) entries: Vec<Entry>,
    /// Paths that could not be looked at.
    pub(super) unreadable: Vec<Unreadable>,
}

/// Why a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    New,
    Changed,
    Moved,
}

/// What has to be done to bring the index into step.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Files to read, in order of path.
    pub(super) read: Vec<(Entry, Why)>,
    /// Records of files that are gone, and did not come back under another path.
    pub(super) gone: Vec<FileRecord>,
    /// Records of files that are found again under another path.
    pub(super) left: Vec<FileRecord>,
    /// Records to be written without reading: the file has another time and the same content, or cannot be looked at.
    pub(super) noted: Vec<FileRecord>,
    /// Paths that could not be looked at.
    pub(super) unreadable: Vec<Unreadable>,
    /// How many files stay as they are.
    unchanged: usize,
    /// How many files no format reads.
    unknown: usize,
    /// How many files there are.
    files: usize,
}

impl Changes {
    /// Compares what is `known` with what was `found`.
    pub(super) fn between(known: &[FileRecord], found: Found, context: &format::Context) -> Changes {
        let mut changes = Changes { files: found.entries.len(), ..Changes::default() };
        let mut known: BTreeMap<&str, &FileRecord> = known.iter().map(|file| (file.path.as_str(), file)).collect();
        for entry in found.entries {
            if !format::reads(&entry.path, context) {
                changes.unknown += 1;
                continue;
            }
            match known.remove(entry.path.as_str()) {
                Some(file) if file.size == entry.size && file.modified == entry.modified => changes.unchanged += 1,
                Some(file) => changes.compare(file, entry),
                None => changes.read.push((entry, Why::New)),
            }
        }
        for unreadable in &found.unreadable {
            changes.note(known.get(unreadable.path.as_str()).copied(), unreadable);
        }
        // What lies below a folder that could not be read is not gone: it is out of sight.
        let hidden = |path: &str| {
            let below =
                |folder: &str| path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            found.unreadable.iter().any(|unreadable| below(&unreadable.path))
        };
        changes.gone = known.into_values().filter(|file| !hidden(&file.path)).cloned().collect();
        changes.unreadable = found.unreadable;
        changes.find_moved();
        changes
    }

    /// A file whose size or time is another.
    fn compare(&mut self, file: &FileRecord, entry: Entry) {
        let same = file.size == entry.size && hash_of(&entry).is_ok_and(|hash| hash == file.hash);
        if same {
            self.unchanged += 1;
            self.noted.push(FileRecord { modified: entry.modified, ..file.clone() });
        } else {
            self.read.push((entry, Why::Changed));
        }
    }

    /// A path that cannot be looked at is noted with its reason, unless articles are known from it: they stay.
    fn note(&mut self, file: Option<&FileRecord>, unreadable: &Unreadable) {
        let refusals = vec![(unreadable.path.clone(), unreadable.reason.clone())];
        let noted = file.is_some_and(|file| file.articles > 0 || file.refusals == refusals);
        if !noted {
            self.noted.push(FileRecord {
                path: unreadable.path.clone(),
                refused: 1,
                refusals,
                ..FileRecord::default()
            });
        }
    }

    /// Files that are gone here and new there with the same content were moved.
    fn find_moved(&mut self) {
        let sizes: BTreeSet<u64> = self.gone.iter().map(|file| file.size).collect();
        for (entry, why) in &mut self.read {
            if *why != Why::New || !sizes.contains(&entry.size) {
                continue;
            }
            let Ok(hash) = hash_of(entry) else { continue };
            if let Some(at) = self.gone.iter().position(|file| file.hash == hash) {
                self.left.push(self.gone.remove(at));
                *why = Why::Moved;
            }
        }
    }

    /// Whether the index is in step.
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty() && self.gone.is_empty() && self.left.is_empty() && self.noted.is_empty()
    }

    /// What would be done.
    pub(super) fn report(&self) -> Report {
        let count = |wanted: Why| self.read.iter().filter(|(_, why)| *why == wanted).count();
        let refusals = self.unreadable.iter().map(|it| (it.path.clone(), it.reason.clone()));
        Report {
            files: self.files,
            unchanged: self.unchanged,
            new: count(Why::New),
            changed: count(Why::Changed),
            moved: count(Why::Moved),
            deleted: self.gone.len(),
            unknown: self.unknown,
            refused: self.unreadable.len(),
            refusals: refusals.take(MOST_REFUSALS).collect(),
            ..Report::default()
        }
    }
}
