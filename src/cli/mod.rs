//! Words typed, words printed; one file per command.

mod inspect;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Who said what about which stock, and when: full-text search over a folder of financial news.
#[derive(Debug, Parser)]
#[command(version)]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Inspect(inspect::Inspect),
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Something was found or done.
    Found = 0,
    /// Nothing was found.
    Nothing = 1,
    /// It could not be done.
    Failed = 2,
}

/// What went wrong, for a person.
type Failure = Box<dyn std::error::Error>;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let typed = Typed::parse();
    let (mut out, mut err) = (io::BufWriter::new(io::stdout().lock()), io::stderr());
    let ended = match &typed.command {
        Command::Inspect(inspect) => inspect.run(&mut out, &mut err),
    };
    let ended = ended.and_then(|exit| Ok(out.flush().map(|()| exit)?));
    let exit = ended.unwrap_or_else(|failure| {
        // A reader that has seen enough closes the pipe: that is no failure.
        let closed = failure.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        if closed {
            return Exit::Found;
        }
        drop(writeln!(err, "error: {failure}"));
        Exit::Failed
    });
    ExitCode::from(exit as u8)
}
