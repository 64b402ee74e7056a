//! Fields, their values, and flags.

use super::*;

#[test]
fn near_in_a_field_is_looked_for_in_the_whole_text() {
    check_note("title:near/5(a b)", "(a and b within 5 words)", "near/5(a b)", "whole text", "leave out");
    check_note("speaker:(same/s(a b))", "(a and b in one sentence)", "same/s(a b)", "whole text", "leave out");
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
fn a_list_has_no_spaces() {
    check_note("ticker:NVDA, AMD", "ticker NVDA AND AMD", ",", "the list ends", "without spaces");
    check("title:well, then", "well in the headline AND then");
}

#[test]
fn a_dash_belongs_before_the_field() {
    check_note("ticker:-NVDA", "NOT ticker NVDA", "-NVDA", "before the field", "-ticker:NVDA");
    check_note("title:-a b", "NOT a in the headline AND b", "-a", "before the field", "-title:a");
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
    check_note("aa:bb:cc", "aa AND bb:cc", "aa", "no field", "");
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
