use proptest::prelude::*;

use crate::article::{Article, Quote, QuoteKind};
use crate::extract::{Context, annotate};

fn read(body: &str) -> Article {
    let mut article = Article { body: body.to_owned(), ..Article::default() };
    annotate(&mut article, &Context::on(jiff::civil::date(2026, 1, 2)));
    article
}

fn found<'a>(article: &'a Article, kinds: &[QuoteKind]) -> Vec<(&'a str, &'a str)> {
    let wanted = article.quotes.iter().filter(|quote| kinds.contains(&quote.kind));
    wanted.map(|quote| (article.words(quote), quote.speaker.as_ref().map_or("?", |s| s.name.as_str()))).collect()
}

/// Every direct quotation and whose it is; "?" where nobody could be named.
fn check(body: &str, expected: &[(&str, &str)]) {
    assert_eq!(found(&read(body), &[QuoteKind::Direct]), expected, "{body}");
}

/// Every piece of indirect or mixed speech and whose it is.
fn check_indirect(body: &str, expected: &[(&str, &str)]) {
    assert_eq!(found(&read(body), &[QuoteKind::Indirect, QuoteKind::Mixed]), expected, "{body}");
}

/// Role, organisation and symbol of the first speaker.
fn check_office(body: &str, expected: (&str, &str, &str)) {
    let article = read(body);
    let speaker = article.quotes[0].speaker.clone().unwrap();
    let words = |field: &Option<String>| field.clone().unwrap_or_default();
    let read = (words(&speaker.role), words(&speaker.organization), words(&speaker.ticker));
    assert_eq!((read.0.as_str(), read.1.as_str(), read.2.as_str()), expected, "{body}");
}

#[test]
fn a_name_broken_by_a_line_is_the_same_name() {
    let body = "\
        Rates will not stay where they are for another year: “Rates will fall,” said chief\neconomist Jonas\nWeil of \
        Avanta\r\nBank, where nobody had asked him for so much as a word about it, and where nobody\nwas glad to hear \
        of it in the end. The hall in which he had spoken was empty after\nan hour, and there were no words left.";
    check(body, &[("“Rates will fall,”", "Jonas Weil")]);
    check_office(body, ("chief economist", "Avanta Bank", ""));
}

#[test]
fn a_description_is_small_where_a_sentence_begins_with_it() {
    check("The company said: “We agree.”", &[("“We agree.”", "the company")]);
    check("Analysts said: “We agree.”", &[("“We agree.”", "analysts")]);
    check("Avanta Bank said: “We agree.”", &[("“We agree.”", "Avanta Bank")]);
    check("The Midvale Herald said: “We agree.”", &[("“We agree.”", "Midvale Herald")]);
}

#[test]
fn the_speaker_follows() {
    check("\"Rates will fall,\" said Jonas Weil of Avanta Bank.", &[("\"Rates will fall,\"", "Jonas Weil")]);
    check("“Rates will fall,” Jonas Weil said on Tuesday.", &[("“Rates will fall,”", "Jonas Weil")]);
    check("“Why?” Mr. Weil asked.", &[("“Why?”", "Weil")]);
    check("“Never,” according to Jonas Weil.", &[("“Never,”", "Jonas Weil")]);
    check("“Never,” said Rep. Ada Penn (D-Mich.).", &[("“Never,”", "Ada Penn")]);
}

#[test]
fn when_and_where_it_was_said_is_not_the_speaker() {
    let times = [
        "on Tuesday",
        "late on Tuesday",
        "on Tuesday evening",
        "Tuesday",
        "last week",
        "earlier this month",
        "on Feb. 3",
        "on February 3",
        "in a statement",
        "in a statement on Tuesday",
        "on Tuesday in an interview",
        "on a call",
    ];
    for time in times {
        let body = format!("“Rates will fall,” Chief Economist Jonas Weil {time} said. Nobody agreed.");
        check(&body, &[("“Rates will fall,”", "Jonas Weil")]);
        check_office(&body, ("Chief Economist", "", ""));
        let body = format!("“Rates will fall,” the bank {time} told reporters. Nobody agreed.");
        check(&body, &[("“Rates will fall,”", "the bank")]);
    }
    check("“We agree,” the bank’s statement said.", &[("“We agree,”", "the bank’s statement")]);
    check("“We agree,” a person on the call said.", &[("“We agree,”", "a person on the call")]);
    check("“We agree,” a statement on the merger said.", &[("“We agree,”", "a statement on the merger")]);
}

