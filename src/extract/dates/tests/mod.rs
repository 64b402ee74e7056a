//! When an article was published.

mod named;

use jiff::civil::date;

use super::*;
use crate::extract::{Context, annotate};

const TODAY: Date = date(2025, 2, 10);

/// An article in a file of its own.
fn article(path: &str, url: &str, body: &str) -> Article {
    Article {
        id: path.to_owned(),
        path: path.to_owned(),
        url: (!url.is_empty()).then(|| url.to_owned()),
        body: body.to_owned(),
        ..Article::default()
    }
}

/// The publication date as `day source`, with its precision and marks where they are not the usual ones.
fn published(article: &Article) -> String {
    let mut article = article.clone();
    annotate(&mut article, &Context::on(TODAY));
    let Some(published) = article.published else {
        return "none".to_owned();
    };
    let mut text = format!("{} {}", published.day, published.source.name());
    for (mark, word) in [
        (published.precision != Precision::Day, " month"),
        (published.inferred, " inferred"),
        (published.doubtful, " doubtful"),
    ] {
        text.push_str(if mark { word } else { "" });
    }
    text
}

fn check_url(url: &str, expected: &str) {
    assert_eq!(published(&article("a.txt", url, "Some text.")), expected, "{url}");
}

fn check_path(path: &str, expected: &str) {
    assert_eq!(published(&article(path, "", "Some text.")), expected, "{path}");
}

fn check_body(body: &str, expected: &str) {
    assert_eq!(published(&article("a.txt", "", body)), expected, "{body}");
}

#[test]
fn an_address_tells_the_day() {
    check_url("https://news.example/2025/01/30/northwind", "2025-01-30 url");
    check_url("https://news.example/business/2025/jan/30/northwind", "2025-01-30 url");
    check_url("https://news.example/2025/1/3/northwind.html", "2025-01-03 url");
    check_url("https://news.example/2025/0130/northwind", "2025-01-30 url");
    check_url("https://news.example/20250130/northwind", "2025-01-30 url");
    check_url("https://news.example/2025-01/30/content_1.htm", "2025-01-30 url");
    check_url("https://news.example/a/northwind-2025-01-30.html", "2025-01-30 url");
    check_url("https://news.example/2025-01-30-northwind?x=2024-01-01", "2025-01-30 url");
    check_url("news.example/2025/01/30-northwind", "2025-01-30 url");
    check_url("https://news.example/northwind-vom-30.01.2025", "2025-01-30 url");
    check_url("https://news.example/30-01-2025", "2025-01-30 url");
}

#[test]
fn an_address_may_tell_only_the_month() {
    check_url("https://news.example/2025/01/northwind", "2025-01-01 url month");
}

#[test]
fn the_only_day_of_that_month_in_the_text_makes_it_exact() {
    let url = "https://news.example/2025/01/northwind";
    let of = |body| published(&article("a.txt", url, body));
    assert_eq!(of("Shares rose on January 30, 2025, as in May 2024."), "2025-01-30 url inferred");
    assert_eq!(of("Shares rose on January 30, 2025, and January 28, 2025."), "2025-01-01 url month");
    assert_eq!(of("Shares rose on January 30."), "2025-01-01 url month");
    assert_eq!(of("Shares rose until January 30, 2025."), "2025-01-01 url month");
}

#[test]
fn numbers_in_an_address_are_no_date() {
    check_url("https://news.example/article/12345678", "none");
    check_url("https://news.example/2025/northwind", "none");
    check_url("https://news.example/2025/13/northwind", "none");
    check_url("https://news.example/2025-13/30/northwind", "none");
    check_url("https://news.example/02-03-2025", "none");
    check_url("https://news.example/story?date=2025-01-30", "none");
    check_url("https://2025-01-30.example/", "none");
    check_url("https://news.example/2024-01-01-to-2024-03-31", "none");
    check_url("https://news.example/99990130", "none");
    check_url("", "none");
}

#[test]
fn a_file_name_tells_the_day() {
    check_path("news/2025-01-30-northwind.txt", "2025-01-30 file name");
    check_path("news/northwind_2025_01_30.txt", "2025-01-30 file name");
    check_path("20250130.txt", "2025-01-30 file name");
    check_path("20250130T101500-page.html", "2025-01-30 file name");
    check_path("20250130101500.html", "2025-01-30 file name");
    check_path("2025/01/30/northwind.txt", "2025-01-30 file name");
    check_path("2025-01-30/northwind.txt", "2025-01-30 file name");
    check_path("2025-01-northwind.txt", "2025-01-01 file name month");
    check_path("2025/01/northwind.txt", "2025-01-01 file name month");
}

#[test]
fn other_names_tell_nothing() {
    check_path("northwind-q4-2024.txt", "none");
    check_path("northwind-2024-10-k.txt", "none");
    check_path("2024-10-k.txt", "none");
    check_path("2025.txt", "none");
    check_path("2025-02-30-northwind.txt", "none");
    check_path("report-1234567890.txt", "none");
    check_path("2024-01-01_2024-03-31.txt", "none");
}

