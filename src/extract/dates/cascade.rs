//! Where a publication date is looked for when the format gave none, in order.

use jiff::Timestamp;
use jiff::civil::Date;

use super::head::{self, Dateline};
use super::named::{Named, What};
use super::{address, resolve};
use crate::article::{Article, DateSource, Precision, Published, Span};
use crate::extract::tokens::{Text, hash};

/// The places in which a date is looked for, in order.
pub(super) const SOURCES: [DateSource; 4] =
    [DateSource::Url, DateSource::DateLine, DateSource::Dateline, DateSource::FileName];

/// The most tokens between a copyright sign and its year.
const COPYRIGHT_REACH: usize = 6;

/// The most days between a dateline and a full date in the text that tells its year.
const NEAR: u32 = 120;

/// Words before a full date that lies in the future.
const TO_COME: &[&str] = &["until", "till", "through", "by", "before", "due", "to", "expires", "matures", "maturing"];

/// What a date may be read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cascade<'a> {
    pub(super) article: &'a Article,
    pub(super) body: &'a Text<'a>,
    /// The dates named in the body.
    pub(super) named: &'a [Named],
}

/// A date as found.
struct Found {
    day: Date,
    precision: Precision,
    instant: Option<Timestamp>,
    inferred: bool,
    evidence: Option<Span>,
}

impl Found {
    fn outside((day, precision): (Date, Precision)) -> Found {
        Found { day, precision, instant: None, inferred: false, evidence: None }
    }
}

impl Cascade<'_> {
    /// The first date known to the day; else the first that is less exact.
    pub(super) fn date(&self, today: Date) -> Option<Published> {
        let mut best: Option<Published> = None;
        for source in SOURCES {
            let Some(published) = self.from(source, today) else {
                continue;
            };
            if published.precision == Precision::Day {
                return Some(published);
            }
            best.get_or_insert(published);
        }
        best
    }

    /// The date that `source` gives; one after `today` is doubtful.
    pub(super) fn from(&self, source: DateSource, today: Date) -> Option<Published> {
        let found = match source {
            DateSource::Url => address::of_url(self.article.url.as_deref()?).map(|found| self.exact(found)),
            DateSource::DateLine => self.line(),
            DateSource::Dateline => self.dateline(),
            DateSource::FileName => self.file().and_then(address::of_path).map(Found::outside),
            _ => None,
        };
        let Found { day, precision, instant, inferred, evidence } = found?;
        Some(Published { day, precision, instant, source, inferred, doubtful: day > today, evidence })
    }

    /// Why `source` gives no date.
    pub(super) fn reason(&self, source: DateSource) -> String {
        match source {
            DateSource::Url => match &self.article.url {
                Some(url) => format!("no date in {url}"),
                None => "the article has no address".to_owned(),
            },
            DateSource::DateLine => "no line at the head holds only a date".to_owned(),
            DateSource::Dateline => match head::dateline(self.body, self.named) {
                Some(Dateline { start, end, .. }) => {
                    let words = self.article.body.get(start..end).unwrap_or_default();
                    format!("`{words}` has no year, and nothing else in the article tells it")
                }
                None => "the text has no dateline with a date".to_owned(),
            },
            _ => match self.file() {
                Some(path) => format!("no date in {path}"),
                None => "the file holds many articles, so its name dates none of them".to_owned(),
            },
        }
    }

    /// What an address tells; where that is a month, the only day of it that the text names in full makes it
    /// exact.
    fn exact(&self, (day, precision): (Date, Precision)) -> Found {
        let found = Found::outside((day, precision));
        if precision == Precision::Day {
            return found;
        }
        let mut within = self.named.iter().filter_map(|named| {
            let date = full(self.body, named).filter(|date| date.first_of_month() == day)?;
            Some((date, self.body.bytes(named.first..named.last)))
        });
        match within.next() {
            Some((date, place)) if within.all(|(other, _)| other == date) => {
                let evidence = Some(Span::body(place));
                Found { day: date, precision: Precision::Day, inferred: true, evidence, ..found }
            }
            _ => found,
        }
    }

    fn line(&self) -> Option<Found> {
        let ((day, precision, instant), range) = head::line(&self.article.body)?;
        Some(Found { day, precision, instant, inferred: false, evidence: Some(Span::body(range)) })
    }

    fn dateline(&self) -> Option<Found> {
        let Dateline { year, month, day, start, end } = head::dateline(self.body, self.named)?;
        let date = match year {
            Some(year) => Date::new(year, month, day).ok()?,
            None => completed(self, month, day)?,
        };
        Some(Found {
            inferred: year.is_none(),
            evidence: Some(Span::body(start..end)),
            ..Found::outside((date, Precision::Day))
        })
    }

    /// The path of a file that holds this article alone.
    fn file(&self) -> Option<&str> {
        let article = self.article;
        (article.id == article.location()).then_some(article.location())
    }
}

/// The day `day` of `month` with the year that the article's own evidence tells: its address, its file's
/// name, its record's id, its copyright, or the full dates in its text where they agree.
fn completed(cascade: &Cascade<'_>, month: i8, day: i8) -> Option<Date> {
    let Cascade { article, body, named } = *cascade;
    let address = article.url.as_deref().and_then(address::of_url);
    let id = || article.record_id.as_deref().and_then(address::of_path);
    if let Some((around, precision)) = address.or_else(|| address::of_path(article.location())).or_else(id) {
        let middle =
            if precision == Precision::Month { around.saturating_add(jiff::Span::new().days(14)) } else { around };
        return resolve::nearest(month, day, middle);
    }
    let year = address::year_of(article.location()).or_else(|| copyright(body)).or_else(|| {
        let mut years = named.iter().filter_map(|named| {
            let around = full(body, named)?;
            let date = resolve::nearest(month, day, around)?;
            let apart = (date - around).get_days().unsigned_abs();
            (apart <= NEAR).then_some(date.year())
        });
        let first = years.next()?;
        years.all(|year| year == first).then_some(first)
    })?;
    Date::new(year, month, day).ok()
}

/// The full date that `named` is, unless it is one to come (`due Dec. 31, 2030`).
fn full(body: &Text<'_>, named: &Named) -> Option<Date> {
    let What::Days { year: Some(year), month, first, .. } = named.what else {
        return None;
    };
    let before = named.first.checked_sub(1).map_or("", |before| body.word(before));
    let date = Date::new(year, month, first).ok()?;
    (!TO_COME.contains(&before)).then_some(date)
}

/// The year behind the last copyright sign of the text, the later of two (`© 2015-2025`).
fn copyright(body: &Text<'_>) -> Option<i16> {
    let word = hash("copyright");
    let is_sign = |at: &usize| {
        let here = &body.tokens[*at];
        here.is('©')
            || here.hash == word
            || here.is('(') && body.word(at + 1).eq_ignore_ascii_case("c") && body.word(at + 2) == ")"
    };
    let sign = (0..body.tokens.len()).rev().find(is_sign)?;
    let near = body.tokens.get(sign + 1..).unwrap_or_default().iter().take(COPYRIGHT_REACH);
    let words = near.map(|token| token.of(body.text));
    let years = words.filter_map(address::year_of);
    years.max()
}
