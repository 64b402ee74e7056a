//! Facets, groups, timelines, and who and what the corpus speaks of.

use super::*;

fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// Two companies and two people of one surname over some months.
fn desktop() -> Desktop {
    let desktop = Desktop::new();
    let records = [
        r#"{"title":"Norvik one","date":"2025-01-30","source":"Courier","text":"Norvik Robotics (NASDAQ: NVKR) grew.\n\n\"Orders came in,\" said Ada Lindqvist, chief executive of Norvik Robotics."}"#,
        r#"{"title":"Norvik two","date":"2025-03-03","source":"Courier","text":"Norvik Robotics (NASDAQ: NVKR) and Harbor Mutual (NYSE: HMUT) met.\n\n\"Orders went out,\" Ada M. Lindqvist, the chief executive of Norvik Robotics, said."}"#,
        r#"{"title":"Harbor","date":"2025-03","source":"Ledger","text":"Harbor Mutual (NYSE: HMUT) waited for orders.\n\n\"We wait for orders,\" said Bo Lindqvist, an analyst at Kestrel Capital."}"#,
        r#"{"title":"Nobody","text":"Orders of no date."}"#,
    ];
    desktop.write("corpus/plan.txt", "Nothing at all stands in here.\n");
    desktop.write("corpus/wire.jsonl", &(records.join("\n") + "\n"));
    desktop
}

fn counted(typed: &[&str], at: usize) -> Vec<(String, u64)> {
    let answer = json(&desktop().run(typed));
    let values = answer["facets"][at]["values"].as_array().unwrap().clone();
    values.iter().map(|it| (it["value"].as_str().unwrap().to_owned(), it["count"].as_u64().unwrap())).collect()
}

fn pairs(pairs: &[(&str, u64)]) -> Vec<(String, u64)> {
    pairs.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
}

#[test]
fn results_are_counted_by_fields_and_months() {
    let typed = ["search", "orders", "--facets", "ticker,source,month,speaker", "--format", "json", "-n", "1"];
    assert_eq!(counted(&typed, 0), pairs(&[("HMUT", 2), ("NVKR", 2)]));
    assert_eq!(counted(&typed, 1), pairs(&[("Courier", 2), ("Ledger", 1)]));
    assert_eq!(counted(&typed, 2), pairs(&[("2025-01", 1), ("2025-03", 2)]));
    assert_eq!(counted(&typed, 3), pairs(&[("Ada Lindqvist", 1), ("Ada M. Lindqvist", 1), ("Bo Lindqvist", 1)]));
    let answer = json(&desktop().run(&typed));
    let without: Vec<u64> = (0..4).map(|at| answer["facets"][at]["without"].as_u64().unwrap()).collect();
    assert_eq!(without, [1, 1, 1, 1]);
    let narrowed = ["search", "orders", "--ticker", "HMUT", "--facets", "day", "--format", "json"];
    assert_eq!(counted(&narrowed, 0), pairs(&[("2025-03-03", 1)]), "an article known to the month has no day");
    let text = desktop().run(&["search", "orders", "--facets", "ticker"]);
    assert!(
        text.out.ends_with(
            "by ticker\n  HMUT  2  ████████████████████████\n  NVKR  2  ████████████████████████\n  1 without\n"
        ),
        "{}",
        text.out
    );
}

#[test]
fn facets_are_on_request_and_only_where_they_fit() {
    assert!(json(&desktop().run(&["search", "orders", "--format", "json"])).get("facets").is_none());
    let ran = desktop().run(&["search", "orders", "--facets", "ticker", "--format", "csv"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Failed, ""));
    assert!(ran.err.contains("--facets with --format text or json"), "{}", ran.err);
    let unknown = facets::by("tickr").unwrap_err();
    assert!(unknown.contains("did you mean ticker?") && unknown.contains("speaker, source, day"), "{unknown}");
    assert!(!facets::by("colour").unwrap_err().contains("did you mean"));
}

#[test]
fn quotations_of_one_speaker_are_put_together() {
    let ran = desktop().run(&["quotes", "orders", "--group", "ticker", "--format", "json"]);
    let groups: Vec<String> =
        json(&ran)["hits"].as_array().unwrap().iter().map(|hit| hit["group"].as_str().unwrap().to_owned()).collect();
    let mut together = groups.clone();
    together.dedup();
    let mut different = together.clone();
    different.sort();
    different.dedup();
    assert_eq!((groups.len(), together.len()), (3, different.len()), "{groups:?}");
    let text = desktop().run(&["quotes", "orders", "--group", "speaker"]);
    assert!(text.out.contains("\nBo Lindqvist · 1 in all\n"), "{}", text.out);
}

