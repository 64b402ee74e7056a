//! Roles and organisations beside a name: `Avanta Bank's treasurer, Luis Marquez`, `Priya Raman, chief financial
//! officer of Helix Semiconductor`.

use std::ops::Range;

use super::{Office, names};
use crate::extract::tokens::{Shape, Text, Token, lexicon as is};

/// The most tokens of a role before or after a name.
const LONGEST: usize = 9;

/// Whether what follows a name at `after` says that it was a person's: `, 45,`, `, who`, `, chief executive`.
pub(super) fn follows(text: &Text<'_>, after: usize) -> bool {
    let Some(next) = text.tokens.get(after + 1).filter(|_| text.tokens[after].is(',')) else {
        return false;
    };
    matches!(text.word(after + 1), "who" | "whose" | "whom")
        || next.shape == Shape::Number && next.end - next.start == 2
        || behind(text, after, after).is_some()
}

/// What somebody may be chief, head or director of. Company names begin like this too rarely to matter.
const FIELDS: &[&str] = &[
    "communications",
    "compliance",
    "design",
    "finance",
    "financial",
    "investment",
    "legal",
    "marketing",
    "operating",
    "operations",
    "policy",
    "product",
    "production",
    "research",
    "risk",
    "sales",
    "security",
    "strategy",
    "technology",
];

/// The first words of offices of several words.
const OPENERS: &[&str] = &["chief", "vice", "deputy", "executive", "senior"];

fn is_field(text: &Text<'_>, at: usize) -> bool {
    FIELDS.iter().any(|field| text.word(at).eq_ignore_ascii_case(field))
}

/// Whether the word before `first` is a role in lower case: `spokeswoman Maya Brandt`.
pub(super) fn precedes(text: &Text<'_>, first: usize) -> bool {
    let before = first.checked_sub(1).and_then(|before| text.tokens.get(before));
    before.is_some_and(|before| before.any(is::ROLE) && before.shape == Shape::Lower && joined(text, first))
}

/// What is said beside the name `name`, whose titles begin at `title`, about its bearer's role.
pub(super) fn office(text: &Text<'_>, name: &Range<usize>, title: usize) -> Option<Office> {
    let office = before(text, name, title).or_else(|| behind(text, name.end, name.end)).or_else(|| owned(text, title));
    if office.as_ref().is_some_and(|office| office.organization.is_some()) {
        return office;
    }
    // "analyst Jeff Ito of Kestrel Capital"
    let body = matches!(text.word(name.end), "of" | "at" | "from").then(|| names::run(text, name.end + 1)).flatten();
    let body = body.map(|last| name.end + 1..last);
    // "Jeff Ito of Midvale, Ohio"
    let place = |body: &Range<usize>| {
        let near = [body.end - 1, body.end + 1];
        near.iter().any(|index| text.tokens.get(*index).is_some_and(|token| token.any(is::PLACE | is::PEOPLE)))
    };
    let Some(body) = body.filter(|body| !place(body)) else {
        return office;
    };
    let role = office.and_then(|office| office.role);
    Some(Office { known: body.end, role, organization: Some(body) })
}

/// A company in front of the name: "Avanta Bank's Mr. Porter".
fn owned(text: &Text<'_>, title: usize) -> Option<Office> {
    let owner = title.checked_sub(1).filter(|owner| text.tokens[*owner].shape == Shape::Possessive)?;
    let organization = Some(body_ending(text, owner)?);
    Some(Office { known: title + 1, role: None, organization })
}

/// Whether token `index` follows the one before it without a mark.
fn joined(text: &Text<'_>, index: usize) -> bool {
    let (Some(token), Some(before)) = (text.tokens.get(index), text.tokens.get(index.wrapping_sub(1))) else {
        return false;
    };
    token.sentence == before.sentence && before.worded()
}

