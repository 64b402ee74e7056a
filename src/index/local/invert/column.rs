//! The postings of one field, gathered document by document and inverted in runs.
//!
//! Terms are written down as they come, in one flat list; once it is long, a counting sort makes posting lists of it.
//! This is sort-based inversion (Witten, Moffat and Bell, *Managing Gigabytes*, 1999, chapter 5). It touches memory in
//! order, where a table of growing lists, as in Tantivy's own indexer, misses the cache at nearly every word.
//!
//! Runs are for memory: packed, a posting takes half of what it takes loose, and a sixth of what sorting it takes. A small
//! segment has none. All of it waits to be sorted at once, which costs less than packing and unpacking.

use std::io;
use std::ops::RangeInclusive;

use tantivy::DocId;

use super::postings::{Postings, Take};
use super::runs::{Detail, Draft, Packer, Run, documents};
use super::sort::{Sorted, claim, starts};
use super::terms::Terms;
use super::waiting::{Part, Waiting};

/// How many postings are inverted at once: few enough for the cache to hold them, but so many to each term that going
/// through all terms is little. Tests have terms in many runs.
const RUN: RangeInclusive<usize> = if cfg!(test) { 1 << 5..=1 << 5 } else { 1 << 16..=1 << 20 };
const TO_A_TERM: usize = 4;

/// The postings of so many terms are fetched from memory at once.
const SIDE_BY_SIDE: usize = 16;

/// Where columns put their postings in order, one at a time.
#[derive(Debug)]
pub(super) struct Room {
    sorted: Sorted,
    draft: Draft,
}

impl Room {
    /// Room for the longest run. What is not used of it is never given.
    pub(super) fn new() -> Room {
        Room { sorted: Sorted::with_room(*RUN.end()), draft: Draft::with_room(*RUN.end()) }
    }

    /// Makes room for what still waits of any of `columns`, and for no more: none is added to.
    pub(super) fn fit<'a>(&mut self, columns: impl Iterator<Item = &'a Column>) {
        self.sorted.make_room(columns.map(|column| column.waiting.len()).max().unwrap_or(0));
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.sorted.memory() + self.draft.memory()
    }
}

/// See the module.
#[derive(Debug)]
pub(super) struct Column {
    detail: Detail,
    pub(super) terms: Terms,
    /// The terms as they came, each with its place or weight.
    waiting: Waiting,
    /// How many words waited at once, at most, since there was last made room for them.
    most: usize,
    /// So many may wait before there is any run.
    loose: usize,
    runs: Vec<Run>,
    /// In how many documents of the runs each term is.
    frequencies: Vec<u32>,
    /// Of all documents.
    length: u64,
    packed: usize,
}

impl Column {
    /// An empty one, which keeps so many postings as they came before it packs any.
    pub(super) fn new(detail: Detail, loose: usize) -> Column {
        Column {
            detail,
            terms: Terms::default(),
            // Room that is not used is never given; growing would move what is there time and again.
            waiting: Waiting::with_room(*RUN.start(), detail == Detail::Positions),
            most: 0,
            loose,
            runs: Vec::new(),
            frequencies: Vec::new(),
            length: 0,
            packed: 0,
        }
    }

    /// Begins a document, which has the number `doc` and comes after the last one. One without terms need not begin.
    pub(super) fn begin(&mut self, doc: DocId) {
        self.waiting.begin(doc);
    }

    /// Adds a term of the current document, with its position, or what it counts where positions are not kept.
    pub(super) fn push(&mut self, number: u32, slot: u32) {
        self.waiting.push(number, slot);
    }

    /// Ends the current document, which counts as so long. What waits is put in order in `room` once it is enough.
    pub(super) fn end(&mut self, length: u32, room: &mut Room) {
        self.length += u64::from(length);
        let most = if self.runs.is_empty() { self.loose.max(self.run()) } else { self.run() };
        if self.waiting.len() * 2 > *RUN.start() {
            self.waiting.reserve(most.max(*RUN.end()));
        }
        if self.waiting.len() >= most {
            self.invert(room);
        }
    }

