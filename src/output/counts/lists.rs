//! The companies and the people of a corpus, as a table, as CSV and as JSON.

use std::io::{self, Write};

use jiff::civil::Date;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::cell;
use crate::index::{People, Person};
use crate::output::csv::failed;
use crate::output::wire::{self, VERSION};
use crate::output::{clean, clean_lines};
use crate::search::Tally;

/// The most columns of a name.
const WIDEST: usize = 36;

/// A company, with how many articles mention it and when.
#[derive(Serialize)]
struct WireTicker<'a> {
    symbol: &'a str,
    company: Option<&'a str>,
    articles: usize,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct WirePerson<'a> {
    name: &'a str,
    also: Vec<WireVariant<'a>>,
    roles: &'a [String],
    organizations: &'a [String],
    tickers: &'a [String],
    quotes: usize,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct WireVariant<'a> {
    name: &'a str,
    rule: &'a str,
}

/// Writes companies with their names as `format`: text, csv or json.
pub fn tickers(tallies: &[(Tally, Option<String>)], format: &str, out: &mut dyn Write) -> io::Result<()> {
    let rows = tallies.iter().map(|(tally, company)| WireTicker {
        symbol: &tally.value,
        company: company.as_deref(),
        articles: tally.count,
        first: first(tally.days),
        last: last(tally.days),
    });
    let rows: Vec<WireTicker<'_>> = rows.collect();
    match format {
        "csv" => csv(&["symbol", "company", "articles", "first", "last"], rows.iter().map(ticker_row), out),
        "json" => {
            #[derive(Serialize)]
            struct Wire<'a> {
                v: u32,
                tickers: &'a [WireTicker<'a>],
            }
            wire::write(&Wire { v: VERSION, tickers: &rows }, out)?;
            writeln!(out)
        }
        _ => table(
            rows.iter().map(|row| {
                let company = row.company.unwrap_or_default().to_owned();
                vec![
                    row.symbol.to_owned(),
                    company,
                    row.articles.to_string(),
                    days(row.first.as_deref(), row.last.as_deref()),
                ]
            }),
            out,
        ),
    }
}

fn ticker_row(row: &WireTicker<'_>) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let company = row.company.unwrap_or_default().to_owned();
    vec![row.symbol.to_owned(), company, row.articles.to_string(), text(&row.first), text(&row.last)]
}

/// Writes people as `format`: text, csv or json.
pub fn people(people: &People, format: &str, out: &mut dyn Write) -> io::Result<()> {
    match format {
        "csv" => {
            let heads = ["name", "also", "roles", "organizations", "tickers", "quotes", "first", "last"];
            csv(&heads, people.people.iter().map(person_row), out)
        }
        "json" => {
            #[derive(Serialize)]
            struct Wire<'a> {
                v: u32,
                names: usize,
                unnamed: usize,
                speakers: Vec<WirePerson<'a>>,
            }
            let speakers = people.people.iter().map(wire_person).collect();
            wire::write(&Wire { v: VERSION, names: people.names, unnamed: people.unnamed, speakers }, out)?;
            writeln!(out)
        }
        _ => text(people, out),
    }
}

fn wire_person(person: &Person) -> WirePerson<'_> {
    WirePerson {
        name: &person.name,
        also: person.also.iter().map(|(name, rule)| WireVariant { name, rule }).collect(),
        roles: &person.roles,
        organizations: &person.organizations,
        tickers: &person.tickers,
        quotes: person.quotes,
        first: first(person.days),
        last: last(person.days),
    }
}

fn person_row(person: &Person) -> Vec<String> {
    let also: Vec<&str> = person.also.iter().map(|(name, _)| name.as_str()).collect();
    vec![
        person.name.clone(),
        also.join("; "),
        person.roles.join("; "),
        person.organizations.join("; "),
        person.tickers.join("; "),
        person.quotes.to_string(),
        first(person.days).unwrap_or_default(),
        last(person.days).unwrap_or_default(),
    ]
}

fn text(people: &People, out: &mut dyn Write) -> io::Result<()> {
    for person in &people.people {
        let quotes = if person.quotes == 1 { "1 quote".to_owned() } else { format!("{} quotes", person.quotes) };
        let days = days(first(person.days).as_deref(), last(person.days).as_deref());
        writeln!(out, "{}  {quotes}{}{days}", clean(&person.name), if days.is_empty() { "" } else { ", " })?;
        let bodies: Vec<&str> = person.organizations.iter().chain(&person.tickers).map(String::as_str).collect();
        for (what, values) in [("", person.roles.join("; ")), ("at ", bodies.join("; "))] {
            if !values.is_empty() {
                writeln!(out, "    {what}{}", clean(&values))?;
            }
        }
        for (name, rule) in &person.also {
            writeln!(out, "    also {} ({})", clean(name), clean(rule))?;
        }
    }
    Ok(())
}

fn first(days: Option<(Date, Date)>) -> Option<String> {
    days.map(|(first, _)| first.to_string())
}

fn last(days: Option<(Date, Date)>) -> Option<String> {
    days.map(|(_, last)| last.to_string())
}

/// `2024-06-10 to 2025-01-30`.
fn days(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => String::new(),
    }
}

fn csv(heads: &[&str], rows: impl Iterator<Item = Vec<String>>, out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record(heads).map_err(failed)?;
    for row in rows {
        sheet.write_record(row.iter().map(|cell| clean_lines(cell).into_owned())).map_err(failed)?;
    }
    sheet.flush()
}

/// Columns as wide as they need to be; the third holds numbers.
fn table(rows: impl Iterator<Item = Vec<String>>, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> = rows.collect();
    let width = |column: usize| {
        let widths = rows.iter().filter_map(|row| row.get(column)).map(|text| text.width());
        widths.max().unwrap_or(0).min(WIDEST)
    };
    let (first, second, third) = (width(0), width(1), width(2));
    for row in &rows {
        let [symbol, company, count, days] = row.as_slice() else { continue };
        let line = format!("{}  {}  {count:>third$}  {}", cell(symbol, first), cell(company, second), clean(days));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
