//! XML as a tree, forgiving: unknown entities stay as they are, ends that are missing are put in.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::format::Refusal;

/// Elements in elements, at most.
const DEEPEST: usize = 256;

/// A tree in one list: an element's children follow it.
#[derive(Debug)]
pub(in crate::format) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    /// The name without its prefix; empty for text.
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    /// One past the last node inside.
    end: usize,
}

/// An element in a [`Tree`].
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Element<'t> {
    tree: &'t Tree,
    at: usize,
}

impl Tree {
    /// Reads `text`; the element at the top stands for all of it.
    pub(in crate::format) fn read(text: &str) -> Result<Tree, Refusal> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let top = Node { name: "top".to_owned(), attributes: Vec::new(), text: String::new(), end: 0 };
        let mut building = Building { nodes: vec![top], open: vec![0], in_text: false };
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => building.start(&start)?,
                Ok(Event::Empty(start)) => {
                    building.start(&start)?;
                    building.close();
                }
                Ok(Event::End(end)) => building.end(local(end.name().as_ref())),
                Ok(Event::Text(text)) => building.text(&text.xml10_content()),
                Ok(Event::CData(text)) => building.text(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => building.text(&resolved(&reference)),
                Ok(Event::Eof) => break,
                Ok(_) => (),
                Err(error) => {
                    let place = reader.error_position();
                    return Err(Refusal(format!("is broken XML: {error} at byte {place}")));
                }
            }
        }
        while !building.open.is_empty() {
            building.close();
        }
        Ok(Tree { nodes: building.nodes })
    }

    /// All of it.
    pub(in crate::format) fn top(&self) -> Element<'_> {
        Element { tree: self, at: 0 }
    }
}

struct Building {
    nodes: Vec<Node>,
    open: Vec<usize>,
    /// Whether the last node is a text that goes on: nothing began or ended since.
    in_text: bool,
}

impl Building {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        if self.open.len() > DEEPEST {
            return Err(Refusal(format!("is refused: more than {DEEPEST} elements lie in one another")));
        }
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false).filter_map(Result::ok) {
            let value = attribute.normalized_value(XmlVersion::default());
            let value = value.unwrap_or_else(|_| attribute.value.clone()).into_owned();
            attributes.push((local(attribute.key.as_ref()).to_owned(), value));
        }
        self.in_text = false;
        self.open.push(self.nodes.len());
        let name = local(start.name().as_ref()).to_owned();
        self.nodes.push(Node { name, attributes, text: String::new(), end: 0 });
        Ok(())
    }

    /// Ends the innermost element of that name, and those in it.
    fn end(&mut self, name: &str) {
        let Some(depth) = self.open.iter().skip(1).rposition(|at| self.nodes[*at].name == name) else { return };
        while self.open.len() > depth + 1 {
            self.close();
        }
    }

    fn close(&mut self) {
        self.in_text = false;
        if let Some(at) = self.open.pop() {
            self.nodes[at].end = self.nodes.len();
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(last) = self.nodes.last_mut().filter(|_| self.in_text) {
            last.text.push_str(text);
            return;
        }
        self.nodes.push(Node { name: String::new(), attributes: Vec::new(), text: text.to_owned(), end: 0 });
        self.in_text = true;
    }
}

/// The character or text that a reference stands for; itself where nobody knows it.
fn resolved(reference: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Cow::Owned(character.to_string());
    }
    let name = reference.xml10_content();
    resolve_html5_entity(&name).map_or_else(|| Cow::Owned(format!("&{name};")), Cow::Borrowed)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Elements that end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "hl1",
    "hl2",
    "hl3",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "tr",
    "block",
    "div",
    "table",
    "ul",
    "ol",
    "blockquote",
    "bq",
    "pre",
    "body",
    "paragraph",
    "para",
];

