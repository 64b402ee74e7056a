//! JSON as some programs write it, to JSON: `NaN`, bare control characters, halves of surrogate pairs.

/// A repaired text, and how many characters could not be kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repaired {
    pub(super) text: String,
    pub(super) replaced: usize,
}

/// Numbers that JSON does not have, longest first.
const NO_NUMBERS: &[&str] = &["-Infinity", "Infinity", "NaN"];

/// Writes `text` without what a strict parser stumbles over; `None` where there is nothing of the kind.
pub(super) fn repair(text: &str) -> Option<Repaired> {
    let mut repaired = String::with_capacity(text.len());
    let mut replaced = 0;
    let mut changed = false;
    let mut in_string = false;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let mut used = character.len_utf8();
        match character {
            '"' => {
                in_string = !in_string;
                repaired.push('"');
            }
            '\\' if in_string => {
                let escape = escape(rest);
                used = escape.len();
                if is_half(escape) {
                    repaired.push('\u{fffd}');
                    replaced += 1;
                    changed = true;
                } else {
                    repaired.push_str(escape);
                }
            }
            _ if in_string && character < ' ' => {
                repaired.push_str(match character {
                    '\n' => "\\n",
                    '\t' => "\\t",
                    _ => " ",
                });
                changed = true;
            }
            _ => match NO_NUMBERS.iter().find(|number| !in_string && rest.starts_with(**number)) {
                Some(number) => {
                    repaired.push_str("null");
                    used = number.len();
                    changed = true;
                }
                None => repaired.push(character),
            },
        }
        rest = &rest[used..];
    }
    changed.then_some(Repaired { text: repaired, replaced })
}

/// The escape at the head of `text`: a whole surrogate pair where there is one.
fn escape(text: &str) -> &str {
    let one = if text[1..].starts_with('u') { 6 } else { 2 };
    let Some(first) = text.get(..one) else {
        return &text[..1];
    };
    let is_pair = |pair: &&str| {
        unit(first).is_some_and(|unit| unit & 0xfc00 == 0xd800)
            && unit(&pair[6..]).is_some_and(|unit| unit & 0xfc00 == 0xdc00)
    };
    text.get(..12).filter(|_| one == 6).filter(is_pair).unwrap_or(first)
}

/// Whether `escape` is one half of a surrogate pair alone.
fn is_half(escape: &str) -> bool {
    escape.len() == 6 && unit(escape).is_some_and(|unit| unit & 0xf800 == 0xd800)
}

/// The UTF-16 unit of `\uXXXX`.
fn unit(escape: &str) -> Option<u16> {
    u16::from_str_radix(escape.strip_prefix("\\u")?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, usize)>) {
        let repaired = repair(text).map(|repaired| (repaired.text, repaired.replaced));
        assert_eq!(repaired, expected.map(|(text, replaced)| (text.to_owned(), replaced)), "{text}");
    }

    #[test]
    fn what_strict_parsers_stumble_over_is_repaired() {
        check(r#"{"a":NaN,"b":-Infinity}"#, Some((r#"{"a":null,"b":null}"#, 0)));
        check("{\"a\":\"x\ty\u{1}\"}", Some((r#"{"a":"x\ty "}"#, 0)));
        check(r#"{"a":"x\ud83d y\udcaa"}"#, Some(("{\"a\":\"x\u{fffd} y\u{fffd}\"}", 2)));
    }

    #[test]
    fn what_is_sound_is_left_alone() {
        check(r#"{"a":"NaN \ud83d\ude00 \" \\ é"}"#, None);
        check("\"\\", None);
        check("\"\\u12é", None);
        check(r#""\u""#, None);
    }
}
