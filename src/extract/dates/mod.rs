//! Dates: when an article was published, and which dates its text names.
//!
//! What the format said stands. Else the page's address, a line at the head that holds only a date, the
//! dateline and the file's name are asked, in this order. The first full date of a text is as a rule not its
//! own and is never taken.

mod address;
mod head;
mod named;
mod resolve;
mod signs;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::Date;

use super::tokens::{Text, Tokens};
use super::{Extractor, Findings, Reading, notices};
use crate::article::{Article, DateSource, MentionedDate, Part, Precision, Published, Span};
use head::Dateline;
use named::{Named, What};

/// The most tokens between a copyright sign and its year.
const COPYRIGHT_REACH: usize = 6;

/// The most days between a dateline and a full date in the text that tells its year.
const NEAR: u32 = 120;

/// Words before a full date that lies in the future.
const TO_COME: &[&str] = &["until", "till", "through", "by", "before", "due", "to", "expires", "matures", "maturing"];

/// Finds the publication date and the dates named in the text.
pub(super) struct Dates;

impl Extractor for Dates {
    fn name(&self) -> &'static str {
        "dates"
    }

    fn extract(&self, reading: &Reading<'_>, findings: &mut Findings) {
        let (article, today) = (reading.article, reading.context.today);
        let title = named::scan(&reading.tokens.title, usize::MAX);
        let body = named::scan(&reading.tokens.body, findings.notices);
        if let Some(published) = &mut findings.published {
            published.doubtful = published.day > today;
        } else {
            let steps = cascade(article, &reading.tokens.body, &body, today);
            findings.published = best(steps.into_iter().filter_map(|step| step.outcome.ok()));
        }
        let published = findings.published.as_ref();
        let day = published.filter(|published| published.precision == Precision::Day).map(|published| published.day);
        let evidence = published.and_then(|published| published.evidence);
        let mentions = |part, text: &Text<'_>, all: &[Named]| -> Vec<MentionedDate> {
            let spans = all.iter().map(|named| (mention(part, text, named), named.what));
            let others = spans.filter(|(span, _)| evidence.is_none_or(|evidence| !overlap(evidence, *span)));
            others.map(|(span, what)| mentioned(span, what, day)).collect()
        };
        findings.mentioned_dates = mentions(Part::Title, &reading.tokens.title, &title);
        findings.mentioned_dates.extend(mentions(Part::Body, &reading.tokens.body, &body));
    }
}

/// One place where a publication date was looked for, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where it was looked for.
    pub source: DateSource,
    /// The date, or why there is none: a phrase, lower case, no final period.
    pub outcome: Result<Published, String>,
}

/// Every place in which the date of `article` was looked for on the day `today`, in order: why it has the date
/// it has, or none.
pub fn steps(article: &Article, today: Date) -> Vec<Step> {
    let said = article.published.as_ref().filter(|published| {
        !matches!(
            published.source,
            DateSource::Url | DateSource::DateLine | DateSource::Dateline | DateSource::FileName
        )
    });
    if let Some(published) = said {
        return vec![Step { source: published.source, outcome: Ok(published.clone()) }];
    }
    let tokens = Tokens::of(article);
    let named = named::scan(&tokens.body, notices::start(&article.body));
    cascade(article, &tokens.body, &named, today)
}

/// The first date known to the day; else the first that is less exact.
fn best(found: impl Iterator<Item = Published>) -> Option<Published> {
    let mut best: Option<Published> = None;
    for published in found {
        if best.as_ref().is_none_or(|best| best.precision < published.precision) {
            best = Some(published);
        }
    }
    best
}

fn cascade(article: &Article, body: &Text<'_>, named: &[Named], today: Date) -> Vec<Step> {
    let step = |source, found: Result<Found, String>| Step {
        source,
        outcome: found.map(|Found { day, precision, instant, inferred, evidence }| Published {
            day,
            precision,
            instant,
            source,
            inferred,
            doubtful: day > today,
            evidence,
        }),
    };
    vec![
        step(DateSource::Url, of_url(article)),
        step(DateSource::DateLine, of_line(article)),
        step(DateSource::Dateline, of_dateline(article, body, named)),
        step(DateSource::FileName, of_file(article)),
    ]
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

fn of_url(article: &Article) -> Result<Found, String> {
    let url = article.url.as_deref().ok_or("the article has no address")?;
    let found = address::of_url(url).ok_or_else(|| format!("no date in {url}"))?;
    Ok(Found::outside(found))
}

fn of_line(article: &Article) -> Result<Found, String> {
    let (reading, range) = head::line(&article.body).ok_or("no line at the head holds only a date")?;
    let (day, precision, instant) = reading;
    Ok(Found { day, precision, instant, inferred: false, evidence: Some(Span::body(range)) })
}

fn of_dateline(article: &Article, body: &Text<'_>, named: &[Named]) -> Result<Found, String> {
    let dateline = head::dateline(body, named).ok_or("the text has no dateline with a date")?;
    let Dateline { year, month, day, start, end } = dateline;
    let words = article.body.get(start..end).unwrap_or_default();
    let evidence = Some(Span::body(start..end));
    if let Some(year) = year {
        let day = Date::new(year, month, day).map_err(|_| format!("there is no day `{words}`"))?;
        return Ok(Found { day, precision: Precision::Day, instant: None, inferred: false, evidence });
    }
    let day = completed(article, body, named, month, day)
        .ok_or_else(|| format!("`{words}` has no year, and nothing else in the article tells it"))?;
    Ok(Found { day, precision: Precision::Day, instant: None, inferred: true, evidence })
}

fn of_file(article: &Article) -> Result<Found, String> {
    if article.id != article.path {
        return Err("the file holds many articles, so its name dates none of them".to_owned());
    }
    let found = address::of_path(&article.path).ok_or_else(|| format!("no date in {}", article.path))?;
    Ok(Found::outside(found))
}

/// The day `day` of `month` with the year that the article's own evidence tells: its address, its file's
/// name, its record's id, its copyright, or the full dates in its text where they agree.
fn completed(article: &Article, body: &Text<'_>, named: &[Named], month: i8, day: i8) -> Option<Date> {
    let address = article.url.as_deref().and_then(address::of_url);
    let id = || article.record_id.as_deref().and_then(address::of_path);
    if let Some((around, precision)) = address.or_else(|| address::of_path(&article.path)).or_else(id) {
        let middle =
            if precision == Precision::Month { around.saturating_add(jiff::Span::new().days(14)) } else { around };
        return resolve::nearest(month, day, middle);
    }
    let year = address::year_of(&article.path).or_else(|| copyright(body)).or_else(|| {
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
    let word = super::tokens::hash("copyright");
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

fn mention(part: Part, text: &Text<'_>, named: &Named) -> Span {
    let bytes = text.bytes(named.first..named.last);
    Span { part, start: bytes.start, end: bytes.end }
}

fn mentioned(span: Span, what: What, published: Option<Date>) -> MentionedDate {
    let days = resolve::days(what, published);
    MentionedDate { span, since: days.map(|(since, _)| since), until: days.map(|(_, until)| until) }
}

fn overlap(a: Span, b: Span) -> bool {
    a.part == b.part && a.start < b.end && b.start < a.end
}
