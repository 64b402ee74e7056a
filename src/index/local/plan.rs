//! From a question to a Tantivy query.

use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, InvertedIndexRangeQuery, Occur, Query as Plan, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field as Id, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::document::{UNDATED, number};
use super::fields::Fields;
use super::fold::{Stemmer, fold};
use super::phrase::Phrase;
use super::terms::{Expansion, MOST_WORDS, expand, run, same_stem};
use super::together::{Run, Together, Zone};
use super::tokens::STEM;
use super::union::Union;
use crate::query::{Clause, Days, Node, Note, Query, Unit};
use crate::schema::{Field, Kind, normal_symbol, short_role};
use crate::search::{Matching, Target};

/// The most runs that a part of `near/…` or `same/…` may be.
const MOST_RUNS: usize = 64;

/// Turns questions into plans for one state of an index.
pub(super) struct Planner<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) matching: Matching,
    pub(super) target: Target,
    /// Of the languages besides English that there are articles in.
    pub(super) stemmers: &'a [Stemmer],
    /// What could not be asked exactly so.
    pub(super) notes: Vec<Note>,
}

/// Where text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Headline and text.
    Anywhere,
    /// The headline.
    Title,
    /// The first paragraph.
    Lead,
}

/// A plan, or nothing where a clause says nothing.
type Planned = tantivy::Result<Option<Box<dyn Plan>>>;

