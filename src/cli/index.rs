//! `index`: brings the index into step with the folder.

use std::path::PathBuf;

use clap::Args;
use jiff::Span;

use super::desk::Desk;
use super::watch::{self, Watch};
use super::{Exit, Failure};
use crate::ingest::{Plan, Report};
use crate::output::report;

/// Read a folder of articles, or bring its index into step
///
/// Only what is new or changed is read; what was deleted disappears. Stop it at any moment: what is done is kept.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  pullquote index news/
  pullquote index --exclude 'drafts/**' --dry-run
  pullquote index --watch --alerts")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Index {
    /// The folder with the articles [default: corpus/ beside pullquote.toml, else here]
    #[arg(value_name = "CORPUS")]
    folder: Option<PathBuf>,
    /// Leave out paths that match this pattern
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Go on though more than a fifth of the articles would vanish
    #[arg(long)]
    yes: bool,
    /// Wait so long for another writer: 30s, 5m
    #[arg(long, value_name = "TIME")]
    wait: Option<String>,
    /// Say what would be done and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Read everything anew, beside the old index, and put it in its place
    #[arg(long)]
    rebuild: bool,
    /// Go on until Ctrl-C, and keep the index in step: by events of the system (auto), or by looking again and again
    /// (poll:30s), as on network drives
    #[arg(long, value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "auto")]
    #[arg(conflicts_with = "dry_run")]
    watch: Option<String>,
    /// Run the alerts after each change
    #[arg(long, requires = "watch")]
    pub(super) alerts: bool,
}

impl Index {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        if let Some(how) = &self.watch {
            return Watch::new(self, watch::how(how)?, desk)?.run(desk);
        }
        let done = desk.ingest(&self.plan(desk)?)?;
        self.told(&done, desk)?;
        let nothing_read = done.refused > 0 && done.total == 0;
        Ok(if nothing_read || done.stopped { Exit::Failed } else { Exit::Found })
    }

    /// What was asked for.
    pub(super) fn plan(&self, desk: &Desk<'_>) -> Result<Plan, Failure> {
        let mut plan = self.next_plan(desk)?;
        plan.vanish = self.yes;
        plan.dry_run = self.dry_run;
        plan.rebuild = self.rebuild;
        Ok(plan)
    }

    /// The same for a folder that was read before: what was granted once is not granted again.
    pub(super) fn next_plan(&self, desk: &Desk<'_>) -> Result<Plan, Failure> {
        let mut plan = desk.plan()?;
        if let Some(folder) = &self.folder {
            plan.walk.root.clone_from(folder);
        }
        plan.walk.exclude.extend(self.exclude.iter().cloned());
        plan.wait = self.wait.as_deref().map_or(Ok(0), seconds)?;
        Ok(plan)
    }

    /// Says what was done.
    pub(super) fn told(&self, done: &Report, desk: &mut Desk<'_>) -> Result<(), Failure> {
        report::report(done, &desk.settings.index(), self.dry_run, desk.out)?;
        for (id, reason) in &done.refusals {
            writeln!(desk.err, "{}: {}", crate::output::clean(id), crate::output::clean(reason))?;
        }
        let more = done.refused.saturating_sub(done.refusals.len());
        if more > 0 {
            writeln!(desk.err, "and {more} more that could not be read")?;
        }
        Ok(())
    }
}

/// A time such as `30s` or `5m`, in seconds.
pub(super) fn seconds(typed: &str) -> Result<u64, Failure> {
    let span: Option<Span> = typed.parse().ok();
    let seconds = span.and_then(|span| span.total(jiff::Unit::Second).ok()).filter(|seconds| *seconds >= 0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and saturating")]
    let seconds = seconds.map(|seconds| seconds.ceil() as u64);
    seconds.ok_or_else(|| Failure::new(format!("cannot use --wait {typed}"), "write it as 30s, 5m or 1h"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        assert_eq!(seconds("30s").unwrap(), 30);
        assert_eq!(seconds("5m").unwrap(), 300);
        assert!(seconds("soon").is_err());
        assert!(seconds("-5m").is_err());
    }
}
