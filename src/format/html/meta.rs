//! What a page says of itself in its head and round its headline: title, authors, outlet, address, language.

use crate::article::Article;

use super::dated;
use super::linked::Told;
use super::page::{Node, Page};
use crate::format::{bylines, language};

/// Names of `meta` elements that hold the authors, best first, in lower case.
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "article:author_name",
    "authors",
    "og:article:author",
    "twitter:creator:name",
];

/// More names than an article has authors.
const MOST_AUTHORS: usize = 50;

/// Names of `meta` elements that hold the headline.
const TITLES: &[&str] = &["og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline"];

/// What stands between a headline and the outlet's name in a page's title.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " » ", " · ", " :: "];

/// Writes what the page says of itself into `article`.
pub(super) fn fill(article: &mut Article, page: &Page, told: &Told) {
    article.title = title(page, told);
    article.source = told
        .publisher
        .clone()
        .or_else(|| meta(page, &["og:site_name", "application-name", "dc.publisher"]))
        .map(|name| fold(&name));
    article.url = url(page, told);
    article.language = page
        .named("html")
        .find_map(|at| language::code(page.nodes[at].attribute("lang")?))
        .or_else(|| language::code(told.language.as_deref()?))
        .or_else(|| language::code(&meta(page, &["og:locale", "content-language", "language", "dc.language"])?));
    article.authors = authors(page, told);
    article.published = dated::read(page, told, article);
}

/// What the page says that its text says.
pub(super) fn description(page: &Page) -> Option<String> {
    meta(page, &["og:description", "description", "twitter:description"]).map(|text| fold(&text))
}

/// The headline: the page's own description, its only `h1`, or its title without the outlet's name.
fn title(page: &Page, told: &Told) -> String {
    let headings: Vec<String> = page.named("h1").map(|at| page.text(at)).filter(|text| !text.is_empty()).collect();
    let shared = meta(page, TITLES).map(|title| fold(&title));
    let whole = page.named("title").next().map(|at| page.text(at)).unwrap_or_default();
    let similar = |heading: &&String| {
        shared.as_deref().is_some_and(|shared| shared.starts_with(heading.as_str()))
            || whole.starts_with(heading.as_str())
    };
    if let Some(heading) = headings.iter().find(similar) {
        return heading.clone();
    }
    if let Some(headline) = told.headline.as_deref().map(fold).filter(|headline| !headline.is_empty()) {
        return headline;
    }
    match (&headings[..], shared) {
        (_, Some(shared)) => without_outlet(&shared),
        ([heading], None) => heading.clone(),
        _ if !whole.is_empty() => without_outlet(&whole),
        (headings, None) => headings.first().cloned().unwrap_or_default(),
    }
}

/// A title without what follows its last separator, where enough is left.
fn without_outlet(title: &str) -> String {
    let cut = SEPARATORS.iter().filter_map(|separator| title.rfind(separator)).max();
    let head = cut.map_or(title, |at| &title[..at]);
    if head.split_whitespace().count() >= 3 { head.trim().to_owned() } else { title.to_owned() }
}

fn url(page: &Page, told: &Told) -> Option<String> {
    let link = |rel: &str| {
        let is_it =
            move |at: &usize| page.nodes[*at].attribute("rel").is_some_and(|found| found.eq_ignore_ascii_case(rel));
        page.named("link").find(is_it).and_then(|at| page.nodes[at].attribute("href"))
    };
    let candidates = [link("canonical").map(str::to_owned), meta(page, &["og:url", "twitter:url"]), told.url.clone()];
    candidates.into_iter().flatten().find(|url| url.contains("://"))
}

fn authors(page: &Page, told: &Told) -> Vec<String> {
    let mut found = Vec::new();
    for name in told.authors.iter().take(MOST_AUTHORS) {
        for name in bylines::names(&fold(name)) {
            bylines::add(&mut found, &name);
        }
    }
    for name in AUTHORS {
        if found.is_empty() {
            let values = page.metas.iter().filter(|(known, _)| known == name).take(MOST_AUTHORS);
            values.flat_map(|(_, value)| bylines::names(&fold(value))).for_each(|name| bylines::add(&mut found, &name));
        }
    }
    if found.is_empty() {
        let is_author = |node: &Node| {
            let told = ["rel", "itemprop"].iter().any(|name| node.attribute(name).is_some_and(|kind| kind == "author"));
            let named = [" byline ", " author ", " authors "].iter().any(|word| node.words.contains(word));
            told || (named && matches!(node.name.as_str(), "span" | "a" | "p" | "div" | "address"))
        };
        let at = page.nodes.iter().position(is_author);
        let byline = at.map(|at| page.text(at)).filter(|text| text.len() < 120).unwrap_or_default();
        for name in bylines::names(&byline) {
            bylines::add(&mut found, &name);
        }
    }
    found
}

/// The first value of the `meta` elements under one of `names`, in the order of the names.
fn meta(page: &Page, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| page.metas.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()))
}

/// One line, references such as `&amp;` that were escaped twice read.
fn fold(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"").replace("&nbsp;", " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
