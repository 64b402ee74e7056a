//! `inspect`: what is read from a file or a folder, without an index.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;

use clap::{Args, ValueEnum};

use super::desk::Desk;
use super::{Exit, Failure};
use crate::article::Article;
use crate::corpus::{self, Entry, Walk};
use crate::extract;
use crate::format::{self, Format, Record, Refusal};
use crate::output::clean;
use crate::output::inspect::{self, Array, Sheet};

/// Records that are read at once, to be printed in order.
const BATCH: usize = 512;

/// Show everything that is read from files, with the evidence for it.
#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// Files or folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How it is shown
    #[arg(long, value_enum, default_value = "text")]
    format: Shape,
    /// Show the bodies, too
    #[arg(long)]
    body: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shape {
    /// A table of fields and what each rests on; with --body the text in colours.
    Text,
    /// One array.
    Json,
    /// One object a line for each article.
    Jsonl,
}

/// Where articles are written, one after the other.
struct Sheets<'a> {
    shape: Shape,
    sheet: Sheet,
    array: Array,
    articles: usize,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

/// What is needed to read a record.
struct Reader {
    format: format::Context,
    extract: extract::Context,
}

/// A record on its way, in order.
struct Piece<'a> {
    entry: &'a Entry,
    format: &'static dyn Format,
    record: Record,
}

impl Inspect {
    /// Prints what is read from every article to `out`, and what was refused to `err`.
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let format = format::Context { fields: desk.settings.fields(), article_bytes: desk.settings.article_bytes() };
        let reader = Reader { format, extract: desk.extraction()? };
        let sheet = Sheet { width: desk.width(), colour: desk.colour, body: self.body };
        let array = Array::default();
        let mut sheets =
            Sheets { shape: self.format, sheet, array, articles: 0, out: &mut *desk.out, err: &mut *desk.err };
        for path in &self.paths {
            sheets.inspect(path, &reader)?;
        }
        let articles = sheets.articles;
        sheets.end()?;
        Ok(if articles > 0 { Exit::Found } else { Exit::Failed })
    }
}

impl Sheets<'_> {
    fn inspect(&mut self, path: &Path, reader: &Reader) -> Result<(), Failure> {
        let entries = corpus::walk(&Walk { root: path.to_owned(), ..Walk::default() })
            .map_err(|error| Failure::new(error.to_string(), "is the path right? it takes files and folders"))?;
        for entry in entries {
            match &entry {
                Err(unreadable) => self.refused(&unreadable.path, &unreadable.reason)?,
                Ok(entry) => {
                    if let Some(reason) = reader.cut(entry, &mut |batch| self.batch(reader, batch))? {
                        self.refused(&entry.path, &reason)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn batch(&mut self, reader: &Reader, batch: &[Piece<'_>]) -> Result<(), Failure> {
        for read in reader.read(batch) {
            match read {
                Ok(article) => self.article(&article)?,
                Err((id, reason)) => self.refused(&id, &reason)?,
            }
        }
        Ok(())
    }

    fn article(&mut self, article: &Article) -> io::Result<()> {
        let first = self.articles == 0;
        self.articles += 1;
        match self.shape {
            Shape::Json => self.array.push(article, self.sheet.body, self.out),
            Shape::Jsonl => inspect::line(article, self.sheet.body, self.out),
            Shape::Text => {
                if !first {
                    writeln!(self.out, "\n")?;
                }
                inspect::text(article, self.sheet, self.out)
            }
        }
    }

    fn refused(&mut self, id: &str, reason: &str) -> io::Result<()> {
        writeln!(self.err, "{}: {}", clean(id), clean(reason))
    }

    fn end(self) -> io::Result<()> {
        match self.shape {
            Shape::Json => self.array.end(self.out),
            Shape::Jsonl | Shape::Text => Ok(()),
        }
    }
}

impl Reader {
    /// Cuts a file into batches of records; returns why it could not be read to its end, if it could not.
    fn cut(
        &self,
        entry: &Entry,
        print: &mut dyn FnMut(&[Piece<'_>]) -> Result<(), Failure>,
    ) -> Result<Option<String>, Failure> {
        let Some(format) = format::of(&entry.path) else {
            return Ok(Some("no format reads it".to_owned()));
        };
        let mut source = match entry.open() {
            Ok(source) => source,
            Err(unreadable) => return Ok(Some(unreadable.reason)),
        };
        let (mut batch, mut failed) = (Vec::with_capacity(BATCH), None);
        let cut = format.split(&mut source, &self.format, &mut |record| {
            batch.push(Piece { entry, format, record });
            if batch.len() < BATCH {
                return ControlFlow::Continue(());
            }
            failed = print(&batch).err();
            batch.clear();
            if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        match failed {
            Some(failure) => return Err(failure),
            None => print(&batch)?,
        }
        Ok(cut.err().map(|Refusal(reason)| reason))
    }

    /// Reads `batch` on all processors, an article or the id and the reason of a refusal each; what comes out is in order.
    fn read(&self, batch: &[Piece<'_>]) -> Vec<Result<Article, (String, String)>> {
        let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let share = batch.len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let read = |part: &[Piece<'_>]| part.iter().map(|piece| self.article(piece)).collect::<Vec<_>>();
            let parts: Vec<_> = batch.chunks(share).map(|part| scope.spawn(move || read(part))).collect();
            parts
                .into_iter()
                .flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        })
    }

    fn article(&self, Piece { entry, format, record }: &Piece<'_>) -> Result<Article, (String, String)> {
        match format.parse(&entry.path, record, &self.format) {
            Ok(mut article) => {
                extract::annotate(&mut article, &self.extract);
                Ok(article)
            }
            Err(Refusal(reason)) => {
                let number = record.number.map_or_else(String::new, |number| format!("#{number}"));
                Err((format!("{}{number}", entry.path), reason))
            }
        }
    }
}
