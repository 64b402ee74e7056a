//! A document on its way into the index.

use std::sync::Arc;

use tantivy::TantivyDocument;
use tantivy::schema::{Document, Field as Id};

use super::terms::Terms;

/// A document: what Tantivy keeps of it as it is, and the terms of its other fields.
#[derive(Debug, Default)]
pub(in crate::index::local) struct Entry {
    /// Stored values and columns.
    pub(in crate::index::local) kept: TantivyDocument,
    /// What it can be found by.
    pub(in crate::index::local) words: Words,
    /// The terms that these are, shared by an article and its quotations, so that each is looked up once for all.
    pub(in crate::index::local) terms: Arc<Terms>,
}

/// A document in the queue of Tantivy's indexer, which makes room for forty thousand: hence a small one.
#[derive(Debug)]
pub(in crate::index::local) struct Queued(pub(super) Box<Entry>);

impl From<Entry> for Queued {
    fn from(entry: Entry) -> Queued {
        Queued(Box::new(entry))
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.0.kept.iter_fields_and_values()
    }
}

/// About as many fields as a document has.
const FIELDS: usize = 16;

/// The words of a document, field by field, in order of position; a word is the number of a term.
#[derive(Debug, Default, Clone)]
pub(in crate::index::local) struct Words {
    words: Vec<Word>,
    /// The fields, and where the words of each end.
    fields: Vec<(Id, usize)>,
}

/// A word of a document: which term it is, where it stands, counted in words, and how much its stem counts. Eight bytes,
/// for one thread writes them and another reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index::local) struct Word {
    /// Which term it is.
    pub(in crate::index::local) term: u32,
    /// The position, and the weight in the lowest bits.
    place: u32,
}

/// Bits of a weight. The rest are enough for the words of 500 MB of text; what lies beyond stands at the last place.
const WEIGHT: u32 = 4;

impl Word {
    /// A word; a weight of 0 is of what has no stem.
    pub(in crate::index::local) fn new(term: u32, position: u32, weight: u32) -> Word {
        let (last, most) = (u32::MAX >> WEIGHT, (1 << WEIGHT) - 1);
        Word { term, place: position.min(last) << WEIGHT | weight.min(most) }
    }

    /// Where it stands.
    pub(in crate::index::local) fn position(self) -> u32 {
        self.place >> WEIGHT
    }

    /// How much its stem counts.
    pub(in crate::index::local) fn weight(self) -> u32 {
        self.place & ((1 << WEIGHT) - 1)
    }
}

impl Words {
    /// No words, with room for so many.
    pub(in crate::index::local) fn with_room(words: usize) -> Words {
        Words { words: Vec::with_capacity(words), fields: Vec::with_capacity(FIELDS) }
    }

    /// Adds a word of the current field.
    pub(in crate::index::local) fn push(&mut self, word: Word) {
        self.words.push(word);
    }

    /// Ends the current field, which is `field`. A field comes once.
    pub(in crate::index::local) fn end(&mut self, field: Id) {
        self.fields.push((field, self.words.len()));
    }

    /// Adds all fields of `other`.
    pub(in crate::index::local) fn append(&mut self, other: &Words) {
        let before = self.words.len();
        self.words.extend_from_slice(&other.words);
        self.fields.extend(other.fields.iter().map(|(field, end)| (*field, end + before)));
    }

    /// Adds the last field of `other`, if it has one.
    pub(in crate::index::local) fn again(&mut self, other: &Words) {
        let Some(((field, end), before)) = other.fields.split_last() else { return };
        let from = before.last().map_or(0, |(_, end)| *end);
        self.words.extend_from_slice(&other.words[from..*end]);
        self.end(*field);
    }

    /// All words so far.
    pub(in crate::index::local) fn all(&self) -> &[Word] {
        &self.words
    }

    /// Every field with its words.
    pub(super) fn fields(&self) -> impl Iterator<Item = (Id, &[Word])> {
        let mut from = 0;
        self.fields.iter().map(move |(field, end)| (*field, &self.words[std::mem::replace(&mut from, *end)..*end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_tells_its_place_and_weight_as_far_as_they_go() {
        for (position, weight) in [(0, 0), (7, 3), (u32::MAX >> WEIGHT, 15)] {
            let word = Word::new(9, position, weight);
            assert_eq!((word.term, word.position(), word.weight()), (9, position, weight));
        }
        let far = Word::new(9, u32::MAX, 16);
        assert_eq!((far.position(), far.weight()), (u32::MAX >> WEIGHT, 15));
    }

    #[test]
    fn the_last_field_of_another_document_is_added_and_no_other() {
        let [title, ticker] = [0, 1].map(Id::from_field_id);
        let word = |term| Word::new(term, 0, 0);
        let (mut words, mut other) = (Words::default(), Words::default());
        words.again(&other);
        assert_eq!(words.fields().count(), 0);
        words.push(word(1));
        words.end(title);
        other.push(word(2));
        other.end(title);
        other.push(word(3));
        other.push(word(4));
        other.end(ticker);
        words.again(&other);
        let fields: Vec<_> = words.fields().collect();
        assert_eq!(fields, [(title, &[word(1)][..]), (ticker, &[word(3), word(4)])]);
    }
}
