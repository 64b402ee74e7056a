//! Dates as people and programs print them, to civil days.
//!
//! The day is the day *as printed*, in whatever zone it was printed; the instant is given only where
//! the zone is printed too. An ambiguous date (`01/02/2025`) and an impossible one (`30 February`) are no date.

mod civil;
mod clock;
mod iso;
mod tokens;

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::article::Precision;

use tokens::{Kind, Token};

/// A date as read: the day (the first of the month or year where only that is known), how much of it is known,
/// and the instant where time and zone are known.
pub type Reading = (Date, Precision, Option<Timestamp>);

/// The most bytes of a date field that are looked at.
const LONGEST_FIELD: usize = 160;

/// The most bytes of a text in which [`find_date`] looks.
const LONGEST_TEXT: usize = 4096;

/// Reads `text`, all of which must be one date: with a weekday, a time and a zone, or a label such as
/// "Published:" before it.
pub fn read_date(text: &str) -> Option<Reading> {
    let text = text.trim();
    if let Some(reading) = iso::read(text) {
        return Some(reading);
    }
    if text.len() > LONGEST_FIELD {
        return None;
    }
    if let Some(reading) = epoch(text) {
        return Some(reading);
    }
    let tokens = tokens::split(text);
    let mut before = None;
    let mut at = 0;
    while at < tokens.len() {
        if let Some((civil, next)) = civil::read(&tokens, at, true) {
            let (time, end) = clock::read(&tokens, next);
            let end = clock::skip_tail(&tokens, end);
            return (end == tokens.len()).then(|| finish(civil, time.or(before)));
        }
        if let (Some(time), next) = clock::read_here(&tokens, at) {
            before = Some(time);
            at = next;
        } else if civil::is_label(&tokens[at]) || matches!(tokens[at].kind, Kind::Mark(_)) {
            at += 1;
        } else {
            return None;
        }
    }
    None
}

/// Finds the first full date (with day, month and year) in the head of `text`, and where it stands.
///
/// Only for texts that are known to hold a date: the first date of an article's text is seldom its own.
pub fn find_date(text: &str) -> Option<(Reading, Range<usize>)> {
    let end = (0..=LONGEST_TEXT.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let tokens = tokens::split(&text[..end]);
    let mut at = 0;
    while at < tokens.len() {
        if !glued(&tokens, at)
            && let Some((civil, next)) = civil::read(&tokens, at, false)
            && civil.precision == Precision::Day
        {
            let (time, end) = clock::read(&tokens, next);
            return Some((finish(civil, time), tokens[at].start..tokens[end - 1].end));
        }
        at += 1;
    }
    None
}

/// Whether the token at `at` is the inner part of something longer, such as a version or an address.
fn glued(tokens: &[Token], at: usize) -> bool {
    let joins = |token: &Token| match &token.kind {
        Kind::Mark(mark) => matches!(mark, '/' | '.' | '-' | '_'),
        Kind::Number(..) => true,
        // Scripts without spaces write words right before a date.
        Kind::Word(word) => word.is_ascii(),
    };
    at > 0 && !tokens[at].spaced && joins(&tokens[at - 1])
}

/// Seconds or milliseconds since 1970, between 1980 and 2100; the day is the one in UTC.
fn epoch(text: &str) -> Option<Reading> {
    if !matches!(text.len(), 9 | 10 | 12 | 13) && !text.contains('.') {
        return None;
    }
    let whole = text.split_once('.').map_or(text, |(whole, fraction)| {
        if fraction.bytes().all(|byte| byte.is_ascii_digit()) { whole } else { text }
    });
    let number: i64 = whole.parse().ok()?;
    let seconds = if whole.len() > 11 { number / 1000 } else { number };
    if !(315_532_800..4_102_444_800).contains(&seconds) {
        return None;
    }
    let instant = Timestamp::from_millisecond(if whole.len() > 11 { number } else { number * 1000 }).ok()?;
    let day = jiff::tz::TimeZone::UTC.to_datetime(instant).date();
    Some((day, Precision::Day, Some(instant)))
}

/// Puts a day and a time of day together.
fn finish(civil: civil::Civil, time: Option<clock::Clock>) -> Reading {
    let time = civil.time.or(time);
    let instant = time.filter(|_| civil.precision == Precision::Day).and_then(|time| time.on(civil.day));
    (civil.day, civil.precision, instant)
}

#[cfg(test)]
mod tests;
