//! Archives: files in a file, each read in its own format, nothing unpacked to disk.

mod tar;
mod zip;

use std::io::{self, Read};
use std::ops::ControlFlow;

use crate::corpus::Source;

use super::{Context, Each, Record, Refusal, read, reads, split_at};

pub(super) use tar::Tar;
pub(super) use zip::{Zip, damaged, is_bomb, open};

/// Hands the records of files in an archive on.
struct Members<'a> {
    context: &'a Context,
    each: Each<'a>,
    /// How many files there were.
    seen: usize,
    /// How many of them a format reads.
    read: usize,
    /// How many bytes those unpack to.
    unpacked: u64,
}

impl<'a> Members<'a> {
    fn new(context: &'a Context, each: Each<'a>) -> Members<'a> {
        Members { context, each, seen: 0, read: 0, unpacked: 0 }
    }

    /// Whether the file `path` in the archive is one to read: of a known ending, neither hidden nor part of a page.
    fn wants(&mut self, path: &str) -> Result<bool, Refusal> {
        self.seen += 1;
        if self.seen > self.context.limits.members {
            return Err(Refusal(format!("holds more than {} files", self.context.limits.members)));
        }
        let is_hidden = path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        let is_part = path.split('/').rev().skip(1).any(|folder| folder.ends_with("_files"));
        Ok(!is_hidden && !is_part && reads(path, self.context))
    }

    /// Reads the file `path`, of `size` bytes, as far as known. What is wrong with it costs it alone.
    fn read(&mut self, path: &str, size: u64, reader: impl Read) -> ControlFlow<()> {
        self.read += 1;
        self.unpacked = self.unpacked.saturating_add(size);
        if self.unpacked > self.context.limits.unpacked_bytes {
            let refusal =
                Refusal("is left out: its archive unpacks to more than unpacked_bytes in the settings".to_owned());
            return self.refuse(path, refusal);
        }
        let mut flow = ControlFlow::Continue(());
        let mut inside = |record: Record| {
            flow = (self.each)(record.within(path));
            flow
        };
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let reader = Promised { reader, left: size as u64 };
        let outcome = Source::within(path, reader, size)
            .map_err(|error| read::damaged(&error))
            .and_then(|mut source| split_at(&mut source, self.context, self.context.depth + 1, &mut inside));
        match outcome {
            Err(refusal) if flow.is_continue() => self.refuse(path, refusal),
            _ => flow,
        }
    }

    /// Says why nothing, or nothing more, is read from the file `path`.
    fn refuse(&mut self, path: &str, refusal: Refusal) -> ControlFlow<()> {
        self.read += 1;
        (self.each)(Record { member: Some(path.to_owned()), refused: Some(refusal), ..Record::default() })
    }

    /// An archive without anything to read is refused.
    fn finish(self) -> Result<(), Refusal> {
        match (self.seen, self.read) {
            (0, _) => Err(Refusal("is an empty archive".to_owned())),
            (_, 0) => Err(Refusal("is an archive without a file of a known format".to_owned())),
            _ => Ok(()),
        }
    }
}

/// A file of a size that the archive tells: one that ends before is damaged.
struct Promised<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Promised<R> {
    fn read(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(chunk)?;
        if read == 0 && self.left > 0 && !chunk.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

/// What a path in an archive is here: with `/`, relative, and never upward.
fn tidy(path: &str) -> String {
    let parts = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != "." && *part != "..");
    parts.map(|part| part.replace(char::is_control, " ")).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
