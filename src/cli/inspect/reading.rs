//! Files read by several threads, and their articles handed out in order.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::article::Article;
use crate::cli::Failure;
use crate::corpus::{self, Entry, Walk};
use crate::extract;
use crate::format::{self, Record, Refusal};

/// Records are handed on in batches of about this many bytes, or this many records.
const BATCH_BYTES: usize = 64 << 10;
const BATCH_RECORDS: usize = 16;

/// Batches that may wait for a reader, or to be handed out.
const WAITING: usize = 32;

/// What is needed to read a record.
pub(super) struct Reader {
    pub(super) format: format::Context,
    pub(super) extract: extract::Context,
}

/// What could not be read, and why.
pub(super) struct Refused {
    pub(super) id: String,
    pub(super) reason: String,
}

/// A record to be read, or a file that could not be cut into records.
enum Item {
    Piece { path: Arc<str>, record: Record },
    Refused(Refused),
}

type Read = Result<Article, Refused>;

/// A batch on its way to a reader.
struct Job {
    items: Vec<Item>,
    reply: Sender<Vec<Read>>,
}

/// Reads the files in `paths` on all processors and hands every article, or refusal, to `each`, in order.
pub(super) fn read(
    paths: &[PathBuf],
    reader: &Reader,
    each: &mut dyn FnMut(Read) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        let (jobs, work) = bounded::<Job>(WAITING);
        let (order, replies) = bounded(WAITING);
        let cutter = scope.spawn(move || {
            let mut cutter = Cutter { reader, jobs, order, items: Vec::new(), bytes: 0, goes_on: true };
            let outcome = paths.iter().try_for_each(|path| cutter.path(path));
            cutter.send();
            outcome
        });
        for _ in 0..threads {
            let work = work.clone();
            scope.spawn(move || work.iter().for_each(|job| reader.read(job)));
        }
        drop(work);
        for reply in replies {
            // A reader that panicked replies nothing; the panic goes on when all have ended.
            for read in reply.recv().unwrap_or_default() {
                each(read)?;
            }
        }
        cutter.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

impl Reader {
    fn read(&self, job: Job) {
        let read = job.items.into_iter().map(|item| self.item(item)).collect();
        // When nobody waits for it any more, printing has failed and says so.
        drop(job.reply.send(read));
    }

    fn item(&self, item: Item) -> Read {
        let (path, record) = match item {
            Item::Piece { path, record } => (path, record),
            Item::Refused(refused) => return Err(refused),
        };
        match format::parse(&path, &record, &self.format) {
            Ok(mut article) => {
                extract::annotate(&mut article, &self.extract);
                Ok(article)
            }
            Err(Refusal(reason)) => Err(Refused { id: record.id(&path), reason }),
        }
    }
}

/// Cuts files into records, and these into batches.
struct Cutter<'a> {
    reader: &'a Reader,
    jobs: Sender<Job>,
    order: Sender<Receiver<Vec<Read>>>,
    items: Vec<Item>,
    bytes: usize,
    /// Whether anybody takes more.
    goes_on: bool,
}

impl Cutter<'_> {
    /// Cuts every file in `path`.
    fn path(&mut self, path: &Path) -> Result<(), Failure> {
        let entries = corpus::walk(&Walk { root: path.to_owned(), ..Walk::default() })
            .map_err(|error| Failure::new(error.to_string(), "is the path right? it takes files and folders"))?;
        for entry in entries {
            match entry {
                Err(unreadable) => self.refused(unreadable.path, unreadable.reason),
                Ok(entry) => self.file(&entry),
            }
            if !self.goes_on {
                break;
            }
        }
        Ok(())
    }

    fn file(&mut self, entry: &Entry) {
        let refused = match entry.open() {
            Err(unreadable) => Err(unreadable.reason),
            Ok(mut source) => {
                let path: Arc<str> = entry.path.as_str().into();
                let cut = format::split(&mut source, &self.reader.format, &mut |record| {
                    let bytes = record.bytes.len();
                    self.add(Item::Piece { path: Arc::clone(&path), record }, bytes);
                    if self.goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                });
                cut.map_err(|Refusal(reason)| reason)
            }
        };
        if let Err(reason) = refused {
            self.refused(entry.path.clone(), reason);
        }
    }

    fn refused(&mut self, id: String, reason: String) {
        self.add(Item::Refused(Refused { id, reason }), 0);
    }

    fn add(&mut self, item: Item, bytes: usize) {
        self.items.push(item);
        self.bytes += bytes;
        if self.bytes >= BATCH_BYTES || self.items.len() >= BATCH_RECORDS {
            self.send();
        }
    }

    /// Hands on what waits.
    fn send(&mut self) {
        let items = std::mem::take(&mut self.items);
        self.bytes = 0;
        let (reply, replied) = bounded(1);
        self.goes_on &= self.order.send(replied).is_ok() && self.jobs.send(Job { items, reply }).is_ok();
    }
}
