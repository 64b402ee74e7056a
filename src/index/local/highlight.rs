//! What of a text a question matches: the same answer for snippets, opened articles and quotations.
//!
//! Phrases are marked as phrases, stems and prefixes as the whole words that they stand for, and words of `near/…`
//! and `same/…` only where they do stand together.

use std::ops::Range;

use super::analyzer::{self, chunk_terms, chunks};
use super::fold::{Stemmer, fold};
use super::sieve::Sieve;
use crate::article::Part;
use crate::extract::tokens::{paragraphs, sentences};
use crate::query::{Clause, Node, Query, Unit};
use crate::schema::Field;

/// A stretch of text that matches, and which part of the question it answers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Marks of the same clause share a number.
    pub(super) clause: usize,
}

/// Finds what a question matches in texts.
pub(super) struct Marker {
    tests: Vec<Test>,
    clauses: Vec<Rule>,
    /// Lets through the words that can pass a test.
    sieve: Sieve,
    /// Whether it counts how far words are from each other.
    spaced: bool,
    /// Of the languages besides English that there are articles in.
    stemmers: Vec<Stemmer>,
}

/// How one word of a text is compared.
#[derive(Clone, PartialEq)]
enum Test {
    /// A word of the same stem, in an article in another language by the stem there.
    Stem {
        stem: String,
        others: Vec<(Stemmer, String)>,
    },
    Exact(String),
    Prefix(String),
}

/// Words that follow each other: tests by number, each with its distance from the first.
type Sequence = Vec<(u32, usize)>;

/// One clause of the question that can be seen in a text.
struct Rule {
    /// For each part the sequences that it can be; one part, but for `near/…` and `same/…`.
    parts: Vec<Vec<Sequence>>,
    /// Where the parts must stand.
    bound: Bound,
    /// In which text they are looked for: `None` is in both.
    part: Option<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Anywhere,
    Lead,
    Window(u32),
    Unit(Unit),
}

/// A word of a text that passed a test.
struct Occurrence {
    test: usize,
    position: u32,
    start: usize,
    end: usize,
}

impl Marker {
    /// Prepares for `query`.
    pub(super) fn new(query: &Query, stemmers: &[Stemmer]) -> Marker {
        let stemmers = stemmers.to_vec();
        let mut marker = Marker {
            tests: Vec::new(),
            clauses: Vec::new(),
            sieve: Sieve::of([].into_iter()),
            spaced: false,
            stemmers,
        };
        if let Some(root) = &query.root {
            marker.add(root, None, Bound::Anywhere);
        }
        marker.sieve = Sieve::of(marker.tests.iter().map(Test::word));
        marker.spaced = marker.clauses.iter().any(Rule::is_spaced);
        marker
    }

    /// Whether nothing of the question can be seen in a text.
    pub(super) fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// How many clauses can be seen.
    pub(super) fn clauses(&self) -> usize {
        self.clauses.len()
    }

    fn add(&mut self, node: &Node, part: Option<Part>, bound: Bound) {
        match &node.clause {
            Clause::Word(_) | Clause::Phrase(_) | Clause::Prefix(_) => {
                let parts = vec![self.sequences(node)];
                self.clauses.push(Rule { parts, bound, part });
            }
            Clause::All(nodes) | Clause::Any(nodes) => nodes.iter().for_each(|node| self.add(node, part, bound)),
            Clause::Near { parts, within } => self.add_together(parts, Bound::Window(*within)),
            Clause::Same { parts, unit } => self.add_together(parts, Bound::Unit(*unit)),
            Clause::Within(Field::Title, inner) => self.add(inner, Some(Part::Title), Bound::Anywhere),
            Clause::Within(_, inner) => self.add(inner, Some(Part::Body), Bound::Lead),
            Clause::Not(_) | Clause::Filter(..) | Clause::Dated(_) => (),
        }
    }

    fn add_together(&mut self, parts: &[Node], bound: Bound) {
        let parts = parts.iter().map(|part| self.sequences(part)).collect();
        self.clauses.push(Rule { parts, bound, part: None });
    }

