//! The one token stream: words, sentences, paragraphs and paired quotation marks, made once for every extractor.
//!
//! A token knows where it is, how it is written and which word lists of `lexicon.txt` it stands in, so
//! that a rule compares bits and numbers instead of strings.

mod hash;
mod layout;
pub mod lexicon;
mod marks;
mod scan;
mod sentences;

use std::ops::Range;

use self::scan::Scanned;
use crate::article::Article;

/// The tokens of an article's title and body.
#[derive(Debug, Clone, Default)]
pub struct Tokens<'a> {
    /// The headline.
    pub title: Text<'a>,
    /// The body.
    pub body: Text<'a>,
}

/// One text taken apart.
#[derive(Debug, Clone, Default)]
pub struct Text<'a> {
    /// The text itself.
    pub text: &'a str,
    /// Its words and marks, in order.
    pub tokens: Vec<Token>,
    /// The first token of each of its lines, in order.
    pub lines: Vec<u32>,
    /// The tokens with which rules begin, in order: all words but those in lower case, and these where they are
    /// [`lexicon::TELLING`].
    pub telling: Vec<u32>,
    /// Its sentences, in order; together they hold every token.
    pub sentences: Vec<Sentence>,
    /// Its paragraphs, in order; together they hold every token.
    pub paragraphs: Vec<Paragraph>,
    /// What stands in quotation marks, outermost pairs only, in order and apart.
    pub quoted: Vec<Quoted>,
}

/// A word, a number or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What [`hash()`] gives for the word; for a mark its first character's code point.
    pub hash: u64,
    /// First byte.
    pub start: u32,
    /// One past the last byte. The full stop of an abbreviation belongs to it (`Inc.`), yet not to its hash.
    pub end: u32,
    /// The sentence it stands in.
    pub sentence: u32,
    /// The word lists that it stands in: bits of [`lexicon`].
    pub classes: u64,
    /// How it is written.
    pub shape: Shape,
    /// What lies between it and the token before.
    pub gap: Gap,
}

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// `lower`
    #[default]
    Lower,
    /// `Capitalised`, `McCormick`, `A`
    Capitalised,
    /// `CAPITALS`, `AT&T`, `U.S.`
    AllCaps,
    /// `iPhone`
    Mixed,
    /// Begins with a digit: `3.5`, `10-K`, `5th`
    Number,
    /// The `'s` after a name.
    Possessive,
    /// Punctuation; `--`, `...`, `''` and ` `` ` are one.
    Mark,
}

/// What lies between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Gap {
    /// Nothing.
    #[default]
    None,
    /// White space.
    Space,
    /// A line break.
    Line,
    /// A line break and an indented line.
    Indent,
    /// A blank line, or the beginning of the text.
    Blank,
}

/// A sentence: byte and token ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub last: u32,
    /// The paragraph it stands in.
    pub paragraph: u32,
}

/// A paragraph: byte and token ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub last: u32,
}

/// Words in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quoted {
    /// The token that opens.
    pub open: u32,
    /// The token that closes; the last token of the paragraph where nothing does.
    pub close: u32,
    /// Whether a mark closes it; otherwise it runs to the end of its paragraph.
    pub closed: bool,
}

impl<'a> Tokens<'a> {
    /// Takes title and body of `article` apart.
    pub fn of(article: &'a Article) -> Tokens<'a> {
        Tokens { title: Text::new(&article.title), body: Text::new(&article.body) }
    }
}

impl<'a> Text<'a> {
    /// Takes `text` apart. What lies beyond the first 4 GiB has no tokens.
    pub fn new(text: &'a str) -> Text<'a> {
        let mut scanned = scan::scan(text);
        let paragraphs = layout::paragraphs(&scanned);
        let quoted = marks::pair(&scanned, &paragraphs);
        let sentences = sentences::split(text, &mut scanned, &paragraphs);
        let Scanned { tokens, lines, telling, .. } = scanned;
        Text { text, tokens, lines, telling, sentences, paragraphs, quoted }
    }

    /// The sentences as byte ranges.
    pub fn sentence_ranges(&self) -> Vec<Range<usize>> {
        self.sentences.iter().map(|sentence| sentence.start as usize..sentence.end as usize).collect()
    }

    /// The paragraphs as byte ranges.
    pub fn paragraph_ranges(&self) -> Vec<Range<usize>> {
        self.paragraphs.iter().map(|paragraph| paragraph.start as usize..paragraph.end as usize).collect()
    }

    /// The words of token `index`; empty when there is none.
    pub fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| token.of(self.text))
    }

    /// The words from the first of `range` of tokens to its last.
    pub fn words(&self, range: Range<usize>) -> &'a str {
        self.text.get(self.bytes(range)).unwrap_or_default()
    }

    /// The bytes from the first of `range` of tokens to its last.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        match self.tokens.get(range) {
            Some([first, .., last]) => first.start as usize..last.end as usize,
            Some([only]) => only.range(),
            _ => 0..0,
        }
    }

    /// The token at or after the byte `at`.
    pub fn at(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.end as usize <= at)
    }
}

impl Token {
    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Its words in `text`, from which it was made.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether it stands in any of the word lists `classes`.
    pub fn any(&self, classes: u64) -> bool {
        self.classes & classes != 0
    }

    /// Whether it is the mark `mark`.
    pub fn is(&self, mark: char) -> bool {
        self.hash == u64::from(mark)
    }

    /// Whether it is a word and begins with a capital letter.
    pub fn capital(&self) -> bool {
        matches!(self.shape, Shape::Capitalised | Shape::AllCaps)
    }

    /// Whether it stands in no word list but that of the words with which dates begin.
    pub fn unlisted(&self) -> bool {
        self.classes & !lexicon::DATE == 0
    }

    /// Whether it is a word or a number.
    pub fn worded(&self) -> bool {
        !matches!(self.shape, Shape::Mark | Shape::Possessive)
    }
}

/// The sentences of `text`, in order, as byte ranges without the white space between them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut scanned = scan::scan(text);
    let paragraphs = layout::paragraphs(&scanned);
    let sentences = sentences::split(text, &mut scanned, &paragraphs);
    sentences.iter().map(|sentence| sentence.start as usize..sentence.end as usize).collect()
}

/// The paragraphs of `text`, in order, as byte ranges without the white space between them.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let paragraphs = layout::paragraphs(&scan::scan(text));
    paragraphs.iter().map(|paragraph| paragraph.start as usize..paragraph.end as usize).collect()
}

/// The number of a word, the same for every way of writing it in capitals. A curly apostrophe counts as a
/// straight one; an abbreviation is given without its last full stop.
pub fn hash(word: &str) -> u64 {
    let mut hash = hash::Hash::new();
    for c in word.chars() {
        hash.push(c);
    }
    hash.value()
}

#[cfg(test)]
mod tests;