#[test]
fn the_speaker_precedes() {
    check("In a call, Jonas Weil said, “Rates will fall.”", &[("“Rates will fall.”", "Jonas Weil")]);
    check("Says Mr. Sale: “It is over.”", &[("“It is over.”", "Sale")]);
    check("Avanta chief executive Jonas Weil was blunt: “No.”", &[("“No.”", "Jonas Weil")]);
}

#[test]
fn a_comma_within_the_marks_ends_what_is_said_before_the_narration_goes_on() {
    let body = "Orrin Vale said “we will not cut the dividend,” on Tuesday, as Avanta shares fell.";
    check(body, &[("“we will not cut the dividend,”", "Orrin Vale")]);
    check_indirect(body, &[]);
    let on = "Orrin Vale said “we will not cut the dividend,” and that the plant would stay.";
    check(on, &[]);
    check_indirect(on, &[("“we will not cut the dividend,” and that the plant would stay", "Orrin Vale")]);
}

#[test]
fn the_speaker_is_credited_after_a_dash() {
    check("“It is over.” — Dana Okafor", &[("“It is over.”", "Dana Okafor")]);
    check("“It is over” — or so it seemed to many.", &[]);
}

#[test]
fn titles_companies_and_roles_stand_before_the_name() {
    check("“No,” said Northwind Software Chief Executive Dana Okafor.", &[("“No,”", "Dana Okafor")]);
    check("“No,” said Avanta Bank's Mr. Porter.", &[("“No,”", "Porter")]);
    check("“No,” said Okafor ally Jonas Weil.", &[("“No,”", "Jonas Weil")]);
    check("“No,” said his lawyer, Jonas Weil.", &[("“No,”", "Jonas Weil")]);
}

#[test]
fn the_speaker_is_found_across_appositions() {
    check("“No,” Dana Okafor, the treasurer of Avanta, one of two banks, said.", &[("“No,”", "Dana Okafor")]);
    check("“No,” Dana Okafor, who is 45, said.", &[("“No,”", "Dana Okafor")]);
    check("“No,” the bank's chairman, Jonas Weil, said.", &[("“No,”", "Jonas Weil")]);
}

#[test]
fn a_split_quotation_has_one_speaker() {
    check(
        "“We will sell,” said Dana Okafor. “We must.”",
        &[("“We will sell,”", "Dana Okafor"), ("“We must.”", "Dana Okafor")],
    );
    check(
        "“We,” Dana Okafor, the treasurer, said, “will sell.”",
        &[("“We,”", "Dana Okafor"), ("“will sell.”", "Dana Okafor")],
    );
}

#[test]
fn a_quotation_is_carried_on() {
    check(
        "Dana Okafor said costs fell.\n\n“We worked hard.\n\n“It paid.”",
        &[("“We worked hard.", "Dana Okafor"), ("“It paid.”", "Dana Okafor")],
    );
    check("Dana Okafor wrote to staff on Friday.\n\n“We worked hard.”", &[("“We worked hard.”", "Dana Okafor")]);
}

#[test]
fn pronouns_mean_the_one_spoken_of() {
    check(
        "Dana Okafor met Jonas Weil. “It went well,” he said. “It did,” she said.",
        &[("“It went well,”", "Jonas Weil"), ("“It did,”", "Dana Okafor")],
    );
    check(
        "“One,” said Jonas Weil. He cited Paul Okafor. “Two,” he said.",
        &[("“One,”", "Jonas Weil"), ("“Two,”", "Jonas Weil")],
    );
    check("Orrin Energy bought Vantage Oil. “It went well,” he said.", &[("“It went well,”", "?")]);
}

