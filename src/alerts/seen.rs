//! What an alert has delivered.

use std::fmt::Write;

use jiff::Timestamp;
use rustc_hash::FxHashSet;

/// The first line of the file.
const HEAD: &str = "pullquote seen 1";

/// The signs of everything that an alert has delivered, and when it last ran.
///
/// Nothing is ever taken out: an article that goes and comes back is not new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    signs: FxHashSet<u64>,
    /// When it last ran. Shown, and asked for nothing: what is new does not hang on a clock.
    pub run: Option<Timestamp>,
}

impl Seen {
    /// Whether `sign` was seen.
    pub(super) fn has(&self, sign: u64) -> bool {
        self.signs.contains(&sign)
    }

    /// Marks `signs` as seen.
    pub fn mark(&mut self, signs: &[u64]) {
        self.signs.extend(signs);
    }

    /// The text of its file.
    pub(super) fn to_text(&self) -> String {
        let mut signs: Vec<u64> = self.signs.iter().copied().collect();
        signs.sort_unstable();
        let mut text = format!("{HEAD}\n");
        // Writing to a string cannot fail.
        if let Some(run) = self.run {
            let _ = writeln!(text, "run {run}");
        }
        for sign in &signs {
            let _ = writeln!(text, "{sign:016x}");
        }
        let _ = writeln!(text, "end {}", signs.len());
        text
    }

    /// Reads the text of a file; says what is wrong with it.
    pub(super) fn of_text(text: &str) -> Result<Seen, String> {
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return Err(format!("its first line is not `{HEAD}`"));
        }
        let mut seen = Seen::default();
        let mut end = None;
        for (number, line) in (2..).zip(lines) {
            let read = match line.split_once(' ') {
                Some(("run", run)) => run.parse().map(|run| seen.run = Some(run)).is_ok(),
                Some(("end", count)) => count.parse().map(|count: usize| end = Some(count)).is_ok(),
                _ => u64::from_str_radix(line, 16).map(|sign| seen.signs.insert(sign)).is_ok(),
            };
            if !read {
                return Err(format!("line {number} is not one of ours"));
            }
        }
        if end == Some(seen.signs.len()) { Ok(seen) } else { Err("it was cut off".to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_read_again() {
        let mut seen = Seen { run: Some("2025-01-30T13:00:00Z".parse().unwrap()), ..Seen::default() };
        seen.mark(&[7, u64::MAX, 7]);
        assert_eq!(Seen::of_text(&seen.to_text()), Ok(seen.clone()));
        assert!(seen.has(7) && !seen.has(8));
    }

    #[test]
    fn a_damaged_file_is_not_an_empty_one() {
        for lines in
            ["", "something else", "pullquote seen 1", "pullquote seen 1\nzz", "pullquote seen 1\nrun yesterday\nend 0"]
        {
            let text = format!("{lines}\n");
            assert!(Seen::of_text(&text).is_err(), "{text:?}");
        }
    }
}
