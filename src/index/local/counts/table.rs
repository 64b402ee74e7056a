//! What is counted in memory, for an index that is asked for counts again and again.
//!
//! All that is counted of a document stands in one row of few bytes, so that there is one place of memory to read: where
//! much is found, waiting for memory is most of the time that counting takes.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::columns::{Columns, Pair, both};
use super::finder::Finder;
use super::numbers::Numbered;
use super::packed::{Counted, PackedRows, Place};
use super::rows::Values;
use super::{Meanwhile, What};
use crate::schema::Field;
use crate::search::{Counts, Dated};

/// The rows of all documents.
pub(super) struct Table {
    /// The counted fields, and where the numbers of each are in a row.
    fields: Vec<(Field, Values, Place)>,
    rows: PackedRows<8>,
    days: Vec<Option<(Date, Date)>>,
    /// The numbers of days stand in the rows and, for when nothing else is counted, by themselves.
    with_fields: Place,
    alone: (PackedRows<2>, Place),
}

impl Table {
    /// Reads all of `columns`.
    pub(super) fn of(columns: &[Columns]) -> tantivy::Result<Table> {
        let mut values = Vec::new();
        for field in Field::COUNTED {
            values.push((field, Values::of(columns, field)?));
        }
        let (days, of_days) = days(columns);
        let of_fields = values.iter().map(|(_, values)| Numbered::of(&values.segments, values.len()));
        let (days_alone, alone, _) = PackedRows::of(columns, of_days.clone(), Vec::new());
        let (rows, with_fields, places) = PackedRows::of(columns, of_days, of_fields.collect());
        let fields = values.into_iter().zip(places).map(|((field, values), place)| (field, values, place)).collect();
        Ok(Table { fields, rows, days, with_fields, alone: (days_alone, alone) })
    }

    /// Counts what is found.
    pub(super) fn counts(
        &self,
        finder: &Finder<'_>,
        What { fields, dated, most }: What<'_>,
        meanwhile: &mut Option<Meanwhile<'_>>,
    ) -> tantivy::Result<Counts> {
        let asked: Vec<_> = fields.iter().filter_map(|field| self.fields.iter().find(|one| one.0 == *field)).collect();
        let finish = |counted| self.finished(finder, &asked, most, counted);
        if asked.is_empty() {
            let (days, place) = &self.alone;
            let places: Vec<&Place> = dated.then_some(place).into_iter().collect();
            return days.count(finder, &places, meanwhile, &finish);
        }
        let days = dated.then_some(&self.with_fields);
        let places: Vec<&Place> = asked.iter().map(|(.., place)| place).chain(days).collect();
        self.rows.count(finder, &places, meanwhile, &finish)
    }

    /// What was counted of the fields `asked` for and, after them, of the days.
    fn finished(
        &self,
        finder: &Finder<'_>,
        asked: &[&(Field, Values, Place)],
        most: usize,
        Counted { total, tallies, found }: Counted,
    ) -> tantivy::Result<Counts> {
        let mut tallies = tallies.into_iter();
        let all_found = || found.as_deref().map_or_else(|| finder.all(), |found| Ok(found.into()));
        let values = asked.iter().zip(&mut tallies).map(|((_, values, _), tally)| {
            let (counts, all) = tally.values();
            match values.head(counts, most, all, tally.without()) {
                Some(values) => Ok(values),
                None => Ok(values.counted(&all_found()?, most)),
            }
        });
        let fields = values.collect::<tantivy::Result<_>>()?;
        let tally = tallies.next();
        let counts = tally.as_ref().map_or(&[][..], |tally| tally.values().0);
        let days = self.days.iter().zip(counts).filter(|(_, count)| **count > 0);
        let mut dated = Vec::with_capacity(counts.len());
        dated.extend(days.map(|(days, count)| Dated { days: *days, count: *count as usize }));
        Ok(Counts { total, fields, dated })
    }
}

/// The days that there are, in order, and which of them each document has.
fn days(columns: &[Columns]) -> (Vec<Option<(Date, Date)>>, Numbered) {
    let all: Vec<Vec<Pair>> = columns.iter().map(Columns::days).collect();
    let distinct: BTreeSet<Pair> = all.iter().flatten().copied().collect();
    let numbers: FxHashMap<Pair, u32> = distinct.iter().copied().zip(0..).collect();
    let of_docs = all.iter().map(|days| days.iter().map(|day| numbers[day]).collect()).collect();
    let numbered = Numbered::one_each(distinct.len(), of_docs);
    (distinct.into_iter().map(both).collect(), numbered)
}
