//! The columns that are counted, and the names that their numbers stand for.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader};

use super::MANY;
use super::table::Table;
use crate::index::local::fields::counted_name;
use crate::index::local::guard::guarded;
use crate::index::local::rank::civil;
use crate::schema::Field;

/// Documents that are read together.
const BLOCK: usize = 1024;

/// Half the names that are kept of one column at most.
const KEPT: usize = 1 << 13;

/// What is counted in an index.
pub(in crate::index::local) struct Counting {
    /// Of every segment.
    pub(super) columns: Arc<Vec<Columns>>,
    table: Arc<OnceLock<Table>>,
    /// Whether the table is being read or was.
    is_read: AtomicBool,
    /// Documents in the index, and how many were counted so far.
    documents: usize,
    counted: AtomicUsize,
}

impl Counting {
    /// Opens the columns of all segments.
    pub(in crate::index::local) fn open(searcher: &Searcher) -> tantivy::Result<Counting> {
        let readers = searcher.segment_readers();
        let columns = readers.iter().map(Columns::open).collect::<tantivy::Result<Vec<_>>>()?;
        let documents = readers.iter().map(|reader| reader.max_doc() as usize).sum();
        let (table, is_read, counted) = Default::default();
        Ok(Counting { columns: Arc::new(columns), table, is_read, documents, counted })
    }

    /// What is counted, in memory, if it was read.
    pub(super) fn table(&self) -> Option<&Table> {
        self.table.get()
    }

    /// Notes that `found` documents more were counted. What is counted is read into memory once as many were as there
    /// are: before, reading everything would cost more than it saves. Where that takes its time, nobody waits for it.
    pub(super) fn was_counted(&self, found: usize) -> tantivy::Result<()> {
        let counted = self.counted.fetch_add(found, Ordering::Relaxed) + found;
        if counted < self.documents || self.is_read.swap(true, Ordering::Relaxed) {
            return Ok(());
        }
        if self.documents < MANY {
            let table = Table::of(&self.columns)?;
            self.table.get_or_init(|| table);
            return Ok(());
        }
        let (columns, table) = (Arc::clone(&self.columns), Arc::clone(&self.table));
        // Where there is no thread for it or it fails, counts are read from the columns as before, and say why.
        let read = move || guarded(Path::new(""), || Ok(Table::of(&columns).map(|read| drop(table.set(read)))));
        drop(std::thread::Builder::new().spawn(read));
        Ok(())
    }
}

/// The columns of a segment that are counted.
pub(super) struct Columns {
    fields: [Option<Named>; Field::COUNTED.len()],
    first: Option<Column<u64>>,
    last: Option<Column<u64>>,
    pub(super) documents: DocId,
}

/// A column of values, and those that were read from its dictionary: the frequent ones come again and again.
pub(super) struct Named {
    pub(super) column: StrColumn,
    read: Mutex<FxHashMap<u64, String>>,
    /// The numbers of values that were asked for, where the column has them.
    ords: Mutex<FxHashMap<String, Option<u64>>>,
}

impl Named {
    fn new(column: StrColumn) -> Named {
        Named { column, read: Mutex::default(), ords: Mutex::default() }
    }

    /// All values, in order.
    pub(super) fn all(&self) -> tantivy::Result<Vec<String>> {
        let mut all = Vec::with_capacity(self.column.num_terms());
        let mut stream = self.column.dictionary().stream()?;
        while stream.advance() {
            all.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
        Ok(all)
    }

    /// The number of a value, if it is in this column.
    pub(super) fn ord(&self, value: &str) -> tantivy::Result<Option<u64>> {
        let mut ords = self.ords.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ord) = ords.get(value) {
            return Ok(*ord);
        }
        let ord = self.column.dictionary().term_ord(value.as_bytes())?;
        if ords.len() >= 2 * KEPT {
            ords.clear();
        }
        ords.insert(value.to_owned(), ord);
        Ok(ord)
    }

    /// The values with these numbers, which are in order.
    pub(super) fn names(&self, ords: &[u64]) -> tantivy::Result<Vec<String>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if ords.len() > KEPT {
            let mut names = Vec::with_capacity(ords.len());
            let name = |value: &[u8]| names.push(String::from_utf8_lossy(value).into_owned());
            self.column.dictionary().sorted_ords_to_term_cb(ords, name)?;
            return Ok(names);
        }
        if read.len() + ords.len() > 2 * KEPT {
            read.clear();
        }
        let missing: Vec<u64> = ords.iter().copied().filter(|ord| !read.contains_key(ord)).collect();
        let mut next = missing.iter();
        self.column.dictionary().sorted_ords_to_term_cb(&missing, |value| {
            if let Some(ord) = next.next() {
                read.insert(*ord, String::from_utf8_lossy(value).into_owned());
            }
        })?;
        Ok(ords.iter().map(|ord| read.get(ord).cloned().unwrap_or_default()).collect())
    }
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Columns> {
        let (fast, documents) = (reader.fast_fields(), reader.max_doc());
        let mut fields = [const { None }; Field::COUNTED.len()];
        for (field, column) in Field::COUNTED.into_iter().zip(&mut fields) {
            *column = fast.str(&counted_name(field))?.map(Named::new);
        }
        Ok(Columns { fields, first: fast.column_opt("first")?, last: fast.column_opt("last")?, documents })
    }

    pub(super) fn of(&self, field: Field) -> Option<&Named> {
        let at = Field::COUNTED.iter().position(|other| *other == field)?;
        self.fields[at].as_ref()
    }

    /// First and last day of every document, as numbers `YYYYMMDD`; 0 is none.
    pub(super) fn days(&self) -> Vec<Pair> {
        let mut days = Vec::with_capacity(self.documents as usize);
        let docs: Vec<DocId> = (0..self.documents).collect();
        self.each_days(&docs, |first, last| days.push((first, last)));
        days
    }

    /// Calls `take` with those of each of `docs`.
    pub(super) fn each_days(&self, docs: &[DocId], mut take: impl FnMut(u64, u64)) {
        let (mut firsts, mut lasts) = (vec![None; BLOCK], vec![None; BLOCK]);
        for block in docs.chunks(BLOCK) {
            for (column, days) in [(&self.first, &mut firsts), (&self.last, &mut lasts)] {
                days.clear();
                days.resize(block.len(), None);
                if let Some(column) = column {
                    column.first_vals(block, days);
                }
            }
            for (first, last) in firsts.iter().zip(&lasts) {
                take(first.unwrap_or(0), last.unwrap_or(0));
            }
        }
    }
}

/// A first and a last day, `YYYYMMDD`; 0 is none.
pub(super) type Pair = (u64, u64);

/// Both days.
pub(super) fn both((first, last): Pair) -> Option<(Date, Date)> {
    Some((civil(first)?, civil(last)?))
}

/// Calls `take` with every value of every one of `docs`, which are in order.
pub(super) fn each(column: &Column<u64>, docs: impl Iterator<Item = DocId>, mut take: impl FnMut(DocId, u64)) {
    let (mut block, mut holders, mut rows, mut values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut docs = docs.peekable();
    while docs.peek().is_some() {
        block.clear();
        block.extend(docs.by_ref().take(BLOCK));
        holders.clear();
        rows.clear();
        column.row_ids_for_docs(&block, &mut holders, &mut rows);
        values.resize(rows.len(), 0);
        column.values.get_vals(&rows, &mut values);
        for (doc, value) in holders.iter().zip(&values) {
            take(*doc, *value);
        }
    }
}
