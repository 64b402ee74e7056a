//! Words that make a date, or show that something is none.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::extract::tokens::hash;

/// What a word contributes to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// May stand before a month or a year that stands alone: `in`, `since`, `early`.
    Leads,
    /// Before a year only: `of 2024`, `by 2030`.
    LeadsYear,
    Fiscal,
    Quarter,
    /// `first-quarter`
    OrdinalQuarter,
    Ordinal,
    Last,
    Past,
    This,
    Next,
    Week,
    MonthUnit,
    YearUnit,
    Yesterday,
    Tomorrow,
    /// Before a weekday or a month: it is still to come.
    Ahead,
    /// The same before `to` and `for`.
    Set,
    /// After a weekday: `night`.
    PartOfDay,
    /// After a number: it counts something.
    Counted,
    /// Before or after a weekday: it is a name (`Black Friday`, `Sunday Times`).
    Name,
    Of,
    The,
}

const SIGNS: &[(Sign, &str)] = &[
    (Sign::Leads, "in since until through during early late mid throughout"),
    (Sign::LeadsYear, "by from to for before after between full-year calendar about around end-"),
    (Sign::Fiscal, "fiscal fy"),
    (Sign::Quarter, "quarter"),
    (Sign::OrdinalQuarter, "first-quarter second-quarter third-quarter fourth-quarter"),
    (Sign::Ordinal, "first second third fourth"),
    (Sign::Last, "last previous"),
    (Sign::Past, "past"),
    (Sign::This, "this"),
    (Sign::Next, "next coming upcoming"),
    (Sign::Week, "week"),
    (Sign::MonthUnit, "month"),
    (Sign::YearUnit, "year"),
    (Sign::Yesterday, "yesterday"),
    (Sign::Tomorrow, "tomorrow"),
    (Sign::Ahead, "will would scheduled due expected plans planned ahead"),
    (Sign::Set, "set"),
    (Sign::PartOfDay, "morning afternoon evening night"),
    (Sign::Counted, "percent per percentage million billion trillion shares people jobs workers points"),
    (Sign::Name, "black cyber good super fat ash easter giving palm ruby bloody times telegraph mail football mirror"),
    (Sign::Of, "of"),
    (Sign::The, "the"),
];

/// The signs by the hashes of their words.
#[derive(Debug)]
pub(super) struct Signs {
    by_hash: FxHashMap<u64, Sign>,
    /// A bit for the lowest digits of every hash: most words of a text are none of these, and are told apart here.
    seen: [u64; 64],
}

impl Signs {
    /// The one table.
    pub(super) fn all() -> &'static Signs {
        static ALL: OnceLock<Signs> = OnceLock::new();
        ALL.get_or_init(|| {
            let mut signs = Signs { by_hash: FxHashMap::default(), seen: [0; 64] };
            for (sign, words) in SIGNS {
                for hash in words.split(' ').map(hash) {
                    let (at, bit) = place(hash);
                    signs.seen[at] |= bit;
                    signs.by_hash.insert(hash, *sign);
                }
            }
            signs
        })
    }

    /// The sign of the word with this hash.
    pub(super) fn of(&self, hash: u64) -> Option<Sign> {
        let (at, bit) = place(hash);
        if self.seen[at] & bit == 0 { None } else { self.by_hash.get(&hash).copied() }
    }
}

/// Which bit of the 4096 stands for `hash`.
fn place(hash: u64) -> (usize, u64) {
    let low = (hash & 0xfff) as usize;
    (low >> 6, 1 << (low & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tokens::lexicon::{DATE, words};

    #[test]
    fn the_word_lists_know_with_which_signs_a_date_begins() {
        for (sign, listed) in SIGNS {
            // `last week`, but not `in January`, which is found by its month.
            let begins = matches!(
                sign,
                Sign::Yesterday
                    | Sign::Tomorrow
                    | Sign::Fiscal
                    | Sign::OrdinalQuarter
                    | Sign::Ordinal
                    | Sign::Past
                    | Sign::Last
                    | Sign::This
                    | Sign::Next
            );
            for word in listed.split(' ') {
                assert_eq!(words().classes(hash(word)) & DATE != 0, begins, "{word}");
            }
        }
    }
}
