//! Nothing from a corpus acts on a terminal or in a page.

use proptest::prelude::*;

use super::*;
use crate::article::Article;
use crate::index::{Finding, Status};
use crate::search::Opened;

/// What a hostile article might carry.
const HOSTILE: &str = "a\u{1b}[2Jb\u{9b}31mc\u{7}d\u{202e}e\u{0}";

/// Whether `text` holds what would act on a terminal; line ends are ours.
fn acts(text: &str) -> bool {
    text.contains(|c: char| c != '\n' && clean::acts(c))
}

#[test]
fn no_output_lets_escape_sequences_through() {
    let mut results = quotes();
    for mut hit in articles().hits.into_iter().chain(results.hits.clone()) {
        for text in [&mut hit.id, &mut hit.title, &mut hit.path] {
            HOSTILE.clone_into(text);
        }
        hit.title_marks.clear();
        hit.source = Some(HOSTILE.to_owned());
        hit.url = Some(format!("https://{HOSTILE}"));
        hit.tickers = vec![company(HOSTILE, Some(HOSTILE), 1, 0.5)];
        hit.speakers = vec![speaker(HOSTILE, Some(HOSTILE), 1)];
        hit.snippets = vec![snippet(HOSTILE, &["a"], true)];
        hit.explanation = vec![HOSTILE.to_owned()];
        if let Some(quote) = &mut hit.quote {
            *quote = QuoteHit {
                before: HOSTILE.to_owned(),
                speaker: Some(Speaker { name: HOSTILE.to_owned(), ..Speaker::default() }),
                ..super::quote(HOSTILE)
            };
        }
        results.hits = vec![hit];
        for output in OUTPUTS {
            let text = written(output.name(), &results, Target::Articles, 40);
            assert!(!acts(&text), "{}: {text:?}", output.name());
            assert!(text.contains('a'), "{text:?}");
        }
    }
}

#[test]
fn sheets_and_reports_let_nothing_through() {
    let text = HOSTILE.to_owned();
    let article = Article {
        id: text.clone(),
        title: text.clone(),
        body: text.clone(),
        source: Some(text.clone()),
        ..Article::default()
    };
    let opened = Opened { article, marks: Vec::new() };
    let status_of = Status { refused: 1, refusals: vec![(text.clone(), text.clone())], ..Status::default() };
    let finding = Finding { what: text.clone(), sound: false, detail: text };
    let request = request("", Target::Articles);
    let view = View {
        colour: false,
        links: true,
        width: 80,
        scores: true,
        root: Path::new("/news"),
        query: &request.query,
        zone: "UTC",
        request: &request,
    };
    let mut out = Vec::new();
    article::show(&opened, &view, &mut out).unwrap();
    article::show_json(&opened, &mut out).unwrap();
    let sheet = inspect::Sheet { width: 80, colour: false, body: true };
    inspect::text(&opened.article, sheet, &mut out).unwrap();
    report::status(&status_of, &mut out).unwrap();
    report::status_json(&status_of, &mut out).unwrap();
    report::findings(&[finding], &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(!acts(&out), "{out:?}");
}

#[test]
fn markdown_says_what_the_article_says_and_nothing_else() {
    let mut results = articles();
    results.hits[0].title = "<script>[x](javascript:y) *a* & b".to_owned();
    results.hits[0].url = Some("javascript:alert(1)".to_owned());
    let text = written("md", &results, Target::Articles, 80);
    assert!(text.starts_with("### \\<script\\>\\[x\\](javascript:y) \\*a\\* &amp; b\n"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_and_any_marks_can_be_shown(
        text in "[a-z \n.é日\u{1b}\u{300}]{0,900}",
        marks in prop::collection::vec((0_usize..1000, 0_usize..20), 0..4),
        width in 0_usize..120,
    ) {
        let marks: Vec<Range<usize>> = marks.iter().map(|(start, long)| *start..start + long).collect();
        for mut results in [articles(), quotes()] {
            for hit in &mut results.hits {
                hit.title.clone_from(&text);
                hit.title_marks.clone_from(&marks);
                for snippet in &mut hit.snippets {
                    (snippet.text, snippet.marks) = (text.clone(), marks.clone());
                }
                if let Some(quote) = &mut hit.quote {
                    (quote.text, quote.marks) = (text.clone(), marks.clone());
                }
            }
            for output in OUTPUTS {
                let shown = written(output.name(), &results, Target::Articles, width);
                prop_assert!(!acts(&shown));
            }
        }
    }
}