impl<'t> Element<'t> {
    fn node(self) -> &'t Node {
        &self.tree.nodes[self.at]
    }

    /// Its name without a prefix.
    pub(in crate::format) fn name(self) -> &'t str {
        &self.node().name
    }

    /// An attribute of it, by its name without a prefix.
    pub(in crate::format) fn attribute(self, name: &str) -> Option<&'t str> {
        self.node().attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements right in it.
    pub(in crate::format) fn children(self) -> impl Iterator<Item = Element<'t>> {
        let end = self.node().end;
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            while at < end {
                let element = Element { tree: self.tree, at };
                at = element.node().end.max(at + 1);
                if !element.name().is_empty() {
                    return Some(element);
                }
            }
            None
        })
    }

    /// The elements of that name anywhere in it.
    pub(in crate::format) fn all(self, name: &str) -> impl Iterator<Item = Element<'t>> {
        let inside = self.at + 1..self.node().end.max(self.at + 1);
        inside.map(move |at| Element { tree: self.tree, at }).filter(move |element| element.name() == name)
    }

    /// The first element of that name anywhere in it.
    pub(in crate::format) fn first(self, name: &str) -> Option<Element<'t>> {
        self.all(name).next()
    }

    /// The first element of that name right in it.
    pub(in crate::format) fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|element| element.name() == name)
    }

    /// Its text as it stands.
    pub(in crate::format) fn raw(self) -> String {
        self.tree.nodes[self.at..self.node().end.max(self.at + 1)].iter().map(|node| node.text.as_str()).collect()
    }

    /// Its text on one line.
    pub(in crate::format) fn line(self) -> String {
        let mut text = String::new();
        for node in &self.tree.nodes[self.at..self.node().end.max(self.at + 1)] {
            if BLOCKS.contains(&node.name.as_str()) || node.name == "br" {
                text.push(' ');
            }
            text.push_str(&node.text);
        }
        let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }

    /// Its text in paragraphs: one for each block; rows of tables on lines of their own.
    pub(in crate::format) fn prose(self) -> String {
        self.prose_of(&[], None)
    }

    /// The same without what lies in elements of certain names; of text, all, or only what lies in elements called `only`.
    pub(in crate::format) fn prose_of(self, left_out: &[&str], only: Option<&str>) -> String {
        let mut prose = Prose::default();
        let mut ends: Vec<usize> = Vec::new();
        let end = self.node().end.max(self.at + 1);
        let mut at = self.at;
        while at < end {
            if ends.iter().any(|end| *end <= at) {
                prose.close(false);
                ends.retain(|end| *end > at);
            }
            let element = Element { tree: self.tree, at };
            let node = element.node();
            let name = node.name.as_str();
            at += 1;
            if left_out.contains(&name) {
                at = node.end.max(at);
            } else if matches!(name, "tr" | "table-row") {
                prose.close(false);
                let cells = element.children().filter(|cell| matches!(cell.name(), "td" | "th" | "tc" | "table-cell"));
                let cells = cells.map(|cell| cell.prose_of(left_out, only).replace("\n\n", " "));
                prose.text = cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ");
                prose.close(true);
                at = node.end.max(at);
            } else if BLOCKS.contains(&name) {
                prose.close(false);
                ends.push(node.end);
            } else if matches!(name, "br" | "tab" | "s" | "line-break" | "cr") {
                prose.text.push(' ');
            } else if only.is_none() {
                prose.text.push_str(&node.text);
            } else if only == Some(name) {
                prose.text.push_str(&element.raw());
                at = node.end.max(at);
            }
        }
        prose.close(false);
        prose.whole
    }
}

/// A text on its way, paragraph by paragraph.
#[derive(Default)]
struct Prose {
    whole: String,
    text: String,
    after_row: bool,
}

impl Prose {
    /// Ends the paragraph, or the row of a table.
    fn close(&mut self, is_row: bool) {
        let words: Vec<&str> =
            self.text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            if !self.whole.is_empty() {
                self.whole.push_str(if self.after_row && is_row { "\n" } else { "\n\n" });
            }
            self.whole.push_str(&words.join(" "));
            self.after_row = is_row;
        }
        self.text.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(text: &str) -> String {
        Tree::read(text).unwrap().top().prose()
    }

    #[test]
    fn blocks_are_paragraphs() {
        assert_eq!(prose("<a><p>One <b>two</b></p> <p>three&amp;&nbsp;four</p></a>"), "One two\n\nthree&\u{a0}four");
    }

    #[test]
    fn what_is_not_closed_or_not_known_stays_readable() {
        assert_eq!(prose("<a><p>One<p>two &what; AT&T</a></b>"), "One\n\ntwo &what; AT&T");
    }

    #[test]
    fn text_behind_an_element_is_not_part_of_it() {
        assert_eq!(prose("<a><p>x</p>tail<p>y</p></a>"), "x\n\ntail\n\ny");
        let tree = Tree::read("<a><b>two</b> three</a>").unwrap();
        assert_eq!(tree.top().first("b").unwrap().line(), "two");
    }

    #[test]
    fn rows_are_lines() {
        assert_eq!(
            prose("<t><p>x</p><tr><td><p>a</p></td><td>b</td></tr><tr><td>c</td></tr><p>y</p></t>"),
            "x\n\na | b\nc\n\ny"
        );
    }

    #[test]
    fn prefixes_do_not_matter() {
        let tree = Tree::read("<x:a xml:lang='de'><dc:creator>Nora</dc:creator><y/></x:a>").unwrap();
        let a = tree.top().child("a").unwrap();
        assert_eq!(a.attribute("lang"), Some("de"));
        assert_eq!(a.child("creator").unwrap().line(), "Nora");
        assert!(a.child("nobody").is_none());
        assert_eq!(a.children().count(), 2);
    }

    #[test]
    fn depth_is_limited() {
        let deep = "<a>".repeat(DEEPEST + 2);
        assert!(Tree::read(&deep).unwrap_err().0.contains("in one another"));
    }
}
