//! Parquet: typed columns, written in groups of rows, so that memory does not grow with the corpus.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::{Date, date};
use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::Rows;
use super::columns::{Cell, Column, Kind, cells, columns};
use crate::article::{Article, Quote};
use crate::search::Target;

/// A group ends at this many rows or bytes of text, whichever comes first.
const MOST_ROWS: usize = 50_000;
const MOST_BYTES: usize = 32 << 20;

/// Rows that wait to become a group.
pub(super) struct Groups<'a> {
    writer: SerializedFileWriter<Shared>,
    written: Shared,
    waiting: Vec<Waiting>,
    rows: usize,
    bytes: usize,
    out: &'a mut dyn Write,
}

impl<'a> Groups<'a> {
    pub(super) fn new(target: Target, out: &'a mut dyn Write) -> io::Result<Groups<'a>> {
        let columns = columns(target);
        let schema = parse_message_type(&message(&columns)).map_err(broken)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("pullquote ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let written = Shared::default();
        let writer = SerializedFileWriter::new(written.clone(), Arc::new(schema), Arc::new(properties));
        let writer = writer.map_err(broken)?;
        let waiting = columns.iter().map(|(_, kind)| Waiting::of(*kind)).collect();
        Ok(Groups { writer, written, waiting, rows: 0, bytes: 0, out })
    }

    /// Writes the rows that wait as one group.
    fn flush(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group().map_err(broken)?;
        for waiting in &mut self.waiting {
            let Some(mut column) = group.next_column().map_err(broken)? else { break };
            waiting.write(column.untyped()).map_err(broken)?;
            column.close().map_err(broken)?;
            waiting.clear();
        }
        group.close().map_err(broken)?;
        (self.rows, self.bytes) = (0, 0);
        self.written.move_to(self.out)
    }
}

impl Rows for Groups<'_> {
    fn row(&mut self, article: &Article, quote: Option<&Quote>) -> io::Result<()> {
        for (waiting, cell) in self.waiting.iter_mut().zip(cells(article, quote)) {
            self.bytes += waiting.push(&cell);
        }
        self.rows += 1;
        if self.rows >= MOST_ROWS || self.bytes >= MOST_BYTES { self.flush() } else { Ok(()) }
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.flush()?;
        self.writer.finish().map_err(broken)?;
        self.written.move_to(self.out)
    }
}

/// The schema, as Parquet spells it.
fn message(columns: &[Column]) -> String {
    let field = |(name, kind): &Column| match kind {
        Kind::Key => format!("required binary {name} (STRING);"),
        Kind::Text => format!("optional binary {name} (STRING);"),
        Kind::Texts => {
            format!("required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}")
        }
        Kind::Day => format!("optional int32 {name} (DATE);"),
        Kind::Instant => format!("optional int64 {name} (TIMESTAMP(MICROS,true));"),
        Kind::Count => format!("required int64 {name};"),
        Kind::Flag => format!("optional boolean {name};"),
    };
    let fields: Vec<String> = columns.iter().map(field).collect();
    format!("message pullquote {{ {} }}", fields.join(" "))
}

/// Values of one column: those that are there, and for each row whether one is.
#[derive(Default)]
struct Values<T> {
    given: Vec<T>,
    /// 1 for a value, 0 for none.
    there: Vec<i16>,
    /// 0 where a row begins, 1 where its list goes on; empty but for lists.
    goes_on: Vec<i16>,
}

impl<T> Values<T> {
    fn push(&mut self, value: Option<T>) {
        self.there.push(i16::from(value.is_some()));
        self.given.extend(value);
    }

    fn clear(&mut self) {
        self.given.clear();
        self.there.clear();
        self.goes_on.clear();
    }
}

/// A column of the rows that wait.
enum Waiting {
    Keys(Vec<ByteArray>),
    Texts(Values<ByteArray>),
    Lists(Values<ByteArray>),
    Days(Values<i32>),
    Instants(Values<i64>),
    Counts(Vec<i64>),
    Flags(Values<bool>),
}

impl Waiting {
    fn of(kind: Kind) -> Waiting {
        match kind {
            Kind::Key => Waiting::Keys(Vec::new()),
            Kind::Text => Waiting::Texts(Values::default()),
            Kind::Texts => Waiting::Lists(Values::default()),
            Kind::Day => Waiting::Days(Values::default()),
            Kind::Instant => Waiting::Instants(Values::default()),
            Kind::Count => Waiting::Counts(Vec::new()),
            Kind::Flag => Waiting::Flags(Values::default()),
        }
    }

