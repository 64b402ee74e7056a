//! The corpus as data: articles or quotations one after the other, as they pass by.
//!
//! To add a format: a file here with what it keeps between rows, its name in [`FORMATS`] and its arm in [`rows`].

mod columns;
mod groups;
mod lines;
mod prose;
mod table;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use crate::article::{Article, Quote};
use crate::search::Target;

/// The names of the formats; the first is the one that is meant where nothing is said.
pub const FORMATS: &[&str] = &["jsonl", "csv", "md", "parquet"];

/// Rows on their way out.
pub trait Rows {
    /// Writes an article, or one of its quotations where quotations are exported.
    fn row(&mut self, article: &Article, quote: Option<&Quote>) -> io::Result<()>;

    /// Writes what is left and the end.
    fn end(self: Box<Self>) -> io::Result<()>;
}

/// Rows of `target` in the format called `name`; `None` where there is no such format.
pub fn rows<'a>(name: &str, target: Target, out: &'a mut dyn Write) -> io::Result<Option<Box<dyn Rows + 'a>>> {
    Ok(match name {
        "jsonl" => Some(Box::new(lines::Lines { out })),
        "csv" => Some(Box::new(table::Table::new(target, out)?)),
        "md" => Some(Box::new(prose::Prose::new(out))),
        "parquet" => Some(Box::new(groups::Groups::new(target, out)?)),
        _ => None,
    })
}
