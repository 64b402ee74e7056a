//! An opened article, an inspected one, and reports.

use insta::assert_snapshot;

use super::*;
use crate::article::{Article, How, MentionedDate, Quote, Span, Ticker};
use crate::index::{Finding, Status};
use crate::ingest::Report;
use crate::search::Opened;

const BODY: &str =
    "ZÜRICH, Jan 30 - Northwind (NASDAQ: NWRB) rose.\n\n“We keep our capex,” said Ada Lindqvist, its CEO.\nMore.";

pub(super) fn article() -> Article {
    let place = |words: &str| BODY.find(words).map(|at| at..at + words.len()).unwrap();
    let speaker = Speaker {
        name: "Ada Lindqvist".to_owned(),
        role: Some("CEO".to_owned()),
        place: Some(place("Ada Lindqvist")),
        ..Speaker::default()
    };
    let words = place("“We keep our capex,”");
    Article {
        id: "a.txt".to_owned(),
        title: "Northwind rises on capex".to_owned(),
        body: BODY.to_owned(),
        authors: vec!["Mo Park".to_owned()],
        source: Some("Courier".to_owned()),
        published: Some(Published {
            source: DateSource::Dateline,
            evidence: Some(Span::body(place("Jan 30"))),
            ..published(true)
        }),
        tickers: vec![Ticker {
            symbol: "NWRB".to_owned(),
            exchange: Some("XNAS".to_owned()),
            company: Some("Northwind Robotics".to_owned()),
            aliases: Vec::new(),
            how: How::Code,
            mentions: vec![Span::title(0..9), Span::body(place("NWRB"))],
            salience: 0.5,
        }],
        mentioned_dates: vec![MentionedDate {
            span: Span::body(place("Jan 30")),
            since: Some(date(2025, 1, 30)),
            until: None,
        }],
        quotes: vec![Quote {
            kind: QuoteKind::Direct,
            start: words.start,
            end: words.end,
            speaker: Some(speaker),
            cue: Some(place("said")),
            tickers: Vec::new(),
            section: None,
        }],
        ..Article::default()
    }
}

/// An opened article as it is shown, and the line of its first mark.
fn opened(marks: Vec<Span>, width: usize) -> (String, Option<usize>) {
    let request = request("capex", Target::Articles);
    let root = Path::new("/news");
    let query = &request.query;
    let view = View { colour: false, links: false, width, scores: false, root, query, zone: "UTC", request: &request };
    let mut out = Vec::new();
    let line = article::show(&Opened { article: article(), marks }, &view, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), line)
}

