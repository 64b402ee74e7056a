//! Days counted from today.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::{NotDays, Period, Piece, months};

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Units of time by the words for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// The period that `pieces` name relative to `today`, if they do.
pub(super) fn period(pieces: &[Piece<'_>], today: Date) -> Result<Option<Period>, NotDays> {
    use Piece::{Number, Word};
    Ok(Some(match *pieces {
        [Word("today" | "now")] => one(today),
        [Word("yesterday")] => one(back(today, 1, Unit::Day)?),
        [Word("tomorrow")] => one(today.saturating_add(1.day())),
        [Word(name)] => match weekday(name) {
            Some(weekday) => one(latest(weekday, today)),
            None => return Ok(None),
        },
        [Word("last" | "past" | "previous"), Word(name)] => match (unit(name), weekday(name)) {
            (Some(unit), _) => before(today, 1, unit)?,
            (None, Some(weekday)) => one(latest(weekday, back(today, 1, Unit::Day)?)),
            (None, None) => return Ok(None),
        },
        [Word("this" | "current"), Word(name)] => match (unit(name), weekday(name)) {
            (Some(unit), _) => around(today, unit),
            (None, Some(weekday)) => one(latest(weekday, around(today, Unit::Week).last)),
            (None, None) => return Ok(None),
        },
        [Number(count, _), Word(name), Word("ago")] => match unit(name) {
            Some(unit) => one(back(today, count, unit)?),
            None => return Ok(None),
        },
        [Number(count, _), Word(name)] | [Word("last" | "past" | "previous"), Number(count, _), Word(name)] => {
            match unit(name) {
                // Nobody counts quarters from a day within one.
                Some(Unit::Quarter) => before(today, count, Unit::Quarter)?,
                Some(unit) => rolling(today, count, unit)?,
                None => return Ok(None),
            }
        }
        _ => return Ok(None),
    }))
}

fn one(date: Date) -> Period {
    Period::new(date, date)
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "d" | "day" | "days" => Unit::Day,
        "w" | "wk" | "week" | "weeks" => Unit::Week,
        "m" | "mo" | "month" | "months" => Unit::Month,
        "q" | "quarter" | "quarters" => Unit::Quarter,
        "y" | "yr" | "year" | "years" => Unit::Year,
        _ => return None,
    })
}

/// The weekday called `word`, by at least its first three letters.
fn weekday(word: &str) -> Option<Weekday> {
    let at = WEEKDAYS.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// The last such weekday up to `day`.
fn latest(weekday: Weekday, day: Date) -> Date {
    let passed = (day.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset()).rem_euclid(7);
    day.saturating_sub(i64::from(passed).days())
}

/// The day `count` units before `day`.
fn back(day: Date, count: u32, unit: Unit) -> Result<Date, NotDays> {
    let (days, months) = match unit {
        Unit::Day => (i64::from(count), 0),
        Unit::Week => (i64::from(count) * 7, 0),
        Unit::Month => (0, i64::from(count)),
        Unit::Quarter => (0, i64::from(count) * 3),
        Unit::Year => (0, i64::from(count) * 12),
    };
    let span = Span::new().try_days(days).and_then(|span| span.try_months(months));
    let date = span.and_then(|span| day.checked_sub(span)).ok().filter(|date| date.year() >= 1);
    date.ok_or_else(|| NotDays {
        problem: "that reaches back before the year 1".to_owned(),
        fix: "write a shorter time, such as 30d or 5y".to_owned(),
    })
}

/// The last `count` units up to and with today.
fn rolling(today: Date, count: u32, unit: Unit) -> Result<Period, NotDays> {
    if count == 0 {
        return Err(NotDays {
            problem: "that is no time at all".to_owned(),
            fix: "write `today`, or at least `1d`".to_owned(),
        });
    }
    let first = back(today, count, unit)?.saturating_add(1.day());
    Ok(Period { first, last: today, rolling: true })
}

/// The day, week, month, quarter or year that `today` lies in.
fn around(today: Date, unit: Unit) -> Period {
    let into_quarter = i64::from((today.month() - 1) % 3);
    match unit {
        Unit::Day => one(today),
        Unit::Week => {
            let first = latest(Weekday::Monday, today);
            Period::new(first, first.saturating_add(6.days()))
        }
        Unit::Month => months(today.first_of_month(), 1),
        Unit::Quarter => months(today.first_of_month().saturating_sub(into_quarter.months()), 3),
        Unit::Year => months(today.first_of_year(), 12),
    }
}

/// The `count` whole units before the one that `today` lies in.
fn before(today: Date, count: u32, unit: Unit) -> Result<Period, NotDays> {
    let this = around(today, unit).first;
    if count == 0 {
        return rolling(today, count, unit);
    }
    Ok(Period::new(back(this, count, unit)?, this.saturating_sub(1.day())))
}
