//! Markdown: front matter, the first heading as title, and the text with its markup taken off.

mod front;
mod inline;

use crate::article::{Article, DateSource};

use super::{Context, Format, Record, Refusal, blank, decode, text};

/// Markdown with or without front matter.
#[derive(Debug)]
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "Markdown"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        let decoded = decode::decode(&record.bytes, None);
        let cleaned = decode::clean(&decoded.text)?;
        let (fields, rest) = front::read(&cleaned, context)?;
        let mut article = blank(path, record);
        article.replaced = decoded.replaced;
        fields.fill(&mut article, DateSource::FrontMatter);
        let page = plain(rest);
        if article.title.is_empty() {
            article.title = page.title.unwrap_or_default();
        }
        article.body = page.text;
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal("has neither a text nor a title".to_owned()));
        }
        Ok(article)
    }
}

/// A text without markup.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    /// The first heading, where it stands before everything else.
    title: Option<String>,
    text: String,
}

/// Takes the markup off, paragraph by paragraph.
fn plain(markdown: &str) -> Page {
    let mut page = Page::default();
    let mut blocks = String::with_capacity(markdown.len());
    let mut paragraph = String::new();
    let mut is_code = false;
    for line in markdown.lines() {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            is_code = !is_code;
            flush(&mut blocks, &mut paragraph);
        } else if is_code {
            blocks.push_str(line);
            blocks.push('\n');
        } else if let Some(heading) = heading(bare) {
            flush(&mut blocks, &mut paragraph);
            begin(&mut page, &mut blocks, heading);
        } else if is_rule(bare, '=') && !paragraph.trim().is_empty() {
            let heading = std::mem::take(&mut paragraph);
            begin(&mut page, &mut blocks, heading.trim());
        } else if bare.is_empty() || is_rule(bare, '-') || is_rule(bare, '*') || is_rule(bare, '_') {
            flush(&mut blocks, &mut paragraph);
        } else if !is_definition(bare) {
            let content = content(bare);
            if !content.is_empty() {
                paragraph.push_str(&content);
                paragraph.push('\n');
            }
        }
    }
    flush(&mut blocks, &mut paragraph);
    page.text = text::tidy(&blocks);
    page
}

/// Ends a paragraph: its inline markup goes, and a blank line follows.
fn flush(blocks: &mut String, paragraph: &mut String) {
    if !paragraph.is_empty() {
        blocks.push_str(&inline::plain(paragraph));
        blocks.push_str("\n\n");
        paragraph.clear();
    }
}

/// A heading is the title where it is the first thing on the page; any other is a paragraph.
fn begin(page: &mut Page, blocks: &mut String, heading: &str) {
    let heading = inline::plain(heading);
    if page.title.is_none() && blocks.trim().is_empty() {
        page.title = Some(heading);
    } else {
        blocks.push('\n');
        blocks.push_str(&heading);
        blocks.push_str("\n\n");
    }
}

/// The words of a heading line.
fn heading(line: &str) -> Option<&str> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    ((1..=6).contains(&level) && words.starts_with(' ')).then(|| words.trim_end_matches('#').trim())
}

fn is_rule(line: &str, mark: char) -> bool {
    let least = if mark == '=' { 2 } else { 3 };
    line.chars().filter(|c| *c == mark).count() >= least && line.chars().all(|c| c == mark || c == ' ')
}

/// Whether `line` only says where a link leads: `[1]: https://…`.
fn is_definition(line: &str) -> bool {
    line.starts_with('[') && line.split_once("]: ").is_some_and(|(_, target)| target.contains("://"))
}

/// A line without the marks of quotations, lists and tables.
fn content(line: &str) -> String {
    let mut rest = line;
    while let Some(inner) = rest.strip_prefix('>') {
        rest = inner.trim_start();
    }
    for bullet in ["- ", "* ", "+ ", "• "] {
        if let Some(inner) = rest.strip_prefix(bullet) {
            rest = inner.trim_start();
            rest = rest.strip_prefix("[ ] ").or_else(|| rest.strip_prefix("[x] ")).unwrap_or(rest);
            break;
        }
    }
    if !(rest.starts_with('|') && rest.ends_with('|') && rest.len() > 1) {
        return rest.to_owned();
    }
    if rest.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
        return String::new();
    }
    rest.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests;
