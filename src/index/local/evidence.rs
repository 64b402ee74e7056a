//! The words that a field's value was read from, for hits that a field found.

use super::analyzer::terms;
use super::fold::fold;
use super::highlight::Mark;
use crate::article::{Article, Part, Quote, Span, Speaker};
use crate::query::{Clause, Node, Query};
use crate::schema::{Field, normal_symbol, role_words, short_role};

/// What to look for in an article: the fields that the question names, each with its values.
pub(super) struct Evidence {
    filters: Vec<(Field, Vec<String>)>,
    dated: bool,
}

impl Evidence {
    /// Collects the fields that `query` asks for.
    pub(super) fn new(query: &Query) -> Evidence {
        let mut evidence = Evidence { filters: Vec::new(), dated: false };
        if let Some(root) = &query.root {
            evidence.collect(root);
        }
        evidence
    }

    fn collect(&mut self, node: &Node) {
        match &node.clause {
            Clause::All(nodes) | Clause::Any(nodes) => nodes.iter().for_each(|node| self.collect(node)),
            Clause::Filter(field @ (Field::Ticker | Field::Speaker | Field::Role | Field::Org), values) => {
                self.filters.push((*field, values.clone()));
            }
            Clause::Dated(_) => self.dated = true,
            _ => (),
        }
    }

    /// Whether no field that the text can prove is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.filters.is_empty() && !self.dated
    }

    /// Adds the places in `article` that prove what was asked, numbered from `clause` on.
    pub(super) fn add(&self, article: &Article, clause: usize, title: &mut Vec<Mark>, body: &mut Vec<Mark>) {
        let mut add = |span: Span, clause: usize| {
            let mark = Mark { start: span.start, end: span.end, clause };
            match span.part {
                Part::Title => title.push(mark),
                Part::Body => body.push(mark),
            }
        };
        for (at, (field, values)) in self.filters.iter().enumerate() {
            for value in values {
                for span in proof(article, *field, value) {
                    add(span, clause + at);
                }
            }
        }
        if self.dated
            && let Some(span) = article.published.as_ref().and_then(|published| published.evidence)
        {
            add(span, clause + self.filters.len());
        }
        title.sort_unstable();
        body.sort_unstable();
    }
}

/// The places that prove that `article` has `value` in `field`.
fn proof(article: &Article, field: Field, value: &str) -> Vec<Span> {
    if field == Field::Ticker {
        let symbol = normal_symbol(value);
        let same =
            |other: &String| *other == symbol || other.strip_prefix(&symbol).is_some_and(|rest| rest.starts_with('.'));
        let companies = article.tickers.iter().filter(|ticker| same(&ticker.symbol) || ticker.aliases.iter().any(same));
        return companies.flat_map(|ticker| ticker.mentions.iter().copied()).collect();
    }
    let spoken = article.quotes.iter().filter(|quote| quote.speaker.as_ref().is_some_and(|it| is(it, field, value)));
    spoken.filter_map(place).collect()
}

/// Where a quotation names its speaker; the quotation itself where it does not.
fn place(quote: &Quote) -> Option<Span> {
    let speaker = quote.speaker.as_ref()?;
    Some(Span::body(speaker.place.clone().unwrap_or(quote.start..quote.end)))
}

/// Whether `speaker` is the one asked for.
fn is(speaker: &Speaker, field: Field, value: &str) -> bool {
    let in_text = |text: &Option<String>| text.as_deref().is_some_and(|text| holds(text, value));
    match field {
        Field::Speaker => holds(&speaker.name, value),
        Field::Role => speaker.role.as_deref().is_some_and(|role| {
            let words = role_words(role);
            holds(&words, value) || short_role(value).is_some_and(|short| holds(&words, short))
        }),
        Field::Org => in_text(&speaker.organization) || in_text(&speaker.ticker),
        _ => false,
    }
}

/// Whether the words of `value` stand in `text` one after the other.
fn holds(text: &str, value: &str) -> bool {
    let words = |text: &str| {
        let mut words = Vec::new();
        terms(text, |term| {
            if term.places == 1 {
                words.push(fold(term.text));
            }
        });
        words
    };
    let (text, value) = (words(text), words(value));
    !value.is_empty() && text.windows(value.len()).any(|run| run == value)
}
