//! Plain text: a headline where there is one, header and byline lines, and the rest as it stands.

use crate::article::{Article, DateSource};
use crate::corpus::Source;

use super::record::{Fields, Name, Value, find};
use super::{Context, Each, Format, Record, Refusal, blank, bylines, databases, dates, decode, read};

/// The longest headline, in characters.
const LONGEST_HEADLINE: usize = 160;

/// The longest byline line, in words.
const LONGEST_BYLINE: usize = 14;

/// How many lines a headline may share its paragraph with: a date, a byline, a ticker line.
const HEAD_LINES: usize = 4;

/// Plain text.
#[derive(Debug)]
pub(super) struct Text;

impl Format for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        let whole = Record::new(None, read::text(source, context)?);
        databases::hand_on(whole, |bytes| decode::clean(&decode::decode(bytes, None).text), each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        let decoded = decode::decode(&record.bytes, None);
        let text = tidy(&decode::clean(&decoded.text)?);
        if text.is_empty() {
            return Err(Refusal("is empty".to_owned()));
        }
        let mut article = blank(path, record);
        article.replaced = decoded.replaced;
        fill(&mut article, &text, context);
        if article.title.is_empty() && article.body.is_empty() {
            // A file that is all head: its words are all there is to find.
            article.body = text;
        }
        Ok(article)
    }
}

/// Reads a tidy text into `article`: the head of it as such, and the rest as the body.
pub(super) fn fill(article: &mut Article, text: &str, context: &Context) {
    let rest = header(text, article, context);
    let (dated, rest) = date_line(rest);
    let rest = headline(rest, article);
    let rest = header(rest, article, context);
    let rest = byline(rest, article);
    article.body = [dated, &rest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
}

/// Parts the line of a date that stands before the headline from what follows it.
fn date_line(text: &str) -> (&str, &str) {
    match text.split_once('\n') {
        Some((line, rest)) if dates::read_date(line.trim()).is_some() => (line, rest.trim_start_matches('\n')),
        _ => ("", text),
    }
}

/// Lines without blanks at their ends, and never more than one blank line in a row.
pub(super) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut blanks = 0;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            blanks += 1;
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if blanks > 0 { "\n\n" } else { "\n" });
        }
        blanks = 0;
        tidied.push_str(line);
    }
    tidied
}

/// Reads labelled lines ("Date: 30 January 2025") off the head of `text` and returns the rest.
fn header<'t>(text: &'t str, article: &mut Article, context: &Context) -> &'t str {
    let mut fields = Fields::default();
    let mut rest = text;
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.trim();
        if line.starts_with("http") && !line.contains(' ') && line.contains("://") {
            fields.put(Name::Url, 0, Value::Text(line.to_owned().into()));
        } else if let Some((name, rank, value)) = labelled(line, context) {
            fields.put(name, rank, Value::Text(value.to_owned().into()));
        } else {
            break;
        }
        rest = after.trim_start_matches('\n');
    }
    fields.fill(article, DateSource::FrontMatter);
    rest
}

/// A line such as "Published: 30 January 2025". Labels that may as well begin a sentence or a turn are none.
fn labelled<'t>(line: &'t str, context: &Context) -> Option<(Name, u8, &'t str)> {
    let (label, value) = line.split_once(": ")?;
    if label.len() > 20 || label.split(' ').count() > 3 {
        return None;
    }
    let (name, rank) = find(label, context)?;
    let value = value.trim();
    let fits = match name {
        Name::Body | Name::Id => false,
        Name::Date => dates::read_date(value).is_some(),
        Name::Title | Name::Authors | Name::Source => value.chars().count() <= LONGEST_HEADLINE,
        Name::Url => value.contains("://"),
        Name::Tickers => value.len() < 80 && !value.ends_with('.'),
        Name::Language => value.len() < 20,
    };
    fits.then_some((name, rank, value))
}

/// Takes the headline off the head of `text`: a short first line without final period that a blank line, an
/// underline or further head lines follow.
fn headline<'t>(text: &'t str, article: &mut Article) -> &'t str {
    if !article.title.is_empty() {
        return text;
    }
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    if !may_be_headline(line.trim()) {
        return text;
    }
    let next = rest.lines().next().unwrap_or_default();
    let is_underlined = is_underline(next);
    let rest = if is_underlined { rest[next.len()..].trim_start_matches('\n') } else { rest };
    let head: Vec<&str> = rest.lines().take_while(|line| !line.is_empty()).take(HEAD_LINES).collect();
    let stands_apart = is_underlined || rest.starts_with('\n') || rest.is_empty();
    let heads_lines = head.first().is_some_and(|line| byline_names(line).is_some())
        || (head.len() < HEAD_LINES && head.iter().all(|line| is_head_line(line)));
    if !stands_apart && !heads_lines {
        return text;
    }
    article.title = line.split_whitespace().collect::<Vec<_>>().join(" ");
    rest.trim_start_matches('\n')
}

fn may_be_headline(line: &str) -> bool {
    let last = line.trim_end_matches(['"', '”', '’', '\'', '»', ')']).chars().last();
    line.chars().count() <= LONGEST_HEADLINE
        && last.is_some_and(|last| !matches!(last, '.' | ',' | ';' | ':'))
        && line.contains(char::is_alphabetic)
        && byline_names(line).is_none()
        && dates::read_date(line).is_none()
}

fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Whether `line` may stand between a headline and the text: a byline, or something with a date and little else.
fn is_head_line(line: &str) -> bool {
    let is_dated = || line.len() < 80 && !line.ends_with('.') && dates::find_date(line).is_some();
    byline_names(line).is_some() || is_dated() || (line.chars().count() <= 60 && may_be_headline(line))
}

/// Takes the byline out of the first lines of `text` and returns the rest: the names are the article's, the line
/// says nothing else.
fn byline(text: &str, article: &mut Article) -> String {
    let mut at = 0;
    for line in text.split('\n').take(HEAD_LINES) {
        let end = at + line.len();
        if let Some(names) = byline_names(line).filter(|_| article.authors.is_empty()) {
            article.authors = names;
            let joined = [text[..at].trim_end(), text[end..].trim_start_matches('\n')];
            return joined.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        }
        at = end + 1;
    }
    text.to_owned()
}

/// The names in a line such as "By Jane Doe and John Smith": all words but the joining ones begin with a capital.
fn byline_names(line: &str) -> Option<Vec<String>> {
    let rest = ["By ", "BY ", "by ", "Von ", "Par ", "Por "].iter().find_map(|label| line.strip_prefix(label))?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            || matches!(*word, "and" | "und" | "et" | "y" | "&" | "de" | "van" | "von" | "der" | "in" | "for" | "|")
    };
    let fits = words.len() <= LONGEST_BYLINE && words.iter().all(is_name) && !line.ends_with('.');
    let rest = rest.split(" in ").next()?.replace(" und ", " and ");
    Some(bylines::names(&rest)).filter(|names| fits && !names.is_empty())
}

#[cfg(test)]
mod tests;
