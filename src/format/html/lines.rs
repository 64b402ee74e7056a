//! The visible text of a page, line by line, as its block elements break it.

use std::sync::LazyLock;

use html5ever::LocalName;
use rustc_hash::FxHashSet;

use super::page::{Node, Page};
use super::words;

/// Elements that begin and end a line.
static BLOCKS: LazyLock<FxHashSet<LocalName>> = LazyLock::new(|| {
    let names = [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tr",
        "ul",
    ];
    names.into_iter().map(LocalName::from).collect()
});

/// Elements that never hold the article.
const APART: &[&str] = &["nav", "footer", "aside", "form", "button", "dialog", "menu", "figcaption", "label", "legend"];

/// Roles that never hold the article.
const ROLES: &[&str] =
    &["navigation", "complementary", "contentinfo", "dialog", "search", "alert", "banner", "menu", "tooltip", "button"];

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    Paragraph,
    /// `h1` to `h6`.
    Heading,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
}

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its words, blanks folded; `\n` where a `br` breaks it.
    pub(super) text: String,
    /// How many of its bytes are links.
    pub(super) linked: usize,
    /// The block element that it belongs to.
    pub(super) block: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether something round it says that it is not the article.
    pub(super) apart: bool,
}

impl Line {
    /// The share of links.
    pub(super) fn link_share(&self) -> f32 {
        self.linked as f32 / self.text.len().max(1) as f32
    }
}

/// An element that is open while the page is walked over.
struct Open {
    at: usize,
    apart: bool,
    link: bool,
}

/// Reads the lines of a page, those that nobody sees only where `unseen`. Nodes for which `keeps` holds are not set
/// apart, whatever they are called.
pub(super) fn read(page: &Page, unseen: bool, keeps: &dyn Fn(usize) -> bool) -> Vec<Line> {
    let mut reader = Reader { page, lines: Vec::new(), text: String::new(), linked: 0, open: Vec::new() };
    let mut at = 0;
    while at < page.nodes.len() {
        let node = &page.nodes[at];
        reader.close(at);
        if node.hidden && !unseen {
            at = node.end;
            continue;
        }
        if node.name.is_empty() {
            reader.add(&node.text);
            at += 1;
            continue;
        }
        reader.enter(at, node, keeps);
        at += 1;
    }
    reader.flush();
    reader.lines
}

struct Reader<'p> {
    page: &'p Page,
    lines: Vec<Line>,
    text: String,
    linked: usize,
    open: Vec<Open>,
}

impl Reader<'_> {
    fn enter(&mut self, at: usize, node: &Node, keeps: &dyn Fn(usize) -> bool) {
        if node.is_block {
            self.flush();
        } else if node.name == "br" {
            self.break_line();
        } else if matches!(node.name.as_str(), "td" | "th") && !self.text.trim().is_empty() {
            self.text.push_str(" | ");
        }
        let (apart, link) = self.open.last().map_or((false, false), |open| (open.apart, open.link));
        let apart = !keeps(at) && (apart || is_apart(self.page, at, keeps));
        self.open.push(Open { at, apart, link: link || node.name == "a" });
    }

    /// Closes the elements that end before `at`.
    fn close(&mut self, at: usize) {
        while let Some(open) = self.open.last() {
            let node = &self.page.nodes[open.at];
            if node.end > at {
                return;
            }
            if node.is_block {
                self.flush();
            }
            self.open.pop();
        }
    }

    fn add(&mut self, text: &str) {
        let before = self.text.len();
        for (number, word) in text.split(char::is_whitespace).enumerate() {
            if number > 0 && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        if self.open.last().is_some_and(|open| open.link) {
            self.linked += self.text.len() - before;
        }
    }

    /// Two breaks in a row end a paragraph, one breaks a line.
    fn break_line(&mut self) {
        let trimmed = self.text.trim_end_matches(' ').len();
        self.text.truncate(trimmed);
        if self.text.ends_with('\n') {
            self.flush();
        } else if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn flush(&mut self) {
        let text = self.text.trim_matches([' ', '\n', '|']);
        if !text.is_empty() {
            let block = self.block();
            let apart = self.open.last().is_some_and(|open| open.apart);
            let line = Line { text: text.to_owned(), linked: self.linked, block, kind: self.kind(block), apart };
            self.lines.push(line);
        }
        self.text.clear();
        self.linked = 0;
    }

    /// The innermost open block.
    fn block(&self) -> usize {
        self.open.iter().rev().map(|open| open.at).find(|at| self.page.nodes[*at].is_block).unwrap_or(0)
    }

    fn kind(&self, block: usize) -> Kind {
        for at in self.page.upward(block).take(3) {
            match self.page.nodes[at].name.as_str() {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return Kind::Heading,
                "li" => return Kind::Item,
                "tr" => return Kind::Row,
                "p" | "body" | "article" => return Kind::Paragraph,
                _ => (),
            }
        }
        Kind::Paragraph
    }
}

/// Whether elements called `name` begin and end a line.
pub(super) fn is_block(name: &LocalName) -> bool {
    BLOCKS.contains(name)
}

/// Whether an element says that it is not the article.
fn is_apart(page: &Page, at: usize, keeps: &dyn Fn(usize) -> bool) -> bool {
    let node = &page.nodes[at];
    if matches!(node.name.as_str(), "body" | "html" | "main" | "article") {
        return false;
    }
    if node.name == "figure" {
        // A pulled quotation or a table may be set as a figure; a picture's caption is not the text.
        return !page.nodes[at..node.end].iter().any(|node| matches!(node.name.as_str(), "blockquote" | "table"));
    }
    APART.contains(&node.name.as_str())
        || node.attribute("role").is_some_and(|role| ROLES.contains(&role))
        || (!node.words.is_empty()
            && words::is_junk(&node.words, known(page, at, keeps), matches!(node.name.as_str(), "p" | "h2" | "h3")))
}

/// The words of the nearest element round `at` that is no more apart than its name says: those words mean nothing.
fn known<'p>(page: &'p Page, at: usize, keeps: &dyn Fn(usize) -> bool) -> &'p str {
    let near = page.upward(at).skip(1).take(4).filter(|at| keeps(*at));
    let part = |at: &usize| !matches!(page.nodes[*at].name.as_str(), "html" | "body" | "main" | "article");
    near.filter(part).map(|at| page.nodes[at].words.as_str()).find(|words| !words.is_empty()).unwrap_or_default()
}
