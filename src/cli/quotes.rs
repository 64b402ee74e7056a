//! `quotes`: quotations, not articles.

use clap::Args;

use super::desk::Desk;
use super::search::Asked;
use super::{Exit, Failure};
use crate::search::Target;

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
    #[command(flatten)]
    asked: Asked,
}

impl Quotes {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        self.asked.run(desk, Target::Quotes)
    }
}
