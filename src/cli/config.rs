//! `config`: every setting, its value, and where that came from.

use clap::Args;

use super::desk::Desk;
use super::{Exit, Failure};
use crate::output;
use crate::settings::KEYS;

/// Show every setting, its value, and where that came from
#[derive(Debug, Args)]
pub(super) struct Config {}

impl Config {
    pub(super) fn run(desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        for (name, value, origin) in desk.settings.all() {
            let help = KEYS.iter().find(|key| key.name == name).map_or("", |key| key.help);
            let value = if value.is_empty() { "(none)" } else { &value };
            let (value, origin) = (output::clean(value), origin.to_string());
            writeln!(desk.out, "{name:<14} {value:<24} {:<10} {help}", output::clean(&origin))?;
        }
        Ok(Exit::Found)
    }
}
