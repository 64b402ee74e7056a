//! How far it has come: a line that moves on a terminal, a plain line now and then elsewhere.

use std::io::Write;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::ingest::Progress;

/// Where nobody watches, a line this often is enough.
const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// The moving line is drawn this often.
const DRAW_PER_SECOND: u8 = 10;

/// Progress on its way to stderr.
pub(super) struct Shown {
    bar: Option<ProgressBar>,
    last: Mutex<Instant>,
}

impl Shown {
    /// On a terminal as a bar, else as lines.
    pub(super) fn new(terminal: bool) -> Shown {
        let bar = terminal.then(|| {
            let bar = ProgressBar::no_length();
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAW_PER_SECOND));
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Shown { bar, last: Mutex::new(Instant::now()) }
    }

    /// Shows `progress`, if it is time.
    pub(super) fn update(&self, progress: Progress) {
        if let Some(bar) = &self.bar {
            bar.set_message(line(progress));
            bar.tick();
            return;
        }
        let Ok(mut last) = self.last.lock() else { return };
        if last.elapsed() >= PLAIN_EVERY {
            *last = Instant::now();
            drop(writeln!(std::io::stderr(), "{}", line(progress)));
        }
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn line(progress: Progress) -> String {
    let articles = HumanCount(progress.articles as u64);
    let of = progress.of.map_or_else(String::new, |of| format!(" of {}", HumanCount(of as u64)));
    let files = HumanCount(progress.files as u64);
    format!("{articles} articles, {files}{of} files, {}", HumanBytes(progress.bytes))
}
