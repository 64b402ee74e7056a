//! Publication dates for people.

use crate::article::{Precision, Published};

/// `30 Jan 2025`, as much as is known; `≈` before an inferred one, `?` after a doubtful one.
pub fn day(published: Option<&Published>) -> String {
    let Some(published) = published else {
        return "undated".to_owned();
    };
    let form = match published.precision {
        Precision::Year => "%Y",
        Precision::Month => "%b %Y",
        Precision::Day => "%-d %b %Y",
    };
    let inferred = if published.inferred { "≈" } else { "" };
    let doubtful = if published.doubtful { "?" } else { "" };
    format!("{inferred}{}{doubtful}", published.day.strftime(form))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::article::DateSource;

    fn check(precision: Precision, inferred: bool, doubtful: bool, expected: &str) {
        let day_read = date(2025, 1, 3);
        let source = DateSource::Dateline;
        let published =
            Published { day: day_read, precision, instant: None, source, inferred, doubtful, evidence: None };
        assert_eq!(day(Some(&published)), expected);
    }

    #[test]
    fn no_more_is_shown_than_is_known() {
        check(Precision::Day, false, false, "3 Jan 2025");
        check(Precision::Month, false, false, "Jan 2025");
        check(Precision::Year, false, false, "2025");
        assert_eq!(day(None), "undated");
    }

    #[test]
    fn what_is_not_sure_has_a_sign() {
        check(Precision::Day, true, false, "≈3 Jan 2025");
        check(Precision::Day, false, true, "3 Jan 2025?");
    }
}
