//! Files of the index that are cut short or changed: an answer or advice, never a crash; `doctor` names them, and a
//! rebuild mends them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::folder::{Folder, Ran, article, article_path, copy};

/// How many places of each file are changed.
const PLACES: usize = 4;

/// What is asked of a damaged index.
const ASKED: &[&str] = &[
    "search plant",
    "search '\"plant number\" item7' --sort newest",
    "search ticker:NWRB plan* --explain",
    "quotes counted",
    "show 07/0007.txt plant",
    "status",
];

#[test]
fn a_changed_byte_is_named_by_doctor_and_mended_by_a_rebuild() {
    let folder = Folder::with_articles(40);
    folder.expect("index");
    let mut unnoticed = Vec::new();
    for file in files(&folder.path("index")) {
        let whole = fs::read(&file).unwrap();
        for place in 0..PLACES.min(whole.len()) {
            let mut bytes = whole.clone();
            let at = whole.len() * place / PLACES + whole.len() / (2 * PLACES);
            bytes[at] ^= 0x5a;
            fs::write(&file, &bytes).unwrap();
            ask(&folder, &format!("{} with byte {at} changed", file.display()));
            if folder.run("doctor").code == Some(0) {
                unnoticed.push(format!("{} at {at} of {}", file.display(), whole.len()));
            }
        }
        fs::write(&file, &whole).unwrap();
    }
    // What says how the index was made, who is writing and which files may go holds nothing of the articles.
    let told = ["/lock ", "/pullquote.json ", "/.managed.json "];
    unnoticed.retain(|place| !told.iter().any(|name| place.contains(name)));
    assert_eq!(unnoticed, Vec::<String>::new());
}

#[test]
fn a_file_cut_short_is_named_by_doctor_and_mended_by_a_rebuild() {
    let folder = Folder::with_articles(40);
    folder.expect("index");
    let before = folder.ids();
    for file in files(&folder.path("index")) {
        let whole = fs::read(&file).unwrap();
        if whole.is_empty() || file.ends_with("lock") {
            continue;
        }
        fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        ask(&folder, &format!("{} cut short", file.display()));
        let doctor = folder.run("doctor");
        assert_eq!(doctor.code, Some(2), "{}: {doctor:?}", file.display());
        fs::write(&file, &whole).unwrap();
    }
    let largest = files(&folder.path("index")).into_iter().max_by_key(|file| fs::metadata(file).unwrap().len());
    fs::write(largest.unwrap(), "").unwrap();
    folder.expect("index --rebuild");
    assert_eq!(folder.ids(), before);
    assert_eq!(folder.run("doctor").code, Some(0));
}

#[test]
fn a_damaged_index_that_is_written_to_is_mended_or_named_and_loses_nothing() {
    let folder = Folder::with_articles(12);
    folder.expect("index --index whole");
    folder.write(&article_path(12), article(12));
    for file in files(&folder.path("whole")) {
        let inner = file.strip_prefix(folder.path("whole")).unwrap();
        if inner == Path::new("pullquote.json") {
            continue; // It names the corpus: changed, it is the index of another one.
        }
        copy(&folder.path("whole"), &folder.path("index"));
        let damaged = folder.path("index").join(inner);
        let mut bytes = fs::read(&damaged).unwrap();
        let middle = bytes.len() / 2;
        let Some(byte) = bytes.get_mut(middle) else { continue };
        *byte ^= 0x5a;
        fs::write(&damaged, &bytes).unwrap();
        let ran = folder.run("index");
        assert!(!ran.err.contains("panicked") && !ran.err.contains("fault"), "{}: {}", inner.display(), ran.err);
        if ran.code != Some(0) {
            assert!(ran.code == Some(2) && ran.err.contains("pullquote "), "{}: {ran:?}", inner.display());
        }
        folder.expect("index --rebuild");
        assert_eq!(folder.ids().len(), 13, "{}", inner.display());
        fs::remove_dir_all(folder.path("index")).unwrap();
    }
}

/// Asks for one thing after the other and expects an answer, or an error with advice.
fn ask(folder: &Folder, what: &str) {
    for line in ASKED {
        let ran = folder.run(line);
        let Ran { code, err, .. } = &ran;
        assert!(!err.contains("panicked"), "{what}, {line}: {err}");
        assert!(matches!(code, Some(0..=2)), "{what}, {line}: {ran:?}");
        if *code == Some(2) {
            assert!(err.contains("pullquote "), "{what}, {line}: no advice in {err}");
        }
    }
}

/// Every file below `folder`, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
