//! A file opened for reading: decompressed bytes out, identity of the raw bytes kept.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Entry, Unreadable, phrase};

/// How many bytes are read at once.
const CHUNK: usize = 128 << 10;

/// Unpacked bytes below which no ratio is suspicious.
const UNSUSPICIOUS: u64 = 256 << 20;

/// The most bytes that one compressed byte may stand for, once there are many.
const HIGHEST_RATIO: u64 = 400;

/// A file opened for reading: decompressed bytes out, identity of the raw bytes kept.
pub struct Source {
    /// Path relative to the root, with `/`.
    pub path: String,
    /// How many bytes the file has, as far as known; its content has more where it is compressed.
    pub size: usize,
    /// The decompressed content. Damaged compression ends it with an error.
    pub reader: Box<dyn BufRead + Send>,
    raw: Arc<Mutex<Raw>>,
}

/// The raw bytes of a file, hashed as they pass.
struct Raw {
    file: Box<dyn Read + Send>,
    hasher: blake3::Hasher,
    passed: u64,
}

impl Entry {
    /// Opens the file; compression is recognised by the first bytes.
    pub fn open(&self) -> Result<Source, Unreadable> {
        let unreadable = |error: io::Error| Unreadable { path: self.path.clone(), reason: phrase(&error) };
        let file = File::open(&self.absolute).map_err(unreadable)?;
        let size = usize::try_from(self.size).unwrap_or(CHUNK);
        Source::new(&self.path, Box::new(file), size).map_err(unreadable)
    }
}

/// BLAKE3 of a file's raw bytes.
pub fn hash_of(entry: &Entry) -> Result<Vec<u8>, Unreadable> {
    let unreadable = |error: io::Error| Unreadable { path: entry.path.clone(), reason: phrase(&error) };
    let file = File::open(&entry.absolute).map_err(unreadable)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file).map_err(unreadable)?;
    Ok(hasher.finalize().as_bytes().to_vec())
}

impl Source {
    /// A source of the file `path` whose content is already in memory.
    pub fn of(path: &str, bytes: Vec<u8>) -> io::Result<Source> {
        let size = bytes.len();
        Source::new(path, Box::new(Cursor::new(bytes)), size)
    }

    /// Reads whatever is left and returns the BLAKE3 of the raw bytes.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        drop(self.reader);
        let mut raw = self.raw.lock().unwrap_or_else(PoisonError::into_inner);
        let mut chunk = vec![0; CHUNK];
        while raw.pass(&mut chunk)? > 0 {}
        Ok(raw.hasher.finalize().as_bytes().to_vec())
    }

    fn new(path: &str, file: Box<dyn Read + Send>, size: usize) -> io::Result<Source> {
        let chunk = size.clamp(512, CHUNK);
        let raw = Arc::new(Mutex::new(Raw { file, hasher: blake3::Hasher::new(), passed: 0 }));
        let mut reader = BufReader::with_capacity(chunk, Tap(Arc::clone(&raw)));
        let head = reader.fill_buf()?;
        let reader: Box<dyn BufRead + Send> = match head {
            [0x1f, 0x8b, ..] => unpacked(flate2::bufread::MultiGzDecoder::new(reader), &raw),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => unpacked(zstd::Decoder::with_buffer(reader)?, &raw),
            _ => Box::new(reader),
        };
        Ok(Source { path: path.to_owned(), size, reader, raw })
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Raw {
    fn pass(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        let read = loop {
            match self.file.read(chunk) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                other => break other?,
            }
        };
        self.hasher.update(&chunk[..read]);
        self.passed += read as u64;
        Ok(read)
    }
}

/// Reads the raw bytes that a [`Source`] hashes.
struct Tap(Arc<Mutex<Raw>>);

impl Read for Tap {
    fn read(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pass(chunk)
    }
}

/// Ends decompression that makes far more out of a file than any text holds.
struct Guard<R> {
    inner: R,
    raw: Arc<Mutex<Raw>>,
    unpacked: u64,
}

fn unpacked<R: Read + Send + 'static>(inner: R, raw: &Arc<Mutex<Raw>>) -> Box<dyn BufRead + Send> {
    Box::new(BufReader::with_capacity(CHUNK, Guard { inner, raw: Arc::clone(raw), unpacked: 0 }))
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(chunk)?;
        self.unpacked += read as u64;
        if self.unpacked > UNSUSPICIOUS {
            let passed = self.raw.lock().unwrap_or_else(PoisonError::into_inner).passed;
            if self.unpacked / HIGHEST_RATIO > passed {
                return Err(io::Error::new(
                    io::ErrorKind::FileTooLarge,
                    format!("it unpacks to more than {HIGHEST_RATIO} times its size"),
                ));
            }
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(bytes: Vec<u8>) -> (io::Result<String>, Vec<u8>) {
        let mut source = Source::of("a.txt", bytes).unwrap();
        let mut text = String::new();
        let outcome = source.reader.read_to_string(&mut text).map(|_| text);
        (outcome, source.finish().unwrap())
    }

    /// What is read is `expected`, and the hash is that of the raw bytes.
    fn check(bytes: Vec<u8>, expected: &str) {
        let hash = blake3::hash(&bytes).as_bytes().to_vec();
        let (text, found) = read(bytes);
        assert_eq!(text.unwrap(), expected);
        assert_eq!(found, hash);
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn plain_bytes_pass_as_they_are() {
        check(b"words".to_vec(), "words");
        check(Vec::new(), "");
    }

    #[test]
    fn compression_is_recognised_by_content() {
        check(gzip(b"words"), "words");
        check([gzip(b"two "), gzip(b"members")].concat(), "two members");
        check(zstd::encode_all(&b"words"[..], 3).unwrap(), "words");
    }

    #[test]
    fn truncated_compression_ends_in_an_error() {
        let text = (0..2000).map(|number| (number * number).to_string()).collect::<Vec<_>>().join("\n");
        for bytes in [gzip(text.as_bytes()), zstd::encode_all(text.as_bytes(), 3).unwrap()] {
            let half = bytes[..bytes.len() / 2].to_vec();
            let hash = blake3::hash(&half).as_bytes().to_vec();
            let (text, found) = read(half);
            assert_eq!(text.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
            assert_eq!(found, hash);
        }
    }

    #[test]
    fn a_zip_bomb_is_stopped() {
        let bomb = zstd::encode_all(io::repeat(b'a').take(UNSUSPICIOUS + (8 << 20)), 1).unwrap();
        let mut source = Source::of("a.txt", bomb).unwrap();
        let error = io::copy(&mut source.reader, &mut io::sink()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn the_hash_covers_what_nobody_read() {
        let bytes = vec![b'x'; 3 * CHUNK];
        let hash = blake3::hash(&bytes).as_bytes().to_vec();
        let source = Source::of("a.txt", bytes).unwrap();
        assert_eq!(source.finish().unwrap(), hash);
    }
}
