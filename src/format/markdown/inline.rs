//! Markup inside a paragraph of Markdown.

/// Tags that people write into Markdown; anything else in angle brackets is text (`<NVDA.O>`).
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "div",
    "em",
    "hr",
    "i",
    "img",
    "p",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
];

/// Characters that a backslash protects.
const PROTECTED: &str = "\\`*_{}[]()#+-.!~>|$";

/// Character references that are met in prose.
const REFERENCES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("mdash", "—"),
    ("ndash", "–"),
    ("hellip", "…"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("euro", "€"),
    ("pound", "£"),
];

/// The words of a paragraph: links as their text, without emphasis, pictures, tags and escapes.
pub(super) fn plain(paragraph: &str) -> String {
    let mut words = String::with_capacity(paragraph.len());
    let mut open: Vec<Run> = Vec::new();
    let mut rest = paragraph.trim_end_matches('\n');
    while let Some(character) = rest.chars().next() {
        let before = words.chars().last();
        let (text, used) = match character {
            '\\' if rest[1..].starts_with(|next| PROTECTED.contains(next)) => (rest.get(1..2).unwrap_or_default(), 2),
            '`' => (code(rest), code(rest).len() + 2),
            '!' | '[' => match link(rest) {
                Some((text, used)) if character == '[' => {
                    words.push_str(&plain(text));
                    ("", used)
                }
                Some((_, used)) => ("", used),
                None => (&rest[..1], 1),
            },
            '<' => match tag(rest) {
                Some((text, used)) => (text, used),
                None => ("<", 1),
            },
            '&' => match reference(rest) {
                Some((text, used)) => (text, used),
                None => ("&", 1),
            },
            '*' | '_' | '~' => {
                let length = rest.len() - rest.trim_start_matches(character).len();
                let run = Run { mark: character, length, at: words.len() };
                let after = rest[length..].chars().next();
                words.push_str(&rest[..length]);
                close(&mut words, &mut open, run, before, after);
                ("", length)
            }
            _ => {
                let first = character.len_utf8();
                let marks = ['\\', '`', '!', '[', '<', '&', '*', '_', '~'];
                let end = rest[first..].find(marks).map_or(rest.len(), |end| first + end);
                (&rest[..end], end)
            }
        };
        words.push_str(text);
        rest = rest.get(used..).unwrap_or_default();
    }
    words
}

/// A run of emphasis marks, and where it was written.
#[derive(Debug, Clone, Copy)]
struct Run {
    mark: char,
    length: usize,
    at: usize,
}

/// Takes out a run of marks together with the one that it closes, or keeps it in mind as one that may be closed.
fn close(words: &mut String, open: &mut Vec<Run>, run: Run, before: Option<char>, after: Option<char>) {
    let solid = |character: Option<char>| character.is_some_and(|character| !character.is_whitespace());
    let inside = |character: Option<char>| run.mark == '_' && character.is_some_and(char::is_alphanumeric);
    if run.mark == '~' && run.length != 2 {
        return;
    }
    if solid(before)
        && !inside(after)
        && let Some(at) = open.iter().rposition(|known| known.mark == run.mark && known.length == run.length)
    {
        let first = open[at];
        open.truncate(at);
        words.truncate(run.at);
        words.replace_range(first.at..first.at + first.length, "");
        return;
    }
    if solid(after) && !inside(before) {
        open.push(run);
    }
}

/// What stands between two backticks, empty when there is only one.
fn code(rest: &str) -> &str {
    let inner = &rest[1..];
    inner.find('`').map_or("", |end| &inner[..end])
}

/// The text of a link or picture, and its length: `[text](target)`, `[text][ref]`, `[^1]`.
fn link(rest: &str) -> Option<(&str, usize)> {
    let start = if rest.starts_with("![") { 2 } else { rest.starts_with('[').then_some(1)? };
    let end = start + closing(&rest[start..], '[', ']')?;
    let text = &rest[start..end];
    if text.starts_with('^') {
        return Some(("", end + 1));
    }
    let after = &rest[end + 1..];
    let target = match after.chars().next()? {
        '(' => 1 + closing(&after[1..], '(', ')')?,
        '[' => after.find(']')?,
        _ => return None,
    };
    Some((text, end + 1 + target + 1))
}

/// Where the bracket that was opened before `text` is closed.
fn closing(text: &str, opening: char, closing: char) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        if character == opening {
            depth += 1;
        } else if character == closing {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

/// What is left of a tag, comment or address in angle brackets, and its length.
fn tag(rest: &str) -> Option<(&str, usize)> {
    if rest.starts_with("<!--") {
        return Some(("", rest.find("-->")? + 3));
    }
    let end = rest.find('>')?;
    let inner = &rest[1..end];
    if inner.contains("://") && !inner.contains(' ') {
        return Some((inner, end + 1));
    }
    let name = inner.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
    let known = TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name));
    known.then_some((if name.eq_ignore_ascii_case("br") { "\n" } else { "" }, end + 1))
}

/// The character that a reference such as `&amp;` stands for, and its length.
fn reference(rest: &str) -> Option<(&'static str, usize)> {
    let end = rest.find(';').filter(|end| *end < 8)?;
    let name = &rest[1..end];
    let (_, character) = REFERENCES.iter().find(|(known, _)| *known == name)?;
    Some((character, end + 1))
}
