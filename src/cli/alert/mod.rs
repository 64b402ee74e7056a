//! `alert`: saved searches, and what is new for them.

mod deliver;
mod run;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use run::Asked;
pub(super) use run::run_all;

use super::desk::Desk;
use super::filters::Filters;
use super::search::Combine;
use super::{Exit, Failure};
use crate::alerts::{Alert, AlertError, Book, Delivery};
use crate::output::{clean, report};
use crate::query;
use crate::search::Target;

/// Keep searches and deliver what is new for them
///
/// An alert is a readable file in the folder `alerts`, beside pullquote.toml. Each article is delivered once, however often it is
/// indexed, moved, edited or printed again.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  pullquote alert add capex 'capex guidance' --ticker NWRB
  pullquote alert run
  pullquote alert run capex --format md --exec 'mail -s {name} me@example.com'")]
pub(super) struct AlertCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Add(Box<Add>),
    List(List),
    Remove(Remove),
    Test(Test),
    Run(run::Run),
}

/// Keep a search
#[derive(Debug, Args)]
struct Add {
    /// What to call it
    name: String,
    /// The question
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// Look for quotations, not articles
    #[arg(long)]
    quotes: bool,
    /// Count what is there now as seen
    #[arg(long)]
    from_now: bool,
    /// How plain words combine [default: all]
    #[arg(long = "match", value_enum, value_name = "HOW")]
    matching: Option<Combine>,
    #[command(flatten)]
    delivery: Way,
    #[command(flatten)]
    filters: Filters,
}

/// Show the searches that are kept
#[derive(Debug, Args)]
struct List {
    /// text or json
    #[arg(long, default_value = "text", value_parser = ["text", "json"], value_name = "FORMAT")]
    format: String,
}

/// Forget a search
#[derive(Debug, Args)]
struct Remove {
    /// Its name
    name: String,
}

/// Show what a search finds, seen or not; nothing is marked as seen
#[derive(Debug, Args)]
struct Test {
    /// Its name
    name: String,
    /// The most hits [default: 10]
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,
    /// How they are shown
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json", "jsonl", "csv", "md"])]
    format: Option<String>,
}

/// How what is new is handed over.
#[derive(Debug, Clone, Default, Args)]
struct Way {
    /// The format of what is printed or given to the command: text, json, jsonl, csv, md [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json", "jsonl", "csv", "md"])]
    format: Option<String>,
    /// Keep an Atom feed in this file
    #[arg(long, value_name = "FILE")]
    atom: Option<PathBuf>,
    /// Give it to this command on stdin, with no shell between; `{name}` is the alert's name
    #[arg(long, value_name = "COMMAND")]
    exec: Option<String>,
}

impl Way {
    fn delivery(&self) -> Result<Delivery, Failure> {
        let exec = self.exec.as_deref().map(deliver::words).unwrap_or_default();
        if self.exec.is_some() && exec.is_empty() {
            return Err(Failure::new(
                "cannot use --exec: it names no command",
                "write it as 'mail -s news me@example.com'",
            ));
        }
        // The next run may be started from another folder.
        let atom = self.atom.as_deref().map(std::path::absolute).transpose()?;
        Ok(Delivery { format: self.format.clone(), atom, exec })
    }
}

impl From<AlertError> for Failure {
    fn from(error: AlertError) -> Failure {
        Failure::new(error.to_string(), error.advice())
    }
}

/// How long a command of a person waits for alerts that are being run.
const WAIT: Duration = Duration::from_secs(10);

impl AlertCommand {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        match &self.what {
            What::Add(add) => add.run(desk),
            What::List(list) => list.run(desk),
            What::Remove(remove) => {
                let book = book(desk);
                let _lock = book.lock(WAIT)?;
                book.remove(&remove.name)?;
                writeln!(desk.err, "removed {}", clean(&remove.name))?;
                Ok(Exit::Found)
            }
            What::Test(test) => test.run(desk),
            What::Run(run) => run.run(desk),
        }
    }
}

/// The alerts of these settings.
fn book(desk: &Desk<'_>) -> Book {
    Book::at(desk.settings.alerts())
}

impl Add {
    fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let query = self.words.join(" ");
        if let Err(note) = query::strict(&query::parse(&query, desk.today().0)) {
            write!(desk.err, "error: cannot keep the query: {}", query::render(note, &query))?;
            return Ok(Exit::Failed);
        }
        let filters = self.filters.typed();
        if query.trim().is_empty() && filters.is_empty() {
            return Err(Failure::new(
                "cannot keep a search for nothing",
                "add words or a filter, such as --ticker NVDA",
            ));
        }
        let alert = Alert {
            name: self.name.clone(),
            query,
            target: if self.quotes { Target::Quotes } else { Target::Articles },
            matching: Combine::matching(self.matching, desk),
            filters,
            delivery: self.delivery.delivery()?,
        };
        let asked = Asked::of(&alert, desk)?;
        let book = book(desk);
        let _lock = book.lock(WAIT)?;
        // Opened first, so that an alert is kept whole or not at all.
        let index = if self.from_now { Some(desk.open()?) } else { None };
        book.add(&alert)?;
        let mut known = String::new();
        if let Some(index) = index {
            let found = asked.mark_all(index.as_ref(), &book, &alert.name)?;
            known = format!("; the {found} there are count as seen");
        }
        writeln!(desk.err, "kept {}{known}: `pullquote alert run` delivers what is new", clean(&alert.name))?;
        Ok(Exit::Found)
    }
}

impl List {
    fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let book = book(desk);
        let names = book.names()?;
        let mut failed = false;
        let mut rows = Vec::with_capacity(names.len());
        for name in &names {
            match book.read(name).and_then(|alert| Ok((alert, book.seen(name)?))) {
                Ok((alert, seen)) => rows.push(report::Kept {
                    words: words(&alert),
                    quotes: alert.target == Target::Quotes,
                    run: seen.run,
                    name: alert.name,
                }),
                Err(error) => {
                    writeln!(desk.err, "{}: {}", clean(name), clean(&error.to_string()))?;
                    failed = true;
                }
            }
        }
        report::alerts(&rows, self.format == "json", desk.out)?;
        Ok(match (failed, rows.is_empty()) {
            (true, _) => Exit::Failed,
            (false, true) => {
                writeln!(desk.err, "there are no alerts: `pullquote alert add NAME QUERY` keeps one")?;
                Exit::Nothing
            }
            (false, false) => Exit::Found,
        })
    }
}

/// The question as it would be typed.
fn words(alert: &Alert) -> String {
    let mut words = vec![alert.query.clone()];
    words.extend(alert.filters.iter().map(|(name, values)| format!("--{name} {}", values.join(","))));
    words.join(" ").trim().to_owned()
}

impl Test {
    fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let book = book(desk);
        let mut alert = book.read(&self.name)?;
        let seen = book.seen(&self.name)?;
        alert.delivery = Delivery { format: self.format.clone(), ..Delivery::default() };
        let limit = self.limit.unwrap_or_else(|| desk.settings.limit());
        Asked::of(&alert, desk)?.test(desk, &alert, &seen, limit)
    }
}
