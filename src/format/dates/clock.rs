//! Times of day and their zones.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::tokens::{Kind, Token, is_mark, number, word};

/// Words that may stand between a date and its time.
const BETWEEN: &[&str] =
    &["t", "at", "um", "à", "às", "a", "as", "alle", "ore", "kl", "klo", "v", "в", "о", "h", "las", "om", "г", "р"];

/// Marks that may stand between a date and its time.
const MARKS: &[char] = &[',', '|', '-', '–', '—', '·', '•', '@', '/', '(', ':', '.'];

/// How many tokens may stand between a date and its time.
const FARTHEST: usize = 3;

/// Zone names whose offset does not depend on the reader, in minutes east of Greenwich.
const ZONES: &[(&str, i32)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("wet", 0),
    ("bst", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("est", -300),
    ("edt", -240),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("jst", 540),
    ("kst", 540),
    ("hkt", 480),
    ("sgt", 480),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
];

/// American zones by their short names, with the rules in force since 2007.
const RULES: &[(&str, &str)] =
    &[("et", "EST5EDT,M3.2.0,M11.1.0"), ("pt", "PST8PDT,M3.2.0,M11.1.0"), ("ct", "CST6CDT,M3.2.0,M11.1.0")];

/// Names of weekdays, long and short.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
];

/// A time of day, and where on earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    time: Time,
    zone: Option<Zone>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    Offset(Offset),
    Rule(&'static str),
}

impl Clock {
    /// The instant at which it was this time on `day`; `None` where no zone is known.
    pub(super) fn on(&self, day: Date) -> Option<Timestamp> {
        let moment = DateTime::from_parts(day, self.time);
        match self.zone? {
            Zone::Offset(offset) => offset.to_timestamp(moment).ok(),
            Zone::Rule(rule) => TimeZone::posix(rule).ok()?.to_timestamp(moment).ok(),
        }
    }
}

/// Whether `word`, in lower case, names a weekday.
pub(super) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

/// Passes over a weekday or a zone's name in brackets, and closing marks.
pub(super) fn skip_tail(tokens: &[Token], mut at: usize) -> usize {
    while tokens.get(at).is_some_and(|token| match &token.kind {
        Kind::Word(word) => is_weekday(word) || ZONES.iter().any(|(zone, _)| zone == word),
        Kind::Mark(mark) => matches!(mark, '(' | ')' | '.' | ',' | ']'),
        Kind::Number(..) => false,
    }) {
        at += 1;
    }
    at
}

/// Reads the time that follows a date, over what may stand between; where there is none, nothing is passed over.
pub(super) fn read(tokens: &[Token], after: usize) -> (Option<Clock>, usize) {
    let mut at = after;
    while at - after <= FARTHEST {
        if let (Some(time), next) = read_here(tokens, at) {
            return (Some(time), next);
        }
        match tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Mark(mark)) if MARKS.contains(mark) => at += 1,
            Some(Kind::Word(word)) if BETWEEN.contains(&word.as_str()) => at += 1,
            _ => break,
        }
    }
    (None, after)
}

/// Reads the time that begins at `at`: `10:15`, `10:15:30.5 +01:00`, `10.15 Uhr`, `10h15`, `9 a.m. ET`.
pub(super) fn read_here(tokens: &[Token], at: usize) -> (Option<Clock>, usize) {
    let Some((hour @ 0..=24, 1 | 2)) = number(tokens, at) else {
        return (None, at);
    };
    let mut next = at + 1;
    let mut minute = None;
    if (is_mark(tokens, next, &[':', '.']) || word(tokens, next) == Some("h"))
        && let Some((value @ 0..=59, 2)) = number(tokens, next + 1)
    {
        minute = Some(value);
        next += 2;
    }
    let mut second = 0;
    if minute.is_some()
        && is_mark(tokens, next, &[':'])
        && let Some((value @ 0..=60, 2)) = number(tokens, next + 1)
    {
        second = value.min(59);
        next += 2;
        if is_mark(tokens, next, &['.']) && number(tokens, next + 1).is_some() {
            next += 2;
        }
    }
    let (hour, next, marked) = half(tokens, next, hour);
    if minute.is_none() && !marked {
        return (None, at);
    }
    let (zone, next) = zone(tokens, next);
    let hour = if hour == 24 { 0 } else { hour };
    let parts = [hour, minute.unwrap_or(0), second].map(|part| i8::try_from(part).unwrap_or(-1));
    match Time::new(parts[0], parts[1], parts[2], 0) {
        Ok(time) => (Some(Clock { time, zone }), next),
        Err(_) => (None, at),
    }
}

