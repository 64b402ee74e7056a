//! When what changed has come to rest. Knows no clock and no disk: both are handed in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What can be seen of a file without opening it: size and time of the last change; `None` where there is none.
pub type Look = Option<(u64, i64)>;

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing has changed.
    Idle,
    /// Something is still changing: ask again after so long.
    Wait(Duration),
    /// All is at rest.
    Go,
}

/// Gathers changes until nothing has happened for a while and every file that was touched has kept its size.
///
/// Times are durations since some fixed moment, from a clock that never goes back.
#[derive(Debug)]
pub struct Settle {
    quiet: Duration,
    longest: Duration,
    /// When the first change came that nothing was done about yet.
    first: Option<Duration>,
    /// When something last moved.
    last: Duration,
    /// What was touched, as last looked at; `None` before the first look.
    touched: BTreeMap<PathBuf, Option<Look>>,
}

impl Settle {
    /// Waits for `quiet` without a change, but for no more than `longest` in all: a file that is written to without end must
    /// not keep all others from being read.
    pub fn new(quiet: Duration, longest: Duration) -> Settle {
        Settle { quiet, longest, first: None, last: Duration::ZERO, touched: BTreeMap::new() }
    }

    /// Takes note that something happened to `path`.
    pub fn touch(&mut self, path: PathBuf, now: Duration) {
        self.touched.insert(path, None);
        self.first.get_or_insert(now);
        self.last = now;
    }

    /// Says what to do at the time `now`; `look` looks at a file as it is then.
    pub fn step(&mut self, now: Duration, look: &mut dyn FnMut(&Path) -> Look) -> Step {
        let Some(first) = self.first else { return Step::Idle };
        let rest = (self.last + self.quiet).saturating_sub(now);
        let late = now.saturating_sub(first) >= self.longest;
        if !rest.is_zero() && !late {
            return Step::Wait(rest);
        }
        let mut moved = false;
        for (path, before) in &mut self.touched {
            let seen = Some(look(path));
            moved |= *before != seen;
            *before = seen;
        }
        if moved && !late {
            self.last = now;
            return Step::Wait(self.quiet);
        }
        self.first = None;
        self.touched.clear();
        Step::Go
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: Duration = Duration::from_millis(500);
    const LONGEST: Duration = Duration::from_mins(1);

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    /// Steps at `millis`, where every file has `size`.
    fn step(settle: &mut Settle, millis: u64, size: u64) -> Step {
        settle.step(at(millis), &mut |_| Some((size, 0)))
    }

    #[test]
    fn where_nothing_happened_nothing_is_done() {
        let mut settle = Settle::new(QUIET, LONGEST);
        assert_eq!(step(&mut settle, 9_000, 1), Step::Idle);
    }

    #[test]
    fn many_changes_are_one() {
        let mut settle = Settle::new(QUIET, LONGEST);
        for millis in [0, 100, 400, 800] {
            settle.touch(PathBuf::from("a"), at(millis));
            assert_eq!(step(&mut settle, millis, 1), Step::Wait(QUIET));
        }
        assert_eq!(step(&mut settle, 1_200, 1), Step::Wait(at(100)));
        assert_eq!(step(&mut settle, 1_300, 1), Step::Wait(QUIET), "looked at for the first time");
        assert_eq!(step(&mut settle, 1_800, 1), Step::Go);
        assert_eq!(step(&mut settle, 1_900, 1), Step::Idle);
    }

    #[test]
    fn a_file_that_grows_without_an_event_is_waited_for() {
        let mut settle = Settle::new(QUIET, LONGEST);
        settle.touch(PathBuf::from("a"), at(0));
        for (millis, size) in [(500, 10), (1_000, 20), (1_500, 30)] {
            assert_eq!(step(&mut settle, millis, size), Step::Wait(QUIET), "{millis}");
        }
        assert_eq!(step(&mut settle, 1_700, 30), Step::Wait(at(300)), "not looked at before its time");
        assert_eq!(step(&mut settle, 2_000, 30), Step::Go);
    }

    #[test]
    fn a_file_that_is_gone_is_at_rest() {
        let mut settle = Settle::new(QUIET, LONGEST);
        settle.touch(PathBuf::from("a"), at(0));
        assert_eq!(settle.step(at(500), &mut |_| None), Step::Wait(QUIET));
        assert_eq!(settle.step(at(1_000), &mut |_| None), Step::Go);
    }

    #[test]
    fn a_file_that_never_rests_does_not_keep_the_others_waiting() {
        let mut settle = Settle::new(QUIET, at(2_000));
        settle.touch(PathBuf::from("log"), at(0));
        for millis in [500, 1_000, 1_500] {
            assert_eq!(step(&mut settle, millis, millis), Step::Wait(QUIET));
        }
        assert_eq!(step(&mut settle, 2_000, 2_000), Step::Go);
        settle.touch(PathBuf::from("log"), at(2_100));
        assert_eq!(step(&mut settle, 2_100, 2_100), Step::Wait(QUIET), "the next change begins anew");
    }
}
