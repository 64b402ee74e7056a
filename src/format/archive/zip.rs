//! Zip archives, read by their directory.

use zip::ZipArchive;
use zip::result::ZipError;

use crate::article::Article;
use crate::corpus::{Seekable, Source};
use crate::format::{Context, Each, Format, Record, Refusal, read};

use super::{Members, tidy};

/// Unpacked bytes below which no ratio is suspicious.
const UNSUSPICIOUS: u64 = 64 << 20;

/// Zip archives.
#[derive(Debug)]
pub(in crate::format) struct Zip;

impl Format for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["zip", "maff"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        head.starts_with(b"PK\x03\x04")
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        let mut archive = open(source, context)?;
        let mut members = Members::new(context, each);
        for at in 0..archive.len() {
            let (raw, encrypted) = match archive.by_index_raw(at) {
                Ok(file) if !file.is_file() => continue,
                Ok(file) => (tidy(&String::from_utf8_lossy(file.name_raw())), file.encrypted()),
                Err(error) => return Err(damaged(&error)),
            };
            if !members.wants(&raw)? {
                continue;
            }
            if encrypted {
                let refusal = Refusal("is encrypted: unpack it with its password".to_owned());
                if members.refuse(&raw, refusal).is_break() {
                    return Ok(());
                }
                continue;
            }
            let flow = match archive.by_index(at) {
                Err(error) => members.refuse(&raw, damaged(&error)),
                Ok(file) if is_bomb(file.size(), file.compressed_size(), context) => {
                    members.refuse(&raw, bomb(context))
                }
                Ok(file) => members.read(&raw, file.size(), file),
            };
            if flow.is_break() {
                return Ok(());
            }
        }
        members.finish()
    }

    fn parse(&self, _path: &str, _record: &Record, _context: &Context) -> Result<Article, Refusal> {
        Err(Refusal("is an archive, no article".to_owned()))
    }
}

/// The directory of a zip file.
pub(in crate::format) fn open(
    source: &mut Source,
    context: &Context,
) -> Result<ZipArchive<Box<dyn Seekable>>, Refusal> {
    let seekable = source.seekable(context.limits.nested_bytes).map_err(|error| read::damaged(&error))?;
    ZipArchive::new(seekable).map_err(|error| damaged(&error))
}

/// Whether a file claims to hold far more than any text does in so many bytes.
pub(in crate::format) fn is_bomb(unpacked: u64, packed: u64, context: &Context) -> bool {
    unpacked > UNSUSPICIOUS && unpacked / context.limits.ratio.max(1) > packed
}

fn bomb(context: &Context) -> Refusal {
    Refusal(format!("is refused as a zip bomb: it unpacks to more than {} times its size", context.limits.ratio))
}

pub(in crate::format) fn damaged(error: &ZipError) -> Refusal {
    match error {
        ZipError::Io(error) => read::damaged(error),
        ZipError::UnsupportedArchive(reason) => Refusal(format!("cannot be unpacked: {reason}")),
        ZipError::InvalidArchive(reason) if reason.contains("EOCD") => {
            Refusal("is damaged or cut off: it has no directory at its end".to_owned())
        }
        other => Refusal(format!("is damaged: {other}")),
    }
}
