//! The one writer: adds articles, forgets files, commits in the order quotes, articles, files.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashSet;
use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy, PreparedCommit, UserOperation};
use tantivy::schema::Schema;
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, SegmentMeta, Term};

use super::document::documents;
use super::fields::{self, Fields, FileFields};
use super::folder::{self, ARTICLES, FILES, Lock, Meta, QUOTES, damaged, storage};
use super::invert::{Documents, Gate, Kept, Queued};
use super::records::{pack_file, records_in};
use super::stories;
use crate::article::Article;
use crate::index::beside::joined;
use crate::index::{FileRecord, IndexError, WriteOptions, Writer};
use crate::search::Target;

/// Memory for text not yet on disk, unless told otherwise. Less makes many small segments, which costs half the speed.
const MEMORY: usize = 560 << 20;

/// What Tantivy takes for a thread, at least and at most.
const LEAST_MEMORY: usize = 15_000_000;
const MOST_MEMORY: usize = 4_000_000_000;

/// The shares of the memory for articles, for quotes and for files, in percent.
const SHARES: [usize; 3] = [52, 44, 4];

/// One Tantivy index, open for writing.
struct Open {
    place: PathBuf,
    index: Index,
    writer: Option<IndexWriter<Queued>>,
    /// As it was when opened. Given up before merging, for what it sees is kept on disk.
    before: Option<Searcher>,
    changed: AtomicBool,
    /// Where documents go in; none where there are few.
    gate: Option<Arc<Gate>>,
}

/// See the module.
pub(super) struct LocalWriter {
    folder: PathBuf,
    meta: Meta,
    /// Whether this generation replaces another one at the end.
    replaces: bool,
    fields: Fields,
    file_fields: FileFields,
    articles: Open,
    quotes: Open,
    files: Open,
    /// Files whose articles were added since the index was opened.
    added: Mutex<FxHashSet<String>>,
    _lock: Lock,
}

impl LocalWriter {
    /// Opens or makes the index in `folder`.
    pub(super) fn open(folder: &Path, options: &WriteOptions) -> Result<LocalWriter, IndexError> {
        let lock = Lock::take(folder, Duration::from_secs(options.wait))?;
        let known = match Meta::read(folder) {
            Ok(meta) => Some(meta),
            Err(IndexError::Missing(_)) => None,
            Err(IndexError::Damaged { .. }) if options.rebuild => None,
            Err(error) => return Err(error),
        };
        if let Some(meta) =
            known.as_ref().filter(|meta| meta.corpus != options.corpus && !meta.corpus.as_os_str().is_empty())
        {
            let (owner, asked) = (meta.corpus.clone(), options.corpus.clone());
            return Err(IndexError::OtherCorpus { index: folder.to_owned(), owner, asked });
        }
        let replaces = known.is_some() && (options.rebuild || known.as_ref().is_some_and(|meta| !meta.current()));
        let meta = match known {
            Some(meta) if !replaces => {
                folder::remove_others(folder, &meta.generation);
                meta
            }
            Some(meta) => {
                folder::remove_others(folder, &meta.generation);
                Meta::new(&options.corpus, folder::next_generation(folder))
            }
            None => {
                let mut meta = Meta::new(&options.corpus, folder::next_generation(folder));
                meta.begin(folder)?;
                meta
            }
        };
        let memory = if options.memory == 0 { MEMORY } else { options.memory };
        let (_, fields) = fields::schema(Target::Articles);
        let (file_schema, file_fields) = fields::file_schema();
        let open = |name: &str, schema: &Schema, share: usize| {
            let place = meta.place(folder, name);
            let index = folder::open_or_create(&place, schema.clone())?;
            Ok((place, index, memory / 100 * share))
        };
        let open_words = |name: &str, target: Target, share: usize| {
            let (schema, fields) = fields::schema(target);
            let (place, mut index, memory) = open(name, &schema, share)?;
            let gate = fields::register(&mut index, &fields, target, memory);
            Open::new(place, index, memory, Some(gate))
        };
        // Each waits for the disk now and then.
        let (articles, quotes, files) = std::thread::scope(|scope| {
            let articles = scope.spawn(|| open_words(ARTICLES, Target::Articles, SHARES[0]));
            let quotes = scope.spawn(|| open_words(QUOTES, Target::Quotes, SHARES[1]));
            let files = open(FILES, &file_schema, SHARES[2]);
            let files = files.and_then(|(place, index, memory)| Open::new(place, index, memory, None));
            (joined(articles), joined(quotes), files)
        });
        let (articles, quotes, files) = (articles?, quotes?, files?);
        let (folder, added) = (folder.to_owned(), Mutex::new(FxHashSet::default()));
        Ok(LocalWriter { folder, meta, replaces, fields, file_fields, articles, quotes, files, added, _lock: lock })
    }
}

