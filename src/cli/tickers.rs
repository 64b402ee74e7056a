//! `tickers`: which companies the corpus mentions.

use clap::Args;

use super::desk::Desk;
use super::filters::Filters;
use super::{Exit, Failure};
use crate::index::{Index, IndexError};
use crate::output::{self, counts};
use crate::query::{Query, describe, symbol};
use crate::schema::Field;
use crate::search::{Dups, Matching, Request, Sort, Tally, Target};

/// List the companies that the articles mention, with how many articles and when
#[derive(Debug, Args)]
pub(super) struct Tickers {
    /// A part of the symbol or of the company's name
    #[arg(value_name = "PATTERN")]
    pattern: Option<String>,
    /// The most companies
    #[arg(short = 'n', long, default_value_t = 50, value_name = "COUNT")]
    limit: usize,
    /// How they are shown: text, csv, json
    #[arg(long, default_value = "text", value_parser = ["text", "csv", "json"], value_name = "FORMAT")]
    format: String,
    // Last, because its heading in the help holds for all that follows.
    #[command(flatten)]
    filters: Filters,
}

impl Tickers {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let everything = Query { typed: String::new(), root: None, notes: Vec::new() };
        let query = self.filters.narrow(everything, desk.today().0)?;
        let read = describe(&query);
        let request = request(query);
        let extraction = desk.extraction()?;
        let securities = extraction.securities();
        let index = desk.open()?;
        let (tallies, _) = index.tally(&request, Field::Ticker)?;
        let named = tallies.into_iter().map(|tally| {
            let company = securities.by_symbol(&tally.value).and_then(|it| securities.by_symbol(&it.company));
            let name = company.map(|company| company.name.to_string());
            (tally, name.filter(|name| !name.is_empty()))
        });
        let mut found: Vec<(Tally, Option<String>)> =
            named.filter(|(tally, name)| self.is_asked(tally, name.as_deref())).collect();
        found.sort_by_key(|(tally, _)| std::cmp::Reverse(tally.count));
        let more = found.len().saturating_sub(self.limit);
        found.truncate(self.limit);
        for (tally, name) in found.iter_mut().filter(|(_, name)| name.is_none()) {
            *name = taught(index.as_ref(), &request, &tally.value)?;
        }
        counts::tickers(&found, &self.format, desk.out)?;
        if found.is_empty() {
            let of = self.pattern.as_deref().unwrap_or("any company");
            writeln!(desk.err, "no article mentions {}, of {}", output::clean(of), output::clean(&read))?;
            return Ok(Exit::Nothing);
        }
        if more > 0 {
            writeln!(desk.err, "and {more} more: -n {}", more + self.limit)?;
        }
        Ok(Exit::Found)
    }

    fn is_asked(&self, tally: &Tally, name: Option<&str>) -> bool {
        let Some(pattern) = self.pattern.as_ref().map(|pattern| pattern.to_lowercase()) else { return true };
        let has = |text: &str| text.to_lowercase().contains(&pattern);
        has(&tally.value) || name.is_some_and(has)
    }
}

/// The name of a company that is in no list, as the article that is most about it has it.
fn taught(index: &dyn Index, request: &Request, wanted: &str) -> Result<Option<String>, IndexError> {
    let query = request.query.clone().and(symbol(wanted));
    let hits = index.search(&Request { query, limit: 1, sort: Sort::Relevance, ..request.clone() })?.hits;
    let companies = hits.into_iter().flat_map(|hit| hit.tickers);
    Ok(companies.filter(|company| company.symbol == wanted).find_map(|company| company.name))
}

fn request(query: Query) -> Request {
    Request {
        query,
        target: Target::Articles,
        matching: Matching::All,
        sort: Sort::Newest,
        recency: None,
        limit: 0,
        offset: 0,
        snippets: 0,
        dups: Dups::Show,
        explain: false,
        count: false,
    }
}
