//! Lines to paragraphs: what every page repeats left out, words that were broken put together.

use std::collections::{BTreeMap, BTreeSet};

use super::glyphs::Page;
use super::layout::{Line, blocks, median};

/// The share of a page, above and below, in which what is repeated may stand.
const MARGIN: f64 = 0.12;

/// A headline is set so many times larger than the text.
const HEADLINE: f64 = 1.25;

/// The longest headline, in characters.
const LONGEST: usize = 250;

/// A line that leaves more than this share of its block free ends a paragraph, if a sentence ends there.
const FREE: f64 = 0.2;

/// The text of a document.
pub(super) struct Text {
    pub(super) title: String,
    /// Its pages parted by a form feed each.
    pub(super) body: String,
}

/// Reads the text off `pages`.
pub(super) fn read(pages: Vec<Page>) -> Text {
    let pages: Vec<(Edges, Vec<Vec<Line>>)> =
        pages.into_iter().map(|page| (Edges::of(&page), blocks(page.runs))).collect();
    let repeated = repeated(&pages);
    let mut writer = Writer { words: hyphenated(&pages), ..Writer::default() };
    let keeps = |edges: &Edges, line: &Line| {
        !(edges.holds(line) && (is_number(&line.text) || repeated.contains(&pattern(&line.text))))
    };
    let pages: Vec<Vec<Vec<Line>>> = pages
        .into_iter()
        .map(|(edges, blocks)| {
            let kept = |block: Vec<Line>| block.into_iter().filter(|line| keeps(&edges, line)).collect();
            blocks.into_iter().map(kept).collect()
        })
        .collect();
    let body_size = usual_size(pages.iter().flatten().flatten());
    for (number, mut blocks) in pages.into_iter().enumerate() {
        if number == 0 {
            writer.title = headline(&mut blocks, body_size);
        }
        for block in blocks.iter().filter(|block| !block.is_empty()) {
            writer.block(block);
        }
        writer.page();
    }
    writer.finish()
}

/// The size in which most letters are set.
fn usual_size<'l>(lines: impl Iterator<Item = &'l Line>) -> f64 {
    let mut letters: Vec<(f64, usize)> = Vec::new();
    for line in lines {
        match letters.iter_mut().find(|(size, _)| (*size - line.size).abs() < 0.25) {
            Some((_, count)) => *count += line.text.len(),
            None => letters.push((line.size, line.text.len())),
        }
    }
    letters.into_iter().max_by_key(|(_, count)| *count).map_or(1.0, |(size, _)| size)
}

/// Where the margins of a page begin.
struct Edges {
    low: f64,
    high: f64,
}

impl Edges {
    fn of(page: &Page) -> Edges {
        let height = page.top - page.bottom;
        Edges { low: page.bottom + height * MARGIN, high: page.top - height * MARGIN }
    }

    fn holds(&self, line: &Line) -> bool {
        line.base < self.low || line.base > self.high
    }
}

/// What stands in the margins of most pages.
fn repeated(pages: &[(Edges, Vec<Vec<Line>>)]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (edges, blocks) in pages {
        let patterns: BTreeSet<String> =
            blocks.iter().flatten().filter(|line| edges.holds(line)).map(|line| pattern(&line.text)).collect();
        for pattern in patterns {
            *counts.entry(pattern).or_default() += 1;
        }
    }
    let enough = (pages.len() / 2).max(2);
    counts.into_iter().filter(|(_, count)| *count >= enough).map(|(pattern, _)| pattern).collect()
}

/// A line without what changes from page to page.
fn pattern(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect()
}

/// Whether a line is the number of its page ("3", "- 3 -", "Page 3 of 9", "iv").
fn is_number(text: &str) -> bool {
    let rest = text.to_lowercase().replace("page", "").replace("of", "");
    let mut letters =
        rest.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '|' | '/' | '.')).peekable();
    let is_some = letters.peek().is_some();
    let all: String = letters.collect();
    is_some
        && all.len() <= 6
        && (all.chars().all(|c| c.is_ascii_digit()) || all.chars().all(|c| matches!(c, 'i' | 'v' | 'x')))
}

