//! What went through an ingest, what is indexed, and whether it is sound.

use std::io::{self, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::clean;
use super::wire::{self, VERSION};
use crate::index::{Finding, Status};
use crate::ingest::Report;

/// The most refusals that are named.
const NAMED: usize = 20;

/// Writes what an ingest into `index` did, or with `dry` what it would do. Refusals are counted, not named.
pub fn report(report: &Report, index: &Path, dry: bool, out: &mut dyn Write) -> io::Result<()> {
    let index = index.display().to_string();
    if dry {
        writeln!(out, "Nothing is written: this is what would be done.")?;
    }
    if let Some(reason) = &report.rebuilt {
        writeln!(out, "The index was built anew: {}.", clean(reason))?;
    }
    let changes = [
        (report.new, "new"),
        (report.changed, "changed"),
        (report.moved, "moved"),
        (report.deleted, "deleted"),
        (report.unchanged, "unchanged"),
    ];
    let changes: Vec<String> = changes
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, how)| format!("{} {how}", grouped(*count)))
        .collect();
    if !changes.is_empty() {
        writeln!(out, "Files: {}.", changes.join(", "))?;
    }
    if report.unknown > 0 {
        writeln!(out, "{} left out: no format reads them.", counted(report.unknown, "file"))?;
    }
    if !dry {
        let read = (counted(report.articles, "article"), counted(report.quotes, "quote"));
        let refused = if report.refused > 0 { format!("; {} refused", grouped(report.refused)) } else { String::new() };
        writeln!(out, "{} and {} indexed{refused}.", read.0, read.1)?;
    }
    writeln!(out, "{} can be searched in {}.", counted(report.total, "article"), clean(&index))?;
    if report.stopped {
        writeln!(out, "Stopped before the end. What is done is kept; run it again to go on.")?;
    }
    Ok(())
}

/// Writes what is indexed, how fresh it is, and what failed.
pub fn status(status: &Status, out: &mut dyn Write) -> io::Result<()> {
    let days = status.days.as_ref().map(|(first, last)| format!("{first} to {last}")).unwrap_or_default();
    let undated = match status.undated {
        0 => String::new(),
        count => format!(" ({} undated)", grouped(count)),
    };
    let dead = match (status.dead * 100.0).round() {
        share if share >= 1.0 => format!(", {share} % of it deleted articles"),
        _ => String::new(),
    };
    let rows = [
        ("index", status.index.display().to_string()),
        ("corpus", status.corpus.display().to_string()),
        ("articles", format!("{}{undated}", grouped(status.articles))),
        ("quotes", grouped(status.quotes)),
        ("files", grouped(status.files)),
        ("published", days),
        ("written", status.written.and_then(moment).unwrap_or_default()),
        ("size", format!("{}{dead}", size(status.bytes))),
        ("segments", grouped(status.segments)),
        ("writing now", status.writer.clone().unwrap_or_default()),
    ];
    for (what, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "{what:<12}{}", clean(value))?;
    }
    if status.replaced > 0 {
        writeln!(out, "{} with characters that could not be decoded.", counted(status.replaced, "article"))?;
    }
    refusals(status.refused, &status.refusals, out)
}

/// Writes `status` as one versioned object.
pub fn status_json(status: &Status, out: &mut dyn Write) -> io::Result<()> {
    let wire = WireStatus {
        v: VERSION,
        index: status.index.display().to_string(),
        corpus: status.corpus.display().to_string(),
        articles: status.articles,
        undated: status.undated,
        replaced: status.replaced,
        quotes: status.quotes,
        files: status.files,
        first: status.days.as_ref().map(|(first, _)| first.as_str()),
        last: status.days.as_ref().map(|(_, last)| last.as_str()),
        written: status.written.and_then(|second| Timestamp::from_second(second).ok()).map(|it| it.to_string()),
        bytes: status.bytes,
        dead: status.dead,
        segments: status.segments,
        writer: status.writer.as_deref(),
        refused: status.refused,
        refusals: status.refusals.iter().map(|(id, reason)| WireRefusal { id, reason }).collect(),
    };
    wire::write(&wire, out)?;
    writeln!(out)
}

