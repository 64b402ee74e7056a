//! Terms on their way to the thread that writes the dictionaries: compressing them takes as long as writing postings.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use tantivy::postings::TermInfo;
use tantivy::schema::Field as Id;
use tantivy::termdict::TermDictionaryBuilder;

/// A batch of so many terms is full. Tests have fields of more.
const FULL: usize = if cfg!(test) { 4 } else { 1 << 10 };

/// Batches that may wait.
const WAITING: usize = 8;

/// Some terms in a row, each with what is known of it.
#[derive(Debug, Default)]
struct Batch {
    /// The terms, one after the other.
    bytes: Vec<u8>,
    /// Where each ends.
    terms: Vec<(usize, TermInfo)>,
}

/// A field whose terms come in order.
pub(super) struct Listing {
    field: Id,
    batches: Receiver<Batch>,
}

/// Hands on the terms of one field.
pub(super) struct List {
    batch: Batch,
    batches: SyncSender<Batch>,
}

impl List {
    /// Begins the list of `field`, which goes to `to`.
    pub(super) fn begin(field: Id, to: &SyncSender<Listing>) -> io::Result<List> {
        let (send, batches) = sync_channel(WAITING);
        to.send(Listing { field, batches }).map_err(|_| ended())?;
        Ok(List { batch: Batch::default(), batches: send })
    }

    /// Adds a term, which comes after the last one.
    pub(super) fn add(&mut self, term: &[u8], info: TermInfo) -> io::Result<()> {
        self.batch.bytes.extend_from_slice(term);
        self.batch.terms.push((self.batch.bytes.len(), info));
        if self.batch.terms.len() >= FULL { self.send() } else { Ok(()) }
    }

    fn send(&mut self) -> io::Result<()> {
        self.batches.send(std::mem::take(&mut self.batch)).map_err(|_| ended())
    }

    /// Ends the list.
    pub(super) fn close(mut self) -> io::Result<()> {
        self.send()
    }
}

/// Nobody takes any terms: whoever did has met an error, which says more.
fn ended() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the dictionary of terms could not be written")
}

/// The dictionary of every field that is listed.
pub(super) fn write(listings: Receiver<Listing>) -> io::Result<Vec<(Id, Vec<u8>)>> {
    let mut dictionaries = Vec::new();
    for Listing { field, batches } in listings {
        let mut dictionary = TermDictionaryBuilder::create(Vec::new())?;
        for Batch { bytes, terms } in batches {
            let mut from = 0;
            for (end, info) in terms {
                dictionary.insert(&bytes[std::mem::replace(&mut from, end)..end], &info)?;
            }
        }
        dictionaries.push((field, dictionary.finish()?));
    }
    Ok(dictionaries)
}
