//! ISO 8601, straight from the bytes: what nearly every record and page carries.

use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};
use jiff::tz::Offset;

use crate::article::Precision;

use super::Reading;
use super::civil::{day, plausible};

/// Reads an ISO date, with or without time and zone, basic or extended form.
pub(super) fn read(text: &str) -> Option<Reading> {
    let bytes = text.as_bytes();
    let (day, precision, rest) = date(bytes)?;
    if rest.is_empty() {
        return Some((day, precision, None));
    }
    if precision != Precision::Day {
        return None;
    }
    let rest = match rest {
        [b'T' | b't' | b' ' | b'_', rest @ ..] => rest,
        // `20250130101500`: a compact date and time without anything between.
        [b'0'..=b'9', ..] if !text.contains('-') => rest,
        _ => return None,
    };
    let (time, rest) = time(rest.trim_ascii_start())?;
    let rest = rest.trim_ascii_start();
    if rest.is_empty() {
        return Some((day, precision, None));
    }
    let instant = zone(rest)?.to_timestamp(DateTime::from_parts(day, time)).ok();
    Some((day, precision, instant))
}

/// The date at the head of `bytes`, and what follows it.
fn date(bytes: &[u8]) -> Option<(Date, Precision, &[u8])> {
    let (year, rest) = digits(bytes, 4)?;
    let year = plausible(year)?;
    match rest {
        [] => Some((day(year, 1, 1)?, Precision::Year, rest)),
        [b'-', b'W', rest @ ..] | [b'W', rest @ ..] => week(year, rest),
        [separator @ (b'-' | b'/' | b'.'), rest @ ..] => {
            if let Some((ordinal, tail)) = digits(rest, 3)
                && !tail.first().is_some_and(u8::is_ascii_digit)
                && *separator == b'-'
            {
                return Some((of_year(year, ordinal)?, Precision::Day, tail));
            }
            let (month, rest) = short(rest)?;
            match rest {
                [] if *separator != b'.' => Some((day(year, month, 1)?, Precision::Month, rest)),
                [second, rest @ ..] if second == separator => {
                    let (number, rest) = short(rest)?;
                    Some((day(year, month, number)?, Precision::Day, rest))
                }
                _ => None,
            }
        }
        [b'0'..=b'9', ..] => {
            let (month, rest) = digits(rest, 2)?;
            let (number, rest) = digits(rest, 2)?;
            Some((day(year, month, number)?, Precision::Day, rest))
        }
        _ => None,
    }
}

/// `W05`, `W05-4` or `W054`; a week without its day is known to its Monday only, so it is no date.
fn week(year: i16, rest: &[u8]) -> Option<(Date, Precision, &[u8])> {
    let (week, rest) = digits(rest, 2)?;
    let rest = rest.strip_prefix(b"-").unwrap_or(rest);
    let (weekday, rest) = digits(rest, 1)?;
    let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    let date = ISOWeekDate::new(year, i8::try_from(week).ok()?, weekday).ok()?;
    Some((date.date(), Precision::Day, rest))
}

/// Day `ordinal` of `year`, from 1.
fn of_year(year: i16, ordinal: u32) -> Option<Date> {
    let first = day(year, 1, 1)?;
    let days = i64::from(ordinal.checked_sub(1)?);
    let date = first.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    (date.year() == year).then_some(date)
}

/// The time of day at the head of `bytes`, and what follows it.
fn time(bytes: &[u8]) -> Option<(Time, &[u8])> {
    let (hour, rest) =
        digits(bytes, 2).filter(|(_, rest)| !matches!(rest, [] | [b'Z' | b'+', ..])).or_else(|| short(bytes))?;
    let rest = rest.strip_prefix(b":").unwrap_or(rest);
    let (minute, rest) = digits(rest, 2).unwrap_or((0, rest));
    let (second, rest) = match digits(rest.strip_prefix(b":").unwrap_or(rest), 2) {
        Some((second, rest)) => (second.min(59), rest),
        None => (0, rest),
    };
    let rest = match rest {
        [b'.' | b',' | b':', fraction @ ..] => {
            let end = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            &fraction[end..]
        }
        _ => rest,
    };
    let [hour, minute, second] = [hour, minute, second].map(|part| i8::try_from(part).unwrap_or(-1));
    // Midnight at the end of a day still belongs to the day as printed.
    let time = if (hour, minute) == (24, 0) { Time::new(23, 59, 59, 0) } else { Time::new(hour, minute, second, 0) };
    Some((time.ok()?, rest))
}

/// The zone, which must be all that is left.
fn zone(rest: &[u8]) -> Option<Offset> {
    let (sign, rest) = match rest {
        b"Z" | b"z" | b"UTC" | b"GMT" | b"UT" => return Some(Offset::UTC),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = digits(rest, 2)?;
    let rest = rest.strip_prefix(b":").unwrap_or(rest);
    let (minutes, rest) = digits(rest, 2).unwrap_or((0, rest));
    // A zone's name in brackets may follow (`+01:00[Europe/Paris]`), or its seconds.
    if !matches!(rest, [] | [b'[' | b':', ..]) {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Offset::from_seconds(sign * seconds).ok()
}

/// Exactly `count` digits at the head of `bytes`, and what follows them.
fn digits(bytes: &[u8], count: usize) -> Option<(u32, &[u8])> {
    let (head, rest) = bytes.split_at_checked(count)?;
    let mut value = 0;
    for byte in head {
        value = value * 10 + u32::from(byte.checked_sub(b'0').filter(|digit| *digit < 10)?);
    }
    Some((value, rest))
}

/// One or two digits at the head of `bytes`, and what follows them.
fn short(bytes: &[u8]) -> Option<(u32, &[u8])> {
    digits(bytes, 2).or_else(|| digits(bytes, 1))
}
