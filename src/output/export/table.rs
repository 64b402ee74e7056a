//! Comma-separated values: a header, then a row each; lists are joined by `;`.

use std::io::{self, Write};

use super::Rows;
use super::columns::{Cell, cells, columns};
use crate::article::{Article, Quote};
use crate::output::clean_lines;
use crate::output::csv::failed;
use crate::search::Target;

/// Rows below a header.
pub(super) struct Table<'a> {
    rows: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Table<'a> {
    pub(super) fn new(target: Target, out: &'a mut dyn Write) -> io::Result<Table<'a>> {
        let mut rows = csv::Writer::from_writer(out);
        rows.write_record(columns(target).into_iter().map(|(name, _)| name)).map_err(failed)?;
        Ok(Table { rows })
    }
}

impl Rows for Table<'_> {
    fn row(&mut self, article: &Article, quote: Option<&Quote>) -> io::Result<()> {
        let cells = cells(article, quote);
        self.rows.write_record(cells.iter().map(|cell| clean_lines(&written(cell)).into_owned())).map_err(failed)
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.rows.flush()
    }
}

fn written(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => text.unwrap_or_default().to_owned(),
        Cell::Texts(texts) => texts.join("; "),
        Cell::Day(day) => day.map_or_else(String::new, |day| day.to_string()),
        Cell::Instant(instant) => instant.map_or_else(String::new, |instant| instant.to_string()),
        Cell::Count(count) => count.to_string(),
        Cell::Flag(flag) => flag.map_or_else(String::new, |flag| flag.to_string()),
    }
}
