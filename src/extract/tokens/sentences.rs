//! Sentences: a full stop ends one unless it belongs to an abbreviation; a closing mark stays with what it closes.

use super::scan::Scanned;
use super::{Gap, Paragraph, Sentence, Shape, Token, layout, lexicon};

/// Splits `paragraphs` of `text` into sentences, and tells each token which one it stands in.
pub(super) fn split(text: &str, scanned: &mut Scanned, paragraphs: &[Paragraph]) -> Vec<Sentence> {
    let Scanned { tokens, lines, stops, .. } = scanned;
    // Lines that were wrapped by hand end no sentence.
    let lines = if layout::wrapped(tokens, lines) { &[] } else { lines.as_slice() };
    let mut ends = Ends { text, stops, lines };
    let mut sentences = Vec::with_capacity(stops.len() + paragraphs.len());
    for (number, paragraph) in (0_u32..).zip(paragraphs) {
        let mut first = paragraph.first;
        while first < paragraph.last {
            let last = ends.next(tokens, first, paragraph.last);
            let index = u32::try_from(sentences.len()).unwrap_or(u32::MAX);
            let inside = &mut tokens[first as usize..last as usize];
            for token in inside.iter_mut() {
                token.sentence = index;
            }
            let (start, end) = (inside[0].start, inside[inside.len() - 1].end);
            sentences.push(Sentence { start, end, first, last, paragraph: number });
            first = last;
        }
    }
    sentences
}

/// Where sentences may end, as far as they were not passed.
struct Ends<'a> {
    text: &'a str,
    /// What may end one.
    stops: &'a [u32],
    /// The first tokens of lines, where these end sentences.
    lines: &'a [u32],
}

impl Ends<'_> {
    /// One past the last token of the sentence that begins at `first`, of a paragraph that ends before `last`.
    fn next(&mut self, tokens: &[Token], first: u32, last: u32) -> u32 {
        let mut at = first;
        loop {
            let stop = passed(&mut self.stops, at);
            let line = passed(&mut self.lines, at + 1);
            if line <= stop || stop >= last {
                return line.min(last);
            }
            at = stop + 1;
            while at < last && closes(&tokens[at as usize]) {
                at += 1;
            }
            let stop = self::stop(self.text, &tokens[stop as usize]);
            let rest = &tokens[at as usize..last as usize];
            if rest.is_empty() || passed(&mut self.lines, at) == at || begins(rest, stop) {
                return at;
            }
        }
    }
}

/// The first of `places` that is not before `at`; those before it are given up.
fn passed(places: &mut &[u32], at: u32) -> u32 {
    while let [first, rest @ ..] = *places {
        if *first >= at {
            return *first;
        }
        *places = rest;
    }
    u32::MAX
}

/// How strongly a token ends a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// Not at all.
    None,
    /// An abbreviation that stands before what it abbreviates: `Mr.`, `Gov.`, `J.`
    Title,
    /// An abbreviation that may be the last word: `Inc.`, `U.S.`
    Last,
    /// A full stop, a question mark.
    Full,
}

fn stop(text: &str, token: &Token) -> Stop {
    if token.shape == Shape::Mark {
        let full = token.is('.') || token.is('?') || token.is('!') || token.is('…');
        return if full { Stop::Full } else { Stop::None };
    }
    if text.as_bytes()[token.end as usize - 1] != b'.' {
        return Stop::None;
    }
    if token.any(lexicon::ABBREVIATION | lexicon::NUMBERED) || token.end - token.start == 2 {
        return Stop::Title;
    }
    Stop::Last
}

/// Whether `token` closes what a sentence ended in.
fn closes(token: &Token) -> bool {
    token.gap == Gap::None && ['"', '”', '’', '\'', ')', ']', '»'].iter().any(|mark| token.is(*mark))
}

/// Whether the first of `tokens` begins a sentence after `stop`.
fn begins(tokens: &[Token], stop: Stop) -> bool {
    let first = &tokens[0];
    let starter = first.capital() && first.any(lexicon::STARTER);
    match stop {
        Stop::None => false,
        // "growth.The" lacks its space.
        _ if first.gap == Gap::None => stop == Stop::Full && first.shape == Shape::Capitalised,
        Stop::Title => starter && !tokens.get(1).is_some_and(|next| next.is('.')),
        Stop::Last => starter || opens(first),
        Stop::Full => {
            matches!(first.shape, Shape::Capitalised | Shape::AllCaps | Shape::Mixed | Shape::Number) || opens(first)
        }
    }
}

/// Whether `token`, after a space, opens something.
fn opens(token: &Token) -> bool {
    ['"', '“', '‘', '\'', '(', '[', '«', '„', '—', '-', '•', '*', '$', '€', '£', '#', '@']
        .iter()
        .any(|mark| token.is(*mark))
}
