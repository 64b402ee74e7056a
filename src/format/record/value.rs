//! The value of a record's field, whatever its type.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::format::bylines;

/// Keys under which an object keeps what it is called or what it says.
const TELLING: &[&str] = &[
    "name",
    "rendered",
    "text",
    "value",
    "content",
    "symbol",
    "ticker",
    "code",
    "title",
    "url",
    "$",
    "#text",
    "@id",
    "full_name",
    "fullName",
    "raw",
    "id",
];

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::format) enum Value<'a> {
    /// Null, true or false.
    Nothing,
    /// A string, or a number as printed.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// What an object says of itself, and the key under which it says it.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// Whether it says nothing.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Value::Nothing => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(values) => values.iter().all(Value::is_blank),
            Value::Object(_) => self.telling().is_none_or(Value::is_blank),
        }
    }

    /// The first text in it.
    pub(super) fn first(&self) -> Option<Cow<'a, str>> {
        match self {
            Value::Nothing => None,
            Value::Text(text) => Some(text.clone()),
            Value::List(values) => values.iter().find_map(Value::first),
            Value::Object(_) => self.telling()?.first(),
        }
    }

    /// Every text in it.
    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Value::Nothing => Vec::new(),
            Value::Text(text) => vec![text],
            Value::List(values) => values.iter().flat_map(Value::texts).collect(),
            Value::Object(_) => self.telling().map(Value::texts).unwrap_or_default(),
        }
    }

    /// All of its text, the parts of a list as paragraphs.
    pub(super) fn into_text(self) -> String {
        match self {
            Value::Text(text) => text.into_owned(),
            other => other.texts().join("\n\n"),
        }
    }

    /// The names in it: one each of a list, or those of a byline.
    pub(super) fn into_names(self) -> Vec<String> {
        let mut found = Vec::new();
        for text in self.texts() {
            for name in bylines::names(text) {
                bylines::add(&mut found, &name);
            }
        }
        found
    }

    /// The same without anything borrowed.
    pub(super) fn into_owned(self) -> Value<'static> {
        match self {
            Value::Nothing => Value::Nothing,
            Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Value::List(values) => Value::List(values.into_iter().map(Value::into_owned).collect()),
            Value::Object(fields) => {
                let owned = |(key, value): (Cow<str>, Value)| (Cow::Owned(key.into_owned()), value.into_owned());
                Value::Object(fields.into_iter().map(owned).collect())
            }
        }
    }

    fn telling(&self) -> Option<&Value<'a>> {
        let Value::Object(fields) = self else {
            return None;
        };
        let with = |wanted: &&str| fields.iter().find(|(key, value)| key == wanted && !value.is_blank());
        TELLING.iter().find_map(with).map(|(_, value)| value)
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(number.to_string())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(number.to_string())))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Value<'de>, E> {
        Ok(Value::Nothing)
    }

    fn visit_unit<E: Error>(self) -> Result<Value<'de>, E> {
        Ok(Value::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value<'de>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = sequence.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<Key>()? {
            fields.push((key.0, map.next_value()?));
        }
        Ok(Value::Object(fields))
    }
}

/// A key, borrowed where it holds no escapes.
pub(super) struct Key<'a>(pub(super) Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key<'de>, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }
}
