//! Documents that are zip files with XML in them: DOCX, ODT, EPUB.

mod docx;
mod epub;
mod odt;

use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;

use super::archive::{damaged, is_bomb};
use super::xml::Tree;
use super::{Context, Refusal, decode, read};

pub(super) use docx::Docx;
pub(super) use epub::Epub;
pub(super) use odt::Odt;

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Refusal> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))
}

/// The bytes of the file `path` in a document; `None` where there is none.
fn part<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    path: &str,
    context: &Context,
) -> Result<Option<Vec<u8>>, Refusal> {
    let most = context.limits.article_bytes;
    let file = match archive.by_name(path) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(damaged(&error)),
    };
    if is_bomb(file.size(), file.compressed_size(), context) {
        let ratio = context.limits.ratio;
        return Err(Refusal(format!("is refused as a zip bomb: it unpacks to more than {ratio} times its size")));
    }
    let mut bytes = Vec::new();
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|error| read::damaged(&error))?;
    read::too_long(&bytes, context)?;
    Ok(Some(bytes))
}

/// The XML of the file `path` in a document.
fn tree<R: Read + Seek>(archive: &mut ZipArchive<R>, path: &str, context: &Context) -> Result<Option<Tree>, Refusal> {
    let Some(bytes) = part(archive, path, context)? else { return Ok(None) };
    let decoded = decode::decode(&bytes, None);
    Tree::read(&decode::clean(&decoded.text)?).map(Some)
}

#[cfg(test)]
mod tests;
