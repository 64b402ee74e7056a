//! Files of the index that are cut short or changed: an answer or advice, never a crash; `doctor` names them, and a
//! rebuild mends them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// How many disks of different sizes are filled.
const DISKS: usize = 24;

/// A disk that is full after any number of bytes: what was committed is there, and with space again, all is.
#[test]
fn a_disk_that_fills_up_at_any_moment_loses_nothing() {
    let folder = Folder::with_articles(40);
    folder.expect("index");
    // A disk gives whole blocks.
    let blocks = |file: &PathBuf| (fs::metadata(file).unwrap().len().div_ceil(4096) + 1) * 4096;
    let needed: u64 = files(&folder.path("index")).iter().map(blocks).sum();
    for number in 40..80 {
        folder.write(&article_path(number), article(number));
    }
    // In name spaces of its own, anybody may mount; what is mounted there goes with them.
    fs::create_dir(folder.path("disk")).unwrap();
    let mount = "unshare -rm sh -c 'mount -t tmpfs -o size=1m tmpfs disk && mount -o remount,size=2m disk'";
    let may_mount = Ran::of(Command::new("sh").args(["-c", mount]).current_dir(folder.path(""))).code == Some(0);
    if !may_mount {
        writeln!(std::io::stderr(), "skipped: this system lets nobody mount a small disk (unshare -rm)").unwrap();
        return;
    }
    let program = folder.program().get_program().to_string_lossy().into_owned();
    for disk in 0..DISKS {
        // From room for the old index alone to room for twice all of it.
        let size = needed + needed * 4 * disk as u64 / DISKS as u64 + (64 << 10);
        let script = format!(
            "mount -t tmpfs -o size={size} tmpfs disk && cp -r index/. disk && {program} index --index disk 2>err; echo $? >code; \
             {program} search --index disk --format jsonl -n 1000 -- -qqqzzz | grep -c '\"id\"' >before; \
             mount -o remount,size=100m disk && {program} index --index disk >/dev/null 2>&1; \
             {program} search --index disk --format jsonl -n 1000 -- -qqqzzz | grep -o '\"id\":\"[^\"]*\"' | sort | uniq -c >after; \
             {program} doctor --index disk >/dev/null 2>&1; echo $? >doctor"
        );
        let mut shell = Command::new("unshare");
        let ran =
            Ran::of(shell.args(["-rm", "sh", "-c", &script]).current_dir(folder.path("")).env("HOME", folder.path("")));
        let told = |name: &str| fs::read_to_string(folder.path(name)).unwrap_or_else(|_| panic!("{ran:?}"));
        let (code, before): (i32, usize) =
            (told("code").trim().parse().unwrap(), told("before").trim().parse().unwrap());
        assert!(code == 0 || told("err").contains("free some space"), "{size}: {code} {} {ran:?}", told("err"));
        assert!(before == 40 || before == 80, "{size}: {before} articles after a full disk");
        let after = told("after");
        assert_eq!(after.lines().count(), 80, "{size}: {after}");
        assert!(after.lines().all(|line| line.trim_start().starts_with("1 ")), "{size}: {after}");
        assert_eq!(told("doctor").trim(), "0", "{size}");
    }
}

/// A clock that goes back: what changed is seen all the same, whatever its time.
#[test]
fn a_clock_that_goes_back_hides_no_change() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    let old = |path: &str, days: u64| {
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(86_400 * days);
        fs::File::options().write(true).open(folder.path(path)).unwrap().set_modified(time).unwrap();
    };
    folder.write(&article_path(0), article(700));
    old(&article_path(0), 3000);
    folder.write(&article_path(9), article(900));
    old(&article_path(9), 1);
    // From a time that is yet to come, and back.
    old(&article_path(1), 50_000);
    folder.expect("index");
    assert_eq!(folder.ids().len(), 4);
    assert_eq!(folder.run("search item700").code, Some(0));
    assert_eq!(folder.run("search item900").code, Some(0));
    assert_eq!(folder.run("search item0").code, Some(1), "the old content is gone");
    old(&article_path(1), 4000);
    folder.write(&article_path(2), article(200));
    old(&article_path(2), 4000);
    folder.expect("index");
    assert_eq!((folder.ids().len(), folder.run("search item200").code), (4, Some(0)));
    let status = folder.expect("index").out;
    assert!(status.contains("4 unchanged"), "{status}");
}

/// Files that are written to while they are read: never half an article for good.
#[test]
fn files_that_change_while_they_are_read_end_up_whole() {
    let folder = Folder::new();
    let line =
        |number: usize, round: usize| format!("{{\"title\":\"Line {number} round{round}\",\"text\":\"Words.\"}}\n");
    let whole = |round: usize, lines: usize| (0..lines).map(|number| line(number, round)).collect::<String>();
    folder.write("corpus/a.jsonl", whole(0, 4000));
    for round in 1..12 {
        let mut child = folder.program().arg("index").stderr(std::process::Stdio::null()).spawn().unwrap();
        // Shorter, longer and of the same length by turns, in the middle of it.
        folder.write("corpus/a.jsonl", whole(round, 4000 - 300 * (round % 3)));
        child.wait().unwrap();
    }
    folder.expect("index");
    assert_eq!(folder.ids().len(), 4000 - 300 * (11 % 3));
    assert_eq!(folder.run("search round11").code, Some(0));
    assert_eq!(folder.run("search round10").code, Some(1), "what an earlier version said is gone");
    assert_eq!(folder.run("doctor").code, Some(0));
}
