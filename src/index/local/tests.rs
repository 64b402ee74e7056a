//! The index from outside: articles in, questions asked, hits and marks seen.

use std::path::Path;

use jiff::civil::date;
use tempfile::TempDir;

use crate::article::{Article, DateSource, Published};
use crate::extract;
use crate::index::{self, FileRecord, Index, WriteOptions, Writer};
use crate::query;
use crate::search::{Dups, Matching, Recency, Request, Results, Sort, Target};

pub(super) const TODAY: jiff::civil::Date = date(2025, 6, 30);

/// An article with its extractions.
fn article(path: &str, title: &str, body: &str, day: Option<jiff::civil::Date>) -> Article {
    let published = day.map(|day| Published::on(day, DateSource::Record));
    let mut article = Article {
        id: path.to_owned(),
        path: path.to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        published,
        ..Article::default()
    };
    extract::annotate(&mut article, &extract::Context::on(TODAY));
    article
}

/// A small market, and an index of it.
fn market() -> Vec<Article> {
    vec![
        article(
            "a/robots.txt",
            "Northwind Robotics raises capex",
            "Northwind Robotics (NASDAQ: NWRB) raised its capital spending on Monday.\n\n\
             \"We will not cut prices before the rate cut,\" chief executive Ada Lindqvist said. \
             \"Tariffs cost us a margin point.\"\n\nMargins were cut twice. The AT&T deal fell through.",
            Some(date(2025, 1, 30)),
        ),
        article(
            "a/bank.txt",
            "Harbor Mutual sees rates falling",
            "Harbor Mutual (NYSE: HMUT) expects rates to fall. A cut in the rate is near.\n\n\
             Zürich café owners said “naïve” things. Northwind Robotics (NASDAQ: NWRB) was named once.",
            Some(date(2025, 3, 3)),
        ),
        article("b/undated.txt", "", "Nobody knows when tariffs hit the margin of anyone in this text.", None),
    ]
}

fn write(folder: &Path, articles: &[Article]) -> Box<dyn Writer> {
    let options = WriteOptions { corpus: "corpus".into(), ..WriteOptions::default() };
    let mut writer = index::open_writer(folder, &options).unwrap();
    for article in articles {
        writer.forget(&article.path).unwrap();
        writer.add(article).unwrap();
        let (articles, quotes) = (1, article.quotes.len());
        writer.record(&FileRecord { path: article.path.clone(), articles, quotes, ..FileRecord::default() }).unwrap();
    }
    writer.commit().unwrap();
    writer
}

fn index() -> (TempDir, Box<dyn Index>) {
    let folder = TempDir::new().unwrap();
    write(folder.path(), &market()).finish().unwrap();
    let index = index::open(folder.path()).unwrap();
    (folder, index)
}

pub(super) fn request(typed: &str, target: Target) -> Request {
    Request {
        query: query::parse(typed, TODAY),
        target,
        matching: Matching::All,
        sort: Sort::Relevance,
        recency: None,
        limit: 10,
        offset: 0,
        snippets: 1,
        dups: Dups::Show,
        explain: false,
        count: true,
    }
}

fn search(typed: &str) -> Results {
    index().1.search(&request(typed, Target::Articles)).unwrap()
}

/// The ids that `typed` finds, best first.
fn check(typed: &str, expected: &[&str]) {
    let results = search(typed);
    let ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, expected, "{typed}");
    assert_eq!(results.total, Some(expected.len()), "{typed}");
}

/// The first snippet of the first hit, with its marks in brackets.
fn check_snippet(typed: &str, expected: &str) {
    let results = search(typed);
    let snippet = &results.hits[0].snippets[0];
    let mut shown = String::new();
    let mut last = 0;
    for mark in &snippet.marks {
        shown.extend([&snippet.text[last..mark.start], "[", &snippet.text[mark.clone()], "]"]);
        last = mark.end;
    }
    shown += &snippet.text[last..];
    assert!(shown.contains(expected), "{typed}: {shown}");
}

