//! `index --watch`: keeps the index in step with the folder until it is told to stop.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::index::Index;
use super::{Exit, Failure, alert};
use crate::corpus::{CorpusError, How, Settle, Step, Walk, Watcher, look};
use crate::index::IndexError;
use crate::ingest::{IngestError, Report};
use crate::output::{clean, clean_lines};

/// Without a change for so long, what changed is read.
const QUIET: Duration = Duration::from_millis(500);

/// Network drives tell a size that may be a while old.
const QUIET_POLL: Duration = Duration::from_secs(3);

/// What changes without end is read this often.
const LONGEST: Duration = Duration::from_mins(1);

/// How often it looks whether to stop, and whether the folder is there.
const TICK: Duration = Duration::from_millis(100);

/// After what may pass, such as a full disk or another writer, it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// How often it looks where the system gives no events.
const POLL: Duration = Duration::from_secs(30);

/// How to watch, as `--watch` takes it.
pub(super) fn how(typed: &str) -> Result<How, Failure> {
    match typed.split_once(':') {
        None if typed == "auto" => Ok(How::Events),
        None if typed == "poll" => Ok(How::Poll(POLL)),
        Some(("poll", every)) => match super::index::seconds(every)? {
            0 => Err(Failure::new(format!("cannot use --watch={typed}"), "look once a second at most: poll:1s")),
            seconds => Ok(How::Poll(Duration::from_secs(seconds))),
        },
        _ => Err(Failure::new(format!("cannot use --watch={typed}"), "write it as auto or poll:30s")),
    }
}

/// How long changes are waited for.
fn settle(how: How) -> Settle {
    let quiet = match how {
        How::Events => QUIET,
        How::Poll(every) => QUIET_POLL.min(every),
    };
    Settle::new(quiet, LONGEST)
}

/// A watch that goes on.
pub(super) struct Watch<'a> {
    index: &'a Index,
    how: How,
    walk: Walk,
    skipped: Vec<PathBuf>,
    started: Instant,
    settle: Settle,
    watcher: Option<Watcher>,
    /// When to try again what failed.
    again: Option<Duration>,
    /// What was last said of a failure: said once, and again after it passed.
    said: Option<String>,
}

