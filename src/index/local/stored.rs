//! What is kept of an article for showing it: compact, and read without copying where possible.
//!
//! Mirrors of the core types, so that these stay free of serde. A list of hits reads [`Card`] and the text;
//! [`Details`] (all mentions, all quotes) are unpacked only when an article is opened or evidence is wanted.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::article::{
    Article, DateSource, How, MentionedDate, Part, Precision, Published, Quote, QuoteKind, Section, Span, Speaker,
    Ticker,
};
use crate::search::{Company, Quoted};

/// An article as kept, but for its body, which is kept as text.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stored<'a> {
    pub(super) card: Card<'a>,
    /// The sentences of the body: white space before each and its length, in bytes.
    outline: Vec<(u32, u32)>,
    /// [`Details`], packed.
    details: &'a [u8],
}

/// A quotation as kept: its place in the article that holds everything else.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct QuoteKey<'a> {
    /// The article id.
    pub(super) id: &'a str,
    /// Its place among the quotations of the article.
    pub(super) number: u32,
}

/// What a list of hits shows of an article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Card<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) record_id: Option<&'a str>,
    pub(super) title: &'a str,
    pub(super) authors: Vec<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) language: Option<&'a str>,
    pub(super) published: Option<Day>,
    pub(super) companies: Vec<(&'a str, Option<&'a str>, u32, f32)>,
    pub(super) speakers: Vec<(&'a str, Option<&'a str>, Option<&'a str>, u32)>,
}

/// A publication date as kept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Day {
    year: i16,
    month: i8,
    of_month: i8,
    precision: u8,
    instant: Option<i64>,
    source: u8,
    inferred: bool,
    doubtful: bool,
    evidence: Option<(bool, u32, u32)>,
}

/// Everything else of an article.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Details {
    tickers: Vec<TickerRow>,
    quotes: Vec<QuoteRow>,
    replaced: u32,
    listed: Vec<String>,
    dates: Vec<DateRow>,
}

#[derive(Debug, Serialize, Deserialize)]
struct TickerRow {
    symbol: String,
    exchange: Option<String>,
    company: Option<String>,
    aliases: Vec<String>,
    how: u8,
    mentions: Vec<(bool, u32, u32)>,
    salience: f32,
}

/// A quote as kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct QuoteRow {
    kind: u8,
    start: u32,
    end: u32,
    speaker: Option<SpeakerRow>,
    cue: Option<(u32, u32)>,
    tickers: Vec<String>,
    section: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SpeakerRow {
    name: String,
    role: Option<String>,
    organization: Option<String>,
    ticker: Option<String>,
    place: Option<(u32, u32)>,
}

/// Packs any of the rows above.
pub(super) fn pack(row: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(row).expect("rows hold nothing that postcard cannot write")
}

/// Packs an article, but for its body.
pub(super) fn pack_article(article: &Article) -> Vec<u8> {
    let details = pack(&Details::of(article));
    let mut read = 0;
    let mut outline = Vec::with_capacity(article.sentences.len());
    for sentence in &article.sentences {
        outline.push((small(sentence.start.saturating_sub(read)), small(sentence.len())));
        read = sentence.end;
    }
    pack(&Stored { card: Card::of(article), outline, details: &details })
}

impl Stored<'_> {
    /// The sentences of the body, in order.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        let mut read = 0;
        let sentence = |(gap, length): &(u32, u32)| {
            let start = read + *gap as usize;
            read = start + *length as usize;
            start..read
        };
        self.outline.iter().map(sentence).collect()
    }

    /// The whole article.
    pub(super) fn article(&self, body: &str) -> Option<Article> {
        let details: Details = postcard::from_bytes(self.details).ok()?;
        let card = &self.card;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let mut article = Article {
            id: card.id.to_owned(),
            path: card.path.to_owned(),
            record_id: owned(card.record_id),
            title: card.title.to_owned(),
            body: body.to_owned(),
            authors: card.authors.iter().map(|author| (*author).to_owned()).collect(),
            source: owned(card.source),
            url: owned(card.url),
            language: owned(card.language),
            published: card.published.and_then(Day::published),
            sentences: self.sentences(),
            ..Article::default()
        };
        details.restore(&mut article);
        Some(article)
    }
}

