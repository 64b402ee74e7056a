//! Files through the stages: one thread cuts them into records, several read and annotate these, one keeps the books.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::books::Books;
use super::changes::Changes;
use super::{IngestError, Plan, Progress, Report};
use crate::corpus::Entry;
use crate::extract;
use crate::format::{self, Record, Refusal};
use crate::index::{IndexError, Writer};

/// What is added is made safe at least this often. Every time ends a segment, and readers wait for it.
const COMMIT_EVERY: Duration = Duration::from_secs(90);

/// Records are handed on in batches of about this many bytes, or this many records.
const BATCH_BYTES: usize = 128 << 10;
const BATCH_RECORDS: usize = 64;

/// Batches that may wait between two stages: with [`BATCH_BYTES`], a bound on memory.
const WAITING: usize = 16;

/// A record on its way, with the number of its file.
struct Piece {
    file: usize,
    path: Arc<str>,
    record: Record,
}

/// What the bookkeeper is told.
pub(super) enum Message {
    /// A record went through.
    Record { file: usize, outcome: Outcome },
    /// A file was cut to its end, into so many records.
    Cut { file: usize, records: usize, ending: Result<Vec<u8>, String>, bytes: u64 },
    /// The index took no more.
    Failed(IndexError),
}

/// What became of a record.
pub(super) enum Outcome {
    Indexed { quotes: usize, replaced: bool },
    Refused { number: usize, id: String, reason: String },
}

/// Everything the stages share.
struct Stages<'a> {
    plan: &'a Plan,
    writer: RwLock<Box<dyn Writer>>,
    stop: &'a AtomicBool,
    broken: AtomicBool,
}

