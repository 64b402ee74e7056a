//! Calendar periods, by which answers are counted: days, weeks from Monday, months, quarters and years.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A length of time with a place in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A day.
    Day,
    /// A week, from Monday on.
    Week,
    /// A month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
}

impl Period {
    /// Every length, the shortest first.
    pub const ALL: [Period; 5] = [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year];

    /// Its name as typed and written.
    pub fn name(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Year => "year",
        }
    }

    /// The length called `name`.
    pub fn named(name: &str) -> Option<Period> {
        Period::ALL.into_iter().find(|period| period.name() == name)
    }

    /// The first day of the one that `day` lies in.
    pub fn start(self, day: Date) -> Date {
        match self {
            Period::Day => day,
            Period::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Period::Month => day.first_of_month(),
            Period::Quarter => {
                let month = (day.month() - 1) / 3 * 3 + 1;
                Date::new(day.year(), month, 1).unwrap_or(day)
            }
            Period::Year => day.first_of_year(),
        }
    }

    /// The first day of the one after that which begins on `start`.
    pub fn next(self, start: Date) -> Date {
        let length: Span = match self {
            Period::Day => 1.day(),
            Period::Week => 1.week(),
            Period::Month => 1.month(),
            Period::Quarter => 3.months(),
            Period::Year => 1.year(),
        };
        start.saturating_add(length)
    }

    /// How the one that begins on `start` is written: `2025-01-30`, `2025-W05` (ISO 8601), `2025-01`, `2025-Q1`, `2025`.
    pub fn label(self, start: Date) -> String {
        let (year, month) = (start.year(), start.month());
        match self {
            Period::Day => start.to_string(),
            Period::Week => {
                let week = start.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Period::Month => format!("{year:04}-{month:02}"),
            Period::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Period::Year => format!("{year:04}"),
        }
    }

    /// The one that holds all of `first` to `last`, by its first day; `None` where they lie in several.
    pub fn holding(self, first: Date, last: Date) -> Option<Date> {
        let start = self.start(first);
        (start == self.start(last)).then_some(start)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(period: Period, day: Date, label: &str, next: &str) {
        let start = period.start(day);
        assert_eq!((period.label(start), period.label(period.next(start))), (label.to_owned(), next.to_owned()));
    }

    #[test]
    fn a_day_lies_in_one_of_each() {
        let day = date(2025, 12, 30);
        check(Period::Day, day, "2025-12-30", "2025-12-31");
        check(Period::Week, day, "2026-W01", "2026-W02");
        check(Period::Month, day, "2025-12", "2026-01");
        check(Period::Quarter, day, "2025-Q4", "2026-Q1");
        check(Period::Year, day, "2025", "2026");
        check(Period::Quarter, date(2025, 2, 28), "2025-Q1", "2025-Q2");
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(Period::Week.start(date(2025, 2, 9)), date(2025, 2, 3));
        assert_eq!(Period::Week.start(date(2025, 2, 10)), date(2025, 2, 10));
    }

    #[test]
    fn what_lies_in_several_is_in_none() {
        let (first, last) = (date(2025, 1, 1), date(2025, 1, 31));
        assert_eq!(Period::Month.holding(first, last), Some(first));
        assert_eq!(Period::Quarter.holding(first, last), Some(first));
        assert_eq!(Period::Week.holding(first, last), None);
        assert_eq!(Period::Day.holding(first, last), None);
    }

    #[test]
    fn lengths_are_known_by_name() {
        for period in Period::ALL {
            assert_eq!(Period::named(period.name()), Some(period));
        }
        assert_eq!(Period::named("decade"), None);
    }
}