    /// How many postings are inverted at once.
    fn run(&self) -> usize {
        (TO_A_TERM * self.terms.len()).clamp(*RUN.start(), *RUN.end())
    }

    /// Turns what waits into runs. What is too little for one waits on.
    fn invert(&mut self, room: &mut Room) {
        // After the first runs there will not be so much again.
        self.most = if self.waiting.len() > *RUN.end() { 0 } else { self.most.max(self.waiting.len()) };
        let empty = Waiting::with_room(0, self.has_positions());
        let mut waiting = std::mem::replace(&mut self.waiting, empty);
        let cuts = waiting.cuts(self.run());
        for cut in &cuts {
            self.pack(waiting.part(*cut), room);
        }
        waiting.give_up(cuts.last().map_or(0, |(_, end)| *end), *RUN.end());
        self.waiting = waiting;
    }

    /// Makes a run of `part`.
    fn pack(&mut self, part: Part<'_>, room: &mut Room) {
        let sorted = &mut room.sorted;
        sorted.sort(self.terms.len(), part);
        self.frequencies.resize(self.terms.len(), 0);
        let mut packer = Packer::new(part.first(), self.detail, &mut room.draft);
        for (number, frequency) in (0..).zip(&mut self.frequencies) {
            let postings = sorted.of(number);
            if !postings.is_empty() {
                *frequency += packer.term(number, postings);
            }
        }
        let run = packer.finish();
        self.packed += run.memory();
        self.runs.push(run);
    }

    /// What is kept of its terms.
    pub(super) fn detail(&self) -> Detail {
        self.detail
    }

    /// How long all its documents count as.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Whether it keeps where terms stand.
    pub(super) fn has_positions(&self) -> bool {
        self.detail == Detail::Positions
    }

    /// Whether some of it is packed: it is large.
    pub(super) fn is_packed(&self) -> bool {
        !self.runs.is_empty()
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.terms.len() == 0
    }

    /// Makes it ready to be written: puts what still waits in order in `room`, and the terms.
    pub(super) fn prepare(mut self, room: &mut Room) -> Prepared<'_> {
        room.sorted.sort(self.terms.len(), self.waiting.all());
        self.waiting.give_up(self.waiting.len(), 0);
        self.frequencies.resize(self.terms.len(), 0);
        let (ends, places) = self.places();
        let order = self.terms.sorted();
        Prepared { column: self, rest: &room.sorted, order, ends, places }
    }

    /// In which runs each term is, and where in them: where the places of each end, and the places of all terms.
    fn places(&self) -> (Vec<u32>, Vec<(u32, u32)>) {
        let terms = self.runs.iter().flat_map(|run| &run.terms);
        let mut ends = Vec::new();
        starts(&mut ends, self.terms.len(), terms.clone().map(|(number, _)| *number));
        let mut places = vec![(0, 0); terms.count()];
        for (run, of) in (0..).zip(&self.runs) {
            for (number, start) in &of.terms {
                places[claim(&mut ends, *number)] = (run, *start);
            }
        }
        (ends, places)
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        let waiting = self.most.max(self.waiting.len()) * 4;
        self.terms.memory() + waiting + self.packed + self.frequencies.capacity() * 4
    }
}

/// A column that nothing more is added to.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    column: Column,
    /// The postings of the last documents, which are in no run.
    rest: &'a Sorted,
    /// The numbers of the terms, in order of their bytes.
    order: Vec<u32>,
    /// See [`Column::places`].
    ends: Vec<u32>,
    places: Vec<(u32, u32)>,
}

