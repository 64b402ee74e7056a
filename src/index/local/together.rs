//! Words that must stand together: within a window, in one sentence, in one paragraph, in the lead.
//!
//! Tantivy's phrase query knows only words in order. This one reads the positions of each part, and the marks that
//! the exact tokenizer left where sentences and paragraphs begin.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use super::fields::norms;
use super::tokens::{PARAGRAPH, SENTENCE};

/// Words that must follow each other, each with its distance from the first.
pub(super) type Run = Vec<(u32, Term)>;

/// Where the parts must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// The first and the last no further apart than this many words.
    Window(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
    /// In the first paragraph of the text.
    Lead,
}

impl Zone {
    /// The mark that bounds it.
    fn mark(self) -> Option<&'static str> {
        match self {
            Zone::Window(_) => None,
            Zone::Sentence => Some(SENTENCE),
            Zone::Paragraph | Zone::Lead => Some(PARAGRAPH),
        }
    }
}

/// Documents in which every part stands in the zone with the others.
#[derive(Debug, Clone)]
pub(super) struct Together {
    /// The field with positions and marks.
    pub(super) field: Field,
    /// For each part the runs of words that it can be.
    pub(super) parts: Vec<Vec<Run>>,
    /// Where they must stand.
    pub(super) zone: Zone,
}

impl Query for Together {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut scores = Vec::new();
        if let EnableScoring::Enabled { statistics_provider, .. } = scoring {
            for part in &self.parts {
                scores.push(self.part_weight(part, statistics_provider)?);
            }
        }
        Ok(Box::new(TogetherWeight { query: self.clone(), scores }))
    }
}

impl Together {
    /// BM25 for a part: as rare as its runs taken together.
    fn part_weight(&self, part: &[Run], statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<Bm25Weight> {
        let documents = statistics.total_num_docs()?;
        let length = statistics.total_num_tokens(self.field)? as Score / documents.max(1) as Score;
        let mut found = 0;
        for run in part {
            let mut rarest = documents;
            for (_, term) in run {
                rarest = rarest.min(statistics.doc_freq(term)?);
            }
            found += rarest;
        }
        Ok(Bm25Weight::for_one_term(found.min(documents), documents, length))
    }
}

struct TogetherWeight {
    query: Together,
    scores: Vec<Bm25Weight>,
}

impl TogetherWeight {
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<TogetherScorer>> {
        let field = self.query.field;
        let index = reader.inverted_index(field)?;
        let postings = |term: &Term| index.read_postings(term, IndexRecordOption::WithFreqsAndPositions);
        let mut parts = Vec::new();
        for part in &self.query.parts {
            let mut runs = Vec::new();
            for run in part {
                let mut words = Vec::new();
                for (offset, term) in run {
                    words.extend(postings(term)?.map(|postings| (*offset, postings)));
                }
                if words.len() == run.len() && !words.is_empty() {
                    runs.push(RunCursor { words });
                }
            }
            if runs.is_empty() {
                return Ok(None);
            }
            parts.push(PartCursor { runs, starts: Vec::new() });
        }
        let marks = match self.query.zone.mark() {
            Some(mark) => postings(&Term::from_field_text(field, mark))?,
            None => None,
        };
        let norms = norms(reader, field)?;
        let scores = self.scores.iter().map(|weight| weight.boost_by(boost)).collect();
        let (zone, bounds) = (self.query.zone, Vec::new());
        let mut scorer = TogetherScorer { parts, zone, marks, bounds, norms, scores, doc: 0, found: 0 };
        scorer.find(0);
        Ok(Some(scorer))
    }
}

impl Weight for TogetherWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        match self.open(reader, boost)? {
            Some(scorer) => Ok(Box::new(scorer)),
            None => Ok(Box::new(EmptyScorer)),
        }
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("words that stand together", scorer.score()))
    }
}

/// A run of words in one segment.
struct RunCursor {
    words: Vec<(u32, SegmentPostings)>,
}

impl RunCursor {
    /// The first document from `target` on that has all the words.
    fn seek(&mut self, target: DocId) -> DocId {
        let mut doc = target;
        loop {
            let mut furthest = doc;
            for (_, postings) in &mut self.words {
                let found = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
                furthest = furthest.max(found);
            }
            if furthest == doc || furthest == TERMINATED {
                return furthest;
            }
            doc = furthest;
        }
    }

