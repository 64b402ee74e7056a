//! From what the words of a date say to days, seen from the day of publication.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::named::{Lean, What};

/// How many days a date without a year may lie after the one it is seen from; else it lies before it.
const AHEAD: i64 = 150;

/// The first and the last day that `what` means; `None` where neither the words nor `published` tell.
pub(super) fn days(what: What, published: Option<Date>) -> Option<(Date, Date)> {
    match what {
        What::Days { year, month, first, last } => {
            let first = match year {
                Some(year) => Date::new(year, month, first).ok()?,
                None => nearest(month, first, published?)?,
            };
            Some((first, Date::new(first.year(), month, last).ok()?))
        }
        What::Month { year, month, lean } => {
            let first = match year {
                Some(year) => Date::new(year, month, 1).ok()?,
                None => first_of(month, lean, published?)?,
            };
            Some((first, first.last_of_month()))
        }
        What::Year(year) => {
            let first = Date::new(year, 1, 1).ok()?;
            Some((first, first.last_of_year()))
        }
        What::Weekday(weekday, lean) => {
            let day = on(weekday, lean, published?);
            Some((day, day))
        }
        What::Day(steps) => {
            let day = published?.saturating_add(i64::from(steps).days());
            Some((day, day))
        }
        What::Week(steps) => {
            let monday = on(Weekday::Monday, Lean::Past, published?).saturating_add((i64::from(steps) * 7).days());
            Some((monday, monday.saturating_add(6.days())))
        }
        What::Months(steps) => {
            let first = published?.first_of_month().saturating_add(i64::from(steps).months());
            Some((first, first.last_of_month()))
        }
        What::Years(steps) => {
            let first = published?.first_of_year().saturating_add(i64::from(steps).years());
            Some((first, first.last_of_year()))
        }
        What::Unsettled => None,
    }
}

/// The day `day` of `month` in the year that puts it nearest to `around`, rather before than long after it.
pub(super) fn nearest(month: i8, day: i8, around: Date) -> Option<Date> {
    let years = [around.year() + 1, around.year(), around.year() - 1];
    let limit = around.saturating_add(AHEAD.days());
    years.into_iter().filter_map(|year| Date::new(year, month, day).ok()).find(|date| *date <= limit)
}

fn on(weekday: Weekday, lean: Lean, published: Date) -> Date {
    let back = (published.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset()).rem_euclid(7);
    let past = published.saturating_sub(i64::from(back).days());
    match lean {
        Lean::Before if back == 0 => past.saturating_sub(7.days()),
        Lean::Past | Lean::Before => past,
        Lean::Future if back == 0 => past,
        Lean::Future | Lean::After => past.saturating_add(7.days()),
    }
}

/// The first day of the `month` that lies where `lean` says.
fn first_of(month: i8, lean: Lean, published: Date) -> Option<Date> {
    let is_before = match lean {
        Lean::Past | Lean::After => month <= published.month(),
        Lean::Before | Lean::Future => month < published.month(),
    };
    let year = match lean {
        Lean::Past | Lean::Before => published.year() - i16::from(!is_before),
        Lean::Future | Lean::After => published.year() + i16::from(is_before),
    };
    Date::new(year, month, 1).ok()
}
