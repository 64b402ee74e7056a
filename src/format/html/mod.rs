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

use crate::article::Article;
use crate::corpus::Source;

use super::{Context, Each, Format, Record, Refusal, blank, databases, decode, read};

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

    fn recognizes(&self, head: &[u8]) -> bool {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let begins = |mark: &[u8]| head.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
        begins(b"<!doctype html") || begins(b"<html")
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        let whole = Record::new(None, read::text(source, context)?);
        // A page of one article is no export, whatever it speaks of.
        if memchr::memmem::find(&whole.bytes, b"<article").is_some() {
            let _ = each(whole);
            return Ok(());
        }
        databases::hand_on(whole, |bytes| fragment(&decode::decode(bytes, declared(bytes)).text), each)
    }

    fn parse(&self, path: &str, record: &Record, _context: &Context) -> Result<Article, Refusal> {
        if record.bytes.len() > LARGEST {
            return Err(Refusal(format!("is longer than {} MB, the most for one page", LARGEST >> 20)));
        }
        let decoded = decode::decode(&record.bytes, declared(&record.bytes));
        let mut article = blank(path, record);
        article.replaced = decoded.replaced;
        page(&mut article, &decoded.text)?;
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal("has neither a text nor a title".to_owned()));
        }
        Ok(article)
    }
}

/// Reads a page into `article`.
pub(super) fn page(article: &mut Article, text: &str) -> Result<(), Refusal> {
    let text = decode::clean(text)?;
    let Slim { html, linked } = slim::read(&text)?;
    fill(article, &html, &linked)
}

/// All that can be seen of a piece of a page, line by line.
pub(super) fn fragment(html: &str) -> Result<String, Refusal> {
    if !html.contains(['<', '&']) {
        return Ok(html.trim().to_owned());
    }
    let text = decode::clean(html)?;
    let Slim { html, .. } = slim::read(&text)?;
    let page = Page::new(&html)?;
    let lines = lines::read(&page, false, &|_| true);
    Ok(main_text::join(&lines.iter().collect::<Vec<_>>()))
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
