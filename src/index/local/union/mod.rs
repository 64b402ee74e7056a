//! Any of some words, where there are not many articles to look at.
//!
//! Tantivy skips from list to list for whatever can still be among the best (block-max WAND). For frequent words in a
//! small index that costs more than it saves: here the lists are read one after the other, stretch by stretch, into
//! a table of scores (term-at-a-time within a window, as Lucene's `BooleanScorer` does).

mod tell;
mod unscored;

use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, BooleanQuery, EnableScoring, Explanation, Occur, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, Searcher, SegmentReader, TERMINATED, Term};

pub(super) use self::tell::Part;
use self::tell::{Silent, Tell, Teller};
use super::fields::norms;

/// Documents in a window: their scores fit into the nearest cache.
const WINDOW: u32 = 4096;

/// Scores that are looked at together.
const STRETCH: usize = 64;

/// Words with more postings than this in the whole index are left to Tantivy, which need not read them all.
const MOST: u64 = 1 << 17;

/// Documents that have any of some words of one field.
#[derive(Debug, Clone)]
pub(super) struct Union {
    terms: Vec<Term>,
    inner: BooleanQuery,
    /// Who is told by the first search for the best.
    listener: Arc<Mutex<Option<Sender<Part>>>>,
}

impl Union {
    /// Any of `terms`, all of one field.
    pub(super) fn new(terms: Vec<Term>) -> Union {
        let clause = |term: &Term| -> (Occur, Box<dyn Query>) {
            (Occur::Should, Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)))
        };
        Union { inner: BooleanQuery::new(terms.iter().map(clause).collect()), terms, listener: Arc::default() }
    }

    /// The words.
    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The same, which tells all that it finds to a listener while the best are looked for the first time, and how many
    /// documents it has to look at for that; `None` where it does not look at all.
    pub(super) fn told(&self, searcher: &Searcher) -> tantivy::Result<Option<(Union, Receiver<Part>, u64)>> {
        let frequencies = self.terms.iter().map(|term| searcher.doc_freq(term));
        let postings = frequencies.sum::<tantivy::Result<u64>>()?;
        if postings > MOST {
            return Ok(None);
        }
        let (listener, told) = crossbeam_channel::unbounded();
        let listener = Arc::new(Mutex::new(Some(listener)));
        Ok(Some((Union { listener, ..self.clone() }, told, postings)))
    }
}

impl Query for Union {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let (mut words, mut postings) = (Vec::new(), 0);
        if let EnableScoring::Enabled { statistics_provider, .. } = scoring {
            for term in &self.terms {
                postings += statistics_provider.doc_freq(term)?;
                let weight = Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(term))?;
                words.push((term.clone(), weight));
            }
        }
        if postings > MOST {
            words.clear();
        }
        let first = |listener: &Mutex<Option<_>>| listener.lock().unwrap_or_else(PoisonError::into_inner).take();
        let listener = if words.is_empty() { None } else { first(&self.listener) };
        Ok(Box::new(UnionWeight { words, terms: self.terms.clone(), listener, inner: self.inner.weight(scoring)? }))
    }
}

struct UnionWeight {
    /// Empty where nothing is scored, or too much.
    words: Vec<(Term, Bm25Weight)>,
    terms: Vec<Term>,
    listener: Option<Sender<Part>>,
    /// Tantivy's own, for everything but the best few and all without their scores.
    inner: Box<dyn Weight>,
}

impl Weight for UnionWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.inner.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.inner.explain(reader, doc)
    }

    fn for_each_no_score(&self, reader: &SegmentReader, callback: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        // Tantivy's own works the scores out, too.
        unscored::each(reader, &self.terms, callback)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let Some((first, _)) = self.words.first() else {
            return self.inner.for_each_pruning(threshold, reader, callback);
        };
        let index = reader.inverted_index(first.field())?;
        let mut lists = Vec::with_capacity(self.words.len());
        for (term, weight) in &self.words {
            if let Some(list) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? {
                lists.push(List { blocks: list, at: 0, weight });
            }
        }
        let norms = norms(reader, first.field())?;
        match &self.listener {
            None => each_above(&mut lists, &norms, threshold, callback, &mut Silent),
            Some(listener) => {
                let mut teller = Teller::new(listener, reader.segment_id());
                each_above(&mut lists, &norms, threshold, callback, &mut teller);
                teller.end();
            }
        }
        Ok(())
    }
}

