//! A hit of a search for articles: headline, where and when, who and what, passages.

use std::io::{self, Write};

use crate::output::day::day;
use crate::output::rich::{ACCENT, DIM, MARK, Margin, PLAIN, Page, Rich, STRONG};
use crate::output::{View, links};
use crate::search::{Hit, Quoted, Snippet};

/// The most tickers of a hit.
const TICKERS: usize = 5;

/// The most speakers of a hit.
const SPEAKERS: usize = 3;

/// The most characters of a passage that stand in for a headline.
const STAND_IN: usize = 70;

pub(super) fn write(hit: &Hit, number: &str, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { width: view.width, colour: view.colour };
    let indent = " ".repeat(number.len());
    let left = [(indent.as_str(), PLAIN)];
    let under = Margin { first: &left, rest: &left };
    headline(hit, view).write(Margin { first: &[(number, DIM)], rest: &left }, page, out)?;
    facts(hit, view).write(under, page, out)?;
    for snippet in &hit.snippets {
        passage(snippet).write(under, page, out)?;
    }
    let mut last = Rich::with(&hit.id, DIM);
    if let Some(page) = hit.page {
        last.push(&format!(" · p. {page}"), DIM);
    }
    match hit.reprints {
        0 => (),
        1 => drop(last.push(" · +1 reprint", DIM)),
        more => drop(last.push(&format!(" · +{more} reprints"), DIM)),
    }
    last.write(under, page, out)?;
    super::explanation(hit, &indent, page, out)
}

/// The headline, or how the first passage begins.
fn headline(hit: &Hit, view: &View<'_>) -> Rich {
    let mut line = Rich::default();
    line.marked(&hit.title, &hit.title_marks, STRONG, STRONG.underline());
    if line.is_empty() {
        line = Rich::with(&stand_in(hit), STRONG);
    }
    line.link(view.links.then(|| links::to(hit, view.root)).flatten());
    line
}

/// The first words of the first passage, for an article without a headline.
fn stand_in(hit: &Hit) -> String {
    let text = hit.snippets.first().map_or("", |snippet| snippet.text.trim());
    match text.char_indices().nth(STAND_IN) {
        None if text.is_empty() => "(no headline)".to_owned(),
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = text[..end].rfind(char::is_whitespace).unwrap_or(end);
            format!("{} …", text[..cut].trim_end())
        }
    }
}

/// `Courier · 30 Jan 2025 · NWRB, BRWT · Ada Lindqvist (CEO)`.
fn facts(hit: &Hit, view: &View<'_>) -> Rich {
    let mut line = Rich::default();
    if let Some(source) = &hit.source {
        line.push(source, DIM).push(" · ", DIM);
    }
    line.push(&day(hit.published.as_ref()), DIM);
    for (at, company) in hit.tickers.iter().take(TICKERS).enumerate() {
        line.push(if at == 0 { " · " } else { ", " }, DIM).push(&company.symbol, ACCENT);
    }
    for (at, speaker) in hit.speakers.iter().take(SPEAKERS).enumerate() {
        line.push(if at == 0 { " · " } else { ", " }, DIM).push(&named(speaker), DIM);
    }
    if view.scores {
        line.push(" · ", DIM).push(&format!("{:.2}", hit.score), DIM);
    }
    line
}

/// `Ada Lindqvist (CEO)`.
fn named(speaker: &Quoted) -> String {
    match &speaker.role {
        Some(role) => format!("{} ({role})", speaker.name),
        None => speaker.name.clone(),
    }
}

fn passage(snippet: &Snippet) -> Rich {
    let mut line = Rich::default();
    if snippet.cut_before {
        line.push("… ", DIM);
    }
    line.marked(&snippet.text, &snippet.marks, PLAIN, MARK);
    if snippet.cut_after {
        line.push(" …", DIM);
    }
    line
}
