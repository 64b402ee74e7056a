//! Who wrote it, out of the ways in which bylines are printed.

/// Words that stand before the names of a byline.
const BEFORE: &[&str] =
    &["by", "von", "par", "por", "di", "door", "written by", "reported by", "author:", "authors:", "byline:"];

/// The longest name of a person or a desk, in bytes.
const LONGEST: usize = 80;

/// The names in a byline such as "By Jane Doe and John Smith", one each.
pub(super) fn names(byline: &str) -> Vec<String> {
    let byline = without_label(byline.trim());
    let mut found = Vec::new();
    for part in byline
        .split([';', '|', '\n', '·', '•'])
        .flat_map(|part| part.split(" / "))
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
    {
        // "Doe, Jane" is one name; "Jane Doe, John Smith" are two.
        let pieces: Vec<&str> = part.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        match pieces[..] {
            [last, first] if is_one_word(last) && is_one_word(first) => add(&mut found, &format!("{first} {last}")),
            _ => pieces.iter().for_each(|piece| add(&mut found, piece)),
        }
    }
    found
}

/// `text` without "By" or the like in front.
fn without_label(text: &str) -> &str {
    for label in BEFORE {
        if let Some((head, rest)) = text.split_at_checked(label.len())
            && head.eq_ignore_ascii_case(label)
            && rest.starts_with([' ', ':', '\u{a0}'])
        {
            return without_label(rest.trim_start_matches([' ', ':', '\u{a0}']));
        }
    }
    text
}

fn is_one_word(name: &str) -> bool {
    !name.contains(char::is_whitespace)
}

/// Adds a name unless it is known already, an address, or no name at all.
pub(super) fn add(found: &mut Vec<String>, name: &str) {
    let name = name.trim().trim_start_matches('@');
    // Clippers for notebooks write [[Jane Doe]], or [[people/Jane Doe]].
    let linked = name.strip_prefix("[[").map(|name| name.trim_end_matches(']'));
    let name = linked.map_or(name, |name| name.rsplit('/').next().unwrap_or(name));
    let name = without_label(name).split_whitespace().collect::<Vec<_>>().join(" ");
    let is_address = name.contains("://") || name.contains('@') || name.starts_with("www.") || name.contains(".com/");
    if name.is_empty() || name.len() > LONGEST || is_address || !name.contains(char::is_alphabetic) {
        return;
    }
    if !found.contains(&name) {
        found.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(byline: &str, expected: &[&str]) {
        assert_eq!(names(byline), expected, "{byline:?}");
    }

    #[test]
    fn one_name_each() {
        check("By Jane Doe and John Smith", &["Jane Doe", "John Smith"]);
        check("BY JANE DOE", &["JANE DOE"]);
        check("Jane Doe, John Smith & Ann Lee", &["Jane Doe", "John Smith", "Ann Lee"]);
        check("Von Jane Doe; John Smith", &["Jane Doe", "John Smith"]);
        check("Doe, Jane", &["Jane Doe"]);
        check("By: By Jane Doe", &["Jane Doe"]);
        check("Byron Bay", &["Byron Bay"]);
        check("[[Jane Doe]]", &["Jane Doe"]);
    }

    #[test]
    fn addresses_are_no_names() {
        check("https://example.com/jane", &[]);
        check("jane@example.com, Jane Doe", &["Jane Doe"]);
        check("  ", &[]);
        check("2025", &[]);
    }
}
