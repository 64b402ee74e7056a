//! Which language an article is in, where its format did not say.

use whatlang::{Lang, Script};

/// How much of a text is looked at, in bytes.
const LOOKED_AT: usize = 1500;

/// Fewer words than this tell nothing.
const FEWEST: usize = 8;

/// Of every hundred words of English prose, some forty are these; of other languages, hardly any.
const ENGLISH: &[&str] = &[
    "the", "of", "to", "and", "in", "that", "said", "for", "is", "was", "with", "on", "at", "by", "it", "from", "has",
    "its", "be", "an", "are", "this", "will", "have", "not", "which", "were", "had", "he", "she", "they", "we",
    "would", "more", "than",
];

/// So many hundredths of the words are enough.
const ENOUGH: usize = 18;

/// The language of `title` and `body` by two letters; `None` where it is not clear.
pub(super) fn detect(title: &str, body: &str) -> Option<String> {
    let body = &body[..body.floor_char_boundary(LOOKED_AT)];
    let (mut words, mut english) = (0, 0);
    for word in body.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        english += usize::from(ENGLISH.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    if words >= FEWEST && english * 100 >= words * ENOUGH {
        return Some("en".to_owned());
    }
    let text = format!("{title}\n{body}");
    let info = whatlang::detect(&text)?;
    let is_enough = words >= FEWEST || !matches!(info.script(), Script::Latin | Script::Cyrillic);
    if !is_enough || !info.is_reliable() {
        return None;
    }
    code(info.lang()).map(str::to_owned)
}

/// The two letters of a language that news comes in.
fn code(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Ara => "ar",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hun => "hu",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Nob => "no",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tha => "th",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Vie => "vi",
        _ => return None,
    })
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
            "Die Bank teilte am Montag mit, dass sie den Zins bei 3,5 Prozent belässt und weitere Schritte prüft.",
            Some("de"),
        );
        check(
            "La banque a annoncé lundi qu'elle maintenait son taux à 3,5 % et que d'autres mesures suivraient.",
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
            "O banco anunciou na segunda-feira que não vai mexer na taxa de juros e que as novas medidas ficam para depois.",
            Some("pt"),
        );
        check(
            "De bank maakte maandag bekend dat zij de rente op 3,5 procent houdt en dat er nog meer maatregelen volgen.",
            Some("nl"),
        );
        check("日本銀行は月曜日に政策金利を据え置くと発表した。", Some("ja"));
        check("中国人民银行周一宣布维持利率不变。", Some("zh"));
    }

    #[test]
    fn few_words_and_figures_tell_nothing() {
        check("", None);
        check("NVDA 3.5% AMD 2.1% INTC -0.4%", None);
        check("Net shr 34 cts vs 31 cts", None);
    }
}
