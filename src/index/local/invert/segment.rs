//! The postings of all fields of one segment.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormsWriter;
use tantivy::indexer::doc_id_mapping::DocIdMapping;
use tantivy::plugin::PluginWriter;
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field as Id, Schema};
use tantivy::{DocId, Segment, TantivyError};

use super::column::Column;
use super::entry::{Entry, Word};
use super::gate::Gate;
use super::length::length;
use super::runs::Detail;
use super::sort::Sorted;
use super::terms::Terms as Numbers;
use super::write::write;
use super::{Inverter, Stems};
use crate::index::local::fold::Stemmer;
use crate::index::local::tokens::STEM;

/// Stands for a number, of a word or of its stem, that was not looked for yet.
const UNKNOWN: u32 = u32::MAX;

/// Stands for the number of a word that is about to be looked for.
const WANTED: u32 = u32::MAX - 2;

/// Stands for the stem of a word that has no other.
const ITSELF: u32 = u32::MAX - 1;

/// See the module.
pub(super) struct SegmentPostings {
    exact: Id,
    stems: Stems,
    gate: Arc<Gate>,
    stemmer: Stemmer,
    /// The number of the stem of each term of the exact field.
    stem_of: Vec<u32>,
    /// The terms of the last document, and their numbers in the exact field as far as they were looked for.
    last: Arc<Numbers>,
    resolved: Vec<u32>,
    /// Those that are to be looked for.
    unresolved: Vec<u32>,
    /// By the number of the field, the terms that it had in the last document, and their numbers in its column: an
    /// article and its quotations have most in common.
    shared: Vec<Vec<(u32, u32)>>,
    /// By the number of the field.
    columns: Vec<Option<Column>>,
    /// Where their postings are put in order.
    room: Sorted,
    norms: FieldNormsWriter,
    documents: DocId,
}

impl SegmentPostings {
    /// Those of an empty segment.
    pub(super) fn new(schema: &Schema, inverter: &Inverter) -> SegmentPostings {
        let columns = schema.fields().map(|(_, entry)| {
            let record = entry.field_type().index_record_option().filter(|_| entry.is_indexed());
            record.map(|record| Column::new(Detail::of(record)))
        });
        SegmentPostings {
            exact: inverter.exact,
            stems: inverter.stems,
            gate: Arc::clone(&inverter.gate),
            stemmer: Stemmer::default(),
            stem_of: Vec::new(),
            last: Arc::default(),
            resolved: Vec::new(),
            unresolved: Vec::new(),
            shared: vec![Vec::new(); schema.num_fields()],
            columns: columns.collect(),
            room: Sorted::default(),
            norms: FieldNormsWriter::for_schema(schema),
            documents: 0,
        }
    }

    /// Adds the words of one field of a document.
    fn add(&mut self, doc: DocId, field: Id, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        if field == self.exact {
            return self.add_stemmed(doc, terms, words);
        }
        let column = column(&mut self.columns, field)?;
        let shared = &mut self.shared[field.field_id() as usize];
        let positions = column.has_positions();
        for (at, word) in words.iter().enumerate() {
            let number = match shared.get(at) {
                Some((term, number)) if *term == word.term => *number,
                _ => {
                    let number = column.terms.number_of_other(terms, word.term);
                    shared.truncate(at);
                    shared.push((word.term, number));
                    number
                }
            };
            column.push(number, if positions { word.position } else { 1 });
        }
        self.end(doc, field, small(words.len()))
    }

    /// Looks for the numbers in the exact field of all `words` of a document that were not looked for yet.
    fn resolve(&mut self, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        self.unresolved.clear();
        for word in words {
            let number = &mut self.resolved[word.term as usize];
            if *number == UNKNOWN {
                *number = WANTED;
                self.unresolved.push(word.term);
            }
        }
        let exact = &mut column(&mut self.columns, self.exact)?.terms;
        exact.numbers_of_others(terms, &self.unresolved, &mut self.resolved);
        Ok(())
    }

