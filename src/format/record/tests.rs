use super::*;
use crate::format::check::{article, titles};

/// The article of one record.
fn check(json: &str, look: impl FnOnce(Article)) {
    look(article("a.jsonl", json));
}

#[test]
fn usual_names_in_any_case() {
    for key in ["title", "Headline", "HEADLINE", "article_title"] {
        check(&format!(r#"{{"{key}":"Words"}}"#), |article| assert_eq!(article.title, "Words"));
    }
    for key in ["text", "body", "content", "Article", "full_text", "articleBody", "bodyText"] {
        check(&format!(r#"{{"{key}":"Words"}}"#), |article| assert_eq!(article.body, "Words"));
    }
    for key in
        ["date", "published", "published_at", "publishedAt", "pubDate", "datetime", "datePublished", "Publish-Date"]
    {
        check(&format!(r#"{{"text":"w","{key}":"2025-01-30"}}"#), |article| {
            let published = article.published.unwrap();
            assert_eq!((published.day.to_string().as_str(), published.source), ("2025-01-30", DateSource::Record));
        });
    }
}

#[test]
fn other_names_mean_nothing() {
    check(r#"{"text":"w","updated_at":"2025-01-30","crawled":"2025-01-30","titles":"x"}"#, |article| {
        assert_eq!((article.published, article.title.as_str()), (None, ""));
    });
}

#[test]
fn the_better_name_wins_in_any_order() {
    check(r#"{"summary":"short","text":"long","description":"short"}"#, |article| assert_eq!(article.body, "long"));
    check(r#"{"created":"2020-01-01","text":"w","published":"2025-01-30"}"#, |article| {
        assert_eq!(article.published.unwrap().day.to_string(), "2025-01-30");
    });
    check(r#"{"text":"","content":"long"}"#, |article| assert_eq!(article.body, "long"));
}

#[test]
fn ids_dates_and_numbers() {
    check(r#"{"_id":17,"text":"w","timestamp":1738232120}"#, |article| {
        assert_eq!(article.record_id.as_deref(), Some("17"));
        assert_eq!(article.published.unwrap().instant.unwrap().to_string(), "2025-01-30T10:15:20Z");
    });
    check(r#"{"text":"w","date":"01/02/2025"}"#, |article| assert_eq!(article.published, None));
}

#[test]
fn authors_as_text_list_or_objects() {
    let both = ["Jane Doe", "John Smith"];
    check(r#"{"text":"w","author":"By Jane Doe and John Smith"}"#, |article| assert_eq!(article.authors, both));
    check(r#"{"text":"w","authors":["Jane Doe","John Smith"]}"#, |article| assert_eq!(article.authors, both));
    check(r#"{"text":"w","author":[{"@type":"Person","name":"Jane Doe"},{"name":"John Smith"}]}"#, |article| {
        assert_eq!(article.authors, both);
    });
}

#[test]
fn source_url_language_and_tickers() {
    check(
        r#"{"text":"w","publisher":{"id":"x","name":"The Wire"},"link":"https://example.com/a","lang":"en-US","symbols":"NWRB, $ABC"}"#,
        |article| {
            assert_eq!(article.source.as_deref(), Some("The Wire"));
            assert_eq!(article.url.as_deref(), Some("https://example.com/a"));
            assert_eq!(article.language.as_deref(), Some("en"));
            assert_eq!(article.listed_tickers, ["NWRB", "ABC"]);
        },
    );
    check(r#"{"text":"w","tickers":[{"symbol":"NWRB"},"ABC","ABC",null]}"#, |article| {
        assert_eq!(article.listed_tickers, ["NWRB", "ABC"]);
    });
}

#[test]
fn the_body_stands_as_it_is() {
    check(r#"{"text":" <p>One\n\ntwo é\u001b[31m</p> "}"#, |article| {
        assert_eq!(article.body, " <p>One\n\ntwo é [31m</p> ");
    });
}

#[test]
fn a_list_of_paragraphs_is_a_text() {
    check(r#"{"paragraphs":["One.","Two."]}"#, |article| assert_eq!(article.body, "One.\n\nTwo."));
    check(r#"{"content":{"rendered":"One.","protected":false}}"#, |article| assert_eq!(article.body, "One."));
}

#[test]
fn mapped_names_come_first() {
    let fields = [("headline2".to_owned(), "title".to_owned())].into();
    let context = Context { fields, ..Context::default() };
    let record = Record::new(None, br#"{"title":"one","headline2":"two"}"#.to_vec());
    assert_eq!(parse("a.json", &record, &context).unwrap().title, "two");
}

#[test]
fn sloppy_json_is_read() {
    check("{\"title\":\"a\tb\",\"score\":NaN}", |article| assert_eq!(article.title, "a b"));
    check(r#"{"title":"half \ud83d"}"#, |article| {
        assert_eq!((article.title.as_str(), article.replaced), ("half \u{fffd}", 1));
    });
}

#[test]
fn other_encodings_are_decoded() {
    let found = titles("a.jsonl", b"{\"title\":\"Z\xfcrich said \x93no\x94 to the bank\"}");
    assert_eq!(found, ["#1 Zürich said “no” to the bank"]);
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!("{{\"title\":\"w\",\"text\":{}", "[".repeat(900));
    assert_eq!(titles("a.jsonl", deep.as_bytes()), ["#1: is broken JSON: recursion limit exceeded at column 147"]);
}

#[test]
fn a_field_that_is_called_html_is_read_as_such() {
    let article = article("a.json", r#"{"title":"one","content_html":"<p>One &amp; two.</p><p>Three.</p>"}"#);
    assert_eq!(article.body, "One & two.\n\nThree.");
}
