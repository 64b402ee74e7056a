//! Counts what a question finds by the most frequent values of fields and by day, in one pass.
//!
//! Values are numbers within a segment. Which of them can be among the most frequent of all is known before any is
//! read from the dictionary: one that is not frequent in any segment is not frequent in all.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::EnableScoring;
use tantivy::{DocId, SegmentReader};

use super::fields::counted_name;
use super::grouped;
use super::rank::civil;
use super::reader::Local;
use crate::index::IndexError;
use crate::schema::Field;
use crate::search::{Counts, Dated, Dups, Request, Target, Values};

/// Documents whose values are read together.
const BLOCK: usize = 1024;

/// Half the names that are kept of one column at most.
const KEPT: usize = 1 << 13;

/// The columns of a segment that are counted.
pub(super) struct Columns {
    fields: [Option<Named>; Field::COUNTED.len()],
    first: Option<Column<u64>>,
    last: Option<Column<u64>>,
}

/// A column of values, and those that were read from its dictionary: the frequent ones come again and again.
struct Named {
    column: StrColumn,
    read: Mutex<FxHashMap<u64, String>>,
    /// The numbers of values that were asked for, where the column has them.
    ords: Mutex<FxHashMap<String, Option<u64>>>,
}

impl Named {
    /// The number of a value, if it is in this column.
    fn ord(&self, value: &str) -> tantivy::Result<Option<u64>> {
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
    fn names(&self, ords: &[u64]) -> tantivy::Result<Vec<String>> {
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
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Columns> {
        let fast = reader.fast_fields();
        let mut fields = [const { None }; Field::COUNTED.len()];
        for (field, column) in Field::COUNTED.into_iter().zip(&mut fields) {
            let values = fast.str(&counted_name(field))?;
            *column = values.map(|column| Named { column, read: Mutex::default(), ords: Mutex::default() });
        }
        Ok(Columns { fields, first: fast.column_opt("first")?, last: fast.column_opt("last")? })
    }

    fn of(&self, field: Field) -> Option<&Named> {
        let at = Field::COUNTED.iter().position(|other| *other == field)?;
        self.fields[at].as_ref()
    }
}

/// See [`crate::index::Index::counts`].
pub(super) fn counts(
    local: &Local,
    request: &Request,
    fields: &[Field],
    dated: bool,
    most: usize,
) -> Result<Counts, IndexError> {
    let searcher = local.searcher(request.target)?;
    let (plan, _) = local.plan(&searcher, request)?;
    let broken = |error| local.broken(&error);
    let weight = plan.weight(EnableScoring::disabled_from_searcher(&searcher)).map_err(broken)?;
    let columns = local.columns(request.target)?;
    let mut counts = Counts::default();
    let mut values: Vec<Vec<Segment<'_>>> = fields.iter().map(|_| Vec::new()).collect();
    let mut days = FxHashMap::default();
    let mut without = vec![0; fields.len()];
    let mut found: Vec<(u32, Vec<DocId>)> = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let mut docs: Vec<DocId> = Vec::new();
        let alive = reader.alive_bitset();
        weight
            .for_each_no_score(reader, &mut |found| match alive {
                None => docs.extend_from_slice(found),
                Some(alive) => docs.extend(found.iter().copied().filter(|doc| alive.is_alive(*doc))),
            })
            .map_err(broken)?;
        found.push((segment, docs));
    }
    if request.dups == Dups::Hide && request.target == Target::Articles {
        grouped::one_of_each(local.stories(), &mut found);
    }
    for ((_, docs), columns) in found.into_iter().zip(columns) {
        counts.total += docs.len();
        for (at, field) in fields.iter().enumerate() {
            match columns.of(*field) {
                Some(column) => {
                    let (found, none) = tallied(&column.column, &docs);
                    without[at] += none;
                    values[at].push(Segment { column, found });
                }
                None => without[at] += docs.len(),
            }
        }
        if dated {
            add_days(columns, &docs, &mut days);
        }
    }
    for (segments, without) in values.into_iter().zip(without) {
        counts.fields.push(frequent(&segments, most, without).map_err(broken)?);
    }
    counts.dated = in_order(days);
    Ok(counts)
}

/// The values found in one segment, with their counts, in order of value.
struct Segment<'a> {
    column: &'a Named,
    found: Vec<(u64, usize)>,
}

