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
    assert_eq!(article_or_refusal(&page), "is nested more than 2048 elements deep");
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

/// A page around `body`, with a paragraph that is long enough to be the article.
fn page(head: &str, body: &str) -> String {
    let text = "<p>The bank raised its rates by a quarter point on Thursday, as everybody had expected it to do.</p>"
        .repeat(3);
    format!("<html><head>{head}</head><body>{body}<div class=story>{text}</div></body></html>")
}

fn check_date(head: &str, body: &str, expected: Option<(&str, &str, bool)>) {
    let found = article("a.html", &page(head, body)).published;
    let found = found.map(|found| (found.day.to_string(), found.source.name(), found.inferred));
    assert_eq!(
        found.as_ref().map(|(day, source, inferred)| (day.as_str(), *source, *inferred)),
        expected,
        "{head} {body}"
    );
}

#[test]
fn the_date_cascade() {
    let linked = |json: &str| format!("<script type='application/ld+json'>{json}</script>");
    let meta = "<meta property=article:published_time content=2025-02-02>";
    check_date(
        &(linked(
            r#"{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":["NewsArticle"],"headline":"x","datePublished":"2025-01-30T10:00:00Z"}]}"#,
        ) + meta),
        "<time datetime=2025-03-03>",
        Some(("2025-01-30", "json-ld", false)),
    );
    check_date(meta, "<time datetime=2025-03-03></time>", Some(("2025-02-02", "meta", false)));
    check_date("", "<h1>Head</h1><time datetime=2025-03-03T08:00Z>3 March</time>", Some(("2025-03-03", "time", false)));
    check_date("<meta name=dc.date content=2025-02-02>", "<h1>Head</h1>", Some(("2025-02-02", "meta", true)));
    check_date("", "<h1>Head</h1><p class=date>Published 3 March 2025</p>", Some(("2025-03-03", "time", true)));
}

#[test]
fn other_dates_are_not_the_page_s() {
    check_date("<meta name=expires content=2031-01-01>", "", None);
    check_date("<meta property=article:published_time content=01/02/2025>", "", None);
    check_date("", "<h1>Head</h1><aside>3 March 2025</aside><footer>© 1 January 2020</footer>", None);
}

#[test]
fn the_day_in_the_address_is_the_local_one() {
    let head = |day: &str| {
        format!(
            "<link rel=canonical href=https://example.com/2025/01/30/rates><meta property=article:published_time content={day}>"
        )
    };
    check_date(&head("2025-01-31T02:00:00Z"), "", Some(("2025-01-30", "meta", false)));
    check_date(&head("2025-02-02T02:00:00Z"), "", Some(("2025-02-02", "meta", false)));
}

#[test]
fn json_ld_tells_who_and_where() {
    let json = r#"[{"@type":"NewsArticle","headline":"Rates &amp; rents rise","author":[{"name":"Jane Doe"},{"name":"John Smith"}],
        "publisher":{"@type":"Organization","name":"The Wire"},"inLanguage":"de-AT","url":"https://example.com/a"}]"#;
    let found = article("a.html", &page(&format!("<script type=application/ld+json>{json}</script>"), ""));
    assert_eq!(found.title, "Rates & rents rise");
    assert_eq!(found.authors, ["Jane Doe", "John Smith"]);
    assert_eq!((found.source.as_deref(), found.language.as_deref()), (Some("The Wire"), Some("de")));
    assert_eq!(found.url.as_deref(), Some("https://example.com/a"));
}

#[test]
fn what_stands_round_the_text_is_left_out() {
    let around = "<div class='cookie-banner'>We use cookies, and we will go on using them whatever you may say about it here.</div>\
        <div class=share-bar>Share this on every network that there is, please, and then share it once more with your friends.</div>\
        <div class=related><h3><a href=/x>Another article</a></h3><p>Which says something quite different, at enough length to be taken for text.</p></div>";
    let found = article("a.html", &page("", around));
    assert_eq!(found.body.matches("The bank raised").count(), 3);
    for word in ["cookies", "network", "different"] {
        assert!(!found.body.contains(word), "{word}");
    }
}

#[test]
fn tables_are_lines() {
    let table = "<table><tr><th>Bank</th><th>Rate</th></tr><tr><td>Northwind</td><td>4.5</td></tr></table>";
    let text = "<p>The bank raised its rates by a quarter point on Thursday, as everybody had expected it to do.</p>";
    let found = article("a.html", &format!("<body><div>{text}{text}{table}{text}</div></body>"));
    assert!(found.body.contains("\n\nBank | Rate\nNorthwind | 4.5\n\n"), "{}", found.body);
}

#[test]
fn encodings_are_declared_or_seen() {
    for (head, bytes) in [
        ("<meta charset=windows-1252>", &b"Z\xfcrich"[..]),
        ("<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>", b"Z\xfcrich"),
        ("", "Zürich".as_bytes()),
    ] {
        let page = [head.as_bytes(), b"<title>Rates rise in ", bytes, b"</title><body>Words"].concat();
        assert_eq!(titles("a.html", &page), ["Rates rise in Zürich"]);
    }
}

#[test]
fn hostile_pages_are_read_or_refused() {
    for page in [
        "<p>".repeat(50_000),
        "<b><p>".repeat(3000),
        "<table>".repeat(5000),
        "<a href=x><h2>".repeat(2000),
        "<!--".repeat(1000),
        "<script>".to_owned(),
        "\u{0}<<<>>>&#x0;&#xD800;".repeat(100),
    ] {
        article_or_refusal(&format!("<title>t</title>{page}words"));
    }
}
