//! Folders brought into step.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use jiff::civil::date;
use pullquote::corpus::Walk;
use pullquote::ingest::{IngestError, Plan, Report, ingest};
use pullquote::search::{Dups, Matching, Request, Sort, Target};
use pullquote::{extract, format, index, query};
use tempfile::TempDir;

/// A corpus and its index, side by side.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Desk {
        let desk = Desk { folder: TempDir::new().unwrap() };
        fs::create_dir(desk.corpus()).unwrap();
        for (path, text) in files {
            desk.put(path, text);
        }
        desk
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.corpus().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn plan(&self) -> Plan {
        Plan {
            walk: Walk { root: self.corpus(), ..Walk::default() },
            index: self.index(),
            vanish: false,
            rebuild: false,
            wait: 0,
            memory: 0,
            format: format::Context {
                limits: format::Limits { article_bytes: 1 << 20, ..format::Limits::default() },
                ..format::Context::default()
            },
            extract: Arc::new(extract::Context::on(date(2025, 6, 30))),
            dry_run: false,
        }
    }

    fn run(&self) -> Report {
        ingest(&self.plan(), &AtomicBool::new(false), &|_| ()).unwrap()
    }

    /// The ids of all articles that have `word`.
    fn find(&self, word: &str) -> Vec<String> {
        let request = Request {
            query: query::parse(word, date(2025, 6, 30)),
            target: Target::Articles,
            matching: Matching::All,
            sort: Sort::Newest,
            recency: None,
            limit: 100,
            offset: 0,
            snippets: 0,
            dups: Dups::Show,
            explain: false,
            count: false,
        };
        let hits = index::open(&self.index()).unwrap().search(&request).unwrap().hits;
        hits.into_iter().map(|hit| hit.id).collect()
    }
}

/// What an index folder holds: every file with its size and time.
fn state(folder: &Path) -> Vec<(PathBuf, u64, SystemTime)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let meta = entry.metadata().unwrap();
        if meta.is_dir() {
            found.extend(state(&entry.path()));
        } else {
            found.push((entry.path(), meta.len(), meta.modified().unwrap()));
        }
    }
    found.sort();
    found
}

fn jsonl(words: &[&str]) -> String {
    let line = |word: &&str| format!("{{\"title\":\"On {word}\",\"text\":\"All about {word}.\"}}");
    words.iter().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn articles_in_are_indexed_or_refused() {
    let broken = format!("{}{{\"text\": nonsense\n{}", jsonl(&["alpha", "beta"]), jsonl(&["gamma"]));
    let desk = Desk::new(&[("a.jsonl", &broken), ("b.txt", "Delta rose on Monday."), ("c.bin", "x"), ("d.txt", "")]);
    let report = desk.run();
    assert_eq!((report.files, report.new, report.unknown), (4, 3, 1));
    assert_eq!((report.articles, report.total, report.refused), (4, 4, 2));
    let named: Vec<&str> = report.refusals.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(named, ["a.jsonl#3", "d.txt"]);
    assert_eq!(desk.find("gamma"), ["a.jsonl#4"]);
    let status = index::open(&desk.index()).unwrap().status().unwrap();
    assert_eq!((status.articles, status.refused, status.files), (4, 2, 3));
}

#[test]
fn an_unchanged_corpus_writes_nothing() {
    let desk = Desk::new(&[("a.jsonl", &jsonl(&["alpha", "beta"])), ("b.txt", "Delta rose."), ("empty.txt", "")]);
    desk.run();
    let before = state(&desk.index());
    let report = desk.run();
    assert_eq!((report.unchanged, report.new, report.changed, report.articles), (3, 0, 0, 0));
    assert_eq!(report.total, 3);
    assert_eq!(state(&desk.index()), before);
}

#[test]
fn changed_moved_and_deleted_files_are_followed() {
    let desk = Desk::new(&[("a.jsonl", &jsonl(&["alpha"])), ("b.txt", "Beta rose."), ("c.txt", "Gamma fell.")]);
    desk.run();
    desk.put("a.jsonl", &jsonl(&["alpha", "omega"]));
    fs::create_dir(desk.corpus().join("deep")).unwrap();
    fs::rename(desk.corpus().join("b.txt"), desk.corpus().join("deep/b.txt")).unwrap();
    fs::remove_file(desk.corpus().join("c.txt")).unwrap();
    let report = desk.run();
    assert_eq!((report.changed, report.moved, report.deleted, report.new), (1, 1, 1, 0));
    assert_eq!(report.total, 3);
    assert_eq!(desk.find("omega"), ["a.jsonl#2"]);
    assert_eq!(desk.find("alpha"), ["a.jsonl#1"]);
    assert_eq!(desk.find("beta"), ["deep/b.txt"]);
    assert_eq!(desk.find("gamma"), Vec::<String>::new());
}

#[test]
fn a_touched_file_is_not_read_again() {
    let desk = Desk::new(&[("b.txt", "Beta rose.")]);
    desk.run();
    let file = fs::File::options().append(true).open(desk.corpus().join("b.txt")).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_hours(1)).unwrap();
    let report = desk.run();
    assert_eq!((report.unchanged, report.changed, report.articles), (1, 0, 0));
    let before = state(&desk.index());
    desk.run();
    assert_eq!(state(&desk.index()), before);
}

