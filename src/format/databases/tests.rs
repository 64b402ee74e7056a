use jiff::civil::date;

use crate::format::check::{article, read, titles};

const NEXIS: &str = "Castellan gets its lease\nHarbor City Courier\nFebruary 6, 2025 Thursday\n\nCopyright 2025 Harbor City Courier All Rights Reserved\n\
    Section: BUSINESS; Pg. 3\nLength: 41 words\nByline: Nora Ellingsen\nBody\n\nThe port authority has let the ground to Castellan.\n\n\
    “A long lease,” said Port Director Emil Solberg.\n\nGraphic\n\nA crane.\n\nClassification\n\nLanguage: ENGLISH\nTicker: CSTF (LSE) (95%); XYZQ (NYSE) (60%)\n\
    Load-Date: February 7, 2025\n\nEnd of Document\n\nSecond\nLedger Weekly\nFebruary 8, 2025\n\nLength: 3 words\nBody\n\nThree short words.\n\nEnd of Document\n";

const FACTIVA: &str = "Castellan gets its lease\n\nBy Nora Ellingsen\n41 words\n6 February 2025\nHarbor City Courier\nHCCOUR\nEnglish\nCopyright 2025. Harbor City.\n\n\
    The port authority has let the ground to Castellan.\n\n“A long lease,” said Port Director Emil Solberg.\n\nDocument HCCOUR0020250206el2600001\n\n\
    HD\nSecond\nBY\nJonas Reed\nWC\n3 words\nPD\n8 February 2025\nSN\nLedger Weekly\nLA\nEnglish\nLP\nThree short words.\nTD\nAnd more.\nNS\nc13 : Rules\nAN\n\
    Document LEDWK00020250208el2800002\n";

#[test]
fn an_export_of_nexis_is_cut_into_articles() {
    let found = read("a.txt", NEXIS.as_bytes(), 0);
    let first = found[0].as_ref().unwrap();
    assert_eq!((first.id.as_str(), first.title.as_str()), ("a.txt#1", "Castellan gets its lease"));
    assert_eq!(
        first.body,
        "The port authority has let the ground to Castellan.\n\n“A long lease,” said Port Director Emil Solberg."
    );
    assert_eq!(
        (first.authors.as_slice(), first.source.as_deref()),
        (&["Nora Ellingsen".to_owned()][..], Some("Harbor City Courier"))
    );
    assert_eq!(
        (first.listed_tickers.as_slice(), first.language.as_deref()),
        (&["LSE:CSTF".to_owned(), "NYSE:XYZQ".to_owned()][..], Some("en"))
    );
    assert_eq!(first.published.as_ref().unwrap().day, date(2025, 2, 6));
    assert_eq!(titles("a.txt", NEXIS.as_bytes())[1..], ["#2 Second"]);
}

#[test]
fn an_export_of_factiva_is_cut_into_articles() {
    let found = read("a.txt", FACTIVA.as_bytes(), 0);
    let first = found[0].as_ref().unwrap();
    assert_eq!(first.title, "Castellan gets its lease");
    assert_eq!(
        first.body,
        "The port authority has let the ground to Castellan.\n\n“A long lease,” said Port Director Emil Solberg."
    );
    assert_eq!(
        (first.authors.as_slice(), first.source.as_deref()),
        (&["Nora Ellingsen".to_owned()][..], Some("Harbor City Courier"))
    );
    assert_eq!(first.record_id.as_deref(), Some("HCCOUR0020250206el2600001"));
    assert_eq!(first.published.as_ref().unwrap().day, date(2025, 2, 6));
    let second = found[1].as_ref().unwrap();
    assert_eq!((second.title.as_str(), second.body.as_str()), ("Second", "Three short words.\n\nAnd more."));
    assert_eq!(
        (second.authors.as_slice(), second.source.as_deref()),
        (&["Jonas Reed".to_owned()][..], Some("Ledger Weekly"))
    );
    assert_eq!(second.published.as_ref().unwrap().day, date(2025, 2, 8));
}

#[test]
fn exports_in_rtf_and_html_are_cut_the_same_way() {
    let rtf = format!(
        "{{\\rtf1 {}}}",
        NEXIS.replace('\n', "\\par\n").replace('“', "\\ldblquote ").replace('”', "\\rdblquote ")
    );
    let html = format!("<html><body>{}</body></html>", FACTIVA.replace('\n', "<p>"));
    for (name, text) in [("a.rtf", rtf), ("a.html", html)] {
        assert_eq!(titles(name, text.as_bytes()), ["#1 Castellan gets its lease", "#2 Second"], "{name}");
    }
}

#[test]
fn a_text_about_documents_is_one_text() {
    let found = article("a.txt", "Rates\n\nDocument 7 of the bank has 500 words. End of Document, it says, in HD.\n");
    assert_eq!(found.title, "Rates");
}
