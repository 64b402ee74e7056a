//! Killed at any moment, the index loses nothing that was committed, and the next run ends with the articles of the folder.

use std::collections::HashSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

use pullquote::index::WriteOptions;

use crate::folder::{Folder, Ran, article, article_path, words};

/// How often a first run is killed.
const KILLS: u32 = 80;

/// How often each of the others is: runs that take up changes, merge, and rebuild. 200 in all.
const OTHERS: u32 = 40;

#[test]
fn killed_at_any_moment_the_next_run_completes() {
    const ARTICLES: usize = 120;
    let folder = Folder::with_articles(ARTICLES);
    let whole = Instant::now();
    folder.expect("index --index whole");
    let whole = whole.elapsed();
    for kill in 0..KILLS {
        start_and_kill(&folder, "index", moment(whole, kill));
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
    for kill in 0..OTHERS {
        let first = 100 + kill as usize * 3;
        for number in first..first + 3 {
            folder.write(&article_path(number), article(number));
        }
        start_and_kill(&folder, "index", Duration::from_millis(u64::from(2 * kill)));
        let ids = folder.ids();
        assert!(ids.len() >= 60, "what was committed is lost: {} articles", ids.len());
        assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len(), "an article is there twice");
    }
    expect_exactly(&folder, 60 + 3 * OTHERS as usize);
}

#[test]
fn what_a_run_wrote_before_it_was_killed_is_not_in_the_way() {
    let folder = Folder::with_articles(40);
    folder.expect("index");
    let names = ["articles", "quotes", "files"].map(|name| format!("index/g1/{name}/meta.json"));
    let before = names.clone().map(|name| std::fs::read_to_string(folder.path(&name)).unwrap());
    folder.write(&article_path(7), article(700));
    folder.expect("index");
    // As a run leaves them that was killed once the deletions were written, and before they counted.
    for (name, text) in names.iter().zip(before) {
        folder.write(name, text);
    }
    expect_exactly(&folder, 40);
}

#[test]
fn copies_that_a_killed_run_did_not_tell_are_told_by_the_next() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    std::fs::remove_file(folder.path("index/g1/stories")).unwrap();
    assert_eq!(folder.run("doctor").code, Some(2), "copies are not known");
    folder.expect("index");
    assert_eq!(folder.run("doctor").code, Some(0));
}

#[test]
fn killed_while_it_merges_everything_is_there() {
    let folder = Folder::with_articles(10);
    folder.expect("index");
    let mut articles = 10;
    for kill in 0..OTHERS {
        // Some segments of each, so that there is something to merge.
        if kill % 4 == 0 {
            for number in articles..articles + 3 {
                folder.write(&article_path(number), article(number));
                folder.expect("index");
            }
            articles += 3;
        }
        start_and_kill(&folder, "optimize", Duration::from_millis(u64::from(kill)));
        assert_eq!(folder.ids().len(), articles);
    }
    folder.expect("optimize");
    expect_exactly(&folder, articles);
}

#[test]
fn killed_while_it_rebuilds_the_old_index_answers() {
    const ARTICLES: usize = 60;
    let folder = Folder::with_articles(ARTICLES);
    let whole = Instant::now();
    folder.expect("index");
    let whole = whole.elapsed();
    for kill in 0..OTHERS {
        start_and_kill(&folder, "index --rebuild", moment(whole, kill));
        assert_eq!(folder.ids().len(), ARTICLES, "kill {kill}");
    }
    folder.expect("index --rebuild");
    expect_exactly(&folder, ARTICLES);
}

#[test]
fn a_search_while_articles_are_indexed_finds_all_that_was_committed() {
    let folder = Folder::with_articles(30);
    folder.expect("index");
    for round in 0..5 {
        let first = 100 + round * 60;
        for number in first..first + 60 {
            folder.write(&article_path(number), article(number));
        }
        let mut command = folder.program();
        let mut child = command.arg("index").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut seen = 30 + round * 60;
        while child.try_wait().unwrap().is_none() {
            let found = folder.ids().len();
            assert!(found >= seen, "{found} articles after {seen}");
            seen = found;
        }
        assert!(child.wait().unwrap().success());
        assert_eq!(folder.ids().len(), 30 + (round + 1) * 60);
    }
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

/// A moment of a run of `whole`. They are spread by the golden ratio: every part of it is hit, in no order.
fn moment(whole: Duration, kill: u32) -> Duration {
    whole.mul_f64((f64::from(kill) * 0.618_034).fract())
}

/// Starts the program with `line` and kills it after `delay`, or lets it end when it is faster.
fn start_and_kill(folder: &Folder, line: &str, delay: Duration) {
    let mut command = folder.program();
    command.args(words(line)).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
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
