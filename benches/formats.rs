//! How fast each format is read, next to plain text in the same run: `cargo bench --bench formats`.
//!
//! `-- FOLDER` reads the files of a folder of your own instead of the samples. Reading is cutting files into records and
//! parsing these, on one thread, from memory; a file counts with its size on disk. The last row has PDF read as the
//! program does it, in a process of its own.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use pullquote::corpus::{self, Entry, Source, Walk};
use pullquote::format::{self, Apart, Context};

/// Every format is read for at least so long.
const LONG: Duration = Duration::from_millis(400);

/// The files of one format.
#[derive(Default)]
struct Files {
    contents: Vec<(String, Vec<u8>)>,
    articles: usize,
    bytes: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let root = folder.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), PathBuf::from);
    let mut formats: BTreeMap<&str, Files> = BTreeMap::new();
    for entry in corpus::walk(&Walk { root, ..Walk::default() })?.filter_map(Result::ok) {
        let Entry { path, absolute, .. } = entry;
        let Some(format) = format::of(&path) else { continue };
        let files = formats.entry(format.name()).or_default();
        let bytes = std::fs::read(absolute)?;
        files.bytes += bytes.len();
        files.contents.push((path, bytes));
    }
    let here = Context::default();
    for files in formats.values_mut() {
        files.articles = read(files, &here)?;
    }
    let text = formats.get("text").map(|files| speed(files, &here)).transpose()?.unwrap_or(f64::NAN);
    let mut out = std::io::stdout().lock();
    writeln!(out, "| format | files | articles | MB/s | against text |\n|---|---|---|---|---|")?;
    for (name, files) in &formats {
        row(&mut out, name, files, speed(files, &here)?, text)?;
    }
    if let Some(files) = formats.get("PDF") {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_pullquote"));
        let apart = Context { apart: Some(Arc::new(Apart::new(program))), ..Context::default() };
        row(&mut out, "PDF, in a process of its own", files, speed(files, &apart)?, text)?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, name: &str, files: &Files, speed: f64, text: f64) -> std::io::Result<()> {
    let (count, articles) = (files.contents.len(), files.articles);
    writeln!(out, "| {name} | {count} | {articles} | {speed:.1} | {:.2} |", speed / text)
}

/// Megabytes a second.
fn speed(files: &Files, context: &Context) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let mut rounds = 0;
    while start.elapsed() < LONG {
        read(files, context)?;
        rounds += 1;
    }
    Ok((files.bytes * rounds) as f64 / 1e6 / start.elapsed().as_secs_f64())
}

/// Reads all files and counts their articles.
fn read(files: &Files, context: &Context) -> Result<usize, Box<dyn Error>> {
    let mut articles = 0;
    for (path, bytes) in &files.contents {
        let mut source = Source::of(path, bytes.clone())?;
        format::split(&mut source, context, &mut |record| {
            articles += usize::from(format::parse(path, &record, context).is_ok());
            ControlFlow::Continue(())
        })?;
    }
    Ok(articles)
}
