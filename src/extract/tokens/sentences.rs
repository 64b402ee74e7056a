//! Sentences: a full stop ends one unless it belongs to an abbreviation; a closing mark stays with what it closes.

use super::{Gap, Paragraph, Sentence, Shape, Token, layout, lexicon};

/// Splits `paragraphs` of `text` into sentences, and tells each token which one it stands in.
pub(super) fn split(text: &str, tokens: &mut [Token], paragraphs: &[Paragraph]) -> Vec<Sentence> {
    let wrapped = layout::wrapped(tokens);
    let mut sentences = Vec::with_capacity(tokens.len() / 16);
    for (number, paragraph) in (0_u32..).zip(paragraphs) {
        let mut first = paragraph.first;
        while first < paragraph.last {
            let rest = &tokens[first as usize..paragraph.last as usize];
            let last = first + length(text, rest, wrapped);
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

/// How many of `tokens`, the rest of a paragraph, belong to its first sentence; at least one.
fn length(text: &str, tokens: &[Token], wrapped: bool) -> u32 {
    let mut length = 0;
    while let Some(token) = tokens.get(length) {
        length += 1;
        let stop = stop(text, token);
        if stop != Stop::None {
            while tokens.get(length).is_some_and(closes) {
                length += 1;
            }
        }
        let Some(next) = tokens.get(length) else { break };
        if !wrapped && next.gap >= Gap::Line || begins(&tokens[length..], stop) {
            break;
        }
    }
    u32::try_from(length).unwrap_or(u32::MAX)
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
