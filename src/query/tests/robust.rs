//! Any text is a query, and notes are shown under their place.

use proptest::prelude::*;

use super::*;

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
fn plain_words_are_words_whatever_marks_stand_in_them() {
    let query = plain("-capex (and/or) \"é\" ticker:X &");
    assert_eq!(describe(&query), "-capex AND and AND or AND é AND ticker:X");
    assert_eq!(query.notes, []);
    check_spans(&query);
    assert_eq!(plain(" & ").root, None);
}

#[test]
fn long_runs_of_anything_are_no_trouble() {
    for piece in
        ["ab:", "-", "\"", "*", "a OR ", "-(", "near/2(", "title:", "title:a,", "date:x ", "$", "«", "ticker:("]
    {
        check_spans(&parse(&piece.repeat(20_000), TODAY));
    }
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
        "there is no field `tiker`\n  fed “x” tiker:NVDA\n          ^^^^^\nfix: did you mean `ticker:`?\n"
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
    let at = shown.lines().nth(2).unwrap().find('^').unwrap();
    let line: Vec<char> = shown.lines().nth(1).unwrap().chars().collect();
    assert_eq!(line[at], 't');
}

#[test]
fn control_characters_are_not_shown() {
    let typed = "a\u{1b}[31m\ttiker:\u{7}X";
    let query = parse(typed, TODAY);
    let shown: String = query.notes.iter().map(|note| render(note, typed)).collect();
    assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
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
