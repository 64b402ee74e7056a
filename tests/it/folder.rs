//! A temporary folder with a corpus in it, and the real program run there.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A folder that is gone when the test ends.
#[derive(Debug)]
pub(crate) struct Folder {
    temp: TempDir,
}

/// What a run of the program left.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    /// What it wrote to stdout.
    pub(crate) out: String,
    /// What it wrote to stderr.
    pub(crate) err: String,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Folder {
        Folder { temp: TempDir::with_prefix("pullquote-").unwrap() }
    }

    /// A folder with a copy of the sample corpus in `corpus/`.
    pub(crate) fn with_samples() -> Folder {
        let folder = Folder::new();
        copy(Path::new("corpus"), &folder.path("corpus"));
        folder
    }

    /// A folder with `articles` short articles in `corpus/`, one a file.
    pub(crate) fn with_articles(articles: usize) -> Folder {
        let folder = Folder::new();
        for number in 0..articles {
            folder.write(&article_path(number), article(number));
        }
        folder
    }

    /// The absolute path of `inner`.
    pub(crate) fn path(&self, inner: &str) -> PathBuf {
        self.temp.path().join(inner)
    }

    /// Writes a file and the folders that it needs.
    pub(crate) fn write(&self, inner: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(inner);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The program, to be run in this folder with nothing of the user's settings.
    pub(crate) fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        let ours = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PULLQUOTE_"));
        for (name, _) in ours {
            command.env_remove(name);
        }
        command.current_dir(self.temp.path()).env("NO_COLOR", "1").env("TZ", "UTC").env("COLUMNS", "80");
        command.env("HOME", self.temp.path()).env("XDG_CONFIG_HOME", self.path("config"));
        command
    }

    /// Runs the program with the words of `line`, which may be in quotation marks.
    pub(crate) fn run(&self, line: &str) -> Ran {
        Ran::of(self.program().args(words(line)))
    }

    /// Runs it and expects that it succeeds.
    pub(crate) fn expect(&self, line: &str) -> Ran {
        let ran = self.run(line);
        assert_eq!(ran.code, Some(0), "{line}: {ran:?}");
        ran
    }

    /// The ids of all articles that can be found, in order.
    pub(crate) fn ids(&self) -> Vec<String> {
        let ran = self.run("search --format jsonl -n 100000 -- -qqqzzz");
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
        let mut ids: Vec<String> = ran.out.lines().map(|line| json(line)["id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    }
}

impl Ran {
    /// Runs `command` to its end.
    pub(crate) fn of(command: &mut Command) -> Ran {
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// Where [`Folder::with_articles`] puts article `number`.
pub(crate) fn article_path(number: usize) -> String {
    format!("corpus/{:02}/{number:04}.txt", number % 10)
}

/// A short article about nothing in particular; `number` is in it as a word.
pub(crate) fn article(number: usize) -> String {
    format!(
        "Plant number {number} opens\n\nBOSTON, Jan 30, 2025 - Northwind Robotics (NASDAQ: NWRB) opened plant item{number} on \
         Thursday.\n\n“We counted to {number},” said Marta Ellingsen, the chief executive.\n"
    )
}

/// A line of JSON.
pub(crate) fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap()
}

/// The words of a command line as a shell would split it: at spaces outside of quotation marks.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut word, mut within, mut begun) = (String::new(), None, false);
    for c in line.chars() {
        match (c, within) {
            (c, Some(mark)) if c == mark => within = None,
            ('\'' | '"', None) => (within, begun) = (Some(c), true),
            (' ', None) if begun => {
                words.push(std::mem::take(&mut word));
                begun = false;
            }
            (' ', None) => (),
            (c, _) => {
                word.push(c);
                begun = true;
            }
        }
    }
    words.extend(begun.then_some(word));
    words
}

#[test]
fn words_are_split_as_a_shell_does() {
    assert_eq!(words(r#"search  '"rate cut"' --ticker NVDA ''"#), ["search", "\"rate cut\"", "--ticker", "NVDA", ""]);
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::io::copy(&mut File::open(entry.path()).unwrap(), &mut File::create(&target).unwrap()).unwrap();
        }
    }
}
