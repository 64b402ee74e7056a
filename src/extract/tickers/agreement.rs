//! Whether the words before a code name the company that the code stands for, and which words those are.

use crate::extract::securities::words::{self, NO_WORDS, join};
use crate::extract::securities::{Company, Securities, Standing};
use crate::extract::tokens::{Shape, Text};

/// The most bytes before a code in which a name is looked for.
const WINDOW: usize = 96;

/// The most words that may stand between the name and the code: a legal form, a class of shares.
const LONGEST_GAP: usize = 4;

/// The most words of a name that a code teaches.
const LONGEST_NAME: usize = 7;

/// The most words of a name that a symbol is taken to spell; longer ones have acronyms.
const LONGEST_SPELLED: usize = 3;

/// The shortest part of a word that tells a company: "Bristol" of "Bristol-Myers".
const SHORTEST: usize = 4;

/// Words too common in names to tell one company by.
const COMMON: &[&str] = &[
    "the",
    "of",
    "and",
    "for",
    "in",
    "on",
    "first",
    "new",
    "american",
    "america",
    "general",
    "united",
    "national",
    "international",
    "global",
    "bank",
    "group",
    "china",
    "us",
    "u.s.",
    "federal",
    "european",
    "royal",
    "trust",
    "fund",
    "energy",
    "financial",
    "public",
    "world",
    "digital",
    "capital",
    "great",
    "standard",
    "north",
    "south",
    "east",
    "west",
];

/// The company called by `symbol` whose name stands just before the byte `end` of `text`.
pub(super) fn company_named(securities: &Securities, text: &Text<'_>, end: usize, symbol: &str) -> Option<Company> {
    let before = window(text.text, end);
    let from = end - before.len();
    let close = |at: usize| text.text[at..end].split_whitespace().filter(|word| !words::bare(word).is_empty()).count();
    let tokens = text.tokens[..text.at(end)].iter().rev().take_while(|token| token.start as usize >= from);
    let named: Vec<Company> = tokens
        .filter(|token| !matches!(token.shape, Shape::Lower | Shape::Mark) && securities.may_begin(token.hash))
        .filter_map(|token| securities.name_at(&text.text[token.start as usize..end]).map(|name| (token, name)))
        .filter(|(token, name)| {
            name.standing != Standing::Other && close(token.start as usize + name.length) <= LONGEST_GAP
        })
        .map(|(_, name)| securities.named(name))
        .collect();
    // Initials are no evidence: what "Black Student Movement (BSM)" shortens is itself.
    let acronym = name_before(text.text, end).is_some_and(|name| initials(name) == symbol);
    let mut bearers = securities.bearers(symbol);
    bearers.find(|company| named.contains(company) || !acronym && by_first_word(securities, before, *company))
}

/// Whether one of the last words is the first telling word of one of the company's names.
fn by_first_word(securities: &Securities, before: &str, company: Company) -> bool {
    let last: Vec<u64> = before
        .rsplit(char::is_whitespace)
        .map(words::bare)
        .filter(|word| word.starts_with(begins_name))
        .take(LONGEST_NAME)
        .flat_map(|word| {
            let first = word.split(['&', '-', '.']).next().filter(|first| first.len() >= SHORTEST);
            [Some(word), words::without_possessive(word), first]
        })
        .flatten()
        .map(|word| join(NO_WORDS, word))
        .collect();
    let telling = |name: &str| {
        let mut words = words::words(name).filter(|word| word.len() > 2 && !is_common(word));
        words.next().is_some_and(|word| last.contains(&join(NO_WORDS, word)))
    };
    securities.listings(company).any(|security| {
        let mut names = security.names.split('|').filter(|name| !name.starts_with('!'));
        telling(&security.name) || names.any(|name| telling(name.trim_start_matches(['~', '%'])))
    })
}

/// Whether a fund's name ends just before the byte `end` of `text`, so that what follows in brackets is its symbol.
pub(super) fn fund_named(text: &str, end: usize, symbol: &str) -> bool {
    let before = window(text, end).trim_end();
    let is_fund = ["ETF", "ETN", "SPDR"].iter().any(|word| before.ends_with(&format!(" {word}")));
    is_fund && symbol.len() >= 3 && !matches!(symbol, "ETF" | "ETFS" | "ETN" | "SPDR" | "NAV" | "AUM")
}

/// Whether `symbol` abbreviates the name before the byte `end` of `text` as symbols do: its letters in their order, the first
/// one first, yet not the initials alone, for those make acronyms.
pub(super) fn spells(text: &str, end: usize, symbol: &str) -> bool {
    let Some(name) = name_before(text, end) else { return false };
    let mut letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
    let first = letters.clone().next();
    let spelled = symbol.chars().all(|wanted| letters.any(|letter| letter == wanted));
    let short = words::words(name).count() <= LONGEST_SPELLED;
    spelled && short && (2..=4).contains(&symbol.len()) && symbol.chars().next() == first && initials(name) != symbol
}

