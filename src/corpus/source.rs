//! A file opened for reading: decompressed bytes out, identity of the raw bytes kept.

use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use super::{Entry, Unreadable, phrase};

/// How many bytes are read at once.
const CHUNK: usize = 128 << 10;

/// Unpacked bytes below which no ratio is suspicious.
const UNSUSPICIOUS: u64 = 256 << 20;

/// The most bytes that one compressed byte may stand for, once there are many.
const HIGHEST_RATIO: u64 = 400;

/// A file opened for reading: decompressed bytes out, identity of the raw bytes kept.
pub struct Source<'a> {
    /// Path relative to the root, with `/`.
    pub path: String,
    /// How many bytes the file has, as far as known; its content has more where it is compressed.
    pub size: usize,
    /// The decompressed content. Damaged compression ends it with an error.
    pub reader: Box<dyn BufRead + 'a>,
    raw: Rc<RefCell<Raw<'a>>>,
    origin: Origin,
    /// Whether it is compressed as a whole.
    packed: bool,
}

/// Where the raw bytes can be read again, in any order.
enum Origin {
    File(PathBuf),
    Bytes(Arc<[u8]>),
    /// Nowhere: they come out of a container.
    Stream,
}

/// What can be read in any order.
pub trait Seekable: BufRead + Seek {}

impl<T: BufRead + Seek> Seekable for T {}

/// The raw bytes of a file, hashed as they pass.
struct Raw<'a> {
    file: Box<dyn Read + 'a>,
    hasher: blake3::Hasher,
    passed: u64,
    /// The most bytes that it may unpack to, and the most that each of its bytes may.
    most: (u64, u64),
}

impl Entry {
    /// Opens the file; compression is recognised by the first bytes.
    pub fn open(&self) -> Result<Source<'static>, Unreadable> {
        let unreadable = |error: io::Error| Unreadable { path: self.path.clone(), reason: phrase(&error) };
        let file = File::open(&self.absolute).map_err(unreadable)?;
        let size = usize::try_from(self.size).unwrap_or(CHUNK);
        Source::new(&self.path, Box::new(file), size, Origin::File(self.absolute.clone())).map_err(unreadable)
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

impl<'a> Source<'a> {
    /// A source of the file `path` whose content is already in memory.
    pub fn of(path: &str, bytes: Vec<u8>) -> io::Result<Source<'static>> {
        let bytes: Arc<[u8]> = bytes.into();
        let reader = Cursor::new(Arc::clone(&bytes));
        Source::new(path, Box::new(reader), bytes.len(), Origin::Bytes(bytes))
    }

    /// A source of a file that lies in a container, of about `size` bytes.
    pub fn within(path: &str, reader: impl Read + 'a, size: usize) -> io::Result<Source<'a>> {
        Source::new(path, Box::new(reader), size, Origin::Stream)
    }

    /// Sets the most bytes that it may unpack to, and the most that one compressed byte may stand for.
    pub fn limit(&mut self, unpacked: u64, ratio: u64) {
        self.raw.borrow_mut().most = (unpacked, ratio.max(1));
    }

    /// The content from its beginning, to be read in any order. What is compressed as a whole, or lies in a container,
    /// is read into memory for that, where it has no more than `most` bytes.
    pub fn seekable(&mut self, most: usize) -> io::Result<Box<dyn Seekable>> {
        match &self.origin {
            Origin::File(path) if !self.packed => return Ok(Box::new(BufReader::new(File::open(path)?))),
            Origin::Bytes(bytes) if !self.packed => return Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            _ => (),
        }
        let mut bytes = Vec::new();
        self.reader.by_ref().take(most as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > most {
            let reason = format!("it has more than {} inside another container", crate::corpus::size(most));
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        Ok(Box::new(Cursor::new(bytes)))
    }

    /// Reads whatever is left and returns the BLAKE3 of the raw bytes.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        drop(self.reader);
        let mut raw = self.raw.borrow_mut();
        let mut chunk = vec![0; CHUNK];
        while raw.pass(&mut chunk)? > 0 {}
        Ok(raw.hasher.finalize().as_bytes().to_vec())
    }

    fn new(path: &str, file: Box<dyn Read + 'a>, size: usize, origin: Origin) -> io::Result<Source<'a>> {
        let chunk = size.clamp(512, CHUNK);
        let raw = Rc::new(RefCell::new(Raw {
            file,
            hasher: blake3::Hasher::new(),
            passed: 0,
            most: (u64::MAX, HIGHEST_RATIO),
        }));
        let mut reader = BufReader::with_capacity(chunk, Tap(Rc::clone(&raw)));
        let head = reader.fill_buf()?;
        let mut packed = true;
        let reader: Box<dyn BufRead + 'a> = match head {
            [0x1f, 0x8b, ..] => unpacked(flate2::bufread::MultiGzDecoder::new(reader), &raw),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => unpacked(zstd::Decoder::with_buffer(reader)?, &raw),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => unpacked(lzma_rust2::XzReader::new(reader, true), &raw),
            [b'B', b'Z', b'h', b'1'..=b'9', ..] => unpacked(bzip2::bufread::MultiBzDecoder::new(reader), &raw),
            _ => {
                packed = false;
                Box::new(reader)
            }
        };
        Ok(Source { path: path.to_owned(), size, reader, raw, origin, packed })
    }
}

impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Raw<'_> {
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
struct Tap<'a>(Rc<RefCell<Raw<'a>>>);

impl Read for Tap<'_> {
    fn read(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().pass(chunk)
    }
}

/// Ends decompression that makes far more out of a file than any text holds.
struct Guard<'a, R> {
    inner: R,
    raw: Rc<RefCell<Raw<'a>>>,
    unpacked: u64,
}

fn unpacked<'a, R: Read + 'a>(inner: R, raw: &Rc<RefCell<Raw<'a>>>) -> Box<dyn BufRead + 'a> {
    Box::new(BufReader::with_capacity(CHUNK, Guard { inner, raw: Rc::clone(raw), unpacked: 0 }))
}

impl<R: Read> Read for Guard<'_, R> {
    fn read(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(chunk)?;
        self.unpacked += read as u64;
        let Raw { passed, most: (most, ratio), .. } = *self.raw.borrow();
        if self.unpacked > most {
            let reason =
                format!("it unpacks to more than {}", super::size(usize::try_from(most).unwrap_or(usize::MAX)));
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        if self.unpacked > UNSUSPICIOUS && self.unpacked / ratio > passed {
            let reason = format!("it unpacks to more than {ratio} times its size");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
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