/// The hour after `am`, `p.m.` or `Uhr`, where the time ends, and whether such a word was there.
fn half(tokens: &[Token], at: usize, hour: u32) -> (u32, usize, bool) {
    let (name, next) = match (word(tokens, at), word(tokens, at + 2)) {
        (Some(first @ ("a" | "p")), Some("m")) if is_mark(tokens, at + 1, &['.']) => {
            (first, at + 3 + usize::from(is_mark(tokens, at + 3, &['.'])))
        }
        (Some("am"), _) => ("a", at + 1),
        (Some("pm"), _) => ("p", at + 1),
        (Some("uhr"), _) => return (hour, at + 1, true),
        _ => return (hour, at, false),
    };
    let hour = match (name, hour) {
        ("a", 12) => 0,
        ("p", 1..=11) => hour + 12,
        _ => hour,
    };
    (hour, next, true)
}

/// The zone at `at`, in brackets perhaps, and where it ends.
fn zone(tokens: &[Token], at: usize) -> (Option<Zone>, usize) {
    let open = usize::from(is_mark(tokens, at, &['(']));
    let (zone, next) = match word(tokens, at + open) {
        Some(name) => {
            let offset = ZONES.iter().find(|(zone, _)| *zone == name).map(|(_, minutes)| *minutes);
            let rule = RULES.iter().find(|(zone, _)| *zone == name).map(|(_, rule)| Zone::Rule(rule));
            let Some(named) = offset.and_then(minutes).or(rule) else {
                return (None, at);
            };
            // `GMT+1` is one hour east of Greenwich.
            let (shift, next) = shift(tokens, at + open + 1, 1);
            (shift.or(Some(named)), next)
        }
        None => shift(tokens, at + open, 2),
    };
    let close = usize::from(zone.is_some() && is_mark(tokens, next, &[')']));
    if zone.is_none() { (None, at) } else { (zone, next + close) }
}

/// `+01:00`, `-0500`, and `+1` where `shortest` allows one digit.
fn shift(tokens: &[Token], at: usize, shortest: usize) -> (Option<Zone>, usize) {
    let Some(Kind::Mark(sign @ ('+' | '-' | '\u{2212}'))) = tokens.get(at).map(|token| &token.kind) else {
        return (None, at);
    };
    let Some((value, digits)) = number(tokens, at + 1).filter(|_| !tokens[at + 1].spaced) else {
        return (None, at);
    };
    let sign = if *sign == '+' { 1 } else { -1 };
    let (hours, mut rest, mut next) = match digits {
        1 | 2 if digits >= shortest => (value, 0, at + 2),
        4 => (value / 100, value % 100, at + 2),
        _ => return (None, at),
    };
    if digits < 3
        && is_mark(tokens, next, &[':'])
        && let Some((value, 2)) = number(tokens, next + 1)
    {
        rest = value;
        next += 2;
    }
    let total = i32::try_from(hours * 60 + rest).unwrap_or(i32::MAX);
    match minutes(sign * total.min(10_000)) {
        Some(zone) => (Some(zone), next),
        None => (None, at),
    }
}

fn minutes(east: i32) -> Option<Zone> {
    if east.abs() > 15 * 60 {
        return None;
    }
    Offset::from_seconds(east * 60).ok().map(Zone::Offset)
}
