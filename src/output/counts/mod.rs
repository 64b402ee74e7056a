//! Counts for people and programs: facets, timelines, lists of companies and of people.

mod lists;
mod timeline;

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::rich::{ACCENT, DIM, Margin, PLAIN, Page, Rich};
use crate::search::{Facet, Results};

pub use lists::{people, tickers};
pub use timeline::timeline;

/// Columns of the longest bar of a facet.
const BAR: usize = 24;

/// The most columns of a value.
const WIDEST: usize = 32;

/// A bar of `width` columns for the greatest value, in eighths of a column; never nothing for something.
fn bar(count: usize, greatest: usize, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if count == 0 || greatest == 0 {
        return String::new();
    }
    let eighths = (count * width * 8).div_ceil(greatest).max(1);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// `text`, cut or filled to `width` columns.
fn cell(text: &str, width: usize) -> String {
    let text = super::clean(text);
    let mut cell = String::new();
    for c in text.chars() {
        let next = cell.width() + UnicodeWidthStr::width(c.encode_utf8(&mut [0; 4]) as &str);
        if next > width || next == width && text.width() > width {
            cell.push('…');
            break;
        }
        cell.push(c);
    }
    let room = width.saturating_sub(cell.width());
    cell + &" ".repeat(room)
}

/// The facets of `results`, a block each.
pub(super) fn facets(results: &Results, page: Page, out: &mut dyn Write) -> io::Result<()> {
    for facet in &results.facets {
        writeln!(out)?;
        block(facet, page, out)?;
    }
    Ok(())
}

fn block(facet: &Facet, page: Page, out: &mut dyn Write) -> io::Result<()> {
    Rich::with(&format!("by {}", facet.by.name()), DIM).write(Margin::default(), page, out)?;
    let greatest = facet.values.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let widest = facet.values.iter().map(|(value, _)| value.width()).max().unwrap_or(0).min(WIDEST);
    let digits = greatest.to_string().len();
    for (value, count) in &facet.values {
        let left = format!("  {}  {count:>digits$}  ", cell(value, widest));
        let margin = [(left.as_str(), PLAIN)];
        let margin = Margin { first: &margin, rest: &margin };
        let room = page.width.saturating_sub(left.width()).clamp(1, BAR);
        Rich::with(&bar(*count, greatest, room), ACCENT).write(margin, page, out)?;
    }
    let mut rest = Vec::new();
    if facet.others > 0 {
        rest.push(format!("others {}", facet.others));
    }
    if facet.without > 0 {
        rest.push(format!("{} without", facet.without));
    }
    if !rest.is_empty() {
        let margin = [("  ", PLAIN)];
        Rich::with(&rest.join("; "), DIM).write(Margin { first: &margin, rest: &margin }, page, out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_counts() {
        assert_eq!(bar(8, 8, 3), "███");
        assert_eq!(bar(4, 8, 3), "█▌");
        assert_eq!(bar(1, 1000, 3), "▏");
        assert_eq!((bar(0, 8, 3), bar(0, 0, 3)), (String::new(), String::new()));
    }

    #[test]
    fn cells_are_as_wide_as_they_should() {
        assert_eq!(cell("NVDA", 6), "NVDA  ");
        assert_eq!(cell("Northwind", 6), "North…");
        assert_eq!(cell("東京証券", 5), "東京…");
        assert_eq!(cell("a\u{1b}[2J", 4).width(), 4);
    }
}
