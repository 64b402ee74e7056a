use super::*;

/// The reading as `day precision instant`, for one line per case.
fn shown((day, precision, instant): Reading) -> String {
    let day = match precision {
        Precision::Day => day.to_string(),
        Precision::Month => format!("{:04}-{:02}", day.year(), day.month()),
        Precision::Year => format!("{:04}", day.year()),
    };
    instant.map_or_else(|| day.clone(), |instant| format!("{day} {instant}"))
}

fn check(text: &str, expected: &str) {
    let found = read_date(text).map(shown).unwrap_or_default();
    assert_eq!(found, expected, "{text:?}");
}

fn check_found(text: &str, expected: &str, words: &str) {
    let found = find_date(text).map(|(reading, range)| (shown(reading), &text[range]));
    assert_eq!(found, Some((expected.to_owned(), words)), "{text:?}");
}

#[test]
fn iso_dates_in_all_shapes() {
    check("2025-01-30", "2025-01-30");
    check(" 2025-1-3 ", "2025-01-03");
    check("2025/01/30", "2025-01-30");
    check("2025.01.30", "2025-01-30");
    check("20250130", "2025-01-30");
    check("2025-01", "2025-01");
    check("2025", "2025");
    check("2025-W05-4", "2025-01-30");
    check("2025W054", "2025-01-30");
    check("2025-030", "2025-01-30");
    check("2024-366", "2024-12-31");
}

#[test]
fn iso_times_give_the_instant_only_with_a_zone() {
    check("2025-01-30T10:15", "2025-01-30");
    check("2025-01-30 10:15:20", "2025-01-30");
    check("2025-01-30T10:15:20Z", "2025-01-30 2025-01-30T10:15:20Z");
    check("2025-01-30T10:15:20.123456Z", "2025-01-30 2025-01-30T10:15:20Z");
    check("2025-01-30T10:15:20.123+0100", "2025-01-30 2025-01-30T09:15:20Z");
    check("2025-01-30T10:15:20-05:00", "2025-01-30 2025-01-30T15:15:20Z");
    check("2025-01-30T10:15:20 +01:00", "2025-01-30 2025-01-30T09:15:20Z");
    check("2025-01-30T10:15+01:00[Europe/Paris]", "2025-01-30 2025-01-30T09:15:00Z");
    check("20250130T101520Z", "2025-01-30 2025-01-30T10:15:20Z");
    check("20250130101520", "2025-01-30");
    check("2025-01-30 10:15:20 UTC", "2025-01-30 2025-01-30T10:15:20Z");
    check("2025-01-30 10:15:20 EST", "2025-01-30 2025-01-30T15:15:20Z");
    check("2025-01-30T24:00:00Z", "2025-01-30 2025-01-30T23:59:59Z");
}

#[test]
fn the_day_is_the_day_as_printed() {
    check("2025-01-30T23:30:00-08:00", "2025-01-30 2025-01-31T07:30:00Z");
    check("2025-01-30T00:30:00+13:00", "2025-01-30 2025-01-29T11:30:00Z");
}

#[test]
fn mail_dates() {
    check("Thu, 30 Jan 2025 10:15:20 GMT", "2025-01-30 2025-01-30T10:15:20Z");
    check("Thu, 30 Jan 2025 10:15:20 -0500", "2025-01-30 2025-01-30T15:15:20Z");
    check("30 Jan 25 10:15 EDT", "2025-01-30 2025-01-30T14:15:00Z");
    check("Thu Jan 30 10:15:20 2025", "2025-01-30");
    check("Thu Jan 30 10:15:20 +0000 2025", "2025-01-30 2025-01-30T10:15:20Z");
    check("Thu, 30 Jan 2025 10:15:20 +0000 (UTC)", "2025-01-30 2025-01-30T10:15:20Z");
}

#[test]
fn seconds_and_milliseconds_since_1970() {
    check("1738232120", "2025-01-30 2025-01-30T10:15:20Z");
    check("1738232120000", "2025-01-30 2025-01-30T10:15:20Z");
    check("1738232120.5", "2025-01-30 2025-01-30T10:15:20Z");
    check("123456789", "");
    check("17382321200000000", "");
}