    /// The sequences of words that a leaf can be: with chunks whole, and with chunks in parts.
    fn sequences(&mut self, node: &Node) -> Vec<Sequence> {
        let (text, stemmed) = match &node.clause {
            Clause::Word(word) => (word, true),
            Clause::Phrase(text) => (text, false),
            Clause::Prefix(prefix) => {
                let test = self.test(Test::Prefix(fold(prefix)));
                return vec![vec![(0, test)]];
            }
            Clause::Any(nodes) => return nodes.iter().flat_map(|node| self.sequences(node)).collect(),
            _ => return Vec::new(),
        };
        let mut words: Vec<(u32, u32, String)> = Vec::new();
        analyzer::terms(text, |term| words.push((term.position, term.places, term.text.to_owned())));
        let single = words.iter().all(|(position, ..)| *position == 0);
        let (mut whole, mut apart): (Sequence, Sequence) = (Vec::new(), Vec::new());
        let mut next = 0;
        for (place, (position, places, word)) in words.iter().enumerate() {
            let test = if stemmed && single {
                let stem = Stemmer::default().stem(word).into_owned();
                let others = self.stemmers.iter().map(|other| (*other, other.stem(word).into_owned())).collect();
                Test::Stem { stem, others }
            } else {
                Test::Exact(word.clone())
            };
            let test = self.test(test);
            if *position >= next {
                whole.push((*position, test));
                next = position + places;
            }
            let last_here = words.get(place + 1).is_none_or(|(other, ..)| other > position);
            if *places == 1 && last_here {
                apart.push((*position, test));
            }
        }
        let mut sequences = vec![whole];
        if sequences[0] != apart && !apart.is_empty() {
            sequences.push(apart);
        }
        sequences.retain(|sequence| !sequence.is_empty());
        sequences
    }

    fn test(&mut self, test: Test) -> usize {
        let known = self.tests.iter().position(|other| *other == test);
        known.unwrap_or_else(|| {
            self.tests.push(test);
            self.tests.len() - 1
        })
    }

    /// Everything in `text`, the `part` of an article, that the question matches, in order of place.
    pub(super) fn marks(&self, part: Part, text: &str, language: Option<&str>) -> Vec<Mark> {
        let mut marks = Vec::new();
        if self.is_empty() {
            return marks;
        }
        let occurrences = self.occurrences(text, language);
        if occurrences.is_empty() {
            return marks;
        }
        for (clause, rule) in self.clauses.iter().enumerate() {
            if rule.part.is_none_or(|wanted| wanted == part) {
                let found = rule.find(text, &occurrences);
                marks.extend(found.into_iter().map(|range| Mark { start: range.start, end: range.end, clause }));
            }
        }
        marks.sort_unstable();
        marks
    }

    /// The words of `text` that pass a test, in order; all at the same position where that makes no difference.
    fn occurrences(&self, text: &str, language: Option<&str>) -> Vec<Occurrence> {
        let (mut found, mut folded, mut position) = (Vec::new(), String::new(), 0);
        let mut cut = |chunk, position, folded: &mut String| {
            chunk_terms(text, chunk, position, folded, &mut |term| {
                for (test, rule) in self.tests.iter().enumerate() {
                    if rule.passes(term.text, language) {
                        found.push(Occurrence { test, position: term.position, start: term.start, end: term.end });
                    }
                }
            })
        };
        if self.spaced {
            for chunk in chunks(text) {
                let other = chunk.is_short_word() && !self.sieve.passes(&text.as_bytes()[chunk.start..]);
                position += if other { 1 } else { cut(chunk, position, &mut folded) };
            }
        } else {
            for chunk in self.sieve.chunks(text) {
                cut(chunk, 0, &mut folded);
            }
        }
        found
    }
}

impl Test {
    /// What all words that pass begin with two bytes of.
    fn word(&self) -> &str {
        let (Test::Stem { stem: word, .. } | Test::Exact(word) | Test::Prefix(word)) = self;
        word
    }