impl Open {
    fn new(place: PathBuf, index: Index, memory: usize, gate: Option<Arc<Gate>>) -> Result<Open, IndexError> {
        let writer = writer(&index, memory).map_err(|error| damaged(&place, &error))?;
        // What is merged is decided once, at the end: merging on the way would do most of it twice.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        // What a killed run left behind would bear the names of what this one writes.
        writer.garbage_collect_files().wait().map_err(|error| damaged(&place, &error))?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader: tantivy::IndexReader = reader.map_err(|error| damaged(&place, &error))?;
        Ok(Open {
            place,
            index,
            writer: Some(writer),
            before: Some(reader.searcher()),
            changed: AtomicBool::new(false),
            gate,
        })
    }

    fn writer(&self) -> Result<&IndexWriter<Queued>, IndexError> {
        self.writer.as_ref().ok_or_else(|| storage(&self.place, &"it was closed"))
    }

    /// Adds `documents`, all at once: each hand-over wakes the thread that writes.
    fn add(&self, documents: impl Iterator<Item = Queued>) -> Result<(), IndexError> {
        let operations: Vec<_> = documents.map(UserOperation::Add).collect();
        if operations.is_empty() {
            return Ok(());
        }
        if let Some(gate) = &self.gate {
            gate.enter(operations.len());
        }
        self.changed.store(true, Ordering::Relaxed);
        let added = self.writer()?.run(operations);
        added.map(drop).map_err(|error| damaged(&self.place, &error))
    }

    fn delete(&self, term: Term) -> Result<(), IndexError> {
        self.changed.store(true, Ordering::Relaxed);
        self.writer()?.delete_term(term);
        Ok(())
    }

    fn holds(&self, term: &Term) -> Result<bool, IndexError> {
        let Some(before) = self.before.as_ref().filter(|before| before.num_docs() > 0) else { return Ok(false) };
        let frequency = before.doc_freq(term).map_err(|error| damaged(&self.place, &error))?;
        Ok(frequency > 0)
    }

    fn changed(&self) -> bool {
        self.changed.load(Ordering::Relaxed)
    }

    /// Puts everything on disk; it counts once that is committed.
    fn prepare(&mut self) -> Result<Prepared<'_>, IndexError> {
        let Open { place, writer, changed, .. } = self;
        if !changed.load(Ordering::Relaxed) {
            return Ok(Prepared { commit: None, place, changed });
        }
        let writer = writer.as_mut().ok_or_else(|| storage(place, &"it was closed"))?;
        let commit = writer.prepare_commit().map_err(|error| damaged(place, &error))?;
        Ok(Prepared { commit: Some(commit), place, changed })
    }

    /// Makes one segment of all.
    fn merge(&mut self) -> Result<(), IndexError> {
        let metas = self.metas()?;
        let whole = metas.len() <= 1 && metas.iter().all(|meta| !meta.has_deletes());
        let segments = if whole { Vec::new() } else { metas.iter().map(SegmentMeta::id).collect() };
        drop(metas);
        self.join(&segments)
    }

    /// Merges what is worth it: everything where much is scattered or deleted, the small segments where there are many.
    fn tidy(&mut self) -> Result<(), IndexError> {
        let metas = self.metas()?;
        let all: u32 = metas.iter().map(SegmentMeta::num_docs).sum();
        let Some(largest) = metas.iter().max_by_key(|meta| meta.num_docs()) else { return Ok(()) };
        let scattered =
            all <= SMALL && metas.len() > FEW && f64::from(all - largest.num_docs()) > SCATTERED * f64::from(all);
        let deleted = f64::from(largest.num_deleted_docs()) > DELETED * f64::from(largest.max_doc());
        if scattered || deleted {
            drop(metas);
            return self.merge();
        }
        let limit = LARGE.min(all / 64);
        let small: Vec<SegmentId> = metas.iter().filter(|meta| meta.num_docs() < limit).map(SegmentMeta::id).collect();
        drop(metas);
        if small.len() > MOST_SMALL { self.join(&small) } else { Ok(()) }
    }

    /// Merges `segments`, if there are any, and frees what nothing needs any more.
    fn join(&mut self, segments: &[SegmentId]) -> Result<(), IndexError> {
        self.close()?;
        self.before = None;
        let broken = |error| damaged(&self.place, &error);
        let mut writer = writer(&self.index, LEAST_MEMORY).map_err(broken)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        if !segments.is_empty() {
            writer.merge(segments).wait().map_err(broken)?;
        }
        writer.garbage_collect_files().wait().map_err(broken)?;
        self.writer = Some(writer);
        Ok(())
    }

    fn metas(&self) -> Result<Vec<SegmentMeta>, IndexError> {
        self.index.searchable_segment_metas().map_err(|error| damaged(&self.place, &error))
    }

    /// Lets merges at work come to their end.
    fn close(&mut self) -> Result<(), IndexError> {
        match self.writer.take() {
            Some(writer) => writer.wait_merging_threads().map_err(|error| damaged(&self.place, &error)),
            None => Ok(()),
        }
    }
}

