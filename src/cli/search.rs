//! `search`: articles, best first.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::desk::Desk;
use super::filters::Filters;
use super::{Exit, Failure, batch, facets, hints};
use crate::index;
use crate::output::{self, Output};
use crate::query::{self, Query};
use crate::search::{By, Dups, Matching, Recency, Request, Results, Sort, Target};

/// Find articles by words, tickers, speakers and dates
///
/// Words typed by people never fail: what cannot be understood is searched as plain words, and a note says so.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The language:
  capex guidance               all words, stemmed
  \"rate cut\"                   these very words
  a OR b   -a   (a b)          boolean
  cut*                         a beginning
  near/5(tariff margin)        within five words; same/s(…) one sentence; same/p(…) one paragraph
  title:…  lead:…              in the headline; in the first paragraph
  ticker:NVDA,AMD  $NVDA       any of these
  speaker:nadella  role:cfo    who is quoted
  date:2025-01  date:30d  date:\"last quarter\"  date:none

Examples:
  pullquote search \"capex guidance\" --ticker MSFT --since 90d
  pullquote search 'tariffs -china speaker:\"chief executive\"' -n 5 --snippets 3
  pullquote search 'date:2025q1 near/5(cut guidance)' --format json")]
pub(super) struct Search {
    /// Answer every line of a file: id, tab, query
    #[arg(long, value_name = "TSV", conflicts_with = "words")]
    query_file: Option<PathBuf>,
    /// Read the lines of --query-file as the query language, not as plain words
    #[arg(long, requires = "query_file")]
    syntax: bool,
    /// Count what is found, by any of: ticker, speaker, source, day, week, month, quarter, year
    #[arg(long, value_name = "BY", value_delimiter = ',', value_parser = facets::by, conflicts_with = "query_file")]
    facets: Vec<By>,
    #[command(flatten)]
    pub(super) asked: Asked,
}

/// What `search` and `quotes` share.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The question
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// How plain words combine [default: all]
    #[arg(long = "match", value_enum, value_name = "HOW")]
    matching: Option<Combine>,
    /// The order of hits
    #[arg(long, value_enum, default_value = "relevance", value_name = "BY")]
    sort: Order,
    /// The most hits [default: 10]
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,
    /// Copies of one story, and quotations in the same words: group (one, with "+N reprints"), show (each), hide (one; and
    /// counts are of stories) [default: group]
    #[arg(long, value_enum, value_name = "HOW")]
    dups: Option<Copies>,
    /// Let newer articles count more: a score halves with every so many days of age: 30d, 2w, 6m, 1y
    #[arg(long, value_name = "AGE", value_parser = half_life)]
    recency: Option<u32>,
    /// Hits to pass over first
    #[arg(long, default_value_t = 0, value_name = "COUNT")]
    offset: usize,
    /// The most snippets a hit [default: 1]
    #[arg(long, value_name = "COUNT")]
    snippets: Option<usize>,
    /// Say how the query was read and why each hit has its score
    #[arg(long)]
    explain: bool,
    /// Refuse a query that is not understood to the letter
    #[arg(long)]
    strict: bool,
    /// How results are shown: text, json, jsonl, csv, md [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json", "jsonl", "csv", "md", "trec"])]
    pub(super) format: Option<String>,
    // Last, because its heading in the help holds for all that follows.
    #[command(flatten)]
    filters: Filters,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Combine {
    All,
    Any,
}

