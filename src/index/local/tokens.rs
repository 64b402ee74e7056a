//! Articles cut into words, ready to be indexed: with sentences and paragraphs marked, and weights for stems.

use std::ops::Range;

use super::analyzer::{Chunk, chunk_terms, chunks};
use super::invert::{Stretch, Terms, Word, Words};
use crate::article::{Article, Quote};

/// Begins a stem that stands at the position of a word that is not its own stem.
pub(super) const STEM: char = '\u{3}';

/// Stands at the position of the first word of each sentence of a body.
pub(super) const SENTENCE: &str = "\u{1}s";

/// Stands at the position of the first word of each paragraph of a body.
pub(super) const PARAGRAPH: &str = "\u{1}p";

/// How often the words of the headline count against those of the text. The first paragraph counts once more.
///
/// Weights are term frequencies in one field, so that they saturate together, as BM25F has it (Robertson, Zaragoza
/// and Taylor, 2004), and a word is looked up once.
const TITLE_WEIGHT: u32 = 3;
const LEAD_WEIGHT: u32 = 2;

/// A word takes as many bytes at least, with the space after it, in most texts.
const SHORTEST: usize = 5;

/// Room for what an article has besides its text.
const ROOM: usize = 64;

/// Cuts one text after the other into words of the same field.
pub(super) struct Cutter<'a> {
    terms: &'a mut Terms,
    words: &'a mut Words,
    /// The position of the next word.
    position: u32,
    folded: String,
}

impl<'a> Cutter<'a> {
    /// Adds words to the current stretch of `words`, from position 0 on.
    pub(super) fn new(terms: &'a mut Terms, words: &'a mut Words) -> Cutter<'a> {
        Cutter { terms, words, position: 0, folded: String::new() }
    }

    /// Adds the words of `text`; the stem of each counts `weight` times.
    pub(super) fn text(&mut self, text: &str, weight: u32) {
        for chunk in chunks(text) {
            self.chunk(text, chunk, weight);
        }
        self.gap();
    }

    /// Keeps phrases from running on into the next text.
    fn gap(&mut self) {
        self.position += 1;
    }

    fn chunk(&mut self, text: &str, chunk: Chunk, weight: u32) {
        let (terms, words, position) = (&mut *self.terms, &mut *self.words, self.position);
        if chunk.is_short_word() {
            let term = terms.number_of_ascii(text, chunk.start..chunk.end);
            words.push(Word::new(term, position, weight));
            self.position += 1;
            return;
        }
        let places = chunk_terms(text, chunk, position, &mut self.folded, &mut |term| {
            words.push(Word::new(terms.number(term.text.as_bytes()), term.position, weight));
        });
        self.position += places;
    }

    fn mark(&mut self, term: u32) {
        self.words.push(Word::new(term, self.position, 0));
    }
}

/// Headline and body of an article, cut into words.
pub(super) struct Cut {
    /// Which words they are, those of the headline first.
    pub(super) all: Stretch,
    /// Where the words of the body begin, in bytes of the body.
    starts: Vec<usize>,
    /// The place of the first of them.
    first: usize,
    /// The terms that mark a paragraph and a sentence.
    marks: [u32; 2],
}

impl Cut {
    /// Cuts `article`, adding to `words`.
    pub(super) fn of(article: &Article, terms: &mut Terms, words: &mut Words) -> Cut {
        let marks = [PARAGRAPH, SENTENCE].map(|mark| terms.number(mark.as_bytes()));
        let mut cutter = Cutter::new(terms, words);
        cutter.text(&article.title, TITLE_WEIGHT);
        let first = cutter.words.all().len();
        let mut starts = Vec::with_capacity(article.body.len() / SHORTEST);
        let lead = weighty_lead(article);
        let (mut sentences, mut paragraphs) = (Beginnings::of(&article.sentences), Beginnings::of(&article.paragraphs));
        for chunk in chunks(&article.body) {
            if let Some(start) = sentences.passed(chunk.start) {
                if paragraphs.passed(start).is_some() {
                    cutter.mark(marks[0]);
                }
                cutter.mark(marks[1]);
            }
            cutter.chunk(&article.body, chunk, if chunk.start < lead { LEAD_WEIGHT } else { 1 });
            while starts.len() < cutter.words.all().len() - first {
                starts.push(chunk.start);
            }
        }
        Cut { all: words.end(), starts, first, marks }
    }

    /// About how many words `article` and its quotations have.
    pub(super) fn room(article: &Article) -> usize {
        let quoted: usize = article.quotes.iter().map(|quote| quote.end - quote.start).sum();
        (article.title.len() + article.body.len() + quoted) / SHORTEST + ROOM
    }