#[test]
fn an_opened_article_is_set_in_paragraphs() {
    assert_snapshot!(opened(Vec::new(), 40).0, @"
    Northwind rises on capex
    Courier · ≈30 Jan 2025 · Mo Park · NWRB
    a.txt

    ZÜRICH, Jan 30 - Northwind (NASDAQ:
    NWRB) rose.

    “We keep our capex,” said Ada Lindqvist,
    its CEO.
    More.
    ");
}

#[test]
fn the_line_of_the_first_mark_is_known() {
    let at = BODY.find("capex").unwrap();
    for (width, marks) in [(80, vec![Span::body(at..at + 5)]), (20, vec![Span::body(at..at + 5)])] {
        let (text, line) = opened(marks, width);
        assert!(text.lines().nth(line.unwrap() - 1).unwrap().contains("capex"), "{line:?} {text}");
    }
    assert_eq!(opened(vec![Span::title(19..24), Span::body(at..at + 5)], 80).1, Some(1));
    assert_eq!(opened(Vec::new(), 80).1, None);
}

#[test]
fn an_opened_article_as_json_has_marks_and_body() {
    let mut out = Vec::new();
    let marks = vec![Span::title(19..24)];
    article::show_json(&Opened { article: article(), marks }, &mut out).unwrap();
    let read: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(read["marks"], serde_json::json!([{"in": "title", "start": 19, "end": 24}]));
    assert_eq!(read["body"], BODY);
}

#[test]
fn an_inspected_article_shows_what_fields_rest_on() {
    let mut out = Vec::new();
    inspect::text(&article(), inspect::Sheet { width: 72, colour: false, body: false }, &mut out).unwrap();
    assert_snapshot!(String::from_utf8(out).unwrap(), @"
    Northwind rises on capex
    a.txt

    published    ≈30 Jan 2025 · dateline, completed from the text · “Jan 30”
                 in the text
    source       Courier
    authors      Mo Park
    tickers      NWRB, Northwind Robotics, XNAS · code, 2 times, salience
                 0.50 · “NWRB” in the text
    quotes       Ada Lindqvist, CEO · direct, said
                 “We keep our capex,”
    dates        Jan 30 · 2025-01-30
    ");
}

#[test]
fn its_text_is_coloured_by_kind() {
    let mut out = Vec::new();
    inspect::text(&article(), inspect::Sheet { width: 72, colour: true, body: true }, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap().replace('\u{1b}', "~");
    let (_, body) = text.split_once("ticker~[0m").unwrap();
    assert_snapshot!(body, @"


    ZÜRICH, ~[33mJan 30~[0m - Northwind (NASDAQ: ~[1m~[36mNWRB~[0m) rose.

    ~[32m“We keep our capex,”~[0m ~[4m~[32msaid~[0m ~[35mAda Lindqvist~[0m, its CEO.
    More.
    ");
}

#[test]
fn many_articles_are_one_array() {
    let mut out = Vec::new();
    let mut array = inspect::Array::default();
    array.push(&article(), false, &mut out).unwrap();
    array.push(&article(), true, &mut out).unwrap();
    array.end(&mut out).unwrap();
    inspect::Array::default().end(&mut out).unwrap();
    let read: Vec<serde_json::Value> =
        serde_json::Deserializer::from_slice(&out).into_iter().collect::<Result<_, _>>().unwrap();
    assert_eq!((read[0].as_array().unwrap().len(), &read[1]), (2, &serde_json::json!([])));
}

#[test]
fn a_report_adds_up() {
    let done = Report {
        files: 1204,
        new: 1200,
        unchanged: 4,
        articles: 21_576,
        quotes: 1,
        total: 21_580,
        refused: 2,
        unknown: 1,
        stopped: true,
        rebuilt: Some("it was damaged".to_owned()),
        ..Report::default()
    };
    let mut out = Vec::new();
    report::report(&done, Path::new("index"), false, &mut out).unwrap();
    report::report(&Report { new: 1, ..Report::default() }, Path::new("index"), true, &mut out).unwrap();
    assert_snapshot!(String::from_utf8(out).unwrap(), @"
    The index was built anew: it was damaged.
    Files: 1,200 new, 4 unchanged.
    1 file left out: no format reads them.
    21,576 articles and 1 quote indexed; 2 refused.
    21,580 articles can be searched in index.
    Stopped before the end. What is done is kept; run it again to go on.
    Nothing is written: this is what would be done.
    Files: 1 new.
    0 articles can be searched in index.
    ");
}

#[test]
fn status_tells_what_is_there_and_what_failed() {
    let refusals = (1..=22).map(|n| (format!("a.jsonl#{n}"), "is not JSON".to_owned())).collect();
    let status_of = Status {
        index: "index".into(),
        corpus: "corpus".into(),
        articles: 21_576,
        undated: 3,
        quotes: 900,
        files: 41,
        days: Some(("1987-02-26".to_owned(), "2025-01-30".to_owned())),
        written: Some(1_738_245_720),
        bytes: 20_412_000,
        dead: 0.05,
        segments: 4,
        refused: 30,
        refusals,
        ..Status::default()
    };
    let mut out = Vec::new();
    report::status(&status_of, &mut out).unwrap();
    assert_snapshot!(String::from_utf8(out).unwrap(), @"
    index       index
    corpus      corpus
    articles    21,576 (3 undated)
    quotes      900
    files       41
    published   1987-02-26 to 2025-01-30
    written     2025-01-30 14:02 UTC
    size        20.4 MB, 5 % of it deleted articles
    segments    4
    30 refused:
      a.jsonl#1: is not JSON
      a.jsonl#2: is not JSON
      a.jsonl#3: is not JSON
      a.jsonl#4: is not JSON
      a.jsonl#5: is not JSON
      a.jsonl#6: is not JSON
      a.jsonl#7: is not JSON
      a.jsonl#8: is not JSON
      a.jsonl#9: is not JSON
      a.jsonl#10: is not JSON
      a.jsonl#11: is not JSON
      a.jsonl#12: is not JSON
      a.jsonl#13: is not JSON
      a.jsonl#14: is not JSON
      a.jsonl#15: is not JSON
      a.jsonl#16: is not JSON
      a.jsonl#17: is not JSON
      a.jsonl#18: is not JSON
      a.jsonl#19: is not JSON
      a.jsonl#20: is not JSON
      and 10 more
    ");
    let mut out = Vec::new();
    report::status_json(&Status { refusals: status_of.refusals[..1].to_vec(), ..status_of }, &mut out).unwrap();
    assert_snapshot!(String::from_utf8(out).unwrap(), @r#"{"v":1,"index":"index","corpus":"corpus","articles":21576,"undated":3,"replaced":0,"quotes":900,"files":41,"first":"1987-02-26","last":"2025-01-30","written":"2025-01-30T14:02:00Z","bytes":20412000,"dead":0.05,"segments":4,"writer":null,"refused":30,"refusals":[{"id":"a.jsonl#1","reason":"is not JSON"}]}"#);
}

#[test]
fn findings_are_a_line_each() {
    let finding =
        |what: &str, sound: bool, detail: &str| Finding { what: what.to_owned(), sound, detail: detail.to_owned() };
    let list =
        [finding("lock", true, "nobody is writing"), finding("files", false, "a checksum is wrong: run it again")];
    let mut out = Vec::new();
    report::findings(&list, &mut out).unwrap();
    report::findings_json(&list, &mut out).unwrap();
    assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
    ok   lock: nobody is writing
    BAD  files: a checksum is wrong: run it again
    {"v":1,"sound":false,"findings":[{"what":"lock","sound":true,"detail":"nobody is writing"},{"what":"files","sound":false,"detail":"a checksum is wrong: run it again"}]}
    "#);
}
