//! Quotations in every output.

use insta::assert_snapshot;

use super::*;

fn check(output: &str) -> String {
    written(output, &quotes(), Target::Quotes, 80)
}

#[test]
fn text_is_pull_quotes() {
    assert_snapshot!(check("text"), @"
    2 quotes for capex guidance

    1    She had been asked twice.
       ▌ “We will not raise our capex this year, and I will not be asked again.”
         Shares rose.
         — Ada Lindqvist, CEO, Northwind Robotics (NWRB)
         30 Jan 2025 · about QLSM · Courier Wire · Northwind keeps capex guidance ·
         wire/2025.jsonl#7

    2  ▌ Züge und capex
         — not attributed · turn, Q&A
         undated · notes/a.txt
    ");
}

#[test]
fn text_fits_a_narrow_window() {
    let text = written("text", &quotes(), Target::Quotes, 24);
    assert!(text.lines().all(|line| line.chars().count() <= 24), "{text}");
    assert_snapshot!(text, @"
    2 quotes for capex
    guidance

    1    She had been asked
         twice.
       ▌ “We will not raise
       ▌ our capex this
       ▌ year, and I will
       ▌ not be asked
       ▌ again.”
         Shares rose.
         — Ada Lindqvist,
         CEO, Northwind
         Robotics (NWRB)
         30 Jan 2025 · about
         QLSM · Courier
         Wire · Northwind
         keeps capex
         guidance ·
         wire/2025.jsonl#7

    2  ▌ Züge und capex
         — not attributed ·
         turn, Q&A
         undated ·
         notes/a.txt
    ");
}

#[test]
fn colour_marks_what_matched() {
    let mut results = quotes();
    results.hits.truncate(1);
    let text = shown("text", &results, &request("capex", Target::Quotes), |view| view.colour = true);
    assert_snapshot!(text.replace('\u{1b}', "~"), @"
    ~[2mquote 1 of 2 for capex~[0m

    ~[2m1  ~[0m  ~[2mShe had been asked twice.~[0m
       ~[36m▌ ~[0m“We will not raise our ~[1m~[4mcapex~[0m this year, and I will not be asked again.”
         ~[2mShares rose.~[0m
         ~[2m— ~[0mAda Lindqvist, CEO, Northwind Robotics (~[36mNWRB~[0m)
         ~[2m30 Jan 2025 · about ~[0m~[36mQLSM~[0m~[2m · Courier Wire · Northwind keeps capex guidance ·~[0m
         ~[2mwire/2025.jsonl#7~[0m
    ");
}

#[test]
fn a_long_turn_is_cut_round_what_matched() {
    let text = format!("{}\nAt last the capex.\n\n{}", "Word änd word. ".repeat(60), "More of it. ".repeat(90));
    let at = text.find("capex").unwrap();
    let mut results = quotes();
    results.hits.truncate(1);
    results.hits[0].quote = Some(QuoteHit { marks: std::iter::once(at..at + 5).collect(), ..quote(&text) });
    let shown = written("text", &results, Target::Quotes, 60);
    assert!(shown.contains("1  ▌ … word. Word"), "{shown}");
    assert!(shown.contains("▌ At last the capex.\n"), "{shown}");
    assert!(shown.contains(" …\n     — not attributed"), "{shown}");
    assert!(shown.len() < 1400, "{shown}");
}

#[test]
fn json_is_one_object() {
    let mut results = quotes();
    results.hits.truncate(1);
    assert_snapshot!(written("json", &results, Target::Quotes, 80).replace("},", "},\n"), @r#"
    {"v":1,"query":"capex guidance","target":"quotes","total":2,"hits":[{"id":"wire/2025.jsonl#7","record_id":"cw-7","path":"wire/2025.jsonl","title":"Northwind keeps capex guidance","title_marks":[[16,21],[22,30]],"authors":["Mo Park","Ida Roe"],"source":"Courier Wire","url":"https://courier.example/capex","lang":"en","published":{"day":"2025-01-30","precision":"day","instant":null,"source":"record","inferred":false,"doubtful":false,"evidence":null},
    "tickers":[{"symbol":"NWRB","company":"Northwind Robotics","mentions":3,"salience":0.5},
    {"symbol":"QLSM","company":null,"mentions":1,"salience":0.25}],"speakers":[{"name":"Ada Lindqvist","role":"CEO","organization":null,"quotes":2},
    {"name":"a spokesman","role":null,"organization":null,"quotes":1}],"score":3.5,"snippets":[],"quote":{"kind":"direct","text":"“We will not raise our capex this year, and I will not be asked again.”","marks":[[25,30]],"before":"She had been asked twice.","after":"Shares rose.","speaker":"Ada Lindqvist","role":"CEO","organization":"Northwind Robotics","ticker":"NWRB","cue":"said","tickers":["QLSM"],"section":null,"start":120,"end":190},
    "reprints":0,"copies":[]}],"notes":[],"suggestions":[],"partial":[]}
    "#);
}

#[test]
fn csv_has_a_row_for_each() {
    assert_snapshot!(check("csv"), @r#"
    id,record_id,title,published,source,url,lang,authors,tickers,speakers,score,quote,kind,speaker,role,organization,ticker,quote_tickers,section,start,end,reprints,page
    wire/2025.jsonl#7,cw-7,Northwind keeps capex guidance,2025-01-30,Courier Wire,https://courier.example/capex,en,Mo Park; Ida Roe,NWRB; QLSM,Ada Lindqvist; a spokesman,3.5,"“We will not raise our capex this year, and I will not be asked again.”",direct,Ada Lindqvist,CEO,Northwind Robotics,NWRB,QLSM,,120,190,0,
    notes/a.txt,,,,,,,,,,0,Züge und capex,turn,,,,,,qa,0,15,0,
    "#);
}

#[test]
fn markdown_quotes_with_a_citation() {
    assert_snapshot!(check("md"), @"
    > “We will not raise our **capex** this year, and I will not be asked again.”
    >
    > — Ada Lindqvist, CEO, Northwind Robotics · [Northwind keeps capex guidance](https://courier.example/capex) · Courier Wire · 30 Jan 2025 · `wire/2025.jsonl#7`

    > Züge und capex
    >
    > — not attributed · (no headline) · undated · `notes/a.txt`
    ");
}
