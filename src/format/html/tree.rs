//! The tree that the parser builds, and a count of what it costs.
//!
//! Some pages take a parser that follows the standard minutes, for few bytes. What it does shows in what it asks of
//! the tree, so every question is counted, and a page that leads to too many is refused. The count is one of steps
//! and not of seconds, so that a page is read everywhere or nowhere.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use crate::format::Refusal;

/// What a page may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// The deepest nesting. Real pages stay below a hundred; unclosed tags add up in careless ones.
    pub(super) depth: usize,
    /// The most elements and texts.
    pub(super) nodes: usize,
    /// The most steps; real pages take a tenth of that at most.
    pub(super) steps: usize,
}

/// What every page may cost: under a second on a slow machine.
pub(super) const LIMITS: Limits = Limits { depth: 2048, nodes: 250_000, steps: 10_000_000 };

/// About as many bytes of a page make a node.
const BYTES_OF_NODE: usize = 32;

/// What a new node costs, in steps.
const NODE: usize = 10;

/// What a piece of a text costs, in steps: each `&amp;` parts one.
const TEXT: usize = 20;

/// The parser is fed so many bytes at a time; in between, the count is looked at.
const PIECE: usize = 4096;

/// A place in the tree.
pub(super) type Handle = usize;

/// The root of the tree.
pub(super) const ROOT: Handle = 0;

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    /// The root, or what a template holds.
    Document,
    /// An element.
    Element {
        /// Its name.
        name: QualName,
        /// Its attributes.
        attributes: Vec<Attribute>,
        /// Whether HTML may stand in it, foreign as it is.
        holds_html: bool,
    },
    /// A text.
    Text(StrTendril),
    /// What nobody reads: a comment, an instruction.
    Other,
}

#[derive(Debug)]
struct Node {
    data: Data,
    depth: usize,
    parent: Option<Handle>,
    first: Option<Handle>,
    last: Option<Handle>,
    before: Option<Handle>,
    after: Option<Handle>,
}

/// A tree of nodes.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: RefCell<Vec<Node>>,
    steps: Cell<usize>,
    deepest: Cell<usize>,
}

/// An element's name, as the parser asks for it.
#[derive(Debug)]
pub(super) struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Tree {
    /// Parses `html` within `limits`.
    pub(super) fn parse(html: &str, limits: &Limits) -> Result<Tree, Refusal> {
        let nodes = RefCell::new(Vec::with_capacity(html.len() / BYTES_OF_NODE));
        let tree = Tree { nodes, steps: Cell::new(0), deepest: Cell::new(0) };
        tree.create(Data::Document);
        let mut options = ParseOpts::default();
        options.tree_builder.scripting_enabled = false;
        let mut parser = parse_document(tree, options);
        let mut rest = html;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.ceil_char_boundary(PIECE));
            parser.process(piece.into());
            parser.tokenizer.sink.sink.check(limits)?;
            rest = after;
        }
        let tree = parser.finish();
        tree.check(limits)?;
        Ok(tree)
    }

    fn check(&self, limits: &Limits) -> Result<(), Refusal> {
        if self.deepest.get() > limits.depth {
            return Err(Refusal(format!("is nested more than {} elements deep", limits.depth)));
        }
        if self.nodes.borrow().len() > limits.nodes {
            return Err(Refusal(format!("has more than {} elements, the most for one page", limits.nodes)));
        }
        if self.steps.get() > limits.steps {
            return Err(Refusal("would take too long to read: its markup is too tangled".to_owned()));
        }
        Ok(())
    }

    /// What the node at `at` is, which is then taken out of the tree; and its first child.
    pub(super) fn take(&self, at: Handle) -> (Data, Option<Handle>) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[at];
        (std::mem::replace(&mut node.data, Data::Other), node.first)
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// The node after that at `at` under the same parent.
    pub(super) fn after(&self, at: Handle) -> Option<Handle> {
        self.nodes.borrow()[at].after
    }

    fn count(&self, steps: usize) {
        self.steps.set(self.steps.get() + steps);
    }

    fn create(&self, data: Data) -> Handle {
        self.count(NODE);
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { data, depth: 0, parent: None, first: None, last: None, before: None, after: None });
        nodes.len() - 1
    }

    /// Puts `child` under `parent`, before the node `after` or last.
    fn insert(&self, parent: Handle, child: Handle, after: Option<Handle>) {
        self.detach(child);
        let mut nodes = self.nodes.borrow_mut();
        let before = after.map_or(nodes[parent].last, |after| nodes[after].before);
        let depth = nodes[parent].depth + 1;
        self.deepest.set(self.deepest.get().max(depth));
        nodes[child] = Node { parent: Some(parent), before, after, depth, ..take(&mut nodes[child]) };
        match before {
            Some(before) => nodes[before].after = Some(child),
            None => nodes[parent].first = Some(child),
        }
        match after {
            Some(after) => nodes[after].before = Some(child),
            None => nodes[parent].last = Some(child),
        }
    }

    fn detach(&self, at: Handle) {
        self.count(1);
        let mut nodes = self.nodes.borrow_mut();
        let Node { parent, before, after, .. } = nodes[at];
        let Some(parent) = parent else { return };
        match before {
            Some(before) => nodes[before].after = after,
            None => nodes[parent].first = after,
        }
        match after {
            Some(after) => nodes[after].before = before,
            None => nodes[parent].last = before,
        }
        let node = &mut nodes[at];
        (node.parent, node.before, node.after) = (None, None, None);
    }

    /// Puts a node or a text under `parent`, before the node `after` or last; a text goes on with the one before it.
    fn put(&self, parent: Handle, new: NodeOrText<Handle>, after: Option<Handle>) {
        let text = match new {
            NodeOrText::AppendNode(child) => return self.insert(parent, child, after),
            NodeOrText::AppendText(text) => text,
        };
        self.count(TEXT);
        {
            let mut nodes = self.nodes.borrow_mut();
            let before = after.map_or(nodes[parent].last, |after| nodes[after].before);
            if let Some(Data::Text(known)) = before.map(|before| &mut nodes[before].data) {
                known.push_tendril(&text);
                return;
            }
        }
        let child = self.create(Data::Text(text));
        self.insert(parent, child, after);
    }
}

