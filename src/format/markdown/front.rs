//! Front matter: the fields between `---` or `+++` at the head of a file.
//!
//! Of YAML only what front matter uses is read: keys, texts, lists, and the keys of one level below.

use crate::format::record::{Fields, Value, find};
use crate::format::{Context, Refusal};

/// Reads the fields at the head of `text`, and what follows them.
pub(super) fn read<'t>(text: &'t str, context: &Context) -> Result<(Fields<'static>, &'t str), Refusal> {
    let text = text.trim_start_matches('\n');
    for (fence, parse) in [("---", yaml as Parse), ("+++", toml as Parse)] {
        if let Some((block, rest)) = fenced(text, fence) {
            return Ok((parse(block, context)?, rest));
        }
    }
    Ok((Fields::default(), text))
}

type Parse = fn(&str, &Context) -> Result<Fields<'static>, Refusal>;

/// The lines between two lines of `fence`, and what follows them.
fn fenced<'t>(text: &'t str, fence: &str) -> Option<(&'t str, &'t str)> {
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != fence {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            // Without a single key it is a rule above a text, not front matter.
            let block = &rest[..at];
            let has_key = block.trim().is_empty() || block.contains(':') || block.contains('=');
            return has_key.then_some((block, &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

fn toml(block: &str, context: &Context) -> Result<Fields<'static>, Refusal> {
    let table: toml::Table = block.parse().map_err(|error: toml::de::Error| {
        Refusal(format!("has broken front matter: {}", error.message().lines().next().unwrap_or_default()))
    })?;
    let mut fields = Fields::default();
    for (key, value) in table {
        if let Some((name, rank)) = find(&key, context) {
            fields.put(name, rank, from_toml(value));
        }
    }
    Ok(fields)
}

fn from_toml(value: toml::Value) -> Value<'static> {
    match value {
        toml::Value::String(text) => Value::Text(text.into()),
        toml::Value::Array(values) => Value::List(values.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key.into(), from_toml(value))).collect())
        }
        toml::Value::Boolean(_) => Value::Nothing,
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Datetime(_) => {
            Value::Text(value.to_string().into())
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for both kinds of front matter")]
fn yaml(block: &str, context: &Context) -> Result<Fields<'static>, Refusal> {
    let mut fields = Fields::default();
    let mut lines = block.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = pair(line).filter(|_| !line.starts_with([' ', '\t', '#', '-'])) else {
            continue;
        };
        let mut below = Vec::new();
        while let Some(next) = lines.next_if(|next| next.starts_with([' ', '\t', '-']) || next.trim().is_empty()) {
            below.push(next);
        }
        if let Some((name, rank)) = find(key, context) {
            fields.put(name, rank, whole(value, &below));
        }
    }
    Ok(fields)
}

/// A key and what stands behind its colon.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let spaced = value.is_empty() || value.starts_with([' ', '\t']);
    spaced.then(|| (key.trim().trim_matches(['"', '\'']), value.trim()))
}

/// The value behind a key and on the lines below it.
fn whole(value: &str, below: &[&str]) -> Value<'static> {
    if matches!(value, "|" | ">" | "|-" | ">-" | "|+" | ">+") {
        let joint = if value.starts_with('|') { "\n" } else { " " };
        return text(&below.iter().map(|line| line.trim()).collect::<Vec<_>>().join(joint));
    }
    if !value.is_empty() {
        return scalar(value);
    }
    let items: Vec<Value> = below.iter().filter_map(|line| line.trim().strip_prefix("- ")).map(item).collect();
    if !items.is_empty() {
        return Value::List(items);
    }
    let keyed = below.iter().filter_map(|line| pair(line.trim()));
    Value::Object(keyed.map(|(key, value)| (key.to_owned().into(), scalar(value))).collect())
}

/// An item of a list: a text, or the first key of an object.
fn item(item: &str) -> Value<'static> {
    match pair(item)
        .filter(|(key, _)| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
    {
        Some((key, value)) => Value::Object(vec![(key.to_owned().into(), scalar(value))]),
        None => scalar(item),
    }
}

fn text(text: &str) -> Value<'static> {
    Value::Text(text.to_owned().into())
}

/// A text in quotation marks or bare, or a list in brackets.
fn scalar(value: &str) -> Value<'static> {
    let value = value.trim();
    if let Some(inner) = value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        return Value::List(inner.split(',').map(scalar).collect());
    }
    for mark in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(mark)
            && let Some(end) = rest.rfind(mark)
        {
            let inner = &rest[..end];
            return text(&if mark == '"' { unescape(inner) } else { inner.replace("''", "'") });
        }
    }
    let bare = value.split(" #").next().unwrap_or(value).trim();
    if matches!(bare, "null" | "~" | "true" | "false") { Value::Nothing } else { text(bare) }
}

/// A text between double marks, its escapes read.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 't') => plain.push(' '),
                Some(escaped) => plain.push(escaped),
                None => plain.push('\\'),
            },
            _ => plain.push(character),
        }
    }
    plain
}
