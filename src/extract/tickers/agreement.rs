//! Whether the words before a code name the company that the code stands for, and which words those are.

use crate::extract::securities::words::{self, NO_WORDS, join};
use crate::extract::securities::{Company, Securities, Standing};
use crate::extract::tokens::lexicon::{self, PEOPLE, PLACE};
use crate::extract::tokens::{self, Shape, Text};

/// The most bytes before a code in which a name is looked for.
const WINDOW: usize = 96;

/// The most words that may stand between the name and the code: a legal form, a class of shares.
const LONGEST_GAP: usize = 4;

/// The most words of a name that a code teaches.
const LONGEST_NAME: usize = 7;

/// The most words of a name that a symbol is taken to spell; longer ones have acronyms.
const LONGEST_SPELLED: usize = 3;

/// The most words that an acronym is looked for in, small ones included.
const LONGEST_ACRONYM: usize = 12;

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
    // The common words that a name begins with have to be there too: any Eastern is not China Eastern.
    let telling = |name: &str| {
        let mut words = words::words(name).filter(|word| word.len() > 2);
        let is_said = |word: &str| last.contains(&join(NO_WORDS, word));
        words.find(|word| !is_common(word) || !is_said(word)).is_some_and(|word| !is_common(word) && is_said(word))
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
/// one first, yet no acronym.
pub(super) fn spells(text: &str, end: usize, symbol: &str) -> bool {
    let Some(name) = name_before(text, end) else { return false };
    let mut letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
    let first = letters.clone().next();
    let spelled = symbol.chars().all(|wanted| letters.any(|letter| letter == wanted));
    let short = words::words(name).count() <= LONGEST_SPELLED;
    let spelled = spelled && short && (2..=4).contains(&symbol.len()) && symbol.chars().next() == first;
    spelled && !abbreviates(text, end, symbol)
}

/// Whether a legal form of those that have shares stands just before the byte `end` of `text`, as after a company's name only.
pub(super) fn has_legal_form(text: &str, end: usize) -> bool {
    let last = window(text, end).split_whitespace().next_back().map(words::bare);
    last.is_some_and(|word| words::is_legal_form(word) && !word.eq_ignore_ascii_case("gmbh"))
}

/// Whether `acronym` is made of the first letters of the words before the byte `end` of `text`, in capitals or not: of
/// "liquefied natural gas" LNG, of "the Bank of Japan" BOJ, of "UK Financial Investments" UKFI.
pub(super) fn abbreviates(text: &str, end: usize, acronym: &str) -> bool {
    let before = window(text, end);
    let words = before.rsplit([' ', '\u{a0}', '-', '/']).map(words::bare).filter(|word| !word.is_empty());
    let mut words: Vec<&str> = words.take(LONGEST_ACRONYM).collect();
    words.reverse();
    ends_with_heads(acronym, &words)
}

/// Whether the last of `words` give the letters of `acronym`, each at least its first but for small words and legal forms.
fn ends_with_heads(acronym: &str, words: &[&str]) -> bool {
    if acronym.is_empty() {
        return true;
    }
    let Some((word, before)) = words.split_last() else { return false };
    let small = matches!(*word, "of" | "the" | "and" | "for" | "in" | "on" | "to" | "de" | "&");
    if (small || words::is_legal_form(word)) && ends_with_heads(acronym, before) {
        return true;
    }
    let first = word.chars().take(1).flat_map(char::to_uppercase);
    let heads: String = first.chain(word.chars().skip(1).filter(|c| c.is_uppercase())).collect();
    heads.char_indices().any(|(at, c)| {
        acronym.strip_suffix(&heads[..at + c.len_utf8()]).is_some_and(|rest| ends_with_heads(rest, before))
    })
}

/// The first letters of the words of `name`, where they are capitals; of one word none.
pub(super) fn initials(name: &str) -> String {
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
        // "Apple Inc. and", "News Corp, Nintendo": a legal form ends a name.
        let legal = words::is_legal_form(bare);
        let goes_on = if legal || word.ends_with(',') { only_legal } else { may_end_dotted(word) };
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

/// The name before the byte `end` of `text` that a code there teaches, of `company` where that is known: without another
/// company's name and a place before it ("Apple Inc and Intel", "Iceland's Northwind").
pub(super) fn taught_name<'t>(
    securities: &Securities,
    text: &'t str,
    end: usize,
    company: Option<Company>,
) -> Option<&'t str> {
    let name = name_before(text, end)?;
    let mut start = 0;
    for (at, _) in name.match_indices([' ', '\u{a0}']) {
        let rest = name[at..].trim_start();
        let before = name[..at].rsplit([' ', '\u{a0}']).next().unwrap_or_default();
        let owner = words::without_possessive(before);
        let is_place = |word: &str| lexicon::words().classes(tokens::hash(word)) & (PLACE | PEOPLE) != 0;
        let own = || {
            securities.name_at(rest).is_some_and(|found| {
                let whole = found.length == rest.len() && found.standing == Standing::Sure;
                company.map_or(whole, |company| securities.named(found) == company)
            })
        };
        let apart = owner.is_some_and(is_place) || before.ends_with("-based");
        let may_part = before == "and" || owner.is_some() || is_place(before);
        if apart || may_part && own() || before == "and" && words::is_legal_form(last_but_one(&name[..at])) {
            start = name.len() - rest.len();
        }
    }
    Some(&name[start..])
}

/// The word before the last of `words`.
fn last_but_one(words: &str) -> &str {
    words.split_whitespace().rev().nth(1).map_or("", words::bare)
}

/// Whether a word with a full stop may stand within a name: `J.`, `U.S.`
fn may_end_dotted(word: &str) -> bool {
    let letters = word.chars().filter(|c| *c != '.').count();
    word.ends_with('.') && letters <= 2 && word.starts_with(char::is_alphabetic) || word.ends_with('!')
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
