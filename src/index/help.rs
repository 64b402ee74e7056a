//! What else could be asked: for who found nothing, and for who names a company where its symbol finds more.

use super::{Index, IndexError};
use crate::article::{Part, Span};
use crate::query::{self, Clause, Node, Query, Respelling};
use crate::schema::Field;
use crate::search::{Company, Hit, Matching, Offer, Partial, Request, Results, Suggestion};

/// How many spellings of one word are tried.
const SPELLINGS: usize = 3;

/// The most words that are looked up; who types more has pasted a text.
const MOST_WORDS: usize = 32;

/// The share of the articles with a word which must be about a company for the word to be its name.
const MOSTLY: f64 = 0.5;

/// Adds to `results`, the answer to `request`, what else could be asked, and what was nearly found.
///
/// `symbol` tells the symbol of a company by its name. What was found stays as it is. Takes as many counts as the
/// question has parts where nothing was found, else none but for names of companies.
pub fn help(
    index: &dyn Index,
    request: &Request,
    symbol: &dyn Fn(&str) -> Option<String>,
    results: &mut Results,
) -> Result<(), IndexError> {
    let helper = Helper { index, request };
    if results.total == Some(0) {
        helper.spellings(results)?;
        helper.named_company(symbol, results)?;
        helper.left_out(results)?;
        helper.partial(results)
    } else {
        helper.company_of_hits(results)
    }
}

struct Helper<'a> {
    index: &'a dyn Index,
    request: &'a Request,
}

impl Helper<'_> {
    fn count(&self, query: Query) -> Result<usize, IndexError> {
        let request =
            Request { query, limit: 0, offset: 0, snippets: 0, explain: false, count: true, ..self.request.clone() };
        Ok(self.index.search(&request)?.total.unwrap_or(0))
    }

    /// Suggests `query` where it finds something.
    fn offer(
        &self,
        results: &mut Results,
        query: Query,
        kind: Offer,
        was: String,
        instead: Option<String>,
    ) -> Result<(), IndexError> {
        let typed = query.typed.clone();
        let total = self.count(query)?;
        let known = |other: &Suggestion| other.query == typed && other.was == was && other.instead == instead;
        if total > 0 && !results.suggestions.iter().any(known) {
            results.suggestions.push(Suggestion { kind, was, instead, query: typed, total });
        }
        Ok(())
    }

    /// Other spellings of words that the index does not have.
    fn spellings(&self, results: &mut Results) -> Result<(), IndexError> {
        let query = &self.request.query;
        let mut unknown: Vec<Vec<Respelling>> = Vec::new();
        for sought in query.sought().into_iter().take(MOST_WORDS) {
            let near = self.index.nearest(self.request.target, &sought, SPELLINGS)?;
            let each = near.into_iter().map(|instead| Respelling { sought: sought.clone(), instead });
            let each: Vec<Respelling> = each.collect();
            if !each.is_empty() {
                unknown.push(each);
            }
        }
        let tries: Vec<Vec<Respelling>> = match unknown.as_slice() {
            [] => Vec::new(),
            [one] => one.iter().map(|change| vec![change.clone()]).collect(),
            several => vec![several.iter().map(|each| each[0].clone()).collect()],
        };
        for changes in tries {
            let was = changes.iter().map(|change| change.sought.word.as_str()).collect::<Vec<_>>().join(" ");
            let instead = changes.iter().map(|change| change.instead.as_str()).collect::<Vec<_>>().join(" ");
            self.offer(results, query.respelled(&changes), Offer::Spelling, was, Some(instead))?;
        }
        Ok(())
    }

    /// Symbols of companies that are named in the question.
    fn named_company(&self, symbol: &dyn Fn(&str) -> Option<String>, results: &mut Results) -> Result<(), IndexError> {
        let query = &self.request.query;
        for (at, part) in query.parts().iter().enumerate().take(MOST_WORDS) {
            let name = match &part.clause {
                Clause::Word(name) | Clause::Phrase(name) => name.clone(),
                Clause::Filter(Field::Ticker, names) => names.join(","),
                _ => continue,
            };
            let Some(symbol) = symbol(&name) else { continue };
            let asked = query.by_symbol(at..at + 1, &symbol);
            self.offer(results, asked, Offer::Ticker, name, Some(symbol))?;
        }
        Ok(())
    }

    /// The question without one of its filters.
    fn left_out(&self, results: &mut Results) -> Result<(), IndexError> {
        let query = &self.request.query;
        let parts = query.parts();
        if parts.len() < 2 {
            return Ok(());
        }
        for (at, part) in parts.iter().enumerate().take(MOST_WORDS) {
            if !part.is_words() {
                let typed = query.typed.get(part.span.clone()).filter(|typed| !typed.is_empty());
                let was = typed.map_or_else(|| part.read(), str::to_owned);
                self.offer(results, query.without(at), Offer::Without, was, None)?;
            }
        }
        Ok(())
    }

    /// What has some of the words.
    fn partial(&self, results: &mut Results) -> Result<(), IndexError> {
        let words = self.request.query.parts().iter().filter(|part| part.is_words()).count();
        if words < 2 || self.request.matching == Matching::Any {
            return Ok(());
        }
        let request = Request { matching: Matching::Any, count: false, ..self.request.clone() };
        for hit in self.index.search(&request)?.hits {
            let lacks = self.lacks(&hit)?;
            results.partial.push(Partial { hit, lacks });
        }
        Ok(())
    }

    /// The words asked for that are not in `hit`.
    fn lacks(&self, hit: &Hit) -> Result<Vec<String>, IndexError> {
        let mut lacks = Vec::new();
        for part in self.request.query.parts().iter().filter(|part| part.is_words()) {
            let Some(opened) = self.index.open(&hit.id, &part.alone())? else { continue };
            let within = |mark: &Span| match &hit.quote {
                Some(quote) => mark.part == Part::Body && quote.start <= mark.start && mark.end <= quote.end,
                None => true,
            };
            if !opened.marks.iter().any(within) {
                lacks.push(part.read());
            }
        }
        Ok(lacks)
    }

    /// Symbols of companies that the hits mention and the question names.
    fn company_of_hits(&self, results: &mut Results) -> Result<(), IndexError> {
        let query = &self.request.query;
        let mut seen: Vec<(usize, String)> = Vec::new();
        let companies: Vec<Company> = results.hits.iter().flat_map(|hit| hit.tickers.iter().cloned()).collect();
        for company in companies {
            let Some(name) = &company.name else { continue };
            let Some(parts) = query.naming(name) else { continue };
            if seen.iter().any(|(start, symbol)| *start == parts.start && *symbol == company.symbol) {
                continue;
            }
            seen.push((parts.start, company.symbol.clone()));
            if self.is_mostly(&query.parts()[parts.clone()], &company.symbol)? {
                let was = query.parts()[parts.clone()].iter().map(Node::read).collect::<Vec<_>>().join(" ");
                let asked = query.by_symbol(parts, &company.symbol);
                self.offer(results, asked, Offer::Ticker, was, Some(company.symbol))?;
            }
        }
        Ok(())
    }

    /// Whether most of what has these words is about the company with `symbol`: `target` is seldom the company.
    fn is_mostly(&self, words: &[Node], symbol: &str) -> Result<bool, IndexError> {
        let words = Query::of(words.to_vec());
        let both = self.count(words.clone().and(query::symbol(symbol)))?;
        Ok(both > 0 && both as f64 >= MOSTLY * self.count(words)? as f64)
    }
}
