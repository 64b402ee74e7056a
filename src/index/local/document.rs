//! From an article to Tantivy documents: one of its own, and one for each quotation.

use std::borrow::Cow;

use jiff::civil::Date;

use super::fields::Fields;
use super::invert::{Documents, Kept, Word};
use super::stored::pack_article;
use super::stories::sketch;
use super::tokens::{Cut, Cutter};
use crate::article::Article;
use crate::schema::{Field, Kind};

/// About as many words as the names, roles and symbols of a quotation have.
const NAMES: usize = 8;

/// About as many values, and bytes of them, as are kept with a document.
const KEPT: (usize, usize) = (4, 24);

/// Stands in the `undated` field of an article without a date.
pub(super) const UNDATED: &str = "undated";

/// The documents of the quotations of an article, in order of place, and at last that of the article.
///
/// What is shown of a quotation is kept with its article: the columns tell which article, and which of its quotations.
pub(super) fn documents(fields: &Fields, article: &Article) -> Documents {
    let words = Cut::room(article) + (article.quotes.len() + 1) * NAMES;
    let mut all = Documents::of_article(article.quotes.len(), words);
    let cut = Cut::of(article, &mut all.terms, &mut all.words);
    let hashes = sketch(&cut.body(&all.terms, &all.words));
    all.begin(fields.exact);
    for quote in &article.quotes {
        cut.quote(quote, &mut all.words);
        all.end();
    }
    all.give(cut.all);
    shared(&mut all, fields, article);
    own(&mut all, fields, article);
    single(&mut all, &article.id);
    all.of_last(fields.id);
    all.terms.close();
    all.kept = kept(fields, article, &hashes);
    all
}

/// Adds the words that an article and its quotations share.
fn shared(all: &mut Documents, fields: &Fields, article: &Article) {
    single(all, &article.path);
    all.share(fields.file);
    if article.published.is_none() {
        single(all, UNDATED);
        all.share(fields.undated);
    }
    let location = article.location();
    for (at, _) in location.match_indices('/') {
        single(all, &location[..=at]);
    }
    all.share(fields.folder);
    for field in Field::ALL.into_iter().filter(|field| field.is_of_article()) {
        if let Some(id) = fields.of(field) {
            named(all, field, &field.values_of_article(article));
            all.share(id);
        }
    }
}

/// Adds the words of the fields that an article and its quotations hold differently, but for the text.
fn own(all: &mut Documents, fields: &Fields, article: &Article) {
    let mut quoted = Vec::with_capacity(article.quotes.len());
    for field in Field::ALL.into_iter().filter(|field| !field.is_of_article()) {
        let Some(id) = fields.of(field) else { continue };
        all.begin(id);
        quoted.clear();
        for quote in &article.quotes {
            let values = field.values_of_quote(article, quote);
            // Often one person says several things in a row.
            if quoted.last() == Some(&values) {
                all.again();
            } else {
                named(all, field, &values);
                all.end();
            }
            quoted.push(values);
        }
        named(all, field, &field.values(article, &quoted));
        all.end();
    }
}

/// What is kept of an article and its quotations; the hashes are of the article.
fn kept(fields: &Fields, article: &Article, hashes: &[u32]) -> Kept {
    let documents = article.quotes.len() + 1;
    let (values, bytes) = (KEPT.0 * documents + hashes.len(), KEPT.1 * documents + article.id.len());
    let mut kept = Kept::with_room(article.body.len() + bytes, values);
    kept.text(fields.place, &article.id);
    if let Some(published) = &article.published {
        let (first, last) = published.days();
        kept.number(fields.first, number(first));
        kept.number(fields.last, number(last));
    }
    counted(&mut kept, fields, true, |field| field.counted(article));
    kept.end();
    for (at, quote) in (0..).zip(&article.quotes) {
        counted(&mut kept, fields, false, |field| field.counted_of_quote(article, quote));
        kept.number(fields.at, at);
        kept.end();
    }
    counted(&mut kept, fields, false, |field| field.counted(article));
    // Two to a value: each costs a look-up.
    for pair in hashes.chunks(2) {
        let (one, other) = (u64::from(pair[0]), u64::from(pair.get(1).copied().unwrap_or(pair[0])));
        kept.number(fields.sketch, one << 32 | other);
    }
    kept.text(fields.body, &article.body);
    kept.bytes(fields.stored, pack_article(article));
    kept.end();
    kept
}

/// Adds the values that are counted: those that a quotation has from its article, or the others.
fn counted<'a>(kept: &mut Kept, fields: &Fields, of_article: bool, values: impl Fn(Field) -> Vec<&'a str>) {
    for (field, id) in Field::COUNTED.into_iter().zip(fields.counted) {
        if field.is_of_article() == of_article {
            for value in values(field) {
                kept.text(id, value);
            }
        }
    }
}

/// Adds a value that is one word, wherever it stands.
fn single(all: &mut Documents, value: &str) {
    let term = all.terms.number(value.as_bytes());
    all.words.push(Word::new(term, 0, 0));
}

/// Adds a value that is one word, in whatever case.
fn lowercase(all: &mut Documents, value: &str) {
    if value.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        single(all, &value.to_lowercase());
    } else {
        single(all, value);
    }
}

/// Adds the values of one queryable field.
fn named(all: &mut Documents, field: Field, values: &[Cow<'_, str>]) {
    match field.kind() {
        Kind::Value if field == Field::Ticker => values.iter().for_each(|value| single(all, value)),
        Kind::Value => values.iter().for_each(|value| lowercase(all, value)),
        _ => {
            let mut cutter = Cutter::new(&mut all.terms, &mut all.words);
            for value in values {
                cutter.text(value, 0);
            }
        }
    }
}

/// A day as a number that sorts: `YYYYMMDD`; days before the year 0 count as 0.
pub(super) fn number(day: Date) -> u64 {
    let year = u64::try_from(day.year()).unwrap_or(0);
    let part = |part: i8| u64::try_from(part).unwrap_or(0);
    year * 10_000 + part(day.month()) * 100 + part(day.day())
}
