//! What a list of hits shows of an article, as kept.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::places::small;
use crate::article::{Article, DateSource, Part, Precision, Published, Quote, Span, Speaker, Ticker};
use crate::search::{Company, Quoted};

/// What a list of hits shows of an article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::index::local) struct Card<'a> {
    pub(in crate::index::local) id: &'a str,
    pub(in crate::index::local) path: &'a str,
    pub(in crate::index::local) record_id: Option<&'a str>,
    pub(in crate::index::local) title: &'a str,
    pub(in crate::index::local) authors: Vec<&'a str>,
    pub(in crate::index::local) source: Option<&'a str>,
    pub(in crate::index::local) url: Option<&'a str>,
    pub(in crate::index::local) language: Option<&'a str>,
    pub(in crate::index::local) published: Option<Day>,
    #[serde(borrow)]
    pub(super) companies: Vec<CompanyRow<'a>>,
    #[serde(borrow)]
    pub(super) speakers: Vec<SpeakerRow<'a>>,
}

/// A company as kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CompanyRow<'a> {
    pub(super) symbol: &'a str,
    pub(super) name: Option<&'a str>,
    mentions: u32,
    pub(super) salience: f32,
}

/// A speaker as some quotations have it. One person has several rows where the role is not given every time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct SpeakerRow<'a> {
    name: &'a str,
    role: Option<&'a str>,
    organization: Option<&'a str>,
    ticker: Option<&'a str>,
    quotes: u32,
}

/// A publication date as kept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(in crate::index::local) struct Day {
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

impl<'a> Card<'a> {
    /// The card of `article`, which has these speakers.
    pub(super) fn of(article: &'a Article, speakers: Vec<SpeakerRow<'a>>) -> Card<'a> {
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
            companies: article.tickers.iter().map(CompanyRow::of).collect(),
            speakers,
        }
    }

    /// The companies, for a hit.
    pub(in crate::index::local) fn companies(&self) -> Vec<Company> {
        let company = |row: &CompanyRow<'_>| Company {
            symbol: row.symbol.to_owned(),
            name: row.name.map(str::to_owned),
            mentions: row.mentions as usize,
            salience: row.salience,
        };
        self.companies.iter().map(company).collect()
    }

    /// Those quoted, for a hit: each once, the most quoted first, then in order of appearance; role and organisation
    /// as first given.
    pub(in crate::index::local) fn speakers(&self) -> Vec<Quoted> {
        let mut quoted: Vec<Quoted> = Vec::with_capacity(self.speakers.len());
        for row in &self.speakers {
            let (role, organization) = (row.role.map(str::to_owned), row.organization.map(str::to_owned));
            let quotes = row.quotes as usize;
            match quoted.iter_mut().find(|known| known.name == row.name) {
                Some(known) => {
                    known.quotes += quotes;
                    known.role = known.role.take().or(role);
                    known.organization = known.organization.take().or(organization);
                }
                None => quoted.push(Quoted { name: row.name.to_owned(), role, organization, quotes }),
            }
        }
        quoted.sort_by_key(|known| std::cmp::Reverse(known.quotes));
        quoted
    }
}

impl<'a> CompanyRow<'a> {
    fn of(ticker: &'a Ticker) -> CompanyRow<'a> {
        CompanyRow {
            symbol: &ticker.symbol,
            name: ticker.company.as_deref(),
            mentions: small(ticker.mentions.len()),
            salience: ticker.salience,
        }
    }
}

impl<'a> SpeakerRow<'a> {
    /// The rows of `quotes`, in order of appearance, and which of them each quotation has.
    pub(super) fn of(quotes: &'a [Quote]) -> (Vec<SpeakerRow<'a>>, Vec<Option<u32>>) {
        let mut rows: Vec<SpeakerRow<'a>> = Vec::new();
        let which = |quote: &'a Quote| {
            let row = SpeakerRow::one(quote.speaker.as_ref()?);
            let at = rows.iter().position(|known| known.same(&row)).unwrap_or_else(|| {
                rows.push(row);
                rows.len() - 1
            });
            rows[at].quotes += 1;
            Some(small(at))
        };
        let which = quotes.iter().map(which).collect();
        (rows, which)
    }

    fn one(speaker: &'a Speaker) -> SpeakerRow<'a> {
        let Speaker { name, role, organization, ticker, .. } = speaker;
        let (role, organization, ticker) = (role.as_deref(), organization.as_deref(), ticker.as_deref());
        SpeakerRow { name, role, organization, ticker, quotes: 0 }
    }

    fn same(&self, other: &SpeakerRow<'_>) -> bool {
        let key = |row: &SpeakerRow<'a>| (row.name, row.role, row.organization, row.ticker);
        let other = (other.name, other.role, other.organization, other.ticker);
        key(self) == other
    }

    /// The speaker, but for where the article names it.
    pub(super) fn speaker(&self) -> Speaker {
        Speaker {
            name: self.name.to_owned(),
            role: self.role.map(str::to_owned),
            organization: self.organization.map(str::to_owned),
            ticker: self.ticker.map(str::to_owned),
            place: None,
        }
    }
}

impl Day {
    /// Packs a date.
    fn of(published: &Published) -> Day {
        let day = published.day;
        let span = |span: Span| (span.part == Part::Body, small(span.start), small(span.end));
        Day {
            year: day.year(),
            month: day.month(),
            of_month: day.day(),
            precision: published.precision as u8,
            instant: published.instant.map(Timestamp::as_second),
            source: published.source as u8,
            inferred: published.inferred,
            doubtful: published.doubtful,
            evidence: published.evidence.map(span),
        }
    }

    /// Unpacks it; `None` when it is not one that we packed.
    pub(in crate::index::local) fn published(self) -> Option<Published> {
        let span = |(body, start, end): (bool, u32, u32)| {
            let range = start as usize..end as usize;
            if body { Span::body(range) } else { Span::title(range) }
        };
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
