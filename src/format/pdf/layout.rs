//! The reading order of what stands on a page: columns and blocks by the blank space between them.
//!
//! Recursive cuts along the widest gaps (Nagy and Seth, *Hierarchical representation of optically scanned documents*,
//! 1984), on runs of text instead of pixels.

use super::glyphs::Run;

/// Columns are at least so many sizes of the type apart.
const BETWEEN_COLUMNS: f64 = 1.0;

/// Of two columns, each has at least so many lines.
const LINES: usize = 3;

/// Blocks are at least so many sizes of the type apart, beyond the distance of two lines.
const BETWEEN_BLOCKS: f64 = 1.5;

/// How often a page is cut at most.
const DEEPEST: usize = 64;

/// A line of a block.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

/// The blocks of a page in reading order, each with its lines from top to bottom.
pub(super) fn blocks(mut runs: Vec<Run>) -> Vec<Vec<Line>> {
    runs.retain(|run| !run.text.trim().is_empty());
    let mut blocks = Vec::new();
    let mut waiting = vec![(runs, 0)];
    while let Some((runs, depth)) = waiting.pop() {
        let cut = if depth < DEEPEST { columns(&runs).or_else(|| rows(&runs)) } else { None };
        match cut {
            Some((first, second)) => {
                waiting.push((second, depth + 1));
                waiting.push((first, depth + 1));
            }
            None if runs.is_empty() => (),
            None => blocks.push(lines(runs)),
        }
    }
    blocks
}

type Cut = Option<(Vec<Run>, Vec<Run>)>;

/// Left and right of the widest gap that goes from top to bottom.
fn columns(runs: &[Run]) -> Cut {
    let size = median(runs.iter().map(|run| run.size));
    let mut order: Vec<&Run> = runs.iter().collect();
    order.sort_by(|one, other| one.left.total_cmp(&other.left));
    let mut widest: Option<(f64, f64)> = None;
    let mut reach = order.first()?.right;
    for run in &order {
        let gap = run.left - reach;
        if gap > BETWEEN_COLUMNS * size && widest.is_none_or(|(known, _)| gap > known) {
            widest = Some((gap, run.left));
        }
        reach = reach.max(run.right);
    }
    let (_, at) = widest?;
    let (right, left): (Vec<Run>, Vec<Run>) = runs.iter().cloned().partition(|run| run.left >= at);
    // A row of a table, a number and its item: no columns. Those are full of text.
    let is_text = |runs: &[Run]| {
        let levels = level_count(runs);
        let letters: usize = runs.iter().map(|run| run.text.len()).sum();
        levels >= LINES && letters > levels * 12
    };
    (is_text(&left) && is_text(&right)).then_some((left, right))
}

/// On how many lines runs stand.
fn level_count(runs: &[Run]) -> usize {
    let mut bases: Vec<f64> = runs.iter().map(|run| run.base).collect();
    bases.sort_by(f64::total_cmp);
    bases.dedup_by(|one, other| (*one - *other).abs() < 2.0);
    bases.len()
}

/// Above and below the widest gap that goes from side to side.
fn rows(runs: &[Run]) -> Cut {
    let size = median(runs.iter().map(|run| run.size));
    let mut order: Vec<&Run> = runs.iter().collect();
    order.sort_by(|one, other| (other.base + other.size).total_cmp(&(one.base + one.size)));
    let mut widest: Option<(f64, f64)> = None;
    let mut reach = order.first()?.base;
    for run in &order {
        let gap = reach - (run.base + run.size);
        if gap > BETWEEN_BLOCKS * size && widest.is_none_or(|(known, _)| gap > known) {
            widest = Some((gap, run.base + run.size));
        }
        reach = reach.min(run.base);
    }
    let (_, at) = widest?;
    Some(runs.iter().cloned().partition(|run| run.base + run.size > at + 0.01))
}

/// Runs on one line, line by line.
fn lines(mut runs: Vec<Run>) -> Vec<Line> {
    runs.sort_by(|one, other| other.base.total_cmp(&one.base).then(one.left.total_cmp(&other.left)));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            Some(row) if (row[0].base - run.base).abs() < 0.3 * run.size.min(row[0].size).max(1.0) => row.push(run),
            _ => rows.push(vec![run]),
        }
    }
    rows.into_iter().map(line).collect()
}

fn line(mut row: Vec<Run>) -> Line {
    row.sort_by(|one, other| one.left.total_cmp(&other.left));
    let size = median(row.iter().map(|run| run.size));
    let (left, base) = (row[0].left, row[0].base);
    let right = row.iter().map(|run| run.right).fold(left, f64::max);
    let mut text = String::new();
    for run in row {
        if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(run.text.trim());
    }
    Line { left, right, base, size, text }
}

/// The middle one of some numbers; 1 of none.
pub(super) fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(1.0)
}
