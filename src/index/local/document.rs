//! From an article to Tantivy documents: one of its own, and one for each quotation.

use std::ops::Range;

use jiff::civil::Date;
use tantivy::TantivyDocument;

use super::fields::Fields;
use super::stored::{QuoteKey, pack, pack_article};
use super::tokens::{PARAGRAPH_MARK, SENTENCE_MARK};
use crate::article::{Article, Precision, Published};
use crate::schema::{Field, Kind};

/// How often the words of the headline count against those of the text. The first paragraph counts once more.
///
/// Weights are term frequencies in one field, so that they saturate together, as BM25F has it (Robertson, Zaragoza
/// and Taylor, 2004), and a word is looked up once.
const TITLE_WEIGHT: usize = 2;

/// Stands in the `undated` field of an article without a date.
pub(super) const UNDATED: &str = "undated";

/// The document of an article.
pub(super) fn article_document(fields: &Fields, article: &Article) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    common(&mut document, fields, article);
    for _ in 0..TITLE_WEIGHT {
        document.add_text(fields.words, &article.title);
    }
    // A lead that is most of the text says no more than the text does.
    let lead = article.lead();
    if lead.len() * 2 <= article.body.len() {
        document.add_text(fields.words, lead);
    }
    document.add_text(fields.words, &article.body);
    document.add_text(fields.exact, &article.title);
    document.add_text(fields.exact, marked(article, 0..article.body.len()));
    for field in Field::ALL {
        named(&mut document, fields, field, &field.values(article));
    }
    document.add_text(fields.body, &article.body);
    document.add_bytes(fields.stored, &pack_article(article));
    document
}

/// The documents of the quotations of an article, in order of place. What is shown of them is kept with the article.
pub(super) fn quote_documents<'a>(
    fields: &'a Fields,
    article: &'a Article,
) -> impl Iterator<Item = TantivyDocument> + use<'a> {
    (0..).zip(&article.quotes).map(move |(number, quote)| {
        let mut document = TantivyDocument::default();
        common(&mut document, fields, article);
        document.add_u64(fields.at, quote.start as u64);
        document.add_text(fields.exact, marked(article, quote.start..quote.end));
        for field in Field::ALL {
            named(&mut document, fields, field, &field.values_of_quote(article, quote));
        }
        document.add_bytes(fields.stored, &pack(&QuoteKey { id: &article.id, number }));
        document
    })
}

/// The fields that an article and its quotations share.
fn common(document: &mut TantivyDocument, fields: &Fields, article: &Article) {
    document.add_text(fields.id, &article.id);
    document.add_text(fields.file, &article.path);
    for (at, _) in article.path.match_indices('/') {
        document.add_text(fields.folder, &article.path[..=at]);
    }
    match &article.published {
        Some(published) => {
            let (first, last) = bounds(published);
            document.add_u64(fields.first, number(first));
            document.add_u64(fields.last, number(last));
        }
        None => document.add_text(fields.undated, UNDATED),
    }
}

/// Adds the values of one queryable field.
fn named(document: &mut TantivyDocument, fields: &Fields, field: Field, values: &[String]) {
    let Some(id) = fields.of(field) else { return };
    for value in values {
        match field.kind() {
            Kind::Value if field != Field::Ticker => document.add_text(id, value.to_lowercase()),
            _ => document.add_text(id, value),
        }
    }
}

/// A stretch of the body, with marks before its sentences and paragraphs.
fn marked(article: &Article, range: Range<usize>) -> String {
    let Some(text) = article.body.get(range.clone()) else { return String::new() };
    let mut marked = String::with_capacity(text.len() + text.len() / 32 + 8);
    let mut paragraphs = article.paragraphs.iter().map(|paragraph| paragraph.start).peekable();
    let mut written = range.start;
    let first = article.sentences.partition_point(|sentence| sentence.end <= range.start);
    for sentence in &article.sentences[first..] {
        if sentence.start >= range.end {
            break;
        }
        let at = sentence.start.max(range.start);
        marked.push_str(article.body.get(written..at).unwrap_or_default());
        let mut begins = false;
        while paragraphs.next_if(|start| *start <= at).is_some() {
            begins = true;
        }
        if begins {
            marked.push(PARAGRAPH_MARK);
        }
        marked.push(SENTENCE_MARK);
        written = at;
    }
    marked.push_str(article.body.get(written..range.end).unwrap_or_default());
    marked
}

/// First and last day of what is known of a date.
pub(super) fn bounds(published: &Published) -> (Date, Date) {
    let day = published.day;
    match published.precision {
        Precision::Day => (day, day),
        Precision::Month => (day.first_of_month(), day.last_of_month()),
        Precision::Year => (day.first_of_year(), day.last_of_year()),
    }
}

/// A day as a number that sorts: `YYYYMMDD`; days before the year 0 count as 0.
pub(super) fn number(day: Date) -> u64 {
    let year = u64::try_from(day.year()).unwrap_or(0);
    let part = |part: i8| u64::try_from(part).unwrap_or(0);
    year * 10_000 + part(day.month()) * 100 + part(day.day())
}
