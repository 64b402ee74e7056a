//! Settings files: where they are, what they say.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{FILE, SettingsError, Value};

/// The settings file in `here` or the nearest folder above.
pub(super) fn upward(here: &Path) -> Option<PathBuf> {
    here.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file())
}

/// The settings that a file has, in its order.
pub(super) fn read(path: &Path) -> Result<Vec<(String, Value)>, SettingsError> {
    let failed = |reason: String| SettingsError::File { path: path.to_owned(), reason };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error.to_string())),
    };
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| failed(error.to_string()))?;
    Ok(table.into_iter().map(|(name, value)| (name, plain(value))).collect())
}

/// A value of a file in our form.
fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Array(list) => Value::List(list.into_iter().map(text).collect()),
        toml::Value::Table(table) => Value::Map(table.into_iter().map(|(from, to)| (from, text(to))).collect()),
        other => Value::Text(text(other)),
    }
}

fn text(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        other => other.to_string(),
    }
}