#[test]
fn words_are_stemmed_and_may_be_in_any_field() {
    check("capex prices", &["a/robots.txt"]);
    check("tariff", &["b/undated.txt", "a/robots.txt"]);
    check("cafe zurich", &["a/bank.txt"]);
    check("nonsense", &[]);
}

#[test]
fn phrases_are_exact_and_small_words_count() {
    check("\"rate cut\"", &["a/robots.txt"]);
    check("\"will not\"", &["a/robots.txt"]);
    check("\"rates cut\"", &[]);
    check("\"AT&T deal\"", &["a/robots.txt"]);
}

#[test]
fn words_can_be_excluded_and_joined() {
    check("tariff -capex", &["b/undated.txt"]);
    check("capex OR cafe", &["a/robots.txt", "a/bank.txt"]);
    check("-northwind", &["b/undated.txt"]);
}

#[test]
fn prefixes_are_of_unstemmed_words() {
    check("margi*", &["a/robots.txt", "b/undated.txt"]);
    check("margins*", &["a/robots.txt"]);
}

#[test]
fn words_stand_together_where_asked() {
    check("near/5(tariff margin)", &["b/undated.txt", "a/robots.txt"]);
    check("near/2(tariff margin)", &[]);
    check("same/s(prices tariffs)", &[]);
    check("same/p(prices tariffs)", &["a/robots.txt"]);
}

#[test]
fn headline_and_lead_can_be_asked_alone() {
    check("title:capex", &["a/robots.txt"]);
    check("title:tariffs", &[]);
    check("lead:spending", &["a/robots.txt"]);
    check("lead:tariffs", &["b/undated.txt"]);
}

#[test]
fn the_article_about_a_company_is_above_the_one_that_names_it() {
    check("ticker:NWRB", &["a/robots.txt", "a/bank.txt"]);
    check("$NWRB capex", &["a/robots.txt"]);
    check("ticker:XXXX", &[]);
}

#[test]
fn dates_hold_for_dated_articles_only() {
    check("date:2025", &["a/bank.txt", "a/robots.txt"]);
    check("date:2025-01", &["a/robots.txt"]);
    check("date:none", &["b/undated.txt"]);
    check("tariff date:2025-01..", &["a/robots.txt"]);
}

#[test]
fn paths_are_asked_by_their_beginning() {
    check("path:a/", &["a/bank.txt", "a/robots.txt"]);
    check("path:a/r", &["a/robots.txt"]);
    check("path:x/", &[]);
}

#[test]
fn snippets_show_what_matched() {
    check_snippet("\"rate cut\"", "before the [rate cut],");
    check_snippet("tariff -capex", "when [tariffs] hit");
    check_snippet("zurich cafe", "[Zürich] [café] owners");
    check_snippet("same/s(tariffs margin) capex", "\"[Tariffs] cost us a [margin] point.\"");
}

#[test]
fn a_field_shows_its_evidence() {
    check_snippet("ticker:HMUT", "[HMUT]");
    check_snippet("speaker:lindqvist", "[Ada Lindqvist]");
}

#[test]
fn quotes_are_results_of_their_own() {
    let (_folder, index) = index();
    let results = index.search(&request("tariffs speaker:lindqvist", Target::Quotes)).unwrap();
    let quote = results.hits[0].quote.as_ref().unwrap();
    assert_eq!(quote.text, "\"Tariffs cost us a margin point.\"");
    assert_eq!(results.total, Some(1));
    assert!(quote.before.contains("Ada Lindqvist said"), "{}", quote.before);
    let none = index.search(&request("margins speaker:nobody", Target::Quotes)).unwrap();
    assert_eq!(none.hits, []);
}

#[test]
fn an_article_is_opened_with_all_its_marks() {
    let (_folder, index) = index();
    let opened = index.open("a/robots.txt", &query::parse("cut OR capex", TODAY)).unwrap().unwrap();
    let words: Vec<&str> = opened.marks.iter().map(|mark| opened.article.text(*mark)).collect();
    assert_eq!(words, ["capex", "cut", "cut", "cut"]);
    assert_eq!(opened.article.quotes, market()[0].quotes);
    assert!(index.open("a/none.txt", &query::parse("", TODAY)).unwrap().is_none());
}

