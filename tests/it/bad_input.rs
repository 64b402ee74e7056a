//! Whatever lies in the folder: it is named with a reason, the rest is indexed, and memory stays bounded.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::folder::{Folder, Ran, article};

/// A good article beside the bad file: it must be found whatever happens.
const GOOD: &str = "corpus/good.txt";

/// Indexes `bytes` as the file `name` beside a good article. The refusal names the file and says one of `reasons`.
fn check_refused(name: &str, bytes: &[u8], reasons: &[&str]) {
    let folder = Folder::new();
    folder.write(GOOD, article(1));
    folder.write(&format!("corpus/{name}"), bytes);
    let ran = folder.expect("index");
    let named = |text: &str| text.contains(name) && reasons.iter().any(|reason| text.contains(reason));
    assert!(named(&ran.err), "{}", ran.err);
    let status = folder.expect("status");
    assert!(named(&status.out), "{}", status.out);
    assert_eq!(folder.ids(), ["good.txt"]);
    // It is not read again as long as it stays as it is, and it is as soon as it changes.
    assert_eq!(folder.run("doctor").code, Some(0));
    folder.write(&format!("corpus/{name}"), name_it(name));
    folder.expect("index");
    assert_eq!(folder.ids().len(), 2, "{name} is mended and still not read");
}

/// A good file of the format that `name` stands for.
fn name_it(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "json" | "jsonl" => "{\"title\":\"Mended\",\"text\":\"It is well again.\"}\n",
        "html" => {
            "<html><title>Mended</title><body><h1>Mended</h1><p>It is well again, and so is everything else.</p></body></html>"
        }
        _ => "Mended\n\nIt is well again.\n",
    }
}

#[test]
fn an_empty_file() {
    check_refused("empty.txt", b"", &["empty"]);
    check_refused("blank.txt", b" \n\n\t\n", &["empty", "no text"]);
    check_refused("empty.json", b"", &["empty"]);
}

