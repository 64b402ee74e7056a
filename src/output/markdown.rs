//! Markdown for notes and mail: headlines as links, quotations with their citation.

use std::io::{self, Write};
use std::ops::Range;

use super::day::day;
use super::{Output, View, clean, links};
use crate::article::{Published, Speaker};
use crate::search::{Hit, QuoteHit, Results, Snippet};

/// For notes.
pub(super) struct Markdown;

impl Output for Markdown {
    fn name(&self) -> &'static str {
        "md"
    }

    fn results(&self, results: &Results, _: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
        for (at, hit) in results.hits.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            match &hit.quote {
                Some(quote) => quotation(hit, quote, out)?,
                None => article(hit, out)?,
            }
        }
        Ok(())
    }
}

fn article(hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### {}\n", headline(&hit.title, hit.url.as_deref()))?;
    let mut facts: Vec<String> = hit.source.iter().map(|source| escaped(source)).collect();
    facts.push(day(hit.published.as_ref()));
    let symbols: Vec<String> = hit.tickers.iter().map(|company| escaped(&company.symbol)).collect();
    facts.extend(Some(symbols.join(", ")).filter(|symbols| !symbols.is_empty()));
    facts.push(code(&hit.id));
    facts.extend(hit.page.map(|page| format!("p. {page}")));
    facts.extend(Some(hit.reprints).filter(|more| *more > 0).map(|more| format!("+{more} reprints")));
    writeln!(out, "{}", facts.join(" · "))?;
    for snippet in &hit.snippets {
        writeln!(out, "\n{}", passage(snippet))?;
    }
    Ok(())
}

fn quotation(hit: &Hit, quote: &QuoteHit, out: &mut dyn Write) -> io::Result<()> {
    for (at, paragraph) in paragraphs(&quote.text).into_iter().enumerate() {
        if at > 0 {
            writeln!(out, ">")?;
        }
        let within = |mark: &Range<usize>| {
            let (start, end) = (mark.start.max(paragraph.start), mark.end.min(paragraph.end));
            (start < end).then(|| start - paragraph.start..end - paragraph.start)
        };
        let marks: Vec<Range<usize>> = quote.marks.iter().filter_map(within).collect();
        writeln!(out, "> {}", marked(&quote.text[paragraph], &marks))?;
    }
    let home = Home {
        title: &hit.title,
        url: hit.url.as_deref(),
        source: hit.source.as_deref(),
        published: hit.published.as_ref(),
        id: &hit.id,
    };
    let page = hit.page.map(|page| format!(" · p. {page}")).unwrap_or_default();
    let more = Some(hit.reprints).filter(|more| *more > 0).map(|more| format!(" · also in {more} more"));
    writeln!(out, ">\n> {}{page}{}", citation(quote.speaker.as_ref(), &home), more.unwrap_or_default())
}

/// Where a quotation was printed.
pub(super) struct Home<'a> {
    pub(super) title: &'a str,
    pub(super) url: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) published: Option<&'a Published>,
    pub(super) id: &'a str,
}

/// Who said it and as what, where and when it was printed, and the id to find it by.
pub(super) fn citation(speaker: Option<&Speaker>, home: &Home<'_>) -> String {
    let mut who = vec![speaker.map_or_else(|| "not attributed".to_owned(), |speaker| escaped(&speaker.name))];
    who.extend(speaker.and_then(|speaker| speaker.role.as_deref()).map(escaped));
    who.extend(speaker.and_then(|speaker| speaker.organization.as_deref()).map(escaped));
    let mut facts = vec![format!("— {}", who.join(", ")), headline(home.title, home.url)];
    facts.extend(home.source.map(escaped));
    facts.extend([day(home.published), code(home.id)]);
    facts.join(" · ")
}

/// The headline, as a link where the article has an address on the web.
pub(super) fn headline(title: &str, url: Option<&str>) -> String {
    let title = if title.trim().is_empty() { "(no headline)".to_owned() } else { escaped(title) };
    match url.and_then(links::web) {
        Some(address) => format!("[{title}]({address})"),
        None => title,
    }
}

fn passage(snippet: &Snippet) -> String {
    let before = if snippet.cut_before { "… " } else { "" };
    let after = if snippet.cut_after { " …" } else { "" };
    format!("{before}{}{after}", marked(&snippet.text, &snippet.marks))
}

/// The paragraphs of `text`, as ranges.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut ranges = Vec::new();
    for line in text.split('\n') {
        let range = start..start + line.len();
        if !line.trim().is_empty() {
            ranges.push(range);
        }
        start += line.len() + 1;
    }
    ranges
}

/// `text` with its marks bold. Spaces at the rim of a mark stay outside, where Markdown wants them.
fn marked(text: &str, marks: &[Range<usize>]) -> String {
    let (mut written, mut at) = (String::new(), 0);
    for mark in marks {
        let (Some(gap), Some(words)) = (text.get(at..mark.start), text.get(mark.clone())) else {
            continue;
        };
        at = mark.end;
        written.push_str(&escaped(gap));
        written.extend(["**", escaped(words).trim(), "**"]);
    }
    written.push_str(&escaped(text.get(at..).unwrap_or_default()));
    written.trim().to_owned()
}

/// `text` as Markdown that says the same and nothing else, on one line.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => safe.extend(['\\', c]),
            '&' => safe.push_str("&amp;"),
            c if c.is_whitespace() && c != '\u{a0}' => {
                if !safe.ends_with(' ') {
                    safe.push(' ');
                }
            }
            c => safe.push(c),
        }
    }
    clean(&safe).into_owned()
}

/// `text` as code: an id to copy.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", clean(text).replace('`', "'"))
}
