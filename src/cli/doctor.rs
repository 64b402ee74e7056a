//! `doctor`: whether the index is sound.

use clap::Args;

use super::desk::Desk;
use super::{Exit, Failure};
use crate::index;
use crate::output::report;

/// Look whether the index is sound: opens, checksums, lock, versions, counts
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// text or json
    #[arg(long, default_value = "text", value_parser = ["text", "json"], value_name = "FORMAT")]
    format: String,
}

impl Doctor {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let findings = index::check(&desk.settings.index());
        match self.format.as_str() {
            "json" => report::findings_json(&findings, desk.out)?,
            _ => report::findings(&findings, desk.out)?,
        }
        let sound = findings.iter().all(|finding| finding.sound);
        Ok(if sound { Exit::Found } else { Exit::Failed })
    }
}
