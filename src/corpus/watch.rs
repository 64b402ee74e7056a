//! Notices what changes in a corpus: by events of the system, or by looking at it again and again.

use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use std::{fs, thread};

use crossbeam_channel::{Receiver, Sender, unbounded};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use rustc_hash::{FxHashMap, FxHasher};

use super::settle::Look;
use super::{CorpusError, Walk, walk};

/// How a corpus is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By events of the system.
    Events,
    /// By looking so often, where there are no events, as on network drives.
    Poll(Duration),
}

/// Watches one corpus as long as its root stays the same folder.
#[derive(Debug)]
pub struct Watcher {
    walk: Walk,
    root: PathBuf,
    /// Which folder the root was: another one may be mounted in its place.
    folder: Folder,
    eyes: Eyes,
}

#[derive(Debug)]
enum Eyes {
    Events { told: Receiver<PathBuf>, _watcher: RecommendedWatcher },
    Poll { every: Duration, next: Duration, before: Snapshot },
}

/// Files as they were: the hash of the path, and what could be seen.
type Snapshot = FxHashMap<u64, (u64, i64)>;

/// A device and a number on it.
type Folder = (u64, u64);

impl Watcher {
    /// Begins to watch; what changes from now on is noticed. Paths below `skipped` are passed by.
    ///
    /// Fails as a walk does where the root cannot be read, and with a reason where events cannot be had.
    pub fn start(
        walk: &Walk,
        how: How,
        skipped: &[PathBuf],
        now: Duration,
    ) -> Result<Result<Watcher, String>, CorpusError> {
        let missing = |reason| CorpusError::Root { path: walk.root.clone(), reason };
        let root = fs::canonicalize(&walk.root).map_err(missing)?;
        fs::read_dir(&root).map_err(missing)?;
        let folder = folder(&root).ok_or_else(|| missing(std::io::ErrorKind::NotFound.into()))?;
        let eyes = match how {
            How::Events => match events(&root, skipped) {
                Ok(eyes) => eyes,
                Err(error) => return Ok(Err(error.to_string())),
            },
            How::Poll(every) => {
                let mut before = Snapshot::default();
                differences(walk, &mut before)?;
                Eyes::Poll { every, next: now + every, before }
            }
        };
        Ok(Ok(Watcher { walk: walk.clone(), root, folder, eyes }))
    }

    /// Whether the root is still the folder that is watched.
    pub fn holds(&self) -> bool {
        folder(&self.root) == Some(self.folder)
    }

    /// What changed until `now`, waiting for it no longer than `wait`.
    pub fn changes(&mut self, now: Duration, wait: Duration) -> Result<Vec<PathBuf>, CorpusError> {
        match &mut self.eyes {
            Eyes::Events { told, .. } => {
                let first = told.recv_timeout(wait).ok();
                Ok(first.into_iter().chain(told.try_iter()).collect())
            }
            Eyes::Poll { every, next, before } => {
                if now < *next {
                    thread::sleep(wait.min(next.saturating_sub(now)));
                    return Ok(Vec::new());
                }
                *next = now + *every;
                differences(&self.walk, before)
            }
        }
    }
}

/// What can be seen of a file now.
pub fn look(path: &Path) -> Look {
    let metadata = fs::metadata(path).ok()?;
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some((metadata.len(), modified.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0)))
}

/// Asks the system for events of `root` and everything below it.
fn events(root: &Path, skipped: &[PathBuf]) -> notify::Result<Eyes> {
    let (tell, told) = unbounded();
    let filter = Filter { root: root.to_owned(), skipped: skipped.iter().map(|path| real(path)).collect(), tell };
    let mut watcher = notify::recommended_watcher(move |event| filter.pass(event))?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(Eyes::Events { told, _watcher: watcher })
}

/// Passes on what may change the index.
struct Filter {
    root: PathBuf,
    skipped: Vec<PathBuf>,
    tell: Sender<PathBuf>,
}

impl Filter {
    fn pass(&self, event: notify::Result<Event>) {
        // Where events were lost, the whole corpus is looked at.
        let Ok(event) = event else { return drop(self.tell.send(self.root.clone())) };
        if event.need_rescan() {
            drop(self.tell.send(self.root.clone()));
        }
        if changes_nothing(event.kind) {
            return;
        }
        for path in event.paths.into_iter().filter(|path| self.counts(path)) {
            // When nobody listens any more, the watch is over.
            drop(self.tell.send(path));
        }
    }

