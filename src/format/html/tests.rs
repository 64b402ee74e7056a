use crate::format::check::{article, titles};

#[test]
fn a_page_is_read() {
    let page = "<html lang=en-GB><head><title>Rates rise | The Wire</title><meta property=article:published_time content=2025-01-30T10:15:00Z>\
        <link rel=canonical href=https://example.com/rates><meta name=author content='Jane Doe'></head><body><nav><ul><li><a href=/>Home</a></ul></nav>\
        <article><h1>Rates rise</h1><p>The bank raised its rates by a quarter point on Thursday, as everybody had expected it to do.</p>\
        <ul><li>One thing to know about it, at some length</li><li>Another thing to know about it, at some length</li></ul>\
        <p>It said that more would follow, if prices went on rising as they had done in the past quarter.</p></article>\
        <footer>All rights reserved by everybody who has any rights in this page at all.</footer></body></html>";
    let found = article("a.html", page);
    assert_eq!(found.title, "Rates rise");
    assert_eq!(found.published.unwrap().day.to_string(), "2025-01-30");
    assert_eq!(found.authors, ["Jane Doe"]);
    assert_eq!(found.url.as_deref(), Some("https://example.com/rates"));
    assert_eq!(found.language.as_deref(), Some("en"));
    assert_eq!(
        found.body,
        "The bank raised its rates by a quarter point on Thursday, as everybody had expected it to do.\n\n\
         One thing to know about it, at some length\nAnother thing to know about it, at some length\n\n\
         It said that more would follow, if prices went on rising as they had done in the past quarter."
    );
}

#[test]
fn a_page_nested_too_deep_is_refused() {
    let page = format!("{}words{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(article_or_refusal(&page), "is nested more than 4096 elements deep");
}

fn article_or_refusal(page: &str) -> String {
    crate::format::check::read("a.html", page.as_bytes(), 0)
        .remove(0)
        .map_or_else(|refusal| refusal, |article| article.title)
}

#[test]
fn an_empty_page_is_refused() {
    assert_eq!(titles("a.html", b"<html><body></body></html>"), ["has neither a text nor a title"]);
}
