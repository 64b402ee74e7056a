//! Alerts as they lie on disk: a file each, in order of name.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use toml::{Table, Value};

use super::{Alert, AlertError, Delivery, Seen};
use crate::search::{Matching, Target};

const HEAD: &str = "# A saved search of pullquote: `pullquote alert run NAME` delivers what is new.\n";

/// The longest name.
const LONGEST: usize = 100;

/// The folder of alerts.
#[derive(Debug, Clone)]
pub struct Book {
    folder: PathBuf,
}

impl Book {
    /// The alerts in `folder`, which need not be there yet.
    pub fn at(folder: PathBuf) -> Book {
        Book { folder }
    }

    /// The names of all alerts, in order.
    pub fn names(&self) -> Result<Vec<String>, AlertError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(&self.folder, &error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(|error| unreadable(&self.folder, &error))?.file_name();
            let name = name.to_str().and_then(|name| name.strip_suffix(".toml"));
            names.extend(name.filter(|name| is_name(name)).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// Reads the alert called `name`.
    pub fn read(&self, name: &str) -> Result<Alert, AlertError> {
        let path = self.file(name, "toml")?;
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(AlertError::Missing(name.to_owned())),
            Err(error) => return Err(unreadable(&path, &error)),
        };
        let table: Table = text.parse().map_err(|error: toml::de::Error| unreadable(&path, &error))?;
        alert_of(name, &table).map_err(|reason| AlertError::Unreadable { path, reason })
    }

    /// Keeps a new alert.
    pub fn add(&self, alert: &Alert) -> Result<(), AlertError> {
        let path = self.file(&alert.name, "toml")?;
        if path.exists() {
            return Err(AlertError::Taken(alert.name.clone()));
        }
        // One of the same name that was removed by hand may have left its own.
        drop(fs::remove_file(self.file(&alert.name, "seen")?));
        self.write(&path, &format!("{HEAD}{}", table_of(alert)))
    }

    /// Removes the alert called `name`, and what it has seen.
    pub fn remove(&self, name: &str) -> Result<(), AlertError> {
        let path = self.file(name, "toml")?;
        if !path.exists() {
            return Err(AlertError::Missing(name.to_owned()));
        }
        fs::remove_file(&path).map_err(|error| storage(&path, &error))?;
        drop(fs::remove_file(self.file(name, "seen")?));
        Ok(())
    }

    /// What the alert called `name` has delivered.
    pub fn seen(&self, name: &str) -> Result<Seen, AlertError> {
        let path = self.file(name, "seen")?;
        match fs::read_to_string(&path) {
            Ok(text) => Seen::of_text(&text).map_err(|reason| AlertError::Unreadable { path, reason }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Seen::default()),
            Err(error) => Err(unreadable(&path, &error)),
        }
    }

    /// Keeps what it has delivered, in one step.
    pub fn keep(&self, name: &str, seen: &Seen) -> Result<(), AlertError> {
        self.write(&self.file(name, "seen")?, &seen.to_text())
    }

    /// The right to run alerts: who has it delivers and nobody else. Waits up to `wait` for it.
    pub fn lock(&self, wait: Duration) -> Result<Lock, AlertError> {
        fs::create_dir_all(&self.folder).map_err(|error| storage(&self.folder, &error))?;
        let path = self.folder.join("lock");
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(|error| storage(&path, &error))?;
        let until = Instant::now() + wait;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(Duration::from_millis(20)),
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    let read = file.read_to_string(&mut holder).is_ok_and(|bytes| bytes > 0);
                    return Err(AlertError::Locked(if read { holder } else { "another process".to_owned() }));
                }
                Err(TryLockError::Error(error)) => return Err(storage(&path, &error)),
            }
        }
        let note = format!("process {}", std::process::id());
        let noted = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(note.as_bytes()));
        noted.map_err(|error| storage(&path, &error))?;
        Ok(Lock { _file: file })
    }

    fn file(&self, name: &str, ending: &str) -> Result<PathBuf, AlertError> {
        if !is_name(name) {
            return Err(AlertError::Name(name.to_owned()));
        }
        Ok(self.folder.join(format!("{name}.{ending}")))
    }

    /// Writes a file whole, in one step.
    fn write(&self, path: &Path, text: &str) -> Result<(), AlertError> {
        let beside = path.with_extension("new");
        let written = fs::create_dir_all(&self.folder).and_then(|()| File::create(&beside)).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, path)
        });
        written.map_err(|error| {
            drop(fs::remove_file(&beside));
            storage(path, &error)
        })
    }
}

/// Held while alerts run. Given back when dropped, by the system even when the process is killed.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> AlertError {
    AlertError::Unreadable { path: path.to_owned(), reason: error.to_string() }
}

fn storage(path: &Path, error: &io::Error) -> AlertError {
    AlertError::Storage { path: path.to_owned(), reason: error.to_string() }
}

/// Whether `name` may be that of a file, in every file system.
fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty() && name.len() <= LONGEST && !name.starts_with(['.', '-']) && name.chars().all(fits)
}

