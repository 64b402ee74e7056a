//! Numbers for what documents have of a field, so that counting is adding to a row of counts.
//!
//! The first stand for the most frequent values. Then come those for so many values that are not among them, from 0 to
//! [`RARE`], and those above stand for lists of numbers, where a document has more than there is room for.

use rustc_hash::FxHashMap;

use super::rows::Rows;

/// The most values without a number of their own that one number stands for.
const RARE: usize = 15;

/// The most values with numbers of their own: few enough that their counts are near at hand, and nearly always enough to
/// tell the most frequent of what is found.
const HEAD: usize = if cfg!(test) { 8 } else { 1 << 13 };

/// There is room for all numbers of a document, but for one document in so many.
const LONG: usize = 16;

/// The most room.
const ROOM: usize = 8;

/// What numbers stand for that are no values: that many rare ones, or, as the first number, none at all.
const KINDS: usize = RARE + 2;
const NONE_AT_ALL: usize = RARE + 1;

/// Numbers that stand for the same where it is no value: were it one, each time that it is counted would have to wait until
/// the one before is written.
const SPREAD: usize = 8;

/// The numbers that stand for no value.
const NO_VALUES: usize = SPREAD * KINDS;

/// What numbers stand for, but for the values.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    /// How many values have numbers of their own.
    head: usize,
    /// Where each list ends.
    ends: Vec<u32>,
    lists: Vec<u32>,
}

/// The numbers of documents.
#[derive(Debug, Clone)]
pub(super) struct Numbered {
    pub(super) numbers: Numbers,
    /// How many there are to each document.
    pub(super) slots: usize,
    /// Those of all documents one after the other, by segment.
    pub(super) of_docs: Vec<Vec<u32>>,
}

/// How often each number was found.
#[derive(Debug)]
pub(super) struct Tally {
    counts: Vec<u32>,
    /// Documents of which no number was counted.
    pub(super) without: usize,
}

impl Numbered {
    /// Those of documents whose values are in `segments`, `values` different ones.
    pub(super) fn of(segments: &[Rows], values: usize) -> Numbered {
        let mut numbers = Numbers { head: values.min(HEAD), ends: Vec::new(), lists: Vec::new() };
        let (slots, mut known) = (numbers.slots(segments), FxHashMap::default());
        let mut of_rows = |rows: &Rows| {
            let (mut cells, mut of_rows) = (Vec::new(), Vec::new());
            for values in rows.of_docs() {
                numbers.cells(values, &mut cells);
                if cells.len() > slots {
                    let list = numbers.list_of(&cells, &mut known);
                    cells.clear();
                    cells.push(list);
                }
                numbers.fill(&mut cells, slots);
                numbers.spread(&mut cells, of_rows.len() / slots.max(1));
                of_rows.extend_from_slice(&cells);
            }
            of_rows
        };
        let of_docs = segments.iter().map(&mut of_rows).collect();
        Numbered { numbers, slots, of_docs }
    }

    /// Those of documents with one of `values` each.
    pub(super) fn one_each(values: usize, of_docs: Vec<Vec<u32>>) -> Numbered {
        Numbered { numbers: Numbers { head: values, ends: Vec::new(), lists: Vec::new() }, slots: 1, of_docs }
    }
}

impl Numbers {
    /// How many numbers there are.
    pub(super) fn how_many(&self) -> usize {
        self.head + NO_VALUES + self.ends.len()
    }

    /// The first number that stands for no value.
    fn none(&self) -> u32 {
        u32::try_from(self.head).unwrap_or(u32::MAX)
    }

    /// Fills `cells` up to `slots`.
    fn fill(&self, cells: &mut Vec<u32>, slots: usize) {
        if cells.is_empty() && slots > 0 {
            cells.extend(u32::try_from(self.head + NONE_AT_ALL));
        }
        cells.resize(slots, self.none());
    }

