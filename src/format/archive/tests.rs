use std::io::{Cursor, Write};

use crate::format::check::{ids, read};

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        packer.start_file(*path, ::zip::write::SimpleFileOptions::default()).unwrap();
        packer.write_all(bytes).unwrap();
    }
    packer.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packer = ::tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        packer.append_data(&mut header, path, *bytes).unwrap();
    }
    packer.into_inner().unwrap()
}

const FILES: &[(&str, &[u8])] = &[
    ("2025/a.txt", b"One\n\nSome words."),
    ("2025/b.jsonl", b"{\"title\":\"two\"}\n{\"title\":\"three\"}\n"),
    ("logo.png", b"\x89PNG"),
    ("page_files/frame.html", b"<p>part of a page"),
    ("__MACOSX/2025/a.txt", b"rubbish"),
];

const IDS: &[&str] = &["x!/2025/a.txt One", "x!/2025/b.jsonl#1 two", "x!/2025/b.jsonl#2 three"];

fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|id| id.replacen('x', name, 1)).collect();
    assert_eq!(ids(name, bytes), expected);
}

#[test]
fn files_of_known_formats_are_read_where_they_lie() {
    check("a.zip", &zip(FILES), IDS);
    check("a.maff", &zip(FILES), IDS);
    check("a.tar", &tar(FILES), IDS);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&tar(FILES)).unwrap();
    check("a.tgz", &packer.finish().unwrap(), IDS);
    check("a.tar.zst", &zstd::encode_all(&tar(FILES)[..], 3).unwrap(), IDS);
}

#[test]
fn content_decides_what_an_archive_is() {
    check("a.tar", &zip(FILES), IDS);
    check("a.txt", &tar(FILES), IDS);
}

#[test]
fn what_lies_in_an_archive_does_not_decide_what_it_is() {
    let files: &[(&str, &[u8])] = &[("a.txt", b"One\n\nwords"), ("b.pdf", b"%PDF-x"), ("c.txt", b"Two\n\nwords")];
    let found = ids("x.zip", &zip(files));
    assert_eq!((found[0].as_str(), found[2].as_str()), ("x.zip!/a.txt One", "x.zip!/c.txt Two"));
    assert!(found[1].starts_with("x.zip!/b.pdf: is damaged"), "{found:?}");
    assert_eq!(
        ids("a.tar", &b"words and more ".repeat(80)),
        ["is damaged, or no tar archive: a header in it cannot be read"]
    );
}

#[test]
fn archives_in_archives_are_read() {
    let inner = zip(FILES);
    let outer = tar(&[("old/in.zip", &inner)]);
    check(
        "o.tar",
        &outer,
        &["x!/old/in.zip!/2025/a.txt One", "x!/old/in.zip!/2025/b.jsonl#1 two", "x!/old/in.zip!/2025/b.jsonl#2 three"],
    );
}

#[test]
fn archives_without_end_are_refused() {
    let mut bytes = zip(FILES);
    for _ in 0..8 {
        bytes = zip(&[("in.zip", &bytes)]);
    }
    let found = ids("a.zip", &bytes);
    assert_eq!(found, ["a.zip!/in.zip!/in.zip!/in.zip!/in.zip!/in.zip: lies in more than 4 archives in archives"]);
}

#[test]
fn a_broken_file_costs_that_file_only() {
    let mut packed = Vec::new();
    packed.extend_from_slice(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff]);
    let files: &[(&str, &[u8])] = &[("a.txt", b"One\n\nwords"), ("b.txt.gz", &packed), ("c.txt", b"Two\n\nwords")];
    for bytes in [zip(files), tar(files)] {
        let found = ids("x.zip", &bytes);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!((found[0].as_str(), found[2].as_str()), ("x.zip!/a.txt One", "x.zip!/c.txt Two"));
        assert!(found[1].starts_with("x.zip!/b.txt.gz: is "), "{found:?}");
    }
}

#[test]
fn an_archive_without_articles_says_so() {
    assert_eq!(ids("a.zip", &zip(&[])), ["is an empty archive"]);
    assert_eq!(ids("a.zip", &zip(&[("a.exe", b"MZ")])), ["is an archive without a file of a known format"]);
    let found = ids("a.zip", b"PK\x03\x04 and then nothing");
    assert!(found.len() == 1 && found[0].starts_with("is damaged"), "{found:?}");
}

#[test]
fn a_cut_tar_gives_what_came_before() {
    let bytes = tar(&[("a.txt", b"One\n\nwords"), ("b.txt", &b"word ".repeat(4000))]);
    let found = ids("a.tar", &bytes[..bytes.len() / 2]);
    assert_eq!(found[0], "a.tar!/a.txt One");
    assert_eq!(found[1], "a.tar!/b.txt: is cut off: it ends too early");
    assert_eq!(found.len(), 3, "and the archive itself is: {found:?}");
}

#[test]
fn paths_that_lead_upward_are_names_only() {
    let found = read("a.zip", &zip(&[("../../etc/a.txt", b"One\n\nwords")]), 0);
    assert_eq!(found[0].as_ref().unwrap().id, "a.zip!/etc/a.txt");
}
