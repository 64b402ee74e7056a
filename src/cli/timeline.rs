//! `timeline`: how many articles or quotations there are over time.

use clap::{Args, ValueEnum};

use super::desk::Desk;
use super::filters::Filters;
use super::search::Combine;
use super::{Exit, Failure};
use crate::index;
use crate::output::{self, counts};
use crate::query::{self, Query};
use crate::schema::Field;
use crate::search::{Dups, Matching, Period, Request, Sort, Target};

/// Count what a question finds over time, several tickers side by side
///
/// Steps are those of the calendar; weeks begin on Monday. What has no date, or is known less closely than a step is
/// long, is counted apart.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  pullquote timeline tariffs --by month --since 2025
  pullquote timeline \"capex guidance\" --by quarter --ticker MSFT,AMZN,GOOGL
  pullquote timeline pricing --quotes --role cfo --format csv")]
pub(super) struct Timeline {
    /// The question
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// The length of a step
    #[arg(long, value_enum, default_value = "month", value_name = "STEP")]
    by: Step,
    /// Count quotations, not articles
    #[arg(long)]
    quotes: bool,
    /// Count each story once, not each copy of it
    #[arg(long)]
    stories: bool,
    /// How plain words combine [default: all]
    #[arg(long = "match", value_enum, value_name = "HOW")]
    matching: Option<Combine>,
    /// How the counts are shown: text, csv, json
    #[arg(long, default_value = "text", value_parser = ["text", "csv", "json"], value_name = "FORMAT")]
    format: String,
    // Last, because its heading in the help holds for all that follows.
    #[command(flatten)]
    filters: Filters,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Step {
    fn period(self) -> Period {
        match self {
            Step::Day => Period::Day,
            Step::Week => Period::Week,
            Step::Month => Period::Month,
            Step::Quarter => Period::Quarter,
            Step::Year => Period::Year,
        }
    }
}

impl Timeline {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let (today, zone) = desk.today();
        let query = query::parse(&self.words.join(" "), today);
        for note in &query.notes {
            write!(desk.err, "note: {}", query::render(note, &query.typed))?;
        }
        let (tickers, rest) = self.filters.without_tickers();
        let query = rest.narrow(query, today)?;
        let mut requests = Vec::new();
        for ticker in &tickers {
            let refused = |error: query::dates::NotDays| {
                Failure::new(format!("cannot use --ticker: {}", error.problem), &error.fix)
            };
            let node = query::filter(Field::Ticker, std::slice::from_ref(ticker), today).map_err(refused)?;
            requests.push((ticker.clone(), self.request(desk, query.clone().and(node))));
        }
        if requests.is_empty() {
            requests.push((String::new(), self.request(desk, query.clone())));
        }
        let index = desk.open()?;
        let timeline = index::timeline(index.as_ref(), &requests, self.by.period())?;
        let root = desk.settings.corpus();
        let request = self.request(desk, query);
        let view = desk.view(&root, &request, &zone);
        counts::timeline(&timeline, &self.format, &view, desk.out)?;
        let found = timeline
            .series
            .iter()
            .any(|series| series.undated + series.inexact > 0 || series.counts.iter().any(|count| *count > 0));
        if found {
            return Ok(Exit::Found);
        }
        writeln!(desk.err, "nothing found for: {}", output::clean(&query::describe(&request.query)))?;
        Ok(Exit::Nothing)
    }

    fn request(&self, desk: &Desk<'_>, query: Query) -> Request {
        let matching = Combine::matching(self.matching, desk);
        Request {
            query: if matching == Matching::Any { query.subject() } else { query },
            target: if self.quotes { Target::Quotes } else { Target::Articles },
            matching,
            sort: Sort::Newest,
            recency: None,
            limit: 0,
            offset: 0,
            snippets: 0,
            dups: if self.stories { Dups::Hide } else { Dups::Show },
            explain: false,
            count: false,
        }
    }
}
