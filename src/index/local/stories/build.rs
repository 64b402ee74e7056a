//! Finds the stories of an index: linear in the number of articles, for only those are compared that share a hash.

use std::collections::hash_map::Entry;
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, ReloadPolicy, Searcher};

use super::sketch::Shingled;
use super::{Filed, filed, write};
use crate::index::IndexError;
use crate::index::local::folder::{self, damaged, storage};
use crate::index::local::packed::Packed;
use crate::index::local::rank::civil;

/// Copies appear within so many days of each other.
const DAYS: i32 = 45;

/// Of the articles that share a hash each is compared with so many of the first, and with as many before it.
const COMPARED: usize = 8;

/// Pairs that are compared together.
const TOGETHER: usize = 2048;

/// An article that may have copies.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    address: DocAddress,
    /// First day of what is known of its date, in days since 1970.
    day: Option<i32>,
    /// Its greatest kept hash: the less, the longer the text.
    greatest: u64,
    /// Whether its segment was looked at before.
    known: bool,
}

/// Brings the stories in `generation` into step with its articles. Writes nothing where nothing changed.
pub(in crate::index::local) fn update(generation: &Path, articles: &Path) -> Result<(), IndexError> {
    let broken = |error: tantivy::TantivyError| damaged(articles, &error);
    let index = folder::open(articles)?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(broken)?;
    let searcher = tantivy::IndexReader::searcher(&reader);
    let segments: Vec<String> =
        searcher.segment_readers().iter().map(|reader| reader.segment_id().uuid_string()).collect();
    let known = filed(generation).unwrap_or_default();
    if !segments.is_empty() && segments == known.segments {
        return Ok(());
    }
    let (candidates, shared) = candidates(&searcher, &known).map_err(broken)?;
    let mut families = Families::new(&candidates);
    unite_known(&known, &segments, &candidates, &mut families);
    compare(&searcher, &candidates, shared, &mut families).map_err(broken)?;
    let stories = in_order(&searcher, &candidates, &mut families).map_err(broken)?;
    write(generation, &Filed { segments, stories }).map_err(|error| storage(generation, &error))
}

/// A kept hash, and the place of the article among the candidates, in order.
type Hashes = Vec<(u32, u32)>;

/// Every article with a sketch, and their hashes.
fn candidates(searcher: &Searcher, known: &Filed) -> tantivy::Result<(Vec<Candidate>, Hashes)> {
    let (mut candidates, mut hashes) = (Vec::new(), Vec::new());
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let fast = reader.fast_fields();
        let Some(sketches) = fast.column_opt::<u64>("sketch")? else { continue };
        let first: Option<Column<u64>> = fast.column_opt("first")?;
        let is_known = known.segments.contains(&reader.segment_id().uuid_string());
        for doc in reader.doc_ids_alive() {
            let place = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
            let mut greatest = None;
            for pair in sketches.values_for_doc(doc) {
                for hash in [pair >> 32, pair & u64::from(u32::MAX)] {
                    greatest = greatest.max(Some(hash));
                    hashes.push((u32::try_from(hash).unwrap_or(u32::MAX), place));
                }
            }
            let Some(greatest) = greatest else { continue };
            let day = first.as_ref().and_then(|column| column.first(doc)).and_then(days);
            candidates.push(Candidate { address: DocAddress::new(segment, doc), day, greatest, known: is_known });
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
    Ok((candidates, hashes))
}

/// Days since 1970.
fn days(number: u64) -> Option<i32> {
    let since = civil(number)?.since(jiff::civil::date(1970, 1, 1)).ok()?;
    Some(since.get_days())
}

/// Which articles are one story.
struct Families {
    /// Each points to another of the same story, the first to itself.
    to: Vec<u32>,
    /// The first and the last day of the story of each first one.
    days: Vec<Option<(i32, i32)>>,
}

impl Families {
    fn new(candidates: &[Candidate]) -> Families {
        Families {
            to: (0..u32::try_from(candidates.len()).unwrap_or(u32::MAX)).collect(),
            days: candidates.iter().map(|candidate| candidate.day.map(|day| (day, day))).collect(),
        }
    }

    fn first(&mut self, mut at: u32) -> u32 {
        while self.to[at as usize] != at {
            let next = self.to[at as usize];
            self.to[at as usize] = self.to[next as usize];
            at = next;
        }
        at
    }

    /// Makes two stories one, unless it would last too long: the same words a year later, and an undated copy of both.
    fn unite(&mut self, one: u32, other: u32) {
        let (one, other) = (self.first(one), self.first(other));
        let days = match (self.days[one as usize], self.days[other as usize]) {
            (Some((first, last)), Some((early, late))) => Some((first.min(early), last.max(late))),
            (days, other) => days.or(other),
        };
        if days.is_none_or(|(first, last)| last - first <= DAYS) {
            self.days[one.min(other) as usize] = days;
            self.to[one.max(other) as usize] = one.min(other);
        }
    }
}

/// What was found to be one story before is one still.
fn unite_known(known: &Filed, segments: &[String], candidates: &[Candidate], families: &mut Families) {
    let places: FxHashMap<DocAddress, u32> =
        (0..).zip(candidates).filter(|(_, it)| it.known).map(|(place, it)| (it.address, place)).collect();
    let ords: Vec<Option<u32>> = known
        .segments
        .iter()
        .map(|id| segments.iter().position(|other| other == id).and_then(|ord| u32::try_from(ord).ok()))
        .collect();
    for story in &known.stories {
        let place = |(segment, doc): &(u32, u32)| {
            let ord = ords.get(*segment as usize).copied().flatten()?;
            places.get(&DocAddress::new(ord, *doc)).copied()
        };
        let members: Vec<u32> = story.iter().filter_map(place).collect();
        for pair in members.windows(2) {
            families.unite(pair[0], pair[1]);
        }
    }
}

/// Compares articles that share a hash, and unites those that are copies.
fn compare(
    searcher: &Searcher,
    candidates: &[Candidate],
    mut hashes: Hashes,
    families: &mut Families,
) -> tantivy::Result<()> {
    let mut pairs: FxHashSet<(u32, u32)> = FxHashSet::default();
    for bucket in hashes.chunk_by_mut(|one, other| one.0 == other.0).filter(|bucket| bucket.len() > 1) {
        // Which are compared must not hang on the order in which threads wrote them.
        bucket.sort_by_key(|(_, place)| (candidates[*place as usize].day, candidates[*place as usize].greatest));
        for (at, (_, later)) in bucket.iter().enumerate() {
            let first = bucket[..at.min(COMPARED)].iter();
            let before = bucket[at.saturating_sub(COMPARED).max(at.min(COMPARED))..at].iter();
            for (_, earlier) in first.chain(before) {
                let (one, other) = (&candidates[*earlier as usize], &candidates[*later as usize]);
                if !(one.known && other.known) && are_near(one, other) {
                    pairs.insert((*earlier.min(later), *earlier.max(later)));
                }
            }
        }
    }
    drop(hashes);
    let mut pairs: Vec<(u32, u32)> = pairs.into_iter().collect();
    pairs.sort_unstable();
    // In parts, for what the first ones show saves comparing the others.
    for part in pairs.chunks(TOGETHER) {
        let open: Vec<(u32, u32)> =
            part.iter().copied().filter(|(one, other)| families.first(*one) != families.first(*other)).collect();
        let (left, right) = open.split_at(open.len() / 2);
        let (left, right) = std::thread::scope(|scope| {
            let left = scope.spawn(|| copies(searcher, candidates, left));
            let right = copies(searcher, candidates, right);
            (left.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), right)
        });
        for (one, other) in left?.into_iter().chain(right?) {
            families.unite(one, other);
        }
    }
    Ok(())
}

