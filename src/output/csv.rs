//! Comma-separated values: a header, then one row a hit; lists are joined by `;`.

use std::io::{self, Write};

use super::{Output, View, clean_lines};
use crate::article::Section;
use crate::search::{Hit, QuoteHit, Results, Target};

/// The columns that come last: how many copies or other places of the same words there are, and the page.
const LAST: &[&str] = &["reprints", "page"];

/// For spreadsheets.
pub(super) struct Csv;

/// The columns of every hit, without those of its quotation.
const ARTICLE: &[&str] =
    &["id", "record_id", "title", "published", "source", "url", "lang", "authors", "tickers", "speakers", "score"];

/// The columns that a search for articles adds.
const SNIPPET: &[&str] = &["snippets"];

/// The columns that a search for quotes adds.
const QUOTE: &[&str] =
    &["quote", "kind", "speaker", "role", "organization", "ticker", "quote_tickers", "section", "start", "end"];

impl Output for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn results(&self, results: &Results, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
        let quotes = view.request.target == Target::Quotes;
        let mut rows = csv::Writer::from_writer(out);
        let added = if quotes { QUOTE } else { SNIPPET };
        rows.write_record(ARTICLE.iter().chain(added).chain(LAST)).map_err(failed)?;
        for hit in &results.hits {
            let mut row = article(hit);
            match hit.quote.as_ref().filter(|_| quotes) {
                Some(it) => row.extend(quote(it)),
                None if quotes => row.extend(QUOTE.iter().map(|_| String::new())),
                None => row.push(joined(hit.snippets.iter().map(|snippet| snippet.text.trim()))),
            }
            row.extend([hit.reprints.to_string(), hit.page.map(|page| page.to_string()).unwrap_or_default()]);
            rows.write_record(row.iter().map(|cell| clean_lines(cell).into_owned())).map_err(failed)?;
        }
        rows.flush()
    }
}

/// What the system said, of which the library would keep the words alone.
pub(super) fn failed(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn article(hit: &Hit) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        hit.id.clone(),
        text(&hit.record_id),
        hit.title.clone(),
        hit.published.as_ref().map(|published| published.day.to_string()).unwrap_or_default(),
        text(&hit.source),
        text(&hit.url),
        text(&hit.language),
        joined(hit.authors.iter().map(String::as_str)),
        joined(hit.tickers.iter().map(|company| company.symbol.as_str())),
        joined(hit.speakers.iter().map(|speaker| speaker.name.as_str())),
        hit.score.to_string(),
    ]
}

fn quote(quote: &QuoteHit) -> Vec<String> {
    let speaker = quote.speaker.clone().unwrap_or_default();
    vec![
        quote.text.clone(),
        quote.kind.name().to_owned(),
        speaker.name,
        speaker.role.unwrap_or_default(),
        speaker.organization.unwrap_or_default(),
        speaker.ticker.unwrap_or_default(),
        joined(quote.tickers.iter().map(String::as_str)),
        quote.section.map(Section::name).unwrap_or_default().to_owned(),
        quote.start.to_string(),
        quote.end.to_string(),
    ]
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}
