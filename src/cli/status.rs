//! `status`: what is indexed, how fresh, what failed.

use clap::Args;

use super::desk::Desk;
use super::{Exit, Failure};
use crate::index;
use crate::output::report;

/// Say what is indexed, how fresh it is, and what could not be read
#[derive(Debug, Args)]
pub(super) struct Status {
    /// text or json
    #[arg(long, default_value = "text", value_parser = ["text", "json"], value_name = "FORMAT")]
    format: String,
}

impl Status {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let status = index::open(&desk.settings.index())?.status()?;
        match self.format.as_str() {
            "json" => report::status_json(&status, desk.out)?,
            _ => report::status(&status, desk.out)?,
        }
        Ok(Exit::Found)
    }
}
