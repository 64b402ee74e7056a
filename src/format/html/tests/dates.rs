//! When pages say that they were published.

use super::{article, page};

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
fn json_ld_needs_no_type() {
    let json = r#"{"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": "2025-01-30"}"#;
    check_date(&format!("<script>{json}</script>"), "", Some(("2025-01-30", "json-ld", false)));
    check_date(&format!("<script>let page = {json}</script>"), "", None);
    check_date(&format!("<script type=text/template>{json}</script>"), "", None);
    check_date(&format!("<!-- <script>{json}</script> -->"), "", None);
}

#[test]
fn what_is_printed_below_the_headline_goes_before_a_vague_name() {
    let meta = "<meta name=date content=2025-02-02>";
    let shown = |line: &str| format!("<h1>Rates rise in the north</h1>{line}");
    check_date(meta, &shown("<p class=date>31 January 2025, 18:00</p>"), Some(("2025-01-31", "time", true)));
    check_date(meta, &shown("<ul><li>31 January 2025<li>By Ann Lee</ul>"), Some(("2025-01-31", "time", true)));
    let far = "<div><span>filler</span></div>".repeat(60);
    check_date(meta, &shown(&format!("{far}<p>31 January 2025</p>")), Some(("2025-02-02", "meta", true)));
    let sentence =
        "<p>The picture shows the northern plant on 31 January 2025, before it was enlarged for the third time</p>";
    check_date(meta, &shown(sentence), Some(("2025-02-02", "meta", true)));
}

#[test]
fn the_date_of_another_article_is_not_the_page_s() {
    let shown = |line: &str| format!("<h1>Rates rise in the north</h1>{line}");
    let card =
        "<a href=/b>Something else that happened in the south <time pubdate datetime=2025-03-03>3 March</time></a>";
    let own = "<p><time datetime=2025-01-30>30 January</time></p>";
    check_date("", &shown(card), None);
    check_date("", &format!("{card}{}", shown(own)), Some(("2025-01-30", "time", false)));
    check_date("", &shown("<ol class=comment-list><li><time datetime=2025-03-03></time></ol>"), None);
    check_date(
        "",
        &shown("<a href=/a rel=bookmark><time datetime=2025-01-30></time></a>"),
        Some(("2025-01-30", "time", false)),
    );
    check_date("", &shown("<ul><li><a href=/b>Rents fall</a> 3 March 2025</ul>"), None);
}

#[test]
fn a_sentence_that_names_a_date_is_no_date_line() {
    let shown = |line: &str| format!("<h1>Rates rise in the north</h1>{line}");
    check_date(
        "",
        &shown("<p>The northern plant as it was on 31 January 2025, before it was enlarged and closed</p>"),
        None,
    );
    check_date(
        "",
        &shown("<p>\n   Ledger News   \n\n\n  (31 January 2025)  \n\n\n   Source: Wire</p>"),
        Some(("2025-01-31", "time", true)),
    );
}

#[test]
fn a_byline_may_end_with_a_short_date() {
    let shown = |line: &str| format!("<h1>Rates rise in the north</h1>{line}");
    check_date("", &shown("<p>by <a rel=author href=/ann>Ann Lee</a>, 8.5.12</p>"), Some(("2012-05-08", "time", true)));
    check_date("", &shown("<p>by <a href=/ann>Ann Lee</a>, 8.5.12</p>"), None);
    check_date("", &shown("<p>by <a rel=author href=/ann>Ann Lee</a>, version 8.5.12</p>"), None);
}

#[test]
fn a_headline_need_not_be_a_heading() {
    let head = "<title>Rates rise in the north</title>";
    let line = "<p>Ledger News (2025-01-30 09:20:26)</p>";
    check_date(head, &format!("<b>Rates rise in the north</b>{line}"), Some(("2025-01-30", "time", true)));
    check_date(head, &format!("<h4>Rates rise in the north</h4>{line}"), Some(("2025-01-30", "time", true)));
    check_date(head, line, None);
}
