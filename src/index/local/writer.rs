//! The one writer: adds articles, forgets files, commits in the order quotes, articles, files.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashSet;
use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::schema::Schema;
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, SegmentMeta, TantivyDocument, Term};

use super::document::{article_document, quote_documents};
use super::fields::{self, Fields, FileFields};
use super::folder::{self, ARTICLES, FILES, Lock, Meta, QUOTES, damaged, storage};
use super::records::{pack_file, records_in};
use crate::article::Article;
use crate::index::{FileRecord, IndexError, WriteOptions, Writer};
use crate::search::Target;

/// Memory for text not yet on disk, unless told otherwise. Less makes many small segments, which costs half the speed.
const MEMORY: usize = 400 << 20;

/// What Tantivy takes for a thread, at least and at most.
const LEAST_MEMORY: usize = 15_000_000;
const MOST_MEMORY: usize = 4_000_000_000;

/// Threads that write articles; each makes segments of its own, to be merged at the end.
const MOST_THREADS: usize = 4;

/// The shares of the memory for articles, for quotes and for files, in percent.
const SHARES: [usize; 3] = [74, 22, 4];

/// One Tantivy index, open for writing.
struct Open {
    place: PathBuf,
    index: Index,
    writer: Option<IndexWriter>,
    /// As it was when opened. Given up before merging, for what it sees is kept on disk.
    before: Option<Searcher>,
    changed: AtomicBool,
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
                meta.write(folder)?;
                meta
            }
        };
        let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get().clamp(1, MOST_THREADS));
        let memory = if options.memory == 0 { MEMORY } else { options.memory };
        let (schema, fields) = fields::schema(Target::Articles);
        let (quote_schema, _) = fields::schema(Target::Quotes);
        let (file_schema, file_fields) = fields::file_schema();
        let open = |name: &str, schema: Schema, threads: usize, share: usize| {
            Open::new(meta.place(folder, name), schema, threads, memory / 100 * share)
        };
        let articles = open(ARTICLES, schema, threads, SHARES[0])?;
        let quotes = open(QUOTES, quote_schema, 1, SHARES[1])?;
        let files = open(FILES, file_schema, 1, SHARES[2])?;
        let (folder, added) = (folder.to_owned(), Mutex::new(FxHashSet::default()));
        Ok(LocalWriter { folder, meta, replaces, fields, file_fields, articles, quotes, files, added, _lock: lock })
    }
}

impl Open {
    fn new(place: PathBuf, schema: Schema, threads: usize, memory: usize) -> Result<Open, IndexError> {
        let index = folder::open_or_create(&place, schema)?;
        let writer = writer(&index, threads, memory / threads).map_err(|error| damaged(&place, &error))?;
        // What is merged is decided once, at the end: merging on the way would do most of it twice.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader: tantivy::IndexReader = reader.map_err(|error| damaged(&place, &error))?;
        Ok(Open {
            place,
            index,
            writer: Some(writer),
            before: Some(reader.searcher()),
            changed: AtomicBool::new(false),
        })
    }

    fn writer(&self) -> Result<&IndexWriter, IndexError> {
        self.writer.as_ref().ok_or_else(|| storage(&self.place, &"it was closed"))
    }

    fn writer_mut(&mut self) -> Result<&mut IndexWriter, IndexError> {
        self.writer.as_mut().ok_or_else(|| storage(&self.place, &"it was closed"))
    }

    fn add(&self, document: TantivyDocument) -> Result<(), IndexError> {
        self.changed.store(true, Ordering::Relaxed);
        let added = self.writer()?.add_document(document);
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

    fn commit(&mut self) -> Result<(), IndexError> {
        if !self.changed() {
            return Ok(());
        }
        let committed = self.writer_mut()?.commit();
        committed.map_err(|error| damaged(&self.place, &error))?;
        self.changed.store(false, Ordering::Relaxed);
        Ok(())
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
        let scattered = f64::from(all - largest.num_docs()) > SCATTERED * f64::from(all);
        let deleted = f64::from(largest.num_deleted_docs()) > DELETED * f64::from(largest.max_doc());
        if scattered || deleted {
            drop(metas);
            return self.merge();
        }
        let small: Vec<SegmentId> =
            metas.iter().filter(|meta| meta.id() != largest.id()).map(SegmentMeta::id).collect();
        drop(metas);
        if small.len() > MOST_SMALL { self.join(&small) } else { Ok(()) }
    }

    /// Merges `segments`, if there are any, and frees what nothing needs any more.
    fn join(&mut self, segments: &[SegmentId]) -> Result<(), IndexError> {
        self.close()?;
        self.before = None;
        let broken = |error| damaged(&self.place, &error);
        let mut writer = writer(&self.index, 1, LEAST_MEMORY).map_err(broken)?;
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

/// A Tantivy writer with so many threads, each with so much memory.
fn writer(index: &Index, threads: usize, memory: usize) -> tantivy::Result<IndexWriter> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread(memory.clamp(LEAST_MEMORY, MOST_MEMORY))
        .build();
    index.writer_with_options(options)
}

/// Past this share outside the largest segment, merging everything pays for itself at the first few hundred searches.
const SCATTERED: f64 = 0.2;

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
        for document in quote_documents(&self.fields, article) {
            self.quotes.add(document)?;
        }
        self.articles.add(article_document(&self.fields, article))
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
        let mut document = TantivyDocument::default();
        document.add_text(self.file_fields.path, &file.path);
        document.add_bytes(self.file_fields.stored, &pack_file(file));
        self.files.add(document)
    }

    fn commit(&mut self) -> Result<(), IndexError> {
        let changed = self.quotes.changed() || self.articles.changed() || self.files.changed();
        self.quotes.commit()?;
        self.articles.commit()?;
        self.files.commit()?;
        if changed && !self.replaces {
            self.meta.write(&self.folder)?;
        }
        Ok(())
    }

    fn merge(&mut self) -> Result<(), IndexError> {
        for open in [&mut self.quotes, &mut self.articles, &mut self.files] {
            open.merge()?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), IndexError> {
        self.commit()?;
        for open in [&mut self.quotes, &mut self.articles, &mut self.files] {
            open.tidy()?;
            open.close()?;
        }
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
