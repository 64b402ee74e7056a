//! A document on its way into the index.

use tantivy::TantivyDocument;
use tantivy::schema::{Document, Field as Id};

/// A document: what Tantivy keeps of it as it is, and the terms of its other fields.
#[derive(Debug, Default)]
pub(in crate::index::local) struct Entry {
    /// Stored values and columns.
    pub(in crate::index::local) kept: TantivyDocument,
    /// What it can be found by.
    pub(in crate::index::local) words: Words,
}

impl Document for Entry {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.kept.iter_fields_and_values()
    }
}

/// The terms of a document, field by field, in order of position.
#[derive(Debug, Default, Clone)]
pub(in crate::index::local) struct Words {
    /// All terms, one after the other.
    text: String,
    terms: Vec<Placed>,
    /// The fields, and where the terms of each end.
    fields: Vec<(Id, usize)>,
}

/// A term of a document.
#[derive(Debug, Clone, Copy)]
struct Placed {
    /// Where its text ends; it begins where that of the term before ends.
    end: u32,
    position: u32,
    /// How much its stem counts; 0 for what has none.
    weight: u32,
}

/// A term as the index reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read<'a> {
    pub(super) text: &'a str,
    pub(super) position: u32,
    pub(super) weight: u32,
}

impl Words {
    /// Adds a term of the current field.
    pub(in crate::index::local) fn push(&mut self, term: &str, position: u32, weight: u32) {
        self.text.push_str(term);
        self.close(position, weight);
    }

    /// Adds a term of the current field: an ASCII word, folded on the way.
    pub(in crate::index::local) fn push_ascii(&mut self, word: &str, position: u32, weight: u32) {
        let start = self.text.len();
        self.text.push_str(word);
        self.text[start..].make_ascii_lowercase();
        self.close(position, weight);
    }

    fn close(&mut self, position: u32, weight: u32) {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.terms.push(Placed { end, position, weight });
    }

    /// Ends the current field, which is `field`. A field comes once.
    pub(in crate::index::local) fn end(&mut self, field: Id) {
        self.fields.push((field, self.terms.len()));
    }

    /// Adds all fields of `other`.
    pub(in crate::index::local) fn append(&mut self, other: &Words) {
        let (text, terms) = (u32::try_from(self.text.len()).unwrap_or(u32::MAX), self.terms.len());
        self.text.push_str(&other.text);
        self.terms.extend(other.terms.iter().map(|term| Placed { end: term.end.saturating_add(text), ..*term }));
        self.fields.extend(other.fields.iter().map(|(field, end)| (*field, end + terms)));
    }

    /// The number of terms so far.
    pub(in crate::index::local) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The term at `place`, with its position.
    pub(in crate::index::local) fn term(&self, place: usize) -> (&str, u32) {
        let start = place.checked_sub(1).map_or(0, |before| self.terms[before].end as usize);
        let Placed { end, position, .. } = self.terms[place];
        (&self.text[start..end as usize], position)
    }

    /// Every field with its terms.
    pub(super) fn fields(&self) -> impl Iterator<Item = (Id, impl Iterator<Item = Read<'_>>)> {
        let mut from = 0;
        self.fields.iter().map(move |(field, end)| {
            let terms = &self.terms[from..*end];
            let mut start = from.checked_sub(1).map_or(0, |before| self.terms[before].end as usize);
            from = *end;
            let read = terms.iter().map(move |term| {
                let end = term.end as usize;
                let text = &self.text[start..end];
                start = end;
                Read { text, position: term.position, weight: term.weight }
            });
            (*field, read)
        })
    }
}
