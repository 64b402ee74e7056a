//! When a page was published, as it says itself.

use crate::article::{Article, DateSource, Precision, Published};

use super::linked::Told;
use super::page::Page;
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

/// The day of publication: from the page's description, `meta`, a `time` element, or what is printed near the headline.
pub(super) fn read(page: &Page, told: &Told, article: &Article) -> Option<Published> {
    find(page, told, &article.title).map(|found| in_local_day(found, article.url.as_deref()))
}

fn find(page: &Page, told: &Told, title: &str) -> Option<Published> {
    let read = |text: &str, source| dates::read_date(text.trim()).map(|reading| published(reading, source));
    if let Some(found) = told.published.as_deref().and_then(|text| read(text, DateSource::JsonLd)) {
        return Some(found);
    }
    for name in DATES {
        let mut values = page.metas.iter().filter(|(known, _)| known == name);
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
