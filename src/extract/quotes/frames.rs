//! Frames: sentences in which a quotation, however many sentences it holds, counts as one word.

use std::ops::Range;

use crate::extract::tokens::{Quoted, Text};

/// A sentence without end is cut after so many tokens.
const LONGEST: usize = 600;

/// A stretch of a paragraph: narration, and the quotations set in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Its quotations, as indices into [`Text::quoted`].
    pub(super) quoted: Range<usize>,
    /// The paragraph it stands in.
    pub(super) paragraph: usize,
}

/// The frames of `text`, in order.
pub(super) fn frames(text: &Text<'_>) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut quoted = 0;
    for (paragraph, range) in text.paragraphs.iter().enumerate() {
        let last = range.last as usize;
        let mut start = range.first as usize;
        let mut first_quoted = quoted;
        let mut at = start;
        while at < last {
            let pair = text.quoted.get(quoted).filter(|pair| pair.open as usize == at);
            let next = match pair {
                Some(pair) => {
                    quoted += 1;
                    pair.close as usize + 1
                }
                None => narration(text, at, start + LONGEST, quoted).min(last).max(at + 1),
            };
            if next >= last || next - start >= LONGEST || ends(text, pair, next) {
                frames.push(Frame { tokens: start..next.min(last), quoted: first_quoted..quoted, paragraph });
                (start, first_quoted) = (next, quoted);
            }
            at = next;
        }
    }
    frames
}

/// Where the narration at token `at` may end first: with its sentence, with a frame that goes no farther than `limit`, or
/// before the quotation with number `next`.
fn narration(text: &Text<'_>, at: usize, limit: usize, next: usize) -> usize {
    let sentence = text.sentences.get(text.tokens[at].sentence as usize).map_or(at, |sentence| sentence.last as usize);
    let quotation = text.quoted.get(next).map_or(limit, |pair| pair.open as usize);
    sentence.min(quotation).min(limit)
}

/// Whether a frame ends before token `next`; `pair` is the quotation that has just ended.
fn ends(text: &Text<'_>, pair: Option<&Quoted>, next: usize) -> bool {
    // “It is over.” — Dana Okafor
    if pair.is_some() && ['—', '–', '―'].iter().any(|dash| text.tokens[next].is(*dash)) {
        return false;
    }
    if text.tokens[next].sentence != text.tokens[next - 1].sentence {
        return true;
    }
    // “It fell.” (space) “It rose.”
    pair.is_some_and(|pair| {
        let inner = text.tokens[(pair.close as usize).saturating_sub(1)];
        inner.is('.') && pair.closed && text.tokens[next].capital()
    })
}