/// A role in front: "Northwind CEO", "Teller Motors spokeswoman", "the bank's chief economist".
fn before(text: &Text<'_>, name: &Range<usize>, title: usize) -> Option<Office> {
    let tokens = &text.tokens;
    let mut first = name.start;
    while first > 0 && joined(text, first) && name.start - first < LONGEST {
        let token = &tokens[first - 1];
        let modifies = token.shape == Shape::Lower && first > title.saturating_sub(4) && describes(token);
        let inside = first < name.start && within_office(text, first - 1);
        if !(token.any(is::ROLE) || inside || modifies && first < name.start) {
            break;
        }
        first -= 1;
    }
    let mut role = first..name.start;
    let begins = |at: usize| tokens[at].any(is::ROLE) || text.word(at) == "vice" || is_field(text, at);
    while role.start < role.end && !begins(role.start) {
        role.start += 1;
    }
    if !role.clone().any(|index| tokens[index].any(is::ROLE)) {
        return None;
    }
    let mut end = role.start;
    if end > 0 && tokens[end - 1].shape == Shape::Possessive {
        end -= 1;
    }
    Some(Office { known: name.end, role: Some(role), organization: body_ending(text, end) })
}

/// Whether the capitalised word `at` belongs to an office: "Chief Financial Officer", "Vice President", "Finance chief".
fn within_office(text: &Text<'_>, at: usize) -> bool {
    let opens = |at: usize| OPENERS.iter().any(|opener| text.word(at).eq_ignore_ascii_case(opener));
    let chief = (1..=2).any(|back| at >= back && (0..back).all(|step| joined(text, at - step)) && opens(at - back));
    text.tokens[at].capital() && (chief || is_field(text, at))
}

/// Whether a lower-case word may stand within a role: "chief operating officer", not "by" or "said".
fn describes(token: &Token) -> bool {
    !token.any(is::PREPOSITION | is::CONJUNCTION | is::AUXILIARY | is::PRONOUN | is::DETERMINER | is::CUE | is::ADVERB)
}

/// The capitalised words that end before token `end`.
fn body_ending(text: &Text<'_>, end: usize) -> Option<Range<usize>> {
    let mut first = end;
    while first > 0 && end - first < LONGEST {
        let token = &text.tokens[first - 1];
        let inner = first < end && (token.is('&') || text.word(first - 1) == "of");
        let word = !token.any(is::DETERMINER | is::PRONOUN | is::WEEKDAY | is::PEOPLE | is::STARTER | is::CUE);
        let name = token.capital() && word;
        if !(name || inner) || first < end && text.tokens[first].sentence != token.sentence {
            break;
        }
        first -= 1;
    }
    while first < end && !text.tokens[first].capital() {
        first += 1;
    }
    let long = text.bytes(first..end).len() > 1;
    (first < end && long).then_some(first..end)
}

/// An apposition: ", chief financial officer of Helix Semiconductor", ", Avanta Bank's treasurer".
fn behind(text: &Text<'_>, comma: usize, name_end: usize) -> Option<Office> {
    let tokens = &text.tokens;
    if !tokens.get(comma)?.is(',') || tokens[comma].sentence != tokens[name_end.checked_sub(1)?].sentence {
        return None;
    }
    let mut at = comma + 1;
    let mut organization = None;
    if tokens.get(at)?.any(is::DETERMINER) {
        at += 1;
    }
    if let Some(last) = names::run(text, at).filter(|last| *last <= at + LONGEST) {
        let role = (at..last).find(|index| tokens[*index].any(is::ROLE));
        match role {
            Some(role) => {
                organization = (role > at).then_some(at..role);
                at = role;
            }
            None if tokens.get(last).is_some_and(|next| next.shape == Shape::Possessive) => {
                organization = Some(at..last);
                at = last + 1;
            }
            None => {
                organization = Some(at..last);
                at = last;
            }
        }
    }
    let first = at;
    while at - first < LONGEST
        && tokens.get(at).is_some_and(|token| token.worded() && (describes(token) || token.any(is::ROLE)))
    {
        at += 1;
    }
    let role = trim_role(text, first..at)?;
    if organization.is_none() && matches!(text.word(at), "of" | "at" | "for" | "with" | "in") {
        let start = if tokens.get(at + 1).is_some_and(|token| token.any(is::DETERMINER)) { at + 2 } else { at + 1 };
        organization = names::run(text, start).map(|last| start..last);
    }
    let known = organization.clone().map_or(role.end, |body| body.end.max(role.end));
    Some(Office { known, role: Some(role), organization })
}

/// The words up to the last that is a role; nothing when none is.
fn trim_role(text: &Text<'_>, words: Range<usize>) -> Option<Range<usize>> {
    let last = words.clone().rev().find(|index| text.tokens[*index].any(is::ROLE))?;
    Some(words.start..last + 1)
}