#[test]
fn a_file_of_many_articles_dates_none_of_them() {
    let mut one = article("wire/2025-01-30.jsonl", "", "Some text.");
    one.id = "wire/2025-01-30.jsonl#3".to_owned();
    assert_eq!(published(&one), "none");
}

#[test]
fn a_line_that_holds_only_a_date_tells_it() {
    check_body("January 30, 2025\n\nNorthwind rose.", "2025-01-30 date line");
    check_body("By Ann Lee\nThursday, 30 January 2025\n\nNorthwind rose.", "2025-01-30 date line");
    check_body("Published: Jan. 30, 2025, 10:15 a.m. ET\n\nNorthwind rose.", "2025-01-30 date line");
    check_body("Updated Jan. 31, 2025\nPublished Jan. 30, 2025\n\nNorthwind rose.", "2025-01-30 date line");
    check_body("Updated Jan. 31, 2025\n\nNorthwind rose.", "2025-01-31 date line");
    check_body("By Ann Lee | Jan. 30, 2025 | 3 min read\n\nNorthwind rose.", "2025-01-30 date line");
    check_body("Published Jan. 30, 2025, updated Jan. 31, 2025\n\nNorthwind rose.", "2025-01-30 date line");
    check_body("  2025-01-30  \nNorthwind rose.", "2025-01-30 date line");
}

#[test]
fn a_time_and_zone_beside_it_give_the_instant() {
    let mut one = article("a.txt", "", "Jan. 30, 2025, 10:15 a.m. EST\n\nNorthwind rose.");
    annotate(&mut one, &Context::on(TODAY));
    assert_eq!(one.published.unwrap().instant.unwrap().to_string(), "2025-01-30T15:15:00Z");
}

#[test]
fn the_first_date_of_a_text_is_not_its_own() {
    check_body("Northwind was founded on January 30, 2025, in Boston.", "none");
    check_body("The contract ends on\nJanuary 30, 2025\u{a0}in Boston.", "none");
    check_body("2025\n\nNorthwind rose.", "none");
    check_body("Northwind's notes are due\nMarch 30, 1990.\n\nNorthwind rose.", "none");
    let notes = "Northwind\nThe company said it will repay all of the convertible notes due\nMarch 30, 2031\nand more";
    check_body(notes, "none");
    check_body("By 2030, on Jan. 5, 2029, it will grow and grow and grow, the company said on Wednesday.", "none");
    check_body(
        "Northwind bought one of two systems that were acquired\nby it on September 30, 1986 as part of",
        "none",
    );
    check_body("By Friday, Jan. 31, 2025, the company will\ndecide.", "none");
    check_body("Volume\nFEB8     35\nAPR  27        98", "none");
    check_body("1738232120\n\nNorthwind rose.", "none");
    let late = format!("{}\nJanuary 30, 2025\n", "A line of the story.\n".repeat(12));
    check_body(&late, "none");
}

#[test]
fn a_dateline_with_a_year_tells_the_day() {
    check_body("NEW YORK, Feb 2, 2025 (Ledger Wire) - Northwind rose.", "2025-02-02 dateline");
    check_body("SAN JOSE, Calif., Jan. 30, 2025 /PRWire/ -- Northwind rose.", "2025-01-30 dateline");
    check_body("SAN JOSE, Calif., Jan. 30, 2025 (WORLD WIRE) -- Northwind rose.", "2025-01-30 dateline");
    check_body("LONDON--(NEWS WIRE)--Feb 2, 2025--Northwind rose.", "2025-02-02 dateline");
    check_body("VANCOUVER, March 4, 2024 - Maple rose.", "2024-03-04 dateline");
    check_body("Oslo, 2. April 2024. Die Reederei wächst.", "2024-04-02 dateline");
    check_body("PARIS, 2 février 2025 (Agence) - Le groupe monte.", "2025-02-02 dateline");
    check_body("By Ann Lee\n\nLISBON, 6 May 2024 — Terminais rose.", "2024-05-06 dateline");
}

#[test]
fn a_dateline_without_a_year_takes_it_from_the_articles_own_evidence() {
    let wire = "NEW YORK, Feb 2 (Ledger Wire) - Northwind rose.";
    check_body(wire, "none");
    check_body(&format!("{wire}\n\n(c) 2025 Ledger Wire"), "2025-02-02 dateline inferred");
    check_body(&format!("{wire}\n\nCopyright 2015-2025 Ledger Wire."), "2025-02-02 dateline inferred");
    check_body(&format!("{wire} The year ended on Dec. 31, 2024."), "2025-02-02 dateline inferred");
    check_body(&format!("{wire} The deal holds until Dec. 31, 2027."), "none");
    check_body(&format!("{wire} Northwind was founded on July 5, 1998."), "none");
    check_body(&format!("{wire} From Jan. 5, 1998, and since Dec. 31, 2024."), "none");
    let of = |path, url| published(&article(path, url, wire));
    assert_eq!(of("2025-02-03-northwind.txt", ""), "2025-02-02 dateline inferred");
    assert_eq!(of("wire-2025/northwind.txt", ""), "2025-02-02 dateline inferred");
    assert_eq!(of("a.txt", "https://news.example/2025/02/northwind"), "2025-02-02 dateline inferred");
    assert_eq!(of("a.txt", "https://news.example/2025/02/03/northwind"), "2025-02-03 url");
    let mut record = article("wire.jsonl", "", wire);
    record.record_id = Some("20250202/northwind-idW12".to_owned());
    assert_eq!(published(&record), "2025-02-02 dateline inferred");
    let year_end = article("2025-01-01-a.txt", "", "LONDON, Dec 31 (Ledger Wire) - Shares rose.");
    assert_eq!(published(&year_end), "2024-12-31 dateline inferred");
}

