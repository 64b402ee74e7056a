//! What a page says of itself in its head and round its headline: title, authors, date, outlet, address, language.

use crate::article::{Article, DateSource, Precision, Published};

use super::super::{bylines, dates, language, published};
use super::linked::Told;
use super::page::{Node, Page};
use super::printed;

/// Names of `meta` elements that hold the day of publication, best first, in lower case.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "published-date",
    "publication_date",
    "date_published",
    "published",
    "publisheddate",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "date",
    "rnews:datepublished",
    "bt:pubdate",
    "prism.publicationdate",
    "citation_publication_date",
    "citation_date",
    "og:pubdate",
    "article.created",
    "datecreated",
    "article:created",
    "created",
    "ptime",
    "displaydate",
    "eomportal-firstpublished",
    "gentime",
    "analyticsattributes.articledate",
    "release_date",
    "uploaddate",
    "shareaholic:article_published_time",
];

/// Words of classes and ids of `time` elements that hold the day of publication.
const PUBLISHED: &[&str] = &[" published ", " pubdate ", " publish ", " posted ", " entry ", " publication "];

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
    article.published = date(page, told, &article.title).map(|found| in_local_day(found, article.url.as_deref()));
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
    for name in &told.authors {
        bylines::names(&fold(name)).iter().for_each(|name| bylines::add(&mut found, name));
    }
    for name in AUTHORS {
        if found.is_empty() {
            let values = metas(page).filter(|(known, _)| known == name);
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
        bylines::names(&byline).iter().for_each(|name| bylines::add(&mut found, name));
    }
    found
}

/// The day of publication: from the page's description, from `meta`, from a `time` element.
fn date(page: &Page, told: &Told, title: &str) -> Option<Published> {
    let read = |text: &str, source| dates::read_date(text.trim()).map(|reading| published(reading, source));
    if let Some(found) = told.published.as_deref().and_then(|text| read(text, DateSource::JsonLd)) {
        return Some(found);
    }
    for name in DATES {
        let mut values = metas(page).filter(|(known, _)| known == name);
        if let Some(found) = values.find_map(|(_, value)| read(value, DateSource::Meta)) {
            return Some(found);
        }
    }
    let marked = page.nodes.iter().enumerate().filter(|(_, node)| {
        node.attribute("itemprop").is_some_and(|kind| kind.to_ascii_lowercase().contains("datepublished"))
            || node.attribute("pubdate").is_some()
            || (node.name == "abbr" && node.words.contains(" published "))
    });
    let mut marked = marked.filter_map(|(at, node)| {
        let value = node
            .attribute("content")
            .or_else(|| node.attribute("datetime"))
            .map_or_else(|| page.text(at), str::to_owned);
        read(&value, DateSource::TimeElement)
    });
    marked.next().or_else(|| time_element(page, title)).or_else(|| printed::near_headline(page, title))
}

/// The `time` element that says so, else that nearest to the headline, preferably below it.
fn time_element(page: &Page, title: &str) -> Option<Published> {
    let heading = printed::headline(page, title).unwrap_or(0);
    let dated = |at: &usize| {
        let node = &page.nodes[*at];
        let shown = node.attribute("datetime").map_or_else(|| page.text(*at), str::to_owned);
        dates::read_date(&shown).map(|reading| published(reading, DateSource::TimeElement))
    };
    let is_related = |at: &usize| page.upward(*at).any(|at| page.nodes[at].words.contains(" related "));
    let mut times: Vec<usize> = page.named("time").filter(|at| !is_related(at)).collect();
    times.sort_by_key(|at| if *at > heading { *at - heading } else { (heading - *at) * 3 });
    let says_so = |at: &&usize| {
        page.upward(**at).take(2).any(|at| PUBLISHED.iter().any(|word| page.nodes[at].words.contains(word)))
    };
    let named = times.iter().filter(says_so).find_map(dated);
    named.or_else(|| times.iter().find_map(dated))
}

/// An instant in another zone than the readers' may fall on the next day or the one before: the day in the page's
/// address is then the one that was printed.
fn in_local_day(mut found: Published, url: Option<&str>) -> Published {
    let parts: Vec<&str> = url.unwrap_or_default().split('/').collect();
    let day = parts.windows(3).find_map(|part| dates::read_date(&part.join("-")).filter(|_| part[0].len() == 4));
    if let Some((day, Precision::Day, _)) = day
        && found.instant.is_some()
        && [found.day.tomorrow(), found.day.yesterday()].into_iter().flatten().any(|near| near == day)
    {
        found.day = day;
    }
    found
}

/// The first value of the `meta` elements under one of `names`, in the order of the names.
fn meta(page: &Page, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| metas(page).find(|(known, _)| known == name).map(|(_, value)| value.to_owned()))
}

/// Name in lower case and value of every `meta` element that says something.
fn metas(page: &Page) -> impl Iterator<Item = (String, &str)> {
    page.named("meta").filter_map(|at| {
        let node = &page.nodes[at];
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| node.attribute(name))?;
        let value = node.attribute("content").filter(|value| !value.trim().is_empty())?;
        Some((name.trim().to_ascii_lowercase(), value))
    })
}

/// One line, references such as `&amp;` that were escaped twice read.
fn fold(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"").replace("&nbsp;", " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
