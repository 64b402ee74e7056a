//! Phrases, found without reading where their words stand in articles that cannot be among the best.
//!
//! A phrase is in an article at most as often as its rarest word, so that word's frequency bounds the score. Tantivy
//! reads the positions of every article that has all the words; here only those are read that can still be among the
//! best. This is what block-max pruning (Ding and Suel, SIGIR 2011) does for words.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, PhraseQuery, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::fields::norms;
use super::together::Run;

/// Documents that have the words of a run one after the other.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    run: Run,
    inner: PhraseQuery,
}

impl Phrase {
    /// A phrase of at least two words.
    pub(super) fn new(mut run: Run) -> Phrase {
        let first = run[0].0;
        for (offset, _) in &mut run {
            *offset -= first;
        }
        let words = run.iter().map(|(offset, term)| (*offset as usize, term.clone()));
        Phrase { inner: PhraseQuery::new_with_offset(words.collect()), run }
    }
}

impl Query for Phrase {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let terms: Vec<Term> = self.run.iter().map(|(_, term)| term.clone()).collect();
                Some(Bm25Weight::for_terms(statistics_provider, &terms)?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(PhraseWeight { run: self.run.clone(), similarity, inner: self.inner.weight(scoring)? }))
    }
}

struct PhraseWeight {
    run: Run,
    similarity: Option<Bm25Weight>,
    /// Tantivy's own, for everything but the best few.
    inner: Box<dyn Weight>,
}

impl Weight for PhraseWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.inner.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.inner.explain(reader, doc)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let (Some(similarity), Some((_, first))) = (&self.similarity, self.run.first()) else {
            return self.inner.for_each_pruning(threshold, reader, callback);
        };
        let index = reader.inverted_index(first.field())?;
        let norms = norms(reader, first.field())?;
        if let Some(mut search) = Search::open(&self.run, &index, similarity, norms)? {
            search.run(threshold, callback);
        }
        Ok(())
    }
}

/// A word of the phrase in one segment.
struct Word {
    offset: u32,
    /// Documents and frequencies.
    blocks: BlockSegmentPostings,
    /// The same with positions, which are read only where they decide.
    places: SegmentPostings,
}

/// The search for the best documents of one segment.
struct Search<'a> {
    /// The words, the rarest first.
    words: Vec<Word>,
    similarity: &'a Bm25Weight,
    norms: FieldNormReader,
    starts: Vec<u32>,
    other: Vec<u32>,
}

impl<'a> Search<'a> {
    /// Opens the lists of all words; `None` where one is not in the segment.
    fn open(
        run: &Run,
        index: &InvertedIndexReader,
        similarity: &'a Bm25Weight,
        norms: FieldNormReader,
    ) -> tantivy::Result<Option<Search<'a>>> {
        let mut words = Vec::with_capacity(run.len());
        for (offset, term) in run {
            let Some(blocks) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? else { return Ok(None) };
            let places = index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?;
            let Some(places) = places else { return Ok(None) };
            words.push(Word { offset: *offset, blocks, places });
        }
        words.sort_by_key(|word| word.blocks.doc_freq());
        Ok(Some(Search { words, similarity, norms, starts: Vec::new(), other: Vec::new() }))
    }

    fn run(&mut self, mut threshold: Score, callback: &mut dyn FnMut(DocId, Score) -> Score) {
        loop {
            let rarest = &mut self.words[0].blocks;
            let length = rarest.block_len();
            if length == 0 {
                return;
            }
            if rarest.block_max_score(&self.norms, self.similarity) > threshold {
                for at in 0..length {
                    let (doc, frequency) = (self.words[0].blocks.doc(at), self.words[0].blocks.freq(at));
                    let norm = self.norms.fieldnorm_id(doc);
                    if self.similarity.score(norm, frequency) <= threshold {
                        continue;
                    }
                    let Some(bound) = self.rarest(doc, frequency) else { continue };
                    if self.similarity.score(norm, bound) <= threshold {
                        continue;
                    }
                    let found = self.count(doc);
                    let score = self.similarity.score(norm, found);
                    if found > 0 && score > threshold {
                        threshold = callback(doc, score);
                    }
                }
            }
            self.words[0].blocks.advance();
        }
    }

    /// How often the rarest word is in `doc`, which has the first one `frequency` times; `None` where one is missing.
    fn rarest(&mut self, doc: DocId, frequency: u32) -> Option<u32> {
        let mut least = frequency;
        for word in &mut self.words[1..] {
            let at = word.blocks.seek(doc);
            if word.blocks.doc(at) != doc {
                return None;
            }
            least = least.min(word.blocks.freq(at));
        }
        Some(least)
    }

    /// How often the phrase is in `doc`, which has all its words.
    fn count(&mut self, doc: DocId) -> u32 {
        self.starts.clear();
        for (number, word) in self.words.iter_mut().enumerate() {
            if word.places.doc() < doc && word.places.seek(doc) == TERMINATED {
                return 0;
            }
            word.places.positions(&mut self.other);
            let starts = self.other.iter().filter_map(|position| position.checked_sub(word.offset));
            if number == 0 {
                self.starts.extend(starts);
            } else {
                keep_shared(&mut self.starts, starts);
            }
            if self.starts.is_empty() {
                return 0;
            }
        }
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }
}

/// Keeps of `starts` what is among `others`; both ascend.
fn keep_shared(starts: &mut Vec<u32>, mut others: impl Iterator<Item = u32>) {
    let mut other = others.next();
    starts.retain(|start| {
        while other.is_some_and(|other| other < *start) {
            other = others.next();
        }
        other == Some(*start)
    });
}
