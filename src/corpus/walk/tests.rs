use super::*;

/// A corpus of empty files at `paths`; a path that ends with `/` is a folder.
fn corpus(paths: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in paths {
        let place = folder.path().join(path);
        if path.ends_with('/') {
            fs::create_dir_all(place).unwrap();
        } else {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, "words").unwrap();
        }
    }
    folder
}

fn seen(plan: &Walk) -> Vec<String> {
    let show = |found: Result<Entry, Unreadable>| match found {
        Ok(entry) => entry.path,
        Err(unreadable) => format!("{}: {}", unreadable.path, unreadable.reason),
    };
    walk(plan).unwrap().map(show).collect()
}

fn check(folder: &Path, expected: &[&str]) {
    let plan = Walk { root: folder.to_owned(), exclude: vec!["*.tmp".to_owned()], never: Some(folder.join("index")) };
    assert_eq!(seen(&plan), expected);
}

#[test]
fn whole_paths_come_in_order() {
    let folder = corpus(&["a/z.txt", "a.txt", "a-b.txt", "a0/x.txt", "B.txt", "a/b/c.txt", "a/b.txt"]);
    check(folder.path(), &["B.txt", "a-b.txt", "a.txt", "a/b.txt", "a/b/c.txt", "a/z.txt", "a0/x.txt"]);
}

#[test]
fn hidden_files_and_the_index_are_passed_by() {
    let folder = corpus(&[".git/a.txt", ".b.txt", "index/c.txt", "wire/index/d.txt", "index.txt", "e.tmp"]);
    check(folder.path(), &["index.txt", "wire/index/d.txt"]);
}

#[test]
fn the_ignore_file_holds_and_gitignore_does_not() {
    let folder = corpus(&["drafts/a.txt", "b.txt", "c.txt"]);
    fs::write(folder.path().join(IGNORE_FILE), "drafts/\n").unwrap();
    fs::write(folder.path().join(".gitignore"), "b.txt\n").unwrap();
    check(folder.path(), &["b.txt", "c.txt"]);
}

#[test]
fn a_root_that_is_a_file_is_its_name() {
    let folder = corpus(&["wire/a.txt", "wire/b.txt", ".hidden.txt"]);
    check(&folder.path().join("wire/b.txt"), &["b.txt"]);
    check(&folder.path().join(".hidden.txt"), &[".hidden.txt"]);
}

#[test]
fn an_entry_knows_size_and_time() {
    let folder = corpus(&["a.txt"]);
    let entry = walk(&Walk { root: folder.path().to_owned(), ..Walk::default() }).unwrap().next().unwrap().unwrap();
    assert_eq!(entry.size, 5);
    assert!(entry.modified > 1_600_000_000_000_000_000);
}

#[test]
fn a_missing_root_is_an_error() {
    let Err(error) = walk(&Walk { root: PathBuf::from("/no/such/corpus"), ..Walk::default() }) else {
        panic!("walked over nothing");
    };
    assert!(error.to_string().starts_with("cannot read the corpus /no/such/corpus: "), "{error}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_named_once() {
    use std::os::unix::fs::symlink;
    let folder = corpus(&["a/b.txt"]);
    let outside = corpus(&["c.txt"]);
    symlink(folder.path(), folder.path().join("a/loop")).unwrap();
    symlink(folder.path().join("a"), folder.path().join("again")).unwrap();
    symlink(outside.path(), folder.path().join("elsewhere")).unwrap();
    symlink(outside.path(), folder.path().join("elsewhere2")).unwrap();
    symlink(outside.path().join("c.txt"), folder.path().join("file.txt")).unwrap();
    symlink("nothing", folder.path().join("broken.txt")).unwrap();
    let back = "is a link back into the corpus: its files are read where they are";
    check(
        folder.path(),
        &[
            "a/b.txt",
            &format!("a/loop: {back}"),
            &format!("again: {back}"),
            "broken.txt: there is nothing there (a broken link, or removed meanwhile)",
            "elsewhere/c.txt",
            "elsewhere2: is a link to a folder that another link has led to",
            "file.txt",
        ],
    );
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf8_is_lossy() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = corpus(&["b.txt"]);
    if fs::write(folder.path().join(OsStr::from_bytes(b"a\xff.txt")), "words").is_ok() {
        check(folder.path(), &["a\u{fffd}.txt", "b.txt"]);
    }
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stderr, reason = "what is not tested must not look tested")]
fn a_folder_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = corpus(&["closed/a.txt", "open.txt"]);
    let closed = folder.path().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&closed).is_ok() {
        eprintln!("skipped: this user may read every folder");
    } else {
        check(folder.path(), &["closed: permission denied", "open.txt"]);
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
}
