//! What was read from an article, for people: a table of fields and what each rests on, and the text in colours.

use std::io::{self, Write};

use jiff::civil::Date;

use super::layers::{KINDS, Layers};
use crate::article::{Article, How, MentionedDate, Part, Quote, Section, Span, Ticker};
use crate::extract::dates;
use crate::output::day::day;
use crate::output::rich::{ACCENT, DIM, Margin, PLAIN, Page, Rich, STRONG};

/// The column in which values begin.
const LABEL: usize = 11;

/// The most words of evidence that are shown, in characters.
const LONGEST: usize = 160;

/// The most named dates that are listed.
const DATES: usize = 12;

/// How an inspected article is shown.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Columns.
    pub width: usize,
    /// Whether escape sequences may be used.
    pub colour: bool,
    /// Whether the whole text follows, coloured by kind of mention.
    pub body: bool,
}

/// Writes what was read from `article`, with the words or the place that each field rests on.
pub fn text(article: &Article, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { width: sheet.width, colour: sheet.colour };
    let mut table = Table { page, out };
    let title = if article.title.trim().is_empty() { "(no headline)" } else { &article.title };
    Rich::with(title, STRONG).write(Margin::default(), page, table.out)?;
    Rich::with(&article.id, DIM).write(Margin::default(), page, table.out)?;
    writeln!(table.out)?;
    table.row("published", &published(article))?;
    let authors = article.authors.join(", ");
    let metadata = [
        ("source", article.source.as_deref()),
        ("authors", Some(authors.as_str())),
        ("url", article.url.as_deref()),
        ("language", article.language.as_deref()),
        ("record id", article.record_id.as_deref()),
    ];
    for (label, value) in metadata {
        table.row(label, &Rich::with(value.unwrap_or_default(), PLAIN))?;
    }
    for (at, it) in article.tickers.iter().enumerate() {
        table.row(if at == 0 { "tickers" } else { "" }, &ticker(article, it))?;
    }
    for (at, it) in article.quotes.iter().enumerate() {
        table.row(if at == 0 { "quotes" } else { "" }, &quote(article, it))?;
        table.row("", &Rich::with(&shortened(article.words(it)), PLAIN))?;
    }
    for (at, it) in article.mentioned_dates.iter().take(DATES).enumerate() {
        table.row(if at == 0 { "dates" } else { "" }, &date(article, it))?;
    }
    let more = article.mentioned_dates.len().saturating_sub(DATES);
    if more > 0 {
        table.row("", &Rich::with(&format!("and {more} more"), DIM))?;
    }
    if article.replaced > 0 {
        table.row("replaced", &Rich::with(&format!("{} undecodable characters", article.replaced), PLAIN))?;
    }
    if sheet.body { body(article, page, table.out) } else { Ok(()) }
}

/// Rows of a label and a value.
struct Table<'a> {
    page: Page,
    out: &'a mut dyn Write,
}

impl Table<'_> {
    /// Writes a row, unless its value is empty.
    fn row(&mut self, label: &str, value: &Rich) -> io::Result<()> {
        let label = format!("{label:<LABEL$}");
        let indent = format!("{:LABEL$}  ", "");
        value.write(Margin { first: &[(&label, DIM), ("  ", PLAIN)], rest: &[(&indent, PLAIN)] }, self.page, self.out)
    }
}

fn published(article: &Article) -> Rich {
    let Some(published) = &article.published else {
        let mut row = Rich::with("undated", PLAIN);
        // Reasons don't depend on the day; only doubts do.
        for step in dates::steps(article, Date::MAX) {
            if let Err(reason) = step.outcome {
                row.push(&format!(" · {reason}"), DIM);
            }
        }
        return row;
    };
    let mut row = Rich::with(&day(Some(published)), PLAIN);
    if let Some(instant) = published.instant {
        row.push(&format!(", {instant}"), PLAIN);
    }
    row.push(&format!(" · {}", published.source.name()), DIM);
    row.push(if published.inferred { ", completed from the text" } else { "" }, DIM);
    row.push(if published.doubtful { ", after today" } else { "" }, DIM);
    evidence(&mut row, article, published.evidence);
    row
}