#[test]
fn a_binary_file() {
    let bytes: Vec<u8> = (0..4000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
    check_refused("image.txt", &[b"\x89PNG\r\n\x1a\n".as_slice(), &bytes].concat(), &["binary", "not text"]);
    check_refused("program.txt", &[b"\x7fELF\0\0\0\0".as_slice(), &bytes].concat(), &["binary", "not text"]);
}

#[test]
fn a_truncated_archive() {
    let whole = fs::read("corpus/archive/credit-suisse-2023.txt.gz").unwrap();
    check_refused("cut.txt.gz", &whole[..whole.len() / 2], &["cut", "truncated", "end"]);
    let whole = fs::read("corpus/archive/brightwater-drought.md.zst").unwrap();
    check_refused("cut.md.zst", &whole[..whole.len() / 2], &["cut", "truncated", "end", "incomplete"]);
}

#[test]
fn a_page_nested_a_hundred_thousand_deep() {
    let page = format!("<html><body>{}deep{}</body></html>", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let folder = Folder::new();
    folder.write(GOOD, article(1));
    folder.write("corpus/deep.html", page);
    let ran = folder.expect("index");
    let read = folder.ids().len() == 2;
    assert!(read || (ran.err.contains("deep.html") && ran.err.contains("nested")), "{}", ran.err);
}

#[test]
fn json_nested_a_hundred_thousand_deep() {
    let deep = format!("{{\"title\":\"a\",\"text\":\"b\",\"x\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let folder = Folder::new();
    folder.write(GOOD, article(1));
    folder.write("corpus/deep.json", deep);
    folder.expect("index");
    assert!(folder.ids().contains(&"good.txt".to_owned()));
}

#[test]
fn invalid_utf8_is_read_and_counted() {
    let folder = Folder::new();
    folder.write(GOOD, article(1));
    let text = "{\"title\":\"Broken\",\"text\":\"The café in Zürich has “zebras” and half a SIGN.\"}\n".as_bytes();
    let at = text.windows(4).position(|four| four == b"SIGN").unwrap();
    folder.write("corpus/bad.jsonl", [&text[..at], b"\xe2\x82 and \xff", &text[at + 4..]].concat());
    folder.expect("index");
    let ran = folder.expect("search --format jsonl zebras");
    assert!(ran.out.contains("bad.jsonl#1") && ran.out.contains("Zürich"), "{ran:?}");
    let status = folder.expect("status");
    assert!(status.out.contains("could not be decoded"), "{}", status.out);
}

#[test]
fn json_lines_that_break_at_line_7000() {
    let folder = Folder::new();
    let line = |number: usize| match number {
        7000 => "{\"title\":\"Number 7000\",\"text\":\"It is not clo\n".to_owned(),
        _ => format!("{{\"title\":\"Number {number}\",\"text\":\"It holds word{number}.\"}}\n"),
    };
    folder.write("corpus/long.jsonl", (1..=7010).map(line).collect::<String>());
    let ran = folder.expect("index");
    assert!(ran.err.contains("long.jsonl#7000") || ran.err.contains("line 7000"), "{}", ran.err);
    for (word, id) in [("word6999", "long.jsonl#6999"), ("word7001", "long.jsonl#7001")] {
        let found = folder.expect(&format!("search --format jsonl {word}"));
        assert!(found.out.contains(id), "{found:?}");
    }
    assert_eq!(folder.ids().len(), 7009);
}

#[test]
fn a_line_of_a_hundred_megabytes_costs_its_own_article_and_little_memory() {
    let folder = Folder::new();
    let path = folder.path("corpus/huge.jsonl");
    folder.write(
        "corpus/huge.jsonl",
        "{\"title\":\"First\",\"text\":\"It holds zebras.\"}\n{\"title\":\"Huge\",\"text\":\"",
    );
    let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
    let piece = "many words and no end of them ".repeat(35_000);
    for _ in 0..100 {
        file.write_all(piece.as_bytes()).unwrap();
    }
    file.write_all(b"\"}\n{\"title\":\"Last\",\"text\":\"It holds giraffes.\"}\n").unwrap();
    let (ran, memory) = watched(&folder, "index");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("huge.jsonl#2") || ran.err.contains("line 2"), "{}", ran.err);
    assert_eq!(folder.ids(), ["huge.jsonl#1", "huge.jsonl#3"]);
    assert!(memory < 500_000_000, "{memory} bytes");
}

#[test]
fn a_small_archive_that_unpacks_to_far_too_much_is_refused_in_bounded_memory() {
    let folder = Folder::new();
    folder.write(GOOD, article(1));
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let piece = vec![b'a'; 1 << 20];
    for _ in 0..600 {
        bomb.write_all(&piece).unwrap();
    }
    folder.write("corpus/bomb.txt.gz", bomb.finish().unwrap());
    let (ran, memory) = watched(&folder, "index");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("bomb.txt.gz"), "{}", ran.err);
    assert_eq!(folder.ids(), ["good.txt"]);
    assert!(memory < 500_000_000, "{memory} bytes");
}

#[test]
fn control_and_escape_sequences_never_reach_the_terminal() {
    let folder = Folder::new();
    let text = "Red \u{1b}[31malert\u{7}\n\nThe zebra\u{1b}]0;owned\u{7} said \u{9b}2J nothing\u{0b} at\u{202e} all.\n";
    folder.write("corpus/red.txt", text);
    folder.write("corpus/\u{1b}[2Jname.txt", article(1));
    folder.expect("index");
    for line in [
        "search zebra",
        "search plant",
        "show red.txt",
        "inspect corpus/red.txt",
        "search --color always zebra",
        "status",
    ] {
        let ran = folder.expect(line);
        let raw = |c: char| c.is_control() && c != '\n' && (c != '\u{1b}' || !line.contains("always"));
        assert!(!ran.out.chars().any(raw) && !ran.err.chars().any(raw), "{line}: {ran:?}");
        assert!(!ran.out.contains("\u{1b}[31malert") && !ran.out.contains("\u{1b}[2J"), "{line}: {ran:?}");
    }
}

#[test]
fn a_query_of_ten_thousand_brackets() {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    for query in ["(".repeat(10_000), ")".repeat(10_000), format!("{}plant{}", "(".repeat(10_000), ")".repeat(10_000))]
    {
        let ran = Ran::of(folder.program().args(["search", "--", &query]));
        assert!(matches!(ran.code, Some(0 | 1)), "{:?} {}", ran.code, ran.err);
        let strict = Ran::of(folder.program().args(["search", "--strict", "--", &query]));
        assert!(!strict.err.contains("panicked") && strict.code.is_some(), "{}", strict.err);
    }
}

#[test]
fn a_missing_corpus() {
    let folder = Folder::new();
    for line in ["index", "search plant", "index nowhere", "inspect nowhere.txt"] {
        let ran = folder.run(line);
        assert_eq!(ran.code, Some(2), "{line}: {ran:?}");
        assert!(ran.err.contains("error: ") && ran.out.is_empty(), "{line}: {ran:?}");
    }
    assert!(folder.run("index nowhere").err.contains("nowhere"));
    assert!(!folder.path("index").exists(), "an index of nothing was made");
}

#[test]
fn a_corpus_in_which_nothing_can_be_read() {
    let folder = Folder::new();
    folder.write("corpus/empty.txt", "");
    let ran = folder.run("index");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("empty.txt"), "{}", ran.err);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::io::{self, Write};
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_loop_of_links_ends() {
        let folder = Folder::new();
        folder.write("corpus/inner/good.txt", article(1));
        symlink("..", folder.path("corpus/inner/up")).unwrap();
        symlink("self", folder.path("corpus/self")).unwrap();
        folder.expect("index");
        assert_eq!(folder.ids(), ["inner/good.txt"]);
    }

    #[test]
    fn a_name_that_is_not_utf8() {
        let folder = Folder::new();
        folder.write(GOOD, article(1));
        let name = OsStr::from_bytes(b"caf\xe9.txt");
        fs::write(folder.path("corpus").join(name), article(2)).unwrap();
        folder.expect("index");
        folder.expect("index");
        assert_eq!(folder.ids(), ["caf\u{fffd}.txt", "good.txt"]);
        let shown = folder.expect("search --format jsonl item2");
        assert!(shown.out.contains("caf"), "{shown:?}");
    }

    #[test]
    fn a_folder_without_permission_is_named() {
        let folder = Folder::new();
        folder.write(GOOD, article(1));
        folder.write("corpus/closed/a.txt", article(2));
        let closed = folder.path("corpus/closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read_dir(&closed).is_ok() {
            writeln!(io::stderr(), "skipped: this user may read every folder").unwrap();
            return;
        }
        let ran = folder.expect("index");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(ran.err.contains("closed") && ran.err.contains("permission"), "{}", ran.err);
        assert_eq!(folder.ids(), ["good.txt"]);
    }
}

/// Runs the program and looks at its peak memory meanwhile, in bytes; 0 where the system does not tell.
fn watched(folder: &Folder, line: &str) -> (Ran, u64) {
    let mut command = folder.program();
    let mut child = command.args(line.split(' ')).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut memory = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        memory = memory.max(line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() * 1024);
        std::thread::yield_now();
    }
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }, memory)
}
