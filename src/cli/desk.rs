//! What every command works with: settings, today, and where to write.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};

use super::{Failure, progress};
use crate::corpus::Walk;
use crate::extract::{self, securities::Securities};
use crate::index::{self, Index, IndexError};
use crate::ingest::{self, IngestError, Plan, Report};
use crate::output::View;
use crate::search::Request;
use crate::settings::{Settings, Surroundings};

/// Text is set no wider than this, however wide the window is.
const WIDEST: usize = 100;

/// What is a terminal and not a file or a pipe.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Terminal {
    /// Where results go.
    pub(super) out: bool,
    /// Where messages go.
    pub(super) err: bool,
}

/// See the module.
pub(super) struct Desk<'a> {
    pub(super) settings: Settings,
    pub(super) out: &'a mut dyn Write,
    pub(super) err: &'a mut dyn Write,
    pub(super) terminal: Terminal,
    pub(super) colour: bool,
    links: bool,
    /// The pager of the surroundings.
    pub(super) pager: Option<String>,
    /// Set by the first Ctrl-C, once somebody listens for it.
    stop: Option<Arc<AtomicBool>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        settings: Settings,
        surroundings: &Surroundings,
        terminal: Terminal,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
    ) -> Desk<'a> {
        let dumb = surroundings.variable("TERM") == Some("dumb");
        let quiet = surroundings.variable("NO_COLOR").is_some() || dumb;
        let colour = match settings.color() {
            "always" => true,
            "never" => false,
            _ => terminal.out && !quiet,
        };
        let links = terminal.out && colour && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        let pager = surroundings.variable("PAGER").map(str::to_owned);
        Desk { settings, out, err, terminal, colour, links, pager, stop: None }
    }

    /// Today in the zone that is set, and the zone's name.
    pub(super) fn today(&self) -> (Date, String) {
        let (zone, name) = self.settings.zone();
        (ZonedDateTime::new(Timestamp::now(), zone).date(), name)
    }

    /// Columns of the text that is written here.
    pub(super) fn width(&self) -> usize {
        let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        if self.terminal.out { width.clamp(20, WIDEST) } else { 80 }
    }

    /// How results are shown here.
    pub(super) fn view<'v>(&self, root: &'v Path, request: &'v Request, zone: &'v str) -> View<'v> {
        View {
            colour: self.colour,
            links: self.links,
            width: self.width(),
            scores: request.explain,
            root,
            query: &request.query,
            zone,
            request,
        }
    }

    /// What bringing the index into step takes, by the settings.
    pub(super) fn plan(&self) -> Result<Plan, Failure> {
        let index = self.settings.index();
        let format = format_context(&self.settings);
        Ok(Plan {
            walk: Walk { root: self.settings.corpus(), exclude: self.settings.exclude(), never: Some(index.clone()) },
            index,
            vanish: false,
            rebuild: false,
            wait: 0,
            memory: self.settings.memory(),
            format,
            extract: Arc::new(self.extraction()?),
            dry_run: false,
        })
    }

    /// What extraction needs to know, by the settings.
    pub(super) fn extraction(&self) -> Result<extract::Context, Failure> {
        let mut context = extract::Context::on(self.today().0);
        if let Some(path) = self.settings.securities() {
            let failed = |reason: String| {
                Failure::new(format!("cannot use the securities in {}: {reason}", path.display()), SECURITIES_ADVICE)
            };
            let text = std::fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
            context = context.with_securities(Securities::with_user(&text).map_err(|error| failed(error.to_string()))?);
        }
        Ok(context)
    }

    /// Brings the index into step, showing how far it has come.
    pub(super) fn ingest(&mut self, plan: &Plan) -> Result<Report, Failure> {
        Ok(self.ingested(plan)?)
    }

    /// Like [`Desk::ingest`], for who wants to know what went wrong.
    pub(super) fn ingested(&mut self, plan: &Plan) -> Result<Report, IngestError> {
        let stop = self.stop();
        let shown = progress::Shown::new(self.terminal.err);
        let report = ingest::ingest(plan, &stop, &|progress| shown.update(progress));
        shown.finish();
        report
    }

    /// What the first Ctrl-C sets, from now on; the second ends the process.
    pub(super) fn stop(&mut self) -> Arc<AtomicBool> {
        Arc::clone(self.stop.get_or_insert_with(stop_on_interrupt))
    }

    /// Opens the index; where there is none yet, makes it from the corpus first.
    pub(super) fn open(&mut self) -> Result<Box<dyn Index>, Failure> {
        let folder = self.settings.index();
        match index::open(&folder) {
            Err(IndexError::Missing(_)) => (),
            opened => return Ok(opened?),
        }
        let plan = self.plan()?;
        if !plan.walk.root.exists() {
            return Err(Failure::new(
                format!("there is no index at {} and no corpus at {}", folder.display(), plan.walk.root.display()),
                "run `pullquote index CORPUS` with the folder of your articles, or name an index with `--index DIR`",
            ));
        }
        writeln!(self.err, "no index yet: reading {} into {}", plan.walk.root.display(), folder.display())?;
        let report = self.ingest(&plan)?;
        if report.stopped {
            return Err(Failure::new("stopped before the index was whole", "run `pullquote index` to go on"));
        }
        writeln!(self.err, "indexed {} articles from {} files", report.articles, report.files)?;
        if report.refused > 0 {
            writeln!(self.err, "{} could not be read: see `pullquote status`", report.refused)?;
        }
        Ok(index::open(&folder)?)
    }
}

const SECURITIES_ADVICE: &str =
    "its lines must have the columns of the shipped list: see `pullquote securities --help`";

/// Set by the first Ctrl-C; the second ends the process.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    use std::sync::atomic::Ordering;
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let handler = move || {
        if seen.swap(true, Ordering::SeqCst) {
            end_now();
        }
        drop(writeln!(std::io::stderr(), "\nstopping: what is done is kept (again to end at once)"));
    };
    // A handler that cannot be set leaves the system's own, which ends the process: nothing committed is lost.
    drop(ctrlc::set_handler(handler));
    stop
}

#[expect(clippy::exit, reason = "a second Ctrl-C means now, and nothing committed is lost")]
fn end_now() {
    std::process::exit(130);
}

/// What the readers of formats are told by the settings.
pub(super) fn format_context(settings: &Settings) -> crate::format::Context {
    let limits = crate::format::Limits {
        article_bytes: settings.limit_of("article_bytes"),
        file_bytes: settings.limit_of("file_bytes") as u64,
        unpacked_bytes: settings.limit_of("unpacked_bytes") as u64,
        ratio: settings.limit_of("archive_ratio") as u64,
        depth: settings.limit_of("archive_depth"),
        members: settings.limit_of("archive_files"),
        nested_bytes: settings.limit_of("nested_bytes"),
        pages: settings.limit_of("pages"),
        seconds: settings.limit_of("parse_seconds") as u64,
        memory: settings.limit_of("parse_memory"),
    };
    // The process that parses is this program once more; where it cannot be found, parsers run here.
    let apart = std::env::current_exe().ok().filter(|_| !cfg!(test));
    crate::format::Context {
        fields: settings.fields(),
        limits,
        converters: settings.converters(),
        apart: apart.map(|program| Arc::new(crate::format::Apart::new(program))),
        depth: 0,
    }
}