#[test]
fn any_loosens_words_only() {
    let (_folder, index) = index();
    let loose = Request { matching: Matching::Any, ..request("capex zurich ticker:NWRB -nobody", Target::Articles) };
    let ids: Vec<String> = index.search(&loose).unwrap().hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(ids, ["a/robots.txt", "a/bank.txt"]);
}

#[test]
fn adding_the_same_again_does_not_wear_scores_down() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), &market()).finish().unwrap();
    let ask = || {
        let results = index::open(folder.path()).unwrap().search(&request("tariff margin", Target::Articles)).unwrap();
        results.hits.into_iter().map(|hit| (hit.id, hit.score)).collect::<Vec<_>>()
    };
    let before = ask();
    for _ in 0..12 {
        write(folder.path(), &market()[..1]).finish().unwrap();
    }
    // Merging away what was deleted counts the words anew from their rounded norms: a thousandth, not more each time.
    for ((id, score), (other, old)) in ask().into_iter().zip(before) {
        assert_eq!(id, other);
        assert!((score / old - 1.0).abs() < 0.01, "{id}: {score} was {old}");
    }
}

#[test]
fn a_second_writer_is_told_who_holds_the_lock() {
    let folder = TempDir::new().unwrap();
    let _writer = write(folder.path(), &market());
    let options = WriteOptions { corpus: "corpus".into(), ..WriteOptions::default() };
    let error = index::open_writer(folder.path(), &options).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains(&format!("process {}", std::process::id())), "{error}");
    assert_eq!(index::open(folder.path()).unwrap().status().unwrap().articles, 3);
}

#[test]
fn another_corpus_is_refused() {
    let (folder, _index) = index();
    let options = WriteOptions { corpus: "elsewhere".into(), ..WriteOptions::default() };
    let error = index::open_writer(folder.path(), &options).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("elsewhere"), "{error}");
}

#[test]
fn a_sound_index_is_found_sound_and_a_damaged_one_is_not() {
    let (folder, _index) = index();
    let findings = index::check(folder.path());
    assert!(findings.iter().all(|finding| finding.sound), "{findings:#?}");
    let segment = std::fs::read_dir(folder.path().join("g1/articles"))
        .unwrap()
        .flatten()
        .find(|entry| entry.path().extension().is_some_and(|ending| ending == "store"));
    let path = segment.unwrap().path();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[10] ^= 0x55;
    std::fs::write(&path, bytes).unwrap();
    let findings = index::check(folder.path());
    assert!(findings.iter().any(|finding| !finding.sound && finding.detail.contains(".store")), "{findings:#?}");
}

#[test]
fn newer_articles_count_more_where_that_is_asked() {
    let (_folder, index) = index();
    let plain = request("tariff", Target::Articles);
    let first = |request: &Request| index.search(request).unwrap().hits[0].clone();
    // The first of the two has no date.
    assert_eq!(first(&plain).id, "b/undated.txt");
    let recent = Request { recency: Some(Recency { half_life: 30, today: TODAY }), explain: true, ..plain };
    let hit = first(&recent);
    assert_eq!(hit.id, "a/robots.txt");
    assert!(hit.explanation.iter().any(|line| line.starts_with("age: × ")), "{:?}", hit.explanation);
}

#[test]
fn an_article_is_told_by_words_that_others_have_too() {
    let (_folder, index) = index();
    let words = index.telling_words("b/undated.txt", 10).unwrap().unwrap();
    assert!(words.iter().any(|word| word.starts_with("tariff")), "{words:?}");
    assert!(words.iter().all(|word| !["the", "of"].contains(&word.as_str())), "{words:?}");
    assert_eq!(index.telling_words("nowhere", 10).unwrap(), None);
    assert_eq!(index.telling_words("b/undated.txt", 1).unwrap().unwrap().len(), 1);
}
