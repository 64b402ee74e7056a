//! The same results in every output, so that the expected texts can be read side by side.

mod articles;
mod quotes;
mod safe;
mod sheets;

use std::ops::Range;
use std::path::Path;

use jiff::civil::date;

use super::*;
use crate::article::{DateSource, Part, Published, QuoteKind, Section, Speaker};
use crate::query;
use crate::search::{Company, Dups, Hit, Matching, QuoteHit, Quoted, Snippet, Sort, Target};

/// What `output` writes of `results` without colour, in a window of `width` columns.
fn written(output: &str, results: &Results, target: Target, width: usize) -> String {
    shown(output, results, &request("capex guidance", target), |view| view.width = width)
}

/// What `output` writes of `results`, in a view changed by `change`.
fn shown(output: &str, results: &Results, request: &Request, change: impl FnOnce(&mut View<'_>)) -> String {
    let root = Path::new("/news");
    let mut view = View {
        colour: false,
        links: false,
        width: 80,
        scores: false,
        root,
        query: &request.query,
        zone: "UTC",
        request,
    };
    change(&mut view);
    let mut out = Vec::new();
    named(output).unwrap().results(results, &view, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn request(typed: &str, target: Target) -> Request {
    Request {
        query: query::parse(typed, date(2025, 2, 1)),
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

/// Two articles: one with everything, one with hardly anything.
fn articles() -> Results {
    let text =
        "Zürich’s Northwind keeps its capex\nguidance at €380 million to €420 million, “for now”, said Lindqvist.";
    let full = Hit {
        record_id: Some("cw-7".to_owned()),
        title_marks: places("Northwind keeps capex guidance", &["capex", "guidance"]),
        authors: vec!["Mo Park".to_owned(), "Ida Roe".to_owned()],
        source: Some("Courier Wire".to_owned()),
        url: Some("https://courier.example/capex".to_owned()),
        language: Some("en".to_owned()),
        published: Some(published(false)),
        tickers: vec![company("NWRB", Some("Northwind Robotics"), 3, 0.5), company("QLSM", None, 1, 0.25)],
        speakers: vec![speaker("Ada Lindqvist", Some("CEO"), 2), speaker("a spokesman", None, 1)],
        score: 3.5,
        snippets: vec![snippet(text, &["capex\nguidance"], true)],
        ..hit("wire/2025.jsonl#7", "Northwind keeps capex guidance")
    };
    let bare = Hit { snippets: vec![snippet("Capex fell.", &["Capex"], false)], ..hit("notes/a.txt", "") };
    Results { total: Some(12), hits: vec![full, bare], ..Results::default() }
}

/// Two quotations: one by somebody with everything known, one by nobody.
fn quotes() -> Results {
    let words = "“We will not raise our capex this year, and I will not be asked again.”";
    let full = QuoteHit {
        marks: places(words, &["capex"]),
        before: "She had been asked twice.".to_owned(),
        after: "Shares rose.".to_owned(),
        speaker: Some(Speaker {
            name: "Ada Lindqvist".to_owned(),
            role: Some("CEO".to_owned()),
            organization: Some("Northwind Robotics".to_owned()),
            ticker: Some("NWRB".to_owned()),
            place: None,
        }),
        cue: Some("said".to_owned()),
        tickers: vec!["QLSM".to_owned()],
        start: 120,
        end: 190,
        ..quote(words)
    };
    let mut results = articles();
    let bare = [QuoteHit {
        kind: QuoteKind::Turn,
        section: Some(Section::Questions),
        after: ".".to_owned(),
        ..quote("Züge und capex")
    }];
    results.total = Some(2);
    for (hit, quote) in results.hits.iter_mut().zip([full].into_iter().chain(bare)) {
        hit.snippets.clear();
        hit.quote = Some(quote);
    }
    results
}

fn hit(id: &str, title: &str) -> Hit {
    Hit {
        id: id.to_owned(),
        title: title.to_owned(),
        path: id.split('#').next().unwrap_or_default().to_owned(),
        ..Hit::default()
    }
}

fn quote(text: &str) -> QuoteHit {
    QuoteHit {
        kind: QuoteKind::Direct,
        text: text.to_owned(),
        marks: Vec::new(),
        before: String::new(),
        after: String::new(),
        speaker: None,
        cue: None,
        tickers: Vec::new(),
        section: None,
        start: 0,
        end: text.len(),
    }
}

fn published(inferred: bool) -> Published {
    Published { inferred, ..Published::on(date(2025, 1, 30), DateSource::Record) }
}

fn company(symbol: &str, name: Option<&str>, mentions: usize, salience: f32) -> Company {
    Company { symbol: symbol.to_owned(), name: name.map(str::to_owned), mentions, salience }
}

fn speaker(name: &str, role: Option<&str>, quotes: usize) -> Quoted {
    Quoted { name: name.to_owned(), role: role.map(str::to_owned), organization: None, quotes }
}

/// Where each of `words` first stands in `text`.
fn places(text: &str, words: &[&str]) -> Vec<Range<usize>> {
    words.iter().map(|words| text.find(words).map(|at| at..at + words.len()).unwrap()).collect()
}

/// A passage of a body in which each of `marks` is marked once.
fn snippet(text: &str, marks: &[&str], cut: bool) -> Snippet {
    Snippet {
        text: text.to_owned(),
        marks: places(text, marks),
        part: Part::Body,
        start: 0,
        cut_before: cut,
        cut_after: cut,
    }
}

#[test]
fn every_output_has_a_name_of_its_own() {
    let names: Vec<&str> = OUTPUTS.iter().map(|output| output.name()).collect();
    assert_eq!(names, ["text", "json", "jsonl", "csv", "md"]);
    assert!(named("xml").is_none());
}

#[test]
fn every_key_is_documented() {
    let mut refused = crate::index::Status { refused: 1, ..Default::default() };
    refused.refusals.push(("a.txt".to_owned(), "is empty".to_owned()));
    let finding =
        crate::index::Finding { what: "lock".to_owned(), sound: true, detail: "nobody is writing".to_owned() };
    let mut out = Vec::new();
    for results in [articles(), quotes()] {
        let asked = Request { explain: true, ..request("capex \"guidance", Target::Quotes) };
        out.extend(shown("json", &results, &asked, |_| ()).into_bytes());
    }
    inspect::line(&sheets::article(), true, &mut out).unwrap();
    report::status_json(&refused, &mut out).unwrap();
    report::findings_json(&[finding], &mut out).unwrap();
    let documented = include_str!("../../../docs/json.md");
    for object in serde_json::Deserializer::from_slice(&out).into_iter::<serde_json::Value>() {
        for key in keys(&object.unwrap()) {
            let named = [format!("`{key}`"), format!("\"{key}\":")].iter().any(|name| documented.contains(name));
            assert!(named, "docs/json.md does not say what {key} is");
        }
    }
}

/// Every key of `value`, at any depth.
fn keys(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Object(map) => {
            map.iter().flat_map(|(key, value)| std::iter::once(key.clone()).chain(keys(value))).collect()
        }
        serde_json::Value::Array(values) => values.iter().flat_map(keys).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_ranking_has_a_line_for_each_hit() {
    let mut out = Vec::new();
    trec("q 1", &articles(), 20, &mut out).unwrap();
    let expected = "q_1 Q0 cw-7 21 3.5 pullquote\nq_1 Q0 notes/a.txt 22 0 pullquote\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}
