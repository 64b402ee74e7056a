//! A page as a flat list of its nodes in order: what every reader of it walks over.

use std::sync::LazyLock;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use rustc_hash::FxHashSet;

use super::lines;
use super::tree::{Data, LIMITS, ROOT, Tree};
use super::words;
use crate::format::Refusal;

/// Attributes that somebody reads.
pub(super) const ATTRIBUTES: &[&str] = &[
    "content",
    "name",
    "property",
    "itemprop",
    "datetime",
    "href",
    "rel",
    "lang",
    "role",
    "title",
    "type",
    "http-equiv",
    "pubdate",
    "data-testid",
    "data-component",
    "data-timestamp",
    "data-datetime",
    "data-published",
    "value",
];

/// The most steps that walking over a page may cost: for each node, as many as there are elements round it.
const MOST_STEPS: usize = 10_000_000;

/// More bytes of an element's text are not looked at where it is taken for a title, a name or a date.
const LONGEST_TEXT: usize = 4096;

/// Elements that hold no text for readers.
static SILENT: LazyLock<FxHashSet<LocalName>> = LazyLock::new(|| {
    let names = [
        "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas", "select", "textarea",
        "audio", "video", "map", "datalist",
    ];
    names.into_iter().map(LocalName::from).collect()
});

/// A parsed page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its nodes in order; node 0 is the root.
    pub(super) nodes: Vec<Node>,
    /// Name in lower case and value of every `meta` element that says something.
    pub(super) metas: Vec<(String, String)>,
}

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node {
    /// The element that holds it.
    pub(super) parent: usize,
    /// One past its last descendant.
    pub(super) end: usize,
    /// The element's name in lower case; empty for a text.
    pub(super) name: Name,
    /// The text.
    pub(super) text: StrTendril,
    /// Those attributes that are read.
    attributes: Vec<(String, String)>,
    /// The words of class and id.
    pub(super) words: String,
    /// Whether nobody sees it.
    pub(super) hidden: bool,
    /// Whether it begins and ends a line.
    pub(super) is_block: bool,
}

/// The name of an element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name(LocalName);

impl Name {
    /// As text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is that of a text.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Node {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Page {
    /// Parses `html`. Walks without recursion, so that no nesting can exhaust the stack.
    pub(super) fn new(html: &str) -> Result<Page, Refusal> {
        let tree = Tree::parse(html, &LIMITS)?;
        let mut page = Page { nodes: Vec::with_capacity(tree.len()), metas: Vec::new() };
        // Each open element: its place here, and its next sibling in the tree.
        let mut open: Vec<(usize, Option<usize>)> = Vec::new();
        let mut next = Some(ROOT);
        let mut steps = 0;
        while let Some(at) = next {
            let parent = open.last().map_or(0, |(at, _)| *at);
            let (data, child) = tree.take(at);
            steps += open.len();
            if steps > MOST_STEPS {
                return Err(Refusal("would take too long to read: too much of it is nested too deep".to_owned()));
            }
            next = tree.after(at);
            if page.add(data, parent) && child.is_some() {
                open.push((page.nodes.len() - 1, next));
                next = child;
            }
            while next.is_none()
                && let Some((at, after)) = open.pop()
            {
                page.nodes[at].end = page.nodes.len();
                next = after;
            }
        }
        Ok(page)
    }

    /// Adds a node, and says whether its children are to be added.
    fn add(&mut self, data: Data, parent: usize) -> bool {
        let at = self.nodes.len();
        match data {
            Data::Document => self.nodes.push(blank(parent, at)),
            Data::Text(text) => self.nodes.push(Node { text, ..blank(parent, at) }),
            Data::Element { name, .. } if SILENT.contains(&name.local) => return false,
            Data::Element { name, attributes, .. } => {
                let is_block = lines::is_block(&name.local);
                let mut node = Node { name: Name(name.local), is_block, ..blank(parent, at) };
                for attribute in &attributes {
                    read_attribute(&mut node, &attribute.name.local, &attribute.value);
                }
                if node.name == "meta" {
                    self.metas.extend(meta(&node));
                }
                self.nodes.push(node);
            }
            Data::Other => return false,
        }
        true
    }

    /// The text below a node, blanks folded.
    pub(super) fn text(&self, at: usize) -> String {
        let mut text = String::new();
        for node in &self.nodes[at..self.nodes[at].end] {
            let end = node.text.floor_char_boundary(LONGEST_TEXT.saturating_sub(text.len()));
            text.push_str(&node.text[..end]);
            if end < node.text.len() {
                break;
            }
            if node.name == "br" {
                text.push(' ');
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Places of the elements called `name`.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = usize> {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.name == name).map(|(at, _)| at)
    }

    /// The element `at` and those that hold it, from the inside out.
    pub(super) fn upward(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |at| (*at > 0).then(|| self.nodes[*at].parent))
    }
}

/// Name and value of a `meta` element.
fn meta(node: &Node) -> Option<(String, String)> {
    let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| node.attribute(name))?;
    let value = node.attribute("content").filter(|value| !value.trim().is_empty())?;
    Some((name.trim().to_ascii_lowercase(), value.to_owned()))
}

fn blank(parent: usize, at: usize) -> Node {
    Node {
        parent,
        end: at + 1,
        name: Name::default(),
        text: StrTendril::new(),
        attributes: Vec::new(),
        words: String::new(),
        hidden: false,
        is_block: false,
    }
}

fn read_attribute(node: &mut Node, name: &str, value: &str) {
    match name {
        "class" | "id" => words::split(value, &mut node.words),
        "hidden" => node.hidden = true,
        "style" => {
            let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            node.hidden |= style.contains("display:none") || style.contains("visibility:hidden");
        }
        _ if ATTRIBUTES.contains(&name) => node.attributes.push((name.to_owned(), value.to_owned())),
        _ => (),
    }
}
