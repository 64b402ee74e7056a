//! `export`: the corpus as data.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;

use super::desk::Desk;
use super::filters::Filters;
use super::fresh::Fresh;
use super::search::Combine;
use super::{Exit, Failure};
use crate::index::Index;
use crate::output::export::{self, FORMATS};
use crate::query;
use crate::search::{Dups, Matching, Request, Sort, Target};

/// Write articles or quotations as data: JSON lines, CSV, Markdown, Parquet
///
/// Everything that the question finds, in order of article id; everything there is where nothing is asked.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  pullquote export -o articles.parquet
  pullquote export --quotes --role cfo --since 2025 -o cfo.csv
  pullquote export capex --ticker MSFT --format jsonl | jq .title")]
pub(super) struct Export {
    /// The question
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// Write quotations, not articles
    #[arg(long)]
    quotes: bool,
    /// jsonl, csv, md or parquet [default: by the ending of FILE, else jsonl]
    #[arg(long, value_name = "FORMAT", value_parser = FORMATS.to_vec())]
    format: Option<String>,
    /// Write to a file, which is there whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How plain words combine [default: all]
    #[arg(long = "match", value_enum, value_name = "HOW")]
    matching: Option<Combine>,
    #[command(flatten)]
    filters: Filters,
}

impl Export {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let format = self.format()?;
        if format == "parquet" && self.output.is_none() && desk.terminal.out {
            return Err(Failure::new("parquet is not for a terminal", "name a file with `-o FILE`"));
        }
        let request = self.request(desk)?;
        // Before the index is read: a name that cannot be written to is told at once.
        let fresh = self.output.as_deref().map(Fresh::new).transpose()?;
        let index = desk.open()?;
        let stop = desk.stop();
        let rows = match fresh {
            None => write(index.as_ref(), &request, format, &stop, desk.out)??,
            Some(mut fresh) => {
                let written = write(index.as_ref(), &request, format, &stop, &mut fresh)?;
                let rows = written.map_err(|error| fresh.refused(&error))?;
                fresh.keep()?;
                rows
            }
        };
        if let Some(path) = &self.output {
            let what = if self.quotes { "quotations" } else { "articles" };
            writeln!(desk.err, "wrote {rows} {what} to {}", path.display())?;
        }
        Ok(if rows > 0 { Exit::Found } else { Exit::Nothing })
    }

    fn request(&self, desk: &mut Desk<'_>) -> Result<Request, Failure> {
        let (today, _) = desk.today();
        let query = query::parse(&self.words.join(" "), today);
        for note in &query.notes {
            write!(desk.err, "note: {}", query::render(note, &query.typed))?;
        }
        let query = self.filters.narrow(query, today)?;
        let matching = Combine::matching(self.matching, desk);
        Ok(Request {
            query: if matching == Matching::Any { query.subject() } else { query },
            target: if self.quotes { Target::Quotes } else { Target::Articles },
            matching,
            sort: Sort::Relevance,
            recency: None,
            limit: 0,
            offset: 0,
            snippets: 0,
            dups: Dups::Show,
            explain: false,
            count: false,
        })
    }

    /// As typed, else by the ending of the file.
    fn format(&self) -> Result<&str, Failure> {
        if let Some(format) = &self.format {
            return Ok(format);
        }
        let Some(ending) = self.output.as_deref().and_then(Path::extension) else { return Ok(FORMATS[0]) };
        let named = FORMATS.iter().find(|format| ending.eq_ignore_ascii_case(**format)).copied();
        named.ok_or_else(|| {
            let what = format!("there is no format for the ending .{}", ending.display());
            Failure::new(what, &format!("name one with --format: {}", FORMATS.join(", ")))
        })
    }
}

/// Writes everything that `request` finds; how many rows, or why `out` took no more.
fn write(
    index: &dyn Index,
    request: &Request,
    format: &str,
    stop: &AtomicBool,
    out: &mut dyn Write,
) -> Result<io::Result<usize>, Failure> {
    let mut rows = match export::rows(format, request.target, out) {
        Ok(Some(rows)) => rows,
        Ok(None) => return Err(Failure::new(format!("there is no format {format}"), "see `pullquote export --help`")),
        Err(error) => return Ok(Err(error)),
    };
    let (mut count, mut failed) = (0, None);
    index.pass(request, &mut |found| {
        if stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        count += 1;
        match rows.row(found.article(), found.quote()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    if stop.load(Ordering::Relaxed) {
        return Err(Failure::new("stopped before the end", "run it again: no file was left behind"));
    }
    Ok(match failed {
        Some(error) => Err(error),
        None => rows.end().map(|()| count),
    })
}
