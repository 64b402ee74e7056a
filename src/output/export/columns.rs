//! The columns of tables: what each is called, of which type it is, and what stands in it.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::article::{Article, Precision, Published, Quote, Section};
use crate::search::Target;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text that is always there.
    Key,
    Text,
    Texts,
    Day,
    Instant,
    Count,
    Flag,
}

/// What stands in a column of one row.
#[derive(Debug)]
pub(super) enum Cell<'a> {
    Text(Option<&'a str>),
    Texts(Vec<&'a str>),
    Day(Option<Date>),
    Instant(Option<Timestamp>),
    Count(usize),
    Flag(Option<bool>),
}

/// A name and a type.
pub(super) type Column = (&'static str, Kind);

/// What an article and its quotations share.
const BOTH: &[Column] = &[
    ("id", Kind::Key),
    ("record_id", Kind::Text),
    ("path", Kind::Key),
    ("title", Kind::Key),
    ("authors", Kind::Texts),
    ("source", Kind::Text),
    ("url", Kind::Text),
    ("lang", Kind::Text),
    ("published", Kind::Day),
    ("precision", Kind::Text),
    ("instant", Kind::Instant),
    ("inferred", Kind::Flag),
    ("doubtful", Kind::Flag),
];

const ARTICLE: &[Column] =
    &[("tickers", Kind::Texts), ("speakers", Kind::Texts), ("quotes", Kind::Count), ("body", Kind::Key)];

const QUOTE: &[Column] = &[
    ("kind", Kind::Key),
    ("text", Kind::Key),
    ("speaker", Kind::Text),
    ("role", Kind::Text),
    ("organization", Kind::Text),
    ("ticker", Kind::Text),
    ("cue", Kind::Text),
    ("tickers", Kind::Texts),
    ("section", Kind::Text),
    ("start", Kind::Count),
    ("end", Kind::Count),
];

/// The columns of articles or of quotations, in order.
pub(super) fn columns(target: Target) -> Vec<Column> {
    let own = match target {
        Target::Articles => ARTICLE,
        Target::Quotes => QUOTE,
    };
    BOTH.iter().chain(own).copied().collect()
}

/// What stands in them for an article, or for one of its quotations.
pub(super) fn cells<'a>(article: &'a Article, quote: Option<&'a Quote>) -> Vec<Cell<'a>> {
    let published = article.published.as_ref();
    let mut cells = vec![
        Cell::Text(Some(&article.id)),
        Cell::Text(article.record_id.as_deref()),
        Cell::Text(Some(&article.path)),
        Cell::Text(Some(&article.title)),
        Cell::Texts(article.authors.iter().map(String::as_str).collect()),
        Cell::Text(article.source.as_deref()),
        Cell::Text(article.url.as_deref()),
        Cell::Text(article.language.as_deref()),
        Cell::Day(published.map(|published| published.day)),
        Cell::Text(published.map(precision)),
        Cell::Instant(published.and_then(|published| published.instant)),
        Cell::Flag(published.map(|published| published.inferred)),
        Cell::Flag(published.map(|published| published.doubtful)),
    ];
    match quote {
        None => cells.extend([
            Cell::Texts(article.tickers.iter().map(|ticker| ticker.symbol.as_str()).collect()),
            Cell::Texts(speakers(article)),
            Cell::Count(article.quotes.len()),
            Cell::Text(Some(&article.body)),
        ]),
        Some(quote) => cells.extend(quote_cells(article, quote)),
    }
    cells
}

fn quote_cells<'a>(article: &'a Article, quote: &'a Quote) -> [Cell<'a>; 11] {
    let speaker = quote.speaker.as_ref();
    [
        Cell::Text(Some(quote.kind.name())),
        Cell::Text(Some(article.words(quote))),
        Cell::Text(speaker.map(|speaker| speaker.name.as_str())),
        Cell::Text(speaker.and_then(|speaker| speaker.role.as_deref())),
        Cell::Text(speaker.and_then(|speaker| speaker.organization.as_deref())),
        Cell::Text(speaker.and_then(|speaker| speaker.ticker.as_deref())),
        Cell::Text(quote.cue.clone().and_then(|cue| article.body.get(cue))),
        Cell::Texts(quote.tickers.iter().map(String::as_str).collect()),
        Cell::Text(quote.section.map(Section::name)),
        Cell::Count(quote.start),
        Cell::Count(quote.end),
    ]
}

fn precision(published: &Published) -> &'static str {
    match published.precision {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
    }
}

/// Each speaker once, the most quoted first, then in order of appearance.
fn speakers(article: &Article) -> Vec<&str> {
    let mut speakers: Vec<(&str, usize)> = Vec::new();
    for speaker in article.quotes.iter().filter_map(|quote| quote.speaker.as_ref()) {
        match speakers.iter_mut().find(|(name, _)| *name == speaker.name) {
            Some((_, quotes)) => *quotes += 1,
            None => speakers.push((&speaker.name, 1)),
        }
    }
    speakers.sort_by_key(|(_, quotes)| std::cmp::Reverse(*quotes));
    speakers.into_iter().map(|(name, _)| name).collect()
}
