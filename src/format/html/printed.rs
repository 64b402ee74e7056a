//! The date that a page prints near its headline, where nothing says which of its dates is the right one.

use crate::article::{DateSource, Published};

use super::page::Page;
use crate::format::{dates, published};

/// The longest line that a date of publication stands on, in bytes.
const LONGEST: usize = 140;

/// How many nodes away from the headline such a line may be.
const FARTHEST: usize = 250;

/// A line is made of no more nodes than this.
const MOST_PARTS: usize = 40;

/// Words of classes and ids that such a line has.
const NAMES: &[&str] = &[
    "date",
    "datum",
    "fecha",
    "time",
    "timestamp",
    "published",
    "publish",
    "pubdate",
    "posted",
    "meta",
    "byline",
    "created",
    "submitted",
    "dateline",
    "stand",
    "info",
    "details",
    "release",
    "entry",
    "newsdatum",
    "metadata",
    "tagline",
];

/// Parts of a page whose dates are those of other things.
const ELSEWHERE: &[&str] = &[
    "footer",
    "sidebar",
    "related",
    "comment",
    "comments",
    "calendar",
    "widget",
    "nav",
    "menu",
    "recent",
    "popular",
    "teaser",
    "archive",
    "copyright",
    "events",
    "latest",
    "ticker",
    "cookie",
];

/// The date printed nearest to the headline, marked as inferred.
pub(super) fn near_headline(page: &Page, title: &str) -> Option<Published> {
    let headline = headline(page, title)?;
    let mut best: Option<(usize, dates::Reading)> = None;
    let first = headline.saturating_sub(FARTHEST / 2);
    for at in first..(headline + FARTHEST).min(page.nodes.len()) {
        let node = &page.nodes[at];
        if !node.name.is_empty() || !node.text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let Some(reading) = on_line(page, at).filter(|_| !is_elsewhere(page, at)) else { continue };
        let cost = cost(page, at, headline);
        if best.as_ref().is_none_or(|(known, _)| cost < *known) {
            best = Some((cost, reading));
        }
    }
    let (_, reading) = best?;
    Some(Published { inferred: true, ..published(reading, DateSource::TimeElement) })
}

/// The heading that is the title, else the first.
pub(super) fn headline(page: &Page, title: &str) -> Option<usize> {
    let is_heading = |at: &usize| matches!(page.nodes[*at].name.as_str(), "h1" | "h2" | "h3");
    let mut headings = (0..page.nodes.len()).filter(is_heading);
    headings
        .find(|at| is_title(&page.text(*at), title))
        .or_else(|| page.named("h1").next())
        .or_else(|| page.named("h2").next())
}

/// Whether a heading is the title, or all of it but a label or the outlet.
fn is_title(heading: &str, title: &str) -> bool {
    !heading.is_empty() && (heading == title || (heading.len() >= 15 && title.starts_with(heading)))
}

/// The date in a text, or in the short line that it is a part of.
fn on_line(page: &Page, at: usize) -> Option<dates::Reading> {
    let text = page.nodes[at].text.trim();
    if text.contains('©') {
        return None;
    }
    if text.len() > LONGEST {
        // A paragraph may begin with its date: "(18.01.2018) Farmers …".
        return dates::find_date(text).filter(|(_, range)| range.start <= 1).map(|(reading, _)| reading);
    }
    if let Some((reading, _)) = dates::find_date(text) {
        return Some(reading);
    }
    let parent = page.nodes[at].parent;
    if page.nodes[parent].end - parent > MOST_PARTS {
        return None;
    }
    let whole = page.text(parent);
    (whole.len() <= LONGEST).then(|| dates::find_date(&whole)).flatten().map(|(reading, _)| reading)
}

fn is_elsewhere(page: &Page, at: usize) -> bool {
    page.upward(at).take(6).any(|at| {
        let node = &page.nodes[at];
        let part = matches!(node.name.as_str(), "footer" | "aside" | "nav" | "form" | "li");
        node.hidden || part || (node.name != "body" && node.words.split(' ').any(|word| ELSEWHERE.contains(&word)))
    })
}

/// How unlikely a line is to hold the date: its distance from the headline, less where its name speaks for it.
fn cost(page: &Page, at: usize, headline: usize) -> usize {
    let distance = if at >= headline { at - headline } else { (headline - at) * 2 };
    let named = page.upward(at).take(3).any(|at| page.nodes[at].words.split(' ').any(|word| NAMES.contains(&word)));
    let alone = dates::find_date(page.nodes[at].text.trim())
        .is_some_and(|(_, range)| range.len() + 12 > page.nodes[at].text.trim().len());
    distance / (1 + usize::from(named) * 2 + usize::from(alone))
}
