//! A record of named fields, in whatever names the usual exporters give them, to an article.

mod names;
mod repair;
mod value;

use std::borrow::Cow;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::article::{Article, DateSource};

use super::{Context, Record, Refusal, blank, dates, decode, html, language, published, read};

pub(super) use names::{Name, find};
pub(super) use value::Value;

/// The longest symbol that a record may list.
const LONGEST_SYMBOL: usize = 24;

/// Reads a JSON record. Its text field becomes the body as it stands, but for control characters, which become
/// blanks of the same length.
pub(super) fn parse(path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
    read::too_long(&record.bytes, context)?;
    let decoded = decode::decode(&record.bytes, None);
    let mut replaced = decoded.replaced;
    let fields = match fields(&decoded.text, context) {
        Ok(fields) => fields,
        Err(error) => {
            let Some(repaired) = repair::repair(&decoded.text) else {
                return Err(broken(&error));
            };
            replaced += repaired.replaced;
            fields(&repaired.text, context).map_err(|_| broken(&error))?.into_owned()
        }
    };
    let mut article = blank(path, record);
    article.replaced = replaced;
    fields.fill(&mut article, DateSource::Record);
    if article.title.trim().is_empty() && article.body.trim().is_empty() {
        return Err(Refusal("has neither a text nor a title".to_owned()));
    }
    Ok(article)
}

/// Sloppy JSON as sound JSON; `None` where there is nothing to repair.
pub(super) fn repaired(text: &str) -> Option<String> {
    repair::repair(text).map(|repaired| repaired.text)
}

fn fields<'a>(text: &'a str, context: &Context) -> Result<Fields<'a>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let fields = FieldsSeed { context }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(fields)
}

/// The parser's message, with its place in the record.
fn broken(error: &serde_json::Error) -> Refusal {
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or(&message);
    if error.is_data() {
        return Refusal("is no record: a JSON object is needed".to_owned());
    }
    let line = if error.line() > 1 { format!("line {} of the record, ", error.line()) } else { String::new() };
    Refusal(format!("is broken JSON: {reason} at {line}column {}", error.column()))
}

/// The fields of a record that mean something to us: the best named value of each.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    found: Vec<(Name, u8, Value<'a>)>,
}

impl<'a> Fields<'a> {
    /// Takes a value in, unless a better named one is known. A lower `rank` is better.
    pub(super) fn put(&mut self, name: Name, rank: u8, value: Value<'a>) {
        if value.is_blank() {
            return;
        }
        match self.found.iter_mut().find(|(known, ..)| *known == name) {
            Some(known) if rank < known.1 => *known = (name, rank, value),
            Some(_) => (),
            None => self.found.push((name, rank, value)),
        }
    }

    /// The same without anything borrowed.
    fn into_owned(self) -> Fields<'static> {
        let owned = |(name, rank, value): (Name, u8, Value)| (name, rank, value.into_owned());
        Fields { found: self.found.into_iter().map(owned).collect() }
    }

    /// Writes what is known into `article`.
    pub(super) fn fill(self, article: &mut Article, source: DateSource) {
        for (name, _, value) in self.found {
            match name {
                Name::Id => article.record_id = value.first().map(line),
                Name::Title => article.title = value.first().map(line).unwrap_or_default(),
                Name::Body => article.body = decode::blank_controls(value.into_text()),
                Name::Date => {
                    let reading = value.first().and_then(|date| dates::read_date(&date));
                    article.published = reading.map(|reading| published(reading, source));
                }
                Name::Authors => article.authors = value.into_names(),
                Name::Source => match value.first().map(line) {
                    // Clippers call the address so.
                    Some(url) if is_address(&url) => article.url = article.url.take().or(Some(url)),
                    source => article.source = source,
                },
                Name::Url => article.url = value.first().map(line),
                Name::Tickers => article.listed_tickers = symbols(&value),
                Name::Language => article.language = value.first().and_then(|name| language::code(&name)),
            }
        }
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ')
}

/// A text from a field that is called HTML.
fn unmarked(value: Value<'_>) -> Value<'_> {
    let text = value.clone().into_text();
    html::fragment(&text).map_or(value, |text| Value::Text(text.into()))
}

/// One line without control characters.
fn line(text: Cow<str>) -> String {
    if text.chars().any(|character| character.is_control() || character == '\u{a0}') || text.trim().len() < text.len() {
        return text
            .split(|c: char| c.is_control() || c.is_whitespace())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
    }
    text.into_owned()
}

/// The symbols in a list, or in a text that separates them by commas or blanks.
fn symbols(value: &Value) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in value.texts() {
        for symbol in text.split([',', ';', ' ', '|']).map(|symbol| symbol.trim().trim_start_matches('$')) {
            let plausible = !symbol.is_empty() && symbol.len() <= LONGEST_SYMBOL && !symbol.contains(char::is_control);
            if plausible && !found.iter().any(|known| known == symbol) {
                found.push(symbol.to_owned());
            }
        }
    }
    found
}

struct FieldsSeed<'c> {
    context: &'c Context,
}

impl<'de> DeserializeSeed<'de> for FieldsSeed<'_> {
    type Value = Fields<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fields<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FieldsSeed<'_> {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key::<value::Key>()? {
            match find(&key.0, self.context) {
                Some((name, rank)) => {
                    let value = map.next_value()?;
                    let is_marked = name == Name::Body && key.0.to_ascii_lowercase().ends_with("html");
                    fields.put(name, rank, if is_marked { unmarked(value) } else { value });
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests;
