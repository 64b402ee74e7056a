//! The wire JSON that several outputs share. Keys come in the order of the fields, all of them always there.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::clean::acts;
use crate::article::{Part, Precision, Published, Span};

/// The version of every shape. Raised when a key goes or changes its meaning.
pub(super) const VERSION: u32 = 1;

/// Writes `value` on one line, without its end.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Escaped))?)
}

/// JSON that is safe on a terminal, too: what acts there is escaped as well as what JSON demands.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut at = 0;
        for (here, c) in fragment.char_indices().filter(|(_, c)| acts(*c)) {
            out.write_all(&fragment.as_bytes()[at..here])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            at = here + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[at..])
    }
}

/// A publication date.
#[derive(Serialize)]
pub(super) struct Date {
    day: String,
    precision: &'static str,
    instant: Option<String>,
    source: &'static str,
    inferred: bool,
    doubtful: bool,
    evidence: Option<Place>,
}

/// A place in an article.
#[derive(Serialize)]
pub(super) struct Place {
    r#in: &'static str,
    start: usize,
    end: usize,
}

impl From<&Published> for Date {
    fn from(published: &Published) -> Date {
        let precision = match published.precision {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
        };
        Date {
            day: published.day.to_string(),
            precision,
            instant: published.instant.map(|instant| instant.to_string()),
            source: published.source.name(),
            inferred: published.inferred,
            doubtful: published.doubtful,
            evidence: published.evidence.map(Place::from),
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
