//! Postings on their way from where they were put in order to where they are written.

use tantivy::DocId;

use super::runs::{Detail, documents};

/// A chunk of so many numbers is full. Tests have terms that go on in the next chunk.
const FULL: usize = if cfg!(test) { 1 << 3 } else { 1 << 13 };

/// Postings of one term or of several.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Each document, and how often the term counts in it.
    pub(super) documents: Vec<(DocId, u32)>,
    /// Where positions are kept, the distance of each from the one before in the same document.
    pub(super) steps: Vec<u32>,
}

impl Postings {
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

/// The postings of some terms in a row. Those of one term may go on in the next chunk.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    /// The terms that begin here, one after the other.
    bytes: Vec<u8>,
    parts: Vec<Part>,
    postings: Postings,
}

/// Some postings of one term: where they end.
#[derive(Debug)]
struct Part {
    documents: usize,
    steps: usize,
    /// Where the term begins here: where its bytes end, and in how many documents it is in all.
    begins: Option<(usize, usize)>,
}

/// Some postings of one term.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Where the term begins here: what it is, and in how many documents it is in all.
    pub(super) begins: Option<(&'a [u8], usize)>,
    pub(super) documents: &'a [(DocId, u32)],
    pub(super) steps: &'a [u32],
}

impl Chunk {
    /// Begins the next term, which is in `documents` documents.
    pub(super) fn begin(&mut self, term: &[u8], documents: usize) {
        self.bytes.extend_from_slice(term);
        self.part(Some((self.bytes.len(), documents)));
    }

    /// Begins the next term, of which all that there is is what `put` puts in.
    pub(super) fn whole(&mut self, term: &[u8], put: impl FnOnce(&mut Postings)) {
        let before = self.postings.documents.len();
        put(&mut self.postings);
        self.begin(term, self.postings.documents.len() - before);
    }

    fn part(&mut self, begins: Option<(usize, usize)>) {
        self.parts.push(Part { documents: self.postings.documents.len(), steps: self.postings.steps.len(), begins });
    }

    /// Adds what `put` puts behind the postings of the current term.
    pub(super) fn add(&mut self, put: impl FnOnce(&mut Postings)) {
        put(&mut self.postings);
        let (documents, steps) = (self.postings.documents.len(), self.postings.steps.len());
        match self.parts.last_mut() {
            Some(part) => (part.documents, part.steps) = (documents, steps),
            None => self.part(None),
        }
    }

    /// Whether it is time for the next one.
    pub(super) fn is_full(&self) -> bool {
        2 * self.postings.documents.len() + self.postings.steps.len() >= FULL
    }

    /// What is in it, in order.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let (mut term, mut document, mut step) = (0, 0, 0);
        self.parts.iter().map(move |part| Piece {
            begins: part.begins.map(|(end, all)| (&self.bytes[std::mem::replace(&mut term, end)..end], all)),
            documents: &self.postings.documents[std::mem::replace(&mut document, part.documents)..part.documents],
            steps: &self.postings.steps[std::mem::replace(&mut step, part.steps)..part.steps],
        })
    }

    /// The same memory, with nothing in it.
    pub(super) fn emptied(mut self) -> Chunk {
        self.bytes.clear();
        self.parts.clear();
        self.postings.documents.clear();
        self.postings.steps.clear();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_goes_on_in_the_next_chunk_without_beginning_anew() {
        let mut chunk = Chunk::default();
        chunk.begin(b"net", 9);
        chunk.add(|postings| postings.documents.extend([(1, 1); FULL]));
        assert!(chunk.is_full());
        let term = Some((&b"net"[..], 9));
        let whole: Vec<Piece> = chunk.pieces().collect();
        assert_eq!(whole, [Piece { begins: term, documents: &[(1, 1); FULL], steps: &[] }]);
        let mut next = chunk.emptied();
        next.add(|postings| postings.documents.push((2, 2)));
        next.add(|postings| postings.steps.extend([4, 3]));
        next.begin(b"qtr", 1);
        let pieces: Vec<Piece> = next.pieces().collect();
        assert_eq!(
            pieces,
            [
                Piece { begins: None, documents: &[(2, 2)], steps: &[4, 3] },
                Piece { begins: Some((b"qtr", 1)), documents: &[], steps: &[] }
            ]
        );
        assert!(!next.is_full());
    }
}
