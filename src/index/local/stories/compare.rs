//! Compares articles that share a hash.

use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;
use tantivy::Searcher;

use super::build::{Candidate, Hashes};
use super::families::{DAYS, Families};
use super::sketch::Shingled;
use crate::index::beside::{beside, joined};
use crate::index::local::packed::Packed;

/// Of the articles that share a hash each is compared with so many of the first, and with as many before it.
const COMPARED: usize = 8;

/// Pairs that are compared together. Their texts are read in the order in which they lie on disk, each once.
const TOGETHER: usize = 1 << 15;

/// Pairs that are looked at together: what one shows saves looking at others, and two threads share them. Tests have pairs
/// in several goes.
const AT_ONCE: usize = if cfg!(test) { 2 } else { 1 << 9 };

/// Texts that a thread reads before it asks for more: two threads are done at the same time.
const READ_AT_ONCE: usize = 64;

/// Two articles, by their places among the candidates.
type Pair = (u32, u32);

/// Compares articles that share a hash, and unites those that are copies.
pub(super) fn compare(
    searcher: &Searcher,
    candidates: &[Candidate],
    hashes: Hashes,
    families: &mut Families,
) -> tantivy::Result<()> {
    // In parts, for what the first ones show saves reading the others.
    for part in pairs(candidates, hashes).chunks(TOGETHER) {
        let is_open = |(one, other): &Pair, families: &mut Families| families.first(*one) != families.first(*other);
        let open: Vec<Pair> = part.iter().copied().filter(|pair| is_open(pair, families)).collect();
        let texts = texts(searcher, candidates, &open)?;
        for some in open.chunks(AT_ONCE) {
            let open: Vec<Pair> = some.iter().copied().filter(|pair| is_open(pair, families)).collect();
            for (one, other) in copies(&open, &texts) {
                families.unite(one, other);
            }
        }
    }
    Ok(())
}

/// The `pairs` that are copies.
fn copies(pairs: &[Pair], texts: &FxHashMap<u32, Shingled>) -> Vec<Pair> {
    let among = |pairs: &[Pair]| -> Vec<Pair> {
        pairs.iter().copied().filter(|(one, other)| texts[one].is_copy(&texts[other])).collect()
    };
    let (left, right) = pairs.split_at(pairs.len() / 2);
    let (mut left, right) = beside(|| among(left), || among(right));
    left.extend(right);
    left
}

/// The pairs that are to be compared, in order.
fn pairs(candidates: &[Candidate], hashes: Hashes) -> Vec<Pair> {
    let (even, odd) = hashes.into_iter().partition(|(hash, _)| hash % 2 == 0);
    let (mut pairs, others) = beside(|| sharing(candidates, even), || sharing(candidates, odd));
    pairs.extend(others);
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs that share one of `hashes` and are to be compared.
fn sharing(candidates: &[Candidate], mut hashes: Hashes) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    hashes.sort_unstable();
    for bucket in hashes.chunk_by_mut(|one, other| one.0 == other.0).filter(|bucket| bucket.len() > 1) {
        // Which are compared must not hang on the order in which threads wrote them.
        bucket
            .sort_by_key(|(_, place)| (candidates[*place as usize].day, candidates[*place as usize].sketch.greatest()));
        for (at, (_, later)) in bucket.iter().enumerate() {
            let first = bucket[..at.min(COMPARED)].iter();
            let before = bucket[at.saturating_sub(COMPARED).max(at.min(COMPARED))..at].iter();
            for (_, earlier) in first.chain(before) {
                let (one, other) = (&candidates[*earlier as usize], &candidates[*later as usize]);
                if !(one.known && other.known) && are_near(one, other) && one.sketch.may_be_copy(&other.sketch) {
                    pairs.push((*earlier.min(later), *earlier.max(later)));
                }
            }
        }
    }
    pairs
}

/// The texts of all articles in `pairs`, by place.
fn texts(searcher: &Searcher, candidates: &[Candidate], pairs: &[Pair]) -> tantivy::Result<FxHashMap<u32, Shingled>> {
    let mut places: Vec<u32> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
    places.sort_unstable();
    places.dedup();
    let next = AtomicUsize::new(0);
    let read = || -> tantivy::Result<Vec<(u32, Shingled)>> {
        let mut read = Vec::with_capacity(places.len() / 2);
        while let Some(some) = places.chunks(READ_AT_ONCE).nth(next.fetch_add(1, Ordering::Relaxed)) {
            for place in some {
                let packed: Packed = searcher.doc(candidates[*place as usize].address)?;
                read.push((*place, Shingled::of(&packed.body)));
            }
        }
        Ok(read)
    };
    let (left, right) = std::thread::scope(|scope| {
        let left = scope.spawn(read);
        let right = read();
        (joined(left), right)
    });
    Ok(left?.into_iter().chain(right?).collect())
}

/// Whether nothing in their dates speaks against one being a copy of the other.
fn are_near(one: &Candidate, other: &Candidate) -> bool {
    match (one.day, other.day) {
        (Some(one), Some(other)) => one.abs_diff(other) <= DAYS.unsigned_abs(),
        _ => true,
    }
}
