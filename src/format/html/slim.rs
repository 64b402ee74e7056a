//! A page without what nobody reads in it, before a tree is built.
//!
//! Scripts, styles and drawings are half of most pages. They are cut out here, and the blocks of JSON-LD among them
//! are kept apart.

use memchr::{memchr, memmem};

use super::markup::{self, Tag};
use super::page::ATTRIBUTES;
use crate::format::Refusal;

/// The most steps that comparing attributes may cost.
const MOST_STEPS: usize = 10_000_000;

/// How far into a script the word is looked for that shows it to be JSON-LD.
const NEAR: usize = 200;

/// Attributes that say how something looks or where it is loaded from.
const UNREAD: &[&str] =
    &["src", "srcset", "sizes", "width", "height", "alt", "target", "loading", "decoding", "tabindex"];

/// Elements that hold text and no elements, whatever it looks like.
const RAW: &[&str] =
    &["script", "style", "noscript", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"];

/// A page as it is parsed.
#[derive(Debug, Default)]
pub(super) struct Slim {
    /// The page without scripts, styles, comments, drawings, and attributes that nobody reads.
    pub(super) html: String,
    /// The blocks of JSON-LD.
    pub(super) linked: Vec<String>,
}

/// Cuts `html` down; refuses a page that would take too long.
pub(super) fn read(html: &str) -> Result<Slim, Refusal> {
    let mut reader = Reader { html, slim: Slim::default(), kept: 0, closes_drawings: true, steps: 0 };
    reader.slim.html.reserve(html.len() / 2);
    let mut at = 0;
    while let Some(next) = memchr(b'<', &html.as_bytes()[at..]) {
        at = reader.markup(at + next)?;
    }
    reader.keep(html.len());
    Ok(reader.slim)
}

struct Reader<'h> {
    html: &'h str,
    slim: Slim,
    /// Up to where the page was copied or cut.
    kept: usize,
    /// Whether every drawing so far was closed.
    closes_drawings: bool,
    /// What comparing attributes with one another will cost.
    steps: usize,
}

impl Reader<'_> {
    /// Reads what begins at the `<` at `at`, and says where to go on.
    fn markup(&mut self, at: usize) -> Result<usize, Refusal> {
        let bytes = self.html.as_bytes();
        if bytes[at..].starts_with(b"<!--") {
            let end = markup::comment_end(bytes, at);
            self.cut(at, end);
            return Ok(end);
        }
        let Some(tag) = Tag::at(bytes, at) else { return Ok(at + 1) };
        if tag.is("svg") && !tag.closes && !tag.is_empty && self.closes_drawings {
            if let Some(end) = markup::drawing_end(bytes, tag.end) {
                self.cut(at, end);
                return Ok(end);
            }
            self.closes_drawings = false;
        }
        if RAW.iter().any(|raw| tag.is(raw)) && !tag.closes {
            return Ok(self.raw(&tag));
        }
        if !tag.closes {
            self.thin(&tag);
        }
        // Each attribute is compared with those before it.
        self.steps += tag.attributes * tag.attributes / 8;
        if self.steps > MOST_STEPS {
            return Err(Refusal("would take too long to read: its elements have too many attributes".to_owned()));
        }
        Ok(tag.end)
    }

    /// Cuts the attributes that nobody reads out of a tag.
    fn thin(&mut self, tag: &Tag) {
        let bytes = self.html.as_bytes();
        let mut at = tag.start + 1 + tag.name.len();
        while let Some((name, end)) = markup::attribute(&bytes[..tag.end], at) {
            if is_unread(tag, name) {
                self.cut(at, end);
            }
            at = end;
        }
    }

    /// Passes over an element that holds only text, keeping that of titles.
    fn raw(&mut self, tag: &Tag) -> usize {
        let bytes = self.html.as_bytes();
        if tag.is("plaintext") {
            return bytes.len();
        }
        let end = if tag.is("script") {
            markup::script_end(bytes, tag.end)
        } else {
            markup::raw_end(bytes, tag.end, tag.name)
        };
        if tag.is("title") || tag.is("xmp") {
            return end;
        }
        if tag.is("script") {
            let content = &self.html[tag.end..end];
            if is_linked(&bytes[tag.start..tag.end], content) {
                self.slim.linked.push(content.to_owned());
            }
        }
        self.cut(tag.end, end);
        end
    }

    /// Copies up to `start` and goes on at `end`.
    fn cut(&mut self, start: usize, end: usize) {
        self.keep(start);
        self.kept = end;
    }

    fn keep(&mut self, end: usize) {
        self.slim.html.push_str(&self.html[self.kept.min(end)..end]);
        self.kept = end;
    }
}

/// Whether an attribute says nothing to any reader of the page, nor to the parser.
fn is_unread(tag: &Tag, name: &[u8]) -> bool {
    let begins = |with: &[u8]| name.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    let is = |one: &&str| name.eq_ignore_ascii_case(one.as_bytes());
    if begins(b"data-") || begins(b"aria-") || begins(b"on") {
        return !ATTRIBUTES.iter().any(is);
    }
    UNREAD.iter().any(is) || (is(&"href") && !tag.is("link"))
}

/// Whether a script is JSON-LD: by its type, or by its look where it has none.
fn is_linked(tag: &[u8], content: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    if memmem::find(&tag, b"type").is_some() {
        return memmem::find(&tag, b"ld+json").is_some();
    }
    let head = content.trim_start().as_bytes();
    head.starts_with(b"{") && memmem::find(&head[..head.len().min(NEAR)], b"schema.org").is_some()
}
