//! A page as a flat list of its nodes in order: what every reader of it walks over.

use dom_query::{Document, NodeData, NodeId, NodeRef};

use super::words;

/// Attributes that somebody reads.
const ATTRIBUTES: &[&str] = &[
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

/// Elements that hold no text for readers.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas", "select", "textarea",
    "audio", "video", "map", "datalist",
];

/// A parsed page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its nodes in order; node 0 is the root.
    pub(super) nodes: Vec<Node>,
    /// Name in lower case and value of every `meta` element that says something.
    pub(super) metas: Vec<(String, String)>,
    /// The JSON-LD blocks.
    pub(super) linked: Vec<String>,
}

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node {
    /// The element that holds it.
    pub(super) parent: usize,
    /// One past its last descendant.
    pub(super) end: usize,
    /// The element's name in lower case; empty for a text.
    pub(super) name: String,
    /// The text.
    pub(super) text: String,
    /// Those attributes that are read.
    attributes: Vec<(String, String)>,
    /// The words of class and id.
    pub(super) words: String,
    /// Whether nobody sees it.
    pub(super) hidden: bool,
}

impl Node {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Page {
    /// Parses `html`. Walks without recursion, so that no nesting can exhaust the stack.
    pub(super) fn new(html: &str) -> Page {
        let document = Document::from(html);
        let mut page = Page::default();
        let mut open: Vec<(usize, NodeId)> = Vec::new();
        let mut next = Some(document.root());
        while let Some(node) = next {
            let parent = open.last().map_or(0, |(at, _)| *at);
            let entered = page.take(&node, parent);
            let child = if entered { node.first_child() } else { None };
            if let Some(child) = child {
                open.push((page.nodes.len() - 1, node.id));
                next = Some(child);
                continue;
            }
            next = page.onward(&node, &mut open);
        }
        page
    }

    /// Takes a node in, and says whether its children are to be.
    fn take(&mut self, node: &NodeRef, parent: usize) -> bool {
        let at = self.nodes.len();
        let taken = node.query_or(None, |tree_node| match &tree_node.data {
            NodeData::Document => Some(blank(parent, at)),
            NodeData::Text { contents } => Some(Node { text: contents.to_string(), ..blank(parent, at) }),
            NodeData::Element(element) => {
                let name = element.name.local.to_string();
                let mut node = Node { name, ..blank(parent, at) };
                for attribute in &element.attrs {
                    read_attribute(&mut node, &attribute.name.local, &attribute.value);
                }
                Some(node)
            }
            _ => None,
        });
        let Some(taken) = taken else { return false };
        if SILENT.contains(&taken.name.as_str()) {
            if taken.attribute("type").is_some_and(|kind| kind.contains("ld+json")) {
                self.linked.push(node.text().to_string());
            }
            return false;
        }
        if taken.name == "meta" {
            self.metas.extend(meta(&taken));
        }
        self.nodes.push(taken);
        true
    }

    /// The node after `node` and its descendants, closing what ends there.
    fn onward<'d>(&mut self, node: &NodeRef<'d>, open: &mut Vec<(usize, NodeId)>) -> Option<NodeRef<'d>> {
        let mut node = *node;
        loop {
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            let (at, id) = open.pop()?;
            self.nodes[at].end = self.nodes.len();
            node = NodeRef::new(id, node.tree);
        }
    }

    /// All text below a node, blanks folded.
    pub(super) fn text(&self, at: usize) -> String {
        let mut text = String::new();
        for node in &self.nodes[at..self.nodes[at].end] {
            text.push_str(&node.text);
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
        name: String::new(),
        text: String::new(),
        attributes: Vec::new(),
        words: String::new(),
        hidden: false,
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
