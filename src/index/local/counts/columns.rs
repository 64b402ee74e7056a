//! The columns that are counted, and the names that their numbers stand for.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};

use crate::index::local::fields::counted_name;
use crate::schema::Field;

/// Half the names that are kept of one column at most.
const KEPT: usize = 1 << 13;

/// The columns of a segment that are counted.
pub(in crate::index::local) struct Columns {
    fields: [Option<Named>; Field::COUNTED.len()],
    pub(super) first: Option<Column<u64>>,
    pub(super) last: Option<Column<u64>>,
}

/// A column of values, and those that were read from its dictionary: the frequent ones come again and again.
pub(super) struct Named {
    pub(super) column: StrColumn,
    read: Mutex<FxHashMap<u64, String>>,
    /// The numbers of values that were asked for, where the column has them.
    ords: Mutex<FxHashMap<String, Option<u64>>>,
}

impl Named {
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
    /// Opens those of a segment.
    pub(in crate::index::local) fn open(reader: &SegmentReader) -> tantivy::Result<Columns> {
        let fast = reader.fast_fields();
        let mut fields = [const { None }; Field::COUNTED.len()];
        for (field, column) in Field::COUNTED.into_iter().zip(&mut fields) {
            let values = fast.str(&counted_name(field))?;
            *column = values.map(|column| Named { column, read: Mutex::default(), ords: Mutex::default() });
        }
        Ok(Columns { fields, first: fast.column_opt("first")?, last: fast.column_opt("last")? })
    }

    pub(super) fn of(&self, field: Field) -> Option<&Named> {
        let at = Field::COUNTED.iter().position(|other| *other == field)?;
        self.fields[at].as_ref()
    }
}
