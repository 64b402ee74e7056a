//! Documents that mean harm: each costs itself, and nothing else.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::folder::{Folder, Ran};

/// A document with one page that the content paints.
fn pdf(content: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(content).unwrap();
    let packed = packer.finish().unwrap();
    let stream =
        [format!("<</Filter/FlateDecode/Length {}>>stream\n", packed.len()).as_bytes(), &packed, b"\nendstream"]
            .concat();
    let objects: [&[u8]; 5] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
        &stream,
    ];
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        writeln!(bytes, "{number} 0 obj").unwrap();
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    write!(bytes, "xref\n0 6\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    write!(bytes, "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").unwrap();
    bytes
}

fn words(text: &str) -> Vec<u8> {
    pdf(format!("BT /F1 10 Tf 1 0 0 1 50 700 Tm ({text}) Tj ET").as_bytes())
}

#[test]
fn a_document_that_takes_all_memory_costs_itself_only() {
    let folder = Folder::new();
    folder.write("corpus/a-good.pdf", words("Words about the harbor."));
    folder.write("corpus/b-bomb.pdf", pdf(&vec![b' '; 400 << 20]));
    folder.write("corpus/c-good.pdf", words("More about the harbor."));
    folder.write("corpus/d.txt", "Title\n\nThe harbor again.\n");
    let indexed = Ran::of(folder.program().arg("index").env("PULLQUOTE_PARSE_MEMORY", "200MB"));
    assert_eq!(folder.ids(), ["a-good.pdf", "c-good.pdf", "d.txt"], "{indexed:?}");
    let status = folder.expect("status").out;
    assert!(status.contains("b-bomb.pdf") && status.contains("parse_memory"), "{status}");
}

#[test]
fn a_document_that_takes_too_long_costs_itself_only() {
    let folder = Folder::new();
    folder.write("corpus/a.pdf", pdf(&b"BT /F1 10 Tf 1 0 0 1 50 700 Tm (Words.) Tj ET\n".repeat(100_000)));
    folder.write("corpus/b.txt", "Title\n\nThe harbor again.\n");
    let indexed = Ran::of(folder.program().arg("index").env("PULLQUOTE_PARSE_SECONDS", "0"));
    assert_eq!(folder.ids(), ["b.txt"], "{indexed:?}");
    let status = folder.expect("status").out;
    assert!(status.contains("a.pdf") && status.contains("took more than 0 seconds"), "{status}");
}

#[test]
fn pages_are_named() {
    let folder = Folder::new();
    folder.write("corpus/a.pdf", std::fs::read("corpus/documents/castellan-cold-stores.pdf").unwrap());
    let found = folder.expect("search unions").out;
    assert!(found.contains("a.pdf · p. 2"), "{found}");
    let quotes = folder.expect("quotes speaker:okafor --format jsonl").out;
    assert!(quotes.contains("\"page\":2"), "{quotes}");
    let first = folder.expect("search unions --format md").out;
    assert!(first.contains("`a.pdf` · p. 2"), "{first}");
}

#[test]
fn what_is_over_a_limit_is_refused_by_the_name_of_the_limit() {
    let folder = Folder::new();
    folder.write("corpus/a.txt", format!("Title\n\n{}", "Words of the harbor. ".repeat(100)));
    folder.write("corpus/b.txt", "Title\n\nThe harbor again.\n");
    folder.write("corpus/c.txt.zst", zstd::encode_all("Words of the harbor. ".repeat(400).as_bytes(), 1).unwrap());
    folder.write("corpus/d.zip", std::fs::read("corpus/archive/courier-2025.zip").unwrap());
    let told = |name: &str, most: &str| {
        let ran = Ran::of(folder.program().args(["index", "--rebuild"]).env(name, most));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        folder.expect("status").out
    };
    let status = told("PULLQUOTE_FILE_BYTES", "1500");
    assert!(status.contains("a.txt") && status.contains("file_bytes"), "{status}");
    let status = told("PULLQUOTE_UNPACKED_BYTES", "1000");
    assert!(status.contains("c.txt.zst") && status.contains("it unpacks to more than 1000 bytes"), "{status}");
    let status = told("PULLQUOTE_UNPACKED_BYTES", "300");
    assert!(status.contains("d.zip!/") && status.contains("unpacked_bytes"), "{status}");
    let status = told("PULLQUOTE_ARCHIVE_DEPTH", "1");
    assert!(status.contains("d.zip!/older.zip") && status.contains("archives in archives"), "{status}");
    let status = told("PULLQUOTE_ARCHIVE_FILES", "1");
    assert!(status.contains("d.zip") && status.contains("more than 1 files"), "{status}");
    let status = told("PULLQUOTE_ARTICLE_BYTES", "1000");
    assert!(status.contains("a.txt") && status.contains("article_bytes"), "{status}");
}

#[test]
fn a_converter_reads_what_nothing_else_does_or_takes_the_place_of_what_does() {
    let folder = Folder::new();
    folder.write("pullquote.toml", "converters = { doc = \"cat -\", html = \"sed s/harbor/quay/\" }\n");
    folder.write("corpus/a.doc", "Title\n\nThe harbor again.\n");
    folder.write("corpus/b.html", "Title\n\nThe harbor of old.\n");
    folder.expect("index");
    assert_eq!(folder.ids(), ["a.doc", "b.html"]);
    assert!(folder.expect("search quay").out.contains("b.html"));
    assert_eq!(folder.run("search harbor").code, Some(0));
}
