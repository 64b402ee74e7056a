//! `alert run`: finds what is new, delivers it, and marks it as seen once it is delivered.

use clap::Args;
use jiff::Timestamp;

use super::deliver::{deliver, print};
use super::{Way, book};
use crate::alerts::{Alert, Book, Delivery, Seen, everything, news};
use crate::cli::desk::Desk;
use crate::cli::filters::Filters;
use crate::cli::index::seconds;
use crate::cli::{Exit, Failure};
use crate::index::Index;
use crate::output::clean;
use crate::query;
use crate::search::{Dups, Matching, Request, Results, Sort};

/// The most that is delivered of one alert in one run.
const MOST: usize = 1000;

/// Deliver what is new since the last run
///
/// Exit codes: 0 something is new, 1 nothing is, 2 an alert could not be run or delivered. What could not be delivered comes again.
#[derive(Debug, Args)]
pub(in crate::cli) struct Run {
    /// Which ones [default: all]
    names: Vec<String>,
    /// The most of one alert; the rest comes with the next run
    #[arg(short = 'n', long, default_value_t = MOST, value_name = "COUNT")]
    limit: usize,
    /// Wait so long for another run: 30s, 5m
    #[arg(long, default_value = "1m", value_name = "TIME")]
    wait: String,
    #[command(flatten)]
    way: Way,
}

impl Run {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let book = book(desk);
        let names = if self.names.is_empty() { book.names()? } else { self.names.clone() };
        if names.is_empty() {
            return Err(Failure::new("there are no alerts to run", "`pullquote alert add NAME QUERY` keeps one"));
        }
        let wait = std::time::Duration::from_secs(seconds(&self.wait)?);
        let typed = self.way.delivery()?;
        let index = desk.open()?;
        let _lock = book.lock(wait)?;
        let round = Round { book: &book, index: index.as_ref(), typed: &typed, most: self.limit };
        round.all(&names, desk)
    }
}

/// Runs every alert there is over `index`, as each was kept.
pub(in crate::cli) fn run_all(desk: &mut Desk<'_>, index: &dyn Index) -> Result<Exit, Failure> {
    let book = book(desk);
    let names = book.names()?;
    if names.is_empty() {
        return Ok(Exit::Nothing);
    }
    let _lock = book.lock(super::WAIT)?;
    let typed = Delivery::default();
    Round { book: &book, index, typed: &typed, most: MOST }.all(&names, desk)
}

/// One run over several alerts.
struct Round<'a> {
    book: &'a Book,
    index: &'a dyn Index,
    /// The ways that were typed go before those that were kept.
    typed: &'a Delivery,
    most: usize,
}

impl Round<'_> {
    /// Runs the alerts called `names`; one that fails does not stop the others.
    fn all(&self, names: &[String], desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let (mut new, mut failed) = (false, false);
        for name in names {
            match self.one(name, desk) {
                Ok(found) => new |= found > 0,
                Err(failure) if failure.closed => return Err(failure),
                Err(failure) => {
                    failed = true;
                    writeln!(desk.err, "error: alert {}: {}", clean(name), crate::output::clean_lines(&failure.what))?;
                    if let Some(advice) = failure.advice {
                        writeln!(desk.err, "       {}", crate::output::clean_lines(&advice))?;
                    }
                }
            }
        }
        Ok(match (failed, new) {
            (true, _) => Exit::Failed,
            (false, true) => Exit::Found,
            (false, false) => Exit::Nothing,
        })
    }

    /// Runs one alert; how much was new.
    fn one(&self, name: &str, desk: &mut Desk<'_>) -> Result<usize, Failure> {
        let mut alert = self.book.read(name)?;
        let mut seen = self.book.seen(name)?;
        if self.typed.format.is_some() {
            alert.delivery.format.clone_from(&self.typed.format);
        }
        if self.typed.atom.is_some() || !self.typed.exec.is_empty() {
            alert.delivery.atom.clone_from(&self.typed.atom);
            alert.delivery.exec.clone_from(&self.typed.exec);
        }
        let asked = Asked::of(&alert, desk)?;
        let news = news(self.index, &asked.0, &seen, self.most)?;
        let (new, left) = (news.hits.len(), news.left);
        if new > 0 {
            let results = Results { total: Some(new), hits: news.hits, ..Results::default() };
            deliver(desk, &alert, &asked.0, &results)?;
        }
        seen.mark(&news.signs);
        seen.run = Some(Timestamp::now());
        self.book.keep(name, &seen)?;
        if new > 0 {
            let more = if left > 0 { format!(", {left} more to come: run it again") } else { String::new() };
            writeln!(desk.err, "{}: {new} new{more}", clean(name))?;
        }
        Ok(new)
    }
}

/// The request of an alert.
#[derive(Debug)]
pub(in crate::cli) struct Asked(Request);

impl Asked {
    /// Reads what an alert asks; fails where it is not understood to the letter, for nobody would see a note.
    pub(super) fn of(alert: &Alert, desk: &Desk<'_>) -> Result<Asked, Failure> {
        let (today, _) = desk.today();
        let query = query::parse(&alert.query, today);
        if let Err(note) = query::strict(&query) {
            let what = format!("cannot understand the query: {}", query::render(note, &query.typed).trim_end());
            return Err(Failure { what, advice: None, closed: false });
        }
        let query = Filters::of(&alert.filters)?.narrow(query, today)?;
        Ok(Asked(Request {
            query: if alert.matching == Matching::Any { query.subject() } else { query },
            target: alert.target,
            matching: alert.matching,
            sort: Sort::Newest,
            recency: None,
            limit: 0,
            offset: 0,
            snippets: desk.settings.snippets(),
            dups: Dups::Show,
            explain: false,
            count: true,
        }))
    }

    /// Counts everything that there is as seen; how much it is.
    pub(super) fn mark_all(&self, index: &dyn Index, book: &Book, name: &str) -> Result<usize, Failure> {
        let (signs, found) = everything(index, &self.0)?;
        let mut seen = Seen::default();
        seen.mark(&signs);
        book.keep(name, &seen)?;
        Ok(found)
    }

    /// Shows what it finds, new or not.
    pub(super) fn test(&self, desk: &mut Desk<'_>, alert: &Alert, seen: &Seen, limit: usize) -> Result<Exit, Failure> {
        let index = desk.open()?;
        let results = index.search(&Request { limit, ..self.0.clone() })?;
        let news = news(index.as_ref(), &self.0, seen, MOST)?;
        print(desk, alert, &self.0, &results)?;
        let new = news.hits.len() + news.left;
        writeln!(desk.err, "{} match, {new} of them new", news.found)?;
        Ok(if news.found > 0 { Exit::Found } else { Exit::Nothing })
    }
}