impl<'a> Card<'a> {
    /// The card of `article`.
    pub(super) fn of(article: &'a Article) -> Card<'a> {
        Card {
            id: &article.id,
            path: &article.path,
            record_id: article.record_id.as_deref(),
            title: &article.title,
            authors: article.authors.iter().map(String::as_str).collect(),
            source: article.source.as_deref(),
            url: article.url.as_deref(),
            language: article.language.as_deref(),
            published: article.published.as_ref().map(Day::of),
            companies: article.tickers.iter().map(company_row).collect(),
            speakers: speaker_rows(&article.quotes),
        }
    }

    /// The companies, for a hit.
    pub(super) fn companies(&self) -> Vec<Company> {
        let company = |(symbol, name, mentions, salience): &(&str, Option<&str>, u32, f32)| Company {
            symbol: (*symbol).to_owned(),
            name: name.map(str::to_owned),
            mentions: *mentions as usize,
            salience: *salience,
        };
        self.companies.iter().map(company).collect()
    }

    /// Those quoted, for a hit.
    pub(super) fn speakers(&self) -> Vec<Quoted> {
        let quoted = |(name, role, organization, quotes): &(&str, Option<&str>, Option<&str>, u32)| Quoted {
            name: (*name).to_owned(),
            role: role.map(str::to_owned),
            organization: organization.map(str::to_owned),
            quotes: *quotes as usize,
        };
        self.speakers.iter().map(quoted).collect()
    }
}

fn company_row(ticker: &Ticker) -> (&str, Option<&str>, u32, f32) {
    (&ticker.symbol, ticker.company.as_deref(), small(ticker.mentions.len()), ticker.salience)
}

/// Each speaker once, the most quoted first, then in order of appearance; role and organisation as first given.
fn speaker_rows(quotes: &[Quote]) -> Vec<(&str, Option<&str>, Option<&str>, u32)> {
    let mut rows: Vec<(&str, Option<&str>, Option<&str>, u32)> = Vec::new();
    for speaker in quotes.iter().filter_map(|quote| quote.speaker.as_ref()) {
        let (role, organization) = (speaker.role.as_deref(), speaker.organization.as_deref());
        match rows.iter_mut().find(|row| row.0 == speaker.name) {
            Some(row) => *row = (row.0, row.1.or(role), row.2.or(organization), row.3 + 1),
            None => rows.push((&speaker.name, role, organization, 1)),
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.3));
    rows
}

impl Day {
    /// Packs a date.
    pub(super) fn of(published: &Published) -> Day {
        let day = published.day;
        Day {
            year: day.year(),
            month: day.month(),
            of_month: day.day(),
            precision: published.precision as u8,
            instant: published.instant.map(Timestamp::as_second),
            source: published.source as u8,
            inferred: published.inferred,
            doubtful: published.doubtful,
            evidence: published.evidence.map(span_row),
        }
    }

    /// Unpacks it; `None` when it is not one that we packed.
    pub(super) fn published(self) -> Option<Published> {
        Some(Published {
            day: Date::new(self.year, self.month, self.of_month).ok()?,
            precision: *[Precision::Year, Precision::Month, Precision::Day].get(usize::from(self.precision))?,
            instant: self.instant.and_then(|second| Timestamp::from_second(second).ok()),
            source: *DateSource::ALL.get(usize::from(self.source))?,
            inferred: self.inferred,
            doubtful: self.doubtful,
            evidence: self.evidence.map(span),
        })
    }
}

impl Details {
    /// The details of `article`.
    fn of(article: &Article) -> Details {
        Details {
            tickers: article.tickers.iter().map(ticker_row).collect(),
            quotes: article.quotes.iter().map(QuoteRow::of).collect(),
            replaced: small(article.replaced),
            listed: article.listed_tickers.clone(),
            dates: article.mentioned_dates.iter().map(date_row).collect(),
        }
    }

