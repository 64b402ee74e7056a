//! Postings on their way from where they were put in order to where they are written.

use std::io;

use tantivy::DocId;

use super::runs::{Detail, documents};

/// Postings of one term.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Each document, and how often the term counts in it.
    pub(super) documents: Vec<(DocId, u32)>,
    /// Where positions are kept, the distance of each from the one before in the same document.
    pub(super) steps: Vec<u32>,
}

impl Postings {
    /// Gives up all of them, and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.documents.clear();
        self.steps.clear();
    }

    /// Adds all of some documents: the document and the place, or weight, of every time the term is there, in order.
    pub(super) fn extend(&mut self, postings: &[(DocId, u32)], detail: Detail) {
        if detail != Detail::Positions {
            self.documents.extend(documents(postings, detail).map(|document| (document.doc, document.frequency)));
            return;
        }
        self.steps.reserve(postings.len());
        let (mut open, mut last) = (None, 0);
        for (doc, position) in postings {
            let frequency = match open.take() {
                Some((same, frequency)) if same == *doc => frequency + 1,
                other => {
                    self.documents.extend(other);
                    last = 0;
                    1
                }
            };
            open = Some((*doc, frequency));
            self.steps.push(position.wrapping_sub(last));
            last = *position;
        }
        self.documents.extend(open);
    }
}

/// What takes the postings of a field, term by term.
pub(super) trait Take {
    /// Begins the next term, which is in so many documents.
    fn begin(&mut self, term: &[u8], documents: usize) -> io::Result<()>;

    /// Takes some postings of the current term, which come after those before.
    fn add(&mut self, postings: &Postings) -> io::Result<()>;
}
