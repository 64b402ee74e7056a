//! A timeline as bars side by side, as CSV and as JSON.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{bar, cell};
use crate::index::{Series, Timeline};
use crate::output::csv::failed;
use crate::output::rich::{ACCENT, DIM, PLAIN, STRONG};
use crate::output::wire::{self, VERSION};
use crate::output::{View, clean, clean_lines};
use crate::search::Target;

/// The longest bar, in columns.
const WIDEST: usize = 60;

/// Writes `timeline` as `format`: text, csv or json.
pub fn timeline(timeline: &Timeline, format: &str, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        "csv" => csv(timeline, out),
        "json" => json(timeline, view, out),
        _ => text(timeline, view, out),
    }
}

fn text(timeline: &Timeline, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let labels: Vec<String> = timeline.starts.iter().map(|start| timeline.period.label(*start)).collect();
    let left = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    let greatest = timeline.series.iter().flat_map(|series| series.counts.iter().copied()).max().unwrap_or(0);
    let digits = greatest.to_string().len();
    let each = view.width.saturating_sub(left) / timeline.series.len().max(1);
    let room = each.saturating_sub(digits + 4).clamp(1, WIDEST);
    let style = |text: &str, style: anstyle::Style| {
        if view.colour { format!("{}{text}{}", style.render(), style.render_reset()) } else { text.to_owned() }
    };
    let line = |cells: Vec<String>, out: &mut dyn Write| writeln!(out, "{}", cells.concat().trim_end());
    if timeline.series.len() > 1 || !timeline.series.iter().all(|series| series.name.is_empty()) {
        let mut cells = vec![" ".repeat(left)];
        cells.extend(
            timeline.series.iter().map(|series| format!("  {}", style(&cell(&series.name, room + digits + 2), STRONG))),
        );
        line(cells, out)?;
    }
    for (at, label) in labels.iter().enumerate() {
        let mut cells = vec![style(&cell(label, left), PLAIN)];
        for series in &timeline.series {
            let count = series.counts.get(at).copied().unwrap_or(0);
            let bar = cell(&bar(count, greatest, room), room);
            cells.push(format!("  {count:>digits$}  {}", style(&bar, ACCENT)));
        }
        line(cells, out)?;
    }
    for series in &timeline.series {
        if let Some(rest) = rest(series, timeline) {
            writeln!(out, "{}", style(&clean(&rest), DIM))?;
        }
    }
    Ok(())
}

/// What is in no step.
fn rest(series: &Series, timeline: &Timeline) -> Option<String> {
    let mut rest = Vec::new();
    if series.undated > 0 {
        rest.push(format!("{} without a date", series.undated));
    }
    if series.inexact > 0 {
        rest.push(format!("{} known less closely than to the {}", series.inexact, timeline.period.name()));
    }
    let name = if series.name.is_empty() { String::new() } else { format!("{}: ", series.name) };
    (!rest.is_empty()).then(|| format!("not shown: {name}{}", rest.join(", ")))
}

fn csv(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let name = |series: &Series| if series.name.is_empty() { "count".to_owned() } else { series.name.clone() };
    let mut row = vec![timeline.period.name().to_owned(), "start".to_owned()];
    row.extend(timeline.series.iter().map(|series| clean_lines(&name(series)).into_owned()));
    rows.write_record(&row).map_err(failed)?;
    for (at, start) in timeline.starts.iter().enumerate() {
        let mut row = vec![timeline.period.label(*start), start.to_string()];
        row.extend(timeline.series.iter().map(|series| series.counts.get(at).copied().unwrap_or(0).to_string()));
        rows.write_record(&row).map_err(failed)?;
    }
    rows.flush()
}

#[derive(Serialize)]
struct WireTimeline<'a> {
    v: u32,
    query: &'a str,
    target: &'static str,
    by: &'static str,
    zone: &'a str,
    series: Vec<WireSeries<'a>>,
    steps: Vec<WireStep>,
}

#[derive(Serialize)]
struct WireSeries<'a> {
    name: &'a str,
    total: usize,
    undated: usize,
    inexact: usize,
}

#[derive(Serialize)]
struct WireStep {
    label: String,
    start: String,
    counts: Vec<usize>,
}

fn json(timeline: &Timeline, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let series = timeline.series.iter().map(|series| WireSeries {
        name: &series.name,
        total: series.counts.iter().sum::<usize>() + series.undated + series.inexact,
        undated: series.undated,
        inexact: series.inexact,
    });
    let steps = timeline.starts.iter().enumerate().map(|(at, start)| WireStep {
        label: timeline.period.label(*start),
        start: start.to_string(),
        counts: timeline.series.iter().map(|series| series.counts.get(at).copied().unwrap_or(0)).collect(),
    });
    let target = match view.request.target {
        Target::Articles => "articles",
        Target::Quotes => "quotes",
    };
    let wire = WireTimeline {
        v: VERSION,
        query: &view.query.typed,
        target,
        by: timeline.period.name(),
        zone: view.zone,
        series: series.collect(),
        steps: steps.collect(),
    };
    wire::write(&wire, out)?;
    writeln!(out)
}
