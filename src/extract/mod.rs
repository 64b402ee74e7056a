//! Extractors: what the text *implies*. Never fails, never overrides what a format said; when unsure, nothing.
//!
//! Tokens, sentences and marks are made once (`tokens.rs`) and handed to every extractor, in the order of
//! [`EXTRACTORS`], because each may need what the one before it found.
//!
//! To add one: a file here with a unit struct, its line in [`EXTRACTORS`], tests through one `check`.

pub mod notices;

use jiff::civil::Date;

use crate::article::Article;

/// What extraction needs to know besides the article.
#[derive(Debug)]
pub struct Context {
    /// The day on which the article is read: a date after it is doubtful.
    pub today: Date,
}

/// Finds everything that the text of `article` implies.
pub fn annotate(_article: &mut Article, _context: &Context) {}