impl<'a> Watch<'a> {
    pub(super) fn new(index: &'a Index, how: How, desk: &Desk<'_>) -> Result<Watch<'a>, Failure> {
        let plan = index.plan(desk)?;
        Ok(Watch {
            index,
            how,
            walk: plan.walk,
            skipped: vec![plan.index, desk.settings.alerts()],
            started: Instant::now(),
            settle: settle(how),
            watcher: None,
            again: None,
            said: None,
        })
    }

    /// Brings the index into step now and after every change, until Ctrl-C.
    pub(super) fn run(mut self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let stop = desk.stop();
        // At the start a folder that is not there is an error; later it is waited for.
        self.watcher = Some(self.watcher(desk)?.map_err(IngestError::Corpus)?);
        let first = self.index.plan(desk)?;
        let report = desk.ingested(&first)?;
        self.done(&report, true, desk)?;
        let root = self.walk.root.display().to_string();
        if !stop.load(Ordering::Relaxed) {
            writeln!(desk.err, "watching {}: Ctrl-C ends it", clean(&root))?;
        }
        while !stop.load(Ordering::Relaxed) {
            self.tick(&stop, desk)?;
        }
        Ok(Exit::Found)
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }

    /// Looks what has changed, and reads it once it is at rest.
    fn tick(&mut self, stop: &AtomicBool, desk: &mut Desk<'_>) -> Result<(), Failure> {
        if self.watcher.as_ref().is_none_or(|watcher| !watcher.holds()) {
            self.watcher = None;
            match self.watcher(desk)? {
                Ok(watcher) => self.watcher = Some(watcher),
                Err(error) => {
                    self.say(&format!("{error}: waiting for it to come back; the index stays as it is"), desk)?;
                    thread::sleep(TICK);
                    return Ok(());
                }
            }
            // What happened in between nobody told.
            return self.round(desk);
        }
        let now = self.now();
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        let Ok(changes) = watcher.changes(now, TICK) else { return Ok(()) };
        let now = self.now();
        for path in changes {
            self.settle.touch(path, now);
        }
        let go = self.settle.step(now, &mut look) == Step::Go || self.again.is_some_and(|again| again <= now);
        if go && !stop.load(Ordering::Relaxed) { self.round(desk) } else { Ok(()) }
    }

    /// Begins to watch the folder, by looking where there are no events.
    fn watcher(&mut self, desk: &mut Desk<'_>) -> Result<Result<Watcher, CorpusError>, Failure> {
        loop {
            match Watcher::start(&self.walk, self.how, &self.skipped, self.now()) {
                Ok(Ok(watcher)) => return Ok(Ok(watcher)),
                Ok(Err(reason)) => {
                    let every = POLL.as_secs();
                    writeln!(desk.err, "the system gives no events ({}): looking every {every}s", clean(&reason))?;
                    (self.how, self.settle) = (How::Poll(POLL), settle(How::Poll(POLL)));
                }
                Err(error) => return Ok(Err(error)),
            }
        }
    }

    /// Brings the index into step.
    fn round(&mut self, desk: &mut Desk<'_>) -> Result<(), Failure> {
        self.again = None;
        let plan = self.index.next_plan(desk)?;
        match desk.ingested(&plan) {
            Ok(report) => {
                if self.said.take().is_some() {
                    writeln!(desk.err, "going on")?;
                }
                self.done(&report, false, desk)
            }
            // Not to be mended by waiting.
            Err(error @ IngestError::Index(IndexError::OtherCorpus { .. } | IndexError::Newer { .. })) => {
                Err(error.into())
            }
            Err(error @ IngestError::Corpus(CorpusError::Pattern { .. })) => Err(error.into()),
            // The next change may bring the files back.
            Err(error @ IngestError::Vanishing { .. }) => self.failed(error.into(), desk),
            Err(error) => {
                self.again = Some(self.now() + AGAIN);
                self.failed(error.into(), desk)
            }
        }
    }

    /// Says what was done, if anything was, and runs the alerts.
    fn done(&mut self, report: &Report, always: bool, desk: &mut Desk<'_>) -> Result<(), Failure> {
        let changed = report.new + report.changed + report.moved + report.deleted;
        if changed > 0 || always {
            self.index.told(report, desk)?;
        }
        if self.index.alerts && !report.stopped && (changed > 0 || always) {
            let ran = crate::index::open(&desk.settings.index())
                .map_err(Failure::from)
                .and_then(|index| alert::run_all(desk, index.as_ref()));
            match ran {
                Err(failure) if failure.closed => return Err(failure),
                // Said already, or now; what was not delivered comes again.
                Err(failure) => self.failed(failure, desk)?,
                Ok(_) => (),
            }
        }
        Ok(desk.out.flush()?)
    }

    fn failed(&mut self, failure: Failure, desk: &mut Desk<'_>) -> Result<(), Failure> {
        let advice = failure.advice.map(|advice| format!("\n       {advice}")).unwrap_or_default();
        self.say(&format!("error: {}{advice}", failure.what), desk)
    }

    /// Says something once, however often it happens.
    fn say(&mut self, what: &str, desk: &mut Desk<'_>) -> Result<(), Failure> {
        if self.said.as_deref() != Some(what) {
            writeln!(desk.err, "{}", clean_lines(what))?;
            self.said = Some(what.to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_to_watch_has_a_name() {
        assert_eq!(how("auto").unwrap(), How::Events);
        assert_eq!(how("poll").unwrap(), How::Poll(POLL));
        assert_eq!(how("poll:2m").unwrap(), How::Poll(Duration::from_mins(2)));
        for typed in ["", "poll:", "poll:0s", "poll:soon", "inotify"] {
            assert!(how(typed).is_err(), "{typed}");
        }
    }
}
