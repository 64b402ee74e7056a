//! `optimize`: merges what is scattered and frees space.

use clap::Args;

use super::desk::Desk;
use super::{Exit, Failure};
use crate::index::{self, WriteOptions};

/// Merge the index into one piece: searches get faster and space is freed
#[derive(Debug, Args)]
pub(super) struct Optimize {}

impl Optimize {
    pub(super) fn run(desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let folder = desk.settings.index();
        let before = index::open(&folder)?.status()?;
        let options =
            WriteOptions { corpus: before.corpus.clone(), memory: desk.settings.memory(), ..WriteOptions::default() };
        let mut writer = index::open_writer(&folder, &options)?;
        writer.merge()?;
        drop(writer);
        let after = index::open(&folder)?.status()?;
        let freed = indicatif::HumanBytes(before.bytes.saturating_sub(after.bytes));
        let merged = before.segments.saturating_sub(after.segments);
        match (before.segments, after.segments) {
            (from, to) if merged > 0 => writeln!(desk.out, "{from} segments merged into {to}; {freed} freed")?,
            _ => writeln!(desk.out, "in one piece already; {freed} freed")?,
        }
        Ok(Exit::Found)
    }
}
