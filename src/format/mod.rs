//! Formats: what the file *says*. From the bytes of a source to articles; never a guess.
//!
//! To add one: a file here with a unit struct, its line in [`FORMATS`], a sample in `corpus/`.

pub mod dates;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::article::Article;
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
    fn split(
        &self,
        source: &mut Source,
        context: &Context,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<(), Refusal>;

    /// Reads the article out of a record of the file `path`: a pure function of the bytes, run on many threads.
    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal>;
}

/// Every format, in the order in which they are asked.
pub const FORMATS: &[&dyn Format] = &[];

/// The format that reads the file `path`, by its name.
pub fn of(_path: &str) -> Option<&'static dyn Format> {
    None
}
