//! What a question finds, segment by segment, in no order of worth.

use std::borrow::Cow;
use std::cmp::Reverse;

use crossbeam_channel::Receiver;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentId;
use tantivy::query::{EnableScoring, Query, TermQuery, Weight};
use tantivy::{DocId, Searcher, Term};

use super::Found;
use crate::index::local::union::{Part, Union};

/// See the module.
pub(super) struct Finder<'a> {
    searcher: &'a Searcher,
    weight: Box<dyn Weight>,
    /// The words of which any is sought, where nothing else is.
    words: Vec<Term>,
    /// What was found, where that was listed.
    listed: Option<Vec<Found>>,
    /// What the search tells of, and about how much that is.
    told: Option<(Receiver<Part>, u64)>,
}

impl<'a> Finder<'a> {
    /// For what `query` finds.
    pub(super) fn new(searcher: &'a Searcher, query: &dyn Query) -> tantivy::Result<Finder<'a>> {
        // The same as any of one word.
        let word = query.downcast_ref().map(|word: &TermQuery| Union::new(vec![word.term().clone()]));
        let union = word.as_ref().or_else(|| query.downcast_ref());
        let sought: &dyn Query = union.map_or(query, |union| union);
        let weight = sought.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let words = union.map_or_else(Vec::new, |union| union.terms().to_vec());
        Ok(Finder { searcher, weight, words, listed: None, told: None })
    }

    /// Hears of everything from a search that goes on meanwhile: about so much.
    pub(super) fn hear(&mut self, told: Receiver<Part>, about: u64) {
        self.told = Some((told, about));
    }

    /// What a search tells of, unless all was listed, and about how much that is.
    pub(super) fn told(&self) -> Option<(&Receiver<Part>, u64)> {
        self.told.as_ref().filter(|_| self.listed.is_none()).map(|(told, about)| (told, *about))
    }

    /// The number of a segment, and which of its documents there still are.
    pub(super) fn segment(&self, id: SegmentId) -> Option<(usize, Option<&AliveBitSet>)> {
        let mut readers = self.searcher.segment_readers().iter().enumerate();
        let (segment, reader) = readers.find(|(_, reader)| reader.segment_id() == id)?;
        Some((segment, reader.alive_bitset()))
    }

    /// The numbers of all segments, the largest first.
    pub(super) fn largest_first(&self) -> Vec<usize> {
        let readers = self.searcher.segment_readers();
        let mut segments: Vec<usize> = (0..readers.len()).collect();
        segments.sort_by_key(|segment| Reverse(readers[*segment].max_doc()));
        segments
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> u64 {
        self.searcher.segment_readers().iter().map(|reader| u64::from(reader.max_doc())).sum()
    }

    /// About how many documents of all segments have to be gone through, by one of them. What asks for more than words is
    /// taken for much: to know better costs as much as is saved.
    pub(super) fn cost(&self, segment: usize) -> tantivy::Result<u64> {
        if let Some(listed) = &self.listed {
            return Ok(listed.iter().map(|(_, docs)| docs.len() as u64).sum());
        }
        if self.words.is_empty() {
            return Ok(u64::MAX);
        }
        let reader = &self.searcher.segment_readers()[segment];
        let mut cost: u64 = 0;
        for word in &self.words {
            cost += u64::from(reader.inverted_index(word.field())?.doc_freq(word)?);
        }
        Ok(cost.saturating_mul(self.documents()) / u64::from(reader.max_doc().max(1)))
    }

    /// Gives `take` all documents found in a segment, in order, some at a time.
    pub(super) fn each(&self, segment: usize, take: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        if let Some(listed) = &self.listed {
            take(&listed[segment].1);
            return Ok(());
        }
        let reader = &self.searcher.segment_readers()[segment];
        let Some(alive) = reader.alive_bitset() else { return self.weight.for_each_no_score(reader, take) };
        let mut living: Vec<DocId> = Vec::new();
        self.weight.for_each_no_score(reader, &mut |found| {
            living.clear();
            living.extend(found.iter().copied().filter(|doc| alive.is_alive(*doc)));
            take(&living);
        })
    }

    /// All that is found.
    pub(super) fn all(&self) -> tantivy::Result<Cow<'_, [Found]>> {
        if let Some(listed) = &self.listed {
            return Ok(Cow::Borrowed(listed));
        }
        let of_segment = |segment| {
            let mut docs: Vec<DocId> = Vec::new();
            self.each(segment, &mut |found| docs.extend_from_slice(found))?;
            Ok((u32::try_from(segment).unwrap_or(u32::MAX), docs))
        };
        let found = (0..self.searcher.segment_readers().len()).map(of_segment);
        Ok(Cow::Owned(found.collect::<tantivy::Result<_>>()?))
    }

    /// Lists all that is found, so that it is not looked for again.
    pub(super) fn list(&mut self) -> tantivy::Result<&mut Vec<Found>> {
        let found = self.all()?.into_owned();
        Ok(self.listed.insert(found))
    }
}
