//! The wire JSON that several outputs share. Keys come in the order of the fields, all of them always there.

use std::ops::Range;

use serde::Serialize;

use crate::article::{Part, Precision, Published, Span};

/// The version of every shape. Raised when a key goes or changes its meaning.
pub(super) const VERSION: u32 = 1;

/// A publication date.
#[derive(Serialize)]
pub(super) struct Day {
    day: String,
    precision: &'static str,
    instant: Option<String>,
    source: &'static str,
    inferred: bool,
    doubtful: bool,
}

/// A place in an article.
#[derive(Serialize)]
pub(super) struct Place {
    r#in: &'static str,
    start: usize,
    end: usize,
}

impl From<&Published> for Day {
    fn from(published: &Published) -> Day {
        let precision = match published.precision {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
        };
        Day {
            day: published.day.to_string(),
            precision,
            instant: published.instant.map(|instant| instant.to_string()),
            source: published.source.name(),
            inferred: published.inferred,
            doubtful: published.doubtful,
        }
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Place {
        Place { r#in: part(span.part), start: span.start, end: span.end }
    }
}

/// The name of a text of an article.
pub(super) fn part(part: Part) -> &'static str {
    match part {
        Part::Title => "title",
        Part::Body => "body",
    }
}

/// Ranges as pairs.
pub(super) fn pairs(ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    ranges.iter().map(|range| [range.start, range.end]).collect()
}
