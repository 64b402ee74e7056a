//! Formats: what the file *says*. From the bytes of a source to articles; never a guess.
//!
//! To add one: a file here with a unit struct, its line in [`FORMATS`], a sample in `corpus/`.

pub mod apart;
mod archive;
mod bylines;
pub mod dates;
mod converted;
mod databases;
mod decode;
mod html;
mod json;
mod jsonl;
mod language;
mod limits;
mod mail;
mod markdown;
mod office;
mod pdf;
mod piece;
mod read;
mod record;
mod rtf;
mod table;
mod text;
mod warc;
mod xml;

#[cfg(test)]
mod check;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::article::{Article, DateSource, Published};
use crate::corpus::{Source, size};

pub use apart::Apart;
pub use language::code as language_code;
pub use limits::Limits;
pub use piece::{About, Record};

/// What parsing needs to know besides the bytes.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Names of record fields mapped to ours in the settings: `headline2 -> title`.
    pub fields: BTreeMap<String, String>,
    /// What is refused as too much.
    pub limits: Limits,
    /// Programs that read files of an ending: `doc -> antiword -`.
    pub converters: BTreeMap<String, String>,
    /// Where risky parsers run; here, where there is none.
    pub apart: Option<Arc<Apart>>,
    /// In how many containers the source lies: none for a file.
    pub depth: usize,
}

/// Why a file or a record in it was refused: a phrase for a person, with what to do where something can be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

/// Takes records, one after another, until it breaks.
pub type Each<'e> = &'e mut dyn FnMut(Record) -> ControlFlow<()>;

/// A file format that articles come in.
pub trait Format: Sync + fmt::Debug {
    /// Its name in messages and documentation.
    fn name(&self) -> &'static str;

    /// File name endings it reads, without a dot and without `.gz` and the like.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a file that begins like this is of this format and no other, whatever its name.
    fn recognizes(&self, _head: &[u8]) -> bool {
        false
    }

    /// Whether its files are zip files of a certain make.
    fn is_zipped(&self) -> bool {
        false
    }

    /// Whether its parser may hang, take all memory or overflow the stack on a file that means harm: it runs in a
    /// process of its own, where the program allows it.
    fn is_risky(&self) -> bool {
        false
    }

    /// Cuts `source` into records, sequentially, cheaply and in bounded memory, until `each` breaks.
    /// Unless a format says otherwise, a file is one record.
    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        read::whole(source, context, each)
    }

    /// Reads the article out of a record of the file `path`: a pure function of the bytes, run on many threads.
    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal>;
}

/// Every format, in the order in which they are asked.
pub const FORMATS: &[&dyn Format] = &[
    &text::Text,
    &markdown::Markdown,
    &html::Html,
    &jsonl::JsonLines,
    &json::Json,
    &table::Table,
    &mail::Mail,
    &mail::Mbox,
    &mail::Mhtml,
    &xml::Xml,
    &xml::Sgml,
    &warc::Warc,
    &office::Docx,
    &office::Odt,
    &office::Epub,
    &rtf::Rtf,
    &pdf::Pdf,
    &archive::Zip,
    &archive::Tar,
];

/// Endings of compressed files, which are read by what is inside.
const PACKED: &[&str] = &["gz", "zst", "xz", "bz2"];

/// Bytes at the beginning of a file by which formats are told apart.
const HEAD: usize = 4096;

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

/// Whether a file of that name is looked into.
pub fn reads(path: &str, context: &Context) -> bool {
    of(path).is_some() || converted::converter(path, context).is_some()
}

/// The format that reads a source: by what it begins with where that leaves no doubt, else by its name.
fn decide(source: &mut Source, context: &Context) -> Result<Option<&'static dyn Format>, Refusal> {
    if converted::converter(&source.path, context).is_some() {
        return Ok(Some(&converted::Converted));
    }
    let named = of(&source.path);
    let head = source.reader.fill_buf().map_err(|error| read::damaged(&error))?;
    let head = &head[..head.len().min(HEAD)];
    let seen = FORMATS.iter().find(|format| format.recognizes(head)).copied();
    // What is a zip file by its content may be more than that by its name.
    let more = |seen: &dyn Format| seen.name() == "zip" && named.is_some_and(Format::is_zipped);
    Ok(seen.filter(|seen| !more(*seen)).or(named))
}

/// Cuts `source` into records until `each` breaks, each with the format that reads it.
pub fn split(source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
    let limits = &context.limits;
    if source.size as u64 > limits.file_bytes {
        let most = size(usize::try_from(limits.file_bytes).unwrap_or(usize::MAX));
        return Err(Refusal(format!("is larger than {most} (file_bytes in the settings)")));
    }
    source.limit(limits.unpacked_bytes, limits.ratio);
    split_at(source, context, 0, each)
}

/// The same inside so many containers.
fn split_at(source: &mut Source, context: &Context, depth: usize, each: Each<'_>) -> Result<(), Refusal> {
    if depth > context.limits.depth {
        return Err(Refusal(format!("lies in more than {} archives in archives", context.limits.depth)));
    }
    let Some(format) = decide(source, context)? else { return Err(Refusal("no format reads it".to_owned())) };
    let nested;
    let context = if context.depth == depth {
        context
    } else {
        nested = Context { depth, ..context.clone() };
        &nested
    };
    let mut named = |mut record: Record| {
        record.by.get_or_insert(format);
        each(record)
    };
    // Not all parsers are ours: what makes one panic costs its file only.
    catch_unwind(AssertUnwindSafe(|| format.split(source, context, &mut named))).unwrap_or_else(|_| Err(broken(format)))
}

/// Reads the article out of a record of the file `path`.
pub fn parse(path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
    if let Some(refusal) = &record.refused {
        return Err(refusal.clone());
    }
    let Some(format) = record.by else { return Err(Refusal("no format reads it".to_owned())) };
    let mut article = match &context.apart {
        Some(apart) if format.is_risky() => apart.parse(format, path, record, context)?,
        _ => {
            let parsed = catch_unwind(AssertUnwindSafe(|| format.parse(path, record, context)));
            parsed.unwrap_or_else(|_| Err(broken(format)))?
        }
    };
    if let Some(about) = &record.about {
        about.complete(&mut article);
    }
    Ok(article)
}

fn broken(format: &dyn Format) -> Refusal {
    Refusal(format!("cannot be read: its content breaks the {} reader", format.name()))
}

/// An article that knows where it came from and nothing else yet.
fn blank(path: &str, record: &Record) -> Article {
    Article { id: record.id(path), path: path.to_owned(), ..Article::default() }
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
        check("a.tar.xz", Some("tar"));
    }

    #[test]
    fn other_endings_are_no_articles() {
        check("a.xyz", None);
        check("json", None);
        check(".json", None);
        check("a.json/b", None);
        check("a.gz", None);
        check("a.tar.zip.exe", None);
    }
}
