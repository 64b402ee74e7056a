//! Formats: what the file *says*. From the bytes of a source to articles; never a guess.
//!
//! To add one: a file here with a unit struct, its line in [`FORMATS`], a sample in `corpus/`.

mod bylines;
pub mod dates;
mod decode;
mod html;
mod json;
mod jsonl;
mod language;
mod markdown;
mod read;
mod record;
mod text;

#[cfg(test)]
mod check;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::article::{Article, DateSource, Published};
use crate::corpus::Source;

/// One article's worth of bytes, cut out of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number in the file, from 1 (a line's number in JSON lines); `None` for a file that is one article.
    pub number: Option<usize>,
    /// The bytes, decompressed but not yet decoded.
    pub bytes: Vec<u8>,
}

/// What parsing needs to know besides the bytes.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Names of record fields mapped to ours in the settings: `headline2 -> title`.
    pub fields: BTreeMap<String, String>,
    /// The most bytes of one article.
    pub article_bytes: usize,
}

/// Why a file or a record in it was refused: a phrase for a person, with what to do where something can be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

/// A file format that articles come in.
pub trait Format: Sync {
    /// Its name in messages and documentation.
    fn name(&self) -> &'static str;

    /// File name endings it reads, without a dot and without `.gz` or `.zst`.
    fn extensions(&self) -> &'static [&'static str];

    /// Cuts `source` into records, sequentially, cheaply and in bounded memory, until `each` breaks.
    /// Unless a format says otherwise, a file is one record.
    fn split(
        &self,
        source: &mut Source,
        context: &Context,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<(), Refusal> {
        read::whole(source, context, each)
    }

    /// Reads the article out of a record of the file `path`: a pure function of the bytes, run on many threads.
    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal>;
}

/// Every format, in the order in which they are asked.
pub const FORMATS: &[&dyn Format] = &[&text::Text, &markdown::Markdown, &html::Html, &jsonl::JsonLines, &json::Json];

/// Endings of compressed files, which are read by what is inside.
const PACKED: &[&str] = &["gz", "zst"];

/// The format that reads the file `path`, by its name.
pub fn of(path: &str) -> Option<&'static dyn Format> {
    let name = path.rsplit('/').next()?;
    let (mut stem, mut ending) = name.rsplit_once('.')?;
    if PACKED.iter().any(|packed| ending.eq_ignore_ascii_case(packed)) {
        (stem, ending) = stem.rsplit_once('.')?;
    }
    let reads = |format: &&&dyn Format| format.extensions().iter().any(|known| ending.eq_ignore_ascii_case(known));
    FORMATS.iter().find(|format| !stem.is_empty() && reads(format)).copied()
}

/// An article that knows where it came from and nothing else yet.
fn blank(path: &str, record: &Record) -> Article {
    let id = record.number.map_or_else(|| path.to_owned(), |number| format!("{path}#{number}"));
    Article { id, path: path.to_owned(), ..Article::default() }
}

/// A date that was read from `source`, as it stands there.
fn published((day, precision, instant): dates::Reading, source: DateSource) -> Published {
    Published { precision, instant, ..Published::on(day, source) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(of(path).map(Format::name), expected, "{path}");
    }

    #[test]
    fn a_file_is_read_by_its_ending() {
        check("wire/2025.jsonl", Some("JSON lines"));
        check("wire/2025.NDJSON.gz", Some("JSON lines"));
        check("a.b.json.zst", Some("JSON"));
    }

    #[test]
    fn other_endings_are_no_articles() {
        check("a.xyz", None);
        check("json", None);
        check(".json", None);
        check("a.json/b", None);
        check("a.gz", None);
    }
}
