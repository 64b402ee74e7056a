//! Writes a segment: postings in one thread, their terms in another; a small one's words as they stand and its other
//! fields side by side. A thread that hands on what it made finds neither the processor nor its memory warm: so each
//! makes as much as it can.

use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use tantivy::directory::{CompositeWrite, Directory};
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent::{FieldNorms, Positions, Postings, Terms};
use tantivy::schema::Field as Id;
use tantivy::{DocId, Segment, TantivyError};

use super::column::{Column, Room};
use super::dictionary::{self, Listing};
use super::pen::{Files, Kept, Pen, Place};
use crate::index::beside::joined;

/// Fields with their postings.
type Columns = Vec<(Id, Column)>;

/// Writes the lengths of fields, then terms and postings, which are put in order in `room`. Most are those of `exact`.
pub(super) fn write(
    segment: &Segment,
    exact: Id,
    columns: Vec<Option<Column>>,
    room: Room,
    mut norms: FieldNormsWriter,
    documents: DocId,
) -> tantivy::Result<()> {
    for component in [FieldNorms, Terms, Postings, Positions] {
        remove(segment, &segment.relative_path(component))?;
    }
    norms.fill_up_to_max_doc(documents);
    let lengths = segment.index().directory().open_write(&segment.relative_path(FieldNorms))?;
    norms.serialize(FieldNormsSerializer::from_write(lengths)?, None)?;
    let norms = FieldNormReaders::open(segment.open_read(FieldNorms)?)?;
    let columns = (0..).map(Id::from_field_id).zip(columns).filter_map(|(field, column)| Some((field, column?)));
    let columns: Columns = columns.filter(|(_, column)| !column.is_empty()).collect();
    let mut dictionaries = CompositeWrite::wrap(segment.open_write(Terms)?);
    let mut files = Files::create(segment)?;
    let terms = if columns.iter().any(|(_, column)| column.is_packed()) {
        write_fields(columns, room, &norms, &mut files)?
    } else {
        let (words, others) = columns.into_iter().partition(|(field, _)| *field == exact);
        write_side_by_side([words, others], room, &norms, &mut files)?
    };
    files.close()?;
    for (field, bytes) in &terms {
        dictionaries.for_field(*field).write_all(bytes)?;
    }
    Ok(dictionaries.close()?)
}

/// Writes the postings of some fields to `files`, and at the same time those of others to memory, from where they follow:
/// as soon as a small segment is written, there is no other work. Returns the dictionaries of their terms.
fn write_side_by_side(
    [here, beside]: [Columns; 2],
    room: Room,
    norms: &FieldNormReaders,
    files: &mut Files,
) -> tantivy::Result<Vec<(Id, Vec<u8>)>> {
    let mut kept = Kept::default();
    let terms = thread::scope(|scope| {
        let beside = scope.spawn(|| write_fields(beside, Room::new(), norms, &mut kept));
        let here = write_fields(here, room, norms, files);
        let beside = joined(beside)?;
        here.map(|here| here.into_iter().chain(beside).collect())
    })?;
    files.append(&kept)?;
    Ok(terms)
}

/// Writes the postings of some fields to their `places`. Returns the dictionaries of their terms.
fn write_fields(
    columns: Columns,
    room: Room,
    norms: &FieldNormReaders,
    places: &mut impl Place,
) -> tantivy::Result<Vec<(Id, Vec<u8>)>> {
    thread::scope(|scope| {
        let (terms, listings) = sync_channel(1);
        let dictionaries = scope.spawn(move || dictionary::write(listings));
        let written = write_postings(columns, room, norms, places, &terms);
        drop(terms);
        // Where terms cannot be written, that nobody takes them is no news.
        let dictionaries = joined(dictionaries)?;
        written.map(|()| dictionaries)
    })
}

fn write_postings(
    columns: Columns,
    mut room: Room,
    norms: &FieldNormReaders,
    places: &mut impl Place,
    terms: &SyncSender<Listing>,
) -> tantivy::Result<()> {
    room.fit(columns.iter().map(|(_, column)| column));
    for (field, column) in columns {
        let mut pen = Pen::of(field, &column, norms.get_field(field)?, places.of(field), terms)?;
        column.prepare(&mut room).give(&mut pen)?;
        pen.close()?;
    }
    Ok(())
}

/// Removes a file that Tantivy left empty.
fn remove(segment: &Segment, path: &Path) -> tantivy::Result<()> {
    let directory = segment.index().directory();
    if directory.exists(path)? {
        directory.delete(path).map_err(|error| TantivyError::InternalError(error.to_string()))?;
    }
    Ok(())
}
