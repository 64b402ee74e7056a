//! Pages that a browser saved with everything in them as one message (MHTML, RFC 2557).

use mail_parser::{MimeHeaders, PartType};

use crate::article::Article;
use crate::corpus::Source;
use crate::format::{Context, Format, Record, Refusal, blank, html};
use crate::format::{Each, read};

use super::{is_message, line, parse};

/// Saved pages in one message.
#[derive(Debug)]
pub(in crate::format) struct Mhtml;

impl Format for Mhtml {
    fn name(&self) -> &'static str {
        "MHTML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mhtml", "mht"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        is_message(head) && is_page(head)
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        read::any(source, context, each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        read::too_long(&record.bytes, context)?;
        let message = parse(&record.bytes)?;
        let pages = message.parts.iter().filter_map(|part| match &part.body {
            PartType::Html(page) => Some((page, part)),
            _ => None,
        });
        let Some((page, part)) = pages.into_iter().next() else {
            return Err(Refusal("has no page in it".to_owned()));
        };
        let mut article = blank(path, record);
        html::page(&mut article, page)?;
        if article.title.is_empty() {
            article.title = line(message.subject().unwrap_or_default());
        }
        let saved = || message.header_raw("Snapshot-Content-Location").map(line);
        let url = part.content_location().map(line).filter(|url| url.starts_with("http")).or_else(saved);
        article.url = article.url.take().or(url);
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal("has neither a text nor a title".to_owned()));
        }
        Ok(article)
    }
}

/// Whether the headers of a message are those of a saved page.
pub(super) fn is_page(head: &[u8]) -> bool {
    let has = |mark: &[u8]| memchr::memmem::find(head, mark).is_some();
    has(b"multipart/related") && (has(b"Snapshot-Content-Location") || has(b"Saved by") || has(b"Saved from"))
}