/// A word's documents, read from the beginning to the end.
struct List<'a> {
    blocks: BlockSegmentPostings,
    /// The next one of the current block.
    at: usize,
    weight: &'a Bm25Weight,
}

impl List<'_> {
    /// The next document.
    fn doc(&self) -> DocId {
        if self.at < self.blocks.block_len() { self.blocks.doc(self.at) } else { TERMINATED }
    }

    /// Adds the scores of all documents before `end` to those from `start` on. `tell` hears of those that had none.
    fn add(&mut self, start: DocId, end: DocId, norms: &FieldNormReader, scores: &mut [Score], tell: &mut impl Tell) {
        loop {
            let length = self.blocks.block_len();
            let (docs, frequencies) = (self.blocks.docs(), self.blocks.freqs());
            while self.at < length && docs[self.at] < end {
                let (doc, frequency) = (docs[self.at], frequencies[self.at]);
                let score = &mut scores[(doc - start) as usize];
                if *score == 0.0 {
                    tell.found(doc);
                }
                *score += self.weight.score(norms.fieldnorm_id(doc), frequency);
                self.at += 1;
            }
            if length == 0 || self.at < length {
                return;
            }
            self.blocks.advance();
            self.at = 0;
        }
    }
}

/// Calls `callback` with every document that scores more than the threshold, which it raises.
fn each_above(
    lists: &mut [List<'_>],
    norms: &FieldNormReader,
    mut threshold: Score,
    callback: &mut dyn FnMut(DocId, Score) -> Score,
    tell: &mut impl Tell,
) {
    let mut scores: Vec<Score> = vec![0.0; WINDOW as usize];
    loop {
        let start = lists.iter().map(List::doc).min().unwrap_or(TERMINATED);
        if start == TERMINATED {
            return;
        }
        let end = start.saturating_add(WINDOW);
        for list in &mut *lists {
            list.add(start, end, norms, &mut scores, tell);
        }
        tell.pause();
        for (first, scores) in (start..end).step_by(STRETCH).zip(scores.chunks_mut(STRETCH)) {
            // Without a branch for each, so that many are compared at once: few stretches have any that is enough.
            let bound = threshold.max(0.0);
            if scores.iter().fold(0, |any, score| any | u32::from(*score > bound)) > 0 {
                for (doc, score) in (first..end).zip(&*scores) {
                    if *score > threshold && *score > 0.0 {
                        threshold = callback(doc, *score);
                    }
                }
            }
            scores.fill(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::TopDocs;
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, IndexWriter, doc};

    use super::*;

    /// What a listener hears while the best of what has any of `words` are looked for, and how many segments came to an
    /// end; twice.
    fn heard(words: &[&str]) -> Vec<(Vec<DocId>, usize)> {
        let mut schema = Schema::builder();
        let body = schema.add_text_field("body", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for number in 0..10_000 {
            let word = |every: u32, word: &'static str| if number % every == 0 { word } else { "" };
            let text = format!("{} {} other", word(2, "two"), word(3, "three"));
            writer.add_document(doc!(body => text)).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let terms = words.iter().map(|word| Term::from_field_text(body, word)).collect();
        let (union, told, _) = Union::new(terms).told(&searcher).unwrap().unwrap();
        let mut heard = Vec::new();
        for _ in 0..2 {
            assert_eq!(searcher.search(&union, &TopDocs::with_limit(3).order_by_score()).unwrap().len(), 3);
            let parts: Vec<Part> = told.try_iter().collect();
            let ended = parts.iter().filter(|part| part.is_last).count();
            let mut docs: Vec<DocId> = parts.into_iter().flat_map(|part| part.docs).collect();
            docs.sort_unstable();
            heard.push((docs, ended));
        }
        heard
    }

    #[test]
    fn the_first_search_tells_every_document_once() {
        let docs = (0..10_000).filter(|number| number % 2 == 0 || number % 3 == 0).collect();
        assert_eq!(heard(&["two", "three"]), [(docs, 1), (Vec::new(), 0)]);
    }
}
