//! What can be set, its default, and where its value came from.
//!
//! A flag goes before the environment (`PULLQUOTE_…`), that before `pullquote.toml` found here or in a folder above,
//! that before the user's own file, that before the default. No other room reads the environment.

mod files;
mod keys;
mod zone;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

pub use keys::{KEYS, Key, Kind};

/// The name of a settings file.
pub const FILE: &str = "pullquote.toml";

/// Where a value came from, the strongest last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// A settings file.
    File(PathBuf),
    /// An environment variable.
    Environment(String),
    /// A flag.
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => to.write_str("default"),
            Origin::File(path) => write!(to, "{}", path.display()),
            Origin::Environment(name) => write!(to, "environment {name}"),
            Origin::Flag => to.write_str("flag"),
        }
    }
}

/// What surrounds the process: the only door to its environment.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The folder the program was started in.
    pub here: PathBuf,
    /// Environment variables.
    pub variables: BTreeMap<String, String>,
    /// The user's folder for settings.
    pub user: Option<PathBuf>,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Surroundings {
        use etcetera::BaseStrategy;
        let ours = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Surroundings {
            here: std::env::current_dir().unwrap_or_default(),
            variables: std::env::vars_os().filter_map(ours).collect(),
            user: etcetera::choose_base_strategy().ok().map(|base| base.config_dir().join("pullquote")),
        }
    }

    /// A variable that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// Why settings cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// A file that cannot be read or understood.
    #[error("cannot read the settings in {path}: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its place.
        reason: String,
    },
    /// A key that there is not.
    #[error("there is no setting {key} ({origin}){}", hint(nearest.as_ref()))]
    Unknown {
        /// The key as written.
        key: String,
        /// Where it was written.
        origin: Origin,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// A value that its key does not take.
    #[error("cannot use {value} for {key} ({origin}): it takes {wanted}")]
    Value {
        /// The key.
        key: &'static str,
        /// The value as written.
        value: String,
        /// Where it was written.
        origin: Origin,
        /// What the key takes.
        wanted: String,
    },
}

fn hint(nearest: Option<&String>) -> String {
    nearest.map_or_else(String::new, |nearest| format!("; did you mean {nearest}?"))
}

/// Every setting, with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    values: BTreeMap<&'static str, (Value, Origin)>,
    /// The folder that relative defaults stand in: that of the settings file found upward, else where we are.
    base: PathBuf,
}

/// A value in the form of its key.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Text(String),
    List(Vec<String>),
    Map(BTreeMap<String, String>),
}

