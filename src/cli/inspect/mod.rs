//! `inspect`: what is read from a file or a folder, without an index.

mod reading;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::desk::Desk;
use super::{Exit, Failure};
use crate::article::Article;
use crate::output::clean;
use crate::output::inspect::{self, Array, Sheet};

use reading::{Reader, Refused};

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

impl Inspect {
    /// Prints what is read from every article to `out`, and what was refused to `err`.
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let format = crate::cli::desk::format_context(&desk.settings);
        let reader = Reader { format, extract: desk.extraction()? };
        let sheet = Sheet { width: desk.width(), colour: desk.colour, body: self.body };
        let array = Array::default();
        let mut sheets =
            Sheets { shape: self.format, sheet, array, articles: 0, out: &mut *desk.out, err: &mut *desk.err };
        reading::read(&self.paths, &reader, &mut |read| match read {
            Ok(article) => Ok(sheets.article(&article)?),
            Err(refused) => Ok(sheets.refused(&refused)?),
        })?;
        let articles = sheets.articles;
        sheets.end()?;
        Ok(if articles > 0 { Exit::Found } else { Exit::Failed })
    }
}

impl Sheets<'_> {
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

    fn refused(&mut self, Refused { id, reason }: &Refused) -> io::Result<()> {
        writeln!(self.err, "{}: {}", clean(id), clean(reason))
    }

    fn end(self) -> io::Result<()> {
        match self.shape {
            Shape::Json => self.array.end(self.out),
            Shape::Jsonl | Shape::Text => Ok(()),
        }
    }
}
