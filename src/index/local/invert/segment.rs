//! The postings of all fields of one segment.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormsWriter;
use tantivy::indexer::doc_id_mapping::DocIdMapping;
use tantivy::plugin::PluginWriter;
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field as Id, Schema};
use tantivy::{DocId, Segment, TantivyError};

use super::column::{Column, Room};
use super::documents::{Documents, Queued};
use super::gate::Gate;
use super::length::length;
use super::runs::Detail;
use super::stems::StemNumbers;
use super::terms::Terms as Numbers;
use super::words::Word;
use super::write::write;
use super::{Inverter, Stems};

/// Stands for the number of a word that was not looked for yet.
const UNKNOWN: u32 = u32::MAX;

/// Stands for the number of a word that is about to be looked for.
const WANTED: u32 = u32::MAX - 1;

/// See the module.
pub(super) struct SegmentPostings {
    exact: Id,
    stems: Stems,
    gate: Arc<Gate>,
    /// Of the terms of the exact field.
    stem_numbers: StemNumbers,
    /// Those of the last document, and the numbers of their terms in the exact field as far as they were looked for.
    last: Arc<Documents>,
    resolved: Vec<u32>,
    /// Those that are to be looked for.
    unresolved: Vec<u32>,
    /// What the stem of each of the terms counts in the current document; `None` for a term that it has not.
    weights: Vec<Option<u32>>,
    /// By the number of the field, the terms that it had in the last document, and their numbers in its column: an
    /// article and its quotations have most in common.
    shared: Vec<Vec<(u32, u32)>>,
    /// By the number of the field.
    columns: Vec<Option<Column>>,
    /// Where their postings are put in order.
    room: Room,
    norms: FieldNormsWriter,
    documents: DocId,
}

impl SegmentPostings {
    /// Those of an empty segment.
    pub(super) fn new(schema: &Schema, inverter: &Inverter) -> SegmentPostings {
        let columns = schema.fields().map(|(_, entry)| {
            let record = entry.field_type().index_record_option().filter(|_| entry.is_indexed());
            record.map(|record| Column::new(Detail::of(record), inverter.loose))
        });
        SegmentPostings {
            exact: inverter.exact,
            stems: inverter.stems,
            gate: Arc::clone(&inverter.gate),
            stem_numbers: StemNumbers::default(),
            last: Arc::default(),
            resolved: Vec::new(),
            unresolved: Vec::new(),
            weights: Vec::new(),
            shared: vec![Vec::new(); schema.num_fields()],
            columns: columns.collect(),
            room: Room::new(),
            norms: FieldNormsWriter::for_schema(schema),
            documents: 0,
        }
    }

