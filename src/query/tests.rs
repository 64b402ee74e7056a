use jiff::civil::date;
use proptest::prelude::*;

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
        assert_eq!(parse(typed, TODAY).root, None, "{typed}");
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
    check("title:near/5(a b)", "(a and b within 5 words) in the headline");
}

#[test]
fn alternatives_within_near_are_multiplied_out() {
    check("near/5(a (b OR c))", "(a and b within 5 words) OR (a and c within 5 words)");
    check("near/5(a b OR c)", "(a and b within 5 words) OR (a and c within 5 words)");
    check("near/5((a b) c)", "(a and b and c within 5 words)");
    let many = format!("same/s({})", "(a OR b) ".repeat(8));
    assert!(parse(&many, TODAY).notes[0].problem.contains("too many alternatives"));
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
fn fields_hold_values() {
    check("ticker:NVDA", "ticker NVDA");
    check("TICKER:nvda", "ticker NVDA");
    check("ticker:NVDA,AMD", "ticker NVDA or AMD");
    check("ticker:brk-b,$amd,NYSE:GE", "ticker BRK.B or AMD or GE");
    check("speaker:nadella", "speaker nadella");
    check("speaker:\"Satya Nadella\"", "speaker Satya Nadella");
    check("speaker:“Satya Nadella”,hood", "speaker Satya Nadella or hood");
    check("role:cfo", "role cfo");
    check("source:reuters author:\"Ann Lee\" org:MSFT", "source reuters AND author Ann Lee AND org MSFT");
    check("path:wire/ path:./a/b path:c\\d*", "path wire/ AND path a/b AND path c/d");
    check("path:a—b", "path a—b");
    check("lang:EN lang:en-US lang:german", "lang en AND lang en AND lang de");
    check("kind:direct,Turn section:qa", "kind direct or turn AND section qa");
    check("section:questions", "section qa");
    check("kind:direct capex", "kind direct AND capex");
    check("ticker:NVDA,", "ticker NVDA");
}

#[test]
fn text_fields_hold_words() {
    check("title:guidance", "guidance in the headline");
    check("lead:\"rate cut\"", "\"rate cut\" in the first paragraph");
    check("title:cut*", "cut… in the headline");
    check("title:a,b", "a in the headline OR b in the headline");
    check("title:1,000", "1,000 in the headline");
}

#[test]
fn a_field_before_brackets_holds_for_each_word() {
    check("title:(a b)", "a in the headline AND b in the headline");
    check("title:(a OR b)", "a in the headline OR b in the headline");
    check("title:(a -b)", "a in the headline AND NOT b in the headline");
    check(
        "title:(\"a b\" c*d OR cut*)".replace("c*d ", "d ").as_str(),
        "\"a b\" in the headline AND (d in the headline OR cut… in the headline)",
    );
    check("speaker:(nadella OR hood)", "speaker nadella or hood");
    check("speaker:(satya nadella)", "speaker satya nadella");
    check("speaker:((satya nadella) OR \"amy hood\")", "speaker satya nadella or amy hood");
    check("ticker:(NVDA AMD)", "ticker NVDA AND ticker AMD");
    check("ticker:(NVDA OR amd)", "ticker NVDA or AMD");
    check("ticker:(NVDA -AMD)", "ticker NVDA AND NOT ticker AMD");
    check("date:(last week)", "published from 2025-01-27 to 2025-02-02");
    check("date:(2025-01-01 OR 2025-01-03)", "published on 2025-01-01 OR published on 2025-01-03");
    check_note("title:(a ticker:X)", "a in the headline AND ticker X", "ticker:X", "field of its own", "outside");
}

#[test]
fn cashtags_are_tickers() {
    check("$NVDA capex", "ticker NVDA AND capex");
    check("$nvda", "ticker NVDA");
    check("$NVDA,$AMD", "ticker NVDA or AMD");
    check("$BRK.B", "ticker BRK.B");
    check("$NVDA, up", "ticker NVDA AND up");
}

#[test]
fn sums_of_money_are_not() {
    check("$100 $1.2bn US$5 $", "$100 AND $1.2bn AND US$5");
    check("$verylongword", "$verylongword");
}

#[test]
fn an_unknown_field_is_two_words_and_a_guess() {
    check_note("tiker:NVDA", "tiker AND NVDA", "tiker", "no field `tiker`", "did you mean `ticker:`?");
    check_note("speker:x", "speker AND x", "speker", "no field", "`speaker:`");
    check_note("symbol:NVDA", "symbol AND NVDA", "symbol", "no field", "`ticker:`");
    check_note("since:2025-01", "since AND 2025-01", "since", "no field", "`date:2025-01..`");
    check_note("NASDAQ:NVDA", "NASDAQ AND NVDA", "NASDAQ", "no field", "`ticker:NVDA`");
    check_note("zebra:x", "zebra AND x", "zebra", "no field", "the fields are title, lead");
    check_note("-tiker:NVDA", "NOT tiker AND NVDA", "tiker", "no field", "ticker");
}

#[test]
fn a_colon_in_prose_is_no_field() {
    check("10:30", "10:30");
    check("http://example.com/a", "http://example.com/a");
    check("Breaking: Nvidia", "Breaking: AND Nvidia");
    check("std::vec C:\\x a:b", "std::vec AND C:\\x AND a:b");
    check("(NASDAQ: NWRB)", "NASDAQ: AND NWRB");
}

#[test]
fn an_empty_value_is_a_word() {
    check_note("ticker:", "ticker", "ticker:", "nothing follows", "ticker:NVDA");
    check_note("speaker: nadella", "speaker AND nadella", "speaker:", "nothing follows", "speaker:nadella");
    check_note("ticker:, x", "ticker AND x", "ticker:,", "nothing follows", "");
}

#[test]
fn a_value_that_is_none_is_a_word() {
    check_note("kind:dirct", "dirct", "dirct", "no kind", "did you mean `kind:direct`?");
    check_note("kind:zebra", "zebra", "zebra", "no kind", "direct, fragment");
    check_note("section:intro", "intro", "intro", "no section", "prepared, qa");
    check_note("lang:klingon", "klingon", "klingon", "no language code", "lang:en");
    check_note("kind:direct,foo", "kind direct", "foo", "no kind", "");
    check_note("ticker:\"Northwind Robotics\"", "\"Northwind Robotics\"", "\"Northwind Robotics\"", "no ticker", "");
    check_note("speaker:nad*", "speaker nad", "nad*", "no meaning", "a part of it is enough");
}

#[test]
fn dates_are_days() {
    check("date:2025-01", "published from 2025-01-01 to 2025-01-31");
    check("date:30d", "published from 2025-01-08 to 2025-02-06");
    check("date:\"last quarter\"", "published from 2024-10-01 to 2024-12-31");
    check("date:2025-01-20..2025-02-03", "published from 2025-01-20 to 2025-02-03");
    check("date:2025-01–2025-02".replace('–', "..").as_str(), "published from 2025-01-01 to 2025-02-28");
    check("date:2025-01..", "published since 2025-01-01");
    check("date:..2025-01", "published until 2025-01-31");
    check("date:today", "published on 2025-02-06");
    check("date:none", "without a date");
    check("date:2025-01-01,2025-01-03", "published on 2025-01-01 OR published on 2025-01-03");
}

#[test]
fn a_date_that_is_none_is_a_word() {
    check_note("date:soon", "soon", "soon", "not understood as a date", "2025-01-30");
    check_note("date:2025-13", "2025-13", "2025-13", "no month 13", "");
    check_note("date:2025-02..2025-01", "2025-02..2025-01", "2025-02..2025-01", "before it begins", "");
    check_note("date:last quarter", "last AND quarter", "last", "not understood", "date:\"last quarter\"");
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
fn not_in_capitals_is_a_word() {
    check_note("a NOT b", "a AND NOT AND b", "NOT", "read as a word", "-word");
}

#[test]
fn ten_thousand_brackets_are_no_trouble() {
    for typed in ["(".repeat(10_000), ")".repeat(10_000), format!("{}a{}", "(".repeat(9_000), ")".repeat(9_000))] {
        let query = parse(&typed, TODAY);
        assert!(!query.notes.is_empty() && query.notes.len() <= 16);
        check_spans(&query);
    }
    let negated = "-(".repeat(10_000) + "a";
    check_spans(&parse(&negated, TODAY));
    let fields = "title:(".repeat(4_000) + "a";
    check_spans(&parse(&fields, TODAY));
}

#[test]
fn a_query_of_a_megabyte_is_cut() {
    let query = parse(&"é ".repeat(350_000), TODAY);
    assert!(query.notes[0].problem.contains("32 kB"), "{:?}", query.notes);
    check_spans(&query);
}

#[test]
fn the_strict_reading_fails_with_the_first_note() {
    assert_eq!(strict(&parse("capex", TODAY)), Ok(()));
    assert!(strict(&parse("a tiker:X (b", TODAY)).unwrap_err().problem.contains("tiker"));
}

#[test]
fn a_note_is_shown_under_its_place() {
    let query = parse("fed “x” tiker:NVDA", TODAY);
    assert_eq!(
        render(&query.notes[0], &query.typed),
        "  fed “x” tiker:NVDA\n          ^^^^^\nthere is no field `tiker`\nfix: did you mean `ticker:`?\n"
    );
    let wide = parse("売上 tiker:X", TODAY);
    assert!(render(&wide.notes[0], &wide.typed).contains("\n       ^^^^^\n"));
}

#[test]
fn a_long_line_is_cut_round_the_place() {
    let typed = format!("{} tiker:X {}", "a".repeat(300), "b".repeat(300));
    let query = parse(&typed, TODAY);
    let shown = render(&query.notes[0], &typed);
    assert!(shown.lines().all(|line| line.chars().count() < 120), "{shown}");
    let at = shown.lines().nth(1).unwrap().find('^').unwrap();
    let line: Vec<char> = shown.lines().next().unwrap().chars().collect();
    assert_eq!(line[at], 't');
}

#[test]
fn control_characters_are_not_shown() {
    let typed = "a\u{1b}[31m\ttiker:\u{7}X";
    let query = parse(typed, TODAY);
    let shown: String = query.notes.iter().map(|note| render(note, typed)).collect();
    assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
}

/// What a node asks, without its place.
fn asked(query: &Query) -> String {
    describe(query)
}

#[test]
fn a_flag_is_its_field() {
    let flag = |field, values: &[&str]| {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        asked(&parse("capex", TODAY).and(filter(field, &values, TODAY).unwrap()))
    };
    assert_eq!(flag(Field::Ticker, &["nvda", "$AMD"]), asked(&parse("capex ticker:NVDA,AMD", TODAY)));
    assert_eq!(flag(Field::Speaker, &["Satya Nadella"]), asked(&parse("capex speaker:\"Satya Nadella\"", TODAY)));
    assert_eq!(flag(Field::Date, &["30d"]), asked(&parse("capex date:30d", TODAY)));
    assert_eq!(flag(Field::Title, &["rate cut"]), asked(&parse("capex title:\"rate cut\"", TODAY)));
    let range = Days::Range { since: Some(date(2025, 1, 1)), until: None };
    assert_eq!(asked(&parse("", TODAY).and(dated(range))), "published since 2025-01-01");
    let two = parse("a b", TODAY).and(dated(range));
    assert!(matches!(two.root.unwrap().clause, Clause::All(nodes) if nodes.len() == 3));
}

#[test]
fn a_flag_with_a_wrong_value_says_why() {
    let wrong = |field, value: &str| filter(field, &[value.to_owned()], TODAY).unwrap_err();
    assert_eq!(wrong(Field::Kind, "dirct").fix, "did you mean `kind:direct`?");
    assert!(wrong(Field::Date, "soon").problem.contains("not understood"));
    assert!(wrong(Field::Ticker, " ").problem.contains("no value"));
}

#[test]
fn mutated_queries_keep_their_places() {
    let seeds = [
        "nvidia capex OR spending -guidance (a b) \"rate cut\" cut* near/5(tariff margin)",
        "ticker:NVDA,AMD $NVDA speaker:“Satya Nadella” date:\"last quarter\" title:(a OR b) same/s(x y)",
        "date:2025-01-20..2025-02-03 kind:direct section:qa lang:en path:wire/ tiker:x 10:30 http://x.y",
    ];
    let marks: Vec<char> = "()\"-*:,$/. ORANDé“—売\u{a0}\u{301}\u{1b}9".chars().collect();
    // A generator of its own, so that every run mutates alike.
    let mut state = 0x2545_f491_u32;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % below
    };
    for round in 0..4_000 {
        let mut chars: Vec<char> = seeds[round % seeds.len()].chars().collect();
        for _ in 0..=next(6) {
            let at = next(chars.len());
            match next(3) {
                0 => drop(chars.remove(at)),
                1 => chars.insert(at, marks[next(marks.len())]),
                _ => chars[at] = marks[next(marks.len())],
            }
        }
        check_spans(&parse(&chars.into_iter().collect::<String>(), TODAY));
    }
}

proptest! {
    #[test]
    fn any_text_is_a_query(typed in "\\PC{0,80}") {
        check_spans(&parse(&typed, TODAY));
    }

    #[test]
    fn any_mix_of_the_language_is_a_query(typed in "([a-c*\"()$:, -]|OR|AND|near/2\\(|title:|date:|ticker:|“|é){0,40}") {
        check_spans(&parse(&typed, TODAY));
    }

    #[test]
    fn reading_twice_reads_alike(typed in "\\PC{0,40}") {
        prop_assert_eq!(parse(&typed, TODAY), parse(&typed, TODAY));
    }
}
