//! Bytes for people and programs: every output shows the same hits in the same order.
//!
//! To add one: a file here with a unit struct, its line in [`OUTPUTS`], its expected text beside the
//! others' in the tests.

pub mod article;
mod atom;
mod clean;
pub mod counts;
mod csv;
mod day;
pub mod export;
pub mod inspect;
mod json;
mod links;
mod markdown;
pub mod report;
mod rich;
#[cfg(test)]
mod tests;

mod text;
mod trec;
mod wire;

use std::io::{self, Write};
use std::path::Path;

use crate::query::Query;
use crate::search::{Request, Results};

pub use atom::{atom, is_ours as is_our_atom};
pub use clean::{clean, clean_lines};
pub use day::day;
pub use trec::trec;

/// How and for whom something is shown.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Whether escape sequences may be used for colour and weight.
    pub colour: bool,
    /// Whether the terminal follows OSC 8 hyperlinks.
    pub links: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether scores are shown.
    pub scores: bool,
    /// The corpus root, to which the paths of hits are relative.
    pub root: &'a Path,
    /// What was asked, as it was understood.
    pub query: &'a Query,
    /// The time zone in which days were reckoned.
    pub zone: &'a str,
    /// What was asked of the index.
    pub request: &'a Request,
}

/// One way to write down what was found.
pub trait Output: Sync {
    /// Its name, as `--format` takes it.
    fn name(&self) -> &'static str;

    /// Writes all of `results`, articles or quotes.
    fn results(&self, results: &Results, view: &View<'_>, out: &mut dyn Write) -> io::Result<()>;
}

/// Every output; the first is the one for people.
pub const OUTPUTS: &[&dyn Output] = &[&text::Text, &json::Json, &json::JsonLines, &csv::Csv, &markdown::Markdown];

/// The output called `name`.
pub fn named(name: &str) -> Option<&'static dyn Output> {
    OUTPUTS.iter().find(|output| output.name() == name).copied()
}
