//! An item of a feed: RSS 0.9 to 2.0, RDF, Atom.

use crate::article::{Article, DateSource};
use crate::format::{Refusal, bylines, dates, html, published};

use super::Element;

/// Dates, the best first.
const DATES: &[&str] = &["pubDate", "published", "date", "issued", "created", "updated", "modified"];

/// Texts, the fullest first.
const TEXTS: &[&str] = &["encoded", "content", "fulltext", "description", "summary"];

/// Reads an `item` or `entry` into `article`.
pub(super) fn read(item: Element<'_>, article: &mut Article) -> Result<(), Refusal> {
    let line = |name: &str| item.child(name).map(Element::line).filter(|line| !line.is_empty());
    article.title = html::fragment(&line("title").unwrap_or_default())?.replace('\n', " ");
    article.record_id = line("guid").or_else(|| line("id"));
    article.url = url(item).or_else(|| line("guid").filter(|guid| guid.starts_with("http")));
    let reading = DATES.iter().filter_map(|name| line(name)).find_map(|date| dates::read_date(&date));
    article.published = reading.map(|reading| published(reading, DateSource::Record));
    for author in item.children().filter(|child| matches!(child.name(), "creator" | "author")) {
        let name = author.child("name").unwrap_or(author).line();
        // RSS asks for an address, with the name in brackets.
        let name = match name.split_once('(') {
            Some((address, rest)) if address.contains('@') => rest.trim_end_matches(')').to_owned(),
            _ => name,
        };
        if !name.contains('@') {
            for name in bylines::names(&name) {
                bylines::add(&mut article.authors, &name);
            }
        }
    }
    article.source = line("source");
    for name in TEXTS {
        for text in item.children().filter(|child| child.name() == *name) {
            // XHTML lies in the feed as elements, HTML as text.
            let has_elements = text.children().next().is_some();
            let body = if has_elements { text.prose() } else { html::fragment(&text.raw())? };
            if body.len() > article.body.len() {
                article.body = body;
            }
        }
        if !article.body.is_empty() {
            break;
        }
    }
    Ok(())
}

/// The address of the article: a link's text, or where an Atom link leads.
fn url(item: Element<'_>) -> Option<String> {
    let links = || item.children().filter(|child| child.name() == "link");
    let alternate = links().filter(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let found = alternate.map(|link| link.attribute("href").map_or_else(|| link.line(), str::to_owned));
    found.into_iter().find(|url| !url.is_empty())
}
