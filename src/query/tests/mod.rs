//! The language: words, phrases, negation, alternatives, brackets, words that stand together.

mod fields;
mod robust;

use jiff::civil::date;

use super::*;

/// A Thursday.
const TODAY: Date = date(2025, 2, 6);

/// Reads `typed` without a note as `described`.
fn check(typed: &str, described: &str) {
    let query = parse(typed, TODAY);
    assert_eq!(describe(&query), described, "{typed}");
    assert_eq!(query.notes, [], "{typed}");
    check_spans(&query);
}

/// Reads `typed` as `described`, with a note on the words `place` that says `problem` and has a fix with `fix`.
fn check_note(typed: &str, described: &str, place: &str, problem: &str, fix: &str) {
    let query = parse(typed, TODAY);
    assert_eq!(describe(&query), described, "{typed}");
    let [note] = query.notes.as_slice() else {
        panic!("{typed}: {:#?}", query.notes);
    };
    assert_eq!(&typed[note.span.clone()], place, "{typed}");
    assert!(note.problem.contains(problem), "{typed}: {}", note.problem);
    assert!(note.fix.as_deref().unwrap_or_default().contains(fix), "{typed}: {:?}", note.fix);
    check_spans(&query);
}

/// Every place lies in the text, on character boundaries, and in its parent's place.
fn check_spans(query: &Query) {
    let whole = 0..query.typed.len();
    for note in &query.notes {
        assert!(query.typed.get(note.span.clone()).is_some(), "{note:?}");
        assert!(!render(note, &query.typed).is_empty());
    }
    if let Some(root) = &query.root {
        check_span(root, &whole, &query.typed);
    }
}

fn check_span(node: &Node, parent: &Range<usize>, typed: &str) {
    assert!(typed.get(node.span.clone()).is_some(), "{node:?}");
    assert!(parent.start <= node.span.start && node.span.end <= parent.end, "{node:?} in {parent:?}");
    let children: &[Node] = match &node.clause {
        Clause::All(nodes) | Clause::Any(nodes) => nodes,
        Clause::Near { parts, .. } | Clause::Same { parts, .. } => parts,
        Clause::Not(node) | Clause::Within(_, node) => std::slice::from_ref(node),
        _ => &[],
    };
    for child in children {
        check_span(child, &node.span, typed);
    }
}

#[test]
fn nothing_is_everything() {
    for typed in ["", "  ", "\u{a0}\t\n", "&", "...", "- –", "()"] {
        let query = parse(typed, TODAY);
        assert_eq!(query.root, None, "{typed}");
        assert_eq!(query.notes.is_empty(), typed.trim().is_empty(), "{typed}");
    }
}

#[test]
fn words_are_all_asked_for() {
    check("capex guidance", "capex AND guidance");
    check("capex", "capex");
    check("AT&T S&P 10-K 3.5% U.S. $1.2bn", "AT&T AND S&P AND 10-K AND 3.5% AND U.S. AND $1.2bn");
    check("R & D", "R AND D");
    check("café Zürich 売上", "café AND Zürich AND 売上");
}

#[test]
fn or_binds_tighter_than_and() {
    check("nvidia capex OR spending", "nvidia AND (capex OR spending)");
    check("a OR b OR c d", "(a OR b OR c) AND d");
    check("a AND b OR c", "a AND (b OR c)");
    check("(a b) OR c", "(a AND b) OR c");
    check("a (b OR (c d))", "a AND (b OR (c AND d))");
}

#[test]
fn small_or_and_and_are_words() {
    check("boom or bust", "boom AND or AND bust");
    check("black and white", "black AND and AND white");
    check("AND", "and");
}

#[test]
fn an_or_needs_two_sides() {
    check_note("OR", "or", "OR", "both sides", "a OR b");
    check_note("OR a", "or AND a", "OR", "both sides", "a OR b");
    check_note("a OR", "a AND or", "OR", "both sides", "a OR b");
    check_note("a (b OR) c", "a AND (b AND or) AND c", "OR", "both sides", "");
    check_note("a OR OR b", "a OR b", "OR", "twice", "once");
}

#[test]
fn a_dash_directly_before_a_word_negates() {
    check("-guidance", "NOT guidance");
    check("capex -guidance", "capex AND NOT guidance");
    check("capex –guidance", "capex AND NOT guidance");
    check("-\"rate cut\"", "NOT \"rate cut\"");
    check("-(a b)", "NOT (a AND b)");
    check("-cut*", "NOT cut…");
    check("-ticker:NVDA", "NOT ticker NVDA");
    check("-$NVDA", "NOT ticker NVDA");
    check("-near/3(a b)", "NOT (a and b within 3 words)");
    check("(-a)", "NOT a");
    check("a OR -b", "a OR NOT b");
    check("-(-a)", "NOT NOT a");
    check("-date:none", "NOT without a date");
}

#[test]
fn a_dash_elsewhere_does_not() {
    check("10-K COVID-19 well-being", "10-K AND COVID-19 AND well-being");
    check("Nvidia - the chip maker", "Nvidia AND the AND chip AND maker");
    check("Nvidia — the chip maker", "Nvidia AND the AND chip AND maker");
    check("rose 5%--a record", "rose AND 5%--a AND record");
    check("--verbose", "verbose");
    check("a -", "a");
    check("\"a\"-b", "\"a\" AND b");
}

