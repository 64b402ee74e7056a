//! Writes a segment: one thread puts postings in order, another writes them, a third their terms.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use tantivy::directory::{CompositeWrite, Directory};
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent::{FieldNorms, Positions, Postings, Terms};
use tantivy::schema::Field as Id;
use tantivy::{DocId, Segment, TantivyError};

use super::chunk::Chunk;
use super::column::{Column, Room};
use super::dictionary;
use super::pen::Files;
use super::runs::Detail;
use crate::index::beside::joined;

/// Writes the lengths of fields, then terms and postings.
pub(super) fn write(
    segment: &Segment,
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
    let dictionaries = CompositeWrite::wrap(segment.open_write(Terms)?);
    let (terms, listings) = sync_channel(1);
    let files = Files::create(segment, terms)?;
    let columns = (0..).map(Id::from_field_id).zip(columns);
    thread::scope(|scope| {
        let (ready, unpacked) = sync_channel(1);
        let (emptied, spare) = channel();
        scope.spawn(move || unpack(columns, room, &ready, &spare));
        let dictionaries = scope.spawn(move || dictionary::write(dictionaries, listings));
        let written = write_postings(files, unpacked, &norms, &emptied);
        // Where terms cannot be written, that nobody takes them is no news.
        joined(dictionaries)?;
        written
    })
}

/// Writes the postings of all fields.
fn write_postings(
    mut files: Files,
    unpacked: Receiver<Unpacked>,
    norms: &FieldNormReaders,
    emptied: &Sender<Chunk>,
) -> tantivy::Result<()> {
    for Unpacked { field, length, detail, chunks } in unpacked {
        let mut pen = files.field(field, detail, length, norms.get_field(field)?)?;
        for chunk in chunks {
            pen.write(&chunk)?;
            // When there is nothing left to fill it with, nobody takes it.
            drop(emptied.send(chunk.emptied()));
        }
        pen.close()?;
    }
    Ok(files.close()?)
}

/// A field whose postings come in order.
struct Unpacked {
    field: Id,
    length: u64,
    detail: Detail,
    chunks: Receiver<Chunk>,
}

/// Chunks that may wait to be written.
const WAITING: usize = 32;

/// Puts the postings of all fields in order, as long as anyone wants them.
fn unpack(
    columns: impl Iterator<Item = (Id, Option<Column>)>,
    mut room: Room,
    ready: &SyncSender<Unpacked>,
    spare: &Receiver<Chunk>,
) {
    let empty = || spare.try_recv().unwrap_or_default();
    for (field, column) in columns {
        let Some(column) = column.filter(|column| !column.is_empty()) else { continue };
        let (send, chunks) = sync_channel(WAITING);
        let (length, detail) = (column.length(), column.detail());
        let prepared = column.prepare(&mut room);
        if ready.send(Unpacked { field, length, detail, chunks }).is_err() {
            return;
        }
        prepared.unpack(empty(), |chunk| send.send(chunk).ok().map(|()| empty()));
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