    /// Takes what stands in the column of one row; returns its bytes. Cells come in the types of their columns.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        let text = |text: &str| ByteArray::from(text.as_bytes().to_vec());
        match (self, cell) {
            (Waiting::Keys(keys), Cell::Text(key)) => {
                keys.push(text(key.unwrap_or_default()));
                key.map_or(0, str::len)
            }
            (Waiting::Texts(texts), Cell::Text(value)) => {
                texts.push(value.map(text));
                value.map_or(0, str::len)
            }
            (Waiting::Lists(lists), Cell::Texts(values)) => {
                if values.is_empty() {
                    lists.push(None);
                    lists.goes_on.push(0);
                }
                for (at, value) in values.iter().enumerate() {
                    lists.push(Some(text(value)));
                    lists.goes_on.push(i16::from(at > 0));
                }
                values.iter().map(|value| value.len()).sum()
            }
            (Waiting::Days(days), Cell::Day(day)) => {
                days.push(day.map(days_since_1970));
                size_of::<i32>()
            }
            (Waiting::Instants(instants), Cell::Instant(instant)) => {
                instants.push(instant.map(jiff::Timestamp::as_microsecond));
                size_of::<i64>()
            }
            (Waiting::Counts(counts), Cell::Count(count)) => {
                counts.push(i64::try_from(*count).unwrap_or(i64::MAX));
                size_of::<i64>()
            }
            (Waiting::Flags(flags), Cell::Flag(flag)) => {
                flags.push(*flag);
                1
            }
            _ => 0,
        }
    }

    fn write(&self, column: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        match (self, column) {
            (Waiting::Keys(keys), ColumnWriter::ByteArrayColumnWriter(to)) => to.write_batch(keys, None, None),
            (Waiting::Texts(texts), ColumnWriter::ByteArrayColumnWriter(to)) => {
                to.write_batch(&texts.given, Some(&texts.there), None)
            }
            (Waiting::Lists(lists), ColumnWriter::ByteArrayColumnWriter(to)) => {
                to.write_batch(&lists.given, Some(&lists.there), Some(&lists.goes_on))
            }
            (Waiting::Days(days), ColumnWriter::Int32ColumnWriter(to)) => {
                to.write_batch(&days.given, Some(&days.there), None)
            }
            (Waiting::Instants(instants), ColumnWriter::Int64ColumnWriter(to)) => {
                to.write_batch(&instants.given, Some(&instants.there), None)
            }
            (Waiting::Counts(counts), ColumnWriter::Int64ColumnWriter(to)) => to.write_batch(counts, None, None),
            (Waiting::Flags(flags), ColumnWriter::BoolColumnWriter(to)) => {
                to.write_batch(&flags.given, Some(&flags.there), None)
            }
            _ => Err(ParquetError::General("a column is of another type than its schema says".to_owned())),
        }?;
        Ok(())
    }

    fn clear(&mut self) {
        match self {
            Waiting::Keys(keys) => keys.clear(),
            Waiting::Texts(values) | Waiting::Lists(values) => values.clear(),
            Waiting::Days(values) => values.clear(),
            Waiting::Instants(values) => values.clear(),
            Waiting::Counts(counts) => counts.clear(),
            Waiting::Flags(values) => values.clear(),
        }
    }
}

fn days_since_1970(day: Date) -> i32 {
    let days = day.duration_since(date(1970, 1, 1)).as_hours() / 24;
    i32::try_from(days).unwrap_or(i32::MAX)
}

fn broken(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

/// What the library wrote and is not out yet: it wants to own what it writes to.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn move_to(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_all(&bytes)?;
        bytes.clear();
        Ok(())
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
