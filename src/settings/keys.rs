//! The table of settings.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::Value;

/// A setting.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name in files, and in the environment after `PULLQUOTE_`, in capitals.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Its default.
    pub default: &'static str,
    /// What it is for.
    pub help: &'static str,
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A file or folder, relative to the file that names it.
    Path,
    /// A number, of bytes where it has a unit (`64MB`).
    Number,
    /// A time zone's name.
    Zone,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Several texts; separated by commas where it is one line.
    List,
    /// Names mapped to names.
    Map,
}

/// Every setting, in order of name.
pub const KEYS: &[Key] = &[
    Key { name: "alerts", kind: Kind::Path, default: "", help: "the folder of alerts" },
    Key { name: "archive_depth", kind: Kind::Number, default: "4", help: "archives in archives, at most" },
    Key { name: "archive_files", kind: Kind::Number, default: "1000000", help: "the most files in one archive" },
    Key { name: "archive_ratio", kind: Kind::Number, default: "400", help: "the most that compression may save" },
    Key { name: "article_bytes", kind: Kind::Number, default: "64MB", help: "the most bytes of one article" },
    Key { name: "color", kind: Kind::OneOf(&["auto", "always", "never"]), default: "auto", help: "when to colour" },
    Key { name: "converters", kind: Kind::Map, default: "", help: "endings, and programs that read such files" },
    Key { name: "corpus", kind: Kind::Path, default: "", help: "the folder with the articles" },
    Key { name: "exclude", kind: Kind::List, default: "", help: "patterns of paths to leave out" },
    Key { name: "fields", kind: Kind::Map, default: "", help: "your names of record fields, and ours" },
    Key { name: "file_bytes", kind: Kind::Number, default: "100GB", help: "the most bytes of one file" },
    Key {
        name: "format",
        kind: Kind::OneOf(&["text", "json", "jsonl", "csv", "md"]),
        default: "text",
        help: "how results are shown",
    },
    Key { name: "index", kind: Kind::Path, default: "", help: "the folder of the index" },
    Key { name: "limit", kind: Kind::Number, default: "10", help: "the most hits" },
    Key { name: "match", kind: Kind::OneOf(&["all", "any"]), default: "all", help: "how plain words combine" },
    Key { name: "memory", kind: Kind::Number, default: "0", help: "memory for indexing; 0 chooses" },
    Key {
        name: "nested_bytes",
        kind: Kind::Number,
        default: "256MB",
        help: "the most bytes of an archive in an archive",
    },
    Key { name: "pager", kind: Kind::Text, default: "", help: "the program that pages; none for no paging" },
    Key { name: "pages", kind: Kind::Number, default: "5000", help: "the most pages of one document" },
    Key {
        name: "parse_memory",
        kind: Kind::Number,
        default: "1GB",
        help: "memory for the process that reads documents",
    },
    Key { name: "parse_seconds", kind: Kind::Number, default: "60", help: "seconds for one document" },
    Key { name: "securities", kind: Kind::Path, default: "", help: "a list of securities that adds to ours" },
    Key { name: "snippets", kind: Kind::Number, default: "1", help: "the most snippets a hit" },
    Key {
        name: "unpacked_bytes",
        kind: Kind::Number,
        default: "200GB",
        help: "the most bytes that one file unpacks to",
    },
    Key { name: "zone", kind: Kind::Zone, default: "system", help: "the time zone in which days begin" },
];

impl Kind {
    /// A value written on one line.
    pub(super) fn parse(self, text: &str) -> Value {
        let parts = || text.split(',').map(str::trim).filter(|part| !part.is_empty());
        match self {
            Kind::List => Value::List(parts().map(str::to_owned).collect()),
            Kind::Map => Value::Map(parts().filter_map(|part| part.split_once('=')).map(trimmed).collect()),
            _ => Value::Text(text.to_owned()),
        }
    }

    /// Says what it takes when `value` is not that.
    pub(super) fn check(self, value: &Value) -> Result<(), String> {
        match (self, value) {
            (Kind::Text | Kind::Path, Value::Text(_)) | (Kind::List, Value::List(_)) | (Kind::Map, Value::Map(_)) => {
                Ok(())
            }
            (Kind::Number, Value::Text(text)) if number(text).is_some() => Ok(()),
            (Kind::Number, _) => Err("a number, such as 10 or 64MB".to_owned()),
            (Kind::Zone, Value::Text(name)) if name == "system" || TimeZone::get(name).is_ok() => Ok(()),
            (Kind::Zone, _) => Err("the name of a time zone, such as Europe/Berlin".to_owned()),
            (Kind::OneOf(all), Value::Text(text)) if all.contains(&text.as_str()) => Ok(()),
            (Kind::OneOf(all), _) => Err(format!("one of {}", all.join(", "))),
            (Kind::List, _) => Err("a list of texts".to_owned()),
            (Kind::Map, _) => Err("a table of names".to_owned()),
            (Kind::Text | Kind::Path, _) => Err("a text".to_owned()),
        }
    }
}

fn trimmed((from, to): (&str, &str)) -> (String, String) {
    (from.trim().to_owned(), to.trim().to_owned())
}

/// A number, with a unit of bytes or without.
pub(super) fn number(text: &str) -> Option<usize> {
    let text = text.trim().to_ascii_uppercase();
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let factor = match unit.trim() {
        "" | "B" => 1,
        "K" | "KB" | "KIB" => 1 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        _ => return None,
    };
    digits.parse::<usize>().ok()?.checked_mul(factor)
}

/// The setting whose name is nearest to `name`, where one is near.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let distances: BTreeMap<usize, &'static str> =
        KEYS.iter().rev().map(|key| (distance(&name, key.name), key.name)).collect();
    distances
        .into_iter()
        .next()
        .filter(|(distance, _)| *distance <= 2 || name.len() > 8 && *distance <= 4)
        .map(|it| it.1)
}

/// How many letters have to change to make one word of the other (Levenshtein, 1966).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, c) in (1..).zip(one.chars()) {
        let mut before = row[0];
        row[0] = at;
        for (place, d) in (1..).zip(other.chars()) {
            let change = before + usize::from(c != d);
            before = row[place];
            row[place] = change.min(before + 1).min(row[place - 1] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}
