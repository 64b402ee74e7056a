//! The best hits, in an order that depends on nothing but the documents.
//!
//! Tantivy breaks ties by the address of a document, and that hangs on which thread indexed it. Here a tie in score
//! goes to the newer article, then to the smaller id, then to the earlier place in it.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use jiff::civil::Date;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use super::proximity::{LOOKED_AT, Proximity};
use crate::search::{Recency, Request, Sort};

/// A document and its place in the order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    /// Where it is.
    pub(super) address: DocAddress,
    /// Its score; 0 when not ranked by it.
    pub(super) score: Score,
    /// What words near each other gave to it.
    pub(super) nearness: Score,
}

/// What is compared after the score, within one segment: smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Tie {
    day: u64,
    id: u64,
    at: u64,
}

/// A candidate, ordered so that the greatest is the best.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    score: Score,
    tie: Tie,
    doc: DocId,
    nearness: Score,
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Candidate) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.tie.cmp(&self.tie))
    }
}

/// The columns of one segment that break ties.
pub(super) struct Columns {
    day: Option<Column<u64>>,
    id: Option<StrColumn>,
    at: Option<Column<u64>>,
}

impl Columns {
    /// Those of a segment.
    pub(super) fn open(reader: &SegmentReader) -> Columns {
        let fast = reader.fast_fields();
        let number = |name: &str| fast.column_opt::<u64>(name).ok().flatten();
        Columns { day: number("first"), id: fast.str("place").ok().flatten(), at: number("at") }
    }

    fn tie(&self, doc: DocId, sort: Sort) -> Tie {
        let first = |column: &Option<Column<u64>>| column.as_ref().and_then(|column| column.first(doc));
        let day = match (first(&self.day), sort) {
            (None, _) => u64::MAX,
            (Some(day), Sort::Oldest) => day,
            (Some(day), Sort::Newest | Sort::Relevance) => u64::MAX - 1 - day,
        };
        let id = self.id.as_ref().and_then(|id| id.term_ords(doc).next()).unwrap_or(u64::MAX);
        Tie { day, id, at: self.at(doc) }
    }

    /// What a score is worth at the age of the document. Never more, so that nothing is skipped wrongly.
    fn aged(&self, doc: DocId, score: Score, recency: Option<Recency>) -> Score {
        let Some(recency) = recency else { return score };
        let day = self.day.as_ref().and_then(|column| column.first(doc));
        score * worth(recency, day)
    }

    /// Which of the quotations of its article a quotation is; 0 for an article.
    pub(super) fn at(&self, doc: DocId) -> u64 {
        self.at.as_ref().and_then(|column| column.first(doc)).unwrap_or(0)
    }

    /// The id of the article itself, to compare across segments, where ordinals mean nothing. Empty where it cannot be
    /// read.
    pub(super) fn id(&self, doc: DocId) -> String {
        let mut id = String::new();
        if let Some(column) = &self.id
            && let Some(ord) = column.term_ords(doc).next()
            && column.ord_to_str(ord, &mut id).is_err()
        {
            id.clear();
        }
        id
    }
}

/// How the matches of a question are put in order.
pub(super) struct Ranking<'a> {
    pub(super) searcher: &'a Searcher,
    /// Of every segment.
    pub(super) columns: &'a [Columns],
    pub(super) order: Order,
    pub(super) proximity: Option<Proximity>,
}