    /// Whether `path` may be that of an article: not in a folder that is skipped, not hidden.
    fn counts(&self, path: &Path) -> bool {
        if self.skipped.iter().any(|skipped| path.starts_with(skipped)) {
            return false;
        }
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let hidden = below.iter().any(|name| name.as_encoded_bytes().starts_with(b"."));
        !hidden || below == Path::new(super::IGNORE_FILE)
    }
}

/// We read files ourselves: that one was opened or read is no change.
fn changes_nothing(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

/// `path` without links, though it may not be there yet.
fn real(path: &Path) -> PathBuf {
    let parent = || Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(parent).unwrap_or_else(|| path.to_owned())
}

/// The files that differ from `before`, which then is how they are; the root stands for those that are gone.
fn differences(corpus: &Walk, before: &mut Snapshot) -> Result<Vec<PathBuf>, CorpusError> {
    let mut after = Snapshot::default();
    let mut differ = Vec::new();
    for entry in walk(corpus)?.flatten() {
        let mut hasher = FxHasher::default();
        entry.path.hash(&mut hasher);
        let (path, seen) = (hasher.finish(), (entry.size, entry.modified));
        if before.remove(&path) != Some(seen) {
            differ.push(entry.absolute);
        }
        after.insert(path, seen);
    }
    if !before.is_empty() {
        differ.push(corpus.root.clone());
    }
    *before = after;
    Ok(differ)
}

#[cfg(unix)]
fn folder(root: &Path) -> Option<Folder> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(root).ok().filter(fs::Metadata::is_dir)?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn folder(root: &Path) -> Option<Folder> {
    fs::metadata(root).ok().filter(fs::Metadata::is_dir).map(|_| (0, 0))
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, ModifyKind};

    use super::*;

    #[test]
    fn a_look_finds_what_is_new_changed_and_gone() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a.txt", "one");
        write("b.txt", "one");
        let walk = Walk { root: folder.path().to_owned(), ..Walk::default() };
        let mut before = Snapshot::default();
        let mut names = |walk: &Walk| -> Vec<PathBuf> { differences(walk, &mut before).unwrap() };
        assert_eq!(names(&walk).len(), 2);
        assert!(names(&walk).is_empty());
        write("b.txt", "longer");
        write("c.txt", "new");
        assert_eq!(names(&walk), [folder.path().join("b.txt"), folder.path().join("c.txt")]);
        fs::remove_file(folder.path().join("a.txt")).unwrap();
        assert_eq!(names(&walk), [folder.path().to_owned()]);
        assert!(names(&walk).is_empty());
    }

    #[test]
    fn only_what_may_change_the_index_is_passed_on() {
        let (tell, told) = unbounded();
        let filter = Filter { root: "/news".into(), skipped: vec!["/news/index".into()], tell };
        let pass = |kind: EventKind, path: &str| {
            filter.pass(Ok(Event::new(kind).add_path(path.into())));
            told.try_iter().count()
        };
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        for kind in [EventKind::Create(CreateKind::Any), EventKind::Modify(ModifyKind::Any), written] {
            assert_eq!(pass(kind, "/news/wire/a.txt"), 1, "{kind:?}");
            assert_eq!(pass(kind, "/news/index/g1/x"), 0, "{kind:?}");
            assert_eq!(pass(kind, "/news/.cache/a.txt"), 0, "{kind:?}");
        }
        assert_eq!(pass(written, "/news/.pullquoteignore"), 1);
        assert_eq!(pass(EventKind::Access(AccessKind::Open(AccessMode::Read)), "/news/wire/a.txt"), 0);
        filter.pass(Err(notify::Error::generic("too many events")));
        assert_eq!(told.try_iter().collect::<Vec<_>>(), [PathBuf::from("/news")]);
    }

    #[test]
    fn a_folder_that_is_another_one_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("corpus");
        fs::create_dir(&root).unwrap();
        let walk = Walk { root: root.clone(), ..Walk::default() };
        let how = How::Poll(Duration::from_secs(1));
        let watcher = Watcher::start(&walk, how, &[], Duration::ZERO).unwrap().unwrap();
        assert!(watcher.holds());
        fs::rename(&root, folder.path().join("elsewhere")).unwrap();
        assert!(!watcher.holds());
        assert!(Watcher::start(&walk, how, &[], Duration::ZERO).is_err());
    }
}
