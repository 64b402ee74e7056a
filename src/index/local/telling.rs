//! The words that tell an article from the others: frequent in it, rare elsewhere.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::fold::Stemmer;
use super::invert::{Terms, Words};
use super::packed::Packed;
use super::reader::Local;
use super::stored::Stored;
use super::tokens::{Cut, STEM};
use crate::article::Article;
use crate::index::IndexError;

/// The shortest word that tells something; shorter ones are initials and parts of figures.
const SHORTEST: usize = 3;

/// A stem, as counted in one article: how much it weighs there, and a word that has it.
struct Counted {
    weight: u32,
    word: String,
}

/// The `most` telling words of the article called `id`, most telling first; `None` where it is not there.
///
/// They are ranked by frequency in the article times inverse document frequency, as for "more like this" in other
/// engines; words of no other article are left out, for they find nothing.
pub(super) fn words(local: &Local, id: &str, most: usize) -> Result<Option<Vec<String>>, IndexError> {
    let searcher = local.articles();
    let Some(address) = local.find(&searcher, id)? else { return Ok(None) };
    let Packed { body, row } = local.stored(&searcher, address)?;
    let stored: Stored<'_> = postcard::from_bytes(&row).map_err(|_| local.unreadable())?;
    let article = stored.article(&body).ok_or_else(|| local.unreadable())?;
    let all = searcher.num_docs() as f64;
    let mut ranked = Vec::new();
    for (stem, counted) in stems(&article) {
        let term = Fields::term(local.fields.words, &stem);
        let frequency = searcher.doc_freq(&term).map_err(|error| local.broken(&error))?;
        if frequency > 1 {
            // A word said ten times tells little more than one said five times.
            let often = f64::from(counted.weight).ln() + 1.0;
            ranked.push((often * (all / frequency as f64).ln(), counted.word));
        }
    }
    ranked.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    Ok(Some(ranked.into_iter().take(most).filter(|(score, _)| *score > 0.0).map(|(_, word)| word).collect()))
}

/// Every stem of an article that may tell something.
fn stems(article: &Article) -> BTreeMap<String, Counted> {
    let (mut terms, mut words) = (Terms::of_article(), Words::default());
    Cut::of(article, &mut terms, &mut words);
    let stemmer = Stemmer::default();
    let mut stems: BTreeMap<String, Counted> = BTreeMap::new();
    for word in words.all() {
        let Ok(text) = std::str::from_utf8(terms.term(word.term)) else { continue };
        let tells = text.len() >= SHORTEST && text.chars().all(char::is_alphabetic);
        if word.weight() == 0 || !tells || text.starts_with(STEM) {
            continue;
        }
        let stem = stemmer.stem(text).into_owned();
        let counted = stems.entry(stem).or_insert_with(|| Counted { weight: 0, word: text.to_owned() });
        counted.weight += word.weight();
    }
    stems
}
