//! From an article to Tantivy documents: one of its own, and one for each quotation.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use tantivy::TantivyDocument;

use super::fields::Fields;
use super::invert::{Entry, Terms, Word, Words};
use super::stored::pack_article;
use super::stories::sketch;
use super::tokens::{Cut, Cutter};
use crate::article::Article;
use crate::schema::{Field, Kind};

/// About as many words as the names, roles and symbols of a quotation have.
const NAMES: usize = 24;

/// About as many bytes as the numbers kept with a document have.
const KEPT: usize = 96;

/// Stands in the `undated` field of an article without a date.
pub(super) const UNDATED: &str = "undated";

/// The documents of the quotations of an article, in order of place, and that of the article.
///
/// What is shown of a quotation is kept with its article: the columns tell which article, and which of its quotations.
pub(super) fn documents(fields: &Fields, article: &Article) -> (Vec<Entry>, Entry) {
    let mut terms = Terms::of_article();
    let cut = Cut::of(article, &mut terms);
    let hashes = sketch(&cut.body(&terms));
    let shared = shared(fields, article, &mut terms);
    let mut quotes = quotes(fields, article, &cut, &shared);
    let stored = pack_article(article);
    let kept = TantivyDocument::with_capacity(article.body.len() + stored.len() + article.id.len() + KEPT);
    let mut entry = Entry { words: cut.words, kept, ..Entry::default() };
    entry.words.end(fields.exact);
    columns(&mut entry, fields, article);
    counted(&mut entry, fields, |field| field.counted(article));
    entry.words.push(single(&mut terms, &article.id));
    entry.words.end(fields.id);
    entry.words.append(&shared);
    let mut quoted = Vec::with_capacity(quotes.len());
    let own = |field: &Field| !field.is_of_article() && fields.of(*field).is_some();
    for field in Field::ALL.into_iter().filter(own) {
        quoted.clear();
        for (at, quote) in article.quotes.iter().enumerate() {
            let values = field.values_of_quote(article, quote);
            match quotes.split_at_mut(at) {
                // Often one person says several things in a row.
                ([.., before], [entry, ..]) if quoted.last() == Some(&values) => entry.words.again(&before.words),
                (_, [entry, ..]) => named(&mut terms, &mut entry.words, fields, field, &values),
                _ => (),
            }
            quoted.push(values);
        }
        named(&mut terms, &mut entry.words, fields, field, &field.values(article, &quoted));
    }
    // Two to a value: each costs a look-up.
    for pair in hashes.chunks(2) {
        let (one, other) = (u64::from(pair[0]), u64::from(pair.get(1).copied().unwrap_or(pair[0])));
        entry.kept.add_u64(fields.sketch, one << 32 | other);
    }
    entry.kept.add_text(fields.body, &article.body);
    entry.kept.add_bytes(fields.stored, &stored);
    terms.close();
    let terms = Arc::new(terms);
    for entry in quotes.iter_mut().chain([&mut entry]) {
        entry.terms = Arc::clone(&terms);
    }
    (quotes, entry)
}

/// The documents of the quotations of `article`, but for the fields that an article and its quotations hold differently.
fn quotes(fields: &Fields, article: &Article, cut: &Cut, shared: &Words) -> Vec<Entry> {
    let quotes = (0..).zip(&article.quotes).map(|(number, quote)| {
        let room = cut.length(quote) + shared.all().len() + NAMES;
        let kept = TantivyDocument::with_capacity(article.id.len() + KEPT);
        let mut entry = Entry { words: Words::with_room(room), kept, ..Entry::default() };
        columns(&mut entry, fields, article);
        counted(&mut entry, fields, |field| field.counted_of_quote(article, quote));
        cut.quote(quote, &mut entry.words);
        entry.words.end(fields.exact);
        entry.words.append(shared);
        entry.kept.add_u64(fields.at, number);
        entry
    });
    quotes.collect()
}

/// The columns that an article and its quotations share.
fn columns(entry: &mut Entry, fields: &Fields, article: &Article) {
    entry.kept.add_text(fields.place, &article.id);
    if let Some(published) = &article.published {
        let (first, last) = published.days();
        entry.kept.add_u64(fields.first, number(first));
        entry.kept.add_u64(fields.last, number(last));
    }
}

/// The columns of values that are counted.
fn counted<'a>(entry: &mut Entry, fields: &Fields, values: impl Fn(Field) -> Vec<&'a str>) {
    for (field, id) in Field::COUNTED.into_iter().zip(fields.counted) {
        for value in values(field) {
            entry.kept.add_text(id, value);
        }
    }
}

/// The words that an article and its quotations share.
fn shared(fields: &Fields, article: &Article, terms: &mut Terms) -> Words {
    let mut words = Words::default();
    let mut whole = |field, value: &str| {
        words.push(single(terms, value));
        words.end(field);
    };
    whole(fields.file, &article.path);
    if article.published.is_none() {
        whole(fields.undated, UNDATED);
    }
    let location = article.location();
    for (at, _) in location.match_indices('/') {
        words.push(single(terms, &location[..=at]));
    }
    words.end(fields.folder);
    for field in Field::ALL.into_iter().filter(|field| field.is_of_article()) {
        named(terms, &mut words, fields, field, &field.values_of_article(article));
    }
    words
}

/// A value that is one word, wherever it stands.
fn single(terms: &mut Terms, value: &str) -> Word {
    Word::new(terms.number(value.as_bytes()), 0, 0)
}

/// A value that is one word, in whatever case.
fn lowercase(terms: &mut Terms, value: &str) -> Word {
    if value.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        single(terms, &value.to_lowercase())
    } else {
        single(terms, value)
    }
}

/// Adds the values of one queryable field.
fn named(terms: &mut Terms, words: &mut Words, fields: &Fields, field: Field, values: &[Cow<'_, str>]) {
    let Some(id) = fields.of(field) else { return };
    match field.kind() {
        Kind::Value if field == Field::Ticker => values.iter().for_each(|value| words.push(single(terms, value))),
        Kind::Value => values.iter().for_each(|value| words.push(lowercase(terms, value))),
        _ => {
            let mut cutter = Cutter::new(terms, words);
            for value in values {
                cutter.text(value, 0);
            }
        }
    }
    words.end(id);
}

/// A day as a number that sorts: `YYYYMMDD`; days before the year 0 count as 0.
pub(super) fn number(day: Date) -> u64 {
    let year = u64::try_from(day.year()).unwrap_or(0);
    let part = |part: i8| u64::try_from(part).unwrap_or(0);
    year * 10_000 + part(day.month()) * 100 + part(day.day())
}
