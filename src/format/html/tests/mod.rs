//! What is read from pages.

mod dates;
mod hostile;

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
fn an_empty_page_is_refused() {
    assert_eq!(titles("a.html", b"<html><body></body></html>"), ["has neither a text nor a title"]);
}

/// A page around `body`, with a paragraph that is long enough to be the article.
fn page(head: &str, body: &str) -> String {
    let text = "<p>The bank raised its rates by a quarter point on Thursday, as everybody had expected it to do.</p>"
        .repeat(3);
    format!("<html><head>{head}</head><body>{body}<div class=story>{text}</div></body></html>")
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
fn scripts_styles_and_drawings_are_no_text() {
    let parts = "<script>if (a < b) { '<p>script</p>' }</script><style>p > a { content: '<p>style</p>' }</style>\
        <svg><title>drawing</title><text>drawn</text></svg><textarea><p>typed</textarea><noscript><p>without</noscript>\
        <template><p>template</template><!-- <p>comment -->";
    let found = article("a.html", &page(parts, parts));
    assert_eq!(found.body.matches("The bank raised").count(), 3);
    assert_eq!(found.body.lines().filter(|line| !line.is_empty()).count(), 3, "{}", found.body);
}

#[test]
fn an_open_drawing_hides_no_text() {
    let found = article("a.html", &page("", "<a><svg><path></a>"));
    assert_eq!(found.body.matches("The bank raised").count(), 3, "{}", found.body);
}

#[test]
fn tags_in_attributes_are_none() {
    let found = article("a.html", &page("", "<p data-html=\"<script>\">One line of it.</p><p title='</div>'></p>"));
    assert_eq!(found.body.matches("The bank raised").count(), 3, "{}", found.body);
}
