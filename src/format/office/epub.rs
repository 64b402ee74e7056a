//! Books and magazines (EPUB): every chapter with text is an article, in reading order.

use std::collections::BTreeMap;

use crate::article::Article;
use crate::corpus::Source;
use crate::format::archive::open as open_source;
use crate::format::xml::{Element, Tree};
use crate::format::{About, Context, Each, Format, Record, Refusal, html};

use super::{part, tree};

/// A chapter with fewer letters and digits outside its tags is a cover or a half-title.
const SHORTEST: usize = 80;

/// Books and magazines.
#[derive(Debug)]
pub(in crate::format) struct Epub;

impl Format for Epub {
    fn name(&self) -> &'static str {
        "EPUB"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["epub"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        let mark = b"mimetypeapplication/epub+zip";
        head.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, mark).is_some()
    }

    fn is_zipped(&self) -> bool {
        true
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        let mut archive = open_source(source, context)?;
        let container = tree(&mut archive, "META-INF/container.xml", context)?;
        let root = container.as_ref().and_then(|container| container.top().first("rootfile"));
        let Some(root) = root.and_then(|root| root.attribute("full-path")) else {
            return Err(Refusal("is no EPUB: it names no root file".to_owned()));
        };
        let Some(package) = tree(&mut archive, root, context)? else {
            return Err(Refusal(format!("is damaged: it has no {root}")));
        };
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        let about = Box::new(about(&package));
        let mut number = 0;
        for path in chapters(&package, folder) {
            let Some(bytes) = part(&mut archive, &path, context)? else { continue };
            if letters(&bytes) < SHORTEST {
                continue;
            }
            number += 1;
            let record = Record { about: Some(about.clone()), ..Record::new(Some(number), bytes) };
            if each(record).is_break() {
                return Ok(());
            }
        }
        if number == 0 { Err(Refusal("has no text".to_owned())) } else { Ok(()) }
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        html::Html.parse(path, record, context)
    }
}

fn about(package: &Tree) -> About {
    let line = |name: &str| {
        let metadata = package.top().first("metadata");
        metadata.and_then(|metadata| metadata.first(name)).map(Element::line).unwrap_or_default()
    };
    let title = line("title");
    let authors = Some(line("creator")).filter(|name| !name.is_empty()).into_iter().collect();
    About {
        source: title.clone(),
        title,
        published: line("date"),
        authors,
        language: line("language"),
        url: String::new(),
    }
}

/// The paths of the chapters, in reading order.
fn chapters(package: &Tree, folder: &str) -> Vec<String> {
    let items: BTreeMap<&str, Element<'_>> =
        package.top().all("item").filter_map(|item| Some((item.attribute("id")?, item))).collect();
    let path = |item: &Element<'_>| {
        let is_contents = item.attribute("properties").is_some_and(|it| it.split(' ').any(|it| it == "nav"));
        let href = item.attribute("href").filter(|_| !is_contents)?;
        let href = unescaped(href.split('#').next()?);
        Some(if folder.is_empty() { href } else { format!("{folder}/{href}") })
    };
    let order = package.top().all("itemref").filter_map(|it| it.attribute("idref"));
    order.filter_map(|id| items.get(id).and_then(path)).collect()
}

/// A path with its `%20` and the like read.
fn unescaped(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How many letters and digits of ASCII, and bytes of others, stand outside tags, roughly.
fn letters(page: &[u8]) -> usize {
    let body = memchr::memmem::find(page, b"<body").map_or(page, |at| &page[at..]);
    let mut inside = false;
    let outside = body.iter().filter(|byte| {
        inside = if inside { **byte != b'>' } else { **byte == b'<' };
        !inside && (byte.is_ascii_alphanumeric() || !byte.is_ascii())
    });
    outside.count()
}
