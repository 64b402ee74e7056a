//! Days, months, quarters and years of the calendar.

use jiff::civil::Date;

use super::{NotDays, Period, Piece, day, months};

/// The names of the months; any beginning of three letters or more will do.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The calendar period that `pieces` name, if they do.
pub(super) fn period(pieces: &[Piece<'_>], text: &str, today: Date) -> Result<Option<Period>, NotDays> {
    use Piece::{Number, Word};
    Ok(Some(match *pieces {
        [Number(date, 8)] => one(date / 10_000, date / 100 % 100, date % 100)?,
        [Number(y, 4)] if y >= 1000 => months(first(y, 1)?, 12),
        [Number(y, 4), Number(m, 1 | 2)] => months(first(y, m)?, 1),
        [Number(y, 4), Number(m, 1 | 2), Number(d, 1 | 2)] => one(y, m, d)?,
        [Number(a, 1 | 2), Number(b, 1 | 2), Number(y, 4)] => day_and_month(a, b, y, text)?,
        [Number(y, 4), Word("q"), Number(q, 1)] | [Word("q"), Number(q, 1), Number(y, 4)] => quarter(y, q)?,
        [Number(y, 4), Word("h"), Number(h @ (1 | 2), 1)] | [Word("h"), Number(h @ (1 | 2), 1), Number(y, 4)] => {
            months(first(y, h * 6 - 5)?, 6)
        }
        [Word("q"), Number(q, 1)] => begun(today, |year| quarter(year, q))?,
        [Word(name)] => match month(name) {
            Some(m) => begun(today, |year| Ok(months(first(year, m)?, 1)))?,
            None => return Ok(None),
        },
        [Word(name), Number(y, 4)] | [Number(y, 4), Word(name)] => match month(name) {
            Some(m) => months(first(y, m)?, 1),
            None => return Ok(None),
        },
        [Word(name), Number(d, 1 | 2)] | [Number(d, 1 | 2), Word(name)] => match month(name) {
            Some(m) => begun(today, |year| one(year, m, d))?,
            None => return Ok(None),
        },
        [Word(name), Number(d, 1 | 2), Number(y, 4)]
        | [Number(d, 1 | 2), Word(name), Number(y, 4)]
        | [Number(y, 4), Word(name), Number(d, 1 | 2)] => match month(name) {
            Some(m) => one(y, m, d)?,
            None => return Ok(None),
        },
        _ => return Ok(None),
    }))
}

/// The month called `name`, from 1; at least its first three letters.
fn month(name: &str) -> Option<u32> {
    let name = if name == "sept" { "sep" } else { name };
    let at = MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(name))?;
    u32::try_from(at + 1).ok()
}

fn one(year: u32, month: u32, of_month: u32) -> Result<Period, NotDays> {
    let date = day(small(year), tiny(month), tiny(of_month))?;
    Ok(Period::new(date, date))
}

fn first(year: u32, month: u32) -> Result<Date, NotDays> {
    day(small(year), tiny(month), 1)
}

fn quarter(year: u32, quarter: u32) -> Result<Period, NotDays> {
    if !(1..=4).contains(&quarter) {
        return Err(NotDays {
            problem: format!("there is no quarter {quarter}"),
            fix: "write a quarter as 2025q1 to 2025q4".to_owned(),
        });
    }
    Ok(months(first(year, quarter * 3 - 2)?, 3))
}

/// `30/1/2025` and `1/30/2025` can be read in one way only; `2/3/2025` cannot.
fn day_and_month(a: u32, b: u32, year: u32, text: &str) -> Result<Period, NotDays> {
    match (a, b) {
        (13.., 1..=12) => one(year, b, a),
        (1..=12, 13..) => one(year, a, b),
        _ if a == b => one(year, a, b),
        _ => Err(NotDays {
            problem: format!("`{text}` may mean two different days"),
            fix: format!("write {year}-{a:02}-{b:02} or {year}-{b:02}-{a:02}"),
        }),
    }
}

/// The latest period without a year that has begun: this year's, else an earlier one's (29 February waits for its year).
fn begun(today: Date, of_year: impl Fn(u32) -> Result<Period, NotDays>) -> Result<Period, NotDays> {
    let this = u32::try_from(today.year()).unwrap_or_default();
    let mut years = (this.saturating_sub(8)..=this).rev();
    match years.find_map(|year| of_year(year).ok().filter(|period| period.first <= today)) {
        Some(period) => Ok(period),
        None => of_year(this),
    }
}

/// A month or day of at most two digits; what is none stays none.
fn tiny(number: u32) -> i8 {
    i8::try_from(number).unwrap_or_default()
}

/// A year of at most four digits.
fn small(number: u32) -> i16 {
    i16::try_from(number).unwrap_or_default()
}
