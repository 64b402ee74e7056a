//! Writes a segment: one thread puts postings in order, another writes them.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use tantivy::directory::Directory;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent::{FieldNorms, Positions, Postings, Terms};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Field as Id;
use tantivy::{DocId, Segment, TantivyError};

use super::chunk::{Chunk, Pen};
use super::column::Column;
use super::runs::Detail;

/// Writes the lengths of fields, then terms and postings.
pub(super) fn write(
    segment: &Segment,
    columns: Vec<Option<Column>>,
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
    let mut out = InvertedIndexSerializer::open(segment)?;
    let columns = (0..).map(Id::from_field_id).zip(columns);
    thread::scope(|scope| {
        let (ready, unpacked) = sync_channel(1);
        scope.spawn(move || unpack(columns, &ready));
        for Unpacked { field, length, detail, chunks } in unpacked {
            let mut fields = out.new_field(field, length, norms.get_field(field)?)?;
            let mut pen = Pen::new(detail, &mut fields);
            for chunk in chunks {
                pen.write(&chunk)?;
            }
            pen.end()?;
            fields.close()?;
        }
        Ok(out.close()?)
    })
}

/// A field whose postings come in order.
struct Unpacked {
    field: Id,
    length: u64,
    detail: Detail,
    chunks: Receiver<Chunk>,
}

/// Chunks that may wait to be written.
const WAITING: usize = 8;

/// Puts the postings of all fields in order, as long as anyone wants them.
fn unpack(columns: impl Iterator<Item = (Id, Option<Column>)>, ready: &SyncSender<Unpacked>) {
    for (field, column) in columns {
        let Some(column) = column.filter(|column| !column.is_empty()) else { continue };
        let (send, chunks) = sync_channel(WAITING);
        let (length, detail) = (column.length(), column.detail());
        let prepared = column.prepare();
        if ready.send(Unpacked { field, length, detail, chunks }).is_err() {
            return;
        }
        prepared.unpack(|chunk| match send.send(chunk) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        });
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