impl Prepared<'_> {
    /// Gives all postings to `to`, in order of their terms.
    pub(super) fn give(self, to: &mut impl Take) -> io::Result<()> {
        let mut postings = Postings::default();
        for numbers in self.order.chunks(SIDE_BY_SIDE) {
            self.fetch(numbers);
            for number in numbers {
                self.term(*number, &mut postings, to)?;
            }
        }
        Ok(())
    }

    /// Gives the postings of a term, by way of `postings`.
    fn term(&self, number: u32, postings: &mut Postings, to: &mut impl Take) -> io::Result<()> {
        let Column { terms, detail, frequencies, runs, .. } = &self.column;
        let (term, last, before) = (terms.term(number), self.rest.of(number), frequencies[number as usize] as usize);
        if before > 0 {
            to.begin(term, before + documents(last, *detail).count())?;
            for (run, start) in self.places_of(number) {
                postings.clear();
                runs[*run as usize].unpack(*start, *detail, postings);
                to.add(postings)?;
            }
        }
        postings.clear();
        postings.extend(last, *detail);
        if before == 0 {
            to.begin(term, postings.documents.len())?;
        }
        to.add(postings)
    }

    /// In which runs a term is, and where in them.
    fn places_of(&self, number: u32) -> &[(u32, u32)] {
        let at = number as usize;
        let first = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.places[first as usize..self.ends[at] as usize]
    }

    /// Looks at where the postings of some terms begin. They lie anywhere, and the first look at each waits for memory:
    /// here all wait side by side.
    fn fetch(&self, numbers: &[u32]) {
        let places = numbers.iter().flat_map(|number| self.places_of(*number));
        let looked = places.fold(0u8, |sum, (run, start)| sum ^ self.column.runs[*run as usize].first(*start));
        let rest = numbers.iter().filter_map(|number| self.rest.of(*number).first());
        std::hint::black_box((looked, rest.fold(0, |sum, (doc, _)| sum ^ doc)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A term, how many documents it is said to be in, and those that it is in.
    type Given = (Vec<u8>, usize, Vec<(DocId, u32)>);

    #[derive(Default)]
    struct Taken(Vec<Given>);

    impl Take for Taken {
        fn begin(&mut self, term: &[u8], documents: usize) -> io::Result<()> {
            self.0.push((term.to_vec(), documents, Vec::new()));
            Ok(())
        }

        fn add(&mut self, postings: &Postings) -> io::Result<()> {
            self.0.last_mut().unwrap().2.extend(&postings.documents);
            Ok(())
        }
    }

    /// What a column gives of so many terms, each in documents 0 and 2: of many, the postings are packed.
    fn given(terms: u32) -> Taken {
        let (mut column, mut room, mut taken) = (Column::new(Detail::Presence, 0), Room::new(), Taken::default());
        for doc in [0, 2] {
            column.begin(doc);
            for term in 0..terms {
                let number = column.terms.number(&term.to_be_bytes());
                column.push(number, 1);
            }
            column.end(terms, &mut room);
        }
        column.prepare(&mut room).give(&mut taken).unwrap();
        taken
    }

    #[test]
    fn every_term_is_given_once_with_all_its_documents_whether_they_are_in_runs_or_not() {
        for terms in [0, 3, 20, 40] {
            let expected: Vec<_> =
                (0..terms).map(|term: u32| (term.to_be_bytes().to_vec(), 2, vec![(0, 1), (2, 1)])).collect();
            assert_eq!(given(terms).0, expected);
        }
    }

    #[test]
    fn postings_stay_loose_until_they_are_too_many_and_are_then_packed_run_by_run() {
        let (mut column, mut room) = (Column::new(Detail::Positions, 100), Room::new());
        let number = column.terms.number(b"margin");
        let mut left = Vec::new();
        for doc in 0..14 {
            column.begin(doc);
            (0..10).for_each(|position| column.push(number, position));
            column.end(10, &mut room);
            left.push((column.runs.len(), column.waiting.len()));
        }
        // A document is ten postings and a word that begins it. Each run has three: 32 words are enough.
        assert_eq!(left[8..], [(0, 99), (3, 11), (3, 22), (4, 0), (4, 11), (4, 22)]);
        let mut taken = Taken::default();
        column.prepare(&mut room).give(&mut taken).unwrap();
        let documents = (0..14).map(|doc| (doc, 10)).collect();
        assert_eq!(taken.0, [(b"margin".to_vec(), 14, documents)]);
    }
}
