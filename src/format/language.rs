//! Language names and codes, to two letters.

/// Three-letter codes and English names of the languages that news comes in, by their two letters.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ar", &["ara", "arabic"]),
    ("cs", &["ces", "cze", "czech"]),
    ("da", &["dan", "danish"]),
    ("de", &["deu", "ger", "german", "deutsch"]),
    ("el", &["ell", "gre", "greek"]),
    ("en", &["eng", "english"]),
    ("es", &["spa", "spanish", "español"]),
    ("fi", &["fin", "finnish"]),
    ("fr", &["fra", "fre", "french", "français"]),
    ("he", &["heb", "hebrew"]),
    ("hi", &["hin", "hindi"]),
    ("hu", &["hun", "hungarian"]),
    ("id", &["ind", "indonesian"]),
    ("it", &["ita", "italian", "italiano"]),
    ("ja", &["jpn", "japanese"]),
    ("ko", &["kor", "korean"]),
    ("nl", &["nld", "dut", "dutch"]),
    ("no", &["nor", "nob", "norwegian"]),
    ("pl", &["pol", "polish"]),
    ("pt", &["por", "portuguese", "português"]),
    ("ro", &["ron", "rum", "romanian"]),
    ("ru", &["rus", "russian"]),
    ("sv", &["swe", "swedish"]),
    ("th", &["tha", "thai"]),
    ("tr", &["tur", "turkish"]),
    ("uk", &["ukr", "ukrainian"]),
    ("vi", &["vie", "vietnamese"]),
    ("zh", &["zho", "chi", "chinese"]),
];

/// The two-letter code of a language given as a tag (`en-US`), a code of three letters or an English name.
pub fn code(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let first = name.split(['-', '_', ',', ';', ' ']).next()?;
    if first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(first.to_owned());
    }
    let known = LANGUAGES.iter().find(|(_, names)| names.contains(&first))?;
    Some(known.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(code(name).as_deref(), expected, "{name:?}");
    }

    #[test]
    fn tags_codes_and_names() {
        check("en", Some("en"));
        check("EN-us", Some("en"));
        check("de_AT", Some("de"));
        check("deu", Some("de"));
        check(" English ", Some("en"));
    }

    #[test]
    fn other_words_are_no_language() {
        check("", None);
        check("klingon", None);
        check("x", None);
        check("12", None);
    }
}