/// Those of `pairs` of which one is a copy of the other.
fn copies(searcher: &Searcher, candidates: &[Candidate], pairs: &[(u32, u32)]) -> tantivy::Result<Vec<(u32, u32)>> {
    let mut texts: FxHashMap<u32, Shingled> = FxHashMap::default();
    let mut copies = Vec::new();
    for (one, other) in pairs.iter().copied() {
        for place in [one, other] {
            if let Entry::Vacant(text) = texts.entry(place) {
                let packed: Packed = searcher.doc(candidates[place as usize].address)?;
                text.insert(Shingled::of(&packed.body));
            }
        }
        if texts[&one].is_copy(&texts[&other]) {
            copies.push((one, other));
        }
    }
    Ok(copies)
}

/// Whether nothing in their dates speaks against one being a copy of the other.
fn are_near(one: &Candidate, other: &Candidate) -> bool {
    match (one.day, other.day) {
        (Some(one), Some(other)) => one.abs_diff(other) <= DAYS.unsigned_abs(),
        _ => true,
    }
}

/// The stories of more than one article: the earliest first, undated ones last, then the fullest, then by id.
fn in_order(
    searcher: &Searcher,
    candidates: &[Candidate],
    families: &mut Families,
) -> tantivy::Result<Vec<Vec<(u32, u32)>>> {
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for place in 0..families.to.len() {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let first = families.first(place);
        if first != place {
            members.entry(first).or_insert_with(|| vec![first]).push(place);
        }
    }
    let ids: Vec<Option<StrColumn>> =
        searcher.segment_readers().iter().map(|reader| reader.fast_fields().str("place")).collect::<Result<_, _>>()?;
    let id = |address: DocAddress| {
        let mut id = String::new();
        if let Some(column) = &ids[address.segment_ord as usize]
            && let Some(ord) = column.term_ords(address.doc_id).next()
            && column.ord_to_str(ord, &mut id).is_err()
        {
            id.clear();
        }
        id
    };
    let mut firsts: Vec<u32> = members.keys().copied().collect();
    firsts.sort_unstable();
    let mut stories = Vec::with_capacity(firsts.len());
    for first in firsts {
        let mut story = members.remove(&first).unwrap_or_default();
        story.sort_by_cached_key(|place| {
            let candidate = &candidates[*place as usize];
            (candidate.day.unwrap_or(i32::MAX), candidate.greatest, id(candidate.address))
        });
        let address = |place: &u32| candidates[*place as usize].address;
        stories.push(story.iter().map(address).map(|address| (address.segment_ord, address.doc_id)).collect());
    }
    Ok(stories)
}