impl Segment<'_> {
    fn count(&self, value: &str) -> tantivy::Result<usize> {
        let Some(ord) = self.column.ord(value)? else { return Ok(0) };
        Ok(self.found.binary_search_by_key(&ord, |(ord, _)| *ord).map_or(0, |at| self.found[at].1))
    }
}

/// How often each value stands in `docs`, and how many of them have none.
fn tallied(column: &StrColumn, docs: &[DocId]) -> (Vec<(u64, usize)>, usize) {
    let ords = column.ords();
    let (mut holders, mut rows, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut without = docs.len();
    // An array of counts where most values may be found, else a list to sort.
    let (mut table, mut list) = (Vec::new(), Vec::new());
    let dense = docs.len() * 4 > column.num_terms();
    if dense {
        table.resize(column.num_terms(), 0_u32);
    }
    for block in docs.chunks(BLOCK) {
        holders.clear();
        rows.clear();
        ords.row_ids_for_docs(block, &mut holders, &mut rows);
        values.resize(rows.len(), 0);
        ords.values.get_vals(&rows, &mut values);
        holders.dedup();
        without -= holders.len();
        if dense {
            for ord in &values {
                if let Some(count) = usize::try_from(*ord).ok().and_then(|ord| table.get_mut(ord)) {
                    *count += 1;
                }
            }
        } else {
            list.extend_from_slice(&values);
        }
    }
    if dense {
        let found = (0..).zip(table).filter(|(_, count)| *count > 0);
        return (found.map(|(ord, count)| (ord, count as usize)).collect(), without);
    }
    list.sort_unstable();
    (list.chunk_by(u64::eq).map(|run| (run[0], run.len())).collect(), without)
}

/// The `most` frequent values of all segments, those of one count in order of value.
fn frequent(segments: &[Segment<'_>], most: usize, without: usize) -> tantivy::Result<Values> {
    let all: usize = segments.iter().flat_map(|segment| &segment.found).map(|(_, count)| count).sum();
    let mut values: Vec<(String, usize)> = match segments {
        [only] => {
            let mut best = only.found.clone();
            best.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            best.truncate(most);
            best.sort_by_key(|(ord, _)| *ord);
            let ords: Vec<u64> = best.iter().map(|(ord, _)| *ord).collect();
            only.column.names(&ords)?.into_iter().zip(best).map(|(name, (_, count))| (name, count)).collect()
        }
        several => {
            let least = several.iter().map(|segment| nth(&segment.found, most)).max().unwrap_or(0);
            named(several, least.div_ceil(several.len().max(1)).max(1))?
        }
    };
    values.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    values.truncate(most);
    let shown: usize = values.iter().map(|(_, count)| count).sum();
    Ok(Values { values, others: all - shown, without })
}

/// The count of the value at place `most` among the most frequent; 0 where there are fewer.
fn nth(found: &[(u64, usize)], most: usize) -> usize {
    if most == 0 || found.len() < most {
        return 0;
    }
    let mut counts: Vec<usize> = found.iter().map(|(_, count)| *count).collect();
    let (_, nth, _) = counts.select_nth_unstable_by_key(most - 1, |count| std::cmp::Reverse(*count));
    *nth
}

/// The counts in all segments of the values that are found at least `least` times in one.
fn named(segments: &[Segment<'_>], least: usize) -> tantivy::Result<Vec<(String, usize)>> {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for segment in segments {
        let found = || segment.found.iter().filter(|(_, count)| *count >= least);
        let ords: Vec<u64> = found().map(|(ord, _)| *ord).collect();
        for (name, (_, count)) in segment.column.names(&ords)?.into_iter().zip(found()) {
            *counts.entry(name).or_default() += count;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    if least > 1 {
        // Those that were too rare in one segment were not added there.
        for (name, count) in &mut counts {
            *count = segments.iter().map(|segment| segment.count(name)).sum::<tantivy::Result<usize>>()?;
        }
    }
    Ok(counts)
}

/// Adds the days of `docs`, as pairs of numbers `YYYYMMDD`; 0 is none.
fn add_days(columns: &Columns, docs: &[DocId], days: &mut FxHashMap<(u64, u64), usize>) {
    let (mut firsts, mut lasts) = (vec![None; BLOCK], vec![None; BLOCK]);
    for block in docs.chunks(BLOCK) {
        for (column, days) in [(&columns.first, &mut firsts), (&columns.last, &mut lasts)] {
            days.clear();
            days.resize(block.len(), None);
            if let Some(column) = column {
                column.first_vals(block, days);
            }
        }
        for (first, last) in firsts.iter().zip(&lasts) {
            *days.entry((first.unwrap_or(0), last.unwrap_or(0))).or_default() += 1;
        }
    }
}

fn in_order(days: FxHashMap<(u64, u64), usize>) -> Vec<Dated> {
    let mut days: Vec<((u64, u64), usize)> = days.into_iter().collect();
    days.sort_unstable();
    let dated = |(first, last): (u64, u64)| Some((civil(first)?, civil(last)?));
    days.into_iter().map(|(days, count)| Dated { days: dated(days), count }).collect()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use tempfile::TempDir;

    use crate::article::{Article, DateSource, Precision, Published};
    use crate::index::local::tests::{TODAY, request};
    use crate::index::{self, FileRecord, Index, WriteOptions};
    use crate::schema::Field;
    use crate::search::Target;

    /// An article of an outlet, some days before today or without a date.
    fn article(number: usize) -> Article {
        // Few outlets have many articles, many have few; each segment has others.
        let outlet = (number * number) % 97 % (1 + number / 40);
        let published = (!number.is_multiple_of(7)).then(|| Published {
            precision: if number.is_multiple_of(5) { Precision::Month } else { Precision::Day },
            ..Published::on(TODAY.saturating_sub(i64::try_from(number % 50).unwrap().days()), DateSource::Record)
        });
        let path = format!("{number:04}.txt");
        let source = (!number.is_multiple_of(11)).then(|| format!("Outlet {outlet:02}"));
        let body = format!("word{} here.", number % 3);
        Article { id: path.clone(), path, body, source, published, ..Article::default() }
    }

    /// An index of several segments, some articles deleted.
    fn index() -> (TempDir, Box<dyn Index>) {
        let folder = TempDir::new().unwrap();
        let options = WriteOptions { corpus: "corpus".into(), ..WriteOptions::default() };
        let mut writer = index::open_writer(folder.path(), &options).unwrap();
        for number in 0..400 {
            let article = article(number);
            writer.add(&article).unwrap();
            writer.record(&FileRecord { path: article.path, articles: 1, ..FileRecord::default() }).unwrap();
            if number % 90 == 89 {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();
        writer.forget("0007.txt").unwrap();
        writer.commit().unwrap();
        drop(writer);
        let index = index::open(folder.path()).unwrap();
        (folder, index)
    }

    #[test]
    fn the_most_frequent_values_are_those_of_all_values_counted() {
        let (_folder, index) = index();
        assert!(index.status().unwrap().segments > 2);
        for typed in ["", "word1", "here -word2", "word0 date:2025-06", "nowhere"] {
            let request = request(typed, Target::Articles);
            let (mut all, without) = index.tally(&request, Field::Source).unwrap();
            all.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
            let all: Vec<(String, usize)> = all.into_iter().map(|tally| (tally.value, tally.count)).collect();
            for most in [0, 1, 2, 3, 5, 8, 1000] {
                let counts = index.counts(&request, &[Field::Source], true, most).unwrap();
                let best = &all[..most.min(all.len())];
                let rest: usize = all[best.len()..].iter().map(|(_, count)| count).sum();
                assert_eq!(counts.fields[0].values, best, "{typed}, {most}");
                assert_eq!((counts.fields[0].others, counts.fields[0].without), (rest, without), "{typed}, {most}");
                assert_eq!(Some(counts.total), index.search(&request).unwrap().total, "{typed}");
                assert_eq!(counts.dated.iter().map(|dated| dated.count).sum::<usize>(), counts.total);
            }
        }
    }

    #[test]
    fn days_are_counted_once_and_in_order() {
        let (_folder, index) = index();
        let dated = index.counts(&request("", Target::Articles), &[], true, 0).unwrap().dated;
        assert!(dated.is_sorted_by(|one, next| one.days < next.days), "{dated:?}");
        let undated = (0..400_usize).filter(|number| number.is_multiple_of(7) && *number != 7).count();
        assert_eq!((dated[0].days, dated[0].count), (None, undated));
        let months = dated.iter().filter(|dated| dated.days.is_some_and(|(first, last)| first < last));
        assert_eq!(
            months.map(|dated| dated.count).sum::<usize>(),
            (0..400_usize).filter(|n| !n.is_multiple_of(7) && n.is_multiple_of(5)).count()
        );
    }
}
