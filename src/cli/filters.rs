//! The flags that narrow a question: the same as the fields of the query language.

use clap::Args;
use jiff::civil::Date;

use super::Failure;
use crate::query::{self, Query, dates};
use crate::schema::Field;

/// What narrows a search; commas and repetition mean any of them.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct Filters {
    /// Any of these symbols: NVDA, BRK.B, VOD.L
    #[arg(long, short, value_name = "SYMBOL", value_delimiter = ',')]
    ticker: Vec<String>,
    /// Who is quoted; a part of the name is enough
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    speaker: Vec<String>,
    /// The role of who is quoted: ceo, cfo, analyst
    #[arg(long, value_name = "ROLE", value_delimiter = ',')]
    role: Vec<String>,
    /// The organisation of who is quoted, by name or symbol
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    org: Vec<String>,
    /// From this day on: 2025-01-30, 2025-01, 90d, "last quarter"
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    since: Option<String>,
    /// Up to this day, included
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    until: Option<String>,
    /// The outlet
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    source: Vec<String>,
    /// Who wrote it
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    author: Vec<String>,
    /// The language: en, de
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    lang: Vec<String>,
    /// The beginning of the article's path
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    path: Vec<String>,
    /// The kind of speech: direct, fragment, indirect, mixed, turn
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// The section of a transcript: prepared, qa
    #[arg(long, value_name = "SECTION", value_delimiter = ',')]
    section: Vec<String>,
    /// Who is speaking: company (executives), outside (analysts, investors, officials)
    #[arg(long, value_name = "SIDE", value_delimiter = ',')]
    side: Vec<String>,
}

impl Filters {
    /// `query`, narrowed.
    pub(super) fn narrow(&self, mut query: Query, today: Date) -> Result<Query, Failure> {
        for (field, values) in self.values() {
            if !values.is_empty() {
                let node = query::filter(field, values, today).map_err(|error| refused(field.name(), &error))?;
                query = query.and(node);
            }
        }
        let day = |flag: &str, typed: &Option<String>, read: fn(&str, Date) -> Result<Date, dates::NotDays>| {
            typed.as_ref().map(|typed| read(typed, today)).transpose().map_err(|error| refused(flag, &error))
        };
        let since = day("since", &self.since, dates::parse_since)?;
        let until = day("until", &self.until, dates::parse_until)?;
        if since.is_some() || until.is_some() {
            let days = dates::between(since, until).map_err(|error| refused("until", &error))?;
            query = query.and(query::dated(days));
        }
        Ok(query)
    }

    /// The tickers, and the filters without them.
    pub(super) fn without_tickers(&self) -> (Vec<String>, Filters) {
        let mut rest = self.clone();
        let tickers = std::mem::take(&mut rest.ticker);
        (tickers, rest)
    }

    /// What was typed: the names of flags and their values.
    pub(super) fn typed(&self) -> Vec<(String, Vec<String>)> {
        let days = [("since", &self.since), ("until", &self.until)];
        let days = days.into_iter().filter_map(|(name, day)| Some((name.to_owned(), vec![day.clone()?])));
        let values = self.values().into_iter().filter(|(_, values)| !values.is_empty());
        values.map(|(field, values)| (field.name().to_owned(), values.to_vec())).chain(days).collect()
    }

    /// The filters with these names of flags and these values.
    pub(super) fn of(typed: &[(String, Vec<String>)]) -> Result<Filters, Failure> {
        let mut filters = Filters::default();
        for (name, values) in typed {
            let list = match name.as_str() {
                "ticker" => &mut filters.ticker,
                "speaker" => &mut filters.speaker,
                "role" => &mut filters.role,
                "org" => &mut filters.org,
                "source" => &mut filters.source,
                "author" => &mut filters.author,
                "lang" => &mut filters.lang,
                "path" => &mut filters.path,
                "kind" => &mut filters.kind,
                "section" => &mut filters.section,
                "side" => &mut filters.side,
                "since" | "until" => {
                    let day = if name == "since" { &mut filters.since } else { &mut filters.until };
                    *day = values.first().cloned();
                    continue;
                }
                _ => {
                    return Err(Failure::new(
                        format!("there is no filter {name}"),
                        "filters are called as the flags are",
                    ));
                }
            };
            list.clone_from(values);
        }
        Ok(filters)
    }

    fn values(&self) -> [(Field, &[String]); 11] {
        [
            (Field::Ticker, &self.ticker),
            (Field::Speaker, &self.speaker),
            (Field::Role, &self.role),
            (Field::Org, &self.org),
            (Field::Source, &self.source),
            (Field::Author, &self.author),
            (Field::Lang, &self.lang),
            (Field::Path, &self.path),
            (Field::Kind, &self.kind),
            (Field::Section, &self.section),
            (Field::Side, &self.side),
        ]
    }
}

fn refused(flag: &str, error: &dates::NotDays) -> Failure {
    Failure::new(format!("cannot use --{flag}: {}", error.problem), &error.fix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_is_kept_as_it_was_typed() {
        let command = Filters::augment_args(clap::Command::new("all"));
        let typed: Vec<(String, Vec<String>)> = command
            .get_arguments()
            .filter_map(|argument| Some((argument.get_long()?.to_owned(), vec!["2025".to_owned()])))
            .collect();
        assert!(typed.len() > 10);
        let mut kept = Filters::of(&typed).unwrap().typed();
        kept.sort();
        let mut typed = typed;
        typed.sort();
        assert_eq!(kept, typed);
        assert!(Filters::of(&[("tickr".to_owned(), Vec::new())]).is_err());
    }
}
