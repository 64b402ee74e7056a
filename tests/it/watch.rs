//! `index --watch`: the index follows the folder while it is there, and waits while it is not.
//!
//! These wait for real events: until a condition holds, a search at a time, and no longer than a minute.

use std::fs::{self, File};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::folder::{Folder, Ran, article, article_path};

const LONGEST: Duration = Duration::from_mins(1);

/// A watch in a folder. Killed when dropped, so that a test that fails leaves nothing behind.
struct Watch<'a> {
    folder: &'a Folder,
    child: Child,
}

impl<'a> Watch<'a> {
    fn start(folder: &'a Folder, line: &str) -> Watch<'a> {
        let file = |name: &str| Stdio::from(File::create(folder.path(name)).unwrap());
        let mut command = folder.program();
        command.args(line.split(' ')).stdout(file("out")).stderr(file("err"));
        let watch = Watch { folder, child: command.spawn().unwrap() };
        watch.until("it watches", || watch.said("err", "watching "));
        watch
    }

    /// Whether it has written `words` to `name`.
    fn said(&self, name: &str, words: &str) -> bool {
        fs::read_to_string(self.folder.path(name)).unwrap().contains(words)
    }

    /// Waits until `holds`.
    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let begun = Instant::now();
        while !holds() {
            let err = fs::read_to_string(self.folder.path("err")).unwrap();
            assert!(begun.elapsed() < LONGEST, "{what}: {err}");
            std::thread::yield_now();
        }
    }

    fn until_found(&self, word: &str) {
        self.until(word, || self.folder.run(&format!("search {word}")).code == Some(0));
    }

    /// Ends it as Ctrl-C does; its exit code.
    fn interrupt(mut self) -> Option<i32> {
        let process = self.child.id().to_string();
        assert_eq!(Ran::of(Command::new("kill").args(["-INT", &process])).code, Some(0));
        self.child.wait().unwrap().code()
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[cfg(unix)]
#[test]
fn the_index_follows_the_folder_until_interrupted() {
    for how in ["--watch", "--watch=poll:1s"] {
        let folder = Folder::with_articles(3);
        folder.expect("alert add plants plant --format jsonl");
        let watch = Watch::start(&folder, &format!("index {how} --alerts"));
        assert_eq!(folder.ids().len(), 3, "{how}: read at the start");
        folder.write("corpus/new/folder/08.txt", article(8));
        watch.until_found("item8");
        watch.until("alerts", || watch.said("out", "\"id\":\"new/folder/08.txt\""));
        fs::remove_file(folder.path(&article_path(1))).unwrap();
        watch.until("deleted", || folder.ids().len() == 3);
        let ids = |name: &str| fs::read_to_string(folder.path(name)).unwrap().matches("\"v\":1").count();
        assert_eq!((ids("out"), watch.interrupt()), (4, Some(0)), "{how}: each article delivered once");
        assert_eq!(folder.run("doctor").code, Some(0));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_vanishes_is_waited_for() {
    let folder = Folder::with_articles(60);
    let watch = Watch::start(&folder, "index --watch");
    let (corpus, elsewhere) = (folder.path("corpus"), folder.path("elsewhere"));
    fs::rename(&corpus, &elsewhere).unwrap();
    watch.until("it says so", || watch.said("err", "waiting for it to come back"));
    assert_eq!(folder.ids().len(), 60);
    // As when a drive is not mounted: the folder is there and empty.
    fs::create_dir(&corpus).unwrap();
    watch.until("it asks", || watch.said("err", "60 of 60 articles would vanish"));
    assert_eq!(folder.ids().len(), 60);
    fs::remove_dir(&corpus).unwrap();
    fs::write(elsewhere.join("new.txt"), article(77)).unwrap();
    fs::rename(&elsewhere, &corpus).unwrap();
    watch.until_found("item77");
    watch.until("it says so", || watch.said("err", "going on"));
    assert_eq!((folder.ids().len(), watch.interrupt()), (61, Some(0)));
}

#[test]
fn what_cannot_be_watched_is_refused_at_once() {
    let folder = Folder::new();
    let ran = folder.run("index --watch nowhere");
    assert!(ran.code == Some(2) && ran.err.contains("nowhere"), "{ran:?}");
    for line in ["index --watch=often", "index --watch=poll:0s", "index --alerts", "index --watch --dry-run"] {
        assert_eq!(folder.run(line).code, Some(2), "{line}");
    }
}
