//! Days in every spelling, and what is no day.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// A Thursday.
const TODAY: Date = date(2025, 2, 6);

fn check(typed: &str, printed: &str) {
    check_on(TODAY, typed, printed);
}

fn check_on(today: Date, typed: &str, printed: &str) {
    match parse_days(typed, today) {
        Ok(days) => assert_eq!(days.to_string(), printed, "{typed}"),
        Err(reason) => panic!("{typed}: {reason}"),
    }
}

fn check_wrong(typed: &str, problem: &str) {
    let reason = parse_days(typed, TODAY).expect_err(typed);
    assert!(reason.problem.contains(problem), "{typed}: {reason}");
    assert!(!reason.fix.is_empty());
}

#[test]
fn days_in_every_spelling() {
    for typed in [
        "2025-01-30",
        "2025/01/30",
        "2025.1.30",
        "20250130",
        "2025-1-30",
        "Jan 30, 2025",
        "January 30 2025",
        "30 Jan 2025",
        "30th of January, 2025",
        "jan. 30, 2025",
        "2025 Jan 30",
        "2025–01–30",
        "1/30/2025",
        "30/1/2025",
        "30.01.2025",
        "2025-01-30T16:00:00Z",
        "Jan 30",
    ] {
        check(typed, "2025-01-30");
    }
}

#[test]
fn months_quarters_years_and_halves() {
    for typed in ["2025-01", "2025/1", "Jan 2025", "january 2025", "2025 January", "Jan", "January"] {
        check(typed, "2025-01-01..2025-01-31");
    }
    for typed in ["2025q1", "2025-Q1", "Q1 2025", "q1", "2025 q1"] {
        check(typed, "2025-01-01..2025-03-31");
    }
    check("2024q4", "2024-10-01..2024-12-31");
    check("q4", "2024-10-01..2024-12-31");
    check("2024", "2024-01-01..2024-12-31");
    check("2024h2", "2024-07-01..2024-12-31");
    check("2024-02", "2024-02-01..2024-02-29");
    check("2023-02", "2023-02-01..2023-02-28");
    check("1900-02", "1900-02-01..1900-02-28");
    check("2000-02", "2000-02-01..2000-02-29");
    check("sept 2024", "2024-09-01..2024-09-30");
    check("may", "2024-05-01..2024-05-31");
    check("december", "2024-12-01..2024-12-31");
    check("feb 7", "2024-02-07");
    check("feb 6", "2025-02-06");
    check("feb 29", "2024-02-29");
}

#[test]
fn time_back_from_today_includes_today() {
    check("30d", "2025-01-08..2025-02-06");
    check("1d", "2025-02-06");
    check("7 days", "2025-01-31..2025-02-06");
    check("last 30 days", "2025-01-08..2025-02-06");
    check("past 2 weeks", "2025-01-24..2025-02-06");
    check("2w", "2025-01-24..2025-02-06");
    check("1m", "2025-01-07..2025-02-06");
    check("3m", "2024-11-07..2025-02-06");
    check("1y", "2024-02-07..2025-02-06");
    check("3 days ago", "2025-02-03");
    check("1 month ago", "2025-01-06");
    check_on(date(2025, 3, 31), "1m", "2025-03-01..2025-03-31");
    check_on(date(2024, 2, 29), "1y", "2023-03-01..2024-02-29");
}

#[test]
fn named_days() {
    check("today", "2025-02-06");
    check("Yesterday", "2025-02-05");
    check("thursday", "2025-02-06");
    check("last thursday", "2025-01-30");
    check("fri", "2025-01-31");
    check("monday", "2025-02-03");
    check("last monday", "2025-02-03");
    check("this monday", "2025-02-03");
    check("this friday", "2025-02-07");
    check_on(date(2025, 1, 1), "yesterday", "2024-12-31");
    check_on(date(2024, 3, 1), "yesterday", "2024-02-29");
}

#[test]
fn named_periods() {
    check("last week", "2025-01-27..2025-02-02");
    check("this week", "2025-02-03..2025-02-09");
    check("last month", "2025-01-01..2025-01-31");
    check("this month", "2025-02-01..2025-02-28");
    check("last quarter", "2024-10-01..2024-12-31");
    check("this quarter", "2025-01-01..2025-03-31");
    check("last year", "2024-01-01..2024-12-31");
    check("this year", "2025-01-01..2025-12-31");
    check("last 2 quarters", "2024-07-01..2024-12-31");
    check_on(date(2025, 5, 31), "last quarter", "2025-01-01..2025-03-31");
    check_on(date(2025, 3, 31), "last month", "2025-02-01..2025-02-28");
    check_on(date(2025, 1, 6), "last week", "2024-12-30..2025-01-05");
}

#[test]
fn ranges_hold_both_ends() {
    check("2025-01-20..2025-02-03", "2025-01-20..2025-02-03");
    check("2025-01..2025-02", "2025-01-01..2025-02-28");
    check("2024q3..2025q1", "2024-07-01..2025-03-31");
    check("2023...2024", "2023-01-01..2024-12-31");
    check("Jan 5 to Feb 3", "2025-01-05..2025-02-03");
    check("from 2025-01 to today", "2025-01-01..2025-02-06");
    check("2025-01-05..2025-01-05", "2025-01-05");
    check("last month..yesterday", "2025-01-01..2025-02-05");
    check("90d..30d", "2024-11-09..2025-01-07");
}

