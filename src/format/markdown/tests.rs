use crate::article::{Article, DateSource};
use crate::format::check::{article, titles};

fn check(markdown: &str, title: &str, body: &str) {
    let article = article("a.md", markdown);
    assert_eq!((article.title.as_str(), article.body.as_str()), (title, body));
}

fn look(markdown: &str, look: impl FnOnce(Article)) {
    look(article("a.md", markdown));
}

#[test]
fn yaml_front_matter_is_read() {
    let markdown = "---\ntitle: \"Rates: \\\"up\\\"\" # soon\npubDate: Thu, 30 Jan 2025 14:05:00 GMT\nauthor:\n  - Jane Doe\n  - name: John Smith\n\
                    site: Underwriter's Post\ntickers: [NWRB, 'ABC']\nlang: en-GB\ndescription: >\n  not\n  the text\n---\n\nWords.\n";
    look(markdown, |article| {
        assert_eq!(article.title, "Rates: \"up\"");
        assert_eq!(article.authors, ["Jane Doe", "John Smith"]);
        assert_eq!(article.source.as_deref(), Some("Underwriter's Post"));
        assert_eq!(article.listed_tickers, ["NWRB", "ABC"]);
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.body, "Words.");
        let published = article.published.unwrap();
        assert_eq!((published.day.to_string().as_str(), published.source), ("2025-01-30", DateSource::FrontMatter));
    });
}

#[test]
fn toml_front_matter_is_read() {
    look(
        "+++\ntitle = \"Rates\"\ndate = 2025-01-30\nauthors = [\"Jane Doe\"]\n[publisher]\nname = \"The Wire\"\n+++\nWords.",
        |article| {
            assert_eq!(article.title, "Rates");
            assert_eq!(article.published.unwrap().day.to_string(), "2025-01-30");
            assert_eq!(article.source.as_deref(), Some("The Wire"));
            assert_eq!(article.body, "Words.");
        },
    );
    assert_eq!(titles("a.md", b"+++\ntitle = = 1\n+++\nWords.").len(), 1);
}

#[test]
fn a_rule_is_no_front_matter() {
    check("---\n\nWords.\n\n---\n\nMore.", "", "Words.\n\nMore.");
    check("---\ntitle: never closed\n\nWords.", "", "title: never closed\n\nWords.");
}

#[test]
fn the_first_heading_is_the_title() {
    check("# Rates *rise* #\n\nWords.\n\n## Why\nBecause.", "Rates rise", "Words.\n\nWhy\n\nBecause.");
    check("Rates rise\n===\n\nWords.", "Rates rise", "Words.");
    check("Words.\n\n# Later", "", "Words.\n\nLater");
    check("---\ntitle: Front\n---\n# Heading\n\nWords.", "Front", "Words.");
}

#[test]
fn markup_goes_and_words_stay() {
    check("**Bold** and *thin*, _both_, ~~gone~~ `code`.", "", "Bold and thin, both, gone code.");
    check(
        "See [the *report*](https://example.com/a_(b)) or [this][1].\n\n[1]: https://example.com",
        "",
        "See the report or this.",
    );
    check("A ![chart](c.png)picture<br>and&nbsp;more.<!-- note -->[^1]", "", "A picture\nand more.");
    check(
        "> Quoted\n> twice\n\n- one\n- two\n\n| a | b |\n|---|--:|\n| 1 | 2 |",
        "",
        "Quoted\ntwice\n\none\ntwo\n\na | b\n1 | 2",
    );
    check("```\ncode *stays*\n```", "", "code *stays*");
}

#[test]
fn what_only_looks_like_markup_stays() {
    check(
        "5 * 3 * 2, snake_case_name, Shares* fell, [the bank] said, <NVDA.O>, AT&T, #1, \\*not thin\\*",
        "",
        "5 * 3 * 2, snake_case_name, Shares* fell, [the bank] said, <NVDA.O>, AT&T, #1, *not thin*",
    );
    check("An open [bracket and **mark\n\nWords.", "", "An open [bracket and **mark\n\nWords.");
}

#[test]
fn an_empty_page_is_refused() {
    assert_eq!(titles("a.md", b"---\nx: 1\n---\n"), ["has neither a text nor a title"]);
}

#[test]
fn no_input_panics() {
    let pieces = [
        "*", "**", "[", "](", ")", "<", ">", "`", "!", "é", "\n", "---\n", "|", "\\", "_", "~~", "# ", "a: ", "- ",
        "\"", "'",
    ];
    let mut seed = 3_usize;
    for _ in 0..5000 {
        let mut text = String::from("---\n");
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) % pieces.len()]);
        }
        titles("a.md", text.as_bytes());
    }
}
