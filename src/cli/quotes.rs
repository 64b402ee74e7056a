//! `quotes`: quotations, not articles.

use clap::Args;

use super::desk::Desk;
use super::search::Asked;
use super::{Exit, Failure, facets};
use crate::search::{By, Target};

/// Find quotations: the words, who said them, when, and about which company
///
/// The language and the flags are those of `search`; speaker, role and organisation hold for one and the same quotation.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  pullquote quotes \"efficiency\" --speaker nadella
  pullquote quotes pricing --role cfo --since 2025 --sort newest
  pullquote quotes 'same/s(price increase)' --ticker NWRB --format md")]
pub(super) struct Quotes {
    /// Count what is found, by any of: ticker, speaker, source, day, week, month, quarter, year
    #[arg(long, value_name = "BY", value_delimiter = ',', value_parser = facets::by)]
    facets: Vec<By>,
    /// Put quotations of one speaker, ticker, source or time together
    #[arg(long, value_name = "BY", value_parser = facets::by)]
    group: Option<By>,
    #[command(flatten)]
    asked: Asked,
}

impl Quotes {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        self.asked.run(desk, Target::Quotes, &self.facets, self.group)
    }
}
