//! JSON lines: an article as `inspect` shows it, with its body; a quotation with everything about it on one level.

use std::io::{self, Write};

use serde::Serialize;

use super::Rows;
use crate::article::{Article, Quote, Section};
use crate::output::inspect;
use crate::output::wire::{self, Date, VERSION};

/// One object a line.
pub(super) struct Lines<'a> {
    pub(super) out: &'a mut dyn Write,
}

impl Rows for Lines<'_> {
    fn row(&mut self, article: &Article, quote: Option<&Quote>) -> io::Result<()> {
        match quote {
            None => inspect::line(article, true, self.out),
            Some(quote) => {
                wire::write(&object(article, quote), self.out)?;
                writeln!(self.out)
            }
        }
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Serialize)]
struct WireQuote<'a> {
    v: u32,
    id: &'a str,
    record_id: Option<&'a str>,
    path: &'a str,
    title: &'a str,
    authors: &'a [String],
    source: Option<&'a str>,
    url: Option<&'a str>,
    lang: Option<&'a str>,
    published: Option<Date>,
    kind: &'static str,
    text: &'a str,
    speaker: Option<&'a str>,
    role: Option<&'a str>,
    organization: Option<&'a str>,
    ticker: Option<&'a str>,
    cue: Option<&'a str>,
    tickers: &'a [String],
    section: Option<&'static str>,
    start: usize,
    end: usize,
}

fn object<'a>(article: &'a Article, quote: &'a Quote) -> WireQuote<'a> {
    let speaker = quote.speaker.as_ref();
    WireQuote {
        v: VERSION,
        id: &article.id,
        record_id: article.record_id.as_deref(),
        path: &article.path,
        title: &article.title,
        authors: &article.authors,
        source: article.source.as_deref(),
        url: article.url.as_deref(),
        lang: article.language.as_deref(),
        published: article.published.as_ref().map(Date::from),
        kind: quote.kind.name(),
        text: article.words(quote),
        speaker: speaker.map(|speaker| speaker.name.as_str()),
        role: speaker.and_then(|speaker| speaker.role.as_deref()),
        organization: speaker.and_then(|speaker| speaker.organization.as_deref()),
        ticker: speaker.and_then(|speaker| speaker.ticker.as_deref()),
        cue: quote.cue.clone().and_then(|cue| article.body.get(cue)),
        tickers: &quote.tickers,
        section: quote.section.map(Section::name),
        start: quote.start,
        end: quote.end,
    }
}
