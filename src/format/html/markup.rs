//! Where the pieces of a page's markup end, as browsers see it.

use memchr::{memchr, memchr_iter, memmem};

/// A tag, as it stands in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// Where its `<` is.
    pub(super) start: usize,
    /// One past its `>`.
    pub(super) end: usize,
    /// Its name as written.
    pub(super) name: &'h [u8],
    /// Whether it is an end tag.
    pub(super) closes: bool,
    /// Whether it closes itself: `<path/>`.
    pub(super) is_empty: bool,
    /// How many attributes it may have.
    pub(super) attributes: usize,
}

impl<'h> Tag<'h> {
    /// The tag at the `<` at `start`; `None` where that is text.
    pub(super) fn at(bytes: &'h [u8], start: usize) -> Option<Tag<'h>> {
        let closes = bytes.get(start + 1) == Some(&b'/');
        let rest = bytes.get(start + 1 + usize::from(closes)..)?;
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let from = start + 1 + usize::from(closes) + length;
        let (end, attributes) = tag_end(bytes, from);
        let is_empty = bytes[from..end].ends_with(b"/>");
        Some(Tag { start, end, name: &rest[..length], closes, is_empty, attributes })
    }

    /// Whether it is called `name`, in small letters.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// One past the `>` that ends a tag whose name ends at `from`, none within a value in quotation marks; and how many
/// attributes the tag may have.
fn tag_end(bytes: &[u8], from: usize) -> (usize, usize) {
    let mut attributes = 0;
    let mut at = from;
    let is_mark = |byte: &u8| matches!(byte, b'>' | b'=' | b'/') || byte.is_ascii_whitespace();
    while let Some(next) = bytes[at..].iter().position(is_mark) {
        at += next + 1;
        match bytes[at - 1] {
            b'>' => return (at, attributes),
            b'=' => (),
            _ => {
                attributes += 1;
                continue;
            }
        }
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if let Some(mark @ (b'"' | b'\'')) = bytes.get(at) {
            let Some(length) = memchr(*mark, &bytes[at + 1..]) else { break };
            at += length + 2;
            attributes += 1;
        }
    }
    (bytes.len(), attributes)
}

/// The name of the attribute before which blanks stand at `at`, and one past its end: ` name="value"` or ` name`. `None`
/// where it is written in another way, or where there is none.
pub(super) fn attribute(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let blanks = bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let start = at + blanks;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    let length = bytes[start..].iter().position(|byte| !is_name(byte))?;
    let mut end = start + length;
    if bytes[end] == b'=' {
        let mark = *bytes.get(end + 1).filter(|mark| matches!(mark, b'"' | b'\''))?;
        end += 3 + memchr(mark, &bytes[end + 2..])?;
    }
    // `a="1"b="2"` are two, `a =1` is one.
    let after = &bytes[end..];
    let next = after.iter().find(|byte| !byte.is_ascii_whitespace())?;
    let apart = after[0].is_ascii_whitespace() || matches!(after[0], b'/' | b'>');
    (blanks > 0 && length > 0 && apart && *next != b'=').then_some((&bytes[start..start + length], end))
}

/// One past the comment that begins at `start`.
pub(super) fn comment_end(bytes: &[u8], start: usize) -> usize {
    // `<!-->` is one, too.
    let rest = &bytes[start + 2..];
    let ends = memchr_iter(b'>', rest).find(|at| rest[..*at].ends_with(b"--") || rest[..*at].ends_with(b"--!"));
    ends.map_or(bytes.len(), |at| start + 2 + at + 1)
}

/// Where the text of a raw element called `name` ends: at its end tag.
pub(super) fn raw_end(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let ends = |at: &usize| closes(&bytes[from + at..], name);
    memchr_iter(b'<', &bytes[from..]).find(ends).map_or(bytes.len(), |at| from + at)
}

/// Where a script ends. One in a comment within it (`<!-- … <script>…</script> … -->`) does not end it.
pub(super) fn script_end(bytes: &[u8], from: usize) -> usize {
    // Where in an open comment its end was not looked for yet.
    let mut comment: Option<usize> = None;
    let mut inner = false;
    for at in memchr_iter(b'<', &bytes[from..]).map(|at| from + at) {
        let rest = &bytes[at..];
        if let Some(start) = comment {
            if memmem::find(&bytes[start..at], b"-->").is_some() {
                (comment, inner) = (None, false);
            } else {
                comment = Some(start.max(at - 2));
            }
        }
        if rest.starts_with(b"<!--") {
            comment.get_or_insert(at + 2);
        } else if closes(rest, b"script") {
            if !inner {
                return at;
            }
            inner = false;
        } else if comment.is_some() && opens(rest, b"script") {
            inner = true;
        }
    }
    bytes.len()
}

/// One past the drawing (`svg`) whose start tag ends at `from`; `None` where it is not closed or holds text of the
/// page, as it does when something in it was left open.
pub(super) fn drawing_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut open = 1;
    for at in memchr_iter(b'<', &bytes[from..]).map(|at| from + at) {
        let rest = &bytes[at..];
        if closes(rest, b"svg") {
            open -= 1;
            if open == 0 {
                return Some(tag_end(bytes, at + 5).0);
            }
        } else if opens(rest, b"svg") {
            open += usize::from(!Tag::at(bytes, at)?.is_empty);
        } else if opens(rest, b"p") || opens(rest, b"div") || opens(rest, b"script") || rest.starts_with(b"<!--") {
            return None;
        }
    }
    None
}

fn opens(rest: &[u8], name: &[u8]) -> bool {
    rest.get(1..).is_some_and(|rest| is_named(rest, name))
}

fn closes(rest: &[u8], name: &[u8]) -> bool {
    rest.get(1) == Some(&b'/') && is_named(&rest[2..], name)
}

/// Whether a tag's name, at the beginning of `rest`, is `name`.
fn is_named(rest: &[u8], name: &[u8]) -> bool {
    let after = rest.get(name.len());
    rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        && after.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_at_its_own_mark() {
        for (html, end) in [
            ("<p>a", 3),
            ("<p title='a>b'>c", 15),
            ("<p title = \"a>b\">c", 17),
            ("<p title=it's>c", 14),
            ("<p data=\">", 10),
            ("<p", 2),
        ] {
            assert_eq!(Tag::at(html.as_bytes(), 0).map(|tag| tag.end), Some(end), "{html}");
        }
        assert_eq!(Tag::at(b"<3", 0), None);
        assert_eq!(Tag::at(b"<", 0), None);
    }

    #[test]
    fn attributes_are_seen_only_as_they_are_usually_written() {
        for (tag, expected) in [
            (" a=\"b c\" d>", Some(("a", 8))),
            ("\n data-x=''/>", Some(("data-x", 11))),
            (" hidden>", Some(("hidden", 7))),
            (" hidden class='a'>", Some(("hidden", 7))),
            ("a='b'>", None),
            (" a=b>", None),
            (" a='b'c='d'>", None),
            (" a = 'b'>", None),
            (" a='b>", None),
            (" a", None),
            (" a='b'", None),
            (">", None),
        ] {
            let found = attribute(tag.as_bytes(), 0);
            assert_eq!(found, expected.map(|(name, end)| (name.as_bytes(), end)), "{tag}");
        }
    }

    #[test]
    fn comments_end_as_in_browsers() {
        for (html, end) in [("<!--a-->b", 8), ("<!-->b", 5), ("<!--a--!>b", 9), ("<!--a", 5), ("<!--a->b", 8)] {
            assert_eq!(comment_end(html.as_bytes(), 0), end, "{html}");
        }
    }

    #[test]
    fn scripts_end_as_in_browsers() {
        for (script, expected) in [
            ("a</script>b", "a"),
            ("a</SCRIPT >b", "a"),
            ("a</scripts>b</script/>", "a</scripts>b"),
            ("'<script>'</script>b", "'<script>'"),
            ("<!-- '<script></script>' --></script>b", "<!-- '<script></script>' -->"),
            ("<!-- a --> '<script>'</script>b", "<!-- a --> '<script>'"),
            ("<!-- '<script>' </script>b", "<!-- '<script>' </script>b"),
            ("<!-- '<script>' </script></script>b", "<!-- '<script>' </script>"),
            ("<!-- a </script>b", "<!-- a "),
            ("a", "a"),
        ] {
            assert_eq!(&script[..script_end(script.as_bytes(), 0)], expected, "{script}");
        }
    }

    #[test]
    fn drawings_are_passed_over_whole() {
        assert_eq!(drawing_end(b"<g><svg></svg></g></svg>a", 0), Some(24));
        assert_eq!(drawing_end(b"<path></a><p>text</svg>", 0), None);
        assert_eq!(drawing_end(b"<path>", 0), None);
    }
}