/// The first letters of the words of `name`, where they are capitals; of one word none.
fn initials(name: &str) -> String {
    let capitals = |word: &str| word.chars().next().filter(|c| c.is_uppercase());
    let initials: String = words::words(name).filter_map(capitals).collect();
    if initials.len() > 1 { initials } else { String::new() }
}

/// The name that stands just before the byte `end` of `text`: the run of words with capitals, without a legal form.
pub(super) fn name_before(text: &str, end: usize) -> Option<&str> {
    let before = window(text, end).trim_end().trim_end_matches([',', '-', '–', '—']).trim_end();
    let mut start = before.len();
    let mut count = 0;
    let mut small = 0;
    let mut at = before.len();
    for word in before.rsplit([' ', '\u{a0}']) {
        let from = at - word.len();
        let bare = words::bare(word);
        let only_legal = words::words(&before[start..]).all(words::is_legal_form);
        let goes_on = may_end_dotted(word) || word.ends_with(',') && only_legal;
        let ends_sentence = count > 0 && word.ends_with(['.', ',', ':', ';', '!', '?', ')', '"', '”']) && !goes_on;
        if ends_sentence || count == LONGEST_NAME {
            break;
        }
        if bare.starts_with(begins_name) || bare == "&" {
            start = from;
            count += 1 + small;
            small = 0;
        } else if count > 0 && small == 0 && matches!(bare, "of" | "and" | "the" | "for" | "de" | "&") {
            small = 1;
        } else {
            break;
        }
        at = from.saturating_sub(if before[..from].ends_with('\u{a0}') { 2 } else { 1 });
        if from == 0 {
            break;
        }
    }
    let name = words::without_legal_form(before.get(start..)?);
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    let name = words::without_possessive(name).unwrap_or(name);
    (name.chars().count() >= 3).then_some(name)
}

/// Whether a word with a full stop may stand within a name: `Inc.`, `J.`, `U.S.`
fn may_end_dotted(word: &str) -> bool {
    word.ends_with('.')
        && (words::is_legal_form(word) || word.trim_end_matches('.').chars().filter(|c| *c != '.').count() <= 2)
        || word.ends_with(',') && words::is_legal_form(word)
        || word.ends_with('!')
}

fn begins_name(c: char) -> bool {
    c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii() && c.is_alphabetic() && !c.is_lowercase()
}

pub(super) fn is_common(word: &str) -> bool {
    COMMON.iter().any(|common| common.eq_ignore_ascii_case(word))
}

/// The text before the byte `end`, within its line.
fn window(text: &str, end: usize) -> &str {
    let mut from = end.saturating_sub(WINDOW);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..end];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let before = &before[line..];
    // A word cut in two at the beginning of the window is none.
    match before.find(' ') {
        Some(space) if line == 0 && from > 0 => &before[space + 1..],
        _ => before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, symbol: &str, expected: bool) {
        let securities = Securities::shipped();
        let end = text.find('(').unwrap_or(text.len());
        assert_eq!(company_named(&securities, &Text::new(text), end, symbol).is_some(), expected, "{text}");
    }

    #[test]
    fn the_name_before_agrees() {
        check("Shares of Nvidia (NVDA)", "NVDA", true);
        check("the chipmaker NVIDIA Corp. (NVDA)", "NVDA", true);
        check("Apple's (AAPL)", "AAPL", true);
        check("Bank of America Corp (BAC)", "BAC", true);
        check("Alphabet Inc. Class A (GOOG)", "GOOG", true);
    }

    #[test]
    fn other_words_do_not() {
        check("the International Monetary Fund (IMF)", "IMF", false);
        check("the European Union (EU)", "EU", false);
        check("the liquefied natural gas (LNG)", "LNG", false);
        check("West Texas Intermediate (WTI)", "WTI", false);
        check("China Manufacturing Purchasing Managers' Index (PMI)", "PMI", false);
        check("an initial public offering (IPO)", "IPO", false);
        check("(NVDA)", "NVDA", false);
    }

    #[test]
    fn a_name_is_the_words_with_capitals() {
        let name = |text: &str| name_before(text, text.len()).unwrap_or_default().to_owned();
        assert_eq!(name("said shares of Northwind Robotics, Inc. "), "Northwind Robotics");
        assert_eq!(name("the chipmaker Northwind's "), "Northwind");
        assert_eq!(name("It fell. Bank of Northwind "), "Bank of Northwind");
        assert_eq!(name("and nothing "), "");
    }
}