/// What is on disk and does not count yet. Dropped, it never does.
struct Prepared<'a> {
    commit: Option<PreparedCommit<'a, Queued>>,
    place: &'a Path,
    changed: &'a AtomicBool,
}

impl Prepared<'_> {
    fn commit(self) -> Result<(), IndexError> {
        let Some(commit) = self.commit else { return Ok(()) };
        commit.commit().map_err(|error| damaged(self.place, &error))?;
        self.changed.store(false, Ordering::Relaxed);
        Ok(())
    }
}

/// A Tantivy writer with so much memory. One thread makes one segment, which need not be merged with others.
fn writer(index: &Index, memory: usize) -> tantivy::Result<IndexWriter<Queued>> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .memory_budget_per_thread(memory.clamp(LEAST_MEMORY, MOST_MEMORY))
        .build();
    index.writer_with_options(options)
}

/// Past this share outside the largest segment, merging everything pays for itself at the first few hundred searches.
const SCATTERED: f64 = 0.2;

/// So few segments stay as they are, however large: a first run makes some, and merging them takes a third of its time.
const FEW: usize = 6;

/// In an index of more documents than this, large segments stay: merging them takes a third of the time that making
/// them did, and maps as much memory as they have bytes.
const SMALL: u32 = 400_000;

/// A segment of so many documents is large in any index; in smaller ones, a 64th of all is.
const LARGE: u32 = 50_000;

/// A segment is rewritten once this share of it is deleted: BM25 counts the deleted, too, and scores would drift.
const DELETED: f64 = 0.2;

/// More small segments than this are made one.
const MOST_SMALL: usize = 7;

impl Writer for LocalWriter {
    fn files(&self) -> Result<Vec<FileRecord>, IndexError> {
        self.files.before.as_ref().map_or(Ok(Vec::new()), |before| records_in(before, &self.files.place))
    }

    fn add(&self, article: &Article) -> Result<(), IndexError> {
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        if !added.contains(&article.path) {
            added.insert(article.path.clone());
        }
        drop(added);
        let quotes = article.quotes.len();
        let documents = Arc::new(documents(&self.fields, article));
        self.quotes.add(Queued::all(&documents).take(quotes))?;
        self.articles.add(Queued::all(&documents).skip(quotes))
    }

    fn forget(&self, path: &str) -> Result<(), IndexError> {
        let fresh = self.added.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
        let term = Fields::term(self.fields.file, path);
        for open in [&self.quotes, &self.articles] {
            if fresh || open.holds(&term)? {
                open.delete(term.clone())?;
            }
        }
        let record = Fields::term(self.file_fields.path, path);
        if self.files.holds(&record)? {
            self.files.delete(record)?;
        }
        Ok(())
    }

    fn record(&self, file: &FileRecord) -> Result<(), IndexError> {
        let term = Fields::term(self.file_fields.path, &file.path);
        if self.files.holds(&term)? {
            self.files.delete(term)?;
        }
        let mut kept = Kept::default();
        kept.end();
        kept.text(self.file_fields.path, &file.path);
        kept.bytes(self.file_fields.stored, pack_file(file));
        kept.end();
        self.files.add(Queued::all(&Arc::new(Documents::only(kept))))
    }

    fn commit(&mut self) -> Result<(), IndexError> {
        let LocalWriter { quotes, articles, files, .. } = self;
        let changed = quotes.changed() || articles.changed() || files.changed();
        // What takes long is done side by side; what counts is done in order.
        let prepared = std::thread::scope(|scope| {
            let others = [quotes, files].map(|open| scope.spawn(|| open.prepare()));
            let articles = articles.prepare();
            let [quotes, files] = others.map(joined);
            [quotes, articles, files]
        });
        for prepared in prepared {
            prepared?.commit()?;
        }
        if changed && !self.replaces {
            self.meta.write(&self.folder)?;
        }
        Ok(())
    }

    fn merge(&mut self) -> Result<(), IndexError> {
        for open in [&mut self.quotes, &mut self.articles, &mut self.files] {
            open.merge()?;
        }
        stories::update(&self.meta.generation(&self.folder), &self.articles.place)
    }

    fn finish(&mut self) -> Result<(), IndexError> {
        self.commit()?;
        let (generation, place) = (self.meta.generation(&self.folder), self.articles.place.clone());
        let mut all = [&mut self.quotes, &mut self.articles, &mut self.files];
        all.iter_mut().try_for_each(|open| open.tidy())?;
        std::thread::scope(|scope| {
            let closing = all.map(|open| scope.spawn(|| open.close()));
            let told = stories::update(&generation, &place);
            closing.into_iter().try_for_each(joined).and(told)
        })?;
        if self.replaces {
            self.meta.write(&self.folder)?;
            folder::remove_others(&self.folder, &self.meta.generation);
            self.replaces = false;
        }
        Ok(())
    }

    fn replaces(&self) -> bool {
        self.replaces
    }
}
