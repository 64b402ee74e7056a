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
        let rows: Vec<[String; 3]> = desk
            .settings
            .all()
            .map(|(name, value, origin)| {
                let value = if value.is_empty() { "(none)" } else { &value };
                [name.to_owned(), output::clean(value).into_owned(), output::clean(&origin.to_string()).into_owned()]
            })
            .collect();
        let [first, second, third] =
            [0, 1, 2].map(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default());
        for [name, value, origin] in &rows {
            let help = KEYS.iter().find(|key| key.name == name).map_or("", |key| key.help);
            writeln!(desk.out, "{name:<first$}  {value:<second$}  {origin:<third$}  {help}")?;
        }
        Ok(Exit::Found)
    }
}
