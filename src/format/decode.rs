//! From bytes to clean text: encodings, line ends, control characters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Refusal;

/// First bytes of files that are no text, and what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (or an office document)"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3", "a database"),
    (b"Rar!\x1a", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"BZh9", "a bzip2 archive"),
];

/// How many bytes tell whether something is text.
const SAMPLE: usize = 4096;

/// A text with more than one control character in so many characters is no text.
const CONTROL_SHARE: usize = 20;

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    /// The text, without byte order mark.
    pub(super) text: Cow<'a, str>,
    /// How many characters could not be decoded.
    pub(super) replaced: usize,
}

/// Refuses what begins like a file that is no text.
pub(super) fn refuse_binary(head: &[u8]) -> Result<(), Refusal> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Refusal(format!("is {what}, not text")));
    }
    let head = &head[..head.len().min(SAMPLE)];
    if head.contains(&0) && wide(head).is_none() {
        return Err(Refusal("is binary, not text: it holds NUL bytes".to_owned()));
    }
    Ok(())
}

/// Decodes `bytes` by byte order mark, then what they declare (`label`), then as UTF-8, then by their look.
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&[u8]>) -> Decoded<'a> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[length..]);
    }
    let declared = label.and_then(Encoding::for_label);
    // Text that is valid as UTF-8 beyond ASCII is UTF-8 whatever it declares; only escapes look like ASCII.
    if (declared.is_none_or(Encoding::is_ascii_compatible) || !bytes.contains(&0x1b))
        && let Ok(text) = std::str::from_utf8(bytes)
        && !(text.contains('\0') && wide(bytes).is_some())
    {
        return Decoded { text: Cow::Borrowed(text), replaced: 0 };
    }
    if let Some(encoding) = wide(&bytes[..bytes.len().min(SAMPLE)]) {
        return with(encoding, bytes);
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8 && !is_wide(encoding)) {
        return with(encoding, bytes);
    }
    let lossy = with(UTF_8, bytes);
    if mostly_valid(&lossy) {
        return lossy;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    with(detector.guess(None, Utf8Detection::Deny), bytes)
}

/// The text with `\n` as its only line end and without control characters and terminal escapes; refused when it
/// holds so many that it cannot be text.
pub(super) fn clean(text: &str) -> Result<String, Refusal> {
    let mut cleaned = String::with_capacity(text.len());
    let mut controls = 0;
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| SPECIAL[usize::from(byte)]) {
        cleaned.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut characters = rest.chars();
        let Some(character) = characters.next() else { break };
        rest = characters.as_str();
        match character {
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                cleaned.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' => cleaned.push('\n'),
            '\u{1b}' => {
                controls += 1;
                rest = after_escape(rest);
            }
            // A soft hyphen or a mark of no width would cut a word in two.
            '\u{ad}' | '\u{feff}' | '\u{200b}' => (),
            _ if character.is_control() => controls += 1,
            _ => cleaned.push(character),
        }
    }
    cleaned.push_str(rest);
    if controls > 8 && controls > cleaned.len() / CONTROL_SHARE {
        return Err(Refusal("is binary, not text: it holds too many control characters".to_owned()));
    }
    Ok(cleaned)
}

/// First bytes of the characters that [`clean`] looks at; all others it copies.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < b' ' {
        special[byte as usize] = !matches!(byte, b'\n' | b'\t');
        byte += 1;
    }
    special[0x7f] = true;
    // Soft hyphens and late controls, marks of no width.
    special[0xc2] = true;
    special[0xe2] = true;
    special[0xef] = true;
    special
};

/// What follows the rest of a terminal's escape sequence.
fn after_escape(rest: &str) -> &str {
    let Some(rest) = rest.strip_prefix('[') else { return rest };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ';' | '?'));
    rest.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest)
}

/// Overwrites control characters with blanks of the same length, so that every offset stays what it was.
pub(super) fn blank_controls(text: String) -> String {
    // Looked at without stopping: many bytes at once.
    let is_control = |byte: &u8| (*byte < b' ' && *byte != b'\n' && *byte != b'\t') || *byte == 0x7f;
    let any = text.as_bytes().iter().fold(false, |any, byte| any | is_control(byte));
    if !any && !has_late_controls(&text) {
        return text;
    }
    let mut blanked = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' | '\t' => blanked.push(character),
            '\r' if characters.next_if_eq(&'\n').is_some() => {
                // Two line ends in a row must still make a blank line.
                blanked.push_str(if blanked.ends_with('\n') { "\n " } else { " \n" });
            }
            '\r' => blanked.push('\n'),
            _ if character.is_control() => blanked.push(if character.len_utf8() == 1 { ' ' } else { '\u{a0}' }),
            _ => blanked.push(character),
        }
    }
    blanked
}

