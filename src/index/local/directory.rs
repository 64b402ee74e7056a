//! The folder of an index that is written: nothing waits for the disk before it must.
//!
//! Tantivy's own waits at the end of every file until the disk has it, and the cores rest. Here threads of their own wait,
//! side by side. What makes files count, `meta.json`, is written once the disk has all of them, as it is with Tantivy's:
//! whatever happens at any moment, it finds the index as it was or as it is.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct Unhurried {
    place: PathBuf,
    inner: MmapDirectory,
    under_way: Arc<UnderWay>,
}

/// Files on their way to the disk.
#[derive(Debug, Default)]
struct UnderWay(Mutex<Vec<JoinHandle<io::Result<()>>>>);

impl UnderWay {
    /// Sends a file on its way; waits for it where there is no thread to be had.
    fn send(&self, file: File) -> io::Result<()> {
        let again = file.try_clone()?;
        match thread::Builder::new().spawn(move || file.sync_data()) {
            Ok(thread) => {
                self.0.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
                Ok(())
            }
            Err(_) => again.sync_data(),
        }
    }

    /// Waits until the disk has all of them; fails where it could not take one.
    fn arrive(&self) -> io::Result<()> {
        let threads = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let joined = |thread: JoinHandle<_>| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        threads.into_iter().map(joined).fold(Ok(()), io::Result::and)
    }
}

impl Unhurried {
    /// The folder `place`, which is there.
    pub(super) fn open(place: &Path) -> Result<Unhurried, OpenDirectoryError> {
        let inner = MmapDirectory::open(place)?;
        Ok(Unhurried { place: place.to_owned(), inner, under_way: Arc::default() })
    }
}

impl Directory for Unhurried {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = OpenOptions::new().write(true).create_new(true).open(self.place.join(path));
        let file = file.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
        })?;
        let written = Written { file: Some(file), under_way: Arc::clone(&self.under_way) };
        Ok(BufWriter::new(Box::new(written)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, data)
    }

    /// Tantivy calls it before every `meta.json`.
    fn sync_directory(&self) -> io::Result<()> {
        self.under_way.arrive()?;
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// A file that is written.
struct Written {
    /// `None` once it is on its way.
    file: Option<File>,
    under_way: Arc<UnderWay>,
}

impl Written {
    fn file(&mut self) -> io::Result<&mut File> {
        self.file.as_mut().ok_or_else(|| io::Error::other("the file was ended already"))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file()?.flush()
    }
}

impl TerminatingWrite for Written {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        match self.file.take() {
            Some(file) => self.under_way.send(file),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(directory: &Unhurried, name: &str) -> Result<(), OpenWriteError> {
        let mut file = directory.open_write(Path::new(name))?;
        file.write_all(b"ended").expect("there is room");
        file.terminate().expect("there is room");
        Ok(())
    }

    #[test]
    fn what_is_ended_is_read_at_once_and_on_disk_when_it_is_to_count() {
        let folder = tempfile::tempdir().unwrap();
        let directory = Unhurried::open(folder.path()).unwrap();
        ["a", "b", "c"].into_iter().try_for_each(|name| write(&directory, name)).unwrap();
        assert_eq!(directory.open_read(Path::new("b")).unwrap().read_bytes().unwrap().as_slice(), b"ended");
        directory.sync_directory().unwrap();
        assert!(directory.under_way.0.lock().unwrap().is_empty(), "something is still on its way");
        assert!(matches!(write(&directory, "a"), Err(OpenWriteError::FileAlreadyExists(_))));
    }

    #[test]
    fn what_the_disk_does_not_take_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let directory = Unhurried::open(folder.path()).unwrap();
        let full = thread::spawn(|| Err(io::Error::from(ErrorKind::StorageFull)));
        directory.under_way.0.lock().unwrap().push(full);
        write(&directory, "a").unwrap();
        assert_eq!(directory.sync_directory().unwrap_err().kind(), ErrorKind::StorageFull);
    }
}
