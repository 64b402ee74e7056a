//! Documents of Word (Office Open XML, ECMA-376).

use crate::article::Article;
use crate::corpus::Source;
use crate::format::xml::Element;
use crate::format::{Context, Each, Format, Record, Refusal, blank, bylines, databases, read, text};

use super::{open, tree};

/// What is in a document but not of its text: drawings, and what older programs see instead.
const LEFT_OUT: &[&str] = &["drawing", "pict", "object", "Fallback"];

/// Where text is: not between elements, where there are blanks only, nor in field codes and deletions.
const TEXT: Option<&str> = Some("t");

/// Documents of Word.
#[derive(Debug)]
pub(in crate::format) struct Docx;

/// The text of a document, paragraph by paragraph.
fn text_of(bytes: &[u8], context: &Context) -> Option<String> {
    let document = tree(&mut open(bytes).ok()?, "word/document.xml", context).ok()??;
    Some(document.top().prose_of(LEFT_OUT, TEXT))
}

impl Format for Docx {
    fn name(&self) -> &'static str {
        "DOCX"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        let has = |mark: &[u8]| memchr::memmem::find(head, mark).is_some();
        head.starts_with(b"PK\x03\x04") && has(b"[Content_Types].xml") && has(b"word/")
    }

    fn is_zipped(&self) -> bool {
        true
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        let bytes = read::bytes(source, context)?;
        // The text of a document is packed: whether it is an export is seen when it is read.
        let pieces = text_of(&bytes, context).map(|text| databases::pieces(&text)).unwrap_or_default();
        databases::each_of(Record::new(None, bytes), pieces, each);
        Ok(())
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        read::too_long(&record.bytes, context)?;
        let mut archive = open(&record.bytes)?;
        let Some(document) = tree(&mut archive, "word/document.xml", context)? else {
            return Err(Refusal("is no document of Word: it has no word/document.xml".to_owned()));
        };
        let core = tree(&mut archive, "docProps/core.xml", context).ok().flatten();
        let said = |name: &str| core.as_ref().and_then(|core| core.top().first(name)).map(Element::line);
        let mut article = blank(path, record);
        let heads = |paragraph: &Element<'_>| {
            let style = paragraph.first("pStyle").and_then(|style| style.attribute("val")).unwrap_or_default();
            style.eq_ignore_ascii_case("title")
        };
        let title = document.top().all("p").find(heads).map(|title| title.prose_of(LEFT_OUT, TEXT));
        let mut body = document.top().prose_of(LEFT_OUT, TEXT);
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            if let Some(rest) = body.strip_prefix(&title) {
                body = rest.trim_start().to_owned();
            }
            article.title = title;
        }
        text::fill(&mut article, &body, context);
        if article.title.is_empty() {
            article.title = said("title").unwrap_or_default();
        }
        if article.authors.is_empty() {
            article.authors = said("creator").map(|creator| bylines::names(&creator)).unwrap_or_default();
        }
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal("has no text".to_owned()));
        }
        Ok(article)
    }
}
