//! Postings in Tantivy's own files.

use std::io::{self, Write};
use std::sync::mpsc::SyncSender;

use tantivy::directory::{CompositeWrite, WritePtr};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentComponent::{Positions, Postings};
use tantivy::positions::PositionSerializer;
use tantivy::postings::TermInfo;
use tantivy::postings::serializer::PostingsSerializer;
use tantivy::schema::Field as Id;
use tantivy::{Segment, TantivyError};

use super::column::Column;
use super::dictionary::{List, Listing};
use super::postings::{self, Take};
use super::runs::Detail;

/// Postings of so many documents are a block, of which Tantivy notes the best score.
const BLOCK: u32 = 128;

/// Where the postings and the positions of fields go.
pub(super) trait Place {
    /// Those of `field`, which is asked for once.
    fn of(&mut self, field: Id) -> [&mut dyn Write; 2];
}

/// The files of postings of a segment.
pub(super) struct Files {
    postings: CompositeWrite<WritePtr>,
    positions: CompositeWrite<WritePtr>,
}

impl Files {
    /// Begins those of `segment`.
    pub(super) fn create(segment: &Segment) -> tantivy::Result<Files> {
        let create = |component| Ok::<_, TantivyError>(CompositeWrite::wrap(segment.open_write(component)?));
        Ok(Files { postings: create(Postings)?, positions: create(Positions)? })
    }

    /// Adds the fields that were kept in memory.
    pub(super) fn append(&mut self, kept: &Kept) -> io::Result<()> {
        for (field, bytes) in &kept.0 {
            for (place, bytes) in self.of(*field).into_iter().zip(bytes) {
                place.write_all(bytes)?;
            }
        }
        Ok(())
    }

    /// Ends them.
    pub(super) fn close(self) -> io::Result<()> {
        self.postings.close()?;
        self.positions.close()
    }
}

impl Place for Files {
    fn of(&mut self, field: Id) -> [&mut dyn Write; 2] {
        [self.postings.for_field(field), self.positions.for_field(field)]
    }
}

/// Postings and positions of fields in memory.
#[derive(Debug, Default)]
pub(super) struct Kept(Vec<(Id, [Vec<u8>; 2])>);

impl Place for Kept {
    fn of(&mut self, field: Id) -> [&mut dyn Write; 2] {
        self.0.push((field, Default::default()));
        let at = self.0.len() - 1;
        self.0[at].1.each_mut().map(|bytes| bytes as &mut dyn Write)
    }
}

/// Writes the postings of one field.
///
/// It does what Tantivy's `FieldSerializer` does, which readies the scores of 256 lengths for every term; a term of few
/// documents has no block that they are needed for.
pub(super) struct Pen<'a> {
    detail: Detail,
    terms: List,
    /// For terms of few documents.
    short: PostingsSerializer,
    /// For the current term, where it has many: a serializer begins with the first document.
    long: Option<PostingsSerializer>,
    /// How long a document is on the average.
    average: f32,
    norms: Option<FieldNormReader>,
    out: &'a mut dyn Write,
    /// Bytes of postings so far.
    written: usize,
    positions: Option<PositionSerializer<&'a mut dyn Write>>,
    /// The current term.
    term: Vec<u8>,
    /// What is known of it: where it begins.
    open: Option<TermInfo>,
}

impl<'a> Pen<'a> {
    /// Begins `field`, which is `column`; its documents are as long as `norms` tells. Its terms go to `terms`.
    pub(super) fn of(
        field: Id,
        column: &Column,
        norms: Option<FieldNormReader>,
        [out, positions]: [&'a mut dyn Write; 2],
        terms: &SyncSender<Listing>,
    ) -> io::Result<Pen<'a>> {
        let (detail, length) = (column.detail(), column.length());
        let average = norms.as_ref().map_or(0.0, |norms| length as f32 / norms.num_docs() as f32);
        out.write_all(&length.to_le_bytes())?;
        Ok(Pen {
            detail,
            terms: List::begin(field, terms)?,
            short: PostingsSerializer::new(average, detail.record(), None),
            long: None,
            average,
            norms,
            out,
            written: 0,
            positions: (detail == Detail::Positions).then(|| PositionSerializer::new(positions)),
            term: Vec::new(),
            open: None,
        })
    }

    /// Bytes of positions so far.
    fn places(&self) -> usize {
        self.positions.as_ref().map_or(0, |positions| usize::try_from(positions.written_bytes()).unwrap_or(usize::MAX))
    }

    /// Ends the current term.
    fn end(&mut self) -> io::Result<()> {
        let Some(mut term) = self.open.take() else { return Ok(()) };
        let postings = self.long.as_mut().unwrap_or(&mut self.short);
        let mut out = Counted { out: &mut *self.out, bytes: 0 };
        postings.close_term(term.doc_freq, &mut out)?;
        self.written += out.bytes;
        term.postings_range.end = self.written;
        if let Some(positions) = &mut self.positions {
            positions.close_term()?;
        }
        term.positions_range.end = self.places();
        self.terms.add(&self.term, term)
    }

    /// Ends the field.
    pub(super) fn close(mut self) -> io::Result<()> {
        self.end()?;
        if let Some(positions) = self.positions {
            positions.close()?;
        }
        self.terms.close()
    }
}

impl Take for Pen<'_> {
    fn begin(&mut self, term: &[u8], documents: usize) -> io::Result<()> {
        self.end()?;
        let documents = u32::try_from(documents).unwrap_or(u32::MAX);
        let places = self.places();
        self.term.clear();
        self.term.extend_from_slice(term);
        self.open = Some(TermInfo {
            doc_freq: documents,
            postings_range: self.written..self.written,
            positions_range: places..places,
        });
        self.long = (documents >= BLOCK)
            .then(|| PostingsSerializer::new(self.average, self.detail.record(), self.norms.clone()));
        self.long.as_mut().unwrap_or(&mut self.short).new_term(documents, self.detail != Detail::Presence);
        Ok(())
    }

    fn add(&mut self, postings: &postings::Postings) -> io::Result<()> {
        let out = self.long.as_mut().unwrap_or(&mut self.short);
        for (doc, frequency) in &postings.documents {
            out.write_doc(*doc, *frequency);
        }
        if let Some(positions) = &mut self.positions {
            positions.write_positions_delta(&postings.steps);
        }
        Ok(())
    }
}

/// Counts what goes through.
struct Counted<W> {
    out: W,
    bytes: usize,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
