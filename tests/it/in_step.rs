//! The index follows the folder: new, changed, moved and deleted files, and nothing at all where nothing happened.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::folder::{Folder, article, article_path};

/// Every file below a folder: its bytes and the time of its last change.
type State = BTreeMap<String, (Vec<u8>, SystemTime)>;

#[test]
fn an_unchanged_corpus_writes_nothing_and_changes_no_score() {
    let folder = Folder::with_samples();
    folder.expect("index");
    let before = state(&folder.path("index"));
    let scores = folder.expect("search --format json capex guidance").out;
    folder.expect("index");
    assert_eq!(scores, folder.expect("search --format json capex guidance").out);
    let after = state(&folder.path("index"));
    assert!(before.keys().eq(after.keys()), "{:?}\n{:?}", before.keys(), after.keys());
    for (path, file) in before {
        // Whoever takes the lock writes a note into it.
        assert!(path == "lock" || after[&path] == file, "{path} was written");
    }
}

#[test]
fn a_touched_file_is_no_changed_file() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    folder.write(&article_path(1), article(1));
    folder.expect("index");
    assert_eq!(folder.ids().len(), 3);
    assert_eq!(found(&folder, "item1"), ["01/0001.txt"]);
}

#[test]
fn a_new_file_is_found() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    folder.write(&article_path(77), article(77));
    folder.expect("index");
    assert_eq!(found(&folder, "item77"), ["07/0077.txt"]);
    assert_eq!(folder.ids().len(), 4);
}

#[test]
fn a_changed_file_is_found_by_its_new_words_only() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    folder.write(&article_path(2), "A changed headline\n\nNothing but zebras in it now, and they are many.\n");
    folder.expect("index");
    assert_eq!(found(&folder, "zebras"), ["02/0002.txt"]);
    assert!(found(&folder, "item2").is_empty());
    assert_eq!(folder.ids().len(), 3);
}

#[test]
fn a_moved_file_has_its_new_path_only() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    fs::rename(folder.path(&article_path(2)), folder.path("corpus/moved.txt")).unwrap();
    folder.expect("index");
    assert_eq!(found(&folder, "item2"), ["moved.txt"]);
    assert_eq!(folder.ids().len(), 3);
}

#[test]
fn a_deleted_file_is_gone() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    fs::remove_file(folder.path(&article_path(2))).unwrap();
    folder.expect("index");
    assert!(found(&folder, "item2").is_empty());
    assert_eq!(folder.ids().len(), 2);
}

#[test]
fn records_that_left_a_file_are_gone() {
    let folder = Folder::new();
    let line = |number: usize| format!("{{\"title\":\"Number {number}\",\"text\":\"It holds word{number}.\"}}\n");
    folder.write("corpus/a.jsonl", [line(1), line(2), line(3)].concat());
    folder.expect("index");
    folder.write("corpus/a.jsonl", [line(1), line(4)].concat());
    folder.expect("index");
    assert_eq!(folder.ids(), ["a.jsonl#1", "a.jsonl#2"]);
    assert!(found(&folder, "word3").is_empty());
    assert_eq!(found(&folder, "word4"), ["a.jsonl#2"]);
}

#[test]
fn a_corpus_that_vanishes_stops_the_run_unless_told_otherwise() {
    let folder = Folder::with_articles(60);
    folder.expect("index");
    for number in 0..20 {
        fs::remove_file(folder.path(&article_path(number))).unwrap();
    }
    let refused = folder.run("index");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("20 of 60") && refused.err.contains("--yes"), "{}", refused.err);
    assert_eq!(folder.ids().len(), 60);
    folder.expect("index --yes");
    assert_eq!(folder.ids().len(), 40);
}

#[test]
fn a_few_deletions_are_no_reason_to_stop() {
    let folder = Folder::with_articles(60);
    folder.expect("index");
    for number in 0..5 {
        fs::remove_file(folder.path(&article_path(number))).unwrap();
    }
    folder.expect("index");
    assert_eq!(folder.ids().len(), 55);
}

#[test]
fn a_dry_run_says_what_would_be_and_writes_nothing() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    folder.write(&article_path(9), article(9));
    let before = state(&folder.path("index"));
    let ran = folder.expect("index --dry-run");
    assert!(format!("{}{}", ran.out, ran.err).contains('1'), "{ran:?}");
    let changed = |path: &String| path != "lock";
    let after = state(&folder.path("index"));
    assert!(before.iter().filter(|(path, _)| changed(path)).eq(after.iter().filter(|(path, _)| changed(path))));
}

#[test]
fn an_index_belongs_to_one_corpus() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    folder.write("other/a.txt", "Another corpus\n\nIt has one article.\n");
    let refused = folder.run("index other");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("belongs to") && refused.err.contains("--index"), "{}", refused.err);
    assert_eq!(folder.ids().len(), 3);
}

#[test]
fn the_index_is_never_read_as_corpus() {
    let folder = Folder::with_articles(3);
    folder.expect("index corpus --index corpus/found-here");
    folder.expect("index corpus --index corpus/found-here");
    let status = folder.expect("status --index corpus/found-here");
    assert!(!status.out.contains("found-here/"), "{}", status.out);
}

#[test]
fn a_rebuild_finds_the_same() {
    let folder = Folder::with_samples();
    folder.expect("index");
    let before = folder.expect("search --format json tariffs").out;
    folder.expect("index --rebuild");
    assert_eq!(before, folder.expect("search --format json tariffs").out);
}

/// The ids of the articles that hold `word`.
fn found(folder: &Folder, word: &str) -> Vec<String> {
    let ran = folder.run(&format!("search --format jsonl -n 100 {word}"));
    ran.out.lines().map(|line| crate::folder::json(line)["id"].as_str().unwrap().to_owned()).collect()
}

fn state(folder: &Path) -> State {
    let mut state = State::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            let changed = path.metadata().unwrap().modified().unwrap();
            state.insert(name, (fs::read(&path).unwrap(), changed));
        }
    }
    state
}
