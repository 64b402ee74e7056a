//! The postings of all fields of one segment.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use tantivy::directory::Directory;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent::{FieldNorms, Positions, Postings, Terms};
use tantivy::indexer::doc_id_mapping::DocIdMapping;
use tantivy::plugin::PluginWriter;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field as Id, IndexRecordOption, Schema};
use tantivy::{DocId, Segment, TantivyError};

use super::column::Column;
use super::entry::{Entry, Word};
use super::gate::Gate;
use super::length::length;
use super::runs::Detail;
use super::terms::Terms as Numbers;
use super::{Inverter, Stems};
use crate::index::local::fold::Stemmer;
use crate::index::local::tokens::STEM;

/// Stands for the stem of a word that was not looked for yet.
const UNKNOWN: u32 = u32::MAX;

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
    /// By the number of the field.
    columns: Vec<Option<Column>>,
    norms: FieldNormsWriter,
    documents: DocId,
}

impl SegmentPostings {
    /// Those of an empty segment.
    pub(super) fn new(schema: &Schema, inverter: &Inverter) -> SegmentPostings {
        let columns = schema.fields().map(|(_, entry)| {
            let record = entry.field_type().index_record_option().filter(|_| entry.is_indexed());
            record.map(|record| Column::new(detail(record)))
        });
        SegmentPostings {
            exact: inverter.exact,
            stems: inverter.stems,
            gate: Arc::clone(&inverter.gate),
            stemmer: Stemmer::default(),
            stem_of: Vec::new(),
            last: Arc::default(),
            resolved: Vec::new(),
            columns: columns.collect(),
            norms: FieldNormsWriter::for_schema(schema),
            documents: 0,
        }
    }

    fn column(&mut self, field: Id) -> tantivy::Result<&mut Column> {
        let column = self.columns.get_mut(field.field_id() as usize).and_then(Option::as_mut);
        column.ok_or_else(|| TantivyError::SchemaError(format!("field {} is not indexed", field.field_id())))
    }

    /// Adds the words of one field of a document.
    fn add(&mut self, doc: DocId, field: Id, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        if field == self.exact {
            return self.add_stemmed(doc, terms, words);
        }
        let column = self.column(field)?;
        let positions = column.has_positions();
        for word in words {
            let number = column.terms.number_of_other(terms, word.term);
            column.push(number, if positions { word.position } else { 1 });
        }
        self.end(doc, field, small(words.len()))
    }

    /// The number in the exact field of a term of the last document.
    fn resolve(&mut self, terms: &Numbers, term: u32) -> tantivy::Result<u32> {
        let known = self.resolved[term as usize];
        if known != UNKNOWN {
            return Ok(known);
        }
        let number = self.column(self.exact)?.terms.number_of_other(terms, term);
        self.resolved[term as usize] = number;
        Ok(number)
    }

    /// Adds the words of the field that has stems.
    fn add_stemmed(&mut self, doc: DocId, terms: &Numbers, words: &[Word]) -> tantivy::Result<()> {
        let (exact, stems) = (self.exact, self.stems);
        let (mut count, mut weights) = (small(words.len()), 0);
        for Word { term, position, weight } in words.iter().copied() {
            let number = self.resolve(terms, term)?;
            self.column(exact)?.push(number, position);
            if weight == 0 {
                continue;
            }
            let stem = match self.stem_of.get(number as usize) {
                Some(stem) if *stem != UNKNOWN => *stem,
                _ => self.find_stem(number, terms.term(term))?,
            };
            match stems {
                Stems::Apart(field) => {
                    self.column(field)?.push(stem, weight);
                    weights += weight;
                }
                Stems::Beside if stem != ITSELF => {
                    self.column(exact)?.push(stem, position);
                    count += 1;
                }
                Stems::Beside => (),
            }
        }
        if let Stems::Apart(field) = stems {
            self.end(doc, field, weights)?;
        }
        self.end(doc, exact, count)
    }

    /// The number of the stem of the word with a number.
    fn find_stem(&mut self, number: u32, word: &[u8]) -> tantivy::Result<u32> {
        let word = std::str::from_utf8(word).unwrap_or_default();
        let stem = self.stemmer.stem(word);
        let found = match self.stems {
            Stems::Apart(field) => self.column(field)?.terms.number(stem.as_bytes()),
            Stems::Beside if stem == word => ITSELF,
            Stems::Beside => {
                let marked = format!("{STEM}{stem}");
                self.column(self.exact)?.terms.number(marked.as_bytes())
            }
        };
        let place = number as usize;
        if self.stem_of.len() <= place {
            self.stem_of.resize(place + 1, UNKNOWN);
        }
        self.stem_of[place] = found;
        Ok(found)
    }

    /// Ends a field of a document that counts `tokens` terms in it.
    fn end(&mut self, doc: DocId, field: Id, tokens: u32) -> tantivy::Result<()> {
        let length = length(tokens);
        self.column(field)?.end(doc, length);
        self.norms.record(doc, field, length);
        Ok(())
    }

    /// Writes the lengths of fields, then terms and postings.
    fn write(mut self, segment: &Segment) -> tantivy::Result<()> {
        for component in [FieldNorms, Terms, Postings, Positions] {
            remove(segment, &segment.relative_path(component))?;
        }
        self.norms.fill_up_to_max_doc(self.documents);
        let norms = segment.index().directory().open_write(&segment.relative_path(FieldNorms))?;
        self.norms.serialize(FieldNormsSerializer::from_write(norms)?, None)?;
        let norms = FieldNormReaders::open(segment.open_read(FieldNorms)?)?;
        let mut out = InvertedIndexSerializer::open(segment)?;
        let columns = (0..).map(Id::from_field_id).zip(self.columns);
        thread::scope(|scope| {
            // While one field is written, another thread makes the next one ready.
            let (ready, prepared) = sync_channel(0);
            scope.spawn(move || {
                for (field, column) in columns {
                    let Some(column) = column.filter(|column| !column.is_empty()) else { continue };
                    if ready.send((field, column.prepare())).is_err() {
                        break;
                    }
                }
            });
            for (field, ready) in prepared {
                let mut fields = out.new_field(field, ready.column.length(), norms.get_field(field)?)?;
                ready.write(&mut fields)?;
                fields.close()?;
            }
            Ok(out.close()?)
        })
    }
}

/// Removes a file that Tantivy left empty.
fn remove(segment: &Segment, path: &Path) -> tantivy::Result<()> {
    let directory = segment.index().directory();
    if directory.exists(path)? {
        directory.delete(path).map_err(|error| TantivyError::InternalError(error.to_string()))?;
    }
    Ok(())
}

/// A document has fewer words than that.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn detail(record: IndexRecordOption) -> Detail {
    match record {
        IndexRecordOption::Basic => Detail::Presence,
        IndexRecordOption::WithFreqs => Detail::Frequency,
        IndexRecordOption::WithFreqsAndPositions => Detail::Positions,
    }
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
        self.write(segment)
    }

    fn mem_usage(&self) -> usize {
        let columns: usize = self.columns.iter().flatten().map(Column::memory).sum();
        columns + self.norms.mem_usage() + self.stem_of.capacity() * 4
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
