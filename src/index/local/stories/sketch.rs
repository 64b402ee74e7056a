//! Which texts may be the same: a few of the least hashes of their runs of words.
//!
//! Of all runs of six words of a text the least hashes are kept (Broder's bottom-k sketch of shingles). A copy that is cut
//! short, has another headline or a notice at its end shares some of them; two texts that share none are not compared.

use crate::letters::letters;

/// How many hashes are kept of a text.
pub(super) const KEPT: usize = 8;

/// Words of a run for the sketch: in texts of common words shorter ones come again by chance.
const SKETCHED: usize = RUN as usize;
const RUN: u32 = 6;

/// What the hash of a run is multiplied by for each word (Karp and Rabin's rolling hash).
const STEP: u64 = 0x0100_0000_01b3;

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

/// Spreads a hash over all bits (the finish of `SplitMix64`).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// A word as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hashed {
    hash: u64,
    is_figure: bool,
}

/// A word being read.
const NOTHING: Hashed = Hashed { hash: 0, is_figure: false };

impl Hashed {
    /// Adds up to eight letters and digits, or one character (`FxHash`).
    fn add(&mut self, value: u64) {
        self.hash = (self.hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// The words of `text` in order, case and marks put aside; figures keep the marks within them.
fn words(text: &str) -> Vec<Hashed> {
    let bytes = text.as_bytes();
    let mut words = Vec::with_capacity(bytes.len() / 6);
    let (mut word, mut at) = (NOTHING, 0);
    while at < bytes.len() {
        let run = letters(bytes, at);
        if run.length > 0 {
            word.is_figure |= run.digits() > 0;
            word.add(run.lower);
            at += run.length;
            continue;
        }
        let c = text[at..].chars().next().unwrap_or_default();
        at += c.len_utf8();
        let is_in_figure = matches!(c, '.' | ',') && word.is_figure && bytes.get(at).is_some_and(u8::is_ascii_digit);
        if is_in_figure || c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| word.add(u64::from(c)));
        } else if word != NOTHING {
            words.push(std::mem::replace(&mut word, NOTHING));
        }
    }
    if word != NOTHING {
        words.push(word);
    }
    words
}

/// The hashes of all runs of `length` words.
fn runs(words: &[Hashed], length: usize) -> impl Iterator<Item = u64> {
    words.windows(length).map(|run| {
        let add = |hash: u64, word: &Hashed| hash.wrapping_mul(STEP).wrapping_add(word.hash);
        mixed(run.iter().fold(0, add))
    })
}

/// What is kept of a text to find its copies by, from the hashes of its words: nothing where it is too short.
pub(in crate::index::local) fn sketch(words: &[u64]) -> Vec<u32> {
    if words.len() < SHORTEST {
        return Vec::new();
    }
    // The least so far, in order, and what a hash must be less than to be one of them.
    let (mut least, mut bound): (Vec<u32>, _) = (Vec::with_capacity(KEPT + 1), u64::MAX);
    let (first, rest) = words.split_at(SKETCHED - 1);
    let mut run = first.iter().fold(0, |run: u64, word| run.wrapping_mul(STEP).wrapping_add(*word));
    let gone = std::iter::once(&0).chain(words);
    for (word, gone) in rest.iter().zip(gone) {
        run = run.wrapping_mul(STEP).wrapping_add(*word).wrapping_sub(gone.wrapping_mul(STEP.wrapping_pow(RUN)));
        let hash = (mixed(run) >> 32) as u32;
        if u64::from(hash) < bound
            && let Err(at) = least.binary_search(&hash)
        {
            least.insert(at, hash);
            least.truncate(KEPT);
            bound = least.get(KEPT - 1).map_or(u64::MAX, |last| u64::from(*last));
        }
    }
    least
}

/// The hashes that are kept of a text, in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sketch {
    hashes: [u32; KEPT],
    kept: usize,
}

impl Sketch {
    /// Of hashes in any order; none where there are none.
    pub(super) fn of(kept: impl Iterator<Item = u32>) -> Option<Sketch> {
        let mut sketch = Sketch { hashes: [0; KEPT], kept: 0 };
        for hash in kept {
            if sketch.kept < KEPT && !sketch.hashes().contains(&hash) {
                sketch.hashes[sketch.kept] = hash;
                sketch.kept += 1;
            }
        }
        let kept = sketch.kept;
        sketch.hashes[..kept].sort_unstable();
        (kept > 0).then_some(sketch)
    }

    pub(super) fn hashes(&self) -> &[u32] {
        &self.hashes[..self.kept]
    }

    /// The greatest of them: the less, the longer the text.
    pub(super) fn greatest(&self) -> u32 {
        self.hashes[self.kept.saturating_sub(1)]
    }

    /// Whether the texts may be copies. Up to the greatest hash that is kept of the longer one, all that the shorter one
    /// has there would be kept of it, too; among millions of texts, many share one hash by chance.
    pub(super) fn may_be_copy(&self, other: &Sketch) -> bool {
        let (long, short) = if self.greatest() <= other.greatest() { (self, other) } else { (other, self) };
        let asked = short.hashes().iter().take_while(|hash| **hash <= long.greatest()).count();
        let shared = short.hashes().iter().filter(|hash| long.hashes().contains(hash)).count();
        shared * FEWEST >= asked
    }
}

