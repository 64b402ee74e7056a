//! Dates: when an article was published, and which dates its text names.
//!
//! What the format said stands. Else the page's address, a line at the head that holds only a date, the
//! dateline and the file's name are asked, in this order. The first full date of a text is as a rule not its
//! own and is never taken.

mod address;
mod cascade;
mod head;
mod named;
mod resolve;
mod signs;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::tokens::{Text, Tokens};
use super::{Extractor, Findings, Reading, notices};
use crate::article::{Article, DateSource, MentionedDate, Part, Precision, Published, Span};
use cascade::Cascade;
use named::{Named, What};

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
            findings.published = Cascade { article, body: &reading.tokens.body, named: &body }.date(today);
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
    let said = article.published.as_ref().filter(|published| !cascade::SOURCES.contains(&published.source));
    if let Some(published) = said {
        return vec![Step { source: published.source, outcome: Ok(published.clone()) }];
    }
    let tokens = Tokens::of(article);
    let named = named::scan(&tokens.body, notices::start(&article.body));
    let cascade = Cascade { article, body: &tokens.body, named: &named };
    let outcome = |source| cascade.from(source, today).ok_or_else(|| cascade.reason(source));
    cascade::SOURCES.into_iter().map(|source| Step { source, outcome: outcome(source) }).collect()
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
