//! What is offered to who found nothing, or names a company.

use super::*;

/// The hints that `typed` gets, a line each.
fn hints(typed: &[&str], exit: Exit) -> Vec<String> {
    let ran = check(typed, exit);
    ran.err.lines().filter_map(|line| line.strip_prefix("hint: ")).map(str::to_owned).collect()
}

#[test]
fn a_word_that_is_nowhere_is_offered_as_the_index_spells_it() {
    let typed = ["search", "spendng"];
    assert_eq!(hints(&typed, Exit::Nothing), ["spending instead of spendng: 2 articles for spending"]);
    let typed = ["search", "spendng", "-rates", "follqws"];
    let expected = "spending follows instead of spendng follqws: 1 article for spending -rates follows";
    assert_eq!(hints(&typed, Exit::Nothing), [expected]);
    let typed = ["quotes", "speaker:lindkvist"];
    let expected = "lindqvist instead of lindkvist: 1 quote for speaker:lindqvist";
    assert_eq!(hints(&typed, Exit::Nothing), [expected]);
    let typed = ["search", "ticker:NVK"];
    assert_eq!(hints(&typed, Exit::Nothing), ["NVKR instead of NVK: 1 article for ticker:NVKR"]);
}

#[test]
fn figures_short_words_and_words_that_are_there_are_not_corrected() {
    for typed in ["2026", "fel", "\"spending orders\"", "zzzzzzzz", "zzzzzzzz -spendng"] {
        assert_eq!(hints(&["search", typed], Exit::Nothing), Vec::<String>::new(), "{typed}");
    }
}

#[test]
fn a_filter_that_leaves_nothing_is_named_with_what_goes_without_it() {
    let typed = ["search", "spending", "--ticker", "ZZZZ", "-paragraph"];
    assert_eq!(hints(&typed, Exit::Nothing), ["without ticker ZZZZ: 2 articles for spending -paragraph"]);
    let typed = ["search", "spending", "date:2024", "orders"];
    assert_eq!(hints(&typed, Exit::Nothing), ["without date:2024: 1 article for spending orders"]);
    let typed = ["search", "ticker:ZZZZ"];
    assert_eq!(hints(&typed, Exit::Nothing), Vec::<String>::new());
}

#[test]
fn what_has_some_of_the_words_is_shown_and_marked() {
    let ran = check(&["search", "spending", "zebras", "paragraph"], Exit::Nothing);
    assert!(ran.out.starts_with("nothing has all of spending zebras paragraph; some of it is in\n"), "{}", ran.out);
    assert!(ran.out.contains("\n   without zebras, paragraph\n"), "{}", ran.out);
    assert!(ran.out.contains("\n   without spending, zebras\n"), "{}", ran.out);
    let ran = check(&["search", "spending", "zebras", "--ticker", "NVKR", "--format", "json"], Exit::Nothing);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&answer["total"], &answer["hits"]), (&0.into(), &serde_json::json!([])));
    assert_eq!(answer["partial"].as_array().unwrap().len(), 1, "filters hold");
    assert_eq!(answer["partial"][0]["id"], "plan.txt");
    assert_eq!(answer["partial"][0]["lacks"], serde_json::json!(["zebras"]));
    for format in ["jsonl", "csv", "md"] {
        let ran = check(&["search", "spending", "zebras", "--format", format], Exit::Nothing);
        assert!(!ran.out.contains("plan.txt"), "{format}: {}", ran.out);
    }
}

#[test]
fn one_word_or_any_word_has_no_parts() {
    for typed in [&["search", "zebras"][..], &["search", "zebras", "okapis", "--match", "any"]] {
        assert_eq!(check(typed, Exit::Nothing).out, "", "{typed:?}");
    }
}

#[test]
fn a_part_of_a_quotation_is_looked_for_in_its_own_words() {
    let ran = check(&["quotes", "orders", "plan", "--format", "json"], Exit::Nothing);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["partial"][0]["lacks"], serde_json::json!(["plan"]));
}

#[test]
fn a_company_that_is_named_is_offered_by_its_symbol() {
    let desktop = Desktop::indexed();
    let plain = desktop.run(&["search", "norvik", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&plain.out).unwrap();
    let expected = serde_json::json!([
        {"kind": "ticker", "was": "norvik", "instead": "NVKR", "query": "ticker:NVKR", "total": 1}
    ]);
    assert_eq!(answer["suggestions"], expected);
    assert_eq!(answer["total"], 1, "the result is what it was");
    let typed = ["search", "norvik", "robotics", "spending"];
    let expected = "ticker NVKR instead of norvik robotics: 1 article for ticker:NVKR spending";
    assert_eq!(hints(&typed, Exit::Found), [expected]);
    assert_eq!(hints(&["search", "spending"], Exit::Found), Vec::<String>::new());
}

#[test]
fn a_word_that_mostly_stands_for_something_else_is_no_company() {
    let desktop = Desktop::new();
    desktop.write("corpus/a.txt", "Harbor Mutual (NYSE: HMUT) rose.\n");
    for name in ["b", "c", "d"] {
        desktop.write(&format!("corpus/{name}.txt"), "The harbor was closed by fog, and no ship came in.\n");
    }
    assert_eq!(desktop.run(&["search", "harbor"]).err.matches("hint").count(), 0);
    let named = desktop.run(&["search", "harbor", "mutual"]);
    assert!(named.err.contains("hint: ticker HMUT instead of harbor mutual: 1 article"), "{}", named.err);
}
