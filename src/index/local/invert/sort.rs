//! Postings put in order of their terms, by a counting sort.

use tantivy::DocId;

/// A document, and where its postings end among those of several.
pub(super) type Ended = (DocId, u32);

/// The postings of some documents in order of their terms. Kept from one run to the next, whatever column it is of:
/// memory that was just used is quick.
#[derive(Debug)]
pub(super) struct Sorted {
    /// Document, and place or weight, of each.
    postings: Vec<(DocId, u32)>,
    /// Where those of each term end.
    ends: Vec<u32>,
}

impl Sorted {
    /// Nothing, with room for so many postings.
    pub(super) fn with_room(postings: usize) -> Sorted {
        Sorted { postings: Vec::with_capacity(postings), ends: Vec::new() }
    }

    /// Puts `waiting` in order: the term of each posting, with its place or weight. `documents` tells where those of
    /// each document end, counted with so many `before` them; there are so many `terms`.
    pub(super) fn sort(
        &mut self,
        terms: usize,
        waiting: &[(u32, u32)],
        before: usize,
        documents: &[Ended],
    ) {
        starts(&mut self.ends, terms, waiting.iter().map(|(number, _)| *number));
        self.postings.resize(waiting.len().max(self.postings.len()), (0, 0));
        let mut from = 0;
        for (doc, end) in documents {
            let end = *end as usize - before;
            for (number, slot) in &waiting[from..end] {
                self.postings[claim(&mut self.ends, *number)] = (*doc, *slot);
            }
            from = end;
        }
    }

    /// The postings of the term with a number, in order.
    pub(super) fn of(&self, number: u32) -> &[(DocId, u32)] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.postings[start as usize..self.ends[number] as usize]
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.postings.len() * 8 + self.ends.capacity() * 4
    }
}

/// Writes down where the places of each of `terms` numbers begin, when every one of `numbers` gets a place, sorted.
pub(super) fn starts(starts: &mut Vec<u32>, terms: usize, numbers: impl Iterator<Item = u32>) {
    starts.clear();
    starts.resize(terms, 0);
    for number in numbers {
        starts[number as usize] += 1;
    }
    let mut sum = 0;
    for start in starts {
        sum += std::mem::replace(start, sum);
    }
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

    #[test]
    fn postings_are_sorted_by_term_and_stay_in_order_otherwise() {
        let mut sorted = Sorted::with_room(0);
        sorted.sort(4, &[(3, 0), (0, 1), (3, 2), (1, 0), (3, 1)], 10, &[(7, 13), (8, 13), (9, 15)]);
        assert_eq!(
            [0, 1, 2, 3].map(|number| sorted.of(number)),
            [&[(7, 1)][..], &[(9, 0)], &[], &[(7, 0), (7, 2), (9, 1)]]
        );
        sorted.sort(2, &[], 0, &[]);
        assert_eq!([0, 1].map(|number| sorted.of(number).len()), [0, 0]);
    }
}
