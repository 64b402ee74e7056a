//! Forms under which words are the same: folded, and cut to the stem.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folded form of `word`: compatibility forms, case and accents gone, thousands' commas and soft hyphens too.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    folded
}

/// Writes the folded form of `word` over `out`.
pub(super) fn fold_into(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        if out.contains(',') {
            out.retain(|c| c != ',');
        }
        return;
    }
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '’' | '‘' | 'ʼ' => out.push('\''),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{ad}' | ',' => (),
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// Cuts words of a language to their stems, as Snowball does: words of letters only.
#[derive(Clone, Copy)]
pub(super) struct Stemmer {
    /// The language, by two letters.
    pub(super) language: &'static str,
    stemmer: frostem::Stemmer,
}

/// Languages other than English whose words are cut to stems.
const OTHERS: [(&str, frostem::Algorithm); 6] = [
    ("de", frostem::Algorithm::German),
    ("es", frostem::Algorithm::Spanish),
    ("fr", frostem::Algorithm::French),
    ("it", frostem::Algorithm::Italian),
    ("nl", frostem::Algorithm::Dutch),
    ("pt", frostem::Algorithm::Portuguese),
];

impl Default for Stemmer {
    /// That of English, by whose stems every article is indexed.
    fn default() -> Stemmer {
        Stemmer { language: "en", stemmer: frostem::Stemmer::new(frostem::Algorithm::English) }
    }
}

impl PartialEq for Stemmer {
    fn eq(&self, other: &Stemmer) -> bool {
        self.language == other.language
    }
}

impl Stemmer {
    /// Those of the other languages for which `holds` is true.
    pub(super) fn others(holds: impl Fn(&str) -> bool) -> Vec<Stemmer> {
        let held = OTHERS.into_iter().filter(|(language, _)| holds(language));
        held.map(|(language, algorithm)| Stemmer { language, stemmer: frostem::Stemmer::new(algorithm) }).collect()
    }

    /// The stem of a folded word.
    pub(super) fn stem(self, folded: &str) -> Cow<'_, str> {
        let letters = folded.len() > 2 && folded.bytes().all(|byte| byte.is_ascii_lowercase());
        if letters { self.stemmer.stem(folded) } else { Cow::Borrowed(folded) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_compatibility_forms_are_folded() {
        for (word, folded) in [("Zürich", "zurich"), ("ﬁne", "fine"), ("STRAẞE", "strasse"), ("1,200", "1200")] {
            assert_eq!(fold(word), folded);
        }
    }

    #[test]
    fn stems_leave_names_with_digits_alone() {
        let stemmer = Stemmer::default();
        assert_eq!(stemmer.stem("tariffs"), "tariff");
        assert_eq!(stemmer.stem("q3s"), "q3s");
    }
}