#[test]
fn much_does_not_vanish_without_a_word() {
    let words: Vec<String> = (0..60).map(|number| format!("word{number}")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let desk = Desk::new(&[("a.jsonl", &jsonl(&words)), ("b.txt", "Beta rose.")]);
    desk.run();
    fs::remove_file(desk.corpus().join("a.jsonl")).unwrap();
    let error = ingest(&desk.plan(), &AtomicBool::new(false), &|_| ()).unwrap_err();
    assert!(matches!(error, IngestError::Vanishing { gone: 60, of: 61, .. }), "{error}");
    assert_eq!(desk.find("word7").len(), 1);
    let plan = Plan { vanish: true, ..desk.plan() };
    assert_eq!(ingest(&plan, &AtomicBool::new(false), &|_| ()).unwrap().total, 1);
}

#[test]
fn few_may_vanish() {
    let desk = Desk::new(&[("a.txt", "Alpha rose."), ("b.txt", "Beta rose.")]);
    desk.run();
    fs::remove_file(desk.corpus().join("a.txt")).unwrap();
    assert_eq!(desk.run().total, 1);
}

#[test]
fn a_dry_run_makes_no_index() {
    let desk = Desk::new(&[("a.txt", "Alpha rose.")]);
    let plan = Plan { dry_run: true, ..desk.plan() };
    let report = ingest(&plan, &AtomicBool::new(false), &|_| ()).unwrap();
    assert_eq!((report.new, report.articles), (1, 0));
    assert!(!desk.index().exists());
}

#[test]
fn a_stopped_run_goes_on_next_time() {
    let desk = Desk::new(&[("a.jsonl", &jsonl(&["alpha"])), ("b.txt", "Beta rose.")]);
    let report = ingest(&desk.plan(), &AtomicBool::new(true), &|_| ()).unwrap();
    assert!(report.stopped);
    assert_eq!(report.total, 0);
    assert_eq!(desk.run().total, 2);
    assert_eq!(desk.find("beta").len(), 1);
}

#[test]
fn a_rebuild_replaces_the_index_when_it_is_whole() {
    let desk = Desk::new(&[("a.txt", "Alpha rose."), ("b.txt", "Beta rose.")]);
    desk.run();
    let plan = Plan { rebuild: true, ..desk.plan() };
    let stopped = ingest(&plan, &AtomicBool::new(true), &|_| ()).unwrap();
    assert!(stopped.stopped);
    assert_eq!(desk.find("alpha").len(), 1);
    let report = ingest(&plan, &AtomicBool::new(false), &|_| ()).unwrap();
    assert_eq!((report.articles, report.total), (2, 2));
    assert_eq!(desk.find("alpha").len(), 1);
}

#[test]
fn a_damaged_index_is_rebuilt() {
    let desk = Desk::new(&[("a.txt", "Alpha rose.")]);
    desk.run();
    fs::write(desk.index().join("g1/articles/meta.json"), "{").unwrap();
    let report = desk.run();
    assert!(report.rebuilt.is_some());
    assert_eq!(desk.find("alpha"), ["a.txt"]);
}

#[test]
fn an_index_of_a_newer_program_is_left_alone() {
    let desk = Desk::new(&[("a.txt", "Alpha rose.")]);
    desk.run();
    let meta = fs::read_to_string(desk.index().join("pullquote.json")).unwrap();
    let newer = meta.replace("\"format\": 1", "\"format\": 99");
    fs::write(desk.index().join("pullquote.json"), newer).unwrap();
    let error = ingest(&desk.plan(), &AtomicBool::new(false), &|_| ()).unwrap_err();
    assert!(error.to_string().contains("newer"), "{error}");
}

#[test]
fn a_missing_corpus_is_an_error() {
    let desk = Desk::new(&[]);
    let plan = Plan { walk: Walk { root: "nowhere".into(), ..Walk::default() }, ..desk.plan() };
    let error = ingest(&plan, &AtomicBool::new(false), &|_| ()).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[test]
fn another_corpus_is_refused_before_anything_vanishes() {
    let words: Vec<String> = (0..60).map(|number| format!("word{number}")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (desk, other) = (Desk::new(&[("a.jsonl", &jsonl(&words))]), Desk::new(&[("b.txt", "Beta rose.")]));
    desk.run();
    let plan = Plan { index: desk.index(), vanish: true, ..other.plan() };
    let error = ingest(&plan, &AtomicBool::new(false), &|_| ()).unwrap_err();
    assert!(error.to_string().contains("belongs to the corpus"), "{error}");
    assert_eq!(desk.find("word7").len(), 1);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_looked_at_is_named_in_the_status() {
    let desk = Desk::new(&[("a.txt", "Alpha rose.")]);
    std::os::unix::fs::symlink("nowhere", desk.corpus().join("gone.txt")).unwrap();
    assert_eq!(desk.run().refused, 1);
    let status = || index::open(&desk.index()).unwrap().status().unwrap();
    assert_eq!((status().refused, status().refusals[0].0.as_str()), (1, "gone.txt"));
    let before = state(&desk.index());
    assert_eq!(desk.run().refused, 1);
    assert_eq!(state(&desk.index()), before);
    fs::remove_file(desk.corpus().join("gone.txt")).unwrap();
    desk.put("gone.txt", "Gamma fell.");
    desk.run();
    assert_eq!((status().refused, desk.find("gamma").len()), (0, 1));
}
