//! The most frequent values of a field, over all segments.
//!
//! Values are numbers within a segment. Which of them can be among the most frequent of all is known before most are
//! read from the dictionary.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::columns::{Named, each};
use crate::search::Values;

/// There are few documents where there are so many values to each.
const SPARSE: usize = 32;

/// The values found in one segment, with their counts, in order of value.
pub(super) struct Segment<'a> {
    pub(super) column: &'a Named,
    pub(super) found: Vec<(u64, usize)>,
    /// How much was counted.
    pub(super) all: usize,
}

impl Segment<'_> {
    fn count(&self, value: &str) -> tantivy::Result<usize> {
        let Some(ord) = self.column.ord(value)? else { return Ok(0) };
        Ok(self.found.binary_search_by_key(&ord, |(ord, _)| *ord).map_or(0, |at| self.found[at].1))
    }

    /// The `most` frequent values, in order of value.
    fn best(&self, most: usize) -> Vec<(u64, usize)> {
        let mut best = self.found.clone();
        if most < best.len() {
            best.select_nth_unstable_by_key(most, |(ord, count)| (Reverse(*count), *ord));
            best.truncate(most);
            best.sort_unstable();
        }
        best
    }

    /// `values`, which are in order, by name.
    fn named(&self, values: Vec<(u64, usize)>) -> tantivy::Result<Vec<(String, usize)>> {
        let ords: Vec<u64> = values.iter().map(|(ord, _)| *ord).collect();
        let names = self.column.names(&ords)?.into_iter();
        Ok(names.zip(values).map(|(name, (_, count))| (name, count)).collect())
    }
}

/// How often each value stands in `docs`, and how many of them have none.
pub(super) fn tallied(column: &StrColumn, docs: &[DocId]) -> (Vec<(u64, usize)>, usize) {
    if docs.len() * SPARSE < column.num_terms() {
        return listed(column, docs);
    }
    let (mut counts, mut last, mut without) = (vec![0_usize; column.num_terms()], None, docs.len());
    each(column.ords(), docs.iter().copied(), |doc, value| {
        without -= usize::from(last.replace(doc) != Some(doc));
        if let Some(count) = usize::try_from(value).ok().and_then(|value| counts.get_mut(value)) {
            *count += 1;
        }
    });
    ((0..).zip(counts).filter(|(_, count)| *count > 0).collect(), without)
}

/// The same for few documents and many values: a list to sort is shorter than the row of all values.
fn listed(column: &StrColumn, docs: &[DocId]) -> (Vec<(u64, usize)>, usize) {
    let (mut list, mut last, mut without) = (Vec::new(), None, docs.len());
    each(column.ords(), docs.iter().copied(), |doc, value| {
        without -= usize::from(last.replace(doc) != Some(doc));
        list.push(value);
    });
    list.sort_unstable();
    (list.chunk_by(u64::eq).map(|run| (run[0], run.len())).collect(), without)
}

/// The `most` frequent values of all segments, those of one count in order of value.
pub(super) fn frequent(segments: &[Segment<'_>], most: usize, without: usize) -> tantivy::Result<Values> {
    let all: usize = segments.iter().map(|segment| segment.all).sum();
    let mut values: Vec<(String, usize)> = match segments {
        [only] => only.named(only.best(most))?,
        several => candidates(several, most, all)?,
    };
    values.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    values.truncate(most);
    let shown: usize = values.iter().map(|(_, count)| count).sum();
    Ok(Values { values, others: all - shown, without })
}

/// The values that can be among the `most` frequent of several segments with `all` counts in all, with their counts.
///
/// The best of the fullest segment are counted everywhere: the least of them is a bound, and a value that reaches it in
/// all reaches the share of it that falls to a segment in one at least. So few names are read from the dictionaries.
/// (This is how Fagin, Lotem and Naor, 2003, bound what they have not seen.)
fn candidates(segments: &[Segment<'_>], most: usize, all: usize) -> tantivy::Result<Vec<(String, usize)>> {
    let Some(fullest) = segments.iter().max_by_key(|segment| segment.all).filter(|_| most > 0) else {
        return Ok(Vec::new());
    };
    let everywhere = |name: &str| segments.iter().map(|segment| segment.count(name)).sum::<tantivy::Result<usize>>();
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for (name, _) in fullest.named(fullest.best(most))? {
        let count = everywhere(&name)?;
        counts.insert(name, count);
    }
    let bound = if counts.len() < most { 1 } else { counts.values().copied().min().unwrap_or(1) };
    let least = |segment: &Segment<'_>| (bound * segment.all).div_ceil(all.max(1)).max(1);
    if segments.iter().all(|segment| least(segment) == 1) {
        // Everything found anywhere is named anyway: adding up is less than looking up.
        counts.clear();
        for segment in segments {
            for (name, count) in segment.named(segment.found.clone())? {
                *counts.entry(name).or_default() += count;
            }
        }
        return Ok(counts.into_iter().collect());
    }
    for segment in segments {
        let least = least(segment);
        let found = segment.found.iter().copied().filter(|(_, count)| *count >= least).collect();
        for (name, _) in segment.named(found)? {
            if let Entry::Vacant(place) = counts.entry(name) {
                let count = everywhere(place.key())?;
                place.insert(count);
            }
        }
    }
    Ok(counts.into_iter().collect())
}
