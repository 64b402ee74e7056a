//! Killed at any moment, the index loses nothing that was committed, and the next run ends with the articles of the folder.

use std::collections::HashSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

use pullquote::index::WriteOptions;

use crate::folder::{Folder, Ran, article, article_path};

/// How often a run is killed.
const KILLS: u32 = 50;

#[test]
fn killed_at_any_moment_the_next_run_completes() {
    const ARTICLES: usize = 120;
    let folder = Folder::with_articles(ARTICLES);
    let whole = Instant::now();
    folder.expect("index --index whole");
    let whole = whole.elapsed();
    for kill in 0..KILLS {
        // Spread over a whole run by the golden ratio: every part of it is hit, in no order.
        let share = (f64::from(kill) * 0.618_034).fract();
        start_and_kill(&folder, whole.mul_f64(share));
        if kill % 10 == 9 {
            expect_exactly(&folder, ARTICLES);
            std::fs::remove_dir_all(folder.path("index")).unwrap();
        }
    }
}

#[test]
fn killed_while_it_takes_up_changes_the_next_run_completes() {
    let folder = Folder::with_articles(60);
    folder.expect("index");
    for kill in 0..10 {
        let first = 100 + kill * 12;
        for number in first..first + 12 {
            folder.write(&article_path(number), article(number));
        }
        start_and_kill(&folder, Duration::from_millis(5 * u64::try_from(kill).unwrap()));
        let ids = folder.ids();
        assert!(ids.len() >= 60, "what was committed is lost: {} articles", ids.len());
        assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len(), "an article is there twice");
    }
    expect_exactly(&folder, 60 + 120);
}

#[test]
fn a_second_writer_is_told_who_is_writing() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    let corpus = folder.path("corpus").canonicalize().unwrap();
    let options = WriteOptions { corpus, ..WriteOptions::default() };
    let writer = pullquote::index::open_writer(&folder.path("index"), &options).unwrap();
    folder.write(&article_path(3), article(3));
    let refused = folder.run("index");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains(&format!("process {}", std::process::id())), "{}", refused.err);
    assert!(refused.err.contains("--wait"), "{}", refused.err);
    assert_eq!(folder.ids().len(), 3, "a search needs no lock");
    drop(writer);
    folder.expect("index --wait 30s");
    assert_eq!(folder.ids().len(), 4);
}

#[test]
fn a_disk_that_takes_no_more_is_an_error_with_advice() {
    let folder = Folder::with_articles(40);
    folder.expect("index");
    for number in 40..60 {
        folder.write(&article_path(number), article(number));
    }
    // A limit on the size of files fails each larger write, as a full disk does.
    let program = folder.program();
    let line = format!("trap '' XFSZ; ulimit -f 2; exec {} index", program.get_program().to_string_lossy());
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &line]).current_dir(folder.path("")).env("HOME", folder.path(""));
    let ran = Ran::of(&mut shell);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("cannot write") && ran.err.contains("free some space"), "{}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    assert!(folder.ids().len() >= 40, "what was committed is lost");
    expect_exactly(&folder, 60);
}

#[test]
fn an_index_of_a_newer_program_is_left_alone() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    let meta = std::fs::read_to_string(folder.path("index/pullquote.json")).unwrap();
    folder.write("index/pullquote.json", meta.replacen("\"format\": 1", "\"format\": 999", 1));
    for line in ["search plant", "index", "status", "quotes counted"] {
        let ran = folder.run(line);
        assert_eq!(ran.code, Some(2), "{line}: {ran:?}");
        assert!(ran.err.contains("newer pullquote"), "{line}: {}", ran.err);
    }
}

#[test]
fn a_damaged_index_is_named_and_built_anew() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    folder.write("index/pullquote.json", "{ not JSON");
    let ran = folder.run("search plant");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("damaged") && ran.err.contains("doctor"), "{}", ran.err);
    folder.expect("index --rebuild");
    assert_eq!(folder.ids().len(), 3);
}

/// Starts `index` and kills it after `delay`, or lets it end when it is faster.
fn start_and_kill(folder: &Folder, delay: Duration) {
    let mut command = folder.program();
    let mut child = command.arg("index").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while start.elapsed() < delay && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Indexes to the end and expects each article of the folder once.
fn expect_exactly(folder: &Folder, articles: usize) {
    folder.expect("index");
    let ids = folder.ids();
    let different: HashSet<&String> = ids.iter().collect();
    assert_eq!((ids.len(), different.len()), (articles, articles));
    let status = folder.expect("status");
    assert!(status.out.contains(&articles.to_string()), "{}", status.out);
    assert_eq!(folder.run("doctor").code, Some(0));
}
