//! An article in NITF, NewsML-G2 or NewsML 1.

use crate::article::{Article, DateSource};
use crate::format::{Refusal, bylines, dates, html, language, published};

use super::Element;

/// Reads `nitf`, `newsItem` or `NewsItem` into `article`.
pub(super) fn read(item: Element<'_>, article: &mut Article) -> Result<(), Refusal> {
    let first = |names: &[&str]| names.iter().find_map(|name| item.first(name));
    let line = |names: &[&str]| first(names).map(Element::line).filter(|line| !line.is_empty());
    article.title = line(&["headline", "HeadLine", "hl1", "hedline", "title"]).unwrap_or_default();
    if let Some(byline) = line(&["byline", "by", "ByLine"]) {
        article.authors = bylines::names(&byline);
    }
    article.record_id = item.attribute("guid").map(str::to_owned).or_else(|| {
        let id = first(&["doc-id"]).and_then(|id| id.attribute("id-string")).map(str::to_owned);
        id.or_else(|| line(&["NewsItemId"]))
    });
    article.published = date(item);
    article.source = source(item);
    article.language = item
        .first("contentMeta")
        .unwrap_or(item)
        .first("language")
        .and_then(|it| it.attribute("tag"))
        .or_else(|| item.attribute("lang").or_else(|| item.first("Language").and_then(|it| it.attribute("FormalName"))))
        .and_then(language::code);
    article.listed_tickers = tickers(item);
    article.body = body(item)?;
    Ok(())
}

/// When it was published: what says so first, then when this version was made.
fn date(item: Element<'_>) -> Option<crate::article::Published> {
    let norm = |name: &str| item.first(name).and_then(|it| it.attribute("norm")).map(str::to_owned);
    let text = |name: &str| item.first(name).map(Element::line);
    let told = ["date.release", "date.issue", "story.date"].iter().filter_map(|name| norm(name));
    let made = [
        "contentCreated",
        "firstCreated",
        "versionCreated",
        "DateId",
        "FirstCreated",
        "ThisRevisionCreated",
        "DateAndTime",
    ];
    let mut all = told.chain(made.iter().filter_map(|name| text(name)));
    let reading = all.find_map(|date| dates::read_date(&date).or_else(|| dates::read_date(&compact(&date)?)));
    reading.map(|reading| published(reading, DateSource::Record))
}

/// ISO 8601 without marks (`20250203T081500Z`), as these formats write it, with them.
fn compact(date: &str) -> Option<String> {
    let digits = date.get(..8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()))?;
    let day = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]);
    let Some(time) = date.get(9..15).filter(|time| time.bytes().all(|byte| byte.is_ascii_digit())) else {
        return Some(day);
    };
    let zone = match date.get(15..).unwrap_or_default() {
        "" => "Z".to_owned(),
        zone if zone.len() == 5 && zone.is_ascii() => format!("{}:{}", &zone[..3], &zone[3..]),
        zone => zone.to_owned(),
    };
    Some(format!("{day}T{}:{}:{}{zone}", &time[..2], &time[2..4], &time[4..]))
}

fn source(item: Element<'_>) -> Option<String> {
    let provider = item.first("provider").or_else(|| item.first("creditline"));
    let provider = provider.map(|it| it.child("name").unwrap_or(it).line()).filter(|name| !name.is_empty());
    let publication = || item.first("pubdata").and_then(|it| it.attribute("name")).map(str::to_owned);
    let distributor = || item.first("distributor").map(Element::line).filter(|name| !name.is_empty());
    let party = || item.first("Provider")?.first("Party")?.attribute("FormalName").map(str::to_owned);
    provider.or_else(publication).or_else(distributor).or_else(party)
}

/// Symbols in `<org idsrc="NYSE" value="…">` of NITF and `ticker:` codes of NewsML.
fn tickers(item: Element<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let coded = item.all("org").filter(|org| org.attribute("idsrc").is_some());
    let coded = coded.filter_map(|org| org.attribute("value"));
    let codes = item.all("sameAs").chain(item.all("subject")).filter_map(|it| it.attribute("qcode"));
    let codes = codes.filter_map(|code| code.split_once(':')).filter(|(scheme, _)| scheme.contains("tick"));
    for symbol in coded.chain(codes.map(|(_, symbol)| symbol)).map(str::trim) {
        if !symbol.is_empty() && symbol.len() <= 24 && !found.iter().any(|known| known == symbol) {
            found.push(symbol.to_owned());
        }
    }
    found
}

/// The text: of the body where one is marked, else of the content.
fn body(item: Element<'_>) -> Result<String, Refusal> {
    let places = ["body.content", "body", "inlineXML", "DataContent", "contentSet"];
    let Some(place) = places.iter().find_map(|name| item.first(name)) else {
        let inline = item.first("inlineData").map(Element::raw).unwrap_or_default();
        return html::fragment(&inline);
    };
    if place.children().next().is_some() {
        let dateline = item.first("dateline").filter(|_| item.first("body.content").is_some());
        let dateline = dateline.map(Element::line).filter(|line| !line.is_empty() && line.len() < 80);
        let text = place.prose();
        return Ok(match dateline {
            Some(dateline) if !text.starts_with(&dateline) => format!("{dateline} - {text}"),
            _ => text,
        });
    }
    html::fragment(&place.raw())
}