impl Ranking<'_> {
    /// The `limit` best matches of `query` after the first `offset`, best first.
    pub(super) fn top(&self, query: &dyn Query, offset: usize, limit: usize) -> tantivy::Result<Vec<Ranked>> {
        let least = if self.proximity.is_some() { LOOKED_AT } else { 0 };
        let all = usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX);
        let wanted = offset.saturating_add(limit).max(least).min(all);
        if limit == 0 || wanted == 0 {
            return Ok(Vec::new());
        }
        let scoring = match self.order.sort {
            Sort::Relevance => EnableScoring::enabled_from_searcher(self.searcher),
            Sort::Newest | Sort::Oldest => EnableScoring::disabled_from_searcher(self.searcher),
        };
        let weight = query.weight(scoring)?;
        let mut best = Best::of(wanted);
        let mut all: Vec<(Candidate, u32)> = Vec::new();
        for (segment, (reader, columns)) in (0..).zip(self.searcher.segment_readers().iter().zip(self.columns)) {
            let found = self.segment_top(reader, weight.as_ref(), columns, &mut best)?;
            all.extend(found.into_iter().map(|candidate| (candidate, segment)));
        }
        self.sort(&mut all);
        if let Some(proximity) = &self.proximity {
            let best = all.len().min(LOOKED_AT);
            self.bring_near_ones_forward(proximity, &mut all[..best])?;
        }
        let ranked = |found: (Candidate, u32)| Ranked {
            address: address(&found),
            score: found.0.score,
            nearness: found.0.nearness,
        };
        Ok(all.into_iter().skip(offset).take(limit).map(ranked).collect())
    }

    /// Adds to the scores of `best` what words near each other give, and puts them in order again.
    fn bring_near_ones_forward(&self, proximity: &Proximity, best: &mut [(Candidate, u32)]) -> tantivy::Result<()> {
        let documents: Vec<DocAddress> = best.iter().map(address).collect();
        for ((candidate, segment), nearness) in best.iter_mut().zip(proximity.scores(self.searcher, &documents)?) {
            candidate.score += self.columns[*segment as usize].aged(candidate.doc, nearness, self.order.recency);
            candidate.nearness = nearness;
        }
        self.sort(best);
        Ok(())
    }

    /// Puts candidates, each with its segment, in order, the best first.
    fn sort(&self, candidates: &mut [(Candidate, u32)]) {
        if self.columns.len() <= 1 {
            candidates.sort_unstable_by_key(|(candidate, _)| Reverse(*candidate));
            return;
        }
        let id = |(candidate, segment): &(Candidate, u32)| self.columns[*segment as usize].id(candidate.doc);
        candidates.sort_by(|left, right| {
            let (one, other) = (left.0, right.0);
            let same = one.score.total_cmp(&other.score).reverse().then(one.tie.day.cmp(&other.tie.day));
            same.then_with(|| id(left).cmp(&id(right))).then(one.tie.at.cmp(&other.tie.at))
        });
    }

    /// The best of one segment, in no order; those that cannot be among the best of all may be missing.
    ///
    /// The threshold given back to the scorer is the floor of what was found so far, so that whole blocks that cannot
    /// reach it are skipped.
    fn segment_top(
        &self,
        reader: &SegmentReader,
        weight: &dyn Weight,
        columns: &Columns,
        best: &mut Best,
    ) -> tantivy::Result<Vec<Candidate>> {
        let Order { sort, recency } = self.order;
        let (wanted, alive, floor) = (best.wanted, reader.alive_bitset(), best.floor());
        let mut heap: BinaryHeap<Reverse<Candidate>> = BinaryHeap::with_capacity(wanted.min(1024) + 1);
        let mut take = |doc: DocId, score: Score| -> Score {
            let score = columns.aged(doc, score, recency);
            if !alive.is_some_and(|alive| alive.is_deleted(doc)) {
                let full = heap.len() >= wanted;
                if !full || heap.peek().is_some_and(|worst| score >= worst.0.score) {
                    best.add(score);
                    heap.push(Reverse(Candidate { score, tie: columns.tie(doc, sort), doc, nearness: 0.0 }));
                    if full {
                        heap.pop();
                    }
                }
            }
            best.floor()
        };
        if sort == Sort::Relevance {
            weight.for_each_pruning(floor, reader, &mut take)?;
        } else {
            weight.for_each_no_score(reader, &mut |docs| {
                for doc in docs {
                    take(*doc, 0.0);
                }
            })?;
        }
        Ok(heap.into_iter().map(|Reverse(candidate)| candidate).collect())
    }
}

fn address((candidate, segment): &(Candidate, u32)) -> DocAddress {
    DocAddress::new(*segment, candidate.doc)
}

/// The order of hits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Order {
    pub(super) sort: Sort,
    pub(super) recency: Option<Recency>,
}

impl Order {
    /// That of `request`.
    pub(super) fn of(request: &Request) -> Order {
        Order { sort: request.sort, recency: request.recency }
    }
}

/// After so many half-lives age makes no difference any more: what is old is ranked by its words again.
const OLDEST: f64 = 6.0;

/// The share that is left of a score of an article published on `day`, as the column has it. One without a date counts
/// as old.
pub(super) fn worth(recency: Recency, day: Option<u64>) -> Score {
    let age = day.and_then(civil).map(|day| recency.today.since(day).map_or(0, |age| age.get_days()).max(0));
    let halvings = age.map_or(OLDEST, |age| f64::from(age) / f64::from(recency.half_life.max(1)));
    #[expect(clippy::cast_possible_truncation, reason = "scores need no more digits")]
    let share = 0.5_f64.powf(halvings.min(OLDEST)) as Score;
    share
}

/// A day from its number, `YYYYMMDD`.
pub(super) fn civil(number: u64) -> Option<Date> {
    let part = |number: u64| i8::try_from(number % 100).ok();
    Date::new(i16::try_from(number / 10_000).ok()?, part(number / 100)?, part(number)?).ok()
}

/// The best scores so far, of all segments.
struct Best {
    wanted: usize,
    scores: BinaryHeap<Reverse<Ordered>>,
}

/// A score that can be compared with any other.
#[derive(Debug, Clone, Copy)]
struct Ordered(Score);

impl PartialEq for Ordered {
    fn eq(&self, other: &Ordered) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Ordered) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Ordered) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Best {
    fn of(wanted: usize) -> Best {
        Best { wanted, scores: BinaryHeap::with_capacity(wanted.min(1024) + 1) }
    }

    fn add(&mut self, score: Score) {
        if self.scores.len() < self.wanted {
            self.scores.push(Reverse(Ordered(score)));
        } else if let Some(mut worst) = self.scores.peek_mut()
            && score > worst.0.0
        {
            *worst = Reverse(Ordered(score));
        }
    }

    /// Just below the worst score among the best: less need not be looked for, and ties still arrive.
    fn floor(&self) -> Score {
        match self.scores.peek() {
            Some(worst) if self.scores.len() >= self.wanted => worst.0.0.next_down(),
            _ => Score::MIN,
        }
    }
}

#[cfg(test)]
mod tests;
