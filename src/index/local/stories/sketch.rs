//! Which texts may be the same: a few of the least hashes of their runs of words.
//!
//! Of all runs of four words of a text the least hashes are kept (Broder's bottom-k sketch of shingles). A copy that is cut
//! short, has another headline or a notice at its end shares some of them; two texts that share none are not compared.

use std::hash::Hasher;

use rustc_hash::{FxHashSet, FxHasher};

/// How many hashes are kept of a text.
pub(super) const KEPT: usize = 8;

/// Words of a run for the sketch.
const SKETCHED: usize = 4;

/// Words of a run by which two texts are compared: an edited word costs three of them.
const COMPARED: usize = 3;

/// Texts of fewer words are too short to tell a copy from a form of words.
const SHORTEST: usize = 25;

/// Texts this similar are copies: the share of the runs of the shorter that the longer has, too.
const SIMILAR: f64 = 0.85;

/// A copy has at least this share of the runs of the longer; less is a passage.
const LEAST: f64 = 0.3;

/// The share of the figures of the shorter that the longer has, too: forms of words differ in nothing else.
const SAME_FIGURES: f64 = 0.8;

/// The hash of a word, case and marks put aside.
fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in word.chars().flat_map(char::to_lowercase) {
        hasher.write_u32(u32::from(c));
    }
    mixed(hasher.finish())
}

/// Spreads a hash over all bits (the finish of `SplitMix64`).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The words of `text`, hashed, in order.
fn words(text: &str) -> impl Iterator<Item = (&str, u64)> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ',')));
    let words = words.map(|word| word.trim_matches(['.', ','])).filter(|word| !word.is_empty());
    words.map(|word| (word, hash(word)))
}

/// The hashes of all runs of `length` words.
fn runs(hashes: &[u64], length: usize) -> impl Iterator<Item = u64> {
    hashes
        .windows(length)
        .map(|run| mixed(run.iter().fold(0, |hash: u64, word| hash.wrapping_mul(0x0100_0000_01b3).wrapping_add(*word))))
}

/// What is kept of `text` to find its copies by: nothing where it is too short.
pub(in crate::index::local) fn sketch(text: &str) -> Vec<u32> {
    let hashes: Vec<u64> = words(text).map(|(_, hash)| hash).collect();
    if hashes.len() < SHORTEST {
        return Vec::new();
    }
    // The least so far, in order.
    let mut least: Vec<u32> = Vec::with_capacity(KEPT + 1);
    for run in runs(&hashes, SKETCHED) {
        let hash = (run >> 32) as u32;
        let is_less = least.len() < KEPT || hash < least[least.len() - 1];
        if is_less && let Err(at) = least.binary_search(&hash) {
            least.insert(at, hash);
            least.truncate(KEPT);
        }
    }
    least
}

/// A text as it is compared with others.
#[derive(Debug)]
pub(super) struct Shingled {
    runs: FxHashSet<u64>,
    figures: FxHashSet<u64>,
}

impl Shingled {
    pub(super) fn of(text: &str) -> Shingled {
        let mut figures = FxHashSet::default();
        let mut hashes = Vec::new();
        for (word, hash) in words(text) {
            if word.contains(|c: char| c.is_ascii_digit()) {
                figures.insert(hash);
            }
            hashes.push(hash);
        }
        Shingled { runs: runs(&hashes, COMPARED).collect(), figures }
    }

    /// Whether one is a copy of the other: cut short, edited lightly, with something before or after it.
    pub(super) fn is_copy(&self, other: &Shingled) -> bool {
        let (short, long) = if self.runs.len() <= other.runs.len() { (self, other) } else { (other, self) };
        let shared = |of: &FxHashSet<u64>, with: &FxHashSet<u64>| of.iter().filter(|one| with.contains(*one)).count();
        let runs = short.runs.len() as f64;
        if runs == 0.0 || runs < LEAST * long.runs.len() as f64 {
            return false;
        }
        let figures = short.figures.len() as f64;
        shared(&short.runs, &long.runs) as f64 >= SIMILAR * runs
            && shared(&short.figures, &long.figures) as f64 >= SAME_FIGURES * figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Northwind Robotics raised its capital spending on Monday to 400 million dollars, the most in its \
        history, and said that a third of it would go into the plant near Dayton, where the first line is to run before the \
        end of next year and the second by 2027. Orders from grocers rose by 14 percent. Analysts had expected less.";

    fn check(other: &str, expected: bool) {
        assert_eq!(Shingled::of(STORY).is_copy(&Shingled::of(other)), expected, "{other}");
        assert_eq!(Shingled::of(other).is_copy(&Shingled::of(STORY)), expected, "{other}");
        let shares = sketch(STORY).iter().any(|hash| sketch(other).contains(hash));
        assert!(shares || !expected, "a copy that is never compared: {other}");
    }

    #[test]
    fn copies_are_seen_through_what_was_done_to_them() {
        check(STORY, true);
        check(&STORY.to_uppercase(), true);
        check(&format!("{STORY} Copyright Ledger Wire. All rights reserved. Contact: the editor."), true);
        check(&STORY[..STORY.find(" Orders").unwrap()], true);
        check(&STORY.replace("on Monday", "this week"), true);
    }

    #[test]
    fn what_only_looks_alike_is_no_copy() {
        check(&STORY.replace("400", "500").replace("14", "9").replace("2027", "2031"), false);
        check(
            "Northwind Robotics raised its capital spending on Monday, and that is all that is known of it so far, for \
            nobody at the company was there to answer the telephone when we called to ask.",
            false,
        );
        check(&STORY.split(' ').rev().collect::<Vec<_>>().join(" "), false);
        check("", false);
    }

    #[test]
    fn short_texts_have_no_sketch() {
        assert_eq!(sketch("Northwind Robotics raised its capital spending."), Vec::<u32>::new());
        assert_eq!(sketch(STORY).len(), KEPT);
    }
}
