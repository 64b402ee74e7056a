//! Which language an article is in, where its format did not say.

use std::ops::Range;

use whatlang::{Lang, Script};

use crate::format::language_code;
use crate::letters;

/// How much of a text is looked at, in bytes.
const LOOKED_AT: usize = 1000;

/// Fewer words than this tell nothing.
const FEWEST: usize = 8;

/// Of every hundred words of English prose, some forty are these; of other languages, hardly any.
const ENGLISH: [u64; 34] = keys([
    "an", "and", "are", "at", "be", "by", "for", "from", "had", "has", "have", "he", "in", "is", "it", "its", "not",
    "of", "on", "said", "she", "than", "that", "the", "they", "this", "to", "was", "we", "were", "which", "will",
    "with", "would",
]);

/// The like of other languages in Latin letters. English has hardly any of these.
const OTHER: [u64; 32] = keys([
    "av", "che", "da", "das", "de", "del", "dem", "der", "di", "een", "ein", "el", "en", "et", "het", "il", "ist",
    "la", "las", "le", "les", "los", "mit", "na", "nie", "och", "og", "por", "que", "som", "und", "une",
]);

/// The longest of them, in bytes.
const LONGEST: usize = 5;

/// Both lists as one table, asked at one place. It is large enough for most words of any text to find nothing there.
const TABLE: [(u64, bool); 1 << TABLE_BITS] = {
    let mut table = [(0, false); 1 << TABLE_BITS];
    let mut at = 0;
    while at < ENGLISH.len() + OTHER.len() {
        let is_english = at < ENGLISH.len();
        let key = if is_english { ENGLISH[at] } else { OTHER[at - ENGLISH.len()] };
        let mut place = place(key);
        while table[place].0 != 0 {
            place = next(place);
        }
        table[place] = (key, is_english);
        at += 1;
    }
    table
};
const TABLE_BITS: u32 = 9;

/// Where `key` is in the table unless another is there.
const fn place(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - TABLE_BITS)) as usize
}

/// Where to look after `place`.
const fn next(place: usize) -> usize {
    (place + 1) % (1 << TABLE_BITS)
}

/// Whether the word with this key is in the list of English words, or else of others.
fn listed(key: u64) -> Option<bool> {
    let mut place = place(key);
    loop {
        match TABLE[place] {
            (0, _) => return None,
            (known, is_english) if known == key => return Some(is_english),
            _ => place = next(place),
        }
    }
}

/// Words as numbers.
const fn keys<const N: usize>(words: [&str; N]) -> [u64; N] {
    let mut keys = [0; N];
    let mut at = 0;
    while at < N {
        keys[at] = key(words[at].as_bytes());
        at += 1;
    }
    keys
}

/// A short word in lower case as a number, as [`letters::lower_at`] gives it.
const fn key(word: &[u8]) -> u64 {
    let mut key = 0;
    let mut at = word.len();
    while at > 0 {
        at -= 1;
        key = key << 8 | word[at] as u64;
    }
    key
}

/// The places of the words of `text`: runs of letters, and of all bytes beyond ASCII.
fn words(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        let start = at + text.get(at..)?.iter().position(is_letter)?;
        at = text[start..].iter().position(|byte| !is_letter(byte)).map_or(text.len(), |end| start + end);
        Some(start..at)
    })
}

/// So many hundredths of the words are enough for English.
const ENOUGH: usize = 18;

/// Of so many words English is taken as told, if it is.
const PLENTY: usize = 40;

/// So many hundredths of the words, or of the bytes beyond ASCII, are enough to ask for another language.
const SUSPICIOUS: usize = 4;

