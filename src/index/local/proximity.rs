//! Words of a question that stand near each other in an article count more.
//!
//! Every two words that follow each other in a question are looked for within a few words of each other, in either
//! order: the unordered windows of the sequential dependence model (Metzler and Croft, 2005). How often they stand so
//! saturates, and the rarer of the two says how much it counts, as with Büttcher, Clarke and Lushman (2006). Only the
//! best by their words are looked at, for positions are read slowly, and nearness moves an article by a few places.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, Term};

use super::fields::Fields;
use super::fold::Stemmer;
use super::terms::{run, same_stem};
use super::tokens::STEM;
use crate::query::{Clause, Node, Query};
use crate::search::{Request, Sort, Target};

/// So many of the best are looked at: two pages.
pub(super) const LOOKED_AT: usize = 20;

/// Words further apart than this are not near each other.
const WINDOW: u32 = 5;

/// What nearness counts at most against the rarer of two words.
const WEIGHT: Score = 0.3;

/// Forms of one word that are looked for, the frequent ones first.
const FORMS: usize = 8;

/// Words whose forms are kept at most.
const KNOWN: usize = 1 << 12;

/// The words of a question whose nearness counts.
#[derive(Debug)]
pub(super) struct Proximity {
    words: Vec<Sought>,
}

/// One of them.
#[derive(Debug)]
struct Sought {
    /// Its forms in the field with positions; none for one of several parts, which is a phrase already.
    forms: Vec<Term>,
    /// Its inverse document frequency, as BM25 has it.
    rarity: Score,
}

/// The forms of words that were asked for: looking for them goes through many other words of the dictionary.
#[derive(Debug, Default)]
pub(super) struct Forms(Mutex<FxHashMap<String, Vec<Term>>>);

impl Forms {
    /// The frequent words of `field`, that of articles, with the stem of `word`.
    fn of(&self, searcher: &Searcher, field: Field, word: &str) -> tantivy::Result<Vec<Term>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(forms) = known.get(word) {
            return Ok(forms.clone());
        }
        let words = same_stem(searcher, field, word, Stemmer::default())?.words;
        let forms: Vec<Term> = words.iter().take(FORMS).map(|word| Fields::term(field, word)).collect();
        if known.len() >= KNOWN {
            known.clear();
        }
        known.insert(word.to_owned(), forms.clone());
        Ok(forms)
    }
}

impl Proximity {
    /// That of a request by relevance with several words in a row; `None` of any other.
    pub(super) fn of(
        searcher: &Searcher,
        fields: &Fields,
        forms: &Forms,
        request: &Request,
    ) -> tantivy::Result<Option<Proximity>> {
        let words = words(&request.query);
        if request.sort != Sort::Relevance || words.len() < 2 {
            return Ok(None);
        }
        let words = words.into_iter().map(|word| Sought::of(searcher, fields, forms, request.target, word));
        Ok(Some(Proximity { words: words.collect::<tantivy::Result<_>>()? }))
    }

    /// What nearness adds to the score of each of `documents`.
    pub(super) fn scores(&self, searcher: &Searcher, documents: &[DocAddress]) -> tantivy::Result<Vec<Score>> {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        order.sort_unstable_by_key(|at| documents[*at]);
        let mut scores = vec![0.0; documents.len()];
        for of_segment in order.chunk_by(|one, other| documents[*one].segment_ord == documents[*other].segment_ord) {
            let reader = searcher.segment_reader(documents[of_segment[0]].segment_ord);
            let docs: Vec<DocId> = of_segment.iter().map(|at| documents[*at].doc_id).collect();
            for (at, score) in of_segment.iter().zip(self.of_segment(reader, &docs)?) {
                scores[*at] = score;
            }
        }
        Ok(scores)
    }

