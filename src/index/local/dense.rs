//! Scripts that put no blanks between words: Han, Kana, Hangul. Their texts are indexed by pairs of characters.

use super::analyzer::Term;
use super::fold::fold_into;

/// Calls `each` with every two characters that stand side by side: where words are not parted, any of them is found so,
/// as two words are that follow each other. One character alone is a term.
pub(super) fn pairs(
    word: &str,
    start: usize,
    position: u32,
    folded: &mut String,
    each: &mut impl FnMut(Term<'_>),
) -> u32 {
    let mut places = 0;
    let mut put = |from: usize, to: usize| {
        fold_into(&word[from..to], folded);
        each(Term { text: folded, start: start + from, end: start + to, position: position + places, places: 1 });
        places += 1;
    };
    let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let Some(mut middle) = ends.next() else { return 0 };
    let mut from = 0;
    let mut alone = true;
    for end in ends {
        put(from, end);
        (from, middle, alone) = (middle, end, false);
    }
    if alone {
        put(0, middle);
    }
    places
}

/// Whether a character is of a script that puts no blanks between words, or long ones: Han, Kana, Hangul.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{2fa1f}')
        && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use crate::index::local::analyzer::terms;

    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        terms(text, |term| found.push(format!("{} {}", term.position, term.text)));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_pair_is_a_term() {
        check("金融政策", &["0 金融", "1 融政", "2 政策"]);
        check("株、株価", &["0 株", "1 株価"]);
    }

    #[test]
    fn other_scripts_and_figures_stand_apart() {
        check("NVIDIA株価3.5%", &["0 nvidia", "1 株価", "2 3.5%", "2 3.5"]);
    }
}
