//! Tantivy's view of the analyzer: one tokenizer that stems, one that keeps words and marks sentences.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::analyzer::{Chunk, Chunks, chunk_terms, chunks};
use super::fold::{Stemmer, fold_into};

/// The name under which the stemming tokenizer is registered.
pub(super) const STEMS: &str = "pullquote_stems";

/// The name under which the exact tokenizer is registered.
pub(super) const EXACT: &str = "pullquote_exact";

/// The name under which the tokenizer that keeps words and adds stems is registered.
pub(super) const BOTH: &str = "pullquote_both";

/// Begins a stem that stands at the position of a word that is not its own stem.
pub(super) const STEM: char = '\u{3}';

/// Stands at the position of the first word of each sentence of a body.
pub(super) const SENTENCE: &str = "\u{1}s";

/// Stands at the position of the first word of each paragraph of a body.
pub(super) const PARAGRAPH: &str = "\u{1}p";

/// Written into a body before each sentence, to be read by the exact tokenizer.
pub(super) const SENTENCE_MARK: char = '\u{1}';

/// Written into a body before each paragraph.
pub(super) const PARAGRAPH_MARK: char = '\u{2}';

/// Stems every word; whole chunks and their parts included.
#[derive(Clone, Default)]
pub(super) struct Stems {
    stemmer: Stemmer,
    cache: Cache,
    word: String,
}

/// Remembers stems, since a few thousand words make up nearly every text.
#[derive(Clone, Default)]
struct Cache(rustc_hash::FxHashMap<Box<str>, Box<str>>);

impl Stems {
    /// The stem of `token` as a token of its own, where it is another word.
    fn beside(&mut self, token: &Token) -> Option<Token> {
        if token.text.starts_with('\u{1}') {
            return None;
        }
        self.word.clone_from(&token.text);
        self.cache.stem(self.stemmer, &mut self.word);
        if self.word == token.text {
            return None;
        }
        Some(Token { text: format!("{STEM}{}", self.word), ..*token })
    }
}

/// More words than this are not remembered.
const MOST_CACHED: usize = 60_000;

impl Cache {
    /// Replaces the folded `word` by its stem.
    fn stem(&mut self, stemmer: Stemmer, word: &mut String) {
        if let Some(stem) = self.0.get(word.as_str()) {
            word.clear();
            word.push_str(stem);
            return;
        }
        let stem = stemmer.stem(word).into_owned();
        if self.0.len() < MOST_CACHED {
            self.0.insert(word.as_str().into(), stem.as_str().into());
        }
        *word = stem;
    }
}

/// Keeps words as they are, folded, and marks where sentences and paragraphs of a body begin.
#[derive(Clone, Copy, Default)]
pub(super) struct Exact;

/// Keeps words as [`Exact`] does, and adds the stem of each that is not its own: one field for words of either sort.
#[derive(Clone, Default)]
pub(super) struct Both(Stems);

/// What a stream does with stems.
enum Stemming<'a> {
    /// Nothing: words stay as they are.
    Off,
    /// Stems stand in the place of words.
    Instead(&'a mut Stems),
    /// Stems stand beside words.
    Beside(&'a mut Stems),
}

impl Tokenizer for Stems {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream::new(text, Stemming::Instead(self))
    }
}

impl Tokenizer for Both {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream::new(text, Stemming::Beside(&mut self.0))
    }
}

impl Tokenizer for Exact {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream::new(text, Stemming::Off)
    }
}

/// The terms of one text, one after the other.
pub(super) struct Stream<'a> {
    text: &'a str,
    chunks: Chunks<'a>,
    stemming: Stemming<'a>,
    read: usize,
    position: u32,
    token: Token,
    waiting: Vec<Token>,
    folded: String,
}