    /// Puts them back into `article`.
    pub(super) fn restore(self, article: &mut Article) {
        article.tickers = self.tickers.into_iter().map(ticker).collect();
        article.quotes = self.quotes.into_iter().map(QuoteRow::quote).collect();
        article.replaced = self.replaced as usize;
        article.listed_tickers = self.listed;
        article.mentioned_dates = self.dates.into_iter().map(mentioned_date).collect();
    }
}

impl QuoteRow {
    /// Packs a quote.
    pub(super) fn of(quote: &Quote) -> QuoteRow {
        let speaker = quote.speaker.as_ref().map(|speaker| SpeakerRow {
            name: speaker.name.clone(),
            role: speaker.role.clone(),
            organization: speaker.organization.clone(),
            ticker: speaker.ticker.clone(),
            place: speaker.place.as_ref().map(|range| (small(range.start), small(range.end))),
        });
        QuoteRow {
            kind: quote.kind as u8,
            start: small(quote.start),
            end: small(quote.end),
            speaker,
            cue: quote.cue.as_ref().map(|range| (small(range.start), small(range.end))),
            tickers: quote.tickers.clone(),
            section: quote.section.map(|section| section == Section::Questions),
        }
    }

    /// Unpacks it.
    pub(super) fn quote(self) -> Quote {
        let speaker = self.speaker.map(|row| Speaker {
            name: row.name,
            role: row.role,
            organization: row.organization,
            ticker: row.ticker,
            place: row.place.map(|(start, end)| start as usize..end as usize),
        });
        Quote {
            kind: QuoteKind::ALL.get(usize::from(self.kind)).copied().unwrap_or(QuoteKind::Direct),
            start: self.start as usize,
            end: self.end as usize,
            speaker,
            cue: self.cue.map(|(start, end)| start as usize..end as usize),
            tickers: self.tickers,
            section: self.section.map(|questions| if questions { Section::Questions } else { Section::Prepared }),
        }
    }
}

fn ticker_row(ticker: &Ticker) -> TickerRow {
    TickerRow {
        symbol: ticker.symbol.clone(),
        exchange: ticker.exchange.clone(),
        company: ticker.company.clone(),
        aliases: ticker.aliases.clone(),
        how: ticker.how as u8,
        mentions: ticker.mentions.iter().map(|span| span_row(*span)).collect(),
        salience: ticker.salience,
    }
}

fn ticker(row: TickerRow) -> Ticker {
    Ticker {
        symbol: row.symbol,
        exchange: row.exchange,
        company: row.company,
        aliases: row.aliases,
        how: How::ALL.get(usize::from(row.how)).copied().unwrap_or(How::Name),
        mentions: row.mentions.into_iter().map(span).collect(),
        salience: row.salience,
    }
}

type DateRow = (bool, u32, u32, Option<(i16, i8, i8)>, Option<(i16, i8, i8)>);

fn date_row(date: &MentionedDate) -> DateRow {
    let (body, start, end) = span_row(date.span);
    let day = |day: Option<Date>| day.map(|day| (day.year(), day.month(), day.day()));
    (body, start, end, day(date.since), day(date.until))
}

fn mentioned_date((body, start, end, since, until): DateRow) -> MentionedDate {
    let day = |day: Option<(i16, i8, i8)>| day.and_then(|(year, month, day)| Date::new(year, month, day).ok());
    MentionedDate { span: span((body, start, end)), since: day(since), until: day(until) }
}

fn span_row(span: Span) -> (bool, u32, u32) {
    (span.part == Part::Body, small(span.start), small(span.end))
}

fn span((body, start, end): (bool, u32, u32)) -> Span {
    Span { part: if body { Part::Body } else { Part::Title }, start: start as usize, end: end as usize }
}

/// Texts are refused long before they reach 4 GiB, so that places in them fit.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