    /// Adds the words of one field of a document.
    fn add(&mut self, doc: DocId, field: Id, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        if words.is_empty() {
            // That says as much as a length of 0, which is what a document has in a field where none is noted.
            return Ok(());
        }
        if field == self.exact {
            return self.add_stemmed(doc, terms, words);
        }
        let column = column(&mut self.columns, field)?;
        let shared = &mut self.shared[field.field_id() as usize];
        let positions = column.has_positions();
        column.begin(doc);
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
            column.push(number, if positions { word.position() } else { 1 });
        }
        self.end(doc, field, small(words.len()))
    }

    /// Adds the words of the field that has stems.
    fn add_stemmed(&mut self, doc: DocId, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        self.unresolved.clear();
        match self.stems {
            Stems::Apart(field) => {
                self.weigh(terms, words);
                self.resolve(terms)?;
                self.add_with_stems_apart(doc, field, terms, words)
            }
            Stems::Beside => {
                self.look(words);
                self.resolve(terms)?;
                self.add_with_stems_beside(doc, terms, words)
            }
        }
    }

    /// Notes which of all `words` of a document are to be looked for.
    fn look(&mut self, words: &[Word]) {
        for word in words {
            let number = &mut self.resolved[word.term as usize];
            if *number == UNKNOWN {
                *number = WANTED;
                self.unresolved.push(word.term);
            }
        }
    }

    /// The same for a document that has most of its `terms` in this field, with what the stem of each counts in it.
    fn weigh(&mut self, terms: &Numbers, words: &[Word]) {
        self.weights.clear();
        self.weights.resize(terms.len(), None);
        for word in words {
            let sum = &mut self.weights[word.term as usize];
            *sum = Some(sum.unwrap_or(0).saturating_add(word.weight()));
        }
        let numbered = (0..).zip(&self.weights);
        self.unresolved.extend(numbered.filter(|(_, weight)| weight.is_some()).map(|(term, _)| term));
    }

    /// Looks for the numbers in the exact field of the terms that are to be looked for.
    fn resolve(&mut self, terms: &Numbers) -> tantivy::Result<()> {
        let exact = &mut column(&mut self.columns, self.exact)?.terms;
        exact.numbers_of_others(terms, &self.unresolved, &mut self.resolved);
        self.stem_numbers.reserve(exact.len());
        Ok(())
    }

    /// Adds words, and to `field` the stem of each as often as it counts in the document.
    fn add_with_stems_apart(&mut self, doc: DocId, field: Id, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        let places = [self.exact, field].map(|field| field.field_id() as usize);
        let Ok([Some(exact), Some(apart)]) = self.columns.get_disjoint_mut(places) else { return Err(unknown(field)) };
        exact.begin(doc);
        for word in words {
            exact.push(self.resolved[word.term as usize], word.position());
        }
        apart.begin(doc);
        let mut all = 0u32;
        for term in self.unresolved.iter().copied() {
            let weight = self.weights[term as usize].unwrap_or(0);
            if weight == 0 {
                continue;
            }
            let number = self.resolved[term as usize];
            let stem = self.stem_numbers.apart(number, terms.term(term), &mut apart.terms);
            apart.push(stem, weight);
            all = all.saturating_add(weight);
        }
        self.end(doc, field, all)?;
        self.end(doc, self.exact, small(words.len()))
    }

    /// Adds words, and the stem of each where that is another.
    fn add_with_stems_beside(&mut self, doc: DocId, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        let exact = column(&mut self.columns, self.exact)?;
        let mut count = small(words.len());
        exact.begin(doc);
        for word in words {
            let (term, position) = (word.term, word.position());
            let number = self.resolved[term as usize];
            exact.push(number, position);
            if word.weight() > 0
                && let Some(stem) = self.stem_numbers.beside(number, terms.term(term), &mut exact.terms)
            {
                exact.push(stem, position);
                count += 1;
            }
        }
        self.end(doc, self.exact, count)
    }

    /// Ends a field of a document that counts `tokens` terms in it.
    fn end(&mut self, doc: DocId, field: Id, tokens: u32) -> tantivy::Result<()> {
        let length = length(tokens);
        column(&mut self.columns, field)?.end(length, &mut self.room);
        let counts = match self.stems {
            // Nobody's words weigh less because of a long name.
            Stems::Beside if field != self.exact => 1,
            _ => length,
        };
        self.norms.record(doc, field, counts);
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
        let Some(Queued { of, at }) = document.as_any().downcast_ref::<Queued>() else {
            return Err(TantivyError::InvalidArgument("a document that was not cut into words".to_owned()));
        };
        if !Arc::ptr_eq(&self.last, of) {
            self.last = Arc::clone(of);
            self.resolved.clear();
            self.resolved.resize(of.terms.len(), UNKNOWN);
            self.shared.iter_mut().for_each(Vec::clear);
        }
        for (field, words) in of.fields(*at) {
            self.add(doc, field, &of.terms, words)?;
        }
        self.documents = doc + 1;
        Ok(())
    }

    fn serialize(self: Box<Self>, segment: &Segment, order: Option<&DocIdMapping>) -> tantivy::Result<()> {
        if order.is_some() {
            return Err(TantivyError::InvalidArgument("sorted segments are not supported".to_owned()));
        }
        write(segment, self.exact, self.columns, self.room, self.norms, self.documents)
    }

    fn mem_usage(&self) -> usize {
        let columns: usize = self.columns.iter().flatten().map(Column::memory).sum();
        columns + self.room.memory() + self.norms.mem_usage() + self.stem_numbers.memory()
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