/// Whether `text` holds a control character from U+0080 to U+009F.
fn has_late_controls(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xc2, bytes).any(|at| bytes.get(at + 1).is_some_and(|next| (0x80..0xa0).contains(next)))
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = if had_errors { text.matches('\u{fffd}').count() } else { 0 };
    Decoded { text, replaced }
}

/// Whether UTF-8 with some damage explains the text better than another encoding would.
fn mostly_valid(lossy: &Decoded) -> bool {
    let beyond_ascii = lossy.text.chars().filter(|character| !character.is_ascii()).count();
    beyond_ascii > 2 * lossy.replaced
}

fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// UTF-16 by its byte order mark, or by NUL in every second byte.
pub(super) fn wide(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Some(encoding).filter(|encoding| is_wide(encoding));
    }
    let zeros = |offset| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (first, second) if half > 1 && second > half / 2 && first <= half / 16 => Some(UTF_16LE),
        (first, second) if half > 1 && first > half / 2 && second <= half / 16 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], label: Option<&str>, expected: &str, replaced: usize) {
        let decoded = decode(bytes, label.map(str::as_bytes));
        assert_eq!((decoded.text.as_ref(), decoded.replaced), (expected, replaced));
    }

    #[test]
    fn a_byte_order_mark_decides() {
        check("\u{feff}Zürich".as_bytes(), Some("windows-1252"), "Zürich", 0);
        check(b"\xff\xfeZ\x00\xfc\x00", None, "Zü", 0);
        check(b"\xfe\xff\x00Z\x00\xfc", None, "Zü", 0);
    }

    #[test]
    fn utf_16_without_a_mark_is_seen() {
        check(b"Z\0u\0r\0i\0c\0h\0", None, "Zurich", 0);
    }

    #[test]
    fn a_declared_encoding_is_used() {
        check(b"Z\xfcrich \x93rates\x94", Some("iso-8859-1"), "Zürich “rates”", 0);
        check(b"\x1b$B;02q\x1b(B", Some("iso-2022-jp"), "三会", 0);
    }

    #[test]
    fn valid_utf8_beats_a_wrong_declaration() {
        check("Zürich".as_bytes(), Some("iso-8859-1"), "Zürich", 0);
    }

    #[test]
    fn an_undeclared_encoding_is_detected() {
        check(b"Z\xfcrich said \x93rate cuts\x94 are near.", None, "Zürich said “rate cuts” are near.", 0);
    }

    #[test]
    fn damaged_utf8_stays_utf8_and_is_counted() {
        check(b"\xc3\xbc\xc3\xa4\xc3\xb6\xc3\x9f \xff end", None, "üäöß \u{fffd} end", 1);
    }

    #[test]
    fn binary_files_are_named() {
        let refused = |bytes: &[u8]| refuse_binary(bytes).unwrap_err().to_string();
        assert_eq!(refused(b"%PDF-1.7 ..."), "is a PDF file, not text");
        assert_eq!(refused(b"ab\0\0\0\x01cd\0"), "is binary, not text: it holds NUL bytes");
        assert_eq!(refuse_binary(b"Z\0u\0r\0i\0c\0h\0"), Ok(()));
    }

    #[test]
    fn controls_and_escapes_go() {
        assert_eq!(clean("a\r\nb\rc\u{1b}[31mred\u{1b}[0m\u{7}\td").unwrap(), "a\nb\ncred\td");
        assert_eq!(clean("infla\u{ad}tion").unwrap(), "inflation");
        assert!(clean(&"\u{1}\u{2}a".repeat(20)).is_err());
    }

    #[test]
    fn blanking_keeps_every_offset() {
        for (text, expected) in [
            ("a\u{1b}[31mb", "a [31mb"),
            ("a\r\n\r\nb\rc", "a \n\n b\nc"),
            ("a\u{9b}b\u{0}", "a\u{a0}b "),
            ("plain\n\ttext", "plain\n\ttext"),
        ] {
            let blanked = blank_controls(text.to_owned());
            assert_eq!(blanked, expected);
            assert_eq!((blanked.len(), blanked.chars().count()), (text.len(), text.chars().count()));
        }
    }
}
