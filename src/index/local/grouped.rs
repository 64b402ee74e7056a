//! The best hits, with each story once.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::query::{EnableScoring, Query as Plan};
use tantivy::{DocAddress, Searcher};

use super::rank::{Ranked, Ranking};
use super::reader::{Local, View};
use super::stories::Stories;
use crate::index::IndexError;
use crate::search::{Dups, Hit, Request};

/// The most ids of copies that are named.
const NAMED: usize = 20;

/// Words by which a quotation is known: shorter ones are said by many.
const TELLING: usize = 5;

/// The best articles with each story once, at the place of its best article, as the one to be shown first where that
/// matches.
pub(super) fn articles(
    ranking: &Ranking<'_>,
    plan: &dyn Plan,
    stories: &Stories,
    request: &Request,
) -> tantivy::Result<Vec<Ranked>> {
    let wanted = request.offset.saturating_add(request.limit);
    let mut fetched = wanted;
    let mut best = loop {
        let ranked = ranking.top(plan, 0, fetched)?;
        let is_all = ranked.len() < fetched;
        let once = once(ranked, stories);
        if once.len() >= wanted || is_all {
            break once;
        }
        fetched = fetched.saturating_mul(2);
    };
    best.truncate(wanted);
    best.drain(..request.offset.min(best.len()));
    for ranked in &mut best {
        let Some(first) = stories.of(ranked.address).map(|story| story[0]) else { continue };
        if first != ranked.address && matches(ranking.searcher, plan, first)? {
            ranked.address = first;
        }
    }
    Ok(best)
}

/// The first of each story.
fn once(ranked: Vec<Ranked>, stories: &Stories) -> Vec<Ranked> {
    let mut seen = FxHashSet::default();
    let first = |ranked: &Ranked| stories.of(ranked.address).map(|story| story[0]);
    ranked.into_iter().filter(|ranked| first(ranked).is_none_or(|first| seen.insert(first))).collect()
}

fn matches(searcher: &Searcher, plan: &dyn Plan, article: DocAddress) -> tantivy::Result<bool> {
    let weight = plan.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut scorer = weight.scorer(searcher.segment_reader(article.segment_ord), 1.0)?;
    Ok(scorer.doc() <= article.doc_id && scorer.seek(article.doc_id) == article.doc_id)
}

/// Says with `hit` how many other copies there are of its story, and names some.
pub(super) fn add_copies(local: &Local, searcher: &Searcher, at: DocAddress, hit: &mut Hit) -> Result<(), IndexError> {
    let stories = local.stories();
    let Some(story) = stories.of(at) else { return Ok(()) };
    hit.reprints = story.len() - 1;
    for copy in story.iter().filter(|copy| **copy != at).take(NAMED) {
        hit.copies.push(local.id(searcher, *copy)?);
    }
    Ok(())
}

/// The best quotations with the same words once, at the place of the best of them.
pub(super) fn quotes(local: &Local, plan: &dyn Plan, view: &View<'_>) -> Result<Vec<Hit>, IndexError> {
    let request = view.request;
    let wanted = request.offset.saturating_add(request.limit);
    let mut fetched = wanted;
    let mut hits: Vec<Hit> = Vec::new();
    let mut read = 0;
    let ranking = local.ranking(view.searcher, request)?;
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    loop {
        let ranked = ranking.top(plan, 0, fetched).map_err(|error| local.broken(&error))?;
        for ranked in ranked.iter().skip(read) {
            let Some(hit) = local.quote_hit(view, ranked)? else { continue };
            let words = hit.quote.as_ref().map(|quote| words(&quote.text)).unwrap_or_default();
            if let Some(place) = places.get(&words).filter(|_| !words.is_empty()) {
                carried_too(&mut hits[*place], hit, request.dups);
            } else {
                places.insert(words, hits.len());
                hits.push(hit);
            }
        }
        read = ranked.len();
        if hits.len() >= wanted || ranked.len() < fetched {
            break;
        }
        fetched = fetched.saturating_mul(2);
    }
    hits.truncate(wanted);
    hits.drain(..request.offset.min(hits.len()));
    Ok(hits)
}

/// Notes that an article of `hit` carries the words of `first`, too.
fn carried_too(first: &mut Hit, hit: Hit, dups: Dups) {
    if dups == Dups::Group && hit.id != first.id && !first.copies.contains(&hit.id) {
        first.reprints += 1;
        if first.copies.len() < NAMED {
            first.copies.push(hit.id);
        }
    }
}

/// The words of a quotation, in small letters; empty where they are few.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    if words.len() < TELLING { String::new() } else { words.join(" ") }
}

/// `docs`, by segment, with one article of each story: the one to be shown first of those that are there.
pub(super) fn one_of_each(stories: &Stories, docs: &mut [(u32, Vec<u32>)]) {
    if stories.is_empty() {
        return;
    }
    let mut found: FxHashSet<DocAddress> = FxHashSet::default();
    for (segment, docs) in docs.iter() {
        let addresses = docs.iter().map(|doc| DocAddress::new(*segment, *doc));
        found.extend(addresses.filter(|address| stories.of(*address).is_some()));
    }
    for (segment, docs) in docs.iter_mut() {
        docs.retain(|doc| {
            let address = DocAddress::new(*segment, *doc);
            let first = stories.of(address).and_then(|story| story.into_iter().find(|member| found.contains(member)));
            first.is_none_or(|first| first == address)
        });
    }
}
