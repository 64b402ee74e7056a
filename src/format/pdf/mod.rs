//! PDF: the text layer, put back into lines, columns and paragraphs. Scanned pages have none.
//!
//! Pages are parted by a form feed in the body, as in the output of other converters, so that a hit can name its page.

mod glyphs;
mod layout;
mod prose;

use pdf_extract::{Document, Object, OutputError, output_doc};

use crate::article::Article;
use crate::corpus::Source;

use super::{Context, Each, Format, Record, Refusal, blank, bylines, decode, read};

use glyphs::Glyphs;

/// PDF.
#[derive(Debug)]
pub(super) struct Pdf;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "PDF"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        head.trim_ascii_start().starts_with(b"%PDF-")
    }

    fn is_risky(&self) -> bool {
        true
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        read::any(source, context, each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        read::too_long(&record.bytes, context)?;
        let document = Document::load_mem(&record.bytes).map_err(|error| Refusal(format!("is damaged: {error}")))?;
        if document.is_encrypted() {
            return Err(Refusal("is encrypted: save a copy without a password".to_owned()));
        }
        let pages = document.get_pages().len();
        if pages > context.limits.pages {
            let most = context.limits.pages;
            return Err(Refusal(format!("has {pages} pages, and {most} are the most (pages in the settings)")));
        }
        let mut glyphs = Glyphs::default();
        output_doc(&document, &mut glyphs).map_err(|error| broken(&error))?;
        let mut article = blank(path, record);
        let text = prose::read(glyphs.pages());
        article.title = text.title;
        article.body = tidy(&text.body)?;
        if article.title.is_empty() {
            article.title = info(&document, b"Title").filter(|title| is_title(title)).unwrap_or_default();
        }
        if let Some(author) = info(&document, b"Author") {
            article.authors = bylines::names(&author);
        }
        if article.body.trim().is_empty() {
            return Err(Refusal("has no text layer: its pages are pictures (run OCR on it first)".to_owned()));
        }
        Ok(article)
    }
}

/// A text without control characters, but for the marks of new pages.
fn tidy(text: &str) -> Result<String, Refusal> {
    let pages: Result<Vec<String>, Refusal> = text.split('\u{c}').map(decode::clean).collect();
    Ok(pages?.join("\u{c}"))
}

fn broken(error: &OutputError) -> Refusal {
    Refusal(format!("is damaged: {error}"))
}

/// What the document says of itself.
fn info(document: &Document, key: &[u8]) -> Option<String> {
    let info = document.trailer.get(b"Info").ok()?;
    let (_, info) = document.dereference(info).ok()?;
    let (_, value) = document.dereference(info.as_dict().ok()?.get(key).ok()?).ok()?;
    let Object::String(bytes, _) = value else { return None };
    let text = match bytes.strip_prefix(b"\xfe\xff") {
        Some(wide) => encoding_rs::UTF_16BE.decode(wide).0.into_owned(),
        None => decode::decode(bytes, None).text.into_owned(),
    };
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}

/// Whether a title was given by a person and not by a program.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = lower.rsplit_once('.').is_some_and(|(_, ending)| ending.len() <= 5 && !ending.contains(' '));
    title.contains(' ') && !is_file && !lower.starts_with("microsoft word") && !lower.starts_with("untitled")
}

#[cfg(test)]
mod tests;
