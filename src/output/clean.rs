//! Text from a corpus on its way to a terminal: nothing in it may act there.

use std::borrow::Cow;

/// `text` for one line of a terminal: control characters, line breaks included, become visible signs.
///
/// For whatever comes from outside: file names, reasons of refusal, words of articles.
pub fn clean(text: &str) -> Cow<'_, str> {
    replaced(text, false)
}

/// Like [`clean`] for text of several lines: line feeds and tabs stay.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    replaced(text, true)
}

fn replaced(text: &str, lines: bool) -> Cow<'_, str> {
    let acts = |c: char| acts(c) && !(lines && matches!(c, '\n' | '\t'));
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if acts(c) { sign(c) } else { c }).collect())
}

/// Whether `c` would do something to a terminal rather than be shown: controls, and marks that turn the
/// order of what follows round.
pub(super) fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is shown in its place: its picture (`␛`), where it has one.
fn sign(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(clean(text), expected, "{text:?}");
    }

    #[test]
    fn escape_sequences_are_shown_and_not_done() {
        check("a\u{1b}[31mred", "a␛[31mred");
        check("\u{1b}]0;title\u{7}", "␛]0;title␇");
        check("one\u{9b}31mbyte", "one\u{fffd}31mbyte");
        check("name\r\n.txt\u{7f}", "name␍␊.txt␡");
    }

    #[test]
    fn text_cannot_be_turned_round() {
        check("gpj\u{202e}exe", "gpj\u{fffd}exe");
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "Zürich “été” 日本 🙂", "a\u{a0}b\u{200d}c"] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn several_lines_keep_their_breaks() {
        assert_eq!(clean_lines("a\n\tb\u{1b}\r"), "a\n\tb␛␍");
    }
}
