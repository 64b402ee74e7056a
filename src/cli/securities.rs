//! `securities`: the list of listed companies and funds.

use clap::Args;

use super::desk::Desk;
use super::{Exit, Failure};
use crate::output;

/// Look up a listed company or fund by name or symbol
///
/// A file named by the setting `securities` adds to the list that ships or overrides it. Its lines have the same
/// columns, separated by tabs.
#[derive(Debug, Args)]
pub(super) struct Securities {
    /// A name or a symbol
    #[arg(required = true, value_name = "NAME|SYMBOL")]
    words: Vec<String>,
}

impl Securities {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let context = desk.extraction()?;
        let typed = self.words.join(" ");
        let found = context.securities().find(&typed);
        for security in &found {
            let main = context.securities().by_symbol(&security.company).unwrap_or(security);
            let market = if security.market.is_empty() { "-" } else { &security.market };
            let gone = match (&*security.until, &*security.now) {
                ("", _) => String::new(),
                (until, "") => format!("  gone since {until}"),
                (until, now) => format!("  gone since {until}, now {now}"),
            };
            writeln!(desk.out, "{:<10} {market:<5} {:<10} {}{gone}", security.symbol, security.kind, main.name)?;
            if !main.names.is_empty() {
                writeln!(desk.out, "{:<10} named {}", "", main.names.replace('|', ", "))?;
            }
        }
        if found.is_empty() {
            writeln!(desk.err, "no security is called {}", output::clean(&typed))?;
            return Ok(Exit::Nothing);
        }
        Ok(Exit::Found)
    }
}
