//! The result: one row for each promise.

use std::io::Write;
use std::time::Duration;

/// One measured promise.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// What was measured.
    pub(crate) what: String,
    /// Ours.
    pub(crate) ours: String,
    /// What it is measured against.
    pub(crate) against: String,
    /// Ours over the other; `None` where there is no other.
    pub(crate) ratio: Option<f64>,
    /// What is promised.
    pub(crate) reach: &'static str,
}

impl Row {
    /// A row of two times.
    pub(crate) fn times(
        what: impl Into<String>,
        ours: Duration,
        other: &str,
        against: Duration,
        reach: &'static str,
    ) -> Row {
        let ratio = Some(ours.as_secs_f64() / against.as_secs_f64());
        Row { what: what.into(), ours: time(ours), against: format!("{other} {}", time(against)), ratio, reach }
    }
}

/// Prints `rows` as a Markdown table.
pub(crate) fn print(out: &mut dyn Write, rows: &[Row]) -> std::io::Result<()> {
    writeln!(out, "\n| what | pullquote | against | ratio | to reach |\n|---|---|---|---|---|")?;
    for Row { what, ours, against, ratio, reach } in rows {
        let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        writeln!(out, "| {what} | {ours} | {against} | {ratio} | {reach} |")?;
    }
    Ok(())
}

/// A time in the unit that suits it.
pub(crate) fn time(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds >= 1.0 => format!("{seconds:.2} s"),
        seconds if seconds >= 1e-3 => format!("{:.1} ms", seconds * 1e3),
        seconds => format!("{:.0} µs", seconds * 1e6),
    }
}

/// A number of bytes in MB.
pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
