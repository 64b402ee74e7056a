//! What a single word may be: a prefix, a cashtag, a field nobody knows, or just a word.

use std::ops::Range;

use super::lexer::Kind;
use super::notes::Notes;
use crate::schema::normal_symbol;

/// The fewest letters or digits before a `*`.
const SHORTEST_PREFIX: usize = 2;
/// The longest symbol of a cashtag, its class included.
const LONGEST_SYMBOL: usize = 8;
/// The distance of a `near(…)` that names none.
pub(super) const NEAR: u32 = 10;
/// The most words between the parts of `near/n(…)`.
pub(super) const FARTHEST: u32 = 1000;

/// What `word` is, with a note where it looks like something else.
pub(super) fn kind(word: String, span: &Range<usize>, notes: &mut Notes) -> Kind {
    if let Some(symbols) = cashtags(&word) {
        return Kind::Cashtags(symbols);
    }
    if word.contains('*') {
        return prefix(&word, span, notes);
    }
    let lower = word.to_ascii_lowercase();
    if word == "NOT" {
        notes.put(span.clone(), "`NOT` is read as a word", "write `-word` to leave out what holds the word");
    } else if lower.starts_with("near/") || lower.starts_with("same/") {
        let problem = format!("`{word}` is read as a word");
        notes.put(span.clone(), &problem, "write near/5(a b), same/s(a b) or same/p(a b), without a space");
    }
    Kind::Word(word)
}

/// The symbols of `$NVDA` or `$NVDA,$AMD`; sums of money are none.
fn cashtags(word: &str) -> Option<Vec<String>> {
    let list = word.strip_prefix('$')?.trim_end_matches([',', '.', ';', ':', '!', '?']);
    let symbols: Vec<&str> = list.split(',').map(|symbol| symbol.trim_start_matches('$')).collect();
    let sound = |symbol: &&str| {
        symbol.len() <= LONGEST_SYMBOL
            && symbol.starts_with(|c: char| c.is_ascii_alphabetic())
            && symbol.ends_with(|c: char| c.is_ascii_alphanumeric())
            && symbol.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/'))
    };
    symbols.iter().all(sound).then(|| symbols.into_iter().map(normal_symbol).collect())
}

fn prefix(word: &str, span: &Range<usize>, notes: &mut Notes) -> Kind {
    let trimmed = word.trim_end_matches([',', ';', '.', '!', '?', ':']);
    let stem = trimmed.trim_end_matches('*');
    let letters = stem.chars().filter(|c| c.is_alphanumeric()).count();
    if letters == 0 {
        notes.put(span.clone(), "`*` stands alone and is passed over", "write the beginning of a word before it: cut*");
    } else if stem.contains('*') || stem.len() == trimmed.len() {
        let problem = "`*` is understood only at the end of a word";
        notes.put(span.clone(), problem, "write the beginning of the word, then `*`: cut*");
        return Kind::Word(word.to_owned());
    } else if letters < SHORTEST_PREFIX {
        let fix = format!("write at least {SHORTEST_PREFIX} letters before the `*`");
        notes.put(span.clone(), "too short for a prefix, so it is read as a word", &fix);
    } else {
        return Kind::Prefix(stem.to_owned());
    }
    Kind::Word(stem.to_owned())
}

/// Splits what looks like a field (`tiker:NVDA`); times, addresses and prose (`10:30`, `http://…`, `Note:`) do not.
pub(super) fn unknown_field(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once(':')?;
    let named = name.len() >= 2 && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
    let valued = value.starts_with(|c: char| c.is_alphanumeric() || c == '$');
    (named && valued).then_some((name, value))
}