impl Settings {
    /// Collects settings: `flags` are names and values typed as flags.
    pub fn load(surroundings: &Surroundings, flags: &[(&'static str, String)]) -> Result<Settings, SettingsError> {
        let project = files::upward(&surroundings.here);
        let base = project.as_deref().and_then(Path::parent).unwrap_or(&surroundings.here).to_owned();
        let mut settings = Settings { values: BTreeMap::new(), base };
        for key in KEYS {
            settings.values.insert(key.name, (key.kind.parse(key.default), Origin::Default));
        }
        let user = surroundings.user.as_ref().map(|folder| folder.join(FILE)).filter(|path| path.is_file());
        for path in user.into_iter().chain(project) {
            for (name, value) in files::read(&path)? {
                settings.set(&name, value, Origin::File(path.clone()), path.parent())?;
            }
        }
        for key in KEYS {
            let name = format!("PULLQUOTE_{}", key.name.to_uppercase());
            if let Some(value) = surroundings.variable(&name) {
                let value = key.kind.parse(value);
                settings.set(key.name, value, Origin::Environment(name), Some(&surroundings.here))?;
            }
        }
        settings.known(surroundings)?;
        for (name, value) in flags {
            let kind = KEYS.iter().find(|key| key.name == *name).map_or(Kind::Text, |key| key.kind);
            settings.set(name, kind.parse(value), Origin::Flag, Some(&surroundings.here))?;
        }
        Ok(settings)
    }

    /// Refuses variables with our prefix that set nothing: a slip of the pen is not passed over.
    fn known(&self, surroundings: &Surroundings) -> Result<(), SettingsError> {
        for name in surroundings.variables.keys().filter(|name| surroundings.variable(name).is_some()) {
            let Some(key) = name.strip_prefix("PULLQUOTE_").map(str::to_lowercase) else { continue };
            if !self.values.contains_key(key.as_str()) {
                let nearest = keys::nearest(&key).map(str::to_owned);
                return Err(SettingsError::Unknown { key, origin: Origin::Environment(name.clone()), nearest });
            }
        }
        Ok(())
    }

    fn set(&mut self, name: &str, value: Value, origin: Origin, folder: Option<&Path>) -> Result<(), SettingsError> {
        let Some(key) = KEYS.iter().find(|key| key.name == name) else {
            let nearest = keys::nearest(name).map(str::to_owned);
            return Err(SettingsError::Unknown { key: name.to_owned(), origin, nearest });
        };
        if let Err(wanted) = key.kind.check(&value) {
            return Err(SettingsError::Value { key: key.name, value: shown(&value), origin, wanted });
        }
        let value = match (key.kind, value, folder) {
            (Kind::Path, Value::Text(path), Some(folder)) if !path.is_empty() => {
                Value::Text(folder.join(path).to_string_lossy().into_owned())
            }
            (_, value, _) => value,
        };
        self.values.insert(key.name, (value, origin));
        Ok(())
    }

    /// The value of `name` as text; empty for a setting that there is not.
    fn text(&self, name: &str) -> &str {
        match self.values.get(name) {
            Some((Value::Text(text), _)) => text,
            _ => "",
        }
    }

    /// A folder: as set, or at its default place.
    fn folder(&self, name: &str) -> PathBuf {
        match self.text(name) {
            "" => self.base.join(name),
            path => PathBuf::from(path),
        }
    }

    fn number(&self, name: &str) -> usize {
        keys::number(self.text(name)).unwrap_or(0)
    }

    /// The folder with the articles.
    pub fn corpus(&self) -> PathBuf {
        self.folder("corpus")
    }

    /// Whether somebody named the corpus.
    pub fn names_corpus(&self) -> bool {
        self.values.get("corpus").is_some_and(|(_, origin)| *origin != Origin::Default)
    }

    /// The index folder.
    pub fn index(&self) -> PathBuf {
        self.folder("index")
    }

    /// The folder of alerts.
    pub fn alerts(&self) -> PathBuf {
        self.folder("alerts")
    }

    /// A list of securities that adds to ours, where one is named.
    pub fn securities(&self) -> Option<PathBuf> {
        Some(self.text("securities")).filter(|path| !path.is_empty()).map(PathBuf::from)
    }

    /// The zone in which days begin, and its name.
    pub fn zone(&self) -> (TimeZone, String) {
        let zone = match self.text("zone") {
            "" | "system" => zone::system(),
            name => TimeZone::get(name).unwrap_or(TimeZone::UTC),
        };
        let name = zone.iana_name().unwrap_or("UTC").to_owned();
        (zone, name)
    }

    /// Patterns of paths to leave out.
    pub fn exclude(&self) -> Vec<String> {
        match self.values.get("exclude") {
            Some((Value::List(list), _)) => list.clone(),
            _ => Vec::new(),
        }
    }

    /// Names of record fields, mapped to ours.
    pub fn fields(&self) -> BTreeMap<String, String> {
        match self.values.get("fields") {
            Some((Value::Map(map), _)) => map.clone(),
            _ => BTreeMap::new(),
        }
    }

    /// When to colour: `auto`, `always` or `never`.
    pub fn color(&self) -> &str {
        self.text("color")
    }

    /// How results are shown.
    pub fn format(&self) -> &str {
        self.text("format")
    }

    /// How plain words combine: `all` or `any`.
    pub fn matching(&self) -> &str {
        self.text("match")
    }

    /// The most hits.
    pub fn limit(&self) -> usize {
        self.number("limit")
    }

    /// The most snippets a hit.
    pub fn snippets(&self) -> usize {
        self.number("snippets")
    }

    /// Memory for the writer, in bytes; 0 chooses.
    pub fn memory(&self) -> usize {
        self.number("memory")
    }

    /// The limit called `name` above which a file or a part of it is refused.
    pub fn limit_of(&self, name: &str) -> usize {
        self.number(name)
    }

    /// Programs that turn files of an ending into text: `doc = "antiword -"`.
    pub fn converters(&self) -> BTreeMap<String, String> {
        match self.values.get("converters") {
            Some((Value::Map(map), _)) => map.clone(),
            _ => BTreeMap::new(),
        }
    }

    /// The program that pages, where one is set.
    pub fn pager(&self) -> &str {
        self.text("pager")
    }

    /// Every setting: its name, value and origin, in order of name.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, String, &Origin)> {
        self.values.iter().map(|(name, (value, origin))| {
            let value = match (*name, value) {
                ("alerts" | "corpus" | "index", Value::Text(path)) if path.is_empty() => {
                    self.folder(name).display().to_string()
                }
                (_, value) => shown(value),
            };
            (*name, value, origin)
        })
    }
}

/// A value as it is printed.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(list) => list.join(", "),
        Value::Map(map) => map.iter().map(|(from, to)| format!("{from} = {to}")).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests;