#[test]
fn quotations_are_found_by_side() {
    let speakers = |side: &str| {
        let ran = desktop().run(&["quotes", side, "--format", "jsonl", "orders"]);
        let hits: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut names: Vec<String> =
            hits.iter().map(|hit| hit["quote"]["speaker"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(speakers("side:company"), ["Ada Lindqvist", "Ada M. Lindqvist"]);
    assert_eq!(speakers("--side=outside"), ["Bo Lindqvist"]);
}

#[test]
fn a_timeline_has_every_step_from_first_to_last() {
    let ran = desktop().run(&["timeline", "orders", "--format", "csv"]);
    assert_eq!(ran.out, "month,start,count\n2025-01,2025-01-01,1\n2025-02,2025-02-01,0\n2025-03,2025-03-01,2\n");
    let ran = desktop().run(&["timeline", "orders", "--ticker", "NVKR,HMUT", "--by", "quarter", "--format", "csv"]);
    assert_eq!(ran.out, "quarter,start,NVKR,HMUT\n2025-Q1,2025-01-01,2,2\n");
    let answer = json(&desktop().run(&["timeline", "orders", "--by", "day", "--format", "json"]));
    assert_eq!(answer["series"][0], serde_json::json!({"name": "", "total": 4, "undated": 1, "inexact": 1}));
    assert_eq!(answer["steps"].as_array().unwrap().len(), 33);
    let text = desktop().run(&["timeline", "orders", "--by", "week"]);
    assert!(text.out.starts_with("2025-W05  1  █"), "{}", text.out);
    assert!(text.out.ends_with("not shown: 1 without a date, 1 known less closely than to the week\n"), "{}", text.out);
}

#[test]
fn a_timeline_of_nothing_or_of_no_range_says_so() {
    let ran = desktop().run(&["timeline", "zebras"]);
    assert_eq!((ran.exit, ran.err.lines().last()), (Exit::Nothing, Some("nothing found for: zebras")));
    let ran = desktop().run(&["timeline", "orders", "--since", "2025-03", "--until", "2025-01"]);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.err.contains("ends (2025-01-31) before it begins"), "{}", ran.err);
}

#[test]
fn companies_of_the_corpus_are_listed() {
    let ran = desktop().run(&["tickers", "--format", "csv"]);
    let expected = "symbol,company,articles,first,last\nHMUT,Harbor Mutual,2,2025-03-01,2025-03-31\n\
        NVKR,Norvik Robotics,2,2025-01-30,2025-03-03\n";
    assert_eq!(ran.out, expected);
    let ran = desktop().run(&["tickers", "nvk"]);
    assert_eq!(ran.out, "NVKR  Norvik Robotics  2  2025-01-30 to 2025-03-03\n");
    assert_eq!(desktop().run(&["tickers", "zzz"]).exit, Exit::Nothing);
    let ran = desktop().run(&["tickers", "--since", "2025-03-02", "--format", "csv"]);
    assert!(ran.out.contains("NVKR,Norvik Robotics,1,"), "{}", ran.out);
}

#[test]
fn people_of_the_corpus_are_listed_and_variants_put_together() {
    let people = json(&desktop().run(&["speakers", "--format", "json"]));
    let speakers = people["speakers"].as_array().unwrap();
    let names: Vec<&str> = speakers.iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ada M. Lindqvist", "Bo Lindqvist"]);
    let expected = serde_json::json!([{"name": "Ada Lindqvist", "rule": "same given name and surname"}]);
    assert_eq!((&speakers[0]["also"], speakers[0]["quotes"].as_u64()), (&expected, Some(2)));
    assert_eq!(speakers[0]["tickers"], serde_json::json!(["NVKR"]));
    assert_eq!((&speakers[0]["first"], &speakers[0]["last"]), (&"2025-01-30".into(), &"2025-03-03".into()));
    let text = desktop().run(&["speakers", "bo"]);
    assert!(text.out.starts_with("Bo Lindqvist  1 quote, 2025-03-01 to 2025-03-31\n    analyst\n"), "{}", text.out);
    assert_eq!(desktop().run(&["speakers", "zebra"]).exit, Exit::Nothing);
}