#[test]
fn quotation_marks_of_every_kind_make_a_phrase() {
    for typed in ["\"rate cut\"", "“rate cut”", "„rate cut“", "«rate\u{a0}cut»", "\"rate  cut\"", "”rate cut”"]
    {
        check(typed, "\"rate cut\"");
    }
    check("“Fed’s cut” now", "\"Fed's cut\" AND now");
    check("\"a OR -b\"", "\"a OR -b\"");
    check("x\"a b\"y", "x AND \"a b\" AND y");
}

#[test]
fn an_open_quotation_mark_runs_to_the_end() {
    check_note("fed \"rate cut", "fed AND \"rate cut\"", "\"", "never closed", "close it");
    check_note("fed “rate cut", "fed AND \"rate cut\"", "“", "never closed", "close it");
    check_note("a \"\" b", "a AND b", "\"\"", "no word", "write words");
}

#[test]
fn a_star_ends_a_prefix() {
    check("cut*", "cut…");
    check("transit* policy", "transit… AND policy");
    check("cut**", "cut…");
    check("cut*, rate", "cut… AND rate");
}

#[test]
fn a_star_elsewhere_is_noted() {
    check_note("rate *", "rate", "*", "stands alone", "cut*");
    check_note("c*", "c", "c*", "too short", "at least 2");
    check_note("*cut", "*cut", "*cut", "only at the end", "cut*");
    check_note("c*t*", "c*t*", "c*t*", "only at the end", "cut*");
    check_note("\"rate cut*\"", "\"rate cut*\"", "\"rate cut*\"", "no meaning", "near/2");
}

#[test]
fn near_and_same_hold_words_together() {
    check("near/5(tariff margin)", "(tariff and margin within 5 words)");
    check("NEAR/5(tariff margin)", "(tariff and margin within 5 words)");
    check("near/3(\"rate cut\" infl* fed)", "(\"rate cut\" and infl… and fed within 3 words)");
    check("same/s(tariff margin)", "(tariff and margin in one sentence)");
    check("same/p(tariff margin)", "(tariff and margin in one paragraph)");
    check("x same/paragraph(a b) y", "x AND (a and b in one paragraph) AND y");
    check("near/5(tariff)", "tariff");
}

#[test]
fn a_part_of_near_may_be_one_of_several() {
    check("near/5(a (b OR c))", "(a and (b OR c) within 5 words)");
    check("near/5(a b OR \"c d\")", "(a and (b OR \"c d\") within 5 words)");
    check("near/5((a b) c)", "(a and b and c within 5 words)");
}

#[test]
fn what_is_no_word_is_taken_out_of_near() {
    check_note("near/5(a b -c)", "(a and b within 5 words) AND NOT c", "-c", "whole article", "outside");
    check_note("near/5(a ticker:X)", "a AND ticker X", "ticker:X", "whole article", "outside");
}

#[test]
fn near_without_its_bracket_is_a_word() {
    check_note("near/5 (a b)", "near/5 AND (a AND b)", "near/5", "read as a word", "near/5(a b)");
    check_note("near(a b)", "(a and b within 10 words)", "near", "names no distance", "near/5(a b)");
    check_note("same/x(a b)", "same/x AND (a AND b)", "same/x", "read as a word", "same/s");
    check("near the same place", "near AND the AND same AND place");
}

#[test]
fn brackets_that_do_not_match_are_mended() {
    check_note("(a OR b", "a OR b", "(", "never closed", "`)`");
    check_note("-(a b", "NOT (a AND b)", "(", "never closed", "`)`");
    check_note("a) b", "a AND b", ")", "closes nothing", "leave it out");
    check_note("a () b", "a AND b", "()", "empty", "");
    check_note("near/5() b", "b", "near/5()", "empty", "");
}

#[test]
fn what_holds_of_places_that_touch_is_said_once() {
    let said = |typed: &str| -> Vec<(Range<usize>, String)> {
        parse(typed, TODAY).notes.into_iter().map(|note| (note.span, note.problem)).collect()
    };
    let many = said("((((");
    assert_eq!(many.len(), 3, "{many:?}");
    assert_eq!(many.iter().filter(|(_, problem)| problem.contains("empty")).count(), 1, "{many:?}");
    let [(span, problem)] = &said("oil))))")[..] else { panic!("{:?}", said("oil))))")) };
    assert!(*span == (3..7) && problem.contains("closes nothing"), "{span:?} {problem}");
    let apart = said("oil) gas)");
    assert_eq!(apart.len(), 2, "{apart:?}");
    let after_many = said(&format!("oil{} ()", ")".repeat(40)));
    assert!(after_many.len() == 2 && after_many[1].1.contains("empty"), "{after_many:?}");
}

#[test]
fn not_in_capitals_is_a_word() {
    check_note("a NOT b", "a AND NOT AND b", "NOT", "read as a word", "-word");
}
