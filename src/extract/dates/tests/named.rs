//! Dates that a text names.

use super::*;

/// The dates that `body` names, as `words: since..until`, for an article published on Thursday, 6 February 2025.
fn check(body: &str, expected: &[&str]) {
    let mut article = article("2025-02-06-a.txt", "", body);
    annotate(&mut article, &Context::on(TODAY));
    let found: Vec<String> = article.mentioned_dates.iter().map(|date| shown(&article, date)).collect();
    assert_eq!(found, expected, "{body}");
}

fn shown(article: &Article, date: &MentionedDate) -> String {
    let words = article.text(date.span);
    match (date.since, date.until) {
        (Some(since), Some(until)) if since == until => format!("{words}: {since}"),
        (Some(since), Some(until)) => format!("{words}: {since}..{until}"),
        _ => words.to_owned(),
    }
}

#[test]
fn days_are_named() {
    check("It fell on Feb. 4.", &["Feb. 4: 2025-02-04"]);
    check("It fell on February 4, 2023, and rose.", &["February 4, 2023: 2023-02-04"]);
    check("The year to Dec. 31 was good.", &["Dec. 31: 2024-12-31"]);
    check("It reports on April 24.", &["April 24: 2025-04-24"]);
    check("On 4 February and 5 March 2024", &["4 February: 2025-02-04", "5 March 2024: 2024-03-05"]);
    check("the 4th of February", &["4th of February: 2025-02-04"]);
    check("From 2024-12-24 on.", &["2024-12-24: 2024-12-24"]);
    check("On 1/30/2025 it rose.", &["1/30/2025: 2025-01-30"]);
    check("Feb. 4-5 in Boston", &["Feb. 4-5: 2025-02-04..2025-02-05"]);
    check("On Tuesday, Feb. 4, it fell.", &["Tuesday, Feb. 4: 2025-02-04"]);
    check("It fell on Wednesday, January 29th, 2025", &["Wednesday, January 29th, 2025: 2025-01-29"]);
}

#[test]
fn weekdays_are_named() {
    check("It fell on Wednesday night.", &["Wednesday night: 2025-02-05"]);
    check("Shares rose Thursday.", &["Thursday: 2025-02-06"]);
    check("Last Thursday it fell.", &["Thursday: 2025-01-30"]);
    check("It will report on Monday.", &["Monday: 2025-02-10"]);
    check("It said on Monday it will report.", &["Monday: 2025-02-03"]);
    check("Next Thursday it reports.", &["Thursday: 2025-02-13"]);
    check("It will report on Thursday.", &["Thursday: 2025-02-06"]);
    check("It is set to report on Monday.", &["Monday: 2025-02-10"]);
    check("A fire was set on Monday.", &["Monday: 2025-02-03"]);
    check("It fell yesterday and may rise tomorrow.", &["yesterday: 2025-02-05", "tomorrow: 2025-02-07"]);
}

#[test]
fn months_years_and_quarters_are_named() {
    check("Sales rose in January.", &["January: 2025-01-01..2025-01-31"]);
    check("It was announced in March.", &["March: 2024-03-01..2024-03-31"]);
    check("It will open in March.", &["March: 2025-03-01..2025-03-31"]);
    check("It opened last January.", &["January: 2025-01-01..2025-01-31"]);
    check("It opened last February.", &["February: 2024-02-01..2024-02-29"]);
    check("It opened last August.", &["August: 2024-08-01..2024-08-31"]);
    check("It opens next January.", &["January: 2026-01-01..2026-01-31"]);
    check("It opens next March.", &["March: 2025-03-01..2025-03-31"]);
    check("It rose in February.", &["February: 2025-02-01..2025-02-28"]);
    check("Since October 2021 it grew.", &["October 2021: 2021-10-01..2021-10-31"]);
    check("Founded in 1886.", &["1886"; 0]);
    check("Founded in 1986.", &["1986: 1986-01-01..1986-12-31"]);
    check("by the end of 2024", &["2024: 2024-01-01..2024-12-31"]);
    check("in fiscal 2025 and FY2026", &["fiscal 2025", "FY2026"]);
    check("fiscal year 2025", &["fiscal year 2025"]);
    check("the fourth quarter of 2024", &["fourth quarter of 2024"]);
    check("the first-quarter profit", &["first-quarter"]);
    check("in Q4 2024 and 2023 Q3", &["Q4 2024", "2023 Q3"]);
    check("over the past year and the last month", &["past year", "last month"]);
    check(
        "last week, this month and next year",
        &[
            "last week: 2025-01-27..2025-02-02",
            "this month: 2025-02-01..2025-02-28",
            "next year: 2026-01-01..2026-12-31",
        ],
    );
}

#[test]
fn other_words_and_numbers_are_no_dates() {
    for body in [
        "He may go in march order.",
        "Theresa May said so.",
        "It sold 2025 cars and 1999 bicycles.",
        "Black Friday and Super Tuesday",
        "the Sunday Times wrote",
        "Ruby Tuesday Inc",
        "on Feb. 30",
        "Sun Microsystems and Sat Nav",
        "a 10-K and a second quarterback",
        "It rose to 2000 percent",
        "May 10 percent of them",
        "version 1.2.2025 and 3/4/2020",
        "a quarter of them",
        "August Wilson wrote it",
    ] {
        check(body, &[]);
    }
}

#[test]
fn notices_name_no_dates() {
    check("Northwind rose.\n\nCopyright 2025 Ledger Wire. All rights reserved on Feb. 4, 2025.", &[]);
}

#[test]
fn without_a_publication_date_only_full_dates_are_known() {
    let mut one = article("a.txt", "", "It fell on Feb. 4 and Wednesday, after Jan. 3, 2024.");
    annotate(&mut one, &Context::on(TODAY));
    let found: Vec<String> = one.mentioned_dates.iter().map(|date| shown(&one, date)).collect();
    assert_eq!(found, ["Feb. 4", "Wednesday", "Jan. 3, 2024: 2024-01-03"]);
}

proptest::proptest! {
    #[test]
    fn places_lie_in_the_text(body in "([A-Z]{2,5}, |Feb\\. |May |[0-9]{1,4}|[-/,. ]|\n|Wednesday |last |week |fiscal |é|\\(X\\)|© |of ){0,30}") {
        let mut one = article("2025-02-06-a.txt", "https://a.example/2025/02", &body);
        annotate(&mut one, &Context::on(TODAY));
        for mentioned in &one.mentioned_dates {
            assert!(body.get(mentioned.span.range()).is_some_and(|words| !words.is_empty()));
        }
        if let Some(evidence) = one.published.and_then(|published| published.evidence) {
            assert!(body.get(evidence.range()).is_some_and(|words| !words.is_empty()));
        }
    }

    #[test]
    fn any_address_and_path_are_read(text in "\\PC{0,40}") {
        for found in [address::of_url(&text), address::of_path(&text)].into_iter().flatten() {
            assert!(found.0.year() > 1900);
        }
        assert!(address::year_of(&text).is_none_or(|year| year > 1900));
    }

    #[test]
    fn a_paragraph_at_the_end_changes_nothing_before(tail in "[A-Za-z .,0-9]{0,60}") {
        let before = "It fell on Feb. 4 and rose on Wednesday night, in fiscal 2025 as in 2024.";
        let read = |body: &str| {
            let mut one = article("2025-02-06-a.txt", "", body);
            annotate(&mut one, &Context::on(TODAY));
            one.mentioned_dates.into_iter().filter(|date| date.span.end <= before.len()).collect::<Vec<_>>()
        };
        assert_eq!(read(before), read(&format!("{before}\n\n{tail}")));
    }
}