    fn passes(&self, folded: &str, language: Option<&str>) -> bool {
        match self {
            Test::Exact(word) => word == folded,
            Test::Prefix(prefix) => folded.starts_with(prefix.as_str()),
            Test::Stem { stem, others } => {
                let stemmer = Stemmer::default();
                let shared = stem.len().min(2);
                let begins = || folded.as_bytes().get(..shared) == stem.as_bytes().get(..shared);
                let mut others = others.iter().filter(|(other, _)| Some(other.language) == language);
                stem == folded
                    || (begins()
                        && (stemmer.stem(folded) == *stem || others.any(|(other, stem)| other.stem(folded) == *stem)))
            }
        }
    }
}

/// Where a part of a rule stands: its first word's place, and its bytes.
type Found = (u32, Range<usize>);

impl Rule {
    /// Whether it asks for words at a distance from each other.
    fn is_spaced(&self) -> bool {
        matches!(self.bound, Bound::Window(_)) || self.parts.iter().flatten().any(|sequence| sequence.len() > 1)
    }

    fn find(&self, text: &str, occurrences: &[Occurrence]) -> Vec<Range<usize>> {
        let parts: Vec<Vec<Found>> = self.parts.iter().map(|part| find_part(part, occurrences)).collect();
        let all = parts.iter().flatten().map(|(_, range)| range.clone());
        match self.bound {
            Bound::Anywhere => all.collect(),
            Bound::Lead => {
                let end = paragraphs(text).first().map_or(0, |lead| lead.end);
                all.filter(|range| range.end <= end).collect()
            }
            Bound::Window(width) => in_windows(&parts, width),
            Bound::Unit(Unit::Sentence) => in_units(&parts, &sentences(text)),
            Bound::Unit(Unit::Paragraph) => in_units(&parts, &paragraphs(text)),
        }
    }
}

/// Where any of `sequences` stands.
fn find_part(sequences: &[Sequence], occurrences: &[Occurrence]) -> Vec<Found> {
    let mut found = Vec::new();
    for sequence in sequences {
        let Some((first_offset, first_test)) = sequence.first() else { continue };
        for head in occurrences.iter().filter(|occurrence| occurrence.test == *first_test) {
            let mut end = head.end;
            let complete = sequence[1..].iter().all(|(offset, test)| {
                let wanted = head.position + offset - first_offset;
                let next = occurrences.iter().find(|other| other.test == *test && other.position == wanted);
                end = next.map_or(end, |next| next.end.max(end));
                next.is_some()
            });
            if complete {
                found.push((head.position, head.start..end));
            }
        }
    }
    found.sort_unstable_by_key(|(position, range)| (*position, range.start, range.end));
    found.dedup();
    found
}

/// The finds that stand in a window of `width` words with one of every other part.
fn in_windows(parts: &[Vec<Found>], width: u32) -> Vec<Range<usize>> {
    let mut at = vec![0; parts.len()];
    let mut found: Vec<Range<usize>> = Vec::new();
    loop {
        let current: Option<Vec<&Found>> = parts.iter().zip(&at).map(|(part, at)| part.get(*at)).collect();
        let Some(current) = current else { return found };
        let positions = current.iter().map(|(position, _)| *position);
        let (Some(first), Some(last)) = (positions.clone().min(), positions.clone().max()) else { return found };
        if last - first <= width {
            found.extend(current.iter().map(|(_, range)| range.clone()));
        }
        match positions.clone().position(|position| position == first) {
            Some(least) => at[least] += 1,
            None => return found,
        }
    }
}

/// The finds that stand in a unit with one of every other part.
fn in_units(parts: &[Vec<Found>], units: &[Range<usize>]) -> Vec<Range<usize>> {
    let unit = |range: &Range<usize>| units.partition_point(|unit| unit.start <= range.start);
    let held = |wanted: usize| parts.iter().all(|part| part.iter().any(|(_, range)| unit(range) == wanted));
    let all = parts.iter().flatten().map(|(_, range)| range.clone());
    all.filter(|range| held(unit(range))).collect()
}

/// Marks as ranges, in order, apart: those that touch or overlap become one.
pub(super) fn merged(marks: &[Mark]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = marks.iter().map(|mark| mark.start..mark.end).collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