impl<'a> Stream<'a> {
    fn new(text: &'a str, stemming: Stemming<'a>) -> Stream<'a> {
        let token = Token::default();
        let (waiting, folded) = (Vec::new(), String::new());
        Stream { text, chunks: chunks(text), stemming, read: 0, position: 0, token, waiting, folded }
    }

    /// Queues everything that one chunk gives, in reverse.
    fn queue(&mut self, chunk: Chunk) {
        let waiting = &mut self.waiting;
        let places = chunk_terms(self.text, chunk, self.position, &mut self.folded, &mut |term| {
            waiting.push(Token {
                offset_from: term.start,
                offset_to: term.end,
                position: term.position as usize,
                text: term.text.to_owned(),
                position_length: term.places as usize,
            });
        });
        self.position += places;
        match &mut self.stemming {
            Stemming::Off => (),
            Stemming::Instead(stems) => {
                for token in &mut self.waiting {
                    stems.cache.stem(stems.stemmer, &mut token.text);
                }
            }
            Stemming::Beside(stems) => {
                let beside: Vec<Token> = self.waiting.iter().filter_map(|token| stems.beside(token)).collect();
                self.waiting.extend(beside);
                self.waiting.sort_by_key(|token| token.position);
            }
        }
        self.waiting.reverse();
    }

    /// Queues the marks that stand before `chunk`.
    fn queue_marks(&mut self, chunk: Chunk) {
        let position = self.position as usize;
        let between = self.text.get(self.read..chunk.start).unwrap_or_default();
        for (byte, mark) in [(PARAGRAPH_MARK, PARAGRAPH), (SENTENCE_MARK, SENTENCE)] {
            if between.contains(byte) {
                let (offset_from, offset_to) = (chunk.start, chunk.start);
                self.waiting.push(Token {
                    offset_from,
                    offset_to,
                    position,
                    text: mark.to_owned(),
                    position_length: 1,
                });
            }
        }
    }

    /// Makes a plain word the current token, without a detour through the queue.
    fn plain(&mut self, chunk: Chunk) {
        fold_into(&self.text[chunk.start..chunk.end], &mut self.token.text);
        self.token.offset_from = chunk.start;
        self.token.offset_to = chunk.end;
        self.token.position = self.position as usize;
        self.token.position_length = 1;
        self.position += 1;
        match &mut self.stemming {
            Stemming::Off => (),
            Stemming::Instead(stems) => stems.cache.stem(stems.stemmer, &mut self.token.text),
            Stemming::Beside(stems) => self.waiting.extend(stems.beside(&self.token)),
        }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if let Some(token) = self.waiting.pop() {
                self.token = token;
                return true;
            }
            let Some(chunk) = self.chunks.next() else { return false };
            if !matches!(self.stemming, Stemming::Instead(_)) {
                self.queue_marks(chunk);
            }
            self.read = chunk.end;
            if chunk.is_short_word() && self.waiting.is_empty() {
                self.plain(chunk);
                return true;
            }
            self.queue(chunk);
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mut tokenizer: impl Tokenizer, text: &str, expected: &str) {
        let mut stream = tokenizer.token_stream(text);
        let mut found = Vec::new();
        while let Some(token) = stream.next() {
            found.push(format!("{}@{}", token.text.replace('\u{1}', "#"), token.position));
        }
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn stems_are_stems() {
        check(
            Stems::default(),
            "Tariffs were cutting AT&T's margins",
            "tariff@0 were@1 cut@2 at&t@3 at@3 t@4 margin@5",
        );
    }

    #[test]
    fn a_body_has_its_sentences_and_paragraphs_marked() {
        let text = "\u{2}\u{1}We cut. \u{1}It fell.\n\n\u{2}\u{1}Next one.";
        check(Exact, text, "#p@0 #s@0 we@0 cut@1 #s@2 it@2 fell@3 #p@4 #s@4 next@4 one@5");
    }

    #[test]
    fn stems_can_stand_beside_words() {
        check(
            Both::default(),
            "\u{1}Tariffs cut AT&T's margins",
            "#s@0 tariffs@0 \u{3}tariff@0 cut@1 at&t@2 at@2 t@3 margins@4 \u{3}margin@4",
        );
    }

    #[test]
    fn a_headline_has_no_marks() {
        check(Exact, "We cut. It fell.", "we@0 cut@1 it@2 fell@3");
    }
}
