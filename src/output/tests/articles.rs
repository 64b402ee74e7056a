//! Articles in every output.

use insta::assert_snapshot;

use super::*;

fn check(output: &str) -> String {
    written(output, &articles(), Target::Articles, 80)
}

#[test]
fn text_is_a_calm_list() {
    assert_snapshot!(check("text"), @"
    articles 1 to 2 of 12 for capex guidance

    1  Northwind keeps capex guidance
       Courier Wire · 30 Jan 2025 · NWRB, QLSM · Ada Lindqvist (CEO), a spokesman
       … Zürich’s Northwind keeps its capex guidance at €380 million to €420
       million, “for now”, said Lindqvist. …
       wire/2025.jsonl#7

    2  Capex fell.
       undated
       Capex fell.
       notes/a.txt
    ");
}

#[test]
fn text_fits_a_narrow_window() {
    let text = written("text", &articles(), Target::Articles, 30);
    assert!(text.lines().all(|line| line.chars().count() <= 30), "{text}");
    assert_snapshot!(text, @"
    articles 1 to 2 of 12 for
    capex guidance

    1  Northwind keeps capex
       guidance
       Courier Wire · 30 Jan
       2025 · NWRB, QLSM · Ada
       Lindqvist (CEO), a
       spokesman
       … Zürich’s Northwind keeps
       its capex guidance at €380
       million to €420 million,
       “for now”, said
       Lindqvist. …
       wire/2025.jsonl#7

    2  Capex fell.
       undated
       Capex fell.
       notes/a.txt
    ");
}

#[test]
fn colour_marks_what_matched() {
    let text = shown("text", &articles(), &request("capex", Target::Articles), |view| view.colour = true);
    assert_snapshot!(text.replace('\u{1b}', "~"), @"
    ~[2marticles 1 to 2 of 12 for capex~[0m

    ~[2m1  ~[0m~[1mNorthwind keeps ~[0m~[1m~[4mcapex~[0m~[1m ~[0m~[1m~[4mguidance~[0m
       ~[2mCourier Wire · 30 Jan 2025 · ~[0m~[36mNWRB~[0m~[2m, ~[0m~[36mQLSM~[0m~[2m · Ada Lindqvist (CEO), a spokesman~[0m
       ~[2m… ~[0mZürich’s Northwind keeps its ~[1m~[4mcapex guidance~[0m at €380 million to €420
       million, “for now”, said Lindqvist.~[2m …~[0m
       ~[2mwire/2025.jsonl#7~[0m

    ~[2m2  ~[0m~[1mCapex fell.~[0m
       ~[2mundated~[0m
       ~[1m~[4mCapex~[0m fell.
       ~[2mnotes/a.txt~[0m
    ");
}

#[test]
fn headlines_link_to_the_web_or_to_the_file() {
    let text = shown("text", &articles(), &request("capex", Target::Articles), |view| view.links = true);
    let text = text.replace('\u{1b}', "~");
    assert!(text.contains("~]8;;https://courier.example/capex~\\Northwind keeps ~]8;;~\\"), "{text}");
    assert!(text.contains("~]8;;file:///news/notes/a.txt~\\Capex fell.~]8;;~\\"), "{text}");
}

#[test]
fn the_summary_tells_what_flags_ask() {
    let mut asked = request("capex", Target::Articles);
    asked.query =
        asked.query.and(query::filter(crate::schema::Field::Ticker, &["NWRB".to_owned()], date(2025, 2, 1)).unwrap());
    asked.offset = 4;
    let text = shown("text", &articles(), &asked, |_| ());
    assert!(text.starts_with("articles 5 to 6 of 12 for capex AND ticker NWRB\n\n5  Northwind"), "{text}");
}

#[test]
fn scores_and_reasons_are_shown_on_request() {
    let mut results = articles();
    results.hits.truncate(1);
    results.total = None;
    results.hits[0].explanation = vec!["3.50 in all".to_owned(), "  2.00 headline: capex".to_owned()];
    let asked = Request { explain: true, ..request("capex", Target::Articles) };
    let text = shown("text", &results, &asked, |view| view.scores = true);
    assert_snapshot!(text, @"
    article 1 for capex

    1  Northwind keeps capex guidance
       Courier Wire · 30 Jan 2025 · NWRB, QLSM · Ada Lindqvist (CEO), a spokesman ·
       3.50
       … Zürich’s Northwind keeps its capex guidance at €380 million to €420
       million, “for now”, said Lindqvist. …
       wire/2025.jsonl#7
       3.50 in all
         2.00 headline: capex
    ");
}

#[test]
fn json_is_one_object() {
    assert_snapshot!(check("json").replace("},", "},\n"), @r#"
    {"v":1,"query":"capex guidance","target":"articles","total":12,"hits":[{"id":"wire/2025.jsonl#7","record_id":"cw-7","path":"wire/2025.jsonl","title":"Northwind keeps capex guidance","title_marks":[[16,21],[22,30]],"authors":["Mo Park","Ida Roe"],"source":"Courier Wire","url":"https://courier.example/capex","lang":"en","published":{"day":"2025-01-30","precision":"day","instant":null,"source":"record","inferred":false,"doubtful":false,"evidence":null},
    "tickers":[{"symbol":"NWRB","company":"Northwind Robotics","mentions":3,"salience":0.5},
    {"symbol":"QLSM","company":null,"mentions":1,"salience":0.25}],"speakers":[{"name":"Ada Lindqvist","role":"CEO","organization":null,"quotes":2},
    {"name":"a spokesman","role":null,"organization":null,"quotes":1}],"score":3.5,"snippets":[{"text":"Zürich’s Northwind keeps its capex\nguidance at €380 million to €420 million, “for now”, said Lindqvist.","marks":[[32,46]],"in":"body","start":0,"cut_before":true,"cut_after":true}],"reprints":0,"copies":[]},
    {"id":"notes/a.txt","record_id":null,"path":"notes/a.txt","title":"","title_marks":[],"authors":[],"source":null,"url":null,"lang":null,"published":null,"tickers":[],"speakers":[],"score":0.0,"snippets":[{"text":"Capex fell.","marks":[[0,5]],"in":"body","start":0,"cut_before":false,"cut_after":false}],"reprints":0,"copies":[]}],"notes":[],"suggestions":[],"partial":[]}
    "#);
}

#[test]
fn json_lines_are_the_hits_of_json() {
    let whole: serde_json::Value = serde_json::from_str(&check("json")).unwrap();
    let lines = check("jsonl");
    let read: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.len(), 2);
    for (line, hit) in read.iter().zip(whole["hits"].as_array().unwrap()) {
        assert_eq!(line["v"], 1);
        assert_eq!((&line["id"], &line["snippets"]), (&hit["id"], &hit["snippets"]));
    }
}

#[test]
fn csv_has_a_row_for_each() {
    assert_snapshot!(check("csv"), @r#"
    id,record_id,title,published,source,url,lang,authors,tickers,speakers,score,snippets,reprints,page
    wire/2025.jsonl#7,cw-7,Northwind keeps capex guidance,2025-01-30,Courier Wire,https://courier.example/capex,en,Mo Park; Ida Roe,NWRB; QLSM,Ada Lindqvist; a spokesman,3.5,"Zürich’s Northwind keeps its capex
    guidance at €380 million to €420 million, “for now”, said Lindqvist.",0,
    notes/a.txt,,,,,,,,,,0,Capex fell.,0,
    "#);
}

#[test]
fn markdown_has_headlines_with_links() {
    assert_snapshot!(check("md"), @"
    ### [Northwind keeps capex guidance](https://courier.example/capex)

    Courier Wire · 30 Jan 2025 · NWRB, QLSM · `wire/2025.jsonl#7`

    … Zürich’s Northwind keeps its **capex guidance** at €380 million to €420 million, “for now”, said Lindqvist. …

    ### (no headline)

    undated · `notes/a.txt`

    **Capex** fell.
    ");
}

#[test]
fn nothing_found_is_nothing_but_the_frame() {
    let nothing = |output: &str| written(output, &Results::default(), Target::Articles, 80);
    assert_eq!(nothing("text"), "");
    assert_eq!(nothing("jsonl"), "");
    assert_eq!(nothing("md"), "");
    assert_eq!(nothing("csv").lines().count(), 1);
    let object = "{\"v\":1,\"query\":\"capex guidance\",\"target\":\"articles\",\"total\":null,\"hits\":[],\"notes\":[],\"suggestions\":[],\"partial\":[]}\n";
    assert_eq!(nothing("json"), object);
}
