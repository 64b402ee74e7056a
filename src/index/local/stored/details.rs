//! What only an opened article shows, as kept: all mentions, all quotations, all dates.
//!
//! What the card has already (symbols, names) is not kept twice.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::card::{Card, CompanyRow, SpeakerRow};
use super::places::{NOWHERE, Place, Trail, range_from, seen_from, small};
use crate::article::{Article, How, MentionedDate, Quote, QuoteKind, Section, Speaker, Ticker};

/// See the module.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Details<'a> {
    /// In the order of the companies of the card.
    #[serde(borrow)]
    tickers: Vec<TickerRow<'a>>,
    #[serde(borrow)]
    quotes: Vec<QuoteRow<'a>>,
    replaced: u32,
    listed: Vec<&'a str>,
    dates: Vec<DateRow>,
}

#[derive(Debug, Serialize, Deserialize)]
struct TickerRow<'a> {
    #[serde(borrow)]
    exchange: Option<&'a str>,
    aliases: Vec<&'a str>,
    how: u8,
    mentions: Vec<(i64, u64)>,
}

/// A quotation as kept.
#[derive(Debug, Serialize, Deserialize)]
struct QuoteRow<'a> {
    /// Kind and section.
    sort: u8,
    /// Seen from the end of the one before.
    place: Place,
    /// Which of the speakers of the card, from 1; 0 is none.
    speaker: u32,
    /// Where the speaker is named and the word that attributes, seen from the end of the quotation.
    named: Place,
    cue: Place,
    #[serde(borrow)]
    tickers: Vec<&'a str>,
}

/// Kinds are fewer than that: the section is kept above them.
const KINDS: u8 = 8;

/// The sections that a quotation can stand in, in the order in which they are kept.
const SECTIONS: [Option<Section>; 3] = [None, Some(Section::Prepared), Some(Section::Questions)];

type Day = (i16, i8, i8);

/// A date that is mentioned: its place, first and last day.
type DateRow = ((i64, u64), Option<Day>, Option<Day>);

impl<'a> Details<'a> {
    /// The details of `article`, whose quotations have these speakers of the card.
    pub(super) fn of(article: &'a Article, speakers: &[Option<u32>]) -> Details<'a> {
        let (mut quotes, mut dates) = (Trail::default(), Trail::default());
        let rows = article.quotes.iter().zip(speakers);
        Details {
            tickers: article.tickers.iter().map(TickerRow::of).collect(),
            quotes: rows.map(|(quote, speaker)| QuoteRow::of(quote, *speaker, &mut quotes)).collect(),
            replaced: small(article.replaced),
            listed: article.listed_tickers.iter().map(String::as_str).collect(),
            dates: article.mentioned_dates.iter().map(|date| date_row(date, &mut dates)).collect(),
        }
    }

    /// Puts them back into `article`, which has this card; `None` where they do not fit it.
    pub(super) fn restore(self, card: &Card<'_>, article: &mut Article) -> Option<()> {
        let (mut quotes, mut dates) = (Trail::default(), Trail::default());
        let tickers = card.companies.iter().zip(self.tickers);
        article.tickers = tickers.map(|(company, row)| row.ticker(company)).collect::<Option<_>>()?;
        let rows = self.quotes.into_iter();
        article.quotes = rows.map(|row| row.quote(&card.speakers, &mut quotes)).collect::<Option<_>>()?;
        article.replaced = self.replaced as usize;
        article.listed_tickers = self.listed.into_iter().map(str::to_owned).collect();
        article.mentioned_dates =
            self.dates.into_iter().map(|row| mentioned_date(row, &mut dates)).collect::<Option<_>>()?;
        Some(())
    }
}

impl<'a> TickerRow<'a> {
    fn of(ticker: &'a Ticker) -> TickerRow<'a> {
        let mut trail = Trail::default();
        TickerRow {
            exchange: ticker.exchange.as_deref(),
            aliases: ticker.aliases.iter().map(String::as_str).collect(),
            how: ticker.how as u8,
            mentions: ticker.mentions.iter().map(|span| trail.put_span(*span)).collect(),
        }
    }

    fn ticker(self, company: &CompanyRow<'_>) -> Option<Ticker> {
        let mut trail = Trail::default();
        let mentions = self.mentions.into_iter().map(|place| trail.take_span(place));
        Some(Ticker {
            symbol: company.symbol.to_owned(),
            exchange: self.exchange.map(str::to_owned),
            company: company.name.map(str::to_owned),
            aliases: self.aliases.into_iter().map(str::to_owned).collect(),
            how: *How::ALL.get(usize::from(self.how))?,
            mentions: mentions.collect::<Option<_>>()?,
            salience: company.salience,
        })
    }
}

impl<'a> QuoteRow<'a> {
    fn of(quote: &'a Quote, speaker: Option<u32>, trail: &mut Trail) -> QuoteRow<'a> {
        let section = (0..).zip(SECTIONS).find(|(_, section)| *section == quote.section).map_or(0, |(at, _)| at);
        let named = quote.speaker.as_ref().and_then(|speaker| speaker.place.as_ref());
        QuoteRow {
            sort: quote.kind as u8 + KINDS * section,
            place: trail.put(&(quote.start..quote.end)),
            speaker: speaker.map_or(0, |number| number + 1),
            named: named.map_or(NOWHERE, |place| seen_from(quote.end, place)),
            cue: quote.cue.as_ref().map_or(NOWHERE, |cue| seen_from(quote.end, cue)),
            tickers: quote.tickers.iter().map(String::as_str).collect(),
        }
    }

    fn quote(self, speakers: &[SpeakerRow<'_>], trail: &mut Trail) -> Option<Quote> {
        let range = trail.take(self.place)?;
        let place = |place: Place| match place {
            NOWHERE => Some(None),
            place => range_from(range.end, place).map(Some),
        };
        let speaker = match self.speaker.checked_sub(1) {
            Some(number) => Some(Speaker { place: place(self.named)?, ..speakers.get(number as usize)?.speaker() }),
            None => None,
        };
        Some(Quote {
            kind: *QuoteKind::ALL.get(usize::from(self.sort % KINDS))?,
            start: range.start,
            end: range.end,
            speaker,
            cue: place(self.cue)?,
            tickers: self.tickers.into_iter().map(str::to_owned).collect(),
            section: *SECTIONS.get(usize::from(self.sort / KINDS))?,
        })
    }
}

fn date_row(date: &MentionedDate, trail: &mut Trail) -> DateRow {
    let day = |day: Option<Date>| day.map(|day| (day.year(), day.month(), day.day()));
    (trail.put_span(date.span), day(date.since), day(date.until))
}

fn mentioned_date((place, since, until): DateRow, trail: &mut Trail) -> Option<MentionedDate> {
    let day = |day: Option<Day>| day.and_then(|(year, month, day)| Date::new(year, month, day).ok());
    Some(MentionedDate { span: trail.take_span(place)?, since: day(since), until: day(until) })
}
