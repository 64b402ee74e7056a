//! Postings on their way from the thread that puts them in order to the one that writes them.

use std::io;

use tantivy::postings::FieldSerializer;

use super::runs::Detail;

/// A chunk of so many numbers is full. Tests have terms that go on in the next chunk.
const FULL: usize = if cfg!(test) { 1 << 3 } else { 1 << 16 };

/// The postings of some terms in a row. Those of one term may go on in the next chunk.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    /// The terms that begin here, one after the other.
    bytes: Vec<u8>,
    parts: Vec<Part>,
    /// Document, frequency and, where these are kept, distances of positions of each posting.
    numbers: Vec<u32>,
}

/// Some postings of one term.
#[derive(Debug)]
struct Part {
    /// How many.
    documents: u32,
    /// Where the term begins here: where its bytes end, and in how many documents it is in all.
    begins: Option<(usize, u32)>,
}

impl Chunk {
    /// Begins the next term, which is in `documents` documents.
    pub(super) fn begin(&mut self, term: &[u8], documents: u32) {
        self.bytes.extend_from_slice(term);
        self.parts.push(Part { documents: 0, begins: Some((self.bytes.len(), documents)) });
    }

    /// Adds postings of the current term: `put` writes them down and says of how many documents they are.
    pub(super) fn add(&mut self, put: impl FnOnce(&mut Vec<u32>) -> u32) {
        let documents = put(&mut self.numbers);
        match self.parts.last_mut() {
            Some(part) => part.documents += documents,
            None => self.parts.push(Part { documents, begins: None }),
        }
    }

    /// Whether it is time for the next one.
    pub(super) fn is_full(&self) -> bool {
        self.numbers.len() >= FULL
    }
}

/// Writes the postings of one field.
pub(super) struct Pen<'a, 'b> {
    detail: Detail,
    out: &'a mut FieldSerializer<'b>,
    /// Whether a term was begun.
    begun: bool,
}

impl<'a, 'b> Pen<'a, 'b> {
    pub(super) fn new(detail: Detail, out: &'a mut FieldSerializer<'b>) -> Pen<'a, 'b> {
        Pen { detail, out, begun: false }
    }

    /// Writes all of `chunk`, which goes on where the last one ended.
    pub(super) fn write(&mut self, chunk: &Chunk) -> io::Result<()> {
        let (mut from, mut rest) = (0, chunk.numbers.as_slice());
        for part in &chunk.parts {
            if let Some((end, documents)) = part.begins {
                self.end()?;
                self.out.new_term(&chunk.bytes[from..end], documents, self.detail != Detail::Presence)?;
                (self.begun, from) = (true, end);
            }
            for _ in 0..part.documents {
                let &[doc, frequency, ref others @ ..] = rest else { return Err(io::ErrorKind::UnexpectedEof.into()) };
                let positions = if self.detail == Detail::Positions { frequency as usize } else { 0 };
                let (positions, others) = others.split_at(positions);
                self.out.write_doc(doc, frequency, positions);
                rest = others;
            }
        }
        Ok(())
    }

    /// Ends the last term.
    pub(super) fn end(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.begun) { self.out.close_term() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_goes_on_in_the_next_chunk_without_beginning_anew() {
        let mut chunk = Chunk::default();
        chunk.begin(b"net", 9);
        chunk.add(|numbers| {
            numbers.extend([1; FULL]);
            4
        });
        assert!(chunk.is_full());
        let mut next = Chunk::default();
        next.add(|_| 3);
        next.add(|_| 2);
        next.begin(b"qtr", 1);
        let parts =
            |chunk: &Chunk| -> Vec<_> { chunk.parts.iter().map(|part| (part.documents, part.begins)).collect() };
        assert_eq!(parts(&chunk), [(4, Some((3, 9)))]);
        assert_eq!(parts(&next), [(5, None), (0, Some((3, 1)))]);
        assert!(!next.is_full());
    }
}
