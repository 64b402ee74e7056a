//! Tar archives, compressed or not, read from front to back.

use std::io;

use crate::article::Article;
use crate::corpus::Source;
use crate::format::{Context, Each, Format, Record, Refusal, read};

use super::{Members, tidy};

/// Where the mark of a tar file stands.
const MARK: std::ops::Range<usize> = 257..262;

/// Tar archives.
#[derive(Debug)]
pub(in crate::format) struct Tar;

impl Format for Tar {
    fn name(&self) -> &'static str {
        "tar"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tar", "tgz", "tzst", "txz", "tbz2", "tbz"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        head.get(MARK) == Some(b"ustar")
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        let mut members = Members::new(context, each);
        let mut archive = tar::Archive::new(&mut source.reader);
        for entry in archive.entries().map_err(|error| read::damaged(&error))? {
            let entry = entry.map_err(|error| headers(&error))?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let path = tidy(&String::from_utf8_lossy(&entry.path_bytes()));
            let size = entry.size();
            if members.wants(&path)? && members.read(&path, size, entry).is_break() {
                return Ok(());
            }
        }
        members.finish()
    }

    fn parse(&self, _path: &str, _record: &Record, _context: &Context) -> Result<Article, Refusal> {
        Err(Refusal("is an archive, no article".to_owned()))
    }
}

/// What is wrong with a header. The library tells with the bytes of it, which say nothing to anybody.
fn headers(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::Other => Refusal("is damaged, or no tar archive: a header in it cannot be read".to_owned()),
        _ => read::damaged(error),
    }
}
