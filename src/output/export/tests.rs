use std::fs::File;

use jiff::civil::date;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Row;

use super::*;
use crate::article::{DateSource, Published, QuoteKind, Speaker};

fn articles() -> [Article; 2] {
    let body = "“Orders, and more orders,”\nsaid *Ada* Lindqvist.".to_owned();
    let published = Published {
        instant: Some("1969-12-31T23:00:00Z".parse().unwrap()),
        ..Published::on(date(1969, 12, 31), DateSource::Record)
    };
    let speaker =
        Speaker { name: "Ada Lindqvist".to_owned(), role: Some("chief executive".to_owned()), ..Speaker::default() };
    let quote = Quote {
        kind: QuoteKind::Direct,
        start: 0,
        end: body.find('\n').unwrap(),
        speaker: Some(speaker),
        cue: None,
        tickers: vec!["NVKR".to_owned(), "QLSM".to_owned()],
        section: None,
    };
    let dated = Article {
        id: "a.jsonl#1".to_owned(),
        path: "a.jsonl".to_owned(),
        title: "Spending, \"lifted\"".to_owned(),
        body,
        published: Some(published),
        quotes: vec![quote.clone(), quote],
        ..Article::default()
    };
    let bare = Article { id: "b.txt".to_owned(), path: "b.txt".to_owned(), ..Article::default() };
    [dated, bare]
}

fn exported(format: &str, target: Target) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rows = rows(format, target, &mut out).unwrap().unwrap();
    for article in &articles() {
        match target {
            Target::Articles => rows.row(article, None).unwrap(),
            Target::Quotes => article.quotes.iter().for_each(|quote| rows.row(article, Some(quote)).unwrap()),
        }
    }
    rows.end().unwrap();
    out
}

/// `bytes` as a file to be read.
fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn text(format: &str, target: Target) -> String {
    String::from_utf8(exported(format, target)).unwrap()
}

#[test]
fn every_format_writes_every_row() {
    for format in FORMATS {
        assert!(!exported(format, Target::Articles).is_empty(), "{format}");
    }
    assert!(rows("xlsx", Target::Articles, &mut Vec::new()).unwrap().is_none());
}

#[test]
fn a_line_of_json_has_the_body_or_the_words() {
    let lines = text("jsonl", Target::Articles);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&first["v"], &first["id"]), (&1.into(), &"a.jsonl#1".into()));
    assert!(first["body"].as_str().unwrap().ends_with("Lindqvist."));
    let lines = text("jsonl", Target::Quotes);
    assert_eq!(lines.lines().count(), 2);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&first["text"], &first["role"]), (&"“Orders, and more orders,”".into(), &"chief executive".into()));
    assert_eq!((&first["published"]["day"], &first["section"]), (&"1969-12-31".into(), &serde_json::Value::Null));
    assert!(first["body"].is_null());
}

#[test]
fn a_table_has_its_header_and_quotes_what_needs_it() {
    let written = text("csv", Target::Quotes);
    let mut reader = csv::Reader::from_reader(written.as_bytes());
    let place = |name: &str| columns::columns(Target::Quotes).iter().position(|(it, _)| *it == name).unwrap();
    assert_eq!(reader.headers().unwrap().len(), columns::columns(Target::Quotes).len());
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!(&row[place("title")], "Spending, \"lifted\"");
    assert_eq!(&row[place("tickers")], "NVKR; QLSM");
    assert_eq!(&row[place("instant")], "1969-12-31T23:00:00Z");
}

#[test]
fn markdown_says_who_where_and_when() {
    let written = text("md", Target::Quotes);
    let first = "> “Orders, and more orders,”\n>\n> — Ada Lindqvist, chief executive · Spending, \"lifted\" · 31 Dec 1969 · `a.jsonl#1`\n";
    assert!(written.starts_with(first), "{written}");
    let whole = text("md", Target::Articles);
    assert!(whole.contains("said \\*Ada\\* Lindqvist.") && whole.contains("## (no headline)\n\nundated"), "{whole}");
}

#[test]
fn parquet_keeps_types_and_what_is_not_there() {
    let read = |target| {
        let file = SerializedFileReader::new(file(&exported("parquet", target))).unwrap();
        file.get_row_iter(None).unwrap().collect::<Result<Vec<Row>, _>>().unwrap()
    };
    let cell = |row: &Row, name: &str| row.get_column_iter().find(|(it, _)| *it == name).unwrap().1.to_string();
    let articles = read(Target::Articles);
    assert_eq!(articles.len(), 2);
    assert_eq!(cell(&articles[0], "published"), "1969-12-31");
    assert_eq!(cell(&articles[0], "instant"), "1969-12-31 23:00:00.000000 +00:00");
    assert_eq!(cell(&articles[0], "speakers"), "[\"Ada Lindqvist\"]");
    assert_eq!((cell(&articles[0], "quotes"), cell(&articles[0], "inferred")), ("2".to_owned(), "false".to_owned()));
    for (name, expected) in [("published", "null"), ("inferred", "null"), ("speakers", "[]"), ("body", "\"\"")] {
        assert_eq!(cell(&articles[1], name), expected, "{name}");
    }
    let quotes = read(Target::Quotes);
    assert_eq!((quotes.len(), cell(&quotes[1], "tickers")), (2, "[\"NVKR\", \"QLSM\"]".to_owned()));
}

#[test]
fn groups_are_bounded() {
    let article = Article { body: "x".repeat(1 << 20), ..Article::default() };
    let mut out = Vec::new();
    let mut rows = rows("parquet", Target::Articles, &mut out).unwrap().unwrap();
    for _ in 0..40 {
        rows.row(&article, None).unwrap();
    }
    rows.end().unwrap();
    let file = SerializedFileReader::new(file(&out)).unwrap();
    let groups: Vec<i64> =
        file.metadata().row_groups().iter().map(parquet::file::metadata::RowGroupMetaData::num_rows).collect();
    assert_eq!(groups, [32, 8]);
}
