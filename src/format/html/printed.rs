//! The date that a page prints near its headline, where nothing says which of its dates is the right one.

use crate::article::{DateSource, Precision, Published};

use super::page::{Node, Page};
use super::words;
use crate::format::{dates, published};

/// The longest line that a date of publication stands on, in bytes.
const LONGEST: usize = 140;

/// How many nodes away from the headline such a line may be.
const FARTHEST: usize = 250;

/// A line is made of no more nodes than this.
const MOST_PARTS: usize = 40;

/// How many nodes below the headline a line stands right below it.
const BELOW: usize = 120;

/// More bytes than a label or a name has.
const WORDS: usize = 24;

/// The most bytes of a date that may have a year of two digits.
const SHORTEST: usize = 12;

/// The most bytes that a link which is a date holds besides.
const LONGEST_LABEL: usize = 30;

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

/// A date that is printed somewhere near the headline.
#[derive(Debug)]
pub(super) struct Printed {
    /// The date, marked as inferred.
    pub(super) published: Published,
    /// Whether it stands right below the headline, alone or where a name says that it is a date.
    pub(super) is_plain: bool,
}

/// The date printed nearest to the headline.
pub(super) fn near_headline(page: &Page, title: &str) -> Option<Printed> {
    let headline = headline(page, title)?;
    let mut best: Option<(usize, bool, dates::Reading)> = None;
    let first = headline.saturating_sub(FARTHEST / 2);
    for at in first..(headline + FARTHEST).min(page.nodes.len()) {
        let node = &page.nodes[at];
        if !node.name.is_empty() || !node.text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let Some(reading) = on_line(page, at).filter(|_| !is_elsewhere(page, at)) else { continue };
        let (cost, is_shown) = cost(page, at, headline);
        if best.as_ref().is_none_or(|(known, ..)| cost < *known) {
            best = Some((cost, is_shown && (headline..headline + BELOW).contains(&at), reading));
        }
    }
    let (_, is_plain, reading) = best?;
    let published = Published { inferred: true, ..published(reading, DateSource::TimeElement) };
    Some(Printed { published, is_plain })
}

/// The heading that is the title, or the text that is; else the first heading.
pub(super) fn headline(page: &Page, title: &str) -> Option<usize> {
    let is_heading = |at: &usize| matches!(page.nodes[*at].name.as_str(), "h1" | "h2" | "h3" | "h4");
    let is_headline =
        |at: &usize| page.nodes[page.nodes[*at].parent].name != "title" && page.nodes[*at].text.trim() == title;
    let mut headings = (0..page.nodes.len()).filter(is_heading);
    headings
        .find(|at| is_title(&page.text(*at), title))
        .or_else(|| page.named("h1").next())
        .or_else(|| page.named("h2").next())
        .or_else(|| (0..page.nodes.len()).filter(|_| !title.is_empty()).find(is_headline))
}

/// Whether a heading is the title, or all of it but a label or the outlet.
fn is_title(heading: &str, title: &str) -> bool {
    !heading.is_empty() && (heading == title || (heading.len() >= 15 && title.starts_with(heading)))
}

/// The date in a text, or in the short line that it is a part of.
fn on_line(page: &Page, at: usize) -> Option<dates::Reading> {
    let text = page.text(at);
    if text.contains('©') {
        return None;
    }
    let parent = page.nodes[at].parent;
    let parts = page.nodes[parent].end - parent;
    if text.len() > LONGEST {
        // A paragraph may begin with its date: "(18.01.2018) Farmers …".
        return dates::find_date(&text).filter(|(_, range)| range.start <= 1).map(|(reading, _)| reading);
    }
    if let Some((reading, range)) = dates::find_date(&text) {
        // A date with words on both sides is that of what they tell.
        let is_told = range.start > WORDS && text.len() - range.end > WORDS;
        return (!is_told).then_some(reading);
    }
    if parts > MOST_PARTS {
        return None;
    }
    if let Some(reading) = behind_author(page, at) {
        return Some(reading);
    }
    let whole = page.text(parent);
    (whole.len() <= LONGEST).then(|| dates::find_date(&whole)).flatten().map(|(reading, _)| reading)
}

/// The date that ends a byline, which may be short: `by Ann Lee, 8.5.12`.
fn behind_author(page: &Page, at: usize) -> Option<dates::Reading> {
    let parent = page.nodes[at].parent;
    let is_author = |node: &Node| {
        node.attribute("rel").is_some_and(|rel| rel.split(' ').any(|rel| rel == "author"))
            || node.words.contains(" author ")
    };
    let text =
        page.nodes[at].text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '-' | '–'));
    let short = text.len() <= SHORTEST && page.nodes[parent..at].iter().any(is_author);
    short.then(|| dates::read_date(text)).flatten().filter(|(_, precision, _)| *precision == Precision::Day)
}

fn is_elsewhere(page: &Page, at: usize) -> bool {
    let is_link = |at: usize| page.nodes[at..page.nodes[at].end].iter().any(|node| node.name == "a");
    page.upward(at).take(6).any(|at| {
        let node = &page.nodes[at];
        let part = matches!(node.name.as_str(), "footer" | "aside" | "nav" | "form");
        // A list of dates is one of other things; one of the author and the date is not.
        let part = part || (node.name == "li" && (node.end - at > MOST_PARTS || is_link(at)));
        node.hidden || part || (node.name != "body" && node.words.split(' ').any(|word| ELSEWHERE.contains(&word)))
    })
}

/// Whether what is at `at` belongs to a comment or to another article that is linked to: the link holds more than it.
pub(super) fn is_of_another(page: &Page, at: usize) -> bool {
    let longest = page.text(at).len() + LONGEST_LABEL;
    page.upward(at).take(6).any(|at| {
        let node = &page.nodes[at];
        let is_part = matches!(node.name.as_str(), "html" | "body" | "main");
        !is_part && (words::is_comments(&node.words) || (node.name == "a" && page.text(at).len() > longest))
    })
}

/// How unlikely a line is to hold the date: its distance from the headline, less where its name speaks for it or it
/// holds nothing else; and whether one of these is so.
fn cost(page: &Page, at: usize, headline: usize) -> (usize, bool) {
    let distance = if at >= headline { at - headline } else { (headline - at) * 2 };
    let named = page.upward(at).take(3).any(|at| page.nodes[at].words.split(' ').any(|word| NAMES.contains(&word)));
    let text = page.nodes[at].text.trim();
    let alone = dates::find_date(text).is_some_and(|(_, range)| range.len() + 12 > text.len());
    (distance / (1 + usize::from(named) * 2 + usize::from(alone)), named || alone)
}
