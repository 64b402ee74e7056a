//! What goes to a process that parses, and what comes back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::article::{Article, DateSource, Precision, Published};
use crate::format::{Context, Limits, Record, Refusal, parse};

use super::by_name;

#[derive(Serialize, Deserialize)]
struct Request {
    format: String,
    path: String,
    number: Option<usize>,
    member: Option<String>,
    bytes: Vec<u8>,
    fields: BTreeMap<String, String>,
    limits: Limits,
}

/// An article as far as formats fill it.
#[derive(Default, Serialize, Deserialize)]
struct Answer {
    record_id: Option<String>,
    title: String,
    body: String,
    authors: Vec<String>,
    source: Option<String>,
    url: Option<String>,
    language: Option<String>,
    /// Day, precision, instant and place in [`DateSource::ALL`].
    published: Option<(Date, u8, Option<Timestamp>, usize)>,
    listed_tickers: Vec<String>,
    replaced: usize,
}

pub(super) fn request(format: &str, path: &str, record: &Record, context: &Context) -> Vec<u8> {
    let request = Request {
        format: format.to_owned(),
        path: path.to_owned(),
        number: record.number,
        member: record.member.clone(),
        bytes: record.bytes.clone(),
        fields: context.fields.clone(),
        limits: context.limits.clone(),
    };
    postcard::to_stdvec(&request).unwrap_or_default()
}

/// Does what was asked.
pub(super) fn respond(asked: &[u8]) -> Vec<u8> {
    let outcome = match postcard::from_bytes::<Request>(asked) {
        Ok(request) => parsed(request),
        Err(error) => Err(format!("cannot be handed over: {error}")),
    };
    postcard::to_stdvec(&outcome).unwrap_or_default()
}

fn parsed(request: Request) -> Result<Answer, String> {
    let Request { format, path, number, member, bytes, fields, limits } = request;
    let context = Context { fields, limits, ..Context::default() };
    let record = Record { member, by: by_name(&format), ..Record::new(number, bytes) };
    let article = parse(&path, &record, &context).map_err(|Refusal(reason)| reason)?;
    let precision = |precision| match precision {
        Precision::Year => 0,
        Precision::Month => 1,
        Precision::Day => 2,
    };
    let published = article.published.map(|published| {
        let source = DateSource::ALL.iter().position(|source| *source == published.source).unwrap_or_default();
        (published.day, precision(published.precision), published.instant, source)
    });
    Ok(Answer {
        record_id: article.record_id,
        title: article.title,
        body: article.body,
        authors: article.authors,
        source: article.source,
        url: article.url,
        language: article.language,
        published,
        listed_tickers: article.listed_tickers,
        replaced: article.replaced,
    })
}

/// The article that came back.
pub(super) fn answer(bytes: &[u8], path: &str, record: &Record) -> Result<Article, Refusal> {
    let outcome: Result<Answer, String> =
        postcard::from_bytes(bytes).map_err(|error| Refusal(format!("came back damaged: {error}")))?;
    let answer = outcome.map_err(Refusal)?;
    let published = answer.published.map(|(day, precision, instant, source)| {
        let precision = [Precision::Year, Precision::Month, Precision::Day][usize::from(precision.min(2))];
        let source = DateSource::ALL.get(source).copied().unwrap_or(DateSource::Record);
        Published { precision, instant, ..Published::on(day, source) }
    });
    Ok(Article {
        id: record.id(path),
        path: path.to_owned(),
        record_id: answer.record_id,
        title: answer.title,
        body: answer.body,
        authors: answer.authors,
        source: answer.source,
        url: answer.url,
        language: answer.language,
        published,
        listed_tickers: answer.listed_tickers,
        replaced: answer.replaced,
        ..Article::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::of;

    #[test]
    fn an_article_comes_back_as_it_would_be_read_here() {
        let text = b"{\"title\":\"One\",\"text\":\"Words.\",\"date\":\"2025-02-03T08:00:00Z\",\"tickers\":[\"VNT\"],\"by\":\"Nora Ellingsen\"}";
        let record = Record { by: of("a.json"), ..Record::new(Some(3), text.to_vec()) };
        let context = Context::default();
        let here = parse("a.json", &record, &context).unwrap();
        let there = respond(&request("JSON", "a.json", &record, &context));
        assert_eq!(answer(&there, "a.json", &record).unwrap(), here);
    }

    #[test]
    fn a_refusal_comes_back_as_one() {
        let record = Record { by: of("a.json"), ..Record::new(None, b"{".to_vec()) };
        let there = respond(&request("JSON", "a.json", &record, &Context::default()));
        assert!(answer(&there, "a.json", &record).unwrap_err().0.starts_with("is broken JSON"));
        assert!(answer(&respond(b"rubbish"), "a", &record).unwrap_err().0.starts_with("cannot be handed over"));
        assert!(answer(b"", "a", &record).unwrap_err().0.starts_with("came back damaged"));
    }
}
