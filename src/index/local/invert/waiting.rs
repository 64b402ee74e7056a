//! Postings as they came, most of them in four bytes: memory that is touched for the first time costs more than all that
//! is done with it.

use tantivy::DocId;

/// The bits of a word that hold a slot: the step from the one before, or the slot itself.
const BITS: u32 = 8;

/// Stands for a slot: what the word holds beside it is the step to the document that begins, or nothing where a number
/// or a slot is too large. Both follow in words of their own.
const LARGE: u32 = (1 << BITS) - 1;

/// The longest step to a document in one word.
const FAR: u32 = u32::MAX >> BITS;

/// Before the first document.
const NONE: DocId = DocId::MAX;

/// Marks are about so many words apart. Tests have one at every document.
const APART: usize = if cfg!(test) { 1 } else { 1 << 14 };

/// The postings of some documents in a row: terms as they came, each with its slot, which is a place or a weight.
#[derive(Debug)]
pub(super) struct Waiting {
    words: Vec<u32>,
    /// Whether slots are places: then they are written as steps.
    steps: bool,
    /// The current document.
    doc: DocId,
    /// Its last slot.
    last: u32,
    /// Some of the places where a document begins, the first one among them.
    marks: Vec<Mark>,
}

/// A place where a document begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    at: usize,
    /// The document before.
    before: DocId,
}

impl Waiting {
    /// None yet, with room for so many words.
    pub(super) fn with_room(words: usize, steps: bool) -> Waiting {
        Waiting { words: Vec::with_capacity(words), steps, doc: NONE, last: 0, marks: Vec::new() }
    }

    /// Begins a document, which comes after the last one.
    pub(super) fn begin(&mut self, doc: DocId) {
        if doc == self.doc {
            return;
        }
        let at = self.words.len();
        if self.marks.last().is_none_or(|mark| at >= mark.at + APART) {
            self.marks.push(Mark { at, before: self.doc });
        }
        let mut step = doc.wrapping_sub(self.doc);
        while step > FAR {
            self.words.push(FAR << BITS | LARGE);
            step -= FAR;
        }
        self.words.push(step << BITS | LARGE);
        (self.doc, self.last) = (doc, 0);
    }

    /// Adds a term of the current document.
    pub(super) fn push(&mut self, number: u32, slot: u32) {
        let low = if self.steps { slot.wrapping_sub(self.last) } else { slot };
        self.last = slot;
        if low < LARGE && number >> (u32::BITS - BITS) == 0 {
            self.words.push(number << BITS | low);
        } else {
            self.words.extend([LARGE, number, slot]);
        }
    }

    /// Makes room for so many words in all.
    pub(super) fn reserve(&mut self, words: usize) {
        self.words.reserve_exact(words.saturating_sub(self.words.len()));
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Gives up the words before `end`, where a document begins or there are no more, and room for more than so many.
    pub(super) fn give_up(&mut self, end: usize, room: usize) {
        if self.words.capacity() > room {
            let mut words = Vec::with_capacity(room);
            words.extend_from_slice(self.words.get(end..).unwrap_or_default());
            self.words = words;
        } else {
            self.words.drain(..end);
        }
        self.marks.retain(|mark| mark.at >= end);
        self.marks.iter_mut().for_each(|mark| mark.at -= end);
    }

    /// Cuts the words into parts of `least` words or a little more, each of whole documents: where each begins and ends.
    /// What is too little for a part comes after the last one.
    pub(super) fn cuts(&self, least: usize) -> Vec<(Mark, usize)> {
        let mut cuts = Vec::new();
        let Some((mut from, marks)) = self.marks.split_first() else { return cuts };
        for mark in marks {
            if mark.at - from.at >= least {
                cuts.push((*from, mark.at));
                from = mark;
            }
        }
        if self.words.len() - from.at >= least {
            cuts.push((*from, self.words.len()));
        }
        cuts
    }

    /// The words from a mark up to `end`, where a document begins or there are no more.
    pub(super) fn part(&self, (from, end): (Mark, usize)) -> Part<'_> {
        Part { words: self.words.get(from.at..end).unwrap_or_default(), steps: self.steps, before: from.before }
    }

