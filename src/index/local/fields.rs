//! Tantivy's schemas, made from `schema::Field`: one for articles, one for quotes, one for files.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{
    FAST, Field as Id, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::{Index, IndexSettings, SegmentReader, Term};

use super::invert::{Gate, Inverter, Stems};
use crate::schema::{Field, Kind};
use crate::search::Target;

/// Bytes of text that are compressed together. Small, because a hit needs one article and not its neighbours.
const STORE_BLOCK: usize = 5 << 10;

/// The fields of the index of articles or of quotes.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// The article id, of an article.
    pub(super) id: Id,
    /// The article id as a column: its order breaks ties, and it leads from a quotation to its article.
    pub(super) place: Id,
    /// The path of the source file, whole: what is deleted by.
    pub(super) file: Id,
    /// Every folder of that path, with a `/` at its end.
    pub(super) folder: Id,
    /// Stemmed words of headline, lead and text; a quotation has them in `exact`.
    pub(super) words: Id,
    /// Words as they are, with positions, sentences and paragraphs marked; those of a quotation with stems beside them.
    pub(super) exact: Id,
    /// First day of what is known of the publication date, as a number `YYYYMMDD`.
    pub(super) first: Id,
    /// Last day of it.
    pub(super) last: Id,
    /// Holds a term for an article without a date.
    pub(super) undated: Id,
    /// Values that are counted, as columns, in the order of [`Field::COUNTED`].
    pub(super) counted: [Id; Field::COUNTED.len()],
    /// Hashes by which copies of an article are found, as a column.
    pub(super) sketch: Id,
    /// Which of the quotations of its article a quotation is, from 0, as a column.
    pub(super) at: Id,
    /// The text of an article, as it is shown.
    pub(super) body: Id,
    /// Everything else that is shown of an article.
    pub(super) stored: Id,
    /// One for each queryable field with a column of its own, in the order of [`Field::ALL`].
    named: Vec<Option<Id>>,
}

impl Fields {
    /// Tantivy's field for a queryable field; `None` for those answered by another one.
    pub(super) fn of(&self, field: Field) -> Option<Id> {
        let place = Field::ALL.iter().position(|other| *other == field)?;
        self.named.get(place).copied().flatten()
    }

    /// The term for the whole of `value` in `field`.
    pub(super) fn term(field: Id, value: &str) -> Term {
        Term::from_field_text(field, value)
    }
}

/// The schema of articles or of quotes: the same fields, so that the same query fits both. Of a quotation nothing but
/// its own words has a length that counts.
///
/// Text comes cut into terms already (see [`super::tokens`]), so that no field names a tokenizer of its own.
pub(super) fn schema(target: Target) -> (Schema, Fields) {
    let of_articles = target == Target::Articles;
    let mut builder = Schema::builder();
    let fields = Fields {
        id: builder.add_text_field("id", whole()),
        place: builder.add_text_field("place", TextOptions::default().set_fast("raw")),
        file: builder.add_text_field("file", whole()),
        folder: builder.add_text_field("folder", whole()),
        words: builder.add_text_field("words", text(IndexRecordOption::WithFreqs, of_articles)),
        exact: builder.add_text_field("exact", text(IndexRecordOption::WithFreqsAndPositions, true)),
        first: builder.add_u64_field("first", FAST),
        last: builder.add_u64_field("last", FAST),
        undated: builder.add_text_field("undated", whole()),
        counted: Field::COUNTED
            .map(|field| builder.add_text_field(&counted_name(field), TextOptions::default().set_fast("raw"))),
        sketch: builder.add_u64_field("sketch", FAST),
        at: builder.add_u64_field("at", FAST),
        body: builder.add_text_field("body", TextOptions::default().set_stored()),
        stored: builder.add_bytes_field("stored", STORED),
        named: Field::ALL.into_iter().map(|field| named(&mut builder, field, of_articles)).collect(),
    };
    (builder.build(), fields)
}

/// What the column with the values of `field` that are counted is called.
pub(super) fn counted_name(field: Field) -> String {
    format!("{}_counted", field.name())
}

/// Adds the column of one queryable field.
fn named(builder: &mut SchemaBuilder, field: Field, of_articles: bool) -> Option<Id> {
    let positions = IndexRecordOption::WithFreqsAndPositions;
    // Without lengths, Tantivy takes every block of postings for one that no score can come from.
    let counts = matches!(field, Field::Ticker | Field::Speaker) || of_articles && field == Field::Title;
    match field.kind() {
        Kind::Text | Kind::Words => Some(builder.add_text_field(field.name(), text(positions, counts))),
        Kind::Value => Some(builder.add_text_field(field.name(), text(IndexRecordOption::WithFreqs, counts))),
        Kind::Stretch | Kind::Path | Kind::Day => None,
    }
}

/// A value that is asked for as a whole and counts in no score.
fn whole() -> TextOptions {
    TextOptions::default().set_indexing_options(indexing(IndexRecordOption::Basic).set_fieldnorms(false))
}

/// A field whose length is kept only where it counts in a score.
fn text(record: IndexRecordOption, counts: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(indexing(record).set_fieldnorms(counts))
}

/// The tokenizer that leaves text alone: Tantivy asks for one.
fn indexing(record: IndexRecordOption) -> TextFieldIndexing {
    TextFieldIndexing::default().set_tokenizer("raw").set_index_option(record)
}

/// The lengths of `field` in the documents of a segment; all the same where they are not kept.
pub(super) fn norms(reader: &SegmentReader, field: Id) -> tantivy::Result<FieldNormReader> {
    let kept = reader.fieldnorms_readers().get_field(field)?;
    Ok(kept.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1)))
}

/// The fields of the index of files.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileFields {
    /// The path, whole.
    pub(super) path: Id,
    /// The record.
    pub(super) stored: Id,
}

/// The schema of file records.
pub(super) fn file_schema() -> (Schema, FileFields) {
    let mut builder = Schema::builder();
    let path = builder.add_text_field("path", STRING);
    let stored = builder.add_bytes_field("stored", STORED);
    (builder.build(), FileFields { path, stored })
}

/// How every index of ours is laid out on disk.
pub(super) fn settings() -> IndexSettings {
    // All cores are busy: handing blocks to a thread of its own would only be work.
    IndexSettings {
        docstore_blocksize: STORE_BLOCK,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// So many postings of a field wait to be sorted at once, at most. Sorting more finds its memory cold.
const LOOSE: usize = 1 << 23;

/// They take no more than this share of the memory.
const LOOSE_SHARE: usize = 4;

/// Lets our own indexer build the segments of an index of articles or of quotes, in so many bytes of `memory`: needed
/// before anything is added. Documents go in through the gate.
///
/// There are several quotations to an article, and little text in each: one field for words and stems costs a third
/// less than two. The text of an article has two, so that a plain word is one list and not a union.
pub(super) fn register(index: &mut Index, fields: &Fields, target: Target, memory: usize) -> Arc<Gate> {
    let stems = match target {
        Target::Articles => Stems::Apart(fields.words),
        Target::Quotes => Stems::Beside,
    };
    let gate = Arc::new(Gate::default());
    let loose = (memory / LOOSE_SHARE / size_of::<u32>()).min(LOOSE);
    Inverter { exact: fields.exact, stems, gate: Arc::clone(&gate), loose }.register(index);
    gate
}
