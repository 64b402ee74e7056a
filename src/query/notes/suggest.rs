//! What may have been meant.

use crate::schema::Field;

/// Words that people type for a field, by the field's own name.
const SYNONYMS: &[(&str, Field)] = &[
    ("after", Field::Date),
    ("before", Field::Date),
    ("by", Field::Author),
    ("byline", Field::Author),
    ("cashtag", Field::Ticker),
    ("company", Field::Org),
    ("day", Field::Date),
    ("file", Field::Path),
    ("firm", Field::Org),
    ("folder", Field::Path),
    ("from", Field::Date),
    ("headline", Field::Title),
    ("intitle", Field::Title),
    ("job", Field::Role),
    ("language", Field::Lang),
    ("organisation", Field::Org),
    ("organization", Field::Org),
    ("outlet", Field::Source),
    ("person", Field::Speaker),
    ("published", Field::Date),
    ("publisher", Field::Source),
    ("quoted", Field::Speaker),
    ("said", Field::Speaker),
    ("since", Field::Date),
    ("site", Field::Source),
    ("stock", Field::Ticker),
    ("symbol", Field::Ticker),
    ("type", Field::Kind),
    ("until", Field::Date),
    ("who", Field::Speaker),
    ("writer", Field::Author),
    ("year", Field::Date),
];

/// The fewest letters of a word that is corrected.
const SHORTEST: usize = 3;

/// What to type instead of the unknown field `name` before `value`.
pub(in crate::query) fn field(name: &str, value: &str) -> String {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "since" | "from" | "after" => return format!("did you mean `date:{value}..`?"),
        "until" | "before" => return format!("did you mean `date:..{value}`?"),
        _ => (),
    }
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == lower).map(|(_, field)| field.name());
    let names = Field::ALL.map(Field::name);
    if let Some(name) = synonym.or_else(|| closest(&lower, &names)) {
        return format!("did you mean `{name}:`?");
    }
    // `NASDAQ:NVDA` is how a code is printed.
    let code = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
    if code(name) && code(value) {
        return format!("did you mean `ticker:{value}`?");
    }
    format!("put it in quotation marks to search for it as it stands; the fields are {}", names.join(", "))
}

/// An example of a value for `field`.
pub(in crate::query) fn example(field: Field) -> &'static str {
    match field {
        Field::Title => "title:guidance",
        Field::Lead => "lead:guidance",
        Field::Ticker => "ticker:NVDA",
        Field::Speaker => "speaker:nadella",
        Field::Role => "role:cfo",
        Field::Org => "org:MSFT",
        Field::Date => "date:2025-01",
        Field::Source => "source:reuters",
        Field::Author => "author:smith",
        Field::Lang => "lang:en",
        Field::Path => "path:wire/",
        Field::Kind => "kind:direct",
        Field::Section => "section:qa",
        Field::Side => "side:outside",
    }
}

/// The one of `names` that `word` misspells: one slip, or two in a long word; or its beginning.
pub(in crate::query) fn closest(word: &str, names: &[&'static str]) -> Option<&'static str> {
    if word.len() < SHORTEST || word.len() > 16 {
        return None;
    }
    let allowed = if word.len() >= 6 { 2 } else { 1 };
    let best = names.iter().map(|name| (strsim::osa_distance(word, name), *name)).min()?;
    if best.0 <= allowed {
        return Some(best.1);
    }
    names.iter().copied().find(|name| name.starts_with(word) || word.starts_with(name) && name.len() >= 4)
}
