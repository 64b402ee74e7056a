//! An article of a collection in SGML as Reuters-21578 is distributed.

use crate::article::{Article, DateSource};
use crate::format::{bylines, dates, published};

use super::Element;

/// Reads a `REUTERS` element into `article`.
pub(super) fn read(item: Element<'_>, article: &mut Article) {
    let line = |name: &str| item.first(name).map(Element::line).filter(|line| !line.is_empty());
    article.record_id = item.attribute("NEWID").map(str::to_owned);
    article.title = line("TITLE").unwrap_or_default();
    // "26-FEB-1987 15:01:01.79": the day is before the blank.
    let reading = line("DATE").and_then(|date| dates::read_date(date.split(' ').next()?));
    article.published = reading.map(|reading| published(reading, DateSource::Record));
    article.authors = line("AUTHOR").map(|author| bylines::names(&author)).unwrap_or_default();
    let text = item.first("BODY").or_else(|| item.first("TEXT")).map(Element::raw).unwrap_or_default();
    let dateline = line("DATELINE").map(|place| place.trim_end_matches([' ', '-']).to_owned());
    let body = paragraphs(&text);
    article.body = match dateline {
        Some(dateline) if !dateline.is_empty() => format!("{dateline} - {body}"),
        _ => body,
    };
}

/// Paragraphs are indented there, and their lines are not.
fn paragraphs(text: &str) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    for line in text.lines().map(|line| line.trim_end_matches(|c: char| c.is_control() || c == ' ')) {
        let words = line.trim();
        match paragraphs.last_mut() {
            _ if words.is_empty() || words.eq_ignore_ascii_case("reuter") => (),
            Some(last) if !line.starts_with("  ") => {
                last.push(' ');
                last.push_str(words);
            }
            _ => paragraphs.push(words.to_owned()),
        }
    }
    paragraphs.join("\n\n")
}
