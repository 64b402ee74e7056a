//! Parsers that may hang, overflow the stack or take all memory, in a process of their own.
//!
//! A thread cannot be stopped, and an overflow of the stack passes every guard against panics. So the program starts
//! itself once more, hands that process record after record, and kills it when it takes too long: the file is refused,
//! the next one gets a new process.

mod frame;
mod wire;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};

use crate::article::Article;

use super::{Context, FORMATS, Format, Record, Refusal};

/// The argument that makes the program such a process.
pub const ARGUMENT: &str = "--parse-apart";

/// Starts processes and keeps those that wait for work.
#[derive(Debug)]
pub struct Apart {
    program: PathBuf,
    idle: Mutex<Vec<Worker>>,
}

/// A process that parses.
#[derive(Debug)]
struct Worker {
    process: Child,
    input: Option<ChildStdin>,
    answers: Receiver<Vec<u8>>,
}

impl Apart {
    /// Runs `program`, which is this one, with [`ARGUMENT`].
    pub fn new(program: PathBuf) -> Apart {
        Apart { program, idle: Mutex::new(Vec::new()) }
    }

    /// Has a record of the file `path` parsed by `format`.
    pub(super) fn parse(
        &self,
        format: &dyn Format,
        path: &str,
        record: &Record,
        context: &Context,
    ) -> Result<Article, Refusal> {
        let taken = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match taken {
            Some(worker) => worker,
            None => self.start(context).map_err(|error| cannot_start(&error))?,
        };
        let asked = wire::request(format.name(), path, record, context);
        let seconds = context.limits.seconds;
        match worker.ask(&asked, Duration::from_secs(seconds)) {
            Ok(answer) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                wire::answer(&answer, path, record)
            }
            Err(RecvTimeoutError::Timeout) => {
                Err(Refusal(format!("took more than {seconds} seconds to read (parse_seconds in the settings)")))
            }
            Err(RecvTimeoutError::Disconnected) => Err(Refusal(format!(
                "cannot be read: its content ends the {} reader, or needs more memory than parse_memory in the settings",
                format.name()
            ))),
        }
    }

    fn start(&self, context: &Context) -> io::Result<Worker> {
        let mut process = Command::new(&self.program)
            .arg(ARGUMENT)
            .arg(context.limits.memory.to_string())
            // Room that is reserved and not used would count as used.
            .env("MIMALLOC_ARENA_RESERVE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = process.stdin.take();
        let output = process.stdout.take();
        let (tell, answers) = unbounded();
        thread::spawn(move || {
            let Some(mut output) = output else { return };
            while let Ok(Some(answer)) = frame::read(&mut output) {
                if tell.send(answer).is_err() {
                    return;
                }
            }
        });
        Ok(Worker { process, input, answers })
    }
}

impl Worker {
    fn ask(&mut self, asked: &[u8], time: Duration) -> Result<Vec<u8>, RecvTimeoutError> {
        let input = self.input.as_mut().ok_or(RecvTimeoutError::Disconnected)?;
        // A process that was ended takes nothing more.
        frame::write(input, asked).map_err(|_| RecvTimeoutError::Disconnected)?;
        self.answers.recv_timeout(time)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.input.take());
        // It may hang: it has nothing to lose.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn cannot_start(error: &io::Error) -> Refusal {
    Refusal(format!("cannot be read: the process that would read it does not start: {error}"))
}

/// Parses what comes in on standard input until it ends, with at most so many bytes of memory.
pub fn serve(memory: u64) -> io::Result<()> {
    #[cfg(unix)]
    if memory > 0 {
        // Where the system sets a lower limit, that one holds.
        drop(rlimit::Resource::AS.set(memory, memory));
    }
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Some(asked) = frame::read(&mut input)? {
        frame::write(&mut output, &wire::respond(&asked))?;
        output.flush()?;
    }
    Ok(())
}

fn by_name(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().find(|format| format.name() == name).copied()
}