/// The language of `title` and `body` by two letters; `None` where it is not clear.
pub(super) fn detect(title: &str, body: &str) -> Option<String> {
    let body = &body[..body.floor_char_boundary(LOOKED_AT)];
    let (mut words, mut english, mut other) = (0, 0, 0);
    for word in self::words(body.as_bytes()) {
        words += 1;
        if (2..=LONGEST).contains(&word.len()) {
            match listed(letters::lower_at(body.as_bytes(), word.start, word.len())) {
                Some(true) => english += 1,
                Some(false) => other += 1,
                None => (),
            }
            // However many of the first words are none, these are enough.
            if english * 100 >= PLENTY.max(words) * ENOUGH {
                break;
            }
        }
    }
    if words >= FEWEST && english * 100 >= words * ENOUGH {
        return Some("en".to_owned());
    }
    let beyond = body.bytes().filter(|byte| !byte.is_ascii()).count();
    let is_likely = other * 100 >= words * SUSPICIOUS && other > 1 || beyond * 100 >= body.len() * SUSPICIOUS;
    if !is_likely || body.is_empty() {
        return None;
    }
    let info = whatlang::detect(&format!("{title}\n{body}"))?;
    let is_enough = words >= FEWEST || !matches!(info.script(), Script::Latin | Script::Cyrillic);
    if !is_enough || !info.is_reliable() {
        return None;
    }
    code(info.lang())
}

/// The two letters of a language.
fn code(language: Lang) -> Option<String> {
    match language {
        Lang::Cmn => Some("zh".to_owned()),
        Lang::Nob => Some("no".to_owned()),
        other => language_code(other.eng_name()).filter(|code| code.len() == 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(detect("", text).as_deref(), expected, "{text}");
    }

    #[test]
    fn languages_are_told_apart() {
        check("The bank said on Monday that it would keep its rate at 3.5%, and that more was to come.", Some("en"));
        check(
            "Die Bank teilte am Montag mit, dass der Zins bei 3,5 Prozent bleibt und weitere Schritte geprüft werden.",
            Some("de"),
        );
        check(
            "La banque a annoncé lundi qu'elle maintenait son taux à 3,5 % et que d'autres décisions suivraient.",
            Some("fr"),
        );
        check(
            "El banco anunció el lunes que mantendrá su tipo en el 3,5% y que estudiará nuevas medidas este año.",
            Some("es"),
        );
        check(
            "La banca ha annunciato lunedì che manterrà il tasso al 3,5% e che nuove misure seguiranno presto.",
            Some("it"),
        );
        check(
            "O banco anunciou na segunda-feira que não mexerá na taxa de juros e que as novas medidas ficam para depois.",
            Some("pt"),
        );
        check(
            "De bank maakte maandag bekend dat zij de rente op 3,5 procent houdt en dat er nog meer maatregelen volgen.",
            Some("nl"),
        );
        check("日本銀行は月曜日に政策金利を据え置くと発表した。", Some("ja"));
        check(
            "Банк в понедельник объявил, что сохранит ставку на уровне 3,5 процента и примет новые меры.",
            Some("ru"),
        );
        check("中国人民银行周一宣布维持利率不变。", Some("zh"));
    }

    #[test]
    fn a_word_is_found_in_any_case_and_whole() {
        for (word, expected) in [
            ("The", Some(true)),
            ("WOULD", Some(true)),
            ("an", Some(true)),
            ("a", None),
            ("th", None),
            ("Und", Some(false)),
            ("une", Some(false)),
        ] {
            assert_eq!(listed(letters::lower_at(word.as_bytes(), 0, word.len())), expected, "{word}");
        }
        assert!(ENGLISH.iter().all(|key| listed(*key) == Some(true)));
        assert!(OTHER.iter().all(|key| listed(*key) == Some(false)));
    }

    #[test]
    fn the_first_words_are_enough_whatever_follows() {
        let names = "Northwind Robotics Harbor Mutual ".repeat(15);
        check(&format!("He said that it was to be and {names}"), Some("en"));
        check(&format!("He said that it was to {names}"), None);
    }

    #[test]
    fn few_words_and_figures_tell_nothing() {
        check("", None);
        check("NVDA 3.5% AMD 2.1% INTC -0.4%", None);
        check("Net shr 34 cts vs 31 cts", None);
    }
}
