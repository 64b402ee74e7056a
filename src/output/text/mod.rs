//! Results for people: a calm list, or pull quotes.

mod articles;
mod quotes;

use std::io::{self, Write};

use super::rich::{DIM, Margin, PLAIN, Page, Rich, STRONG};
use super::{Output, View, counts};
use crate::query::{Clause, Node, describe};
use crate::search::{Hit, Results, Target};

/// For a terminal.
pub(super) struct Text;

impl Output for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn results(&self, results: &Results, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
        let page = Page { width: view.width, colour: view.colour };
        if !results.hits.is_empty() {
            Rich::with(&summary(results, view), DIM).write(Margin::default(), page, out)?;
        }
        if let Some(plan) = results.plan.as_deref().filter(|_| view.request.explain) {
            Rich::with("searched as ", DIM).push(plan, DIM).write(Margin::default(), page, out)?;
        }
        let last = view.request.offset + results.hits.len();
        let digits = last.to_string().len();
        let mut group = None;
        for (number, hit) in (view.request.offset + 1..).zip(&results.hits) {
            let number = format!("{number:>digits$}  ");
            if hit.group != group {
                group.clone_from(&hit.group);
                heading(hit, view, out)?;
            }
            writeln!(out)?;
            write_hit(hit, &number, view, out)?;
        }
        if results.hits.is_empty() {
            partial(results, view, out)?;
        }
        counts::facets(results, page, out)
    }
}

fn write_hit(hit: &Hit, number: &str, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    match &hit.quote {
        Some(quote) => quotes::write(hit, quote, number, view, out),
        None => articles::write(hit, number, view, out),
    }
}

/// What the hits that follow are put under, and how many there are of it.
fn heading(hit: &Hit, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some((value, count)) = &hit.group else { return Ok(()) };
    writeln!(out)?;
    let page = Page { width: view.width, colour: view.colour };
    let mut line = Rich::with(if value.is_empty() { "none" } else { value }, STRONG);
    if *count > 0 {
        line.push(&format!(" · {count} in all"), DIM);
    }
    line.write(Margin::default(), page, out)
}

/// What has some of the words, each with those that it lacks.
fn partial(results: &Results, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { width: view.width, colour: view.colour };
    if results.partial.is_empty() {
        return Ok(());
    }
    let heading = format!("nothing has all of {}; some of it is in", asked(view));
    Rich::with(&heading, DIM).write(Margin::default(), page, out)?;
    for partial in &results.partial {
        writeln!(out)?;
        write_hit(&partial.hit, "~  ", view, out)?;
        if !partial.lacks.is_empty() {
            let margin = Margin { first: &[("   ", PLAIN)], rest: &[("   ", PLAIN)] };
            let lacks = format!("without {}", partial.lacks.join(", "));
            Rich::with(&lacks, DIM).write(margin, page, out)?;
        }
    }
    Ok(())
}

/// How many there are, for what, and which of them follow: `articles 1 to 10 of 12 for capex`.
fn summary(results: &Results, view: &View<'_>) -> String {
    let noun = match view.request.target {
        Target::Articles => "article",
        Target::Quotes => "quote",
    };
    let (first, last) = (view.request.offset + 1, view.request.offset + results.hits.len());
    let of = results.total.map(|total| format!(" of {total}")).unwrap_or_default();
    let asked = asked(view);
    match results.total {
        Some(1) => format!("1 {noun} for {asked}"),
        Some(total) if total == results.hits.len() => format!("{total} {noun}s for {asked}"),
        _ if first == last => format!("{noun} {first}{of} for {asked}"),
        _ => format!("{noun}s {first} to {last}{of} for {asked}"),
    }
}

/// What was asked, as it was typed; as it was read where flags say a part of it.
fn asked(view: &View<'_>) -> String {
    let typed = view.query.typed.trim();
    let by_flag = |node: &Node| node.span.is_empty();
    let flags = match &view.query.root {
        Some(Node { clause: Clause::All(nodes), .. }) => nodes.iter().any(by_flag),
        root => root.as_ref().is_some_and(by_flag),
    };
    if typed.is_empty() || flags { describe(view.query) } else { typed.to_owned() }
}

/// Why a hit has its score, line by line.
fn explanation(hit: &Hit, indent: &str, page: Page, out: &mut dyn Write) -> io::Result<()> {
    for line in &hit.explanation {
        let deep = line.len() - line.trim_start().len();
        let left = format!("{indent}{:deep$}", "");
        let margin = Margin { first: &[(&left, PLAIN)], rest: &[(&left, PLAIN)] };
        Rich::with(line, DIM).write(margin, page, out)?;
    }
    Ok(())
}
