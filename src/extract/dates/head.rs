//! Dates at the head of a text: a line that holds nothing else, and the dateline.

use std::ops::Range;

use super::named::{Named, What};
use crate::article::Precision;
use crate::extract::tokens::lexicon::CUE;
use crate::extract::tokens::{Gap, Shape, Text};
use crate::format::dates::{Reading, find_date, read_date};

/// The most lines from the beginning in which a date line or a dateline is looked for.
const LINES: usize = 10;

/// The most bytes of a line that may hold a date only.
const LONGEST_LINE: usize = 80;

/// The most bytes of a line directly above, such as a byline.
const LONGEST_BYLINE: usize = 50;

/// The most bytes of a dateline up to the end of its date.
const LONGEST_DATELINE: usize = 90;

/// The most bytes of a date without a year of four digits: `30-Jan-25`.
const LONGEST_NUMBERS: usize = 12;

/// The most bytes of a line that does not yet belong to the story.
const LONGEST_HEAD: usize = 200;

/// The most bytes of a dateline before its date: places, a source.
const LONGEST_PLACE: usize = 60;

/// Marks within the places of a dateline.
const MARKS: &[char] = &[',', '.', '/', '(', ')', '—', '–', '-', '*', '&', '['];

/// Marks that join them to the date.
const JOINTS: &[char] = &[',', '—', '–', '-', ')', '(', '*', '['];

/// The last byte up to which a dateline is looked for within a line.
const FARTHEST: usize = 800;

/// Words that begin a line with a date of publication among other things.
const LABELS: &[&str] = &["by", "published", "posted"];

/// Marks between the parts of such a line.
const SEPARATORS: [char; 6] = ['|', '·', '•', '–', '—', '-'];

/// Words that begin a line with the date of a change rather than of publication.
const CHANGED: &[&str] = &["updated", "last", "modified", "revised", "corrected"];

/// The date of the first line at the head of `body` that holds only a date, and where it stands.
///
/// A byline and a line that says `Published` may hold more beside it.
pub(super) fn line(body: &str) -> Option<(Reading, Range<usize>)> {
    let mut changed = None;
    let mut above: Option<Range<usize>> = None;
    for (start, line) in lines(body) {
        let trimmed = line.trim();
        if trimmed.len() > LONGEST_HEAD {
            break;
        }
        let from = start + line.len() - line.trim_start().len();
        let place = from..from + trimmed.len();
        // A long line directly above that is not the first may go on here.
        let long = above.replace(place.clone()).filter(|above| above.start > 0 && above.len() > LONGEST_BYLINE);
        if trimmed.len() > LONGEST_LINE || !may_be_date(trimmed) {
            continue;
        }
        if long.is_some_and(|above| body[above.end..place.start].matches('\n').count() < 2) {
            continue;
        }
        let word = trimmed.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
        let Some((reading, range)) = only_date(trimmed, &word) else {
            continue;
        };
        let found = (reading, place.start + range.start..place.start + range.end);
        if !CHANGED.contains(&word.as_str()) {
            return Some(found);
        }
        changed.get_or_insert(found);
    }
    changed
}

/// Reads a line that begins with `word` as a date, and says where in it the date stands.
fn only_date(line: &str, word: &str) -> Option<(Reading, Range<usize>)> {
    let bytes = line.as_bytes();
    if let Some(reading) = read_date(line).filter(|(_, precision, _)| *precision > Precision::Year) {
        let number = bytes.iter().all(u8::is_ascii_digit);
        return (!number).then_some((reading, 0..line.len()));
    }
    if !LABELS.contains(&word) || !line.starts_with(char::is_uppercase) {
        return None;
    }
    let (reading, range) = find_date(line)?;
    let (before, after) = (line[..range.start].trim_end(), line[range.end..].trim_start());
    // "By Friday, January 31, 2025, the company" is a sentence.
    let apart = after.is_empty() || after.starts_with(SEPARATORS) || after.starts_with(',') && word != "by";
    let labelled = before.split(' ').count() == 1 || before.ends_with(SEPARATORS) || before.ends_with([',', ':']);
    (apart && labelled).then_some((reading, range))
}

/// Whether `line` is worth reading: it has a year or is short, and looks neither like a sentence that was wrapped by
/// hand, of which a full stop behind the year is the end, nor like a table, which has gaps.
fn may_be_date(line: &str) -> bool {
    let bytes = line.as_bytes();
    let short = line.len() <= LONGEST_NUMBERS && bytes.iter().any(u8::is_ascii_digit);
    (short || has_year(line)) && !matches!(bytes, [.., b'0'..=b'9', b'.']) && !line.contains("   ")
}

/// Whether `text` may hold a year: a look at the bytes, which spares most lines the reading.
fn has_year(text: &str) -> bool {
    // Most have no digit at all, and that is told without a branch for every byte.
    if !text.bytes().fold(false, |found, byte| found | byte.is_ascii_digit()) {
        return false;
    }
    let mut digits = 0;
    for byte in text.bytes().chain([b' ']) {
        if byte.is_ascii_digit() {
            digits += 1;
        } else if matches!(digits, 4 | 8) {
            return true;
        } else {
            digits = 0;
        }
    }
    false
}

/// The lines at the head of `body` that are not empty, with their places.
fn lines(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let lines = body.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    });
    lines.filter(|(_, line)| !line.trim().is_empty()).take(LINES)
}