fn table_of(alert: &Alert) -> Table {
    let list = |values: &[String]| Value::Array(values.iter().cloned().map(Value::String).collect());
    let mut table = Table::new();
    table.insert("query".to_owned(), Value::String(alert.query.clone()));
    if alert.target == Target::Quotes {
        table.insert("quotes".to_owned(), Value::Boolean(true));
    }
    if alert.matching == Matching::Any {
        table.insert("match".to_owned(), Value::String("any".to_owned()));
    }
    let Delivery { format, atom, exec } = &alert.delivery;
    if let Some(format) = format {
        table.insert("format".to_owned(), Value::String(format.clone()));
    }
    if let Some(atom) = atom {
        table.insert("atom".to_owned(), Value::String(atom.to_string_lossy().into_owned()));
    }
    if !exec.is_empty() {
        table.insert("exec".to_owned(), list(exec));
    }
    if !alert.filters.is_empty() {
        let filters = alert.filters.iter().map(|(name, values)| (name.clone(), list(values))).collect();
        table.insert("filters".to_owned(), Value::Table(filters));
    }
    table
}

/// The alert that a file describes, or what is wrong with it.
fn alert_of(name: &str, table: &Table) -> Result<Alert, String> {
    let mut alert = Alert { name: name.to_owned(), ..Alert::default() };
    for (key, value) in table {
        match (key.as_str(), value) {
            ("query", Value::String(query)) => alert.query.clone_from(query),
            ("quotes", Value::Boolean(quotes)) => {
                alert.target = if *quotes { Target::Quotes } else { Target::Articles };
            }
            ("match", Value::String(how)) if how == "any" => alert.matching = Matching::Any,
            ("match", Value::String(how)) if how == "all" => alert.matching = Matching::All,
            ("format", Value::String(format)) => alert.delivery.format = Some(format.clone()),
            ("atom", Value::String(atom)) => alert.delivery.atom = Some(PathBuf::from(atom)),
            ("exec", value) => alert.delivery.exec = texts(key, value)?,
            ("filters", Value::Table(filters)) => {
                for (name, value) in filters {
                    alert.filters.push((name.clone(), texts(name, value)?));
                }
            }
            ("query" | "quotes" | "match" | "format" | "atom" | "filters", _) => {
                return Err(format!("cannot use what stands there for {key}"));
            }
            _ => return Err(format!("there is no key {key}")),
        }
    }
    Ok(alert)
}

/// A text, or several.
fn texts(key: &str, value: &Value) -> Result<Vec<String>, String> {
    let wrong = || format!("{key} takes a list of texts");
    match value {
        Value::String(text) => Ok(vec![text.clone()]),
        Value::Array(list) => list.iter().map(|it| it.as_str().map(str::to_owned).ok_or_else(wrong)).collect(),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_is_read_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::at(folder.path().join("alerts"));
        assert_eq!(book.names().unwrap(), [""; 0]);
        let alert = Alert {
            name: "nvda-1".to_owned(),
            query: "\"rate cut\" -china".to_owned(),
            target: Target::Quotes,
            matching: Matching::Any,
            filters: vec![("ticker".to_owned(), vec!["NVDA".to_owned(), "AMD".to_owned()])],
            delivery: Delivery {
                format: Some("md".to_owned()),
                atom: Some(PathBuf::from("feed.xml")),
                exec: vec!["mail".to_owned(), "a b".to_owned()],
            },
        };
        book.add(&alert).unwrap();
        assert_eq!(book.read("nvda-1").unwrap(), alert);
        assert!(matches!(book.add(&alert), Err(AlertError::Taken(_))));
        assert_eq!(book.names().unwrap(), ["nvda-1"]);
        book.remove("nvda-1").unwrap();
        assert!(matches!(book.remove("nvda-1"), Err(AlertError::Missing(_))));
        assert_eq!(book.names().unwrap(), [""; 0]);
    }

    #[test]
    fn a_name_stays_in_its_folder() {
        let book = Book::at(PathBuf::from("nowhere"));
        for name in ["", "../x", "a/b", ".x", "-x", "a b", "a\\b"] {
            assert!(matches!(book.read(name), Err(AlertError::Name(_))), "{name}");
        }
        assert!(matches!(book.read("ümlaut.1"), Err(AlertError::Missing(_))));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named() {
        let read = |text: &str| alert_of("a", &text.parse::<Table>().unwrap()).unwrap_err();
        assert_eq!(read("wording = 'x'"), "there is no key wording");
        assert_eq!(read("match = 'some'"), "cannot use what stands there for match");
        assert_eq!(read("exec = 3"), "exec takes a list of texts");
    }

    #[test]
    fn two_do_not_run_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::at(folder.path().to_owned());
        let lock = book.lock(Duration::ZERO).unwrap();
        assert!(matches!(book.lock(Duration::ZERO), Err(AlertError::Locked(holder)) if holder.starts_with("process ")));
        drop(lock);
        book.lock(Duration::ZERO).unwrap();
    }
}