impl Planner<'_> {
    /// Plans a whole question. One that says nothing finds everything.
    pub(super) fn plan(&mut self, query: &Query) -> tantivy::Result<Box<dyn Plan>> {
        let planned = match &query.root {
            Some(Node { clause: Clause::All(nodes), .. }) => self.all(nodes, Place::Anywhere, self.matching)?,
            Some(node) => self.all(std::slice::from_ref(node), Place::Anywhere, self.matching)?,
            None => None,
        };
        Ok(planned.unwrap_or_else(|| Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))))
    }

    fn node(&mut self, node: &Node, place: Place) -> Planned {
        match &node.clause {
            Clause::Word(word) => self.word(word, place, node),
            Clause::Phrase(text) => self.phrase(text, place),
            Clause::Prefix(prefix) => self.prefix(prefix, place, node),
            Clause::All(nodes) => self.all(nodes, place, Matching::All),
            Clause::Any(nodes) => self.any(nodes, place),
            Clause::Not(_) => self.all(std::slice::from_ref(node), place, Matching::All),
            Clause::Near { parts, within } => self.together(parts, Zone::Window(*within), node),
            Clause::Same { parts, unit: Unit::Sentence } => self.together(parts, Zone::Sentence, node),
            Clause::Same { parts, unit: Unit::Paragraph } => self.together(parts, Zone::Paragraph, node),
            Clause::Within(Field::Title, inner) => self.node(inner, Place::Title),
            Clause::Within(_, inner) if self.target == Target::Quotes => {
                self.note(node, "a quotation has no lead of its own", "search for articles instead");
                self.node(inner, Place::Anywhere)
            }
            Clause::Within(_, inner) => self.node(inner, Place::Lead),
            Clause::Filter(field, values) => self.filter(*field, values),
            Clause::Dated(days) => Ok(Some(self.dated(*days))),
        }
    }

    /// All of `nodes`; with [`Matching::Any`] at least one of those that are words.
    fn all(&mut self, nodes: &[Node], place: Place, matching: Matching) -> Planned {
        let (mut clauses, mut loose) = (Vec::new(), Vec::new());
        let mut required = 0;
        for node in nodes {
            if let Clause::Not(inner) = &node.clause {
                clauses.extend(self.node(inner, place)?.map(|plan| (Occur::MustNot, plan)));
                continue;
            }
            let Some(plan) = self.node(node, place)? else { continue };
            if matching == Matching::Any && node.is_words() {
                loose.push((Occur::Should, plan));
            } else {
                required += 1;
                clauses.push((Occur::Must, plan));
            }
        }
        if required == 0 && clauses.is_empty() {
            return Ok(joined(loose));
        }
        if let Some(plan) = joined(loose) {
            clauses.push((Occur::Must, plan));
        } else if required == 0 {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        }
        Ok(joined(clauses))
    }

    fn any(&mut self, nodes: &[Node], place: Place) -> Planned {
        let mut clauses = Vec::new();
        for node in nodes {
            clauses.extend(self.node(node, place)?.map(|plan| (Occur::Should, plan)));
        }
        Ok(joined(clauses))
    }

    fn word(&mut self, word: &str, place: Place, node: &Node) -> Planned {
        if place != Place::Anywhere {
            let runs = self.runs(node, self.field(place))?;
            return Ok(Some(self.placed(runs, place)));
        }
        let field = match self.target {
            Target::Articles => self.fields.words,
            Target::Quotes => self.fields.exact,
        };
        let run = run(self.searcher, field, word)?;
        let [(_, term)] = run.as_slice() else {
            // Several words in one (`and/or`), or a whole that the index knows only in parts: they must follow each other.
            return self.phrase(word, place);
        };
        let Some(folded) = term.value().as_str().map(str::to_owned) else { return Ok(None) };
        let text = Stemmer::default().stem(&folded).into_owned();
        let plan = |text: &str| term_plan(Fields::term(field, text), IndexRecordOption::WithFreqs);
        let mut clauses = vec![(Occur::Should, plan(&text))];
        if self.target == Target::Quotes {
            // A word that is its own stem, and words of which it is the stem, stand in one field under two terms.
            clauses.push((Occur::Should, plan(&format!("{STEM}{text}"))));
        }
        for stemmer in self.stemmers {
            clauses.extend(self.in_language(*stemmer, &folded, &text)?.map(|plan| (Occur::Should, plan)));
        }
        Ok(joined(clauses))
    }

    /// Articles in another language with a word of the same stem there, other than those that English finds.
    fn in_language(&self, stemmer: Stemmer, folded: &str, found: &str) -> Planned {
        let exact = self.fields.exact;
        let english = Stemmer::default();
        let words = same_stem(self.searcher, exact, folded, stemmer)?.words;
        let words = words.into_iter().filter(|word| english.stem(word) != found);
        let words = words.map(|word| term_plan(Fields::term(exact, &word), IndexRecordOption::WithFreqs));
        let (Some(language), Some(words)) =
            (self.fields.of(Field::Lang), joined(words.map(|plan| (Occur::Should, plan)).collect()))
        else {
            return Ok(None);
        };
        let language = term_plan(Fields::term(language, stemmer.language), IndexRecordOption::Basic);
        let language: Box<dyn Plan> = Box::new(ConstScoreQuery::new(language, 0.0));
        Ok(joined(vec![(Occur::Must, language), (Occur::Must, words)]))
    }

    fn phrase(&mut self, text: &str, place: Place) -> Planned {
        let run = run(self.searcher, self.field(place), text)?;
        if run.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.placed(vec![run], place)))
    }

    fn prefix(&mut self, prefix: &str, place: Place, node: &Node) -> Planned {
        let runs = self.prefix_runs(prefix, self.field(place), node)?;
        Ok(Some(self.placed(runs, place)))
    }

    /// The words that begin with `prefix`, each a run; says so when there are too many.
    fn prefix_runs(&mut self, prefix: &str, field: Id, node: &Node) -> tantivy::Result<Vec<Run>> {
        let folded = fold(prefix);
        let found = expand(self.searcher, field, &folded, |word| !word.starts_with(char::is_control))?;
        if found.of > MOST_WORDS {
            let problem =
                format!("{prefix}* stands for {} words; the {MOST_WORDS} most frequent were searched", found.of);
            self.note(node, &problem, "type more letters");
        }
        Ok(single_runs(field, &found))
    }

    /// A plan that finds any of `runs` at `place`.
    fn placed(&self, runs: Vec<Run>, place: Place) -> Box<dyn Plan> {
        if place == Place::Lead {
            let together = Together { field: self.fields.exact, parts: vec![runs], zone: Zone::Lead };
            return Box::new(together);
        }
        let plans = runs.into_iter().map(|run| (Occur::Should, run_plan(run)));
        joined(plans.collect()).unwrap_or_else(|| Box::new(EmptyQuery))
    }

    fn field(&self, place: Place) -> Id {
        match place {
            Place::Title => self.fields.of(Field::Title).unwrap_or(self.fields.exact),
            Place::Anywhere | Place::Lead => self.fields.exact,
        }
    }

    fn together(&mut self, parts: &[Node], zone: Zone, node: &Node) -> Planned {
        let mut runs = Vec::new();
        for part in parts {
            let mut found = self.runs(part, self.fields.exact)?;
            if found.len() > MOST_RUNS {
                found.truncate(MOST_RUNS);
                self.note(
                    part,
                    &format!("more than {MOST_RUNS} words; the most frequent were searched"),
                    "type more letters",
                );
            }
            runs.push(found);
        }
        if runs.is_empty() {
            self.note(node, "nothing to look for in the brackets", "put two words in them");
            return Ok(None);
        }
        Ok(Some(Box::new(Together { field: self.fields.exact, parts: runs, zone })))
    }

    /// Every run of exact words that a part of `near/…` can be.
    fn runs(&mut self, node: &Node, field: Id) -> tantivy::Result<Vec<Run>> {
        match &node.clause {
            Clause::Word(word) => {
                let run = run(self.searcher, field, word)?;
                match run.as_slice() {
                    [(_, term)] => {
                        let folded = term.value().as_str().unwrap_or_default().to_owned();
                        Ok(single_runs(field, &same_stem(self.searcher, field, &folded, Stemmer::default())?))
                    }
                    [] => Ok(Vec::new()),
                    _ => Ok(vec![run]),
                }
            }
            Clause::Phrase(text) => {
                let run = run(self.searcher, field, text)?;
                Ok(if run.is_empty() { Vec::new() } else { vec![run] })
            }
            Clause::Prefix(prefix) => self.prefix_runs(prefix, field, node),
            Clause::Any(nodes) => {
                let mut runs = Vec::new();
                for node in nodes {
                    runs.extend(self.runs(node, field)?);
                }
                Ok(runs)
            }
            _ => {
                self.note(node, "only words, phrases and prefixes can stand together", "move it out of the brackets");
                Ok(Vec::new())
            }
        }
    }

    /// A field that holds any of `values`. Salience counts in the score; the rest only lets through.
    fn filter(&mut self, field: Field, values: &[String]) -> Planned {
        let mut clauses = Vec::new();
        for value in values {
            let plan = match field.kind() {
                Kind::Value => self.value(field, value)?,
                Kind::Words | Kind::Text => self.some_words(field, value)?,
                Kind::Path => Some(self.path(value)),
                Kind::Stretch | Kind::Day => None,
            };
            clauses.extend(plan.map(|plan| (Occur::Should, plan)));
        }
        let Some(plan) = joined(clauses) else { return Ok(None) };
        let scored = matches!(field, Field::Ticker | Field::Speaker);
        Ok(Some(if scored { plan } else { Box::new(ConstScoreQuery::new(plan, 0.0)) }))
    }

    fn value(&self, field: Field, value: &str) -> Planned {
        let Some(id) = self.fields.of(field) else { return Ok(None) };
        if field != Field::Ticker {
            return Ok(Some(term_plan(Fields::term(id, &value.to_lowercase()), IndexRecordOption::Basic)));
        }
        let symbol = normal_symbol(value);
        let term = Fields::term(id, &symbol);
        if symbol.contains('.') || self.searcher.doc_freq(&term)? > 0 {
            return Ok(Some(term_plan(term, IndexRecordOption::WithFreqs)));
        }
        // Listed only elsewhere: `VOD` stands for `VOD.L`.
        let found = expand(self.searcher, id, &format!("{symbol}."), |_| true)?;
        let terms = found.words.iter().map(|word| Fields::term(id, word));
        let plans = terms.map(|term| (Occur::Should, term_plan(term, IndexRecordOption::WithFreqs)));
        Ok(Some(joined(plans.collect()).unwrap_or_else(|| Box::new(EmptyQuery))))
    }

    fn some_words(&self, field: Field, value: &str) -> Planned {
        let Some(id) = self.fields.of(field) else { return Ok(None) };
        let found = run(self.searcher, id, value)?;
        let mut clauses = Vec::new();
        if !found.is_empty() {
            clauses.push((Occur::Should, run_plan(found)));
        }
        if field == Field::Role
            && let Some(short) = short_role(value)
        {
            clauses.push((Occur::Should, term_plan(Fields::term(id, short), IndexRecordOption::WithFreqs)));
        }
        Ok(joined(clauses))
    }

    fn path(&self, value: &str) -> Box<dyn Plan> {
        let value = value.trim_start_matches("./");
        if value.ends_with('/') {
            return term_plan(Fields::term(self.fields.folder, value), IndexRecordOption::Basic);
        }
        let lower = Fields::term(self.fields.file, value);
        let upper = Fields::term(self.fields.file, &format!("{value}\u{10ffff}"));
        Box::new(InvertedIndexRangeQuery::new(Bound::Included(lower), Bound::Included(upper)))
    }

    fn dated(&self, days: Days) -> Box<dyn Plan> {
        let (since, until) = match days {
            Days::Undated => {
                return filter_only(term_plan(Fields::term(self.fields.undated, UNDATED), IndexRecordOption::Basic));
            }
            Days::Range { since, until } => (since, until),
        };
        let day = |field, day| Term::from_field_u64(field, number(day));
        let first = since.map_or(Bound::Unbounded, |since| Bound::Included(day(self.fields.first, since)));
        let last = until.map_or(Bound::Unbounded, |until| Bound::Included(day(self.fields.last, until)));
        let mut clauses: Vec<(Occur, Box<dyn Plan>)> = Vec::new();
        if since.is_some() {
            clauses.push((Occur::Must, Box::new(RangeQuery::new(first, Bound::Unbounded))));
        }
        if until.is_some() {
            clauses.push((Occur::Must, Box::new(RangeQuery::new(Bound::Unbounded, last))));
        }
        if clauses.is_empty() {
            let undated = term_plan(Fields::term(self.fields.undated, UNDATED), IndexRecordOption::Basic);
            clauses = vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, undated)];
        }
        filter_only(Box::new(BooleanQuery::new(clauses)))
    }

    fn note(&mut self, node: &Node, problem: &str, fix: &str) {
        let (problem, fix) = (problem.to_owned(), Some(fix.to_owned()));
        self.notes.push(Note { span: node.span.clone(), problem, fix });
    }
}

