//! Roles of speakers: their usual short forms, and on whose side they speak.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::article::Speaker;

/// Short forms of roles, and the words that together mean each.
const ROLES: &[(&str, &[&[&str]])] = &[
    ("ceo", &[&["chief", "executive"]]),
    ("cfo", &[&["chief", "financial"], &["finance", "chief"], &["chief", "finance"]]),
    ("coo", &[&["chief", "operating"]]),
    ("cto", &[&["chief", "technology"]]),
    ("cio", &[&["chief", "information"], &["chief", "investment"]]),
    ("cmo", &[&["chief", "marketing"]]),
    ("chair", &[&["chairman"], &["chairwoman"], &["chairperson"]]),
    ("evp", &[&["executive", "vice", "president"]]),
    ("svp", &[&["senior", "vice", "president"]]),
    ("vp", &[&["vice", "president"]]),
    ("ir", &[&["investor", "relations"]]),
];

/// Words of the roles of those who look at companies from outside.
const OUTSIDE: &[&str] = &[
    "analyst",
    "economist",
    "strategist",
    "portfolio manager",
    "fund manager",
    "investor",
    "shareholder",
    "trader",
    "professor",
    "lawyer",
    "attorney",
    "regulator",
    "minister",
    "senator",
    "governor",
    "president of the united",
];

/// They speak for the company.
const RELATIONS: &str = "investor relations";

/// Roles of nobody's side.
const NEITHER: &[&str] = &["operator", "moderator", "reporter", "journalist"];

/// Every word above, sought in one pass: an article names many roles.
static WORDS: LazyLock<Words> = LazyLock::new(Words::new);

/// Some of the words, a bit for each.
type Set = u64;

/// See [`WORDS`].
struct Words {
    /// `None` where it cannot be built, which no list of plain words is the cause of.
    automaton: Option<AhoCorasick>,
    /// In order of [`ROLES`], the words of each way to say it.
    roles: Vec<Vec<Set>>,
    outside: Set,
    relations: Set,
    neither: Set,
}

impl Words {
    fn new() -> Words {
        let mut words: Vec<&str> = Vec::new();
        let mut set = |of: &[&'static str]| {
            of.iter().fold(0, |set: Set, word| {
                let at = words.iter().position(|known| known == word).unwrap_or(words.len());
                if at == words.len() {
                    words.push(word);
                }
                set | 1 << at
            })
        };
        let roles = ROLES.iter().map(|(_, ways)| ways.iter().map(|way| set(way)).collect()).collect();
        let (outside, relations, neither) = (set(OUTSIDE), set(&[RELATIONS]), set(NEITHER));
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&words).ok();
        Words { automaton, roles, outside, relations, neither }
    }

    /// Those that `role` has, even as parts of its words.
    fn of(&self, role: &str) -> Set {
        let found = self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(role));
        found.fold(0, |set, word| set | 1 << word.pattern().as_usize())
    }

    /// The short forms of a role with such words, and the usual long form of each.
    fn short(&self, words: Set) -> impl Iterator<Item = &'static str> {
        let is = move |ways: &&Vec<Set>| ways.iter().any(|way| words & way == *way);
        self.roles.iter().zip(ROLES).filter(move |(ways, _)| is(ways)).map(|(_, (short, _))| *short)
    }
}

/// A role as printed, and its usual short form beside it, so that `cfo` finds a chief financial officer.
pub fn role_words(role: &str) -> String {
    let mut words = role.to_owned();
    let long = abbreviated(role).flat_map(|long| long.iter().copied());
    for other in WORDS.short(WORDS.of(role)).chain(long) {
        words.push(' ');
        words.push_str(other);
    }
    words
}

/// The longest short form, in bytes.
const LONGEST_SHORT: usize = 5;

/// The long form of every role whose short form `role` has.
fn abbreviated(role: &str) -> impl Iterator<Item = &'static [&'static str]> {
    let words = role.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() <= LONGEST_SHORT);
    let set = words.fold(0_u32, |set, word| {
        let at = ROLES.iter().position(|(short, _)| word.eq_ignore_ascii_case(short));
        at.map_or(set, |at| set | 1 << at)
    });
    (0..).zip(ROLES).filter(move |(at, _)| set >> at & 1 == 1).map(|(_, (_, long))| long[0])
}

/// The usual short form of a role, where it has one: `cfo` for `chief financial officer`.
pub fn short_role(role: &str) -> Option<&'static str> {
    WORDS.short(WORDS.of(role)).next()
}

/// `company` for who speaks for a company: officers, people of listed companies, whoever presents in a call; `outside`
/// for analysts, investors, officials and the like.
pub(super) fn side(speaker: &Speaker, in_call: bool) -> Option<&'static str> {
    let role = speaker.role.as_deref().unwrap_or_default();
    let words = WORDS.of(role);
    if words & WORDS.outside != 0 && words & WORDS.relations == 0 {
        return Some("outside");
    }
    let officer = WORDS.short(words).next().is_some() || abbreviated(role).next().is_some();
    let speaks_for = officer || speaker.ticker.is_some() || in_call && !role.is_empty();
    (speaks_for && words & WORDS.neither == 0).then_some("company")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Speaker;

    #[test]
    fn a_role_is_found_by_its_short_and_its_long_form() {
        let cases = [
            ("Chief Financial Officer", "Chief Financial Officer cfo"),
            ("finance chief", "finance chief cfo"),
            ("CEO", "CEO chief executive"),
            ("Chairwoman and CEO", "Chairwoman and CEO chair chief executive"),
            ("Senior Vice President", "Senior Vice President svp vp"),
            ("Director of the Chiefs", "Director of the Chiefs"),
            ("Ceos", "Ceos"),
        ];
        for (role, expected) in cases {
            assert_eq!(role_words(role), expected);
        }
        assert_eq!(["CHIEF OPERATING OFFICER", "executive", "cfo"].map(short_role), [Some("coo"), None, None]);
    }

    #[test]
    fn officers_speak_for_the_company_and_those_who_look_at_it_do_not() {
        let of = |role: &str| {
            let speaker = Speaker { role: Some(role.to_owned()), ..Speaker::default() };
            side(&speaker, false)
        };
        let cases = [
            ("Chief Executive", Some("company")),
            ("CEO", Some("company")),
            ("Head of Investor Relations", Some("company")),
            ("investor", Some("outside")),
            ("Portfolio Manager", Some("outside")),
            ("chief economist", Some("outside")),
            ("Chief Operating Officer and moderator", None),
            ("gardener", None),
        ];
        for (role, expected) in cases {
            assert_eq!(of(role), expected, "{role}");
        }
    }
}
