//! `speakers`: who is quoted in the corpus.

use clap::Args;

use super::desk::Desk;
use super::{Exit, Failure};
use crate::index;
use crate::output::{self, counts};

/// List who is quoted: role, organisation, how often and when
///
/// Variants of one name are put together, and the rule is shown: the same given name and surname, or a surname alone or
/// with an initial where only one person of that name speaks for the same company. Roles and organisations are those of
/// the newest 200 quotations.
#[derive(Debug, Args)]
pub(super) struct Speakers {
    /// A part of the name
    #[arg(value_name = "PATTERN")]
    pattern: Option<String>,
    /// The most people
    #[arg(short = 'n', long, default_value_t = 20, value_name = "COUNT")]
    limit: usize,
    /// How they are shown: text, csv, json
    #[arg(long, default_value = "text", value_parser = ["text", "csv", "json"], value_name = "FORMAT")]
    format: String,
}

impl Speakers {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let index = desk.open()?;
        let people = index::people(index.as_ref(), self.pattern.as_deref(), self.limit)?;
        counts::people(&people, &self.format, desk.out)?;
        if people.people.is_empty() {
            let of = self.pattern.as_deref().map(|pattern| format!(" called {pattern}")).unwrap_or_default();
            writeln!(desk.err, "nobody{} is quoted", output::clean(&of))?;
            return Ok(Exit::Nothing);
        }
        let shown: usize = people.people.iter().map(|person| 1 + person.also.len()).sum();
        if people.names > shown {
            writeln!(desk.err, "and {} more names: -n {}", people.names - shown, people.names)?;
        }
        Ok(Exit::Found)
    }
}
