//! Words of the index that are spelled nearly like another.

use std::cmp::Reverse;

use tantivy::schema::Field as Id;
use tantivy::{Searcher, Term};

use super::fields::Fields;
use super::fold::Stemmer;
use super::reader::Local;
use super::terms::{expand, run};
use super::tokens::STEM;
use crate::index::IndexError;
use crate::query::Sought;
use crate::schema::{Field, normal_symbol};
use crate::search::Target;

/// The fewest letters of a word that is corrected: nearly every shorter one is near to many.
const SHORTEST: usize = 4;

/// The fewest characters of a symbol that is corrected.
const SHORTEST_SYMBOL: usize = 3;

/// From so many letters on, two slips may be made in a word, else one.
const LONG: usize = 6;

/// At most `most` words of the index that differ from `sought` by a slip or two, nearest first, then most frequent.
///
/// Slips are those of Damerau and Levenshtein (optimal string alignment): a letter put in, left out, replaced, or
/// swapped with its neighbour. None for a word that the index has, and none where there are digits: 2024 is not 2025.
pub(super) fn nearest(local: &Local, target: Target, sought: &Sought, most: usize) -> Result<Vec<String>, IndexError> {
    let searcher = local.searcher(target)?;
    let found = match sought.field {
        Some(Field::Ticker) => symbols(&searcher, &local.fields, &sought.word, most),
        field => words(&searcher, &local.fields, field, &sought.word, most),
    };
    found.map_err(|error| local.broken(&error))
}

fn words(
    searcher: &Searcher,
    fields: &Fields,
    field: Option<Field>,
    typed: &str,
    most: usize,
) -> tantivy::Result<Vec<String>> {
    let id = match field {
        None => fields.exact,
        Some(field) => match fields.of(field) {
            Some(id) => id,
            None => return Ok(Vec::new()),
        },
    };
    let run = run(searcher, id, typed)?;
    let [(_, term)] = run.as_slice() else { return Ok(Vec::new()) };
    let word = term.value().as_str().unwrap_or_default().to_owned();
    let length = word.chars().count();
    if length < SHORTEST || !word.chars().all(char::is_alphabetic) || is_known(searcher, fields, field, term)? {
        return Ok(Vec::new());
    }
    let slips = if length < LONG { 1 } else { 2 };
    let keep = |other: &str| other.chars().all(char::is_alphabetic) && is_near(&word, other, slips);
    let first: String = word.chars().take(1).collect();
    // Few get the first letter wrong, and every word that begins with another would have to be looked at.
    let mut found = expand(searcher, id, &first, keep)?.words;
    if found.is_empty() {
        found = expand(searcher, id, "", keep)?.words;
    }
    Ok(best(&word, found, most))
}

/// Whether the index has the word, or another with its stem where that is enough.
fn is_known(searcher: &Searcher, fields: &Fields, field: Option<Field>, term: &Term) -> tantivy::Result<bool> {
    if searcher.doc_freq(term)? > 0 {
        return Ok(true);
    }
    if field.is_some() {
        return Ok(false);
    }
    let stemmer = Stemmer::default();
    let stem = stemmer.stem(term.value().as_str().unwrap_or_default()).into_owned();
    let has = |id: Id, text: &str| searcher.doc_freq(&Fields::term(id, text)).map(|frequency| frequency > 0);
    // Quotations have their stems beside the words.
    Ok(has(fields.words, &stem)? || has(fields.exact, &format!("{STEM}{stem}"))?)
}

fn symbols(searcher: &Searcher, fields: &Fields, typed: &str, most: usize) -> tantivy::Result<Vec<String>> {
    let symbol = normal_symbol(typed);
    let Some(id) = fields.of(Field::Ticker) else { return Ok(Vec::new()) };
    let is_plain = symbol.chars().all(|c| c.is_alphabetic() || c == '.');
    if symbol.len() < SHORTEST_SYMBOL || !is_plain || searcher.doc_freq(&Fields::term(id, &symbol))? > 0 {
        return Ok(Vec::new());
    }
    // Names of companies stand among the symbols, in small letters too.
    let is_symbol = |other: &str| !other.chars().any(char::is_lowercase);
    let found = expand(searcher, id, "", |other| is_symbol(other) && is_near(&symbol, other, 1))?;
    Ok(best(&symbol, found.words, most))
}

fn is_near(word: &str, other: &str, slips: usize) -> bool {
    word.len().abs_diff(other.len()) <= slips && strsim::osa_distance(word, other) <= slips
}

/// The nearest of `found`, which come most frequent first.
fn best(word: &str, mut found: Vec<String>, most: usize) -> Vec<String> {
    let same_beginning = |other: &str| other.chars().next() == word.chars().next();
    found.sort_by_cached_key(|other| (strsim::osa_distance(word, other), Reverse(same_beginning(other))));
    found.truncate(most);
    found
}