fn ticker(article: &Article, ticker: &Ticker) -> Rich {
    let mut row = Rich::with(&ticker.symbol, ACCENT);
    for part in [ticker.company.as_deref(), ticker.exchange.as_deref()].into_iter().flatten() {
        row.push(", ", PLAIN).push(part, PLAIN);
    }
    let places = match ticker.mentions.len() {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    row.push(&format!(" · {}, {places}, salience {:.2}", ticker.how.name(), ticker.salience), DIM);
    // A code is the stronger evidence, though a name may come before it.
    let code = |span: &&Span| article.text(**span).contains(ticker.symbol.split('.').next().unwrap_or_default());
    let coded = ticker.mentions.iter().find(code).filter(|_| ticker.how == How::Code);
    evidence(&mut row, article, coded.or(ticker.mentions.first()).copied());
    row
}

fn quote(article: &Article, quote: &Quote) -> Rich {
    let mut row = Rich::default();
    match &quote.speaker {
        Some(speaker) => {
            row.push(&speaker.name, STRONG);
            for part in [speaker.role.as_deref(), speaker.organization.as_deref()].into_iter().flatten() {
                row.push(", ", PLAIN).push(part, PLAIN);
            }
            if let Some(ticker) = &speaker.ticker {
                row.push(" (", PLAIN).push(ticker, ACCENT).push(")", PLAIN);
            }
        }
        None => {
            row.push("nobody", DIM);
        }
    }
    row.push(" · ", DIM).push(quote.kind.name(), DIM);
    if let Some(section) = quote.section.map(Section::name) {
        row.push(", ", DIM).push(section, DIM);
    }
    if let Some(cue) = quote.cue.clone().and_then(|cue| article.body.get(cue)) {
        row.push(", ", DIM).push(cue, DIM);
    }
    if !quote.tickers.is_empty() {
        row.push(", about ", DIM).push(&quote.tickers.join(", "), DIM);
    }
    row
}

fn date(article: &Article, date: &MentionedDate) -> Rich {
    let mut row = Rich::with(&shortened(article.text(date.span)), PLAIN);
    let days = match (date.since, date.until) {
        (Some(since), Some(until)) if since == until => format!(" · {since}"),
        (Some(since), Some(until)) => format!(" · {since} to {until}"),
        (Some(day), None) | (None, Some(day)) => format!(" · {day}"),
        (None, None) => " · which day is not known".to_owned(),
    };
    row.push(&days, DIM);
    row
}

/// Adds the words that a field was read from, where they are in the text.
fn evidence(row: &mut Rich, article: &Article, span: Option<Span>) {
    if let Some(span) = span {
        let place = match span.part {
            Part::Title => "in the headline",
            Part::Body => "in the text",
        };
        row.push(&format!(" · “{}” {place}", shortened(article.text(span))), DIM);
    }
}

/// `text`, cut in its middle where it is long.
fn shortened(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST / 2).collect();
    let tail: String = text.chars().skip(count - LONGEST / 2).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

/// Writes the text with everything found in it in its colour, under a line that tells which is which.
fn body(article: &Article, page: Page, out: &mut dyn Write) -> io::Result<()> {
    if page.colour {
        let mut legend = Rich::default();
        for (name, style) in KINDS.iter().skip(1) {
            legend.push(name, *style).push("  ", PLAIN);
        }
        writeln!(out)?;
        legend.write(Margin::default(), page, out)?;
    }
    let layers = Layers::of(article, Part::Body);
    let mut start = 0;
    let mut blank = true;
    for line in article.body.split('\n') {
        let place = start..start + line.len();
        start = place.end + 1;
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        if blank {
            writeln!(out)?;
        }
        blank = false;
        let mut row = Rich::default();
        for (stretch, style) in layers.stretches(place) {
            row.push(article.body.get(stretch).unwrap_or_default(), style);
        }
        row.write(Margin::default(), page, out)?;
    }
    Ok(())
}