    /// Adds the places where the run begins in `doc`.
    fn add_starts(&mut self, doc: DocId, starts: &mut Vec<u32>) {
        if self.words.iter().any(|(_, postings)| postings.doc() != doc) {
            return;
        }
        let mut own: Vec<u32> = Vec::new();
        let mut other: Vec<u32> = Vec::new();
        for (place, (offset, postings)) in self.words.iter_mut().enumerate() {
            if place == 0 {
                postings.positions(&mut own);
                own.retain_mut(|position| position.checked_sub(*offset).map(|start| *position = start).is_some());
            } else {
                postings.positions(&mut other);
                own.retain(|start| other.binary_search(&(start + *offset)).is_ok());
            }
        }
        starts.extend(own);
    }
}

/// A part: any of its runs.
struct PartCursor {
    runs: Vec<RunCursor>,
    starts: Vec<u32>,
}

impl PartCursor {
    fn seek(&mut self, target: DocId) -> DocId {
        self.runs.iter_mut().map(|run| run.seek(target)).min().unwrap_or(TERMINATED)
    }

    /// Reads where the part begins in `doc`, in order.
    fn read(&mut self, doc: DocId) {
        self.starts.clear();
        for run in &mut self.runs {
            run.add_starts(doc, &mut self.starts);
        }
        self.starts.sort_unstable();
        self.starts.dedup();
    }
}

struct TogetherScorer {
    parts: Vec<PartCursor>,
    zone: Zone,
    marks: Option<SegmentPostings>,
    bounds: Vec<u32>,
    norms: FieldNormReader,
    scores: Vec<Bm25Weight>,
    doc: DocId,
    found: u32,
}

impl TogetherScorer {
    /// Moves to the first match from `target` on.
    fn find(&mut self, target: DocId) {
        let mut doc = target;
        loop {
            let mut furthest = doc;
            for part in &mut self.parts {
                furthest = furthest.max(part.seek(doc));
            }
            if furthest == TERMINATED {
                self.doc = TERMINATED;
                return;
            }
            if furthest > doc {
                doc = furthest;
                continue;
            }
            self.found = self.count(doc);
            if self.found > 0 {
                self.doc = doc;
                return;
            }
            doc += 1;
        }
    }

    /// How often the parts stand together in `doc`.
    fn count(&mut self, doc: DocId) -> u32 {
        for part in &mut self.parts {
            part.read(doc);
            if part.starts.is_empty() {
                return 0;
            }
        }
        if let Zone::Window(width) = self.zone {
            return windows(&self.parts, width);
        }
        self.bounds.clear();
        if let Some(marks) = &mut self.marks {
            let at = if marks.doc() < doc { marks.seek(doc) } else { marks.doc() };
            if at == doc {
                marks.positions(&mut self.bounds);
            }
        }
        let zones = |part: &PartCursor| -> Vec<usize> {
            let zone = |start: &u32| self.bounds.partition_point(|bound| bound <= start);
            let mut zones: Vec<usize> = part.starts.iter().map(zone).collect();
            zones.dedup();
            zones
        };
        let mut shared = zones(&self.parts[0]);
        for part in &self.parts[1..] {
            let other = zones(part);
            shared.retain(|zone| other.binary_search(zone).is_ok());
        }
        if self.zone == Zone::Lead {
            shared.retain(|zone| *zone == 1);
        }
        u32::try_from(shared.len()).unwrap_or(u32::MAX)
    }
}

/// How many windows of `width` words hold every part.
fn windows(parts: &[PartCursor], width: u32) -> u32 {
    let mut at = vec![0; parts.len()];
    let mut found = 0;
    loop {
        let starts = parts.iter().zip(&at).map(|(part, at)| part.starts.get(*at).copied());
        let Some(starts) = starts.collect::<Option<Vec<u32>>>() else { return found };
        let (Some(first), Some(last)) = (starts.iter().min(), starts.iter().max()) else { return found };
        if last - first <= width {
            found += 1;
        }
        for (at, start) in at.iter_mut().zip(&starts) {
            if start == first {
                *at += 1;
                break;
            }
        }
    }
}

impl DocSet for TogetherScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.find(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            if target == TERMINATED {
                self.doc = TERMINATED;
            } else {
                self.find(target);
            }
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let size = |part: &PartCursor| -> u32 {
            let rarest =
                |run: &RunCursor| run.words.iter().map(|(_, postings)| postings.size_hint()).min().unwrap_or(0);
            part.runs.iter().map(rarest).fold(0, u32::saturating_add)
        };
        self.parts.iter().map(size).min().unwrap_or(0)
    }
}

impl Scorer for TogetherScorer {
    fn score(&mut self) -> Score {
        let norm = self.norms.fieldnorm_id(self.doc);
        self.scores.iter().map(|weight| weight.score(norm, self.found)).sum()
    }
}
