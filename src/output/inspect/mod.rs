//! Everything that was read from one article: as wire JSON, and as text with what each field rests on.

mod layers;
mod text;

use std::io::{self, Write};

use serde::Serialize;

pub use text::{Sheet, text};

use super::wire::{self, Date, Place, VERSION};
use crate::article::{Article, MentionedDate, Quote, Section, Span, Ticker};

#[derive(Serialize)]
struct Wire<'a> {
    v: u32,
    id: &'a str,
    record_id: Option<&'a str>,
    title: &'a str,
    authors: &'a [String],
    source: Option<&'a str>,
    url: Option<&'a str>,
    lang: Option<&'a str>,
    published: Option<Date>,
    tickers: Vec<WireTicker<'a>>,
    quotes: Vec<WireQuote<'a>>,
    dates: Vec<WireDate<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    marks: Option<Vec<Place>>,
}

#[derive(Serialize)]
struct WireTicker<'a> {
    symbol: &'a str,
    exchange: Option<&'a str>,
    company: Option<&'a str>,
    mentions: usize,
    salience: f32,
    how: &'static str,
    spans: Vec<Place>,
}

#[derive(Serialize)]
struct WireQuote<'a> {
    kind: &'static str,
    start: usize,
    end: usize,
    start_char: usize,
    end_char: usize,
    text: &'a str,
    speaker: Option<&'a str>,
    speaker_start: Option<usize>,
    speaker_end: Option<usize>,
    role: Option<&'a str>,
    organization: Option<&'a str>,
    ticker: Option<&'a str>,
    tickers: &'a [String],
    cue: Option<&'a str>,
    section: Option<&'static str>,
}

#[derive(Serialize)]
struct WireDate<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place,
    since: Option<String>,
    until: Option<String>,
}

/// Articles as one JSON array, written one by one.
#[derive(Debug, Default)]
pub struct Array {
    begun: bool,
}

impl Array {
    /// Writes `article` as the next one; with its body on request.
    pub fn push(&mut self, article: &Article, body: bool, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b",\n" } else { b"[" })?;
        self.begun = true;
        wire::write(&object(article, body, None), out)
    }

    /// Writes the end.
    pub fn end(self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"]\n" } else { b"[]\n" })
    }
}

/// Writes `article` as one line of JSON; with its body on request.
pub fn line(article: &Article, body: bool, out: &mut dyn Write) -> io::Result<()> {
    wire::write(&object(article, body, None), out)?;
    writeln!(out)
}

/// Writes `article` as one line of JSON, with its body and the places of `marks`.
pub(super) fn opened(article: &Article, marks: &[Span], out: &mut dyn Write) -> io::Result<()> {
    wire::write(&object(article, true, Some(marks)), out)?;
    writeln!(out)
}

fn object<'a>(article: &'a Article, body: bool, marks: Option<&[Span]>) -> Wire<'a> {
    let mut characters = Characters { text: &article.body, byte: 0, character: 0 };
    Wire {
        v: VERSION,
        id: &article.id,
        record_id: article.record_id.as_deref(),
        title: &article.title,
        authors: &article.authors,
        source: article.source.as_deref(),
        url: article.url.as_deref(),
        lang: article.language.as_deref(),
        published: article.published.as_ref().map(Date::from),
        tickers: article.tickers.iter().map(ticker).collect(),
        quotes: article.quotes.iter().map(|it| quote(article, it, &mut characters)).collect(),
        dates: article.mentioned_dates.iter().map(|it| date(article, it)).collect(),
        body: body.then_some(article.body.as_str()),
        marks: marks.map(|marks| marks.iter().copied().map(Place::from).collect()),
    }
}

fn ticker(ticker: &Ticker) -> WireTicker<'_> {
    WireTicker {
        symbol: &ticker.symbol,
        exchange: ticker.exchange.as_deref(),
        company: ticker.company.as_deref(),
        mentions: ticker.mentions.len(),
        salience: ticker.salience,
        how: ticker.how.name(),
        spans: ticker.mentions.iter().copied().map(Place::from).collect(),
    }
}

fn date<'a>(article: &'a Article, date: &MentionedDate) -> WireDate<'a> {
    WireDate {
        text: article.text(date.span),
        place: Place::from(date.span),
        since: date.since.map(|day| day.to_string()),
        until: date.until.map(|day| day.to_string()),
    }
}

fn quote<'a>(article: &'a Article, quote: &'a Quote, characters: &mut Characters<'_>) -> WireQuote<'a> {
    let speaker = quote.speaker.as_ref();
    let place = speaker.and_then(|speaker| speaker.place.clone());
    WireQuote {
        kind: quote.kind.name(),
        start: quote.start,
        end: quote.end,
        start_char: characters.before(quote.start),
        end_char: characters.before(quote.end),
        text: article.words(quote),
        speaker: speaker.map(|speaker| speaker.name.as_str()),
        speaker_start: place.as_ref().map(|place| place.start),
        speaker_end: place.map(|place| place.end),
        role: speaker.and_then(|speaker| speaker.role.as_deref()),
        organization: speaker.and_then(|speaker| speaker.organization.as_deref()),
        ticker: speaker.and_then(|speaker| speaker.ticker.as_deref()),
        tickers: &quote.tickers,
        cue: quote.cue.clone().and_then(|cue| article.body.get(cue)),
        section: quote.section.map(Section::name),
    }
}

/// Counts code points from where it last stood: offsets mostly come in order.
struct Characters<'a> {
    text: &'a str,
    byte: usize,
    character: usize,
}

impl Characters<'_> {
    /// How many code points stand before byte `at`.
    fn before(&mut self, at: usize) -> usize {
        let count = |from: usize, to: usize| self.text.get(from..to).map_or(0, |text| text.chars().count());
        self.character =
            if at >= self.byte { self.character + count(self.byte, at) } else { self.character - count(at, self.byte) };
        self.byte = at;
        self.character
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::QuoteKind;

    #[test]
    fn offsets_are_given_in_bytes_and_in_code_points() {
        let body = "Zürich: “é” and “b”";
        let at = |words: &str| body.find(words).unwrap();
        let quote = |start: usize, end: usize| Quote {
            kind: QuoteKind::Direct,
            start,
            end,
            speaker: None,
            cue: None,
            tickers: Vec::new(),
            section: None,
        };
        let quotes = vec![quote(at("“b”"), body.len()), quote(at("“é”"), at("“é”") + "“é”".len())];
        let article = Article { body: body.to_owned(), quotes, ..Article::default() };
        let mut written = Vec::new();
        line(&article, false, &mut written).unwrap();
        let read: serde_json::Value = serde_json::from_slice(&written).unwrap();
        let offsets = |at: usize| {
            let it = &read["quotes"][at];
            ["start", "end", "start_char", "end_char"].map(|key| it[key].as_u64().unwrap())
        };
        assert_eq!(offsets(0), [22, 29, 16, 19]);
        assert_eq!(offsets(1), [9, 17, 8, 11]);
        assert!(read["body"].is_null());
    }
}