/// Reads what `changes` names into `writer`, and forgets what is gone.
pub(super) fn run(
    plan: &Plan,
    changes: Changes,
    writer: Box<dyn Writer>,
    stop: &AtomicBool,
    progress: &(dyn Fn(Progress) + Sync),
    report: &mut Report,
) -> Result<(), IngestError> {
    for file in changes.gone.iter().chain(&changes.left) {
        writer.forget(&file.path)?;
    }
    for (entry, _) in &changes.read {
        writer.forget(&entry.path)?;
    }
    for file in &changes.noted {
        writer.record(file)?;
    }
    let entries: Vec<Entry> = changes.read.into_iter().map(|(entry, _)| entry).collect();
    let stages = Stages { plan, writer: RwLock::new(writer), stop, broken: AtomicBool::new(false) };
    let workers = thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let failed = thread::scope(|scope| {
        let (pieces, work) = bounded::<Vec<Piece>>(WAITING);
        let (tell, told) = bounded::<Vec<Message>>(WAITING * 4);
        let cutter = tell.clone();
        let (stages, entries) = (&stages, &entries);
        scope.spawn(move || stages.cut_all(entries, pieces, &cutter));
        for _ in 0..workers {
            let (work, tell) = (work.clone(), tell.clone());
            scope.spawn(move || stages.read_all(&work, &tell));
        }
        drop((work, tell));
        stages.keep_books(entries, told, progress, report)
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    report.stopped = stop.load(Ordering::Relaxed);
    let mut writer = stages.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
    // A rebuild that was stopped must not take the place of a whole index.
    if !(report.stopped && writer.replaces()) {
        writer.finish()?;
    }
    Ok(())
}

impl Stages<'_> {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.broken.load(Ordering::Relaxed)
    }

    /// Cuts every file into records, in order.
    fn cut_all(&self, entries: &[Entry], pieces: Sender<Vec<Piece>>, tell: &Sender<Vec<Message>>) {
        let mut batch = Batch { pieces, waiting: Vec::new(), bytes: 0 };
        for (file, entry) in entries.iter().enumerate() {
            if self.stopped() {
                break;
            }
            let message = self.cut(file, entry, &mut batch);
            if message.is_some_and(|message| tell.send(vec![message]).is_err()) {
                break;
            }
        }
        batch.send();
    }

    /// Cuts one file; says nothing of one that was stopped before its end.
    fn cut(&self, file: usize, entry: &Entry, batch: &mut Batch) -> Option<Message> {
        let mut records = 0;
        let ending = self.cut_records(file, entry, batch, &mut records);
        if self.stopped() {
            return None;
        }
        Some(Message::Cut { file, records, ending, bytes: entry.size })
    }

    fn cut_records(
        &self,
        file: usize,
        entry: &Entry,
        batch: &mut Batch,
        records: &mut usize,
    ) -> Result<Vec<u8>, String> {
        let path: Arc<str> = entry.path.as_str().into();
        let mut source = entry.open().map_err(|unreadable| unreadable.reason)?;
        let cut = format::split(&mut source, &self.plan.format, &mut |record| {
            *records += 1;
            batch.add(Piece { file, path: Arc::clone(&path), record });
            if self.stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if self.stopped() {
            return Err("stopped".to_owned());
        }
        cut.map_err(|Refusal(reason)| reason)?;
        source.finish().map_err(|error| error.to_string())
    }

    /// Reads, annotates and indexes batches of records as long as there are any.
    fn read_all(&self, work: &Receiver<Vec<Piece>>, tell: &Sender<Vec<Message>>) {
        for batch in work {
            let mut messages = Vec::with_capacity(batch.len());
            for piece in batch {
                messages.push(self.read(&piece));
            }
            if tell.send(messages).is_err() {
                return;
            }
        }
    }

    fn read(&self, piece: &Piece) -> Message {
        let file = piece.file;
        match self.article(piece) {
            Ok(Ok(outcome)) => Message::Record { file, outcome },
            Ok(Err((id, Refusal(reason)))) => {
                let number = piece.record.number.unwrap_or(0);
                Message::Record { file, outcome: Outcome::Refused { number, id, reason } }
            }
            Err(error) => {
                self.broken.store(true, Ordering::Relaxed);
                Message::Failed(error)
            }
        }
    }

    fn article(&self, piece: &Piece) -> Result<Result<Outcome, (String, Refusal)>, IndexError> {
        let record = &piece.record;
        let path: &str = &piece.path;
        let mut article = match format::parse(path, record, &self.plan.format) {
            Ok(article) => article,
            Err(refusal) => return Ok(Err((record.id(path), refusal))),
        };
        // A fault of ours in one article must not cost the others.
        let extracted = catch_unwind(AssertUnwindSafe(|| extract::annotate(&mut article, &self.plan.extract)));
        if extracted.is_err() {
            let reason = "cannot be read: it shows a fault in pullquote (please report it)".to_owned();
            return Ok(Err((record.id(path), Refusal(reason))));
        }
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        writer.add(&article)?;
        Ok(Ok(Outcome::Indexed { quotes: article.quotes.len(), replaced: article.replaced > 0 }))
    }
}

impl Stages<'_> {
    /// Counts what went through, keeps the record of every file that is whole, and commits from time to time.
    /// Returns what stopped it, if anything did.
    fn keep_books(
        &self,
        entries: &[Entry],
        told: Receiver<Vec<Message>>,
        progress: &(dyn Fn(Progress) + Sync),
        report: &mut Report,
    ) -> Option<IndexError> {
        let mut books = Books::new(entries);
        let mut failed = None;
        let mut committed = Instant::now();
        for message in told.into_iter().flatten() {
            let step = match message {
                Message::Failed(error) => Err(error),
                message => self.enter(&mut books, message, report),
            };
            progress(books.progress());
            let due = committed.elapsed() > COMMIT_EVERY;
            let done = step.and_then(|()| if due { self.commit() } else { Ok(()) });
            if due {
                committed = Instant::now();
            }
            if let Err(error) = done {
                self.broken.store(true, Ordering::Relaxed);
                failed.get_or_insert(error);
            }
        }
        let left = books.close(report);
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        let forgotten = left.iter().try_for_each(|path| writer.forget(path));
        failed.or(forgotten.err())
    }

    fn enter(&self, books: &mut Books<'_>, message: Message, report: &mut Report) -> Result<(), IndexError> {
        match books.enter(message, report) {
            Some(record) => self.writer.read().unwrap_or_else(PoisonError::into_inner).record(&record),
            None => Ok(()),
        }
    }

    fn commit(&self) -> Result<(), IndexError> {
        self.writer.write().unwrap_or_else(PoisonError::into_inner).commit()
    }
}

/// Records on their way to the readers.
struct Batch {
    pieces: Sender<Vec<Piece>>,
    waiting: Vec<Piece>,
    bytes: usize,
}

impl Batch {
    fn add(&mut self, piece: Piece) {
        self.bytes += piece.record.bytes.len();
        self.waiting.push(piece);
        if self.bytes >= BATCH_BYTES || self.waiting.len() >= BATCH_RECORDS {
            self.send();
        }
    }

    /// Hands on what waits. When nobody takes it any more, the run has failed and says so elsewhere.
    fn send(&mut self) {
        self.bytes = 0;
        if !self.waiting.is_empty() {
            drop(self.pieces.send(std::mem::take(&mut self.waiting)));
        }
    }
}