    /// The same for `docs` of one segment, which are in order.
    fn of_segment(&self, reader: &SegmentReader, docs: &[DocId]) -> tantivy::Result<Vec<Score>> {
        let mut scores = vec![0.0; docs.len()];
        let mut before: Option<(&Sought, Vec<Vec<u32>>)> = None;
        for word in &self.words {
            let here = word.read(reader, docs)?;
            if let Some((other, before)) = before {
                let most = WEIGHT * other.rarity.min(word.rarity);
                for ((score, before), here) in scores.iter_mut().zip(&before).zip(&here) {
                    let times = near(before, here) as Score;
                    *score += most * times / (times + 1.0);
                }
            }
            before = Some((word, here));
        }
        Ok(scores)
    }
}

impl Sought {
    fn of(searcher: &Searcher, fields: &Fields, known: &Forms, target: Target, word: &str) -> tantivy::Result<Sought> {
        let found = run(searcher, fields.exact, word)?;
        let folded = match found.as_slice() {
            [(_, term)] => term.value().as_str().unwrap_or_default().to_owned(),
            _ => return Ok(Sought { forms: Vec::new(), rarity: 0.0 }),
        };
        let stem = Stemmer::default().stem(&folded);
        let exact = |text: &str| Fields::term(fields.exact, text);
        let (forms, documents) = match target {
            Target::Articles => {
                (known.of(searcher, fields.exact, &folded)?, searcher.doc_freq(&Fields::term(fields.words, &stem))?)
            }
            Target::Quotes => {
                let forms = vec![exact(&stem), exact(&format!("{STEM}{stem}"))];
                let documents = forms.iter().map(|form| searcher.doc_freq(form)).sum::<tantivy::Result<u64>>()?;
                (forms, documents)
            }
        };
        let (all, documents) = (searcher.num_docs() as Score, documents as Score);
        Ok(Sought { forms, rarity: (1.0 + ((all - documents).max(0.0) + 0.5) / (documents + 0.5)).ln() })
    }

    /// Where it stands in each of `docs`, which are in order.
    fn read(&self, reader: &SegmentReader, docs: &[DocId]) -> tantivy::Result<Vec<Vec<u32>>> {
        let mut places: Vec<Vec<u32>> = vec![Vec::new(); docs.len()];
        let mut own = Vec::new();
        for form in &self.forms {
            let index = reader.inverted_index(form.field())?;
            let read = index.read_postings(form, IndexRecordOption::WithFreqsAndPositions)?;
            let Some(mut postings) = read else { continue };
            for (doc, places) in docs.iter().zip(&mut places) {
                if at(&mut postings, *doc) {
                    postings.positions(&mut own);
                    places.extend_from_slice(&own);
                }
            }
        }
        for places in &mut places {
            places.sort_unstable();
        }
        Ok(places)
    }
}

/// Whether `doc` is among `postings`, which do not go back.
fn at(postings: &mut SegmentPostings, doc: DocId) -> bool {
    postings.doc() <= doc && (postings.doc() == doc || postings.seek(doc) == doc)
}

/// How many of the places of one word are near one of another's; both are in order.
fn near(places: &[u32], others: &[u32]) -> usize {
    let mut next = 0;
    let is_near = |place: &&u32| {
        next += others[next..].iter().take_while(|other| other.saturating_add(WINDOW) < **place).count();
        let mut in_reach = others[next..].iter().take_while(|other| **other <= place.saturating_add(WINDOW));
        in_reach.any(|other| other != *place)
    };
    places.iter().filter(is_near).count()
}

