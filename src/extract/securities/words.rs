//! Words of names, compared without case, accents, points, hyphens and the possessive.

/// The hash of the empty run of words.
pub(crate) const NO_WORDS: u64 = 0x9e37_79b9_7f4a_7c15;

/// Legal forms that may follow a company's name, folded.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "cos",
    "companies",
    "ltd",
    "limited",
    "plc",
    "llc",
    "lp",
    "llp",
    "ag",
    "sa",
    "se",
    "nv",
    "bv",
    "ab",
    "asa",
    "oyj",
    "oy",
    "spa",
    "kgaa",
    "kk",
    "as",
    "sab",
    "srl",
    "sarl",
    "gmbh",
    "bhd",
    "berhad",
    "tbk",
    "pjsc",
    "jsc",
    "oao",
    "pao",
    "holding",
    "holdings",
    "group",
];

/// Folds a letter for comparison; `None` for marks that do not count.
pub(crate) fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        return match c {
            '.' | ',' | '\'' | '-' | '!' | '*' => None,
            _ => Some(c.to_ascii_lowercase()),
        };
    }
    Some(match c {
        '’' | '‘' | '‐' | '‑' | '–' | '®' | '™' => return None,
        'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' | 'ă' | 'Ă' | 'ą' | 'Ą' => 'a',
        'ç' | 'Ç' | 'ć' | 'Ć' | 'č' | 'Č' => 'c',
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' | 'ę' | 'Ę' | 'ě' | 'Ě' => 'e',
        'ğ' | 'Ğ' => 'g',
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'Ī' | 'ı' | 'İ' => 'i',
        'ł' | 'Ł' => 'l',
        'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ň' | 'Ň' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' | 'Ō' | 'ő' | 'Ő' => 'o',
        'ř' | 'Ř' => 'r',
        'ś' | 'Ś' | 'š' | 'Š' | 'ş' | 'Ş' => 's',
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' | 'ů' | 'Ů' => 'u',
        'ý' | 'Ý' | 'ÿ' => 'y',
        'ź' | 'Ź' | 'ž' | 'Ž' | 'ż' | 'Ż' => 'z',
        _ => return c.to_lowercase().next(),
    })
}

/// Adds `word` to the hash of the words before it.
pub(crate) fn join(words: u64, word: &str) -> u64 {
    let mut hash = words.rotate_left(23) ^ 0x517c_c1b7_2722_0a95;
    for c in word.chars().filter_map(fold) {
        hash = (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    hash ^ (hash >> 29)
}

/// The words of a name with their places: cut at spaces and at marks that no name holds.
pub(crate) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '"' | '/'))
        .map(bare)
        .filter(|word| !word.is_empty())
}

/// `word` without marks at its ends.
pub(crate) fn bare(word: &str) -> &str {
    word.trim_matches(is_edge)
}

/// Whether `c` is a mark that may stand at the edge of a word without belonging to it.
pub(crate) fn is_edge(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '&' | '+' | '!')
}

/// `word` without a possessive ending, where it has one.
pub(crate) fn without_possessive(word: &str) -> Option<&str> {
    let owner = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending));
    owner.or_else(|| word.strip_suffix(['\'', '’'])).filter(|owner| !owner.is_empty())
}

/// Whether `word` is a legal form (`Inc.`, `PLC`, `S.A.`).
pub(crate) fn is_legal_form(word: &str) -> bool {
    let mut folded = [0u8; 12];
    let mut length = 0;
    for c in word.chars().filter_map(fold) {
        let Ok(byte) = u8::try_from(c) else { return false };
        if length == folded.len() {
            return false;
        }
        folded[length] = byte;
        length += 1;
    }
    LEGAL_FORMS.iter().any(|form| form.as_bytes() == &folded[..length])
}

/// A company's name without the legal forms at its end and the article before it.
pub(crate) fn without_legal_form(name: &str) -> &str {
    let mut name = name.trim();
    while let Some((rest, last)) = name.rsplit_once([' ', ',']) {
        if !(is_legal_form(last) || last == "&" || last.is_empty()) || rest.trim().is_empty() {
            break;
        }
        name = rest.trim_end();
    }
    let name = name.trim_end_matches([',', ' ', '&']);
    name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(name: &str) -> u64 {
        words(name).fold(NO_WORDS, join)
    }

    #[test]
    fn spellings_of_one_name_are_one() {
        assert_eq!(hash("Wal-Mart"), hash("Walmart"));
        assert_eq!(hash("L’Oréal"), hash("L'Oreal"));
        assert_eq!(hash("Société Générale"), hash("SOCIETE GENERALE"));
        assert_eq!(hash("McDonald's"), hash("McDonald’s"));
        assert_eq!(hash("Yahoo!"), hash("Yahoo"));
        assert_ne!(hash("General Motors"), hash("General Mills"));
    }

    #[test]
    fn legal_forms_fall_off() {
        assert_eq!(without_legal_form("Northwind Robotics, Inc."), "Northwind Robotics");
        assert_eq!(without_legal_form("The Northwind Co., Ltd."), "Northwind");
        assert_eq!(without_legal_form("Northwind Holdings plc"), "Northwind");
        assert_eq!(without_legal_form("Northwind S.A."), "Northwind");
        assert_eq!(without_legal_form("Group"), "Group");
    }
}
