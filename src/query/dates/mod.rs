//! Days as a person types them: `2025-01`, `Q1 2025`, `30d`, `last quarter`, `2025-01-20..2025-02-03`.
//!
//! Both ends of a range belong to it. `30d` is today and the 29 days before it; weeks start on Monday;
//! quarters are calendar quarters. What names no year is the latest such time that has begun.

mod calendar;
mod relative;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Days;

/// Why something typed is not a date: what is wrong, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct NotDays {
    /// What is wrong with it: a phrase, lower case, no final period.
    pub problem: String,
    /// What to type instead.
    pub fix: String,
}

/// The days between two, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Period {
    first: Date,
    last: Date,
    /// Whether it is counted back from today (`30d`): as the end of a range it means the day before it begins.
    rolling: bool,
}

impl Period {
    fn new(first: Date, last: Date) -> Period {
        Period { first, last, rolling: false }
    }

    /// The last day of a range that ends with this period.
    fn end(self) -> Date {
        if self.rolling { self.first.saturating_sub(1.day()) } else { self.last }
    }
}

/// Words that leave one end of a range open, with the end they name and whether the day itself is outside.
const BOUNDS: &[(&str, End, bool)] = &[
    (">=", End::Since, false),
    ("<=", End::Until, false),
    (">", End::Since, true),
    ("<", End::Until, true),
    ("since ", End::Since, false),
    ("from ", End::Since, false),
    ("after ", End::Since, true),
    ("until ", End::Until, false),
    ("till ", End::Until, false),
    ("through ", End::Until, false),
    ("before ", End::Until, true),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Since,
    Until,
}

/// Reads the value of a date filter: a period, a range of two, a range with an open end, or `none` for undated.
pub fn parse_days(typed: &str, today: Date) -> Result<Days, NotDays> {
    let text = tidy(typed);
    if matches!(text.as_str(), "none" | "undated") {
        return Ok(Days::Undated);
    }
    if let Some((left, right)) = split(&text) {
        return range(left, right, today);
    }
    for &(word, end, outside) in BOUNDS {
        if let Some(rest) = text.strip_prefix(word) {
            return bound(rest, end, outside, today);
        }
    }
    let period = period(&text, today)?;
    Ok(Days::Range { since: Some(period.first), until: Some(period.last) })
}

/// The first day of the time named: `--since 2025-01` begins on the 1st.
pub fn parse_since(typed: &str, today: Date) -> Result<Date, NotDays> {
    Ok(one_end(typed, today)?.first)
}

/// The last day of the time named: `--until 2025-01` ends on 31 January, `--until 30d` on the day 30 days ago.
pub fn parse_until(typed: &str, today: Date) -> Result<Date, NotDays> {
    Ok(one_end(typed, today)?.end())
}

/// The days from `since` to `until`, unless they end before they begin.
pub fn between(since: Option<Date>, until: Option<Date>) -> Result<Days, NotDays> {
    match (since, until) {
        (Some(first), Some(last)) if last < first => Err(NotDays {
            problem: format!("the range ends ({last}) before it begins ({first})"),
            fix: format!("write the earlier end first: {last}..{first}"),
        }),
        _ => Ok(Days::Range { since, until }),
    }
}

impl fmt::Display for Days {
    /// Writes it as [`parse_days`] reads it.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Days::Range { since, until } = self else {
            return to.write_str("none");
        };
        if let (Some(first), true) = (since, since == until) {
            return write!(to, "{first}");
        }
        if let Some(first) = since {
            write!(to, "{first}")?;
        }
        to.write_str("..")?;
        if let Some(last) = until {
            write!(to, "{last}")?;
        }
        Ok(())
    }
}

fn one_end(typed: &str, today: Date) -> Result<Period, NotDays> {
    let text = tidy(typed);
    if split(&text).is_some() {
        return Err(NotDays {
            problem: format!("`{}` is a range, and one end is asked for here", typed.trim()),
            fix: "give its first day to `--since` and its last to `--until`, or use `date:` in the query".to_owned(),
        });
    }
    period(&text, today)
}

