use proptest::prelude::*;

use super::{Gap, Shape, Text, Token, hash, lexicon, sentences};

/// The text cut into its sentences, as a reader would.
fn check(text: &str, expected: &[&str]) {
    let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, expected);
}

/// What stands in quotation marks.
fn check_marks(text: &str, expected: &[&str]) {
    let taken = Text::new(text);
    let found: Vec<&str> =
        taken.quoted.iter().map(|pair| taken.words(pair.open as usize..pair.close as usize + 1)).collect();
    assert_eq!(found, expected);
}

fn check_words(text: &str, expected: &[&str]) {
    let taken = Text::new(text);
    let found: Vec<&str> = (0..taken.tokens.len()).map(|index| taken.word(index)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_full_stop_ends_a_sentence() {
    check("Sales rose. Costs fell! Why? Nobody knows.", &["Sales rose.", "Costs fell!", "Why?", "Nobody knows."]);
}

#[test]
fn an_abbreviation_does_not() {
    check("Mr. Weil of Avanta Inc. spoke. He left.", &["Mr. Weil of Avanta Inc. spoke.", "He left."]);
    check(
        "The U.S. Treasury sold $3.5 bn on Jan. 5 to J. P. Ames.",
        &["The U.S. Treasury sold $3.5 bn on Jan. 5 to J. P. Ames."],
    );
    check("Clause No. 4 holds. No. It fell.", &["Clause No. 4 holds.", "No.", "It fell."]);
}

#[test]
fn an_abbreviation_may_be_the_last_word() {
    check("It sued Helix Inc. The court agreed.", &["It sued Helix Inc.", "The court agreed."]);
    check("He came at 5 p.m. “Good,” she said.", &["He came at 5 p.m.", "“Good,” she said."]);
}

#[test]
fn a_closing_mark_stays_with_its_sentence() {
    check(
        "“It fell.” Nobody cared. (Or did they?) So it goes.",
        &["“It fell.”", "Nobody cared.", "(Or did they?)", "So it goes."],
    );
    check("\"Why?\" asked Weil. It rose.", &["\"Why?\" asked Weil.", "It rose."]);
}

#[test]
fn a_line_break_ends_a_sentence_unless_lines_are_wrapped() {
    check("A headline without stop\nBy Sam Ito\n\nIt rose.", &["A headline without stop", "By Sam Ito", "It rose."]);
    let wrapped = "The company said that its sales had risen and\nthat its costs had fallen by more than half since\nthe \
                   spring of the year. It did not\nsay why.";
    assert_eq!(sentences(wrapped).len(), 2);
}

#[test]
fn indented_lines_begin_paragraphs_in_wrapped_text() {
    let text = "   The company said that its sales had risen and that\nits costs had fallen by more than half since the spring\n\
                of the year.\n    It did not say why they had fallen, nor when\nthat would end.";
    assert_eq!(Text::new(text).paragraphs.len(), 2);
}

#[test]
fn single_line_breaks_are_paragraphs_where_there_are_no_others() {
    assert_eq!(Text::new("Sales rose.\nCosts fell.\nProfit doubled.").paragraphs.len(), 3);
    assert_eq!(Text::new("Sales rose.\n\nCosts fell.\nOr did they?\n\nProfit doubled.").paragraphs.len(), 3);
}

#[test]
fn words_keep_what_belongs_to_them() {
    check_words(
        "AT&T's 3.5% don't-know, U.S. Jean-Claude O’Brien",
        &["AT&T", "'s", "3.5", "%", "don't-know", ",", "U.S.", "Jean-Claude", "O’Brien"],
    );
    check_words(
        "Nvidia-backed Amazon.com rose 1,200.The end--finally...",
        &["Nvidia", "-", "backed", "Amazon.com", "rose", "1,200", ".", "The", "end", "--", "finally", "..."],
    );
}

#[test]
fn capitals_do_not_change_a_hash() {
    assert_eq!(hash("ÉCOLE’S"), hash("école's"));
    assert_ne!(hash("ab"), hash("ba"));
    assert_eq!(Text::new("Inc.").tokens[0].hash, hash("inc"));
}

#[test]
fn every_kind_of_mark_encloses() {
    check_marks(
        "“One,” \"two,\" ``three,'' ''four,'' «five» „six“ x",
        &["“One,”", "\"two,\"", "``three,''", "''four,''", "«five»", "„six“"],
    );
    check_marks("‘We will not,’ she said. 'Nor we,' he said.", &["‘We will not,’", "'Nor we,'"]);
}

#[test]
fn an_apostrophe_encloses_nothing() {
    check_marks("The banks’ profits and the '90s, 'em and firms' costs.", &[]);
    check_marks("A 5\" pipe", &[]);
    check_marks("The '90s went. “He said, ‘No,’ then,” she said.", &["“He said, ‘No,’ then,”"]);
}

#[test]
fn an_open_mark_costs_at_most_its_paragraph() {
    check_marks("“One two.\n\nThree “four” five.", &["“One two.", "“four”"]);
    check_marks("He said \"we went. Then \"we came,\" he said.", &["\"we came,\""]);
}

#[test]
fn inner_quotations_belong_to_the_outer_one() {
    check_marks("“He said, ‘Never,’ to me,” she said.", &["“He said, ‘Never,’ to me,”"]);
    check_marks("‘He said, “Never,” to me,’ she said.", &["‘He said, “Never,” to me,’"]);
}

#[test]
fn long_paragraphs_of_marks_are_read_in_step_with_their_length() {
    for piece in ["‘a ", "“a ", "\"a", "(“a” ", "A, B C said ", "he said "] {
        let text = piece.repeat(40_000);
        assert!(Text::new(&text).tokens.len() >= 40_000);
    }
}

proptest! {
    #[test]
    fn what_is_noted_of_tokens_is_what_they_are(text in "[a-zA-Z.,'\"“’ \n\té0-9-]{0,120}|((say|Last|was|said|McX|5th|abcdefgh|U\\.S\\.)[ \n]{1,3}){0,20}") {
        let taken = Text::new(&text);
        let where_it = |is: &dyn Fn(&Token) -> bool| -> Vec<u32> {
            (0..).zip(&taken.tokens).filter(|(_, token)| is(token)).map(|(index, _)| index).collect()
        };
        prop_assert_eq!(&taken.lines, &where_it(&|token| token.gap >= Gap::Line));
        let tells = |token: &Token| match token.shape {
            Shape::Mark | Shape::Possessive => false,
            Shape::Lower => token.any(lexicon::TELLING),
            _ => true,
        };
        prop_assert_eq!(&taken.telling, &where_it(&tells));
        for token in taken.tokens.iter().filter(|token| token.worded()) {
            let word = token.of(&text);
            let bare = word.strip_suffix('.').unwrap_or(word);
            prop_assert_eq!(token.hash, hash(bare), "{}", word);
            let classes = if token.shape == Shape::Number { 0 } else { lexicon::words().classes(token.hash) };
            prop_assert_eq!(token.classes, classes);
        }
    }
}

proptest! {
    #[test]
    fn tokens_lie_in_the_text_in_order_and_in_sentences(text in "[a-zA-Z.,'\"“”‘’ \n\té—U0-9$-]{0,200}|\\PC{0,80}") {
        let taken = Text::new(&text);
        let mut at = 0;
        for token in &taken.tokens {
            prop_assert!(token.start as usize >= at && token.start < token.end);
            prop_assert!(text.get(token.range()).is_some());
            prop_assert_eq!(token.shape == Shape::Mark || token.shape == Shape::Possessive, !token.worded());
            at = token.end as usize;
        }
        let held: usize = taken.sentences.iter().map(|sentence| (sentence.last - sentence.first) as usize).sum();
        prop_assert_eq!(held, taken.tokens.len());
        let held: usize = taken.paragraphs.iter().map(|paragraph| (paragraph.last - paragraph.first) as usize).sum();
        prop_assert_eq!(held, taken.tokens.len());
        prop_assert!(taken.quoted.windows(2).all(|pair| pair[0].close < pair[1].open));
        prop_assert!(sentences(&text).iter().all(|range| text.get(range.clone()).is_some()));
    }
}
