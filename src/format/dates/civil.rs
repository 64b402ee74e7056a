//! Days, months and years as people print them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::article::Precision;

use super::clock::{self, Clock};
use super::tokens::{Kind, Token, is_mark, number, word};

/// Years in which something may have been published.
const YEARS: RangeInclusive<u32> = 1600..=2199;

/// Two-digit years from here on belong to the last century.
const LAST_CENTURY: u32 = 70;

/// Words that may stand before a date that is alone in its field.
const LABELS: &[&str] = &[
    "a",
    "am",
    "as",
    "at",
    "created",
    "date",
    "dated",
    "datum",
    "de",
    "den",
    "di",
    "el",
    "first",
    "issued",
    "last",
    "le",
    "modified",
    "of",
    "on",
    "posted",
    "publicado",
    "publication",
    "publish",
    "published",
    "publié",
    "release",
    "released",
    "submitted",
    "the",
    "time",
    "update",
    "updated",
    "veröffentlicht",
    "vom",
];

/// Between day, month and year.
const JOINS: &[&str] = &["de", "del", "of", "di", "d"];

/// What follows a day's number.
const ORDINALS: &[&str] = &["st", "nd", "rd", "th", "er", "e", "º", "ª"];

static MONTHS: LazyLock<BTreeMap<&'static str, u32>> = LazyLock::new(|| {
    let lines = include_str!("months.txt").lines().filter(|line| !line.starts_with('#'));
    let months = lines.flat_map(|line| {
        let mut words = line.split(' ');
        let number = words.next().and_then(|number| number.parse().ok()).unwrap_or(0);
        words.map(move |word| (word, number))
    });
    months.collect()
});

/// A day as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Civil {
    /// The day, or the first of what is known.
    pub(super) day: Date,
    /// How much of it is known.
    pub(super) precision: Precision,
    /// A time that stands inside the date (`Jan 30 10:15:00 2025`).
    pub(super) time: Option<Clock>,
}

/// The day `number` of a month, where it exists.
pub(super) fn day(year: i16, month: u32, number: u32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(number).ok()?).ok()
}

/// `year`, where something may have been published in it.
pub(super) fn plausible(year: u32) -> Option<i16> {
    YEARS.contains(&year).then(|| i16::try_from(year).ok()).flatten()
}

/// Whether `token` may stand before a date: a label or a weekday.
pub(super) fn is_label(token: &Token) -> bool {
    matches!(&token.kind, Kind::Word(word) if LABELS.contains(&word.as_str()) || clock::is_weekday(word))
}

/// Reads the date that begins at `at`, and where it ends. `alone` allows forms that are too vague in running text.
pub(super) fn read(tokens: &[Token], at: usize, alone: bool) -> Option<(Civil, usize)> {
    match &tokens.get(at)?.kind {
        Kind::Number(value, 4) => year_first(tokens, at, *value),
        Kind::Number(_, 1 | 2) => day_then_month(tokens, at, alone).or_else(|| numbers(tokens, at, alone)),
        Kind::Word(name) => month_first(tokens, at, *MONTHS.get(name.as_str())?, alone),
        _ => None,
    }
}

fn civil(date: Option<Date>, precision: Precision, next: usize) -> Option<(Civil, usize)> {
    Some((Civil { day: date?, precision, time: None }, next))
}

/// `2025-01-30`, `2025. 1. 30.`, `2025年1月30日`, `2025 January 30`, `2025-01`.
fn year_first(tokens: &[Token], at: usize, year: u32) -> Option<(Civil, usize)> {
    let year = plausible(year)?;
    let (next, separator) = match &tokens.get(at + 1)?.kind {
        Kind::Mark(mark @ ('-' | '/' | '.' | '\u{2010}' | '\u{2013}')) => (at + 2, Some(*mark)),
        Kind::Word(word) if matches!(word.as_str(), "年" | "년") => (at + 2, None),
        _ => (at + 1, None),
    };
    if let Some(month) = word(tokens, next).and_then(|name| MONTHS.get(name)) {
        let after = if is_mark(tokens, next + 1, &['-', '.', '/']) { next + 2 } else { next + 1 };
        let (number, digits) = number(tokens, after)?;
        return civil(day(year, *month, number).filter(|_| digits < 3), Precision::Day, after + 1);
    }
    let (month, digits) = number(tokens, next).filter(|_| next == at + 2)?;
    if digits > 2 {
        return None;
    }
    let closing = |at: usize, words: [&str; 2]| word(tokens, at).is_some_and(|word| words.contains(&word));
    let (after, joined) = match separator {
        Some(mark) => (next + 1, is_mark(tokens, next + 1, &[mark])),
        None if closing(next + 1, ["月", "월"]) => (next + 1, true),
        None => return None,
    };
    if let Some((number, 1 | 2)) = number(tokens, after + 1).filter(|_| joined) {
        let closed = is_mark(tokens, after + 2, &['.']) || closing(after + 2, ["日", "일"]);
        return civil(day(year, month, number), Precision::Day, after + 2 + usize::from(closed));
    }
    civil(day(year, month, 1).filter(|_| separator != Some('.')), Precision::Month, after)
}

