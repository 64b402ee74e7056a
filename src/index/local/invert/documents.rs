//! Documents on their way into the index.

use std::iter::Chain;
use std::slice::Iter;
use std::sync::Arc;

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Document, Field as Id, Value};

use super::terms::Terms;
use super::words::{Stretch, Word, Words};

/// Documents that have much in common: an article, which is the last one, and its quotations.
///
/// One piece of memory for each sort of thing and not for each document: most are taken by one thread and given back by
/// another, which costs more than what is done with them.
#[derive(Debug, Default)]
pub(in crate::index::local) struct Documents {
    /// What their words are, so that each is looked up once for all.
    pub(in crate::index::local) terms: Terms,
    /// What they can be found by.
    pub(in crate::index::local) words: Words,
    /// Fields in which all have the same words.
    shared: Vec<(Id, Stretch)>,
    /// Fields in which each has words of its own.
    own: Vec<Id>,
    /// The words of these, document by document for each field.
    stretches: Vec<Stretch>,
    /// Fields that only the last one has.
    last: Vec<(Id, Stretch)>,
    /// Stored values and columns.
    pub(in crate::index::local) kept: Kept,
}

/// A value, and the field that it is of.
type KeptValue = (Id, Place);

/// What Tantivy keeps of documents as it is.
#[derive(Debug, Default)]
pub(in crate::index::local) struct Kept {
    values: Vec<KeptValue>,
    texts: String,
    bytes: Vec<u8>,
    /// Where the values that all have end, and then those of each.
    ends: Vec<usize>,
}

/// A value, or where it lies.
#[derive(Debug, Clone, Copy)]
enum Place {
    Number(u64),
    Text(usize, usize),
    Bytes,
}

/// About as many fields as documents share, and have each for itself.
const FIELDS: usize = 8;

impl Documents {
    /// None, with room for those of an article with so many quotations, which have so many words.
    pub(in crate::index::local) fn of_article(quotes: usize, words: usize) -> Documents {
        Documents {
            terms: Terms::of_article(),
            words: Words::with_room(words),
            shared: Vec::with_capacity(FIELDS),
            own: Vec::with_capacity(FIELDS),
            stretches: Vec::with_capacity(FIELDS * (quotes + 1)),
            ..Documents::default()
        }
    }

    /// The documents of which `kept` is all there is.
    pub(in crate::index::local) fn only(kept: Kept) -> Documents {
        Documents { kept, ..Documents::default() }
    }

    /// Ends the words that all have in `field`.
    pub(in crate::index::local) fn share(&mut self, field: Id) {
        let stretch = self.words.end();
        self.shared.push((field, stretch));
    }

    /// Ends the words that only the last one has in `field`.
    pub(in crate::index::local) fn of_last(&mut self, field: Id) {
        let stretch = self.words.end();
        self.last.push((field, stretch));
    }

    /// Begins a field in which each has words of its own, given one document after the other.
    pub(in crate::index::local) fn begin(&mut self, field: Id) {
        self.own.push(field);
    }

    /// Ends the words of a document in that field.
    pub(in crate::index::local) fn end(&mut self) {
        let stretch = self.words.end();
        self.stretches.push(stretch);
    }

    /// Gives the next document the words `stretch` in that field.
    pub(in crate::index::local) fn give(&mut self, stretch: Stretch) {
        self.stretches.push(stretch);
    }

    /// Gives the next document the same words as the one before.
    pub(in crate::index::local) fn again(&mut self) {
        self.stretches.extend(self.stretches.last().copied());
    }

    /// How many there are.
    pub(in crate::index::local) fn count(&self) -> usize {
        self.kept.ends.len().saturating_sub(1)
    }

    /// The words of one of them, field by field.
    pub(super) fn fields(&self, at: usize) -> impl Iterator<Item = (Id, &[Word])> {
        let count = self.count();
        let last = if at + 1 == count { self.last.as_slice() } else { &[] };
        let own = self.own.iter().copied().zip(self.stretches.iter().copied().skip(at).step_by(count.max(1)));
        let fields = self.shared.iter().chain(last).copied().chain(own);
        fields.map(|(field, stretch)| (field, self.words.of(stretch)))
    }
}

impl Kept {
    /// Nothing, with room for texts of so many bytes and so many values.
    pub(in crate::index::local) fn with_room(bytes: usize, values: usize) -> Kept {
        Kept { values: Vec::with_capacity(values), texts: String::with_capacity(bytes), ..Kept::default() }
    }

    /// Adds a number to the current document.
    pub(in crate::index::local) fn number(&mut self, field: Id, number: u64) {
        self.values.push((field, Place::Number(number)));
    }

    /// Adds a text to it.
    pub(in crate::index::local) fn text(&mut self, field: Id, text: &str) {
        let from = self.texts.len();
        self.texts.push_str(text);
        self.values.push((field, Place::Text(from, self.texts.len())));
    }

