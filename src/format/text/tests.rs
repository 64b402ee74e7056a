use crate::format::check::{article, read, titles};

fn check(text: &str, title: &str, body: &str) {
    let article = article("a.txt", text);
    assert_eq!((article.title.as_str(), article.body.as_str()), (title, body));
}

#[test]
fn a_short_first_line_before_a_blank_is_the_headline() {
    check("Bank raises rates\n\nThe bank did.\n\nIt said so.\n", "Bank raises rates", "The bank did.\n\nIt said so.");
    check("Bank raises rates\r\n=================\r\nThe bank did.", "Bank raises rates", "The bank did.");
    check("\n\n  Will rates rise?\n\nThey will.", "Will rates rise?", "They will.");
    check("A title alone", "A title alone", "");
}

#[test]
fn other_first_lines_are_no_headline() {
    check("The bank raised rates.\n\nIt said so.", "", "The bank raised rates.\n\nIt said so.");
    check(
        "The bank raised its rates and\nthat was all it did on the day.",
        "",
        "The bank raised its rates and\nthat was all it did on the day.",
    );
    check("30 January 2025\n\nThe bank raised rates.", "", "30 January 2025\n\nThe bank raised rates.");
}

#[test]
fn a_headline_may_have_its_date_below() {
    check("Bank raises rates\n30 January 2025\n\nIt did.", "Bank raises rates", "30 January 2025\n\nIt did.");
}

#[test]
fn a_headline_may_have_its_date_above() {
    let found =
        article("a.txt", "Tuesday, November 5, 2024\n\nBank raises rates\nBy Jane Doe\n\nIt did.\n\nIt said so.");
    assert_eq!(found.title, "Bank raises rates");
    assert_eq!(found.body, "Tuesday, November 5, 2024\n\nIt did.\n\nIt said so.");
    assert_eq!(found.authors, ["Jane Doe"]);
    check("30 January 2025\nBank raises rates\n\nIt did.", "Bank raises rates", "30 January 2025\n\nIt did.");
    check("30 January 2025", "", "30 January 2025");
}

#[test]
fn a_byline_gives_authors_and_leaves_the_body() {
    let found = article("a.txt", "Bank raises rates\n\nBy Jane Doe and John Smith\n\nIt did.");
    assert_eq!(found.authors, ["Jane Doe", "John Smith"]);
    assert_eq!(found.body, "It did.");
    let found = article("a.txt", "Bank raises rates\nBy Jane Doe\nIt did.");
    assert_eq!((found.authors.len(), found.body.as_str()), (1, "It did."));
}

#[test]
fn a_sentence_that_begins_with_by_is_no_byline() {
    let found = article("a.txt", "Bank raises rates\n\nBy Monday it was done");
    assert_eq!((found.authors.len(), found.body.as_str()), (0, "By Monday it was done"));
}

#[test]
fn labelled_lines_are_read() {
    let found = article(
        "a.txt",
        "Title: Bank raises rates\nDate: 30 January 2025\nSource: The Wire\nTickers: NWRB, ABC\n\nIt did.",
    );
    assert_eq!(found.title, "Bank raises rates");
    assert_eq!(found.published.unwrap().day.to_string(), "2025-01-30");
    assert_eq!(found.source.as_deref(), Some("The Wire"));
    assert_eq!(found.listed_tickers, ["NWRB", "ABC"]);
    assert_eq!(found.body, "It did.");
}

#[test]
fn a_speaker_s_turn_is_no_labelled_line() {
    check("Operator: Good morning.\n\nJane Doe: Thank you.", "", "Operator: Good morning.\n\nJane Doe: Thank you.");
}

#[test]
fn hard_wrapped_lines_stay() {
    check("Head\n\nOne line\nand the next.\n\n\n\nTwo.", "Head", "One line\nand the next.\n\nTwo.");
}

#[test]
fn bad_files_are_named() {
    assert_eq!(titles("a.txt", b""), ["is empty"]);
    assert_eq!(titles("a.txt", b" \n\t\n"), ["is empty"]);
    assert_eq!(titles("a.txt", b"\x89PNG\r\n\x1a\n"), ["is a picture, not text"]);
    assert_eq!(titles("a.txt", b"ab\0\0\0\0\x02"), ["is binary, not text: it holds NUL bytes"]);
    assert_eq!(
        titles("a.txt", &b"words ".repeat(300)),
        ["is longer than 1000 bytes, the most for one article (article_bytes in the settings)"]
    );
}

#[test]
fn undecodable_bytes_are_counted() {
    let found = read(
        "a.txt",
        "Zürich, Köln, Łódź and \u{10348} ... "
            .repeat(3)
            .as_bytes()
            .iter()
            .chain(b"\xff")
            .copied()
            .collect::<Vec<_>>()
            .as_slice(),
        0,
    );
    assert_eq!(found[0].as_ref().unwrap().replaced, 1);
}

/// Found by the fuzz target `text`.
#[test]
fn a_text_that_is_all_head_is_kept() {
    assert_eq!(article("a.txt", "by T-y").body, "by T-y");
}