/// A dateline's date: `NEW YORK, Feb 2 (Reuters) -`, `LONDON--(BUSINESS WIRE)--Feb 2, 2025--`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dateline {
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) day: i8,
    /// First byte of the date in the body.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

/// Finds the dateline at the beginning of one of the first lines of `body`; `named` are the dates in it.
pub(super) fn dateline(body: &Text<'_>, named: &[Named]) -> Option<Dateline> {
    for start in body.lines.iter().take(LINES).map(|line| *line as usize) {
        if let Some(found) = in_english(body, named, start) {
            return Some(found);
        }
        if let Some(found) = in_any_language(body, start) {
            return Some(found);
        }
    }
    within_line(body, named)
}

/// A place in capitals, a date and a source in brackets are a dateline behind a byline or a summary too.
fn within_line(body: &Text<'_>, named: &[Named]) -> Option<Dateline> {
    let mut near = named.iter().take_while(|found| body.bytes(found.first..found.last).end < FARTHEST);
    near.find_map(|found| {
        let What::Days { year, month, first, last } = found.what else {
            return None;
        };
        let before = body.tokens.get(..found.first)?;
        let place = before
            .iter()
            .rev()
            .take_while(|token| token.shape == Shape::AllCaps || token.is(',') || token.is('/') || token.is('.'));
        let capitals = place.filter(|token| token.shape == Shape::AllCaps).count();
        let bytes = body.bytes(found.first..found.last);
        let ends = ends(body.text.get(bytes.end..)?, Place { joined: false, source: false }, year.is_some());
        let sound = capitals > 0 && before.last()?.is(',') && first == last && ends;
        sound.then_some(Dateline { year, month, day: first, start: bytes.start, end: bytes.end })
    })
}

fn in_english(body: &Text<'_>, named: &[Named], start: usize) -> Option<Dateline> {
    let found = named.iter().find(|found| found.first >= start)?;
    let What::Days { year, month, first, last } = found.what else {
        return None;
    };
    let bytes = body.bytes(found.first..found.last);
    let place = place(body, start..found.first)?;
    let ends = ends(body.text.get(bytes.end..)?, place, year.is_some());
    (first == last && ends).then_some(Dateline { year, month, day: first, start: bytes.start, end: bytes.end })
}

/// A full date in the words of any language, where a dateline may have one: `Oslo, 2. April 2025. Die Reederei …`
fn in_any_language(body: &Text<'_>, start: usize) -> Option<Dateline> {
    if !body.tokens[start].capital() {
        return None;
    }
    let from = body.tokens[start].start as usize;
    let head = body.text.get(from..)?;
    let head = &head[..head.floor_char_boundary(LONGEST_DATELINE)];
    let head = head.lines().next()?;
    if !has_year(head) {
        return None;
    }
    let ((day, ..), range) = find_date(head)?;
    let date = from + range.start..from + range.end;
    let place = place(body, start..body.at(date.start))?;
    let ends = ends(body.text.get(date.end..)?, place, true);
    ends.then_some(Dateline {
        year: Some(day.year()),
        month: day.month(),
        day: day.day(),
        start: date.start,
        end: date.end,
    })
}

/// What stands before the date of a dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// Whether a comma or a dash joins it to the date: otherwise the source in brackets must follow.
    joined: bool,
    /// Whether it names the source in brackets.
    source: bool,
}

/// Reads the tokens before a date as the places of a dateline.
fn place(body: &Text<'_>, range: Range<usize>) -> Option<Place> {
    let bytes = body.bytes(range.clone());
    let tokens = body.tokens.get(range)?;
    let Some(last) = tokens.last() else {
        return Some(Place { joined: false, source: false });
    };
    if bytes.len() > LONGEST_PLACE {
        return None;
    }
    let fits = tokens.iter().skip(1).all(|token| token.gap < Gap::Line)
        && tokens.iter().all(|token| match token.shape {
            Shape::Capitalised | Shape::AllCaps => !token.any(CUE),
            Shape::Mark => MARKS.iter().any(|mark| token.is(*mark)),
            Shape::Lower => matches!(token.of(body.text), "de" | "del" | "la" | "am" | "an" | "on" | "and"),
            Shape::Number | Shape::Possessive | Shape::Mixed => false,
        });
    let joined = JOINTS.iter().any(|mark| last.is(*mark));
    let capitals = tokens.iter().all(|token| matches!(token.shape, Shape::AllCaps | Shape::Mark));
    (fits && (joined || capitals)).then(|| Place { joined, source: tokens.iter().any(|token| token.is(')')) })
}

/// Whether `rest`, behind a date at the head of a line, ends a dateline rather than goes on with a sentence.
fn ends(rest: &str, place: Place, full: bool) -> bool {
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    let dash = rest.starts_with(['-', '–', '—']);
    let slash = rest.strip_prefix('/').is_some_and(|rest| rest.chars().take(40).any(|c| c == '/'));
    let bracket = rest.strip_prefix('(').is_some_and(|rest| {
        let close = rest.find(')').filter(|close| *close < 60);
        // What stands in the bracket is an outlet's name, and a dash follows it, or a new paragraph.
        close.is_some_and(|close| {
            let after = rest[close + 1..].trim_start_matches([' ', '\u{a0}']);
            rest.starts_with(char::is_uppercase) && (after.starts_with(['-', '–', '—', ':', '\n']) || place.source)
        })
    });
    let stop = full && rest.starts_with(['.', ':']) && rest.get(1..2) == Some(" ");
    bracket || slash || place.joined && (dash || stop)
}