/// Lets through without counting in the score.
fn filter_only(plan: Box<dyn Plan>) -> Box<dyn Plan> {
    Box::new(ConstScoreQuery::new(plan, 0.0))
}

/// One query of several clauses; the clause itself where it is alone.
fn joined(mut clauses: Vec<(Occur, Box<dyn Plan>)>) -> Option<Box<dyn Plan>> {
    match clauses.as_slice() {
        [] => None,
        [(Occur::Must | Occur::Should, _)] => clauses.pop().map(|(_, plan)| plan),
        _ => match any_word(&clauses) {
            Some(terms) => Some(Box::new(Union::new(terms))),
            None => Some(Box::new(BooleanQuery::new(clauses))),
        },
    }
}

/// The words of one field of which `clauses` want any; `None` where they want anything else.
fn any_word(clauses: &[(Occur, Box<dyn Plan>)]) -> Option<Vec<Term>> {
    let term = |(occur, plan): &(Occur, Box<dyn Plan>)| {
        let query = plan.downcast_ref::<TermQuery>().filter(|_| *occur == Occur::Should)?;
        Some(query.term().clone())
    };
    let terms: Vec<Term> = clauses.iter().map(term).collect::<Option<_>>()?;
    terms.iter().all(|term| term.field() == terms[0].field()).then_some(terms)
}

fn term_plan(term: Term, record: IndexRecordOption) -> Box<dyn Plan> {
    Box::new(TermQuery::new(term, record))
}

/// A run as a term or a phrase.
fn run_plan(mut run: Run) -> Box<dyn Plan> {
    match run.len() {
        0 => Box::new(EmptyQuery),
        1 => term_plan(run.remove(0).1, IndexRecordOption::WithFreqs),
        _ => Box::new(Phrase::new(run)),
    }
}

fn single_runs(field: Id, found: &Expansion) -> Vec<Run> {
    found.words.iter().map(|word| vec![(0, Fields::term(field, word))]).collect()
}