#[test]
fn two_people_of_one_surname_are_kept_apart() {
    check(
        "Dana Okafor met Paul Okafor. “One,” said Mr. Okafor. “Two,” said Ms. Okafor.",
        &[("“One,”", "Paul Okafor"), ("“Two,”", "Dana Okafor")],
    );
}

#[test]
fn a_description_is_kept_with_its_company() {
    check("“We agree,” a spokesman for Teller Motors said.", &[("“We agree,”", "a spokesman for Teller Motors")]);
    check("“We agree,” the company said in a statement.", &[("“We agree,”", "the company")]);
    check_office("Orrin Energy fell. “We agree,” the company said.", ("", "Orrin Energy", ""));
    check_office("“We agree,” a spokesman for Orrin Energy said.", ("", "Orrin Energy", ""));
}

#[test]
fn words_in_marks_are_not_always_speech() {
    check("Analysts called the group the “gang of four” and its shares a “falling knife”. Volume was heavy.", &[]);
    check("Ines Caldeira’s memoir, \"Nothing Down\", is out in May; Teller Motors fell 2%.", &[]);
    check("The so-called “dot plot” rose.", &[]);
}

#[test]
fn speech_without_marks_is_found() {
    check_indirect(
        "Dana Okafor said that it is too early to tell.",
        &[("that it is too early to tell", "Dana Okafor")],
    );
    check_indirect("Sales will double, Dana Okafor said on Monday.", &[("Sales will double", "Dana Okafor")]);
    check_indirect("MIDVALE (Reuters) - Sales fell, Orrin Energy said.", &[("Sales fell", "Orrin Energy")]);
    check_indirect("According to Jonas Weil, rates will fall.", &[("rates will fall", "Jonas Weil")]);
    check_indirect(
        "Jonas Weil, 55, told reporters in Midvale that rates would fall.",
        &[("that rates would fall", "Jonas Weil")],
    );
    check_indirect(
        "Jonas Weil said growth was “solid, not spectacular” and fees were flat.",
        &[("growth was “solid, not spectacular” and fees were flat", "Jonas Weil")],
    );
}

#[test]
fn what_is_said_may_stand_on_both_sides() {
    check_indirect(
        "Sales in Europe, Dana Okafor said, would double by June.",
        &[("Sales in Europe", "Dana Okafor"), ("would double by June", "Dana Okafor")],
    );
    check_indirect("In recent years, Dana Okafor said, sales had doubled.", &[("sales had doubled", "Dana Okafor")]);
}

#[test]
fn what_is_reported_is_reported_once() {
    check_indirect("Dana Okafor said she hoped to win.", &[("she hoped to win", "Dana Okafor")]);
}

#[test]
fn not_every_verb_or_noun_of_speech_reports() {
    check_indirect("Insurance claims fell sharply.", &[]);
    check_indirect("The company declined to comment.", &[]);
    check_indirect("It is building a hotel called Bellevue on the coast.", &[]);
    check_indirect("Orrin Energy was told that it could.", &[]);
    check_indirect("The report was long. The statement of cash flows rose.", &[]);
}

#[test]
fn roles_and_organisations_are_read_beside_the_name() {
    let chief = ("chief financial officer", "Helix Semiconductor", "");
    check_office("“Yes,” said Priya Raman, chief financial officer of Helix Semiconductor.", chief);
    check_office("“Yes,” said Avanta Bank's treasurer, Luis Marquez.", ("treasurer", "Avanta Bank", ""));
    check_office("“Yes,” Luis Marquez, Avanta Bank’s treasurer, said.", ("treasurer", "Avanta Bank", ""));
    check_office("“Yes,” said analyst Sam Ito of Kestrel Capital.", ("analyst", "Kestrel Capital", ""));
    check_office("“Yes,” said Sam Ito of Midvale, Ohio.", ("", "", ""));
}

#[test]
fn a_listed_organisation_gives_its_symbol() {
    let body = "Northwind Robotics (NASDAQ: NWRB) rose. “Yes,” said Northwind Robotics CEO Dana Okafor.";
    check_office(body, ("CEO", "Northwind Robotics", "NWRB"));
    let body = "“Northwind Robotics (NASDAQ: NWRB) will rise,” said Sam Ito.";
    assert_eq!(read(body).quotes[0].tickers, ["NWRB"]);
}

