//! The words of documents on their way into the index.

/// Words, one stretch after the other; a word is the number of a term.
#[derive(Debug, Default)]
pub(in crate::index::local) struct Words {
    words: Vec<Word>,
    /// Where the current stretch begins.
    from: usize,
}

/// Which words a document has in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index::local) struct Stretch {
    from: u32,
    to: u32,
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
        Words { words: Vec::with_capacity(words), from: 0 }
    }

    /// Adds a word to the current stretch.
    pub(in crate::index::local) fn push(&mut self, word: Word) {
        self.words.push(word);
    }

    /// Ends the current stretch.
    pub(in crate::index::local) fn end(&mut self) -> Stretch {
        let stretch = Stretch { from: small(self.from), to: small(self.words.len()) };
        self.from = self.words.len();
        stretch
    }

    /// The words of a stretch of them.
    pub(super) fn of(&self, stretch: Stretch) -> &[Word] {
        self.words.get(stretch.from as usize..stretch.to as usize).unwrap_or_default()
    }

    /// All words so far.
    pub(in crate::index::local) fn all(&self) -> &[Word] {
        &self.words
    }
}

/// There are fewer words than that.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
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
    fn a_stretch_has_what_was_added_since_the_last_one() {
        let word = |term| Word::new(term, 0, 0);
        let mut words = Words::default();
        let none = words.end();
        words.push(word(1));
        let one = words.end();
        words.push(word(2));
        words.push(word(3));
        let two = words.end();
        assert_eq!([none, one, two].map(|stretch| words.of(stretch).len()), [0, 1, 2]);
        assert_eq!((words.of(one), words.of(two)), (&[word(1)][..], &[word(2), word(3)][..]));
    }
}
