//! The main text: the part of the page with most running text and least else, and of that part what is text.

use super::lines::{self, Kind, Line};
use super::linked::Told;
use super::page::Page;
use super::words;

/// A line of so many bytes is running text.
const LONG: usize = 60;

/// A line with a larger share of links is a list of links.
const MOST_LINKED: f32 = 0.5;

/// A part that is set apart by its name but holds more than this share of all running text is the article.
const TOO_MUCH_APART: f32 = 0.5;

/// The shortest text of a marked element that is believed to be all of the article.
const SHORTEST_MARKED: usize = 400;

/// Beginnings of lines that are no text, in lower case.
const NOISE: &[&str] = &[
    "advertisement",
    "read more",
    "read also",
    "also read",
    "share this",
    "sign up",
    "subscribe",
    "follow us",
    "click here",
    "related:",
    "see also",
    "loading",
    "copyright",
    "all rights reserved",
    "story continues below",
    "most read",
    "photo:",
    "image:",
    "recommended",
];

/// Reads the main text: paragraphs parted by blank lines, list items and table rows on lines of their own.
pub(super) fn read(page: &Page, title: &str, told: &Told) -> String {
    let kept = wrongly_apart(page);
    let lines = lines::read(page, &|at| kept.contains(&at));
    let Some(root) = choose(page, &lines, told) else {
        return String::new();
    };
    let end = page.nodes[root].end;
    let inside = |line: &Line| line.block >= root && line.block < end;
    let mut text: Vec<&Line> = lead(page, &lines, root, told).into_iter().collect();
    let chosen: Vec<&Line> = lines.iter().filter(|line| inside(line) && !line.apart).collect();
    text.extend(clean(&chosen, page, title));
    join(&text)
}

/// Elements that are named as if they were apart but hold most of the running text, with those that hold them.
fn wrongly_apart(page: &Page) -> Vec<usize> {
    let lines = lines::read(page, &|_| true);
    let total: usize = lines.iter().filter(|line| is_running(line)).map(|line| line.text.len()).sum();
    let mut sums = vec![0; page.nodes.len()];
    for line in lines.iter().filter(|line| is_running(line)) {
        for at in page.upward(line.block) {
            sums[at] += line.text.len();
        }
    }
    let most = total as f32 * TOO_MUCH_APART;
    (0..sums.len()).filter(|at| sums[*at] as f32 > most).collect()
}

fn is_running(line: &Line) -> bool {
    line.text.len() >= LONG && line.link_share() < MOST_LINKED && line.kind != Kind::Heading
}

/// The element that holds the text: marked as such, or that with most running text and least else.
fn choose(page: &Page, lines: &[Line], told: &Told) -> Option<usize> {
    let mut values = vec![0.0; page.nodes.len()];
    let mut sizes = vec![0; page.nodes.len()];
    for line in lines.iter().filter(|line| !line.apart) {
        let value = value(line);
        for at in page.upward(line.block) {
            values[at] += value;
            sizes[at] += if is_running(line) { line.text.len() } else { 0 };
        }
    }
    if let Some(marked) = marked(page, &sizes) {
        return Some(marked);
    }
    if let Some(anchored) = anchored(page, lines, told) {
        return Some(anchored);
    }
    let mut best: Option<usize> = None;
    for at in 0..values.len() {
        if page.nodes[at].name.is_empty() || sizes[at] == 0 && values[at] <= 0.0 {
            continue;
        }
        let value = |at: usize| values[at] + if words::is_body(&page.nodes[at].words) { 50.0 } else { 0.0 };
        // Of equals the innermost wins: it comes later.
        if best.is_none_or(|best| value(at) >= value(best)) {
            best = Some(at);
        }
    }
    best
}

/// What a line says for the element that holds it.
fn value(line: &Line) -> f32 {
    let length = line.text.len() as f32;
    let linked = line.linked as f32;
    if is_running(line) {
        return length - 3.0 * linked;
    }
    match line.kind {
        Kind::Heading => -5.0,
        _ => -20.0 - linked,
    }
}

/// The element that is marked as the article's body.
fn marked(page: &Page, sizes: &[usize]) -> Option<usize> {
    let is_marked =
        |at: &usize| page.nodes[*at].attribute("itemprop").is_some_and(|kind| kind.eq_ignore_ascii_case("articleBody"));
    let found: Vec<usize> =
        (0..page.nodes.len()).filter(is_marked).filter(|at| sizes[*at] >= SHORTEST_MARKED).collect();
    (found.len() == 1).then(|| found[0])
}

/// The innermost element that holds nearly all of those lines which the page itself says are the article.
fn anchored(page: &Page, lines: &[Line], told: &Told) -> Option<usize> {
    let body = told.body.as_deref().filter(|body| body.len() >= SHORTEST_MARKED)?;
    let body: String = body.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_anchor = |line: &&Line| is_running(line) && head(&line.text, LONG).is_some_and(|head| body.contains(head));
    let anchors: Vec<&Line> = lines.iter().filter(is_anchor).collect();
    let total: usize = anchors.iter().map(|line| line.text.len()).sum();
    let mut sums = vec![0; page.nodes.len()];
    for line in &anchors {
        for at in page.upward(line.block) {
            sums[at] += line.text.len();
        }
    }
    let enough = |at: &usize| total >= SHORTEST_MARKED && sums[*at] * 10 >= total * 9;
    (0..sums.len()).rev().find(enough)
}

/// The first bytes of a text, at a character boundary.
fn head(text: &str, length: usize) -> Option<&str> {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end))
}

/// The summary between headline and text, where the page sets one.
fn lead<'l>(page: &Page, lines: &'l [Line], root: usize, told: &Told) -> Option<&'l Line> {
    let first = lines.iter().position(|line| line.block >= root)?;
    let told = told.description.as_deref().and_then(|text| head(text, LONG));
    let heading = page.named("h1").filter(|at| *at < root).last()?;
    let above = lines[..first].iter().rev().take_while(|line| line.block > heading);
    let is_lead = |line: &&Line| {
        let named = page.upward(line.block).take(3).any(|at| words::is_lead(&page.nodes[at].words));
        let same = told.is_some_and(|told| told.len() > 30 && line.text.starts_with(told));
        line.text.len() >= LONG && line.link_share() < 0.3 && (named || same)
    };
    above.filter(is_lead).last()
}

/// The lines that are text: no lists of links, no calls to share, no heading without anything under it.
fn clean<'l>(lines: &[&'l Line], page: &Page, title: &str) -> Vec<&'l Line> {
    let mut kept: Vec<&Line> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let is_title = number < 6 && line.text == title;
        let is_byline =
            line.text.len() < 200 && page.upward(line.block).take(2).any(|at| words::is_head(&page.nodes[at].words));
        let links = line.link_share() > MOST_LINKED && (line.text.len() < 120 || line.kind == Kind::Item);
        if is_title || is_byline || links || is_noise(&line.text) {
            continue;
        }
        kept.push(line);
    }
    while kept.last().is_some_and(|line| line.kind == Kind::Heading) {
        kept.pop();
    }
    kept
}

fn is_noise(text: &str) -> bool {
    if text.len() > 80 {
        return false;
    }
    let text = text.to_lowercase();
    NOISE.iter().any(|noise| text.starts_with(noise)) || !text.contains(char::is_alphanumeric)
}

fn join(lines: &[&Line]) -> String {
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        if let Some(before) = before {
            let together = before.kind == line.kind && matches!(line.kind, Kind::Item | Kind::Row);
            text.push_str(if together { "\n" } else { "\n\n" });
        }
        text.push_str(&line.text);
        before = Some(line);
    }
    text
}
