//! XML that holds news: feeds (RSS, Atom), NITF, NewsML, and SGML of the Reuters-21578 kind.

mod feed;
mod news;
mod reuters;
mod split;
mod tree;

use crate::article::Article;
use crate::corpus::Source;

use super::{About, Context, Each, Format, Record, Refusal, blank, decode, read};

pub(super) use tree::{Element, Tree};

use split::{Elements, Head};

/// Elements that are articles. The first of them in a file says what the file holds.
const ARTICLES: &[&str] = &["item", "entry", "newsItem", "NewsItem", "nitf", "REUTERS"];

/// Feeds and news in XML.
#[derive(Debug)]
pub(super) struct Xml;

/// News in SGML.
#[derive(Debug)]
pub(super) struct Sgml;

impl Format for Xml {
    fn name(&self) -> &'static str {
        "XML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml", "rss", "atom", "nitf", "newsml"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let is_page = || {
            memchr::memmem::find(head, b"<html").is_some() || memchr::memmem::find(head, b"<!DOCTYPE html").is_some()
        };
        let roots: [&[u8]; 6] = [b"<rss", b"<feed", b"<nitf", b"<newsItem", b"<NewsML", b"<newsMessage"];
        (head.starts_with(b"<?xml") && !is_page()) || roots.iter().any(|root| head.starts_with(root))
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        split_elements(source, context, each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        parse(path, record, context)
    }
}

impl Format for Sgml {
    fn name(&self) -> &'static str {
        "SGML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sgm", "sgml"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        head.starts_with(b"<!DOCTYPE lewis") || head.starts_with(b"<REUTERS")
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        split_elements(source, context, each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        parse(path, record, context)
    }
}

fn split_elements(source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
    read::prepare(source)?;
    let mut elements = Elements::new(&mut *source.reader, context.limits.article_bytes);
    let Some(Head { bytes: head, name }) = elements.head(ARTICLES)? else {
        let root = String::from_utf8_lossy(elements.rest()).into_owned();
        let root = root.split('<').find(|tag| tag.starts_with(char::is_alphabetic));
        let root = root.and_then(|tag| tag.split([' ', '>', '\n', '/']).next()).unwrap_or("nothing");
        return Err(Refusal(format!("is XML without an article known here: its root is {root}")));
    };
    // An item says nothing of the encoding: the declaration goes with it.
    let declaration = if head.starts_with(b"<?xml") { head.split_inclusive(|byte| *byte == b'>').next() } else { None };
    let declaration = declaration.unwrap_or_default().to_vec();
    let about = about(&head).map(Box::new);
    let mut number = 0;
    let mut held: Option<Record> = None;
    let mut broken = false;
    elements.each(name, &mut |element| {
        number += 1;
        let record =
            Record { about: about.clone(), ..Record::new(Some(number), [&declaration[..], &element].concat()) };
        // One article alone has no number: the first waits for a second.
        if number == 1 {
            held = Some(record);
            return std::ops::ControlFlow::Continue(());
        }
        if let Some(first) = held.take() {
            broken = each(first).is_break();
            if broken {
                return std::ops::ControlFlow::Break(());
            }
        }
        let flow = each(record);
        broken = flow.is_break();
        flow
    })?;
    if let Some(only) = held.take().filter(|_| !broken) {
        let number = only.number.filter(|_| matches!(name, "item" | "entry" | "REUTERS"));
        let _ = each(Record { number, ..only });
    }
    Ok(())
}

/// What the head of a feed says of all its articles.
fn about(head: &[u8]) -> Option<About> {
    let tree = Tree::read(&decode::decode(head, declared(head)).text).ok()?;
    let channel = tree.top().first("channel").or_else(|| tree.top().first("feed"))?;
    let line = |name: &str| channel.child(name).map(Element::line).unwrap_or_default();
    let language = channel.attribute("lang").map_or_else(|| line("language"), str::to_owned);
    Some(About { source: line("title"), language, ..About::default() })
}

fn parse(path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
    read::too_long(&record.bytes, context)?;
    let decoded = decode::decode(&record.bytes, declared(&record.bytes));
    let tree = Tree::read(&decode::clean(&decoded.text)?)?;
    let mut article = blank(path, record);
    article.replaced = decoded.replaced;
    let Some(root) = tree.top().children().next() else {
        return Err(Refusal("is XML without an element".to_owned()));
    };
    match root.name() {
        "item" | "entry" => feed::read(root, &mut article)?,
        "REUTERS" => reuters::read(root, &mut article),
        _ => news::read(root, &mut article)?,
    }
    if article.title.is_empty() && article.body.is_empty() {
        return Err(Refusal("has neither a text nor a title".to_owned()));
    }
    Ok(article)
}

/// The encoding in an XML declaration.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.strip_prefix(b"<?xml")?.split(|byte| *byte == b'>').next()?;
    let at = memchr::memmem::find(head, b"encoding")?;
    head[at..].split(|byte| matches!(byte, b'"' | b'\'')).nth(1)
}

#[cfg(test)]
mod tests;