/// Writes what `doctor` found, a line each.
pub fn findings(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    for Finding { what, sound, detail } in findings {
        let sign = if *sound { "ok " } else { "BAD" };
        writeln!(out, "{sign}  {}: {}", clean(what), clean(detail))?;
    }
    Ok(())
}

/// Writes what `doctor` found as one versioned object.
pub fn findings_json(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let list = |it: &'_ Finding| WireFinding { what: it.what.clone(), sound: it.sound, detail: it.detail.clone() };
    let wire = WireFindings {
        v: VERSION,
        sound: findings.iter().all(|finding| finding.sound),
        findings: findings.iter().map(list).collect(),
    };
    wire::write(&wire, out)?;
    writeln!(out)
}

/// An alert in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// The question as it would be typed.
    pub words: String,
    /// Whether it looks for quotations.
    pub quotes: bool,
    /// When it last ran.
    pub run: Option<Timestamp>,
}

/// Writes the alerts there are, a line each, or as one versioned object.
pub fn alerts(alerts: &[Kept], json: bool, out: &mut dyn Write) -> io::Result<()> {
    let target = |kept: &Kept| if kept.quotes { "quotes" } else { "articles" };
    if json {
        let list = alerts.iter().map(|it| WireAlert {
            name: &it.name,
            query: &it.words,
            target: target(it),
            run: it.run.map(|run| run.to_string()),
        });
        wire::write(&WireAlerts { v: VERSION, alerts: list.collect() }, out)?;
        return writeln!(out);
    }
    for it in alerts {
        let run = it.run.map_or_else(|| "never run".to_owned(), |run| format!("last run {run}"));
        writeln!(out, "{}  {}  {}  ({run})", clean(&it.name), target(it), clean(&it.words))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct WireAlerts<'a> {
    v: u32,
    alerts: Vec<WireAlert<'a>>,
}

#[derive(Serialize)]
struct WireAlert<'a> {
    name: &'a str,
    query: &'a str,
    target: &'static str,
    run: Option<String>,
}

#[derive(Serialize)]
struct WireStatus<'a> {
    v: u32,
    index: String,
    corpus: String,
    articles: usize,
    undated: usize,
    replaced: usize,
    quotes: usize,
    files: usize,
    first: Option<&'a str>,
    last: Option<&'a str>,
    written: Option<String>,
    bytes: u64,
    dead: f64,
    segments: usize,
    writer: Option<&'a str>,
    refused: usize,
    refusals: Vec<WireRefusal<'a>>,
}

#[derive(Serialize)]
struct WireRefusal<'a> {
    id: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct WireFindings {
    v: u32,
    sound: bool,
    findings: Vec<WireFinding>,
}

#[derive(Serialize)]
struct WireFinding {
    what: String,
    sound: bool,
    detail: String,
}

/// How many were refused, and the first of them.
fn refusals(refused: usize, named: &[(String, String)], out: &mut dyn Write) -> io::Result<()> {
    if refused == 0 {
        return Ok(());
    }
    writeln!(out, "{} refused:", grouped(refused))?;
    for (id, reason) in named.iter().take(NAMED) {
        writeln!(out, "  {}: {}", clean(id), clean(reason))?;
    }
    match refused - named.len().min(NAMED).min(refused) {
        0 => Ok(()),
        more => writeln!(out, "  and {} more", grouped(more)),
    }
}

/// `1 article`, `21,576 articles`.
fn counted(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{} {noun}{s}", grouped(count))
}

/// `21,576`.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `2025-01-30 14:02 UTC`.
fn moment(second: i64) -> Option<String> {
    Timestamp::from_second(second).ok().map(|it| it.strftime("%Y-%m-%d %H:%M UTC").to_string())
}

/// `20.4 MB`.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} bytes");
    }
    let mut value = bytes as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}
