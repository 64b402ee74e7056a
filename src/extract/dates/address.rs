//! Dates in the address of a page and in the path of a file.

use jiff::civil::Date;

use super::named::month;
use crate::article::Precision;

/// Years in which an address or a file may be dated.
const YEARS: std::ops::Range<i16> = 1970..2100;

/// The date in the path of the address `url`: `/2025/01/30/`, `/2025/jan/30/`, `/2025-01-30-…`, `/30-01-2025`,
/// `/2025/01/`.
pub(super) fn of_url(url: &str) -> Option<(Date, Precision)> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (_, path) = path.split_once('/')?;
    of_path(path)
}

/// The date in the path of a file or its folders, the name itself first.
///
/// Two different days in one name (`2024-01-01_2024-03-31`) are a period, and no date of publication.
pub(super) fn of_path(path: &str) -> Option<(Date, Precision)> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in segments.iter().rev() {
        match days_in(segment).as_slice() {
            [] => (),
            [day] => return Some((*day, Precision::Day)),
            _ => return None,
        }
    }
    folders(&segments).or_else(|| segments.iter().rev().find_map(|segment| month_at_head(segment)))
}

/// The last year that stands alone somewhere in `path`, as evidence for a date without one.
pub(super) fn year_of(path: &str) -> Option<i16> {
    let numbers = path.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(year).next_back()
}

/// Every day written in one segment, each once.
fn days_in(segment: &str) -> Vec<Date> {
    let pieces: Vec<&str> = segment.split(|c: char| !c.is_ascii_digit()).collect();
    let mut days: Vec<Date> = Vec::new();
    let mut keep = |day: Option<Date>| days.extend(day.filter(|day| !days.contains(day)));
    for piece in &pieces {
        // A time may follow the day: 20250130101500.
        if matches!(piece.len(), 8 | 12 | 14) {
            keep(compact(piece));
        }
    }
    for three in pieces.windows(3) {
        match three {
            [y, m, d] if y.len() == 4 && m.len() == 2 && d.len() == 2 => keep(date(y, m, d)),
            // Day first, where the other order would have no such month.
            [d, m, y] if d.len() == 2 && m.len() == 2 && **d > *"12" => keep(date(y, m, d)),
            _ => (),
        }
    }
    days
}

fn compact(digits: &str) -> Option<Date> {
    date(digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?)
}

fn date(y: &str, m: &str, d: &str) -> Option<Date> {
    Date::new(year(y)?, m.parse().ok()?, d.parse().ok()?).ok()
}

fn year(digits: &str) -> Option<i16> {
    digits.parse().ok().filter(|year| digits.len() == 4 && YEARS.contains(year))
}

/// `2025/01/30`, `2025/0130`, `2025-01/30`, `2025/jan/30` or `2025/01`, the last such.
fn folders(segments: &[&str]) -> Option<(Date, Precision)> {
    let mut found = None;
    for (at, segment) in segments.iter().enumerate() {
        let Some(next) = segments.get(at + 1) else {
            continue;
        };
        if let Some((y, m)) = segment.split_once('-')
            && m.len() == 2
            && next.len() == 2
            && let Some(day) = date(y, m, next)
        {
            found = Some((day, Precision::Day));
            continue;
        }
        let Some(year) = year(segment) else {
            continue;
        };
        if next.len() == 4
            && let (Some(m), Some(d)) = (next.get(..2), next.get(2..))
            && let Some(day) = date(segment, m, d)
        {
            found = Some((day, Precision::Day));
            continue;
        }
        let number = if next.len() <= 2 { next.parse().ok() } else { None };
        let name = next.bytes().all(|b| b.is_ascii_alphabetic()).then(|| month(next)).flatten();
        let Some(month) = number.or(name.filter(|_| next.len() == 3)) else {
            continue;
        };
        // A slug may follow the day: `/2025/01/30-results`.
        let day = segments.get(at + 2).and_then(|segment| {
            let digits = segment.split(|c: char| !c.is_ascii_digit()).next().filter(|digits| digits.len() <= 2)?;
            Date::new(year, month, digits.parse().ok()?).ok()
        });
        match (day, Date::new(year, month, 1)) {
            (Some(day), _) => found = Some((day, Precision::Day)),
            (None, Ok(first)) if found.is_none() => found = Some((first, Precision::Month)),
            _ => (),
        }
    }
    found
}

/// `2025-01-northwind.txt`: a month at the head of a name.
fn month_at_head(segment: &str) -> Option<(Date, Precision)> {
    let first = year(segment.get(..4)?)?;
    let rest = segment.get(4..)?.strip_prefix(['-', '_'])?;
    let (digits, rest) = rest.split_at_checked(2)?;
    let mut after = rest.chars();
    let (mark, next) = (after.next(), after.next());
    // `2024-10-k` is a form, not October, and `2025-02-30` is no date at all.
    let form = matches!(next, Some('k' | 'K' | 'q' | 'Q')) && !after.next().is_some_and(char::is_alphanumeric);
    let ends = mark.is_none_or(|mark| !mark.is_alphanumeric()) && !next.is_some_and(|next| next.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let day = Date::new(first, number, 1).ok()?;
    (ends && !form).then_some((day, Precision::Month))
}