#[test]
fn datelines_of_every_shape() {
    for line in [
        "NEW YORK, Feb 2 (Ledger Wire) - Northwind",
        "Feb 2 (Ledger Wire) - Northwind",
        "FRANKFURT, 2 Feb (Ledger Wire) - Northwind",
        "By Ann Lee and Bo Lee BERLIN/PARIS, Feb 2 (Ledger Wire) - Northwind",
        "BERLIN/PARIS, February 2 (Ledger Wire) — Northwind",
        "WASHINGTON, Feb. 2 -- Northwind",
        "NEW YORK, Feb 2 – Northwind",
        "* Feb 2 (Ledger Wire) - Northwind",
        "NEW YORK Feb 2 (Ledger Wire) - Northwind",
        "By Ann Lee\nBOSTON, Feb 2 (Ledger Wire) - Northwind",
        "By Ann Lee\n\n    BOSTON, Feb 2 - Northwind",
    ] {
        check_body(&format!("{line} rose.\n\n© 2025 Ledger Wire"), "2025-02-02 dateline inferred");
    }
}

#[test]
fn sentences_are_no_datelines() {
    for line in [
        "Northwind said on Feb 2 that it would grow.",
        "On Feb 2 (a Sunday) the plant opened.",
        "Feb 2 was a Sunday.",
        "Feb 2 - a Sunday - was quiet.",
        "Northwind's profit rose in the year to Feb 2 - by a fifth.",
        "NEW YORK (Ledger Wire) - Shares rose on Feb 2.",
        "Northwind, Feb 2 and later.",
        "Northwind Feb 2 (Ledger Wire) - of that day",
        "GE Feb 2 - rose",
    ] {
        check_body(&format!("{line}\n\n© 2025 Ledger Wire"), "none");
    }
}

#[test]
fn a_date_after_today_is_kept_and_doubtful() {
    check_path("2025-03-30-a.txt", "2025-03-30 file name doubtful");
    check_path("2025-02-10-a.txt", "2025-02-10 file name");
    let mut said = article("a.txt", "", "Text.");
    let published_later = Published {
        day: date(2026, 1, 1),
        precision: Precision::Day,
        instant: None,
        source: DateSource::Meta,
        inferred: false,
        doubtful: false,
        evidence: None,
    };
    said.published = Some(published_later);
    assert_eq!(published(&said), "2026-01-01 meta doubtful");
}

#[test]
fn what_the_format_said_stands() {
    let mut said = article("2025-01-30-a.txt", "https://news.example/2025/01/29/a", "Jan. 28, 2025\n\nText.");
    said.published = Some(Published {
        day: date(2025, 1, 1),
        precision: Precision::Month,
        instant: None,
        source: DateSource::FrontMatter,
        inferred: false,
        doubtful: false,
        evidence: None,
    });
    assert_eq!(published(&said), "2025-01-01 front matter month");
    assert_eq!(steps(&said, TODAY).len(), 1);
}

#[test]
fn a_day_goes_before_a_month() {
    let both = article("2025-02-03-a.txt", "https://news.example/2025/02/a", "Text.");
    assert_eq!(published(&both), "2025-02-03 file name");
}

#[test]
fn every_step_says_what_came_of_it() {
    let one = article("a.txt", "https://news.example/a", "BOSTON, Feb 2 (Ledger Wire) - Northwind rose.");
    let told: Vec<String> = steps(&one, TODAY)
        .into_iter()
        .map(|step| format!("{}: {}", step.source.name(), step.outcome.map_or_else(|why| why, |it| it.day.to_string())))
        .collect();
    assert_eq!(
        told,
        [
            "url: no date in https://news.example/a",
            "date line: no line at the head holds only a date",
            "dateline: `Feb 2` has no year, and nothing else in the article tells it",
            "file name: no date in a.txt",
        ]
    );
}

#[test]
fn evidence_is_the_words() {
    let mut one = article("2025-02-03-a.txt", "", "By Ann Lee\n\nZÜRICH, Feb 2 (Ledger Wire) - Northwind rose.");
    annotate(&mut one, &Context::on(TODAY));
    let evidence = one.published.as_ref().unwrap().evidence.unwrap();
    assert_eq!(one.text(evidence), "Feb 2");
    assert_eq!(one.mentioned_dates, []);
}