    /// All words.
    pub(super) fn all(&self) -> Part<'_> {
        let before = self.marks.first().map_or(self.doc, |mark| mark.before);
        Part { words: &self.words, steps: self.steps, before }
    }
}

/// Postings of some documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    words: &'a [u32],
    steps: bool,
    /// The document before them.
    before: DocId,
}

impl Part<'_> {
    /// Calls `each` with the document, the term and the slot of every posting, in order.
    pub(super) fn each(self, mut each: impl FnMut(DocId, u32, u32)) {
        let (mut words, mut doc, mut last) = (self.words.iter().copied(), self.before, 0_u32);
        while let Some(word) = words.next() {
            let (high, low) = (word >> BITS, word & LARGE);
            let (number, slot) = if low < LARGE {
                (high, if self.steps { last.wrapping_add(low) } else { low })
            } else if high > 0 {
                (doc, last) = (doc.wrapping_add(high), 0);
                continue;
            } else {
                (words.next().unwrap_or_default(), words.next().unwrap_or_default())
            };
            last = slot;
            each(doc, number, slot);
        }
    }

    /// No document is before this one.
    pub(super) fn first(self) -> DocId {
        self.before.wrapping_add(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What `parts` hold, one after the other.
    fn read<'a>(parts: impl IntoIterator<Item = Part<'a>>) -> Vec<(DocId, u32, u32)> {
        let mut found = Vec::new();
        parts.into_iter().for_each(|part| part.each(|doc, number, slot| found.push((doc, number, slot))));
        found
    }

    proptest! {
        #[test]
        fn what_was_pushed_is_read(
            documents in prop::collection::vec(
                (
                    prop_oneof![Just(1), 1..1_u32 << 26],
                    prop::collection::vec((prop_oneof![0..9_u32, any::<u32>()], prop_oneof![0..600_u32, any::<u32>()]), 0..9),
                ),
                0..5,
            ),
            steps in any::<bool>(),
            least in 1..20_usize,
        ) {
            let mut waiting = Waiting::with_room(0, steps);
            let (mut doc, mut all) = (NONE, Vec::new());
            for (step, document) in &documents {
                doc = doc.wrapping_add(*step);
                waiting.begin(doc);
                for (number, slot) in document {
                    waiting.push(*number, *slot);
                    all.push((doc, *number, *slot));
                }
            }
            prop_assert_eq!(&read([waiting.all()]), &all);
            let cuts = waiting.cuts(least);
            prop_assert!(cuts.iter().all(|cut| cut.1 - cut.0.at >= least));
            let mut cut = read(cuts.iter().map(|cut| waiting.part(*cut)));
            waiting.give_up(cuts.last().map_or(0, |(_, end)| *end), 0);
            prop_assert!(waiting.len() < least);
            cut.extend(read([waiting.all()]));
            prop_assert_eq!(cut, all);
        }
    }

    #[test]
    fn most_postings_are_a_word_and_so_is_where_a_document_begins() {
        let mut waiting = Waiting::with_room(0, true);
        waiting.begin(0);
        waiting.push(7, 100);
        waiting.push((1 << 24) - 1, 354);
        assert_eq!(waiting.len(), 3);
        waiting.begin(FAR);
        assert_eq!(waiting.len(), 4);
        waiting.push(1 << 24, 355);
        assert_eq!(waiting.len(), 7);
        waiting.push(7, 355 + 255);
        assert_eq!(waiting.len(), 10);
        waiting.give_up(3, 0);
        assert_eq!(waiting.len(), 7);
        assert_eq!(read([waiting.all()]), [(FAR, 1 << 24, 355), (FAR, 7, 610)]);
    }
}
