//! Postings as they came, most of them in four bytes: memory that is touched for the first time costs more than all that
//! is done with it.

/// The bits of a word that hold a slot: the step from the one before, or the slot itself.
const BITS: u32 = 8;

/// Stands for a slot or a number that is too large: both follow in words of their own.
const LARGE: u32 = (1 << BITS) - 1;

/// The postings of some documents in a row: terms as they came, each with its slot, which is a place or a weight.
#[derive(Debug)]
pub(super) struct Waiting {
    words: Vec<u32>,
    /// Whether slots are places: then they are written as steps.
    steps: bool,
    /// The last slot of the current document.
    last: u32,
}

impl Waiting {
    /// None yet, with room for so many words.
    pub(super) fn with_room(words: usize, steps: bool) -> Waiting {
        Waiting { words: Vec::with_capacity(words), steps, last: 0 }
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

    /// Ends the current document. Returns where the next one begins, in words.
    pub(super) fn end(&mut self) -> usize {
        self.last = 0;
        self.words.len()
    }

    /// Makes room for so many words in all.
    pub(super) fn reserve(&mut self, words: usize) {
        self.words.reserve_exact(words.saturating_sub(self.words.len()));
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Gives up the first words, and room for more than so many words.
    pub(super) fn give_up(&mut self, first: usize, room: usize) {
        if self.words.capacity() > room {
            let mut words = Vec::with_capacity(room);
            words.extend_from_slice(self.words.get(first..).unwrap_or_default());
            self.words = words;
        } else {
            self.words.drain(..first);
        }
    }

    /// Some of its words, which begin and end with a document.
    pub(super) fn part(&self, words: std::ops::Range<usize>) -> Part<'_> {
        Part { words: self.words.get(words).unwrap_or_default(), steps: self.steps }
    }
}

/// Postings of some documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    words: &'a [u32],
    steps: bool,
}

impl<'a> Part<'a> {
    /// Some of its words, which begin and end with a document.
    pub(super) fn part(self, words: std::ops::Range<usize>) -> Part<'a> {
        Part { words: self.words.get(words).unwrap_or_default(), ..self }
    }

    /// Calls `each` with the term and the slot of every posting of a document, which is all of it.
    pub(super) fn document(self, mut each: impl FnMut(u32, u32)) {
        let (mut words, mut last) = (self.words.iter().copied(), 0_u32);
        while let Some(word) = words.next() {
            let low = word & LARGE;
            let (number, slot) = if low < LARGE {
                (word >> BITS, if self.steps { last.wrapping_add(low) } else { low })
            } else {
                (words.next().unwrap_or_default(), words.next().unwrap_or_default())
            };
            last = slot;
            each(number, slot);
        }
    }

    /// Calls `each` with the term of every posting.
    pub(super) fn numbers(self, mut each: impl FnMut(u32)) {
        self.document(|number, _| each(number));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_pushed_is_read(
            documents in prop::collection::vec(
                prop::collection::vec((prop_oneof![0..9_u32, any::<u32>()], prop_oneof![0..600_u32, any::<u32>()]), 0..9),
                0..5,
            ),
            steps in any::<bool>(),
        ) {
            let mut waiting = Waiting::with_room(0, steps);
            let mut ends = vec![0];
            for document in &documents {
                for (number, slot) in document {
                    waiting.push(*number, *slot);
                }
                ends.push(waiting.end());
            }
            let mut numbers = Vec::new();
            for (document, ends) in documents.iter().zip(ends.windows(2)) {
                let mut found = Vec::new();
                waiting.part(0..waiting.len()).part(ends[0]..ends[1]).document(|number, slot| found.push((number, slot)));
                prop_assert_eq!(document, &found);
                numbers.extend(found.into_iter().map(|(number, _)| number));
            }
            let mut all = Vec::new();
            waiting.part(0..waiting.len()).numbers(|number| all.push(number));
            prop_assert_eq!(numbers, all);
        }
    }

    #[test]
    fn most_postings_are_a_word() {
        let mut waiting = Waiting::with_room(0, true);
        waiting.push(7, 100);
        waiting.push((1 << 24) - 1, 354);
        assert_eq!(waiting.len(), 2);
        waiting.push(1 << 24, 355);
        assert_eq!(waiting.len(), 5);
        waiting.push(7, 355 + 255);
        assert_eq!(waiting.len(), 8);
        waiting.give_up(5, 0);
        assert_eq!(waiting.len(), 3);
    }
}
