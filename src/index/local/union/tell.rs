//! What is found, told while the best of it are looked for: who counts all need not look for it again.

use crossbeam_channel::Sender;
use tantivy::DocId;
use tantivy::index::SegmentId;

/// So many documents are told at once, and a window more at most.
const PART: usize = 1024;

/// Some of the documents of a segment that have any of the words, deleted ones too. Each comes once, in no order.
#[derive(Debug)]
pub(in crate::index::local) struct Part {
    pub(in crate::index::local) segment: SegmentId,
    pub(in crate::index::local) docs: Vec<DocId>,
    /// Whether no other comes of this segment.
    pub(in crate::index::local) is_last: bool,
}

/// Tells of documents.
pub(super) trait Tell {
    /// A document was found.
    fn found(&mut self, doc: DocId);

    /// All of a window were.
    fn pause(&mut self);
}

/// Tells nobody.
pub(super) struct Silent;

impl Tell for Silent {
    fn found(&mut self, _: DocId) {}

    fn pause(&mut self) {}
}

/// Tells all of a segment to a listener.
pub(super) struct Teller<'a> {
    listener: &'a Sender<Part>,
    segment: SegmentId,
    docs: Vec<DocId>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(listener: &'a Sender<Part>, segment: SegmentId) -> Teller<'a> {
        Teller { listener, segment, docs: Vec::with_capacity(2 * PART) }
    }

    /// Nothing more comes of this segment.
    pub(super) fn end(mut self) {
        self.tell(true);
    }

    fn tell(&mut self, is_last: bool) {
        let docs = std::mem::replace(&mut self.docs, Vec::with_capacity(2 * PART));
        // Who does not listen any more need not be told.
        drop(self.listener.send(Part { segment: self.segment, docs, is_last }));
    }
}

impl Tell for Teller<'_> {
    fn found(&mut self, doc: DocId) {
        self.docs.push(doc);
    }

    fn pause(&mut self) {
        if self.docs.len() >= PART {
            self.tell(false);
        }
    }
}
