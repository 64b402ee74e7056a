//! Tables of comma- or tab-separated values with a header: one article a row.

use std::io::{self, Read};

use crate::article::{Article, DateSource};
use crate::corpus::Source;

use super::record::{Fields, Name, Value, find};
use super::{Context, Each, Format, Record, Refusal, blank, decode, read};

/// What may part the values of a row.
const DELIMITERS: &[u8] = b",;\t|";

/// CSV and TSV.
#[derive(Debug)]
pub(super) struct Table;

impl Format for Table {
    fn name(&self) -> &'static str {
        "CSV"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        read::prepare(source)?;
        let head = source.reader.fill_buf().map_err(|error| read::damaged(&error))?;
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = delimiter(line);
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.delimiter(delimiter).flexible(true).has_headers(false);
        let mut reader = reader.from_reader(Fused { reader: &mut source.reader, failed: false });
        let mut row = csv::ByteRecord::new();
        if !next(&mut reader, &mut row)? {
            return Err(Refusal("is empty".to_owned()));
        }
        let names: Vec<String> = row.iter().map(|name| decode::decode(name, None).text.trim().to_owned()).collect();
        let known = |wanted| names.iter().any(|name| find(name, context).is_some_and(|(known, _)| known == wanted));
        if !known(Name::Body) && !known(Name::Title) {
            let names = names.join(", ").chars().take(200).collect::<String>();
            return Err(Refusal(format!(
                "has no column with a text or a title; its first row must name the columns, and is: {names} \
                 (`fields` in the settings maps names)"
            )));
        }
        let header = pack(names.iter().map(String::as_bytes))?;
        let mut number = 0;
        while next(&mut reader, &mut row)? {
            number += 1;
            if row.iter().all(|value| value.iter().all(u8::is_ascii_whitespace)) {
                continue;
            }
            let mut bytes = header.clone();
            bytes.extend(pack(row.iter())?);
            if each(Record::new(Some(number), bytes)).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        read::too_long(&record.bytes, context)?;
        let mut article = blank(path, record);
        let decoded = decode::decode(&record.bytes, None);
        article.replaced = decoded.replaced;
        let reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(decoded.text.as_bytes());
        let mut rows = reader.into_records().map_while(Result::ok);
        let (Some(names), Some(values)) = (rows.next(), rows.next()) else {
            return Err(Refusal("is no row of a table".to_owned()));
        };
        let mut fields = Fields::default();
        for (name, value) in names.iter().zip(&values) {
            if let Some((name, rank)) = find(name, context) {
                fields.put(name, rank, Value::Text(value.to_owned().into()));
            }
        }
        fields.fill(&mut article, DateSource::Record);
        if article.title.trim().is_empty() && article.body.trim().is_empty() {
            return Err(Refusal("has neither a text nor a title".to_owned()));
        }
        Ok(article)
    }
}

/// What parts the values of the first line: the one that is there most often.
fn delimiter(line: &[u8]) -> u8 {
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, line).count();
    // The first of equals.
    DELIMITERS.iter().rev().max_by_key(|delimiter| count(delimiter)).copied().unwrap_or(b',')
}

/// One row in one way of writing.
fn pack<'v>(values: impl Iterator<Item = &'v [u8]>) -> Result<Vec<u8>, Refusal> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    writer.write_record(values).map_err(|error| Refusal(format!("cannot be read: {error}")))?;
    writer.into_inner().map_err(|error| Refusal(format!("cannot be read: {error}")))
}

/// Reads the next row, and says whether there was one.
fn next<R: Read>(reader: &mut csv::Reader<R>, row: &mut csv::ByteRecord) -> Result<bool, Refusal> {
    reader.read_byte_record(row).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => read::damaged(&error),
        other => Refusal(format!("is damaged: {other:?}")),
    })
}

/// Reads on after an error as if the source had ended: an error is told once.
struct Fused<'r> {
    reader: &'r mut dyn Read,
    failed: bool,
}

impl Read for Fused<'_> {
    fn read(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        if self.failed {
            return Ok(0);
        }
        let read = self.reader.read(chunk);
        self.failed = read.is_err();
        read
    }
}

#[cfg(test)]
mod tests {
    use crate::format::check::{read, titles};

    fn check(path: &str, text: &str, expected: &[&str]) {
        assert_eq!(titles(path, text.as_bytes()), expected);
    }

    #[test]
    fn a_row_is_an_article() {
        check(
            "a.csv",
            "title,date\none,2025-01-02\n\"two, or three\",\n,,\nfour",
            &["#1 one", "#2 two, or three", "#4 four"],
        );
    }

    #[test]
    fn other_delimiters_are_seen() {
        check("a.tsv", "headline\tsource\none, two\tWire\n", &["#1 one, two"]);
        check("a.csv", "\u{feff}title;body\none;a, b\n", &["#1 one"]);
        check("a.csv", "title|body\none|a;b\n", &["#1 one"]);
    }

    #[test]
    fn values_may_hold_lines_and_marks() {
        let found = read("a.csv", b"title,text,published\r\none,\"A \"\"word\"\".\n\nMore.\",2025-02-03\r\n", 0);
        let article = found[0].as_ref().unwrap();
        assert_eq!(article.body, "A \"word\".\n\nMore.");
        assert_eq!(article.published.as_ref().unwrap().day, jiff::civil::date(2025, 2, 3));
    }

    #[test]
    fn a_table_without_a_text_is_refused() {
        let found = titles("a.csv", b"price,volume\n1,2\n");
        assert!(
            found[0].contains("no column with a text or a title") && found[0].contains("price, volume"),
            "{found:?}"
        );
        check("a.csv", "", &["is empty"]);
    }

    #[test]
    fn a_row_that_says_nothing_is_refused() {
        check("a.csv", "title,date\n,2025-01-02\n", &["#1: has neither a text nor a title"]);
    }
}
