//! Postings put in order of their terms, by a counting sort.

use tantivy::DocId;

use super::waiting::Part;

/// The postings of some documents in order of their terms. Kept from one run to the next, whatever column it is of:
/// memory that was just used is quick.
#[derive(Debug)]
pub(super) struct Sorted {
    /// Document, and place or weight, of each.
    postings: Vec<(DocId, u32)>,
    /// Room for so many is made at once.
    room: usize,
    /// How many there were at once, at most.
    most: usize,
    /// Where those of each term end.
    ends: Vec<u32>,
}

impl Sorted {
    /// Nothing, with room for so many postings.
    pub(super) fn with_room(postings: usize) -> Sorted {
        Sorted { postings: Vec::new(), room: postings, most: 0, ends: Vec::new() }
    }

    /// Makes room for so many postings at once as soon as there are any.
    pub(super) fn make_room(&mut self, postings: usize) {
        self.room = postings;
    }

    /// Puts `waiting` in order; there are so many `terms`.
    pub(super) fn sort(&mut self, terms: usize, waiting: Part<'_>) {
        self.ends.clear();
        self.ends.resize(terms, 0);
        waiting.each(|_, number, _| self.ends[number as usize] += 1);
        let all = sums(&mut self.ends) as usize;
        self.most = self.most.max(all);
        if self.postings.len() < all {
            // Memory of zeros is given as it is, where growing would write them.
            self.postings = Vec::new();
            self.postings = vec![(0, 0); all.max(self.room)];
        }
        waiting.each(|doc, number, slot| self.postings[claim(&mut self.ends, number)] = (doc, slot));
    }

    /// The postings of the term with a number, in order.
    pub(super) fn of(&self, number: u32) -> &[(DocId, u32)] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.postings[start as usize..self.ends[number] as usize]
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.most * 8 + self.ends.capacity() * 4
    }
}

/// Writes down where the places of each of `terms` numbers begin, when every one of `numbers` gets a place, sorted.
pub(super) fn starts(starts: &mut Vec<u32>, terms: usize, numbers: impl Iterator<Item = u32>) {
    starts.clear();
    starts.resize(terms, 0);
    for number in numbers {
        starts[number as usize] += 1;
    }
    sums(starts);
}

/// Puts the sum of those before it in the place of each number. Returns the sum of all.
fn sums(numbers: &mut [u32]) -> u32 {
    numbers.iter_mut().fold(0, |sum, number| sum + std::mem::replace(number, sum))
}

/// The next free place of `number`. When all are taken, what were the starts are the ends.
pub(super) fn claim(free: &mut [u32], number: u32) -> usize {
    let place = &mut free[number as usize];
    *place += 1;
    *place as usize - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::local::invert::waiting::Waiting;

    #[test]
    fn postings_are_sorted_by_term_and_stay_in_order_otherwise() {
        let (mut sorted, mut waiting) = (Sorted::with_room(0), Waiting::with_room(0, true));
        for (doc, postings) in [(7, &[(3, 0), (0, 1), (3, 2)][..]), (8, &[]), (9, &[(1, 0), (3, 1)])] {
            waiting.begin(doc);
            for (number, slot) in postings {
                waiting.push(*number, *slot);
            }
        }
        sorted.sort(4, waiting.all());
        assert_eq!(
            [0, 1, 2, 3].map(|number| sorted.of(number)),
            [&[(7, 1)][..], &[(9, 0)], &[], &[(7, 0), (7, 2), (9, 1)]]
        );
        sorted.sort(2, Waiting::with_room(0, true).all());
        assert_eq!([0, 1].map(|number| sorted.of(number).len()), [0, 0]);
    }
}
