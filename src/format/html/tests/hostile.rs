//! Pages that are made to be hard to read.

/// What becomes of a page: its title or why it was refused.
fn outcome(page: &str) -> String {
    let page = format!("<title>Rates rise</title>{page}");
    let read = crate::format::check::read("a.html", page.as_bytes(), 0).remove(0);
    read.map_or_else(|refusal| refusal, |article| article.title)
}

/// `make` for each number below `count`, in a row.
fn numbered(count: usize, make: fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

#[test]
fn a_page_nested_too_deep_is_refused() {
    for page in [
        "<div>".repeat(5000) + "words" + &"</div>".repeat(5000),
        "<b><i>".repeat(5000),
        "<x-y>".repeat(5000),
        "<svg>".to_owned() + &"<rect>".repeat(5000),
        "<math>".to_owned() + &"<tr>".repeat(5000),
    ] {
        assert_eq!(outcome(&page), "is nested more than 2048 elements deep", "{}", &page[..30]);
    }
}

#[test]
fn a_page_of_too_many_attributes_is_refused() {
    let page = format!("<p{}>", numbered(20_000, |at| format!(" a{at}")));
    assert_eq!(outcome(&page), "would take too long to read: its elements have too many attributes");
}

#[test]
fn odd_pages_are_read() {
    for page in [
        "<p>".repeat(5000),
        "<div><i>x</i></div>".repeat(2000),
        "<!--a--!>".repeat(20_000),
        "<!--".repeat(20_000),
        "<script><!-- <script></script>".repeat(5000),
        "<script><!--".to_owned() + &"<a".repeat(50_000),
        "<div><h2>".repeat(500) + &"words ".repeat(50_000),
        format!("<div class='{0}'><div class='{0}'>x</div></div>", "ad ".repeat(50_000)),
        "x".repeat(2_000_000),
        "<<<>>>&#x0;&#xD800;\u{1}".repeat(4),
        "<template><p>x</template><table>x<b>y<tr>z</table><select><option>a<b>".to_owned(),
        "<svg><p>words</svg><svg><![CDATA[x]]></svg><math><annotation-xml encoding='text/html'><p>x".to_owned(),
    ] {
        assert_eq!(outcome(&page), "Rates rise", "{}", &page[..20]);
    }
}

#[test]
fn half_pages_are_read() {
    for page in [
        "<p title='",
        "<script>",
        "<style>",
        "<textarea>",
        "<p",
        "</",
        "<!",
        "<",
        "<plaintext><p>",
        "<svg>",
        "<a href=\"x>y",
    ] {
        assert_eq!(outcome(page), "Rates rise", "{page}");
    }
}
