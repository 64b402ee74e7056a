use jiff::civil::date;

use super::*;
use crate::article::Article;
use crate::extract::{self, Context};

fn article(title: &str, body: &str) -> Article {
    let mut article = Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() };
    extract::annotate(&mut article, &Context::on(date(2026, 1, 1)));
    article
}

/// The symbols found in `body`, in order of symbol, each with how it was found.
fn check(body: &str, expected: &str) {
    let mut found: Vec<String> =
        article("", body).tickers.iter().map(|ticker| format!("{}:{}", ticker.symbol, ticker.how.name())).collect();
    found.sort();
    assert_eq!(found.join(" "), expected, "{body}");
}

#[test]
fn codes_are_found() {
    check("Nvidia (NASDAQ: NVDA) rose.", "NVDA:code");
    check("Alphabet (GOOG, GOOGL) rose.", "GOOG:code GOOGL:code");
    check("Northwind Robotics (NASDAQ: NWRB) rose.", "NWRB:code");
}

#[test]
fn acronyms_are_no_codes() {
    check("the International Monetary Fund (IMF) and the European Union (EU)", "");
}