#[test]
fn an_end_may_be_open() {
    check("2025-01..", "2025-01-01..");
    check("..2025-01", "..2025-01-31");
    check("30d..", "2025-01-08..");
    check("..30d", "..2025-01-07");
    check("since 2025-01", "2025-01-01..");
    check(">=2025-01", "2025-01-01..");
    check("after 2025-01", "2025-02-01..");
    check(">2025-01-30", "2025-01-31..");
    check("until 2025-01", "..2025-01-31");
    check("<=2025-01", "..2025-01-31");
    check("before 2025-01", "..2024-12-31");
    check("none", "none");
    check("undated", "none");
}

#[test]
fn what_is_no_date_says_why() {
    check_wrong("", "no date");
    check_wrong("soon", "not understood");
    check_wrong("2025-13", "no month 13");
    check_wrong("2025-02-30", "February 2025 has 28 days");
    check_wrong("2024-02-30", "February 2024 has 29 days");
    check_wrong("Feb 30", "has 28 days");
    check_wrong("2025-00-01", "no month 0");
    check_wrong("2025q5", "no quarter 5");
    check_wrong("2/3/2025", "two different days");
    check_wrong("..", "neither end");
    check_wrong("0d", "no time");
    check_wrong("99999999d", "before the year 1");
    check_wrong("99999999999d", "not understood");
    check_wrong("2025-02..2025-01", "before it begins");
    check_wrong("ma", "not understood");
    check_wrong("24h", "not understood");
    check_wrong("2025-01-30 foo", "not understood");
    check_wrong("12", "not understood");
    check_wrong("売上", "not understood");
}

#[test]
fn flags_take_one_end() {
    let since = |typed| parse_since(typed, TODAY).map(|day| day.to_string());
    let until = |typed| parse_until(typed, TODAY).map(|day| day.to_string());
    assert_eq!(since("2025-01"), Ok("2025-01-01".to_owned()));
    assert_eq!(until("2025-01"), Ok("2025-01-31".to_owned()));
    assert_eq!(since("90d"), Ok("2024-11-09".to_owned()));
    assert_eq!(until("30d"), Ok("2025-01-07".to_owned()));
    assert_eq!(until("last quarter"), Ok("2024-12-31".to_owned()));
    assert_eq!(until("yesterday"), Ok("2025-02-05".to_owned()));
    assert!(since("2025-01..2025-02").is_err_and(|reason| reason.problem.contains("is a range")));
    assert!(since("none").is_err());
}

fn any_day() -> impl Strategy<Value = Date> {
    (1900_i16..2100, 1_i8..=12, 1_i8..=31)
        .prop_filter_map("a day of the calendar", |(year, month, day)| Date::new(year, month, day).ok())
}

fn ends(typed: &str, today: Date) -> (Date, Date) {
    match parse_days(typed, today) {
        Ok(Days::Range { since: Some(first), until: Some(last) }) => (first, last),
        other => panic!("{typed}: {other:?}"),
    }
}

proptest! {
    #[test]
    fn every_printed_form_is_read_back(a in any_day(), b in any_day(), today in any_day(), open in 0..3) {
        let (first, last) = (a.min(b), a.max(b));
        let days = match open {
            0 => Days::Range { since: Some(first), until: None },
            1 => Days::Range { since: None, until: Some(last) },
            _ => Days::Range { since: Some(first), until: Some(last) },
        };
        prop_assert_eq!(parse_days(&days.to_string(), today), Ok(days));
    }

    #[test]
    fn a_day_has_one_meaning_in_every_spelling(day in any_day(), today in any_day()) {
        for form in ["%Y-%m-%d", "%Y%m%d", "%b %d, %Y", "%d %B %Y", "%Y/%m/%d"] {
            prop_assert_eq!(ends(&day.strftime(form).to_string(), today), (day, day));
        }
    }

    #[test]
    fn a_month_is_all_its_days(day in any_day(), today in any_day()) {
        let (first, last) = ends(&day.strftime("%Y-%m").to_string(), today);
        prop_assert_eq!((first, last), (day.first_of_month(), day.last_of_month()));
    }

    #[test]
    fn periods_follow_one_another(today in any_day()) {
        for unit in ["week", "month", "quarter", "year"] {
            let (first, last) = ends(&format!("this {unit}"), today);
            prop_assert!(first <= today && today <= last);
            let (before, until) = ends(&format!("last {unit}"), today);
            prop_assert!(before <= until);
            prop_assert_eq!(until.tomorrow().unwrap(), first);
        }
    }

    #[test]
    fn so_many_days_are_so_many_days(today in any_day(), count in 1_i64..4000) {
        let (first, last) = ends(&format!("{count}d"), today);
        prop_assert_eq!(last, today);
        prop_assert_eq!((last - first).get_days(), i32::try_from(count).unwrap() - 1);
        let until = parse_until(&format!("{count}d"), today).unwrap();
        prop_assert_eq!(until.tomorrow().unwrap(), first);
    }

    #[test]
    fn any_text_is_a_date_or_a_reason(typed in "\\PC{0,24}", today in any_day()) {
        drop(parse_days(&typed, today));
    }

    #[test]
    fn any_mix_of_date_words_is_a_date_or_a_reason(
        typed in "([0-9]{1,4}|[-./ ]|\\.\\.|q|d|w|m|y|last|this|jan|feb 29|mon|week|month|ago|today| to |<|>=){0,8}",
        today in any_day(),
    ) {
        if let Ok(days @ Days::Range { since: Some(first), until: Some(last) }) = parse_days(&typed, today) {
            prop_assert!(first <= last, "{} {:?}", typed, days);
        }
    }
}
