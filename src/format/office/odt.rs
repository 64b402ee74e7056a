//! Documents of `LibreOffice` and others (`OpenDocument`, ISO 26300).

use crate::article::Article;
use crate::corpus::Source;
use crate::format::xml::Element;
use crate::format::{Context, Each, Format, Record, Refusal, blank, bylines, read, text};

use super::{open, tree};

/// What is in a document but not of its text.
const LEFT_OUT: &[&str] = &["annotation", "tracked-changes", "note", "forms", "sequence-decls"];

/// Documents of `LibreOffice` and others.
#[derive(Debug)]
pub(in crate::format) struct Odt;

impl Format for Odt {
    fn name(&self) -> &'static str {
        "ODT"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["odt"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        let mark = b"mimetypeapplication/vnd.oasis.opendocument.text";
        head.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, mark).is_some()
    }

    fn is_zipped(&self) -> bool {
        true
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        read::any(source, context, each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        read::too_long(&record.bytes, context)?;
        let mut archive = open(&record.bytes)?;
        let Some(content) = tree(&mut archive, "content.xml", context)? else {
            return Err(Refusal("is no text document: it has no content.xml".to_owned()));
        };
        let meta = tree(&mut archive, "meta.xml", context).ok().flatten();
        let said = |name: &str| meta.as_ref().and_then(|meta| meta.top().first(name)).map(Element::line);
        let mut article = blank(path, record);
        let Some(body) = content.top().first("body") else { return Err(Refusal("has no text".to_owned())) };
        text::fill(&mut article, &body.prose_of(LEFT_OUT, None), context);
        if article.title.is_empty() {
            article.title = said("title").unwrap_or_default();
        }
        if article.authors.is_empty() {
            let creator = said("initial-creator").or_else(|| said("creator"));
            article.authors = creator.map(|creator| bylines::names(&creator)).unwrap_or_default();
        }
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal("has no text".to_owned()));
        }
        Ok(article)
    }
}
