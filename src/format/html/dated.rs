//! When a page was published, as it says itself.

use crate::article::{Article, DateSource, Precision, Published};

use super::linked::Told;
use super::page::{Node, Page};
use super::printed;
use crate::format::{dates, published};

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
    "rnews:datepublished",
    "bt:pubdate",
    "prism.publicationdate",
    "citation_publication_date",
    "citation_date",
    "og:pubdate",
    "ptime",
    "displaydate",
    "eomportal-firstpublished",
    "analyticsattributes.articledate",
    "release_date",
    "uploaddate",
    "shareaholic:article_published_time",
];

/// Names that as often hold the day of the last change, believed where nothing better is there.
const VAGUE: &[&str] = &[
    "date",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "datecreated",
    "article.created",
    "article:created",
    "created",
    "gentime",
];

/// A `time` element so many nodes from the headline is the article's own.
const NEAR: usize = 80;

/// Words of classes and ids of `time` elements that hold the day of publication.
const PUBLISHED: &[&str] = &[" published ", " pubdate ", " publish ", " posted ", " entry ", " publication "];

/// The day of publication: from the page's description, `meta`, a `time` element, or what is printed near the headline.
pub(super) fn read(page: &Page, told: &Told, article: &Article) -> Option<Published> {
    find(page, told, &article.title).map(|found| in_local_day(found, article.url.as_deref()))
}

fn find(page: &Page, told: &Told, title: &str) -> Option<Published> {
    let linked = told.published.as_deref().and_then(|text| read_as(text, DateSource::JsonLd));
    if let Some(found) = linked.or_else(|| meta(page, DATES)).or_else(|| marked(page)) {
        return Some(found);
    }
    let times = times(page, title);
    if let Some((_, found)) = times.iter().find(|(distance, _)| *distance <= NEAR) {
        return Some(found.clone());
    }
    // What readers see below the headline is surer than what may be the day of the last change, and that is surer
    // than what stands farther away.
    let printed = printed::near_headline(page, title);
    let guessed = printed.as_ref().filter(|printed| printed.is_plain).map(|printed| printed.published.clone());
    let guessed = guessed.or_else(|| meta(page, VAGUE)).or_else(|| times.first().map(|(_, found)| found.clone()));
    let guessed = guessed.or_else(|| printed.map(|printed| printed.published))?;
    Some(Published { inferred: true, ..guessed })
}

fn read_as(text: &str, source: DateSource) -> Option<Published> {
    dates::read_date(text.trim()).map(|reading| published(reading, source))
}

/// The day in the `meta` element with the best of `names`.
fn meta(page: &Page, names: &[&str]) -> Option<Published> {
    names.iter().find_map(|name| {
        let mut values = page.metas.iter().filter(|(known, _)| known == name);
        values.find_map(|(_, value)| read_as(value, DateSource::Meta))
    })
}

/// The day in an element that is marked as holding it.
fn marked(page: &Page) -> Option<Published> {
    let is_marked = |node: &Node| {
        node.attribute("itemprop").is_some_and(|kind| kind.to_ascii_lowercase().contains("datepublished"))
            || (node.name == "abbr" && node.words.contains(" published "))
    };
    let marked = page.nodes.iter().enumerate();
    let marked = marked.filter(|(at, node)| is_marked(node) && !printed::is_of_another(page, *at));
    let mut days = marked.filter_map(|(at, node)| {
        let told = ["content", "datetime", "title"].iter().find_map(|name| node.attribute(name));
        read_as(&told.map_or_else(|| page.text(at), str::to_owned), DateSource::TimeElement)
    });
    days.next()
}

/// The days in `time` elements with their distance from the headline, nearest first; those that are named as holding
/// the day of publication are as good as near.
fn times(page: &Page, title: &str) -> Vec<(usize, Published)> {
    let heading = printed::headline(page, title).unwrap_or(0);
    let is_related = |at: usize| {
        printed::is_of_another(page, at) || page.upward(at).any(|at| page.nodes[at].words.contains(" related "))
    };
    let is_named = |at: usize| {
        page.nodes[at].attribute("pubdate").is_some()
            || page.upward(at).take(2).any(|at| PUBLISHED.iter().any(|word| page.nodes[at].words.contains(word)))
    };
    let mut times: Vec<(usize, Published)> = Vec::new();
    for at in page.named("time").filter(|at| !is_related(*at)) {
        let shown = page.nodes[at].attribute("datetime").map_or_else(|| page.text(at), str::to_owned);
        let Some(found) = read_as(&shown, DateSource::TimeElement) else { continue };
        let distance = if at > heading { at - heading } else { (heading - at) * 3 };
        times.push((if is_named(at) { 0 } else { distance }, found));
    }
    times.sort_by_key(|(distance, _)| *distance);
    times
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
