//! HTML: what a saved page says of itself, and its main text without everything round it.

mod dated;
mod linked;
mod lines;
mod main_text;
mod markup;
mod meta;
mod page;
mod printed;
mod slim;
mod tree;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::article::Article;

use super::{Context, Format, Record, Refusal, blank, decode};

use page::Page;
use slim::Slim;

/// The most bytes of a page; larger ones are no articles, and trees take ten times the space.
const LARGEST: usize = 16 << 20;

/// How many bytes may come before the declaration of the encoding.
const DECLARED_WITHIN: usize = 4096;

/// Saved pages.
#[derive(Debug)]
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "HTML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn parse(&self, path: &str, record: &Record, _context: &Context) -> Result<Article, Refusal> {
        if record.bytes.len() > LARGEST {
            return Err(Refusal(format!("is longer than {} MB, the most for one page", LARGEST >> 20)));
        }
        let decoded = decode::decode(&record.bytes, declared(&record.bytes));
        let text = decode::clean(&decoded.text)?;
        let Slim { html, linked } = slim::read(&text)?;
        let mut article = blank(path, record);
        article.replaced = decoded.replaced;
        // The parser is not ours: what makes it panic costs this page only.
        catch_unwind(AssertUnwindSafe(|| fill(&mut article, &html, &linked)))
            .map_err(|_| Refusal("cannot be read: its markup breaks the HTML parser".to_owned()))??;
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal("has neither a text nor a title".to_owned()));
        }
        Ok(article)
    }
}

fn fill(article: &mut Article, html: &str, linked: &[String]) -> Result<(), Refusal> {
    let page = Page::new(html)?;
    let mut told = linked::read(linked);
    told.description = told.description.or_else(|| meta::description(&page));
    meta::fill(article, &page, &told);
    article.body = main_text::read(&page, &article.title, &told);
    Ok(())
}

/// The encoding that the page declares, in `meta` or in an XML declaration.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let find = |label: &[u8]| {
        let at = head.windows(label.len()).position(|window| window.eq_ignore_ascii_case(label))?;
        let value = head[at + label.len()..].trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'>' | b' ' | b';' | b'/' | b'?'))?;
        Some(&value[..end])
    };
    find(b"charset=").or_else(|| find(b"encoding="))
}

#[cfg(test)]
mod tests;