/// `30 January 2025`, `30th of January, 2025`, `30-Jan-25`, `1er janvier 2025`, `30. Januar 2025`.
fn day_then_month(tokens: &[Token], at: usize, alone: bool) -> Option<(Civil, usize)> {
    let (date, _) = number(tokens, at)?;
    let mut next = at + 1;
    if tokens.get(next).is_some_and(|token| !token.spaced)
        && word(tokens, next).is_some_and(|it| ORDINALS.contains(&it))
    {
        next += 1;
    }
    next = skip_join(tokens, next, &['.', '-', '/', ',', '\u{2010}']);
    let month = MONTHS.get(word(tokens, next)?)?;
    let next = skip_join(tokens, next + 1, &['.', '-', '/', ',', '\u{2010}']);
    // Arabic papers name a month twice: `24 نيسان / أبريل 2020`.
    let again = word(tokens, next).is_some_and(|name| MONTHS.get(name) == Some(month));
    let next = if again || is_mark(tokens, next, &[',']) { next + 1 } else { next };
    let (year, next) = year(tokens, next, alone)?;
    civil(day(year, *month, date), Precision::Day, next)
}

/// `Jan. 30, 2025`, `January 30th 2025`, `Jan 30 10:15:00 EST 2025`, `January 2025`.
fn month_first(tokens: &[Token], at: usize, month: u32, alone: bool) -> Option<(Civil, usize)> {
    let next = skip_join(tokens, at + 1, &['.', '-', '/', ',']);
    let (first, digits) = number(tokens, next)?;
    if digits == 4 {
        return civil(day(plausible(first)?, month, 1), Precision::Month, next + 1);
    }
    if digits > 2 {
        return None;
    }
    let mut after = next + 1;
    if tokens.get(after).is_some_and(|token| !token.spaced)
        && word(tokens, after).is_some_and(|it| ORDINALS.contains(&it))
    {
        after += 1;
    }
    if let (Some(time), end) = clock::read_here(tokens, after)
        && tokens[after].spaced
        && let Some((year, end)) = year(tokens, end, false)
    {
        return Some((Civil { day: day(year, month, first)?, precision: Precision::Day, time: Some(time) }, end));
    }
    let after = skip_join(tokens, after, &['.', '-', '/', ',']);
    let (year, end) = year(tokens, after, alone)?;
    civil(day(year, month, first), Precision::Day, end)
}

/// `30.1.2025` always, `30/1/2025` and `1/30/2025` where only one order is possible.
fn numbers(tokens: &[Token], at: usize, alone: bool) -> Option<(Civil, usize)> {
    let (first, digits) = number(tokens, at)?;
    let Kind::Mark(mark @ ('/' | '.' | '-')) = tokens.get(at + 1)?.kind else {
        return None;
    };
    let (second, more @ (1 | 2)) = number(tokens, at + 2)? else {
        return None;
    };
    if !is_mark(tokens, at + 3, &[mark]) {
        return None;
    }
    // `25.04.24` is a date with its zeros only, and no part of a longer number.
    let is_padded = mark == '.' && digits == 2 && more == 2 && !is_mark(tokens, at + 5, &['.']);
    let (year, next) = year(tokens, at + 4, alone || is_padded)?;
    // Dots are written day first wherever they are written.
    let (date, month) = match (first > 12, second > 12) {
        _ if mark == '.' || first == second => (first, second),
        (true, false) => (first, second),
        (false, true) => (second, first),
        _ => return None,
    };
    civil(day(year, month, date), Precision::Day, next)
}

/// Passes over one mark and one joining word.
fn skip_join(tokens: &[Token], at: usize, marks: &[char]) -> usize {
    let next = if is_mark(tokens, at, marks) { at + 1 } else { at };
    if word(tokens, next).is_some_and(|word| JOINS.contains(&word)) { next + 1 } else { next }
}

/// The year at `at`; one of two digits only where the date is `alone`.
fn year(tokens: &[Token], at: usize, alone: bool) -> Option<(i16, usize)> {
    match number(tokens, at)? {
        (year, 4) => Some((plausible(year)?, at + 1)),
        (year, 2) if alone => Some((plausible(if year < LAST_CENTURY { 2000 + year } else { 1900 + year })?, at + 1)),
        _ => None,
    }
}
