//! Finds the stories of an index: linear in the number of articles, for only those are compared that share a hash.

use std::path::Path;

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, ReloadPolicy, Searcher};

use super::compare::compare;
use super::families::Families;
use super::filed::Filed;
use super::sketch::Sketch;
use super::unmapped;
use crate::index::IndexError;
use crate::index::local::folder::{damaged, storage};
use crate::index::local::rank::civil;

/// An article that may have copies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) address: DocAddress,
    /// First day of what is known of its date, in days since 1970.
    pub(super) day: Option<i32>,
    pub(super) sketch: Sketch,
    /// Whether its segment was looked at before.
    pub(super) known: bool,
}

/// Brings the stories in `generation` into step with its articles. Writes nothing where nothing changed.
pub(in crate::index::local) fn update(generation: &Path, articles: &Path) -> Result<(), IndexError> {
    let broken = |error: tantivy::TantivyError| damaged(articles, &error);
    let index = unmapped::open(articles).map_err(broken)?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(broken)?;
    let searcher = tantivy::IndexReader::searcher(&reader);
    let segments: Vec<String> =
        searcher.segment_readers().iter().map(|reader| reader.segment_id().uuid_string()).collect();
    let known = Filed::read(generation).unwrap_or_default();
    if !segments.is_empty() && segments == known.segments {
        return Ok(());
    }
    let (candidates, shared) = candidates(&searcher, &known).map_err(broken)?;
    let mut families = Families::new(&candidates);
    unite_known(&known, &segments, &candidates, &mut families);
    compare(&searcher, &candidates, shared, &mut families).map_err(broken)?;
    let stories = in_order(&searcher, &candidates, &mut families).map_err(broken)?;
    Filed { segments, stories }.write(generation).map_err(|error| storage(generation, &error))
}

/// Kept hashes, each with the place of the article among the candidates.
pub(super) type Hashes = Vec<(u32, u32)>;

/// Every article with a sketch, and their hashes.
fn candidates(searcher: &Searcher, known: &Filed) -> tantivy::Result<(Vec<Candidate>, Hashes)> {
    let (mut candidates, mut hashes) = (Vec::new(), Vec::new());
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let fast = reader.fast_fields();
        let Some(sketches) = fast.column_opt::<u64>("sketch")? else { continue };
        let first: Option<Column<u64>> = fast.column_opt("first")?;
        let is_known = known.segments.contains(&reader.segment_id().uuid_string());
        for doc in reader.doc_ids_alive() {
            let pairs = sketches.values_for_doc(doc);
            let kept = pairs.flat_map(|pair| [pair >> 32, pair & u64::from(u32::MAX)]);
            let Some(sketch) = Sketch::of(kept.map(|hash| u32::try_from(hash).unwrap_or(u32::MAX))) else { continue };
            let place = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
            hashes.extend(sketch.hashes().iter().map(|hash| (*hash, place)));
            let day = first.as_ref().and_then(|column| column.first(doc)).and_then(days);
            candidates.push(Candidate { address: DocAddress::new(segment, doc), day, sketch, known: is_known });
        }
    }
    Ok((candidates, hashes))
}

/// Days since 1970.
fn days(number: u64) -> Option<i32> {
    let since = civil(number)?.since(jiff::civil::date(1970, 1, 1)).ok()?;
    Some(since.get_days())
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
    // Within a segment, the numbers of ids are in their order.
    let number = |address: DocAddress| {
        let column = ids[address.segment_ord as usize].as_ref()?;
        Some((column, column.term_ords(address.doc_id).next()?))
    };
    let id = |address: DocAddress| {
        let mut id = String::new();
        let read = number(address).is_some_and(|(column, ord)| column.ord_to_str(ord, &mut id).is_ok());
        if read { id } else { String::new() }
    };
    let address = |place: &u32| candidates[*place as usize].address;
    let mut firsts: Vec<u32> = members.keys().copied().collect();
    firsts.sort_unstable();
    let mut stories = Vec::with_capacity(firsts.len());
    for first in firsts {
        let mut story = members.remove(&first).unwrap_or_default();
        let key = |place: &u32| {
            (candidates[*place as usize].day.unwrap_or(i32::MAX), candidates[*place as usize].sketch.greatest())
        };
        story.sort_unstable_by_key(key);
        for alike in story.chunk_by_mut(|one, other| key(one) == key(other)).filter(|alike| alike.len() > 1) {
            let segment = address(&alike[0]).segment_ord;
            if alike.iter().all(|place| address(place).segment_ord == segment) {
                alike.sort_by_cached_key(|place| number(address(place)).map(|(_, ord)| ord));
            } else {
                alike.sort_by_cached_key(|place| id(address(place)));
            }
        }
        stories.push(story.iter().map(address).map(|address| (address.segment_ord, address.doc_id)).collect());
    }
    Ok(stories)
}