    /// Puts the numbers that stand for `values` into `cells`.
    fn cells(&self, values: &[u32], cells: &mut Vec<u32>) {
        cells.clear();
        cells.extend(values.iter().filter(|value| **value < self.none()));
        let mut rare = values.len() - cells.len();
        while rare > 0 {
            let some = rare.min(RARE);
            cells.extend(u32::try_from(self.head + some));
            rare -= some;
        }
    }

    /// Has the numbers of no value among the `cells` of a document stand for the same in turn.
    fn spread(&self, cells: &mut [u32], document: usize) {
        for (cell, turn) in cells.iter_mut().zip(document..) {
            if (self.head..self.head + KINDS).contains(&(*cell as usize)) {
                *cell += u32::try_from((turn % SPREAD) * KINDS).unwrap_or_default();
            }
        }
    }

    /// How many numbers to make room for.
    fn slots(&self, segments: &[Rows]) -> usize {
        let (mut cells, mut longer, mut documents) = (Vec::new(), [0_usize; ROOM], 0);
        for values in segments.iter().flat_map(Rows::of_docs) {
            self.cells(values, &mut cells);
            longer.iter_mut().take(cells.len()).for_each(|longer| *longer += 1);
            documents += 1;
        }
        // `longer[n]` have more than `n`.
        let fewest = longer[0].min(1);
        (fewest..ROOM).find(|slots| longer[*slots] * LONG <= documents).unwrap_or(ROOM)
    }

    /// The number of a list.
    fn list_of(&mut self, list: &[u32], known: &mut FxHashMap<Vec<u32>, u32>) -> u32 {
        if let Some(number) = known.get(list) {
            return *number;
        }
        let number = u32::try_from(self.how_many()).unwrap_or(u32::MAX);
        self.lists.extend_from_slice(list);
        self.ends.extend(u32::try_from(self.lists.len()));
        known.insert(list.to_vec(), number);
        number
    }

    /// The list that a number stands for, if it does.
    fn list(&self, number: usize) -> Option<&[u32]> {
        let at = number.checked_sub(self.head + NO_VALUES)?;
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.lists.get(start as usize..end as usize)
    }

    /// Nothing counted yet.
    pub(super) fn nothing(&self) -> Tally {
        Tally { counts: vec![0; self.head + NO_VALUES], without: 0 }
    }

    /// Whether some of them stand for lists. Only the first number of a document does.
    pub(super) fn have_lists(&self) -> bool {
        !self.ends.is_empty()
    }

    /// Adds a number of each of some documents.
    pub(super) fn add(&self, found: impl Iterator<Item = u32>, tally: &mut Tally) {
        let counts = tally.counts.as_mut_slice();
        for number in found {
            match self.list(number as usize) {
                Some(list) => list.iter().for_each(|number| counts[*number as usize] += 1),
                None => counts[number as usize] += 1,
            }
        }
    }
}

impl Tally {
    /// Adds a number of each of some documents: none is a list.
    pub(super) fn add_single(&mut self, found: impl Iterator<Item = u32>) {
        let counts = self.counts.as_mut_slice();
        for number in found {
            counts[number as usize] += 1;
        }
    }

    /// Adds what was counted elsewhere.
    pub(super) fn add(&mut self, other: &Tally) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, other)| *count += other);
        self.without += other.without;
    }

    /// How often each value with a number of its own was found, and how often all values were.
    pub(super) fn values(&self) -> (&[u32], usize) {
        let (values, others) = self.counts.split_at(self.counts.len() - NO_VALUES);
        let rare = (0..KINDS).map(|kind| kind % NONE_AT_ALL).cycle().zip(others);
        let rare = rare.map(|(stands_for, count)| stands_for * *count as usize);
        let all = values.iter().map(|count| *count as usize).sum::<usize>() + rare.sum::<usize>();
        (values, all)
    }

    /// How many documents have no value.
    pub(super) fn without(&self) -> usize {
        let none_at_all = self.counts[self.counts.len() - NO_VALUES..].iter().skip(NONE_AT_ALL).step_by(KINDS);
        self.without + none_at_all.map(|count| *count as usize).sum::<usize>()
    }
}