    /// Adds bytes to it, of which one document at most has any.
    pub(in crate::index::local) fn bytes(&mut self, field: Id, bytes: Vec<u8>) {
        self.bytes = bytes;
        self.values.push((field, Place::Bytes));
    }

    /// Ends what all have, and then one document after the other.
    pub(in crate::index::local) fn end(&mut self) {
        self.ends.push(self.values.len());
    }

    /// The values of one of the documents.
    fn of(&self, at: usize) -> Values<'_> {
        let end = |at: usize| self.ends.get(at).copied().unwrap_or(0);
        let [shared, own] = [0..end(0), end(at)..end(at + 1)].map(|place| self.values.get(place).unwrap_or_default());
        Values { kept: self, values: shared.iter().chain(own) }
    }

    fn value(&self, place: Place) -> Borrowed<'_> {
        match place {
            Place::Number(number) => Borrowed::Number(number),
            Place::Text(from, to) => Borrowed::Text(self.texts.get(from..to).unwrap_or_default()),
            Place::Bytes => Borrowed::Bytes(&self.bytes),
        }
    }
}

/// A document in the queue of Tantivy's indexer, which makes room for forty thousand: hence a small one.
#[derive(Debug, Clone)]
pub(in crate::index::local) struct Queued {
    /// The documents of which it is one.
    pub(super) of: Arc<Documents>,
    /// Which one it is.
    pub(super) at: usize,
}

impl Queued {
    /// All `documents`, in order.
    pub(in crate::index::local) fn all(documents: &Arc<Documents>) -> impl Iterator<Item = Queued> {
        (0..documents.count()).map(|at| Queued { of: Arc::clone(documents), at })
    }
}

impl Document for Queued {
    type Value<'a> = Borrowed<'a>;
    type FieldsValuesIter<'a> = Values<'a>;

    fn iter_fields_and_values(&self) -> Values<'_> {
        self.of.kept.of(self.at)
    }
}

/// The values that are kept of a document.
#[derive(Debug)]
pub(in crate::index::local) struct Values<'a> {
    kept: &'a Kept,
    values: Chain<Iter<'a, KeptValue>, Iter<'a, KeptValue>>,
}

impl<'a> Iterator for Values<'a> {
    type Item = (Id, Borrowed<'a>);

    fn next(&mut self) -> Option<(Id, Borrowed<'a>)> {
        let (field, place) = self.values.next()?;
        Some((*field, self.kept.value(*place)))
    }
}

/// A value that is kept.
#[derive(Debug, Clone, Copy)]
pub(in crate::index::local) enum Borrowed<'a> {
    Number(u64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> for Borrowed<'a> {
    type ArrayIter = std::iter::Empty<Borrowed<'a>>;
    type ObjectIter = std::iter::Empty<(&'a str, Borrowed<'a>)>;

    fn as_value(&self) -> ReferenceValue<'a, Borrowed<'a>> {
        ReferenceValue::Leaf(match *self {
            Borrowed::Number(number) => ReferenceValueLeaf::U64(number),
            Borrowed::Text(text) => ReferenceValueLeaf::Str(text),
            Borrowed::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_document_has_what_all_have_and_its_own() {
        let [id, text, path] = [0, 1, 2].map(Id::from_field_id);
        let mut all = Documents::of_article(2, 0);
        let push = |all: &mut Documents, term| all.words.push(Word::new(term, 0, 0));
        push(&mut all, 7);
        all.share(path);
        all.begin(text);
        push(&mut all, 1);
        push(&mut all, 2);
        all.end();
        all.again();
        all.end();
        push(&mut all, 9);
        all.of_last(id);
        all.kept.text(path, "a.txt");
        all.kept.end();
        for number in 0..3 {
            all.kept.number(id, number);
            all.kept.end();
        }
        let shown: Vec<String> = Queued::all(&Arc::new(all)).map(|document| show(&document)).collect();
        let expected = [
            "2: 7, 1: 1 2; 2 Text(\"a.txt\"), 0 Number(0)",
            "2: 7, 1: 1 2; 2 Text(\"a.txt\"), 0 Number(1)",
            "2: 7, 0: 9, 1: ; 2 Text(\"a.txt\"), 0 Number(2)",
        ];
        assert_eq!(shown, expected);
    }

    fn show(document: &Queued) -> String {
        let fields = document.of.fields(document.at).map(|(field, words)| {
            let words: Vec<String> = words.iter().map(|word| word.term.to_string()).collect();
            format!("{}: {}", field.field_id(), words.join(" "))
        });
        let values = document.iter_fields_and_values().map(|(field, value)| format!("{} {value:?}", field.field_id()));
        [fields.collect::<Vec<_>>().join(", "), values.collect::<Vec<_>>().join(", ")].join("; ")
    }
}
