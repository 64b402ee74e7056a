//! A file that is there whole or not at all: written beside its name, renamed at the end.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Failure;

/// A file on its way. Dropped before [`Fresh::keep`], it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Fresh {
    path: PathBuf,
    beside: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Fresh {
    /// Begins to write what will be `path`.
    pub(super) fn new(path: &Path) -> Result<Fresh, Failure> {
        if path.is_dir() {
            return Err(Failure::new(
                format!("cannot write {}: it is a folder", path.display()),
                "name a file in it, such as export.parquet",
            ));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = File::create(&beside).map_err(|error| refused(path, &error))?;
        Ok(Fresh { path: path.to_owned(), beside, file: Some(BufWriter::with_capacity(1 << 16, file)) })
    }

    /// Gives it its name, in one step, once it is safe on the disk.
    pub(super) fn keep(mut self) -> Result<(), Failure> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let kept = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| {
            file.sync_all()?;
            drop(file);
            fs::rename(&self.beside, &self.path)
        });
        kept.map_err(|error| refused(&self.path, &error))
    }

    /// What `error` means for it, for a person.
    pub(super) fn refused(&self, error: &io::Error) -> Failure {
        refused(&self.path, error)
    }
}

impl Write for Fresh {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        drop(self.file.take());
        // After `keep` there is nothing left to remove.
        drop(fs::remove_file(&self.beside));
    }
}

fn refused(path: &Path, error: &io::Error) -> Failure {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (what, advice) = match error.kind() {
        io::ErrorKind::NotFound => {
            (format!("there is no folder {}", folder.display()), "make the folder, or name another file")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => (
            "no space is left there".to_owned(),
            "free some space or name a file on another disk; nothing was left behind",
        ),
        io::ErrorKind::PermissionDenied => ("permission denied".to_owned(), "name a file in a folder of your own"),
        _ => (error.to_string(), "name another file; what stood there before is unchanged"),
    };
    Failure::new(format!("cannot write {}: {what}", path.display()), advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "old").unwrap();
        let mut fresh = Fresh::new(&path).unwrap();
        fresh.write_all(b"new").unwrap();
        drop(fresh);
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(folder.path()).len()), ("old", 1));
        let mut fresh = Fresh::new(&path).unwrap();
        fresh.write_all(b"new").unwrap();
        fresh.keep().unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(folder.path()).len()), ("new", 1));
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let failure = Fresh::new(&folder.path().join("none/a.csv")).unwrap_err();
        assert!(failure.what.ends_with("none"), "{}", failure.what);
        assert!(Fresh::new(folder.path()).unwrap_err().what.ends_with("it is a folder"));
    }

    #[test]
    fn a_full_disk_is_told() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert!(refused(Path::new("a.csv"), &full).what.contains("no space"));
    }
}