/// Pieces of news from which properties are tried.
const PIECES: &[&str] = &[
    "“We will sell,” said Dana Okafor, chief executive of Orrin Energy. ",
    "\"We must,\" he said. ",
    "Jonas Weil said that rates “will fall” by June. ",
    "``Never,'' the company said. ",
    "“It is over.\n\n",
    "Sales, Ms. Okafor said, doubled. ",
    "‘We won’t,’ Mr. Weil told the Ledger. ",
    "É “ü” – said (Weil: ",
    "\n\n",
    "Operator: Go on.\n\n",
    "According to Zoë Müller-Çelik, “ja” ",
];

fn news() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat())
}

fn sound(article: &Article) -> bool {
    article.quotes.iter().all(|quote| {
        let cue = quote.cue.clone().unwrap_or(0..0);
        let place = quote.speaker.as_ref().and_then(|speaker| speaker.place.clone()).unwrap_or(0..0);
        let inside = |range: std::ops::Range<usize>| article.body.get(range).is_some();
        quote.start < quote.end && inside(quote.start..quote.end) && inside(cue) && inside(place)
    })
}

proptest! {
    #[test]
    fn spans_lie_in_the_text(body in "[a-zA-Z.,:'\"“”‘’ \n\té—()0-9-]{0,300}|\\PC{0,80}") {
        prop_assert!(sound(&read(&body)));
    }

    #[test]
    fn reading_twice_gives_the_same(body in news()) {
        let article = read(&body);
        prop_assert!(sound(&article));
        prop_assert_eq!(&article, &read(&body));
    }

    #[test]
    fn a_paragraph_at_the_end_changes_nothing_before_it(body in news(), more in prop::sample::select(&PIECES[..4])) {
        let before = read(&format!("{body}\n\nIt rained."));
        let after = read(&format!("{body}\n\nIt rained.\n\n{more}"));
        let prefix: Vec<&Quote> = after.quotes.iter().filter(|quote| quote.end <= before.body.len()).collect();
        prop_assert_eq!(before.quotes.iter().collect::<Vec<_>>(), prefix);
    }

    #[test]
    fn the_style_of_marks_changes_no_speaker(
        pieces in prop::collection::vec(prop::sample::select(vec![PIECES[0], PIECES[2], PIECES[5]]), 1..8),
    ) {
        let curly = pieces.concat();
        let straight = curly.replace(['“', '”'], "\"");
        let speakers = |body: &str| -> Vec<Option<String>> {
            read(body).quotes.iter().map(|quote| quote.speaker.as_ref().map(|speaker| speaker.name.clone())).collect()
        };
        prop_assert_eq!(speakers(&curly), speakers(&straight));
    }
}

#[test]
fn an_office_in_capitals_is_one_role() {
    check_office("Chief Financial Officer Ada Penn said, “No.”", ("Chief Financial Officer", "", ""));
    check_office("“No,” said Chief Risk Officer Ada Penn.", ("Chief Risk Officer", "", ""));
    check_office("Finance chief Ada Penn said, “No.”", ("Finance chief", "", ""));
    check_office(
        "Helix Semiconductor Chief Financial Officer Ada Penn said, “No.”",
        ("Chief Financial Officer", "Helix Semiconductor", ""),
    );
    check_office("Avanta CEO Ada Penn said, “No.”", ("CEO", "Avanta", ""));
}

/// Found by the fuzz target `quotes`: a call with a line that reads as one speaker's after another's.
#[test]
fn quotations_come_in_order_of_place() {
    let body = "O\nC - Cas Fatheir feet, but freight is dear\nsay r 2\n\nCHICAGO - Castelfeet, but freight is dear\n3";
    let mut article = Article { body: body.to_owned(), ..Article::default() };
    annotate(&mut article, &Context::on(jiff::civil::date(2025, 2, 10)));
    assert!(!article.quotes.is_empty());
    assert!(article.quotes.is_sorted_by_key(|quote| quote.start), "{:?}", article.quotes);
}