/// A copy has at least one in so many of the hashes that are to be expected.
const FEWEST: usize = 3;

/// Hashes that are kept of a text to compare it, at most: a sample of a long one.
const SAMPLE: usize = 512;

/// A set of hashes, the least of them where there are many, in order.
#[derive(Debug)]
struct Sample {
    least: Box<[u32]>,
    /// How many there are of them all.
    all: usize,
}

impl Sample {
    fn of(mut hashes: Vec<u32>) -> Sample {
        hashes.sort_unstable();
        hashes.dedup();
        let all = hashes.len();
        hashes.truncate(SAMPLE);
        Sample { least: hashes.into(), all }
    }

    /// The greatest hash up to which all are kept.
    fn limit(&self) -> u32 {
        if self.all > SAMPLE { self.least[SAMPLE - 1] } else { u32::MAX }
    }

    /// Whether `other` has at least this share of these, too: of the hashes up to which both keep all.
    fn has_in(&self, other: &Sample, share: f64) -> bool {
        let limit = self.limit().min(other.limit());
        let mine = &self.least[..self.least.partition_point(|hash| *hash <= limit)];
        let (mut missing, mut rest) = (0, other.least.iter().peekable());
        mine.iter().all(|hash| {
            while rest.next_if(|other| *other < hash).is_some() {}
            let is_there = rest.peek() == Some(&hash);
            missing += usize::from(!is_there);
            is_there || (mine.len() - missing) as f64 / mine.len() as f64 >= share
        })
    }
}

/// A text as it is compared with others.
#[derive(Debug)]
pub(super) struct Shingled {
    runs: Sample,
    figures: Sample,
}

impl Shingled {
    pub(super) fn of(text: &str) -> Shingled {
        let words = words(text);
        let figures = words.iter().filter(|word| word.is_figure).map(|word| (mixed(word.hash) >> 32) as u32);
        let runs = runs(&words, COMPARED).map(|run| (run >> 32) as u32);
        Shingled { runs: Sample::of(runs.collect()), figures: Sample::of(figures.collect()) }
    }

    /// Whether one is a copy of the other: cut short, edited lightly, with something before or after it.
    pub(super) fn is_copy(&self, other: &Shingled) -> bool {
        let (short, long) = if self.runs.all <= other.runs.all { (self, other) } else { (other, self) };
        if short.runs.all == 0 || (short.runs.all as f64) < LEAST * long.runs.all as f64 {
            return false;
        }
        short.figures.has_in(&long.figures, SAME_FIGURES) && short.runs.has_in(&long.runs, SIMILAR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Northwind Robotics raised its capital spending on Monday to 400 million dollars, the most in its \
        history, and said that a third of it would go into the plant near Dayton, where the first line is to run before the \
        end of next year and the second by 2027. Orders from grocers rose by 14 percent. Analysts had expected less.";

    fn sketched(text: &str) -> Vec<u32> {
        sketch(&words(text).into_iter().map(|word| word.hash).collect::<Vec<_>>())
    }

    fn check(other: &str, expected: bool) {
        assert_eq!(Shingled::of(STORY).is_copy(&Shingled::of(other)), expected, "{other}");
        assert_eq!(Shingled::of(other).is_copy(&Shingled::of(STORY)), expected, "{other}");
        let shares = sketched(STORY).iter().any(|hash| sketched(other).contains(hash));
        let kept = |text: &str| Sketch::of(sketched(text).into_iter());
        let may_be = kept(STORY).zip(kept(other)).is_some_and(|(one, other)| one.may_be_copy(&other));
        assert!(shares && may_be || !expected, "a copy that is never compared: {other}");
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
    fn words_are_the_same_in_any_case_and_with_any_marks() {
        assert_eq!(words("“Zürich’s BANK,” he said."), words("zürich s bank he said"));
        assert_ne!(words("1,234.5"), words("1 234 5"));
        assert_eq!(words("rose 3.5. Then"), words("rose 3.5 then"));
        assert_eq!(words(" … "), Vec::new());
    }

    #[test]
    fn long_texts_are_compared_by_a_sample() {
        let long: Vec<String> = (0..5000).map(|at| format!("w{at}")).collect();
        let whole = Shingled::of(&long.join(" "));
        assert!(whole.runs.all > 4000 && whole.runs.least.len() == SAMPLE);
        assert!(whole.is_copy(&Shingled::of(&long[..2500].join(" "))));
        let other: Vec<String> = long
            .iter()
            .enumerate()
            .map(|(at, word)| if at % 6 == 0 { format!("x{word}") } else { word.clone() })
            .collect();
        assert!(!whole.is_copy(&Shingled::of(&other.join(" "))));
    }

    #[test]
    fn short_texts_have_no_sketch() {
        assert_eq!(sketched("Northwind Robotics raised its capital spending."), Vec::<u32>::new());
        assert_eq!(sketched(STORY).len(), KEPT);
    }
}
