//! A hit of a search for quotes: the words as a pull quote, who said them, where and when.

use std::io::{self, Write};
use std::ops::Range;

use crate::article::{QuoteKind, Section};
use crate::output::day::day;
use crate::output::rich::{ACCENT, DIM, MARK, Margin, PLAIN, Page, Rich};
use crate::output::{View, links};
use crate::search::{Hit, QuoteHit};

/// A quotation longer than this many bytes, as a turn in a call can be, is cut round what matched.
const LONGEST: usize = 700;

/// How much of it is shown before what matched.
const BEFORE: usize = 200;

/// The bar beside the words.
const BAR: &str = "▌ ";

/// What the bar is as wide as.
const GAP: &str = "  ";

pub(super) fn write(hit: &Hit, quote: &QuoteHit, number: &str, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { width: view.width, colour: view.colour };
    let outer = " ".repeat(number.len());
    let numbered = [(number, DIM), (GAP, PLAIN)];
    let (plain, barred) = ([(outer.as_str(), PLAIN), (GAP, PLAIN)], [(outer.as_str(), PLAIN), (BAR, ACCENT)]);
    let under = Margin { first: &plain, rest: &plain };

    let before = context(&quote.before);
    before.write(Margin { first: &numbered, rest: &plain }, page, out)?;
    // The number stands on the first line, whatever that is.
    let first: &[_] = if before.is_empty() { &[(number, DIM), (BAR, ACCENT)] } else { &barred };
    let mut margin = Margin { first, rest: &barred };
    let shown = window(&quote.text, &quote.marks);
    for paragraph in paragraphs(&quote.text, &shown) {
        words(quote, paragraph, &shown).write(margin, page, out)?;
        margin.first = &barred;
    }
    context(&quote.after).write(under, page, out)?;
    who(quote).write(under, page, out)?;
    facts(hit, quote, view).write(under, page, out)?;
    super::explanation(hit, &format!("{outer}{GAP}"), page, out)
}

/// A sentence beside the words; nothing where all that is left of it is its period.
fn context(sentence: &str) -> Rich {
    Rich::with(if sentence.contains(char::is_alphanumeric) { sentence } else { "" }, DIM)
}

/// The part of a quotation that is shown: all of it, or so much round the first of `marks`.
fn window(text: &str, marks: &[Range<usize>]) -> Range<usize> {
    if text.len() <= LONGEST {
        return 0..text.len();
    }
    let mark = marks.first().map_or(0, |mark| mark.start);
    let start = match mark.saturating_sub(BEFORE).min(text.len() - LONGEST) {
        0 => 0,
        wanted => cut(text, wanted..mark.max(wanted + 1)),
    };
    start..cut(text, start + LONGEST..start + LONGEST + BEFORE)
}

/// Where `text` is cut within `range`: at its first white space, else at its first character.
fn cut(text: &str, range: Range<usize>) -> usize {
    let blank = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let place = range.clone().find(blank).or_else(|| range.clone().find(|at| text.is_char_boundary(*at)));
    place.unwrap_or(text.len()).min(text.len())
}

/// The paragraphs of `text` within `shown`.
fn paragraphs(text: &str, shown: &Range<usize>) -> Vec<Range<usize>> {
    let mut start = shown.start;
    let mut ranges = Vec::new();
    for line in text.get(shown.clone()).unwrap_or_default().split('\n') {
        if !line.trim().is_empty() {
            ranges.push(start..start + line.len());
        }
        start += line.len() + 1;
    }
    ranges
}

/// One paragraph of the words, with what matched; dots where the quotation goes on.
fn words(quote: &QuoteHit, paragraph: Range<usize>, shown: &Range<usize>) -> Rich {
    let within = |mark: &Range<usize>| {
        let (start, end) = (mark.start.max(paragraph.start), mark.end.min(paragraph.end));
        (start < end).then(|| start - paragraph.start..end - paragraph.start)
    };
    let marks: Vec<Range<usize>> = quote.marks.iter().filter_map(within).collect();
    let mut line = Rich::default();
    if paragraph.start == shown.start && shown.start > 0 {
        line.push("… ", DIM);
    }
    line.marked(quote.text.get(paragraph.clone()).unwrap_or_default(), &marks, PLAIN, MARK);
    if paragraph.end == shown.end && shown.end < quote.text.len() {
        line.push(" …", DIM);
    }
    line
}

/// `— Ada Lindqvist, CEO, Northwind Robotics (NWRB)`; with the kind where the words are not all in quotation marks.
fn who(quote: &QuoteHit) -> Rich {
    let mut line = Rich::with("— ", DIM);
    match &quote.speaker {
        Some(speaker) => line.push(&speaker.name, PLAIN),
        None => line.push("not attributed", DIM),
    };
    let speaker = quote.speaker.iter();
    for part in speaker.clone().flat_map(|speaker| [&speaker.role, &speaker.organization]).flatten() {
        line.push(", ", PLAIN).push(part, PLAIN);
    }
    for ticker in speaker.filter_map(|speaker| speaker.ticker.as_ref()) {
        line.push(" (", PLAIN).push(ticker, ACCENT).push(")", PLAIN);
    }
    if quote.kind != QuoteKind::Direct {
        line.push(" · ", DIM).push(quote.kind.name(), DIM);
    }
    match quote.section {
        Some(Section::Prepared) => line.push(", prepared remarks", DIM),
        Some(Section::Questions) => line.push(", Q&A", DIM),
        None => &mut line,
    };
    line
}

/// `30 Jan 2025 · about NWRB · Courier · Headline · id`.
fn facts(hit: &Hit, quote: &QuoteHit, view: &View<'_>) -> Rich {
    let mut line = Rich::with(&day(hit.published.as_ref()), DIM);
    let title = Some(&hit.title).filter(|title| !title.trim().is_empty());
    for (at, symbol) in quote.tickers.iter().enumerate() {
        line.push(if at == 0 { " · about " } else { ", " }, DIM).push(symbol, ACCENT);
    }
    for part in [hit.source.as_ref(), title, Some(&hit.id)].into_iter().flatten() {
        line.push(" · ", DIM).push(part, DIM);
    }
    if let Some(page) = hit.page {
        line.push(&format!(" · p. {page}"), DIM);
    }
    if view.scores {
        line.push(&format!(" · {:.2}", hit.score), DIM);
    }
    if hit.reprints > 0 {
        line.push(&format!(" · also in {} more", hit.reprints), DIM);
    }
    line.link(view.links.then(|| links::to(hit, view.root)).flatten());
    line
}