#[test]
fn english_dates() {
    check("Jan. 30, 2025", "2025-01-30");
    check("January 30th, 2025", "2025-01-30");
    check("Thursday, January 30, 2025", "2025-01-30");
    check("30 January 2025", "2025-01-30");
    check("the 30th of January, 2025", "2025-01-30");
    check("30-Jan-2025", "2025-01-30");
    check("30-Jan-25", "2025-01-30");
    check("Sept. 5, 1998", "1998-09-05");
    check("January 2025", "2025-01");
    check("Jan, 2025", "2025-01");
    check("2025 January 30", "2025-01-30");
    check("30 January 2025 10:15 GMT", "2025-01-30 2025-01-30T10:15:00Z");
    check("Jan 30, 2025 at 9:05 p.m. EST", "2025-01-30 2025-01-31T02:05:00Z");
    check("Jan. 30, 2025 | 4:05PM ET", "2025-01-30 2025-01-30T21:05:00Z");
    check("July 30, 2025, 4 pm ET", "2025-07-30 2025-07-30T20:00:00Z");
    check("10:15 a.m. ET, Jan 30, 2025", "2025-01-30 2025-01-30T15:15:00Z");
    check("Published: Jan 30, 2025", "2025-01-30");
    check("Posted on Thursday, 30 January 2025", "2025-01-30");
    check("January 30, 2025 (Thursday)", "2025-01-30");
    check("30 January 2025 10:15 GMT+2", "2025-01-30 2025-01-30T08:15:00Z");
}

#[test]
fn dates_in_other_languages() {
    check("30. Januar 2025, 10:15 Uhr", "2025-01-30");
    check("3. März 2025", "2025-03-03");
    check("le 1er janvier 2025 à 10h15", "2025-01-01");
    check("30 de enero de 2025", "2025-01-30");
    check("30 gennaio 2025", "2025-01-30");
    check("30 января 2025", "2025-01-30");
    check("2025年1月30日", "2025-01-30");
    check("2025년 1월 30일", "2025-01-30");
    check("2025. 1. 30.", "2025-01-30");
    check("30.01.2025 10:15", "2025-01-30");
}

#[test]
fn slashed_dates_only_where_one_order_is_possible() {
    check("13/01/2025", "2025-01-13");
    check("01/13/2025", "2025-01-13");
    check("1/13/25", "2025-01-13");
    check("05/05/2025", "2025-05-05");
    check("01/02/2025", "");
    check("01-02-2025", "");
    check("13/13/2025", "");
}

#[test]
fn what_is_no_date_is_none() {
    check("", "");
    check("yesterday", "");
    check("2025-02-30", "");
    check("30 February 2025", "");
    check("Feb 29, 2023", "");
    check("2025-13-01", "");
    check("January 30", "");
    check("0000-00-00", "");
    check("1.2.3", "");
    check("12345", "");
    check("2025-01-30 and something else", "");
    check("May 2, 3000", "");
    check("\u{661}\u{662}", "");
    check("99999999999999999999", "");
}

#[test]
fn a_date_is_found_in_a_line() {
    check_found(
        "By Jane Doe | Jan. 30, 2025, 10:15 GMT | 3 min read",
        "2025-01-30 2025-01-30T10:15:00Z",
        "Jan. 30, 2025, 10:15 GMT",
    );
    check_found("Zuletzt geändert am 30.01.2025", "2025-01-30", "30.01.2025");
    check_found("Do 25.04.24 | 14:07 Uhr", "2024-04-25", "25.04.24 | 14:07 Uhr");
    check_found("Kyiv · 2025-01-30", "2025-01-30", "2025-01-30");
}

#[test]
fn versions_and_numbers_are_no_dates() {
    for text in [
        "version 1.12.10.2020",
        "May 30 people",
        "call 555-01-2345",
        "January 2025",
        "12/10 of 2020",
        "3/4/2020",
        "10.04.24.1",
        "1.4.24",
    ] {
        assert_eq!(find_date(text), None, "{text:?}");
    }
}

#[test]
fn no_input_panics() {
    let pieces =
        ["30", "Jan", "2025", "-", "/", ":", "T", "+", "年", "GMT", "p.m.", "99", " ", "٣", "1", ",", "W05", "."];
    let mut seed = 7_usize;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..8 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) % pieces.len()]);
        }
        read_date(&text);
        if let Some((_, range)) = find_date(&text) {
            assert!(text.get(range).is_some());
        }
    }
}

#[test]
fn months_of_other_scripts() {
    check("24 نيسان / أبريل 2020 09:22", "2020-04-24");
    check("24 أبريل 2020", "2020-04-24");
    check("24 באפריל 2020", "");
    check("24 אפריל 2020", "2020-04-24");
    check("3. marts 2025", "2025-03-03");
    check("24 نيسان / مايو 2020", "");
}