    /// The hashes of the terms of the body in order, one for each place.
    pub(super) fn body(&self, terms: &Terms, words: &Words) -> Vec<u64> {
        let words = words.all().get(self.first..self.first + self.starts.len()).unwrap_or_default();
        let mut hashes = Vec::with_capacity(words.len());
        let mut last = u32::MAX;
        for word in words {
            if word.position() != last && !self.marks.contains(&word.term) {
                last = word.position();
                hashes.push(terms.hash(word.term));
            }
        }
        hashes
    }

    /// Which words of the body a quotation has.
    fn place(&self, quote: &Quote) -> Range<usize> {
        let from = self.starts.partition_point(|start| *start < quote.start);
        let to = self.starts.partition_point(|start| *start < quote.end);
        self.first + from..self.first + to.max(from)
    }

    /// Adds the words of a quotation to the current stretch of `words`: a paragraph and a sentence begin with it.
    pub(super) fn quote(&self, quote: &Quote, words: &mut Words) {
        let place = self.place(quote);
        let Some(first) = words.all()[place.clone()].first().map(|word| word.position()) else { return };
        for term in self.marks {
            words.push(Word::new(term, 0, 0));
        }
        for at in place {
            let word = words.all()[at];
            let mark = self.marks.contains(&word.term);
            if !(mark && word.position() == first) {
                words.push(Word::new(word.term, word.position() - first, u32::from(!mark)));
            }
        }
    }
}

/// Where sentences or paragraphs begin, in order, as far as they were not passed.
struct Beginnings<'a> {
    /// The next one; there is none at the end of all.
    next: usize,
    rest: &'a [Range<usize>],
}

impl<'a> Beginnings<'a> {
    fn of(ranges: &'a [Range<usize>]) -> Beginnings<'a> {
        Beginnings { next: ranges.first().map_or(usize::MAX, |first| first.start), rest: ranges }
    }

    /// Passes all that are not after `at`; returns the last of them.
    fn passed(&mut self, at: usize) -> Option<usize> {
        let mut last = None;
        while self.next <= at {
            last = Some(self.next);
            self.rest = self.rest.get(1..).unwrap_or_default();
            self.next = self.rest.first().map_or(usize::MAX, |first| first.start);
        }
        last
    }
}

/// Where the first paragraph ends, in bytes of the body. A lead that is most of the text says no more than the text
/// does, and ends before it begins.
fn weighty_lead(article: &Article) -> usize {
    let lead = article.lead();
    let before = article.body.len() - article.body.trim_start().len();
    if lead.len() * 2 <= article.body.len() { before + lead.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::extract::Context;

    /// The words with their positions, marks as `#`.
    fn shown(terms: &Terms, words: &[Word]) -> String {
        let words = words.iter().map(|word| {
            let term = String::from_utf8_lossy(terms.term(word.term)).replace('\u{1}', "#");
            format!("{term}@{}", word.position())
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn cut(article: &Article) -> String {
        let (mut terms, mut words) = (Terms::default(), Words::default());
        Cut::of(article, &mut terms, &mut words);
        shown(&terms, words.all())
    }

    fn article(title: &str, body: &str) -> Article {
        let mut article = Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() };
        crate::extract::annotate(&mut article, &Context::on(date(2025, 6, 30)));
        article
    }

    #[test]
    fn a_body_has_its_sentences_and_paragraphs_marked() {
        let cut = cut(&article("", "We cut. It fell.\n\nNext one."));
        assert_eq!(cut, "#p@1 #s@1 we@1 cut@2 #s@3 it@3 fell@4 #p@5 #s@5 next@5 one@6");
    }

    #[test]
    fn a_headline_has_no_marks_and_no_neighbours() {
        let cut = cut(&article("We cut. It fell", "It rose."));
        assert_eq!(cut, "we@0 cut@1 it@2 fell@3 #p@5 #s@5 it@5 rose@6");
    }

    #[test]
    fn finance_words_are_whole_and_in_parts() {
        let (mut terms, mut words) = (Terms::default(), Words::default());
        Cutter::new(&mut terms, &mut words).text("AT&T's Margins, Zürich", 1);
        assert_eq!(shown(&terms, words.all()), "at&t@0 at@0 t@1 margins@2 zurich@3");
    }

    #[test]
    fn a_quotation_begins_a_paragraph() {
        let article = article("", "“We cut. It fell,” Jane Doe said. Sales rose.");
        let (mut terms, mut words) = (Terms::default(), Words::default());
        let cut = Cut::of(&article, &mut terms, &mut words);
        let before = words.all().len();
        cut.quote(&article.quotes[0], &mut words);
        assert_eq!(shown(&terms, &words.all()[before..]), "#p@0 #s@0 we@0 cut@1 #s@2 it@2 fell@3");
    }
}
