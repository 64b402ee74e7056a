//! The house rules that the compiler does not check.

use std::path::{Path, PathBuf};
use std::{fs, iter};

const LONGEST: usize = 400;

/// Words that belong to certain rooms: where they may be written, and nowhere else.
const ROOMS: &[(&str, &[&str])] = &[
    ("tantivy::", &["src/index/local"]),
    ("serde", &["src/format", "src/settings", "src/index/local", "src/output"]),
    ("std::fs", &["src/corpus", "src/settings", "src/index", "src/alerts", "src/cli"]),
    ("env::var", &["src/settings"]),
    ("clap", &["src/cli"]),
    ("walkdir", &["src/corpus"]),
    ("notify::", &["src/corpus"]),
    ("SystemTime::now", &["src/settings", "src/index", "src/cli"]),
];

/// What no file may say, tests and benches included: a check is not switched off.
const NEVER: &[&str] = &["#[allow(", "#![allow(", "#[ignore", "#[should_panic"];

/// Names of drawers: a module is called after what it is about.
const DRAWERS: &[&str] = &["util", "utils", "utility", "helper", "helpers", "common", "misc"];

#[test]
fn imports_go_one_way() {
    let layers = layers();
    let height = |name: &str| layers.iter().position(|layer| layer == name);
    let mut wrong: Vec<String> = Vec::new();
    for (file, source) in sources("src") {
        // `lib.rs` and `main.rs` are no layers: they see everything.
        let Some(own) = height(&layer(&file)) else {
            continue;
        };
        for import in imports(&source) {
            if height(import).is_some_and(|other| own < other) {
                wrong.push(format!("{} uses {import}, which comes later", file.display()));
            }
        }
        if source.contains("super::super") {
            wrong.push(format!("{} climbs two steps; write `crate::`", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_tool_stays_in_its_room() {
    let mut wrong: Vec<String> = Vec::new();
    // A test may make files and look at clocks wherever it stands.
    let is_test = |file: &Path| file.ends_with("tests.rs") || file.iter().any(|folder| folder == "tests");
    for (file, source) in sources("src").filter(|(file, _)| !is_test(file)) {
        for (word, rooms) in ROOMS {
            let home = rooms.iter().any(|room| file.to_str().unwrap().starts_with(room));
            if !home && code(&source).any(|line| line.contains(word)) {
                wrong.push(format!("{} writes `{word}`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_stay_small() {
    for folder in ["src", "tests", "benches"] {
        for (file, source) in sources(folder) {
            let lines = source.lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines", file.display());
        }
    }
}

#[test]
fn no_module_is_a_drawer() {
    for folder in ["src", "tests", "benches"] {
        for (file, _) in sources(folder) {
            let drawer = file.iter().any(|part| DRAWERS.contains(&part.to_str().unwrap().trim_end_matches(".rs")));
            assert!(!drawer, "{}", file.display());
        }
    }
}

#[test]
fn no_check_is_switched_off() {
    for folder in ["src", "tests", "benches"] {
        for (file, source) in sources(folder) {
            let found = code(&source).find(|line| NEVER.iter().any(|word| line.trim_start().starts_with(word)));
            assert_eq!(found, None, "{}", file.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for folder in ["src", "tests", "benches"] {
        for (file, source) in sources(folder) {
            // A room's tests, moved out of its file, are explained there.
            assert!(file.to_str().unwrap().ends_with("tests.rs") || source.starts_with("//! "), "{}", file.display());
        }
    }
}

#[test]
fn imports_are_seen_in_every_spelling() {
    let source = "use crate::{a::{self, B}, c}; use crate::d::E; fn f(x: crate::g::H) {}";
    assert_eq!(imports(source), ["a", "c", "d", "g"]);
}

#[test]
fn comments_are_no_code() {
    let source = "//! serde\nfn f() {}\n    /// serde\n    // serde\n";
    assert_eq!(code(source).collect::<Vec<_>>(), ["fn f() {}"]);
}

/// The modules in reading order, as `lib.rs` lists them.
fn layers() -> Vec<String> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let name = |line: &str| Some(line.strip_suffix(';')?.rsplit_once("mod ")?.1.to_owned());
    lib.lines().filter_map(name).collect()
}

/// The first part of a file's path under `src`, without its extension.
fn layer(file: &Path) -> String {
    let first = file.strip_prefix("src").unwrap().iter().next().unwrap();
    first.to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The modules that `source` names after `crate::`, in prose too.
fn imports(source: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for (at, prefix) in source.match_indices("crate::") {
        let path = &source[at + prefix.len()..];
        match path.strip_prefix('{') {
            Some(list) => names.extend(heads(list)),
            None => names.push(head(path)),
        }
    }
    names
}

/// The heads of the paths in a `use` list, up to the brace that closes it.
fn heads(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let mut starts = vec![0];
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts.push(at + 1),
            _ => (),
        }
    }
    starts.into_iter().map(|start| head(&list[start..]))
}

fn head(path: &str) -> &str {
    let path = path.trim_start();
    path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()
}

/// The lines of `source` that are not comments.
fn code(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// Every Rust file below `folder` with its text, in order of path within each folder.
fn sources(folder: &str) -> impl Iterator<Item = (PathBuf, String)> + use<> {
    let mut folders = vec![PathBuf::from(folder)];
    let files = iter::from_fn(move || {
        let entries = fs::read_dir(folders.pop()?).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        folders.extend(paths.iter().filter(|path| path.is_dir()).cloned());
        Some(paths)
    });
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    files.flatten().filter(is_rust).map(|path| {
        let source = fs::read_to_string(&path).unwrap();
        (path, source)
    })
}
