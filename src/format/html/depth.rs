//! How deep a page is nested, counted before a tree is built.

use crate::format::Refusal;

/// The deepest nesting that is read. Real pages stay below a hundred; unclosed tags add up in careless ones.
const DEEPEST: usize = 2048;

/// Elements that never hold others, or that the next of their kind closes.
const FLAT: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param", b"source",
    b"track", b"wbr", b"p", b"li", b"td", b"th", b"tr", b"dt", b"dd", b"option", b"tbody", b"thead", b"rect", b"path",
    b"circle", b"use",
];

/// Refuses a page that is nested too deep.
pub(super) fn check(html: &str) -> Result<(), Refusal> {
    let bytes = html.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &bytes[at..]) {
        at += next + 1;
        let rest = &bytes[at..];
        let closes = rest.first() == Some(&b'/');
        let name = name(&rest[usize::from(closes)..]);
        if name.is_empty() || FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name)) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
            continue;
        }
        if name.eq_ignore_ascii_case(b"script") || name.eq_ignore_ascii_case(b"style") {
            // What looks like tags in a script is none.
            let end = if name.len() == 6 { &b"</script"[..] } else { &b"</style"[..] };
            let Some(length) = find(rest, end) else { break };
            at += length + end.len();
            continue;
        }
        depth += 1;
        if depth > DEEPEST {
            return Err(Refusal(format!("is nested more than {DEEPEST} elements deep")));
        }
    }
    Ok(())
}

fn name(bytes: &[u8]) -> &[u8] {
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return b"";
    }
    let end = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    &bytes[..end]
}

/// Where `needle`, in small letters, is in `bytes`, in any case.
fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'<', bytes)
        .find(|at| bytes.get(*at..at + needle.len()).is_some_and(|found| found.eq_ignore_ascii_case(needle)))
}
