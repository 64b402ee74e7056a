use crate::article::{Article, QuoteKind};
use crate::extract::{Context, annotate};

/// Every direct quotation and whose it is; "?" where nobody could be named.
fn check(body: &str, expected: &[(&str, &str)]) {
    let mut article = Article { body: body.to_owned(), ..Article::default() };
    annotate(&mut article, &Context::on(jiff::civil::date(2026, 1, 2)));
    let direct = article.quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct);
    let found: Vec<(&str, &str)> =
        direct.map(|quote| (article.words(quote), quote.speaker.as_ref().map_or("?", |s| s.name.as_str()))).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_speaker_follows() {
    check("\"Rates will fall,\" said Jonas Weil of Avanta Bank.", &[("\"Rates will fall,\"", "Jonas Weil")]);
    check("“Rates will fall,” Jonas Weil said on Tuesday.", &[("“Rates will fall,”", "Jonas Weil")]);
    check("“Why?” Mr. Weil asked.", &[("“Why?”", "Weil")]);
}

#[test]
fn the_speaker_precedes() {
    check("In a call, Jonas Weil said, “Rates will fall.”", &[("“Rates will fall.”", "Jonas Weil")]);
    check("Says Mr. Sale: “It is over.”", &[("“It is over.”", "Sale")]);
    check("Avanta chief executive Jonas Weil was blunt: “No.”", &[("“No.”", "Jonas Weil")]);
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
fn a_description_is_kept_with_its_company() {
    check("“We agree,” a spokesman for Teller Motors said.", &[("“We agree,”", "a spokesman for Teller Motors")]);
    check("“We agree,” the company said in a statement.", &[("“We agree,”", "the company")]);
}

#[test]
fn words_in_marks_are_not_always_speech() {
    check("Analysts called the group the “gang of four” and its shares a “falling knife”. Volume was heavy.", &[]);
    check("Ines Caldeira’s memoir, \"Nothing Down\", is out in May; Teller Motors fell 2%.", &[]);
}