/// The plain words of a question, in order.
fn words(query: &Query) -> Vec<&str> {
    let nodes = match &query.root {
        Some(Node { clause: Clause::All(nodes), .. }) => nodes.as_slice(),
        _ => &[],
    };
    let mut words = Vec::new();
    for node in nodes {
        if let Clause::Word(word) = &node.clause {
            words.push(word.as_str());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::index::local::tests::{TODAY, request};
    use crate::index::{self, Index, WriteOptions};

    #[test]
    fn words_within_the_window_are_near_in_either_order() {
        for (places, others, expected) in [
            (&[10][..], &[15][..], 1),
            (&[10], &[5], 1),
            (&[10], &[4, 16], 0),
            (&[10], &[10], 0),
            (&[10], &[10, 11], 1),
            (&[1, 3, 20, 40], &[4, 35], 3),
            (&[], &[1], 0),
            (&[1], &[], 0),
            (&[u32::MAX], &[u32::MAX - 1], 1),
        ] {
            assert_eq!(near(places, others), expected, "{places:?} {others:?}");
        }
    }

    /// An index of articles and of their only quotations, with the bodies given; each is called by its number.
    fn open(bodies: &[&str]) -> (tempfile::TempDir, Box<dyn Index>) {
        let folder = tempfile::tempdir().unwrap();
        let options = WriteOptions { corpus: "corpus".into(), ..WriteOptions::default() };
        let mut writer = index::open_writer(folder.path(), &options).unwrap();
        for (number, body) in bodies.iter().enumerate() {
            let id = number.to_string();
            let mut article = Article { path: id.clone(), id, body: (*body).to_owned(), ..Article::default() };
            crate::extract::annotate(&mut article, &crate::extract::Context::on(TODAY));
            writer.add(&article).unwrap();
        }
        writer.finish().unwrap();
        let index = index::open(folder.path()).unwrap();
        (folder, index)
    }

    fn found(index: &dyn Index, request: &Request) -> Vec<String> {
        index.search(request).unwrap().hits.into_iter().map(|hit| hit.id).collect()
    }

    const APART: &str =
        "“Copper was dear again this year and we saw that nobody would pay for prices,” Ada Orrin said.";
    const NEAR: &str =
        "“Prices of copper were dear again this year and we saw nobody who would pay for,” Ada Orrin said.";

    #[test]
    fn an_article_with_the_words_near_each_other_comes_first() {
        let (_folder, index) = open(&[APART, NEAR, "“Nothing here is of any weight at all,” Ada Orrin said."]);
        for target in [Target::Articles, Target::Quotes] {
            assert_eq!(found(index.as_ref(), &request("copper prices", target)), ["1", "0"], "{target:?}");
            assert_eq!(found(index.as_ref(), &request("copper price", target)), ["1", "0"], "{target:?}");
            // Asked for one by one they are as good as each other, and the smaller id comes first.
            assert_eq!(found(index.as_ref(), &request("copper", target)), ["0", "1"], "{target:?}");
            assert_eq!(found(index.as_ref(), &request("copper OR prices", target)), ["0", "1"], "{target:?}");
        }
        let newest = Request { sort: Sort::Newest, ..request("copper prices", Target::Articles) };
        assert_eq!(found(index.as_ref(), &newest), ["0", "1"]);
    }

    #[test]
    fn pages_go_on_where_the_last_one_ended() {
        let bodies: Vec<&str> = (0..2 * LOOKED_AT).map(|number| if number % 3 == 0 { NEAR } else { APART }).collect();
        let (_folder, index) = open(&bodies);
        let all = Request { limit: 100, ..request("copper prices", Target::Articles) };
        let whole = found(index.as_ref(), &all);
        assert_eq!(whole.len(), bodies.len());
        let pages = (0..).step_by(7).take_while(|offset| *offset < bodies.len());
        let pages = pages.flat_map(|offset| found(index.as_ref(), &Request { limit: 7, offset, ..all.clone() }));
        assert_eq!(pages.collect::<Vec<_>>(), whole);
    }

    #[test]
    fn what_nearness_gave_is_told() {
        let (_folder, index) = open(&[APART, NEAR]);
        let request = Request { explain: true, ..request("copper prices", Target::Articles) };
        let hits = index.search(&request).unwrap().hits;
        let told = |at: usize| hits[at].explanation.iter().any(|line| line.starts_with("words near each other: "));
        assert!(told(0), "{:?}", hits[0].explanation);
        assert!(!told(1), "{:?}", hits[1].explanation);
    }
}
