//! Paragraphs: a blank line ends one, and so does a line break where lines are not wrapped by hand.

use super::{Gap, Paragraph, Token};

/// The longest line of a text that was wrapped by hand, in bytes.
const WRAPPED: u32 = 110;

/// A line up to this long was not wrapped: it is a headline, a byline, an item.
const SHORT: u32 = 40;

/// The paragraphs of the text of which `tokens` were made.
pub(super) fn paragraphs(tokens: &[Token]) -> Vec<Paragraph> {
    let end = shortest_end(tokens);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (index, token) in (0..).zip(tokens) {
        match paragraphs.last_mut() {
            Some(paragraph) if token.gap < end => (paragraph.last, paragraph.end) = (index + 1, token.end),
            _ => paragraphs.push(Paragraph { start: token.start, end: token.end, first: index, last: index + 1 }),
        }
    }
    paragraphs
}

/// Whether the lines of a text were wrapped by hand: they are short, and most break off within a sentence.
pub(super) fn wrapped(tokens: &[Token]) -> bool {
    let (mut lines, mut broken, mut start) = (0_u32, 0_u32, 0_u32);
    for pair in tokens.windows(2) {
        let [before, token] = pair else { continue };
        if token.gap < Gap::Line {
            continue;
        }
        if token.gap < Gap::Blank {
            if before.end - start > WRAPPED {
                return false;
            }
            lines += 1;
            broken += u32::from(before.end - start > SHORT && !ends(before));
        }
        start = token.start;
    }
    broken * 2 > lines
}

/// The smallest gap that ends a paragraph.
fn shortest_end(tokens: &[Token]) -> Gap {
    let (mut lines, mut blanks) = (0, 0);
    for token in tokens.iter().skip(1) {
        lines += usize::from(matches!(token.gap, Gap::Line | Gap::Indent));
        blanks += usize::from(token.gap == Gap::Blank);
    }
    match () {
        () if lines == 0 => Gap::Blank,
        // Wire copy: wrapped lines, and an indented one begins a paragraph.
        () if wrapped(tokens) => Gap::Indent,
        () if lines > 4 * blanks => Gap::Line,
        () => Gap::Blank,
    }
}

fn ends(token: &Token) -> bool {
    ['.', '!', '?', ':', '"', '”', '»', '…', ')'].iter().any(|mark| token.is(*mark))
}
