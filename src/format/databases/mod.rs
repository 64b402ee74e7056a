//! Exports of press databases: many articles in one text, each with its head and its index terms.
//!
//! They come as text, HTML, RTF or DOCX, and look the same once they are text: Factiva ends every article with a line
//! `Document` and its number there, Nexis with `End of Document`.

mod factiva;
mod nexis;

use memchr::memmem;

use crate::article::{Article, DateSource};

use super::{Context, Each, Format, Record, Refusal, blank, dates, published, read};

/// One article of an export, as text.
#[derive(Debug)]
pub(super) struct Exported;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Database {
    Factiva,
    Nexis,
}

impl Format for Exported {
    fn name(&self) -> &'static str {
        "database export"
    }

    /// None of its own.
    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        read::too_long(&record.bytes, context)?;
        let text = String::from_utf8_lossy(&record.bytes);
        let mut article = blank(path, record);
        match database(&text) {
            Some(Database::Nexis) => nexis::read(&text, &mut article),
            _ => factiva::read(&text, &mut article),
        }
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal("has neither a text nor a headline".to_owned()));
        }
        Ok(article)
    }
}

/// Hands `whole` on: as it is, or, where its text is such an export, article by article.
///
/// `text` is called only where the bytes look like one.
pub(super) fn hand_on(
    whole: Record,
    text: impl FnOnce(&[u8]) -> Result<String, Refusal>,
    each: Each<'_>,
) -> Result<(), Refusal> {
    let has = |mark: &[u8]| memmem::find(&whole.bytes, mark).is_some();
    let pieces = if has(b"End of Document") || has(b"Document ") && (has(b" words") || has(b"HD")) {
        pieces(&text(&whole.bytes)?)
    } else {
        Vec::new()
    };
    each_of(whole, pieces, each);
    Ok(())
}

/// Hands `whole` on, or its pieces where there are any.
pub(super) fn each_of(whole: Record, pieces: Vec<String>, each: Each<'_>) {
    if pieces.is_empty() {
        let _ = each(whole);
        return;
    }
    for (number, piece) in (1..).zip(pieces) {
        let record = Record { by: Some(&Exported), ..Record::new(Some(number), piece.into_bytes()) };
        if each(record).is_break() {
            break;
        }
    }
}

fn database(text: &str) -> Option<Database> {
    text.lines().rev().find_map(ends)
}

/// The database that ends its articles with such a line.
fn ends(line: &str) -> Option<Database> {
    let line = line.trim();
    if line == "End of Document" {
        return Some(Database::Nexis);
    }
    let number = line.strip_prefix("Document ")?;
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_number = number.len() >= 20 && digits >= 12 && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_number.then_some(Database::Factiva)
}

/// The articles of an export, each with the line that ends it; none of another text.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for line in text.lines() {
        piece.push_str(line);
        piece.push('\n');
        if ends(line).is_some() {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    pieces
}

/// The date in a line, as the record says it.
fn date(line: &str, article: &mut Article) -> bool {
    let line = line.trim();
    let reading = dates::read_date(line).or_else(|| dates::find_date(line).map(|(reading, _)| reading));
    let Some(reading) = reading.filter(|_| article.published.is_none()) else { return false };
    article.published = Some(published(reading, DateSource::Record));
    true
}

/// Lines as paragraphs: blank lines part them, and where there are none every line is one.
fn paragraphs(lines: &[&str]) -> String {
    let text = lines.join("\n");
    let text = text.trim();
    if text.contains("\n\n") { super::text::tidy(text) } else { super::text::tidy(&text.replace('\n', "\n\n")) }
}

#[cfg(test)]
mod tests;