/// The two sides of a range, untrimmed.
fn split(text: &str) -> Option<(&str, &str)> {
    if let Some((left, right)) = text.split_once("..") {
        return Some((left, right.trim_start_matches('.')));
    }
    let (left, right) = text.split_once(" to ").or_else(|| text.split_once(" - "))?;
    Some((left.strip_prefix("from ").unwrap_or(left), right))
}

fn range(left: &str, right: &str, today: Date) -> Result<Days, NotDays> {
    let (left, right) = (left.trim(), right.trim());
    if left.is_empty() && right.is_empty() {
        return Err(NotDays {
            problem: "the range has neither end".to_owned(),
            fix: "write at least one: 2025-01.. or ..2025-01".to_owned(),
        });
    }
    let since = if left.is_empty() { None } else { Some(period(left, today)?.first) };
    let until = if right.is_empty() { None } else { Some(period(right, today)?.end()) };
    between(since, until)
}

fn bound(text: &str, end: End, outside: bool, today: Date) -> Result<Days, NotDays> {
    let period = period(text.trim(), today)?;
    let step = if outside { 1.day() } else { 0.days() };
    Ok(match end {
        End::Since if outside => Days::Range { since: Some(period.last.saturating_add(step)), until: None },
        End::Since => Days::Range { since: Some(period.first), until: None },
        End::Until if outside => Days::Range { since: None, until: Some(period.first.saturating_sub(step)) },
        End::Until => Days::Range { since: None, until: Some(period.end()) },
    })
}

/// Lower case, one space between words, typographic dashes and spaces made plain.
fn tidy(typed: &str) -> String {
    let plain: String = typed.chars().map(super::lexer::fold).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// One period: a calendar one, or one counted from today.
fn period(text: &str, today: Date) -> Result<Period, NotDays> {
    let pieces = pieces(text);
    if let Some(period) = calendar::period(&pieces, text, today)? {
        return Ok(period);
    }
    match relative::period(&pieces, today)? {
        Some(period) => Ok(period),
        None => Err(not_a_date(text)),
    }
}

/// A run of digits or of letters in what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// A number, and with how many digits it is written.
    Number(u32, usize),
    Word(&'a str),
}

/// The pieces of `text`; none where something in it cannot be part of a date.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    // A time after an ISO day says nothing about the day.
    let mut rest = match text.as_bytes() {
        [b'0'..=b'9', _, _, _, b'-', _, _, b'-', _, _, b't', ..] => text.get(..10).unwrap_or(text),
        _ => text,
    };
    while let Some(first) = rest.chars().next() {
        let same = |c: char| if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_ascii_lowercase() };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        match first {
            '0'..='9' => match piece.parse() {
                Ok(number) => pieces.push(Piece::Number(number, piece.len())),
                Err(_) => return Vec::new(),
            },
            'a'..='z' if matches!(piece, "the" | "of" | "st" | "nd" | "rd" | "th") => (),
            'a'..='z' => pieces.push(Piece::Word(piece)),
            ' ' | '-' | '/' | '.' | ',' => {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            _ => return Vec::new(),
        }
        rest = after;
    }
    pieces
}

fn not_a_date(text: &str) -> NotDays {
    let problem =
        if text.is_empty() { "no date is given".to_owned() } else { format!("`{text}` is not understood as a date") };
    NotDays {
        problem,
        fix: "write a day (2025-01-30), a month (2025-01), a quarter (2025q1), a year, `30d`, `last week` \
              or a range (2025-01..2025-03)"
            .to_owned(),
    }
}

/// The day, unless the calendar has none such.
fn day(year: i16, month: i8, day: i8) -> Result<Date, NotDays> {
    Date::new(year, month, day).map_err(|_| {
        let problem = match Date::new(year, month, 1) {
            Err(_) => format!("there is no month {month}"),
            Ok(first) => format!("{} has {} days", first.strftime("%B %Y"), first.days_in_month()),
        };
        NotDays { problem, fix: "write a day as 2025-01-30, year first".to_owned() }
    })
}

/// The span from `first` to the day before it comes round again `months` later.
fn months(first: Date, months: i8) -> Period {
    let next = first.saturating_add(i64::from(months).months());
    Period::new(first, next.saturating_sub(1.day()))
}