/// A node out of its place.
fn take(node: &mut Node) -> Node {
    let nowhere =
        Node { data: Data::Other, depth: 0, parent: None, first: None, last: None, before: None, after: None };
    std::mem::replace(node, nowhere)
}

impl TreeSink for Tree {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Name {
        self.count(1);
        match &self.nodes.borrow()[*target].data {
            Data::Element { name, .. } => Name(name.clone()),
            _ => Name(QualName::new(None, Namespace::default(), LocalName::default())),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let holds_html = flags.mathml_annotation_xml_integration_point;
        self.create(Data::Element { name, attributes, holds_html })
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.create(Data::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        self.create(Data::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put(*parent, child, None);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[*element].parent;
        match parent {
            Some(parent) => self.put(parent, child, Some(*element)),
            None => self.put(*before, child, None),
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    /// What a template holds is shown nowhere: it goes under a root of its own.
    fn get_template_contents(&self, _target: &Handle) -> Handle {
        self.create(Data::Document)
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        self.count(1);
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[*sibling].parent;
        if let Some(parent) = parent {
            self.put(parent, new, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, new: Vec<Attribute>) {
        if let Data::Element { attributes, .. } = &mut self.nodes.borrow_mut()[*target].data {
            for attribute in new {
                self.count(attributes.len());
                if attributes.iter().all(|known| known.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        loop {
            let first = self.nodes.borrow()[*node].first;
            let Some(child) = first else { return };
            self.insert(*parent, child, None);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Handle) -> bool {
        matches!(self.nodes.borrow()[*target].data, Data::Element { holds_html: true, .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let limits = Limits { depth: 200, nodes: 10_000, steps: 300_000 };
        let outcome = Tree::parse(html, &limits).map_or_else(|refusal| refusal.0, |_| "read".to_owned());
        assert_eq!(outcome, expected, "{}", &html[..html.len().min(40)]);
    }

    /// `make` for each number below `count`, in a row.
    fn numbered(count: usize, make: fn(usize) -> String) -> String {
        (0..count).map(make).collect()
    }

    #[test]
    fn too_many_elements_are_refused() {
        let refused = "has more than 10000 elements, the most for one page";
        check(&"<i></i>".repeat(10_001), refused);
        check(&"<i></i>".repeat(5000), "read");
        // Each block opens all of the letters again.
        check(
            &format!("<div>{}</div>{}", numbered(150, |at| format!("<b id={at}>")), "<div>x</div>".repeat(150)),
            refused,
        );
    }

    #[test]
    fn tangled_markup_is_refused() {
        let refused = "would take too long to read: its markup is too tangled";
        check(&("<x>".repeat(190) + &"</y>".repeat(2000)), refused);
        check(&("<x>".repeat(190) + &"</y>".repeat(100)), "read");
        check(&"&amp;".repeat(20_000), refused);
        check(&"&amp;".repeat(1000), "read");
    }

    #[test]
    fn hidden_depth_is_refused() {
        let refused = "is nested more than 200 elements deep";
        check(&"<form><div></form>".repeat(300), refused);
        check(&"<b><div></b>".repeat(300), refused);
        check(&("<x>".repeat(50) + &"</y>".repeat(50)).repeat(6), refused);
        check(&"<p><i></i></p>".repeat(300), "read");
    }
}
