//! Which indexed words a typed word stands for.

use std::collections::BTreeMap;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::analyzer;
use super::fold::Stemmer;
use super::together::Run;

/// A prefix or a stem stands for no more words than this; of more, the most frequent are taken.
pub(super) const MOST_WORDS: usize = 256;

/// Words found in the index, and how many there were.
#[derive(Debug, Default)]
pub(super) struct Expansion {
    /// The words, most frequent first.
    pub(super) words: Vec<String>,
    /// How many there are in all.
    pub(super) of: usize,
}

/// The words of `field` that begin with `prefix` and that `keep` lets through.
pub(super) fn expand(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
    keep: impl Fn(&str) -> bool,
) -> tantivy::Result<Expansion> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        while stream.advance() {
            if !stream.key().starts_with(prefix.as_bytes()) {
                break;
            }
            if let Ok(word) = std::str::from_utf8(stream.key())
                && keep(word)
            {
                *found.entry(word.to_owned()).or_default() += u64::from(stream.value().doc_freq);
            }
        }
    }
    let of = found.len();
    let mut words: Vec<(String, u64)> = found.into_iter().collect();
    words.sort_by_key(|(_, frequency)| std::cmp::Reverse(*frequency));
    words.truncate(MOST_WORDS);
    Ok(Expansion { words: words.into_iter().map(|(word, _)| word).collect(), of })
}

/// The words of `field` that have the same stem as the folded `word`.
pub(super) fn same_stem(searcher: &Searcher, field: Field, word: &str, stemmer: Stemmer) -> tantivy::Result<Expansion> {
    let stem = stemmer.stem(word);
    // A stem may end otherwise than its words do (happi, happy), but never by more than a letter.
    let shared = stem.char_indices().last().map_or(0, |(at, _)| if at > 2 { at } else { stem.len() });
    expand(searcher, field, &stem[..shared], |candidate| stemmer.stem(candidate) == stem)
}

/// The run of exact words that `text` is, each whole where the index has it whole, in parts where not.
///
/// Empty when `text` has no words.
pub(super) fn run(searcher: &Searcher, field: Field, text: &str) -> tantivy::Result<Run> {
    let mut found: Vec<(u32, u32, String)> = Vec::new();
    analyzer::terms(text, |term| found.push((term.position, term.places, term.text.to_owned())));
    let mut run: Run = Vec::new();
    let mut next = 0;
    let mut rest = found.iter().peekable();
    while let Some((position, places, word)) = rest.next() {
        if *position < next {
            continue;
        }
        let term = Term::from_field_text(field, word);
        let other = rest.peek().is_some_and(|(other, _, _)| other == position);
        if other && searcher.doc_freq(&term)? == 0 {
            continue;
        }
        run.push((*position, term));
        next = position + places;
    }
    Ok(run)
}
