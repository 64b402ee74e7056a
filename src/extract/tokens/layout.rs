//! Paragraphs: a blank line ends one, and so does a line break where lines are not wrapped by hand.

use super::scan::Scanned;
use super::{Gap, Paragraph, Token};

/// The longest line of a text that was wrapped by hand, in bytes.
const WRAPPED: u32 = 110;

/// A line up to this long was not wrapped: it is a headline, a byline, an item.
const SHORT: u32 = 40;

/// The paragraphs of a text.
pub(super) fn paragraphs(Scanned { tokens, lines, .. }: &Scanned) -> Vec<Paragraph> {
    let end = shortest_end(tokens, lines);
    let mut begin = lines.iter().filter(|line| tokens[**line as usize].gap >= end).peekable();
    let mut paragraphs = Vec::with_capacity(lines.len());
    while let Some(first) = begin.next().copied() {
        let last = begin.peek().map_or(tokens.len(), |next| **next as usize);
        let (start, end) = (tokens[first as usize].start, tokens[last - 1].end);
        paragraphs.push(Paragraph { start, end, first, last: u32::try_from(last).unwrap_or(u32::MAX) });
    }
    paragraphs
}

/// Whether the lines of a text were wrapped by hand: they are short, and most break off within a sentence. `lines` are
/// their first tokens.
pub(super) fn wrapped(tokens: &[Token], lines: &[u32]) -> bool {
    let (mut ended, mut broken, mut start) = (0_u32, 0_u32, 0_u32);
    for line in lines.iter().skip(1) {
        let (before, token) = (&tokens[*line as usize - 1], &tokens[*line as usize]);
        if token.gap < Gap::Blank {
            if before.end - start > WRAPPED {
                return false;
            }
            ended += 1;
            broken += u32::from(before.end - start > SHORT && !ends(before));
        }
        start = token.start;
    }
    broken * 2 > ended
}

/// The smallest gap that ends a paragraph.
fn shortest_end(tokens: &[Token], lines: &[u32]) -> Gap {
    let begun = lines.len().saturating_sub(1);
    let blanks = lines.iter().skip(1).filter(|line| tokens[**line as usize].gap == Gap::Blank).count();
    match () {
        () if begun == blanks => Gap::Blank,
        // Wire copy: wrapped lines, and an indented one begins a paragraph.
        () if wrapped(tokens, lines) => Gap::Indent,
        () if begun - blanks > 4 * blanks => Gap::Line,
        () => Gap::Blank,
    }
}

fn ends(token: &Token) -> bool {
    ['.', '!', '?', ':', '"', '”', '»', '…', ')'].iter().any(|mark| token.is(*mark))
}
