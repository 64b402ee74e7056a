//! JSON lines: one record a line.

use crate::article::Article;
use crate::corpus::Source;

use super::{Context, Each, Format, Record, Refusal, read, record};

/// JSON lines.
#[derive(Debug)]
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "JSON lines"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        read::prepare(source)?;
        read::lines(source, 0, context, each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        record::parse(path, record, context)
    }
}

#[cfg(test)]
mod tests {
    use crate::format::check::titles;

    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(titles("a.jsonl", bytes), expected);
    }

    #[test]
    fn a_line_is_an_article_numbered_by_line() {
        check(
            b"{\"title\":\"one\"}\n\n{\"title\":\"two\"}\r\n{\"title\":\"three\"}",
            &["#1 one", "#3 two", "#4 three"],
        );
    }

    #[test]
    fn a_broken_line_costs_that_line_only() {
        check(
            b"{\"title\":\"one\"}\n{\"title\":\"tw\n{\"title\":\"three\"}\n",
            &["#1 one", "#2: is broken JSON: EOF while parsing a string at column 12", "#3 three"],
        );
    }

    #[test]
    fn a_line_that_is_too_long_costs_that_line_only() {
        let long = format!("{{\"title\":\"one\"}}\n{{\"title\":\"{}\"}}\n{{\"title\":\"three\"}}", "x".repeat(9000));
        check(
            long.as_bytes(),
            &[
                "#1 one",
                "#2: is longer than 1000 bytes, the most for one article (article_bytes in the settings)",
                "#3 three",
            ],
        );
    }

    #[test]
    fn what_is_no_record_is_refused() {
        check(
            b"[1, 2]\n\"words\"\n{}",
            &[
                "#1: is no record: a JSON object is needed",
                "#2: is no record: a JSON object is needed",
                "#3: has neither a text nor a title",
            ],
        );
    }

    #[test]
    fn an_empty_file_is_refused() {
        check(b"", &["is empty"]);
    }

    #[test]
    fn utf_16_is_decoded() {
        let text = "{\"title\":\"Zürich\"}\n{\"title\":\"two\"}";
        let bytes: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&bytes, &["#1 Zürich", "#2 two"]);
    }

    #[test]
    fn a_truncated_gzip_gives_what_came_before_it() {
        use std::io::Write;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        for number in 0..3000_u64 {
            writeln!(packer, "{{\"title\":\"t{}\"}}", number.wrapping_mul(2_654_435_761)).unwrap();
        }
        let packed = packer.finish().unwrap();
        let found = titles("a.jsonl.gz", &packed[..packed.len() / 2]);
        assert!(found.len() > 500, "{}", found.len());
        assert_eq!(found[0], "#1 t0");
        assert_eq!(found[found.len() - 1], "is cut off: it ends too early");
    }
}