impl Combine {
    /// As typed, else as set.
    pub(super) fn matching(typed: Option<Combine>, desk: &Desk<'_>) -> Matching {
        match typed {
            Some(Combine::Any) => Matching::Any,
            None if desk.settings.matching() == "any" => Matching::Any,
            Some(Combine::All) | None => Matching::All,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Copies {
    Group,
    Show,
    Hide,
}

/// A half-life, in days.
pub(super) fn half_life(typed: &str) -> Result<u32, String> {
    let (number, unit) = typed.split_at(typed.find(|c: char| !c.is_ascii_digit()).unwrap_or(typed.len()));
    let days = match unit {
        "d" | "" => 1,
        "w" => 7,
        "m" => 30,
        "y" => 365,
        _ => return Err("write a number of days, weeks, months or years: 30d, 2w, 6m, 1y".to_owned()),
    };
    let days = number.parse::<u32>().ok().and_then(|number| number.checked_mul(days));
    days.filter(|days| *days > 0).ok_or_else(|| "write a number from 1 on, and d, w, m or y: 30d".to_owned())
}

impl Search {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        match &self.query_file {
            Some(file) => batch::run(desk, file, self.syntax, &self.asked),
            None => self.asked.run(desk, Target::Articles, &self.facets, None),
        }
    }
}

impl Asked {
    /// Answers one question.
    pub(super) fn run(
        &self,
        desk: &mut Desk<'_>,
        target: Target,
        by: &[By],
        group: Option<By>,
    ) -> Result<Exit, Failure> {
        let format = self.output(desk)?.name();
        if !by.is_empty() && !matches!(format, "text" | "json") {
            let what = format!("counts do not fit into {format}");
            return Err(Failure::new(what, "ask for --facets with --format text or json"));
        }
        let (_, zone) = desk.today();
        let query = self.query(desk)?;
        let request = self.request(desk, query, target);
        let index = desk.open()?;
        let mut results = match by {
            [] => index.search(&request)?,
            by => index::search_and_count(index.as_ref(), &request, by, facets::VALUES)?,
        };
        hints::add(desk, index.as_ref(), &request, &mut results)?;
        if let Some(group) = group {
            facets::group(index.as_ref(), &request, group, &mut results)?;
        }
        self.answer(desk, &request, &results, &zone)
    }

    /// What was typed, with its flags.
    pub(super) fn query(&self, desk: &Desk<'_>) -> Result<Query, Failure> {
        let (today, _) = desk.today();
        let typed = self.words.join(" ");
        let query = query::parse(&typed, today);
        if self.strict
            && let Err(note) = query::strict(&query)
        {
            let what = format!("cannot understand the query: {}", query::render(note, &typed).trim_end());
            return Err(Failure { what, advice: None, closed: false });
        }
        self.filters.narrow(query, today)
    }

    /// The request for `query`.
    pub(super) fn request(&self, desk: &Desk<'_>, query: Query, target: Target) -> Request {
        let matching = Combine::matching(self.matching, desk);
        Request {
            query: if matching == Matching::Any { query.subject() } else { query },
            target,
            matching,
            sort: match self.sort {
                Order::Relevance => Sort::Relevance,
                Order::Newest => Sort::Newest,
                Order::Oldest => Sort::Oldest,
            },
            recency: self.recency.map(|half_life| Recency { half_life, today: desk.today().0 }),
            limit: self.limit.unwrap_or_else(|| desk.settings.limit()),
            offset: self.offset,
            snippets: self.snippets.unwrap_or_else(|| desk.settings.snippets()),
            dups: self.dups(desk),
            explain: self.explain,
            count: true,
        }
    }

    /// How copies are shown: as asked, else one of each but in runs for TREC.
    fn dups(&self, desk: &Desk<'_>) -> Dups {
        match self.dups {
            Some(Copies::Show) => Dups::Show,
            Some(Copies::Hide) => Dups::Hide,
            None if self.format.as_deref().unwrap_or_else(|| desk.settings.format()) == "trec" => Dups::Show,
            Some(Copies::Group) | None => Dups::Group,
        }
    }

    /// The format asked for.
    pub(super) fn output(&self, desk: &Desk<'_>) -> Result<&'static dyn Output, Failure> {
        let name = self.format.as_deref().unwrap_or_else(|| desk.settings.format());
        output::named(name)
            .ok_or_else(|| Failure::new(format!("there is no format {name} here"), "trec needs --query-file"))
    }

    /// Prints `results`.
    pub(super) fn answer(
        &self,
        desk: &mut Desk<'_>,
        request: &Request,
        results: &Results,
        zone: &str,
    ) -> Result<Exit, Failure> {
        let output = self.output(desk)?;
        let query = &request.query;
        for note in query.notes.iter().chain(&results.notes) {
            write!(desk.err, "note: {}", query::render(note, &query.typed))?;
        }
        let read = query::describe(query);
        if self.explain {
            writeln!(desk.err, "read as: {}; days begin in {zone}", output::clean(&read))?;
        }
        let root = desk.settings.corpus();
        let view = desk.view(&root, request, zone);
        output.results(results, &view, desk.out)?;
        if !results.hits.is_empty() {
            hints::write(desk, request, results)?;
            return Ok(Exit::Found);
        }
        match results.total.filter(|total| *total > 0) {
            Some(total) if request.limit == 0 => {
                writeln!(desk.err, "{total} match")?;
                return Ok(Exit::Found);
            }
            Some(total) => writeln!(desk.err, "only {total} match: --offset {} is beyond them", self.offset)?,
            None => writeln!(desk.err, "nothing found for: {}", output::clean(&read))?,
        }
        hints::write(desk, request, results)?;
        Ok(Exit::Nothing)
    }
}