/// Takes the headline out of the blocks of the first page: the lines in the largest type, where it is large enough.
fn headline(blocks: &mut [Vec<Line>], body_size: f64) -> String {
    let largest = blocks.iter().flatten().map(|line| line.size).fold(0.0, f64::max);
    if largest < body_size * HEADLINE {
        return String::new();
    }
    let is_head = |line: &Line| line.size > largest * 0.95;
    let Some(block) = blocks.iter_mut().find(|block| block.iter().any(is_head)) else { return String::new() };
    let Some(from) = block.iter().position(is_head) else { return String::new() };
    let count = block[from..].iter().take_while(|line| is_head(line)).count();
    let title = block[from..from + count].iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ");
    if title.chars().count() > LONGEST {
        return String::new();
    }
    block.drain(from..from + count);
    title
}

/// Words with a hyphen inside a line, in lower case: they keep it where a line breaks them, too.
fn hyphenated(pages: &[(Edges, Vec<Vec<Line>>)]) -> BTreeSet<String> {
    let lines = pages.iter().flat_map(|(_, blocks)| blocks).flatten();
    let words =
        lines.flat_map(|line| line.text.split(' ')).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.contains('-')).map(str::to_lowercase).collect()
}

#[derive(Default)]
struct Writer {
    words: BTreeSet<String>,
    title: String,
    body: String,
    /// What parts the next text from what came before: nothing yet said, a paragraph, or a new page.
    pages: usize,
    /// The size of the last line, where it fills its block and ends no sentence.
    open: Option<f64>,
}

impl Writer {
    fn block(&mut self, lines: &[Line]) {
        let left = lines.iter().map(|line| line.left).fold(f64::INFINITY, f64::min);
        let right = lines.iter().map(|line| line.right).fold(0.0, f64::max);
        let steps = || lines.windows(2).map(|pair| pair[0].base - pair[1].base);
        let step = median(steps());
        let mut before: Option<&Line> = None;
        for line in lines {
            let begins = before.is_none_or(|before| {
                let apart = before.base - line.base > step * 1.35;
                let other_type = (before.size - line.size).abs() > 0.15 * line.size;
                let is_item = before.text.starts_with(['•', '–', '-', '▪', '◦', '·', '*']);
                let indented = line.left > left + 0.8 * line.size && before.left < left + 0.4 * line.size && !is_item;
                let short = before.right < right - FREE * (right - left) && ends_sentence(&before.text);
                apart || other_type || indented || short
            });
            let goes_on = self.open.is_some_and(|size| (size - line.size).abs() < 0.05 * size);
            self.line(line.text.trim(), begins && !(before.is_none() && goes_on));
            let fills = line.right > right - FREE * (right - left) && lines.len() > 1;
            self.open = Some(line.size).filter(|_| fills && !ends_sentence(&line.text));
            before = Some(line);
        }
    }

    /// Adds a line, as the beginning of a paragraph or not.
    fn line(&mut self, text: &str, begins: bool) {
        if text.is_empty() {
            return;
        }
        let turns = std::mem::take(&mut self.pages);
        let continues = turns > 0
            && text.starts_with(char::is_lowercase)
            && self.body.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '’'));
        let feeds = "\u{c}".repeat(turns);
        if self.body.is_empty() {
            self.body.push_str(&feeds);
        } else if begins && !continues {
            self.body.push_str("\n\n");
            self.body.push_str(&feeds);
        } else if self.body.ends_with('-') && text.starts_with(char::is_lowercase) {
            self.join(text);
            self.body.push_str(&feeds);
        } else {
            self.body.push_str(if turns > 0 { &feeds } else { " " });
        }
        self.body.push_str(text);
    }

    /// Takes the hyphen away at which a line broke a word, unless the word has one elsewhere.
    fn join(&mut self, next: &str) {
        let start = self.body.rfind(|c: char| c.is_whitespace()).map_or(0, |at| at + 1);
        let end = next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len());
        let word = format!("{}{}", &self.body[start..], &next[..end]).to_lowercase();
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let before = self.body.trim_end_matches('-').chars().last();
        if !self.words.contains(word) && before.is_some_and(char::is_alphabetic) {
            self.body.pop();
        }
    }

    fn page(&mut self) {
        self.pages += 1;
    }

    fn finish(self) -> Text {
        Text { title: self.title, body: self.body }
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', '»']).ends_with(['.', '!', '?', ':'])
}