    /// Adds the words of the field that has stems.
    fn add_stemmed(&mut self, doc: DocId, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        self.resolve(terms, words)?;
        self.find_stems(terms, words)?;
        let (mut count, mut weights) = (small(words.len()), 0);
        let Stems::Apart(field) = self.stems else {
            let column = column(&mut self.columns, self.exact)?;
            for Word { term, position, weight } in words.iter().copied() {
                let number = self.resolved[term as usize];
                column.push(number, position);
                if weight > 0 && self.stem_of[number as usize] != ITSELF {
                    column.push(self.stem_of[number as usize], position);
                    count += 1;
                }
            }
            return self.end(doc, self.exact, count);
        };
        let places = [self.exact, field].map(|field| field.field_id() as usize);
        let Ok([Some(exact), Some(apart)]) = self.columns.get_disjoint_mut(places) else { return Err(unknown(field)) };
        for Word { term, position, weight } in words.iter().copied() {
            let number = self.resolved[term as usize];
            exact.push(number, position);
            if weight > 0 {
                apart.push(self.stem_of[number as usize], weight);
                weights += weight;
            }
        }
        self.end(doc, field, weights)?;
        self.end(doc, self.exact, count)
    }

    /// Looks for the stems of all `words` that count as such.
    fn find_stems(&mut self, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        self.stem_of.resize(column(&mut self.columns, self.exact)?.terms.len(), UNKNOWN);
        for word in words.iter().filter(|word| word.weight > 0) {
            let number = self.resolved[word.term as usize];
            if self.stem_of[number as usize] == UNKNOWN {
                self.find_stem(number, terms.term(word.term))?;
            }
        }
        Ok(())
    }

    /// Notes the number of the stem of the word with a number.
    fn find_stem(&mut self, number: u32, word: &[u8]) -> tantivy::Result<()> {
        let word = std::str::from_utf8(word).unwrap_or_default();
        let stem = self.stemmer.stem(word);
        let found = match self.stems {
            Stems::Apart(field) => column(&mut self.columns, field)?.terms.number(stem.as_bytes()),
            Stems::Beside if stem == word => ITSELF,
            Stems::Beside => {
                let marked = format!("{STEM}{stem}");
                column(&mut self.columns, self.exact)?.terms.number(marked.as_bytes())
            }
        };
        self.stem_of[number as usize] = found;
        Ok(())
    }

    /// Ends a field of a document that counts `tokens` terms in it.
    fn end(&mut self, doc: DocId, field: Id, tokens: u32) -> tantivy::Result<()> {
        let length = length(tokens);
        column(&mut self.columns, field)?.end(doc, length, &mut self.room);
        self.norms.record(doc, field, length);
        Ok(())
    }
}

fn column(columns: &mut [Option<Column>], field: Id) -> tantivy::Result<&mut Column> {
    columns.get_mut(field.field_id() as usize).and_then(Option::as_mut).ok_or_else(|| unknown(field))
}

fn unknown(field: Id) -> TantivyError {
    TantivyError::SchemaError(format!("field {} is not indexed", field.field_id()))
}

/// A document has fewer words than that.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl PluginWriter for SegmentPostings {
    fn add_document(&mut self, doc: DocId, document: &dyn ErasedDocument, _schema: &Schema) -> tantivy::Result<()> {
        self.gate.leave();
        let Some(entry) = document.as_any().downcast_ref::<Entry>() else {
            return Err(TantivyError::InvalidArgument("a document that was not cut into words".to_owned()));
        };
        if !Arc::ptr_eq(&self.last, &entry.terms) {
            self.last = Arc::clone(&entry.terms);
            self.resolved.clear();
            self.resolved.resize(entry.terms.len(), UNKNOWN);
            self.shared.iter_mut().for_each(Vec::clear);
        }
        for (field, words) in entry.words.fields() {
            self.add(doc, field, &entry.terms, words)?;
        }
        self.documents = doc + 1;
        Ok(())
    }

    fn serialize(self: Box<Self>, segment: &Segment, order: Option<&DocIdMapping>) -> tantivy::Result<()> {
        if order.is_some() {
            return Err(TantivyError::InvalidArgument("sorted segments are not supported".to_owned()));
        }
        write(segment, self.columns, self.room, self.norms, self.documents)
    }

    fn mem_usage(&self) -> usize {
        let columns: usize = self.columns.iter().flatten().map(Column::memory).sum();
        columns + self.room.memory() + self.norms.mem_usage() + self.stem_of.capacity() * 4
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
