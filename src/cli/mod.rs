//! Words typed, words printed; one file per command.
//!
//! To add a command: a file here with its arguments and a `run`, and its two lines in `Command`.

mod alert;
mod batch;
mod browse;
mod completions;
mod config;
mod desk;
mod doctor;
mod export;
mod facets;
mod filters;
mod fresh;
mod hints;
mod index;
mod inspect;
mod man;
mod optimize;
mod pager;
mod progress;
mod quotes;
mod search;
mod securities;
mod show;
mod similar;
mod speakers;
mod status;
#[cfg(test)]
mod tests;
mod tickers;
mod timeline;
mod watch;
mod words;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use desk::{Desk, Terminal};

use crate::format;
use crate::index::IndexError;
use crate::ingest::IngestError;
use crate::settings::{Settings, Surroundings};

/// Who said what about which stock, and when: full-text search over a folder of financial news.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 found or done, 1 nothing found, 2 could not be done.")]
struct Typed {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Default, Args)]
struct Common {
    /// The folder of the index [default: index/ beside pullquote.toml, else here]
    #[arg(long, global = true, value_name = "DIR")]
    index: Option<PathBuf>,
    /// The folder with the articles [default: corpus/ beside pullquote.toml, else here]
    #[arg(long, global = true, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// When to colour
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    color: Option<Colour>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Search(search::Search),
    Quotes(quotes::Quotes),
    Show(show::Show),
    Similar(similar::Similar),
    Browse(browse::Browse),
    Timeline(timeline::Timeline),
    Tickers(tickers::Tickers),
    Speakers(speakers::Speakers),
    Export(export::Export),
    Index(index::Index),
    Alert(alert::AlertCommand),
    Inspect(inspect::Inspect),
    Status(status::Status),
    Doctor(doctor::Doctor),
    Optimize(optimize::Optimize),
    Securities(securities::Securities),
    Config(config::Config),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        match self {
            Command::Search(search) => search.run(desk),
            Command::Quotes(quotes) => quotes.run(desk),
            Command::Show(show) => show.run(desk),
            Command::Similar(similar) => similar.run(desk),
            Command::Browse(browse) => browse.run(desk),
            Command::Timeline(timeline) => timeline.run(desk),
            Command::Tickers(tickers) => tickers.run(desk),
            Command::Speakers(speakers) => speakers.run(desk),
            Command::Export(export) => export.run(desk),
            Command::Index(index) => index.run(desk),
            Command::Alert(alert) => alert.run(desk),
            Command::Inspect(inspect) => inspect.run(desk),
            Command::Status(status) => status.run(desk),
            Command::Doctor(doctor) => doctor.run(desk),
            Command::Optimize(_) => optimize::Optimize::run(desk),
            Command::Securities(securities) => securities.run(desk),
            Command::Config(_) => config::Config::run(desk),
            Command::Completions(completions) => completions.run(desk),
            Command::Man(_) => man::Man::run(desk),
        }
    }
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

/// What went wrong, for a person: what happened and where, and what to do.
#[derive(Debug)]
struct Failure {
    what: String,
    advice: Option<String>,
    /// Whether a reader closed the pipe, which is no failure.
    closed: bool,
}

impl Failure {
    fn new(what: impl Into<String>, advice: &str) -> Failure {
        Failure { what: what.into(), advice: Some(advice.to_owned()), closed: false }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let closed = error.kind() == io::ErrorKind::BrokenPipe;
        Failure { what: format!("cannot write the output: {error}"), advice: None, closed }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Failure {
        Failure::new(error.to_string(), error.advice())
    }
}

impl From<IngestError> for Failure {
    fn from(error: IngestError) -> Failure {
        match error {
            IngestError::Index(error) => error.into(),
            IngestError::Corpus(error) => Failure::new(
                error.to_string(),
                "name the folder with your articles: `pullquote index CORPUS`, or set `corpus` in pullquote.toml",
            ),
            IngestError::Vanishing { .. } => {
                Failure::new(error.to_string(), "is the drive mounted? if they are meant to go, add `--yes`")
            }
        }
    }
}

impl From<crate::settings::SettingsError> for Failure {
    fn from(error: crate::settings::SettingsError) -> Failure {
        Failure::new(error.to_string(), "run `pullquote config` to see every setting and where it comes from")
    }
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let mut plain = std::env::args_os().skip(1).map_while(|typed| typed.into_string().ok());
    if plain.next().as_deref() == Some(format::apart::ARGUMENT) {
        let memory = plain.next().and_then(|memory| memory.parse().ok()).unwrap_or_default();
        return ExitCode::from(u8::from(format::apart::serve(memory).is_err()));
    }
    let arguments = words::last(&mut Typed::command(), std::env::args_os().collect());
    let typed = Typed::parse_from(arguments);
    let said = Arc::new(Mutex::new(None));
    note_panics(Arc::clone(&said));
    let ended = std::panic::catch_unwind(|| {
        let (stdout, mut err) = (io::stdout(), io::stderr());
        let terminal = Terminal { out: stdout.is_terminal(), err: err.is_terminal() };
        let mut out = io::BufWriter::with_capacity(1 << 16, stdout.lock());
        // Stderr is not locked: the thread that hears Ctrl-C writes there, too.
        dispatch(&typed, &Surroundings::of_process(), terminal, &mut out, &mut err)
    });
    let failed = |_| {
        let said = said.lock().ok().and_then(|mut said| said.take()).unwrap_or_default();
        let advice = "nothing committed is lost; please report this with what you typed";
        drop(writeln!(io::stderr(), "error: pullquote has a fault: {said}\n       {advice}"));
        Exit::Failed
    };
    ExitCode::from(ended.unwrap_or_else(failed) as u8)
}

/// Keeps what a panic says instead of printing it: one that is caught is told as what it means.
fn note_panics(said: Arc<Mutex<Option<String>>>) {
    std::panic::set_hook(Box::new(move |panic| {
        if let Ok(mut said) = said.lock() {
            *said = Some(panic.to_string());
        }
    }));
}

/// Runs what was typed.
fn dispatch(
    typed: &Typed,
    surroundings: &Surroundings,
    terminal: Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let settings = Settings::load(surroundings, &typed.common.flags());
    let ended = settings.map_err(Failure::from).and_then(|settings| {
        let mut desk = Desk::new(settings, surroundings, terminal, out, err);
        let exit = typed.command.run(&mut desk)?;
        desk.out.flush()?;
        Ok(exit)
    });
    match ended {
        Ok(exit) => exit,
        Err(failure) if failure.closed => Exit::Found,
        Err(failure) => {
            drop(writeln!(err, "error: {}", crate::output::clean_lines(&failure.what)));
            if let Some(advice) = failure.advice {
                drop(writeln!(err, "       {}", crate::output::clean_lines(&advice)));
            }
            Exit::Failed
        }
    }
}

impl Common {
    /// The settings that were typed as flags.
    fn flags(&self) -> Vec<(&'static str, String)> {
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        let mut flags = Vec::new();
        flags.extend(self.index.as_ref().map(|index| ("index", path(index))));
        flags.extend(self.corpus.as_ref().map(|corpus| ("corpus", path(corpus))));
        flags.extend(self.color.map(|color| ("color", format!("{color:?}").to_lowercase())));
        flags
    }
}
