//! Reading a source in bounded memory: whole, line by line, or through a decoder.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Decoder, Encoding};

use crate::corpus::{Source, size};

use super::decode::{refuse_binary, wide};
use super::{Context, Each, Record, Refusal};

/// How many bytes a decoder is fed at once.
const CHUNK: usize = 16 << 10;

/// What a record's buffer holds before anything is known of the records' size.
const FIRST_LENGTH: usize = 4096;

/// Hands a source that is one article on as one record.
pub(super) fn whole(source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
    let _ = each(Record::new(None, text(source, context)?));
    Ok(())
}

/// The same for what need not be text.
pub(super) fn any(source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
    let _ = each(Record::new(None, bytes(source, context)?));
    Ok(())
}

/// All bytes of a source that is one article in text.
pub(super) fn text(source: &mut Source, context: &Context) -> Result<Vec<u8>, Refusal> {
    refuse_binary(head(source)?)?;
    bytes(source, context)
}

/// All bytes of a source that is one article.
pub(super) fn bytes(source: &mut Source, context: &Context) -> Result<Vec<u8>, Refusal> {
    let limit = context.limits.article_bytes;
    let mut bytes = Vec::with_capacity(source.size.min(limit) + 1);
    source.reader.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
    too_long(&bytes, context)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal("is empty".to_owned()));
    }
    Ok(bytes)
}

/// Hands every line of a source on as a record, numbered on from `number`; blank lines are passed over.
///
/// A line that is too long is cut one byte after the limit, for parsing to refuse it by name.
pub(super) fn lines(source: &mut Source, mut number: usize, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
    let most = context.limits.article_bytes + 1;
    let mut expected = FIRST_LENGTH;
    loop {
        let mut bytes = Vec::with_capacity(expected);
        let ended = line(&mut source.reader, &mut bytes, most).map_err(|error| damaged(&error))?;
        number += 1;
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            expected = bytes.len();
            if each(Record::new(Some(number), bytes)).is_break() {
                return Ok(());
            }
        }
        if ended {
            return Ok(());
        }
    }
}

/// Reads a line without its end into `bytes`, `most` of it, and says whether the source ends with it.
pub(super) fn line(reader: &mut dyn BufRead, bytes: &mut Vec<u8>, most: usize) -> io::Result<bool> {
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok(true);
        }
        let end = memchr::memchr(b'\n', chunk);
        let piece = &chunk[..end.unwrap_or(chunk.len())];
        let room = most.saturating_sub(bytes.len()).min(piece.len());
        bytes.extend_from_slice(&piece[..room]);
        let used = piece.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            return Ok(false);
        }
    }
}

/// Looks at the beginning of a source of records: refuses binary, decodes UTF-16, passes over a byte order mark.
pub(super) fn prepare(source: &mut Source) -> Result<(), Refusal> {
    let head = head(source)?;
    if head.is_empty() {
        return Err(Refusal("is empty".to_owned()));
    }
    refuse_binary(head)?;
    if head.starts_with(b"\xef\xbb\xbf") {
        source.reader.consume(3);
    } else if let Some(encoding) = wide(&head[..head.len().min(CHUNK)]) {
        let inner = std::mem::replace(&mut source.reader, Box::new(io::empty()));
        source.reader = Box::new(BufReader::new(Transcoder::new(inner, encoding)));
    }
    Ok(())
}

/// Refuses an article of more bytes than allowed.
pub(super) fn too_long(bytes: &[u8], context: &Context) -> Result<(), Refusal> {
    let limit = context.limits.article_bytes;
    if bytes.len() <= limit {
        return Ok(());
    }
    Err(Refusal(format!("is longer than {}, the most for one article (article_bytes in the settings)", size(limit))))
}

/// What went wrong while a source was read, for a person.
pub(super) fn damaged(error: &io::Error) -> Refusal {
    Refusal(match error.kind() {
        io::ErrorKind::UnexpectedEof => "is cut off: it ends too early".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => format!("is damaged: {error}"),
        io::ErrorKind::FileTooLarge => format!("is refused as a zip bomb: {error}"),
        _ => format!("cannot be read: {error}"),
    })
}

fn head<'s>(source: &'s mut Source<'_>) -> Result<&'s [u8], Refusal> {
    source.reader.fill_buf().map_err(|error| damaged(&error))
}

/// Turns another encoding into UTF-8 while it is read.
struct Transcoder<'a> {
    inner: Box<dyn BufRead + 'a>,
    decoder: Decoder,
    decoded: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<'a> Transcoder<'a> {
    fn new(inner: Box<dyn BufRead + 'a>, encoding: &'static Encoding) -> Transcoder<'a> {
        let decoder = encoding.new_decoder_with_bom_removal();
        Transcoder { inner, decoder, decoded: Vec::new(), taken: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let chunk = self.inner.fill_buf()?;
        self.ended = chunk.is_empty();
        self.decoded.resize(4 * CHUNK, 0);
        let (_, read, written, _) = self.decoder.decode_to_utf8(chunk, &mut self.decoded, self.ended);
        self.inner.consume(read);
        self.decoded.truncate(written);
        self.taken = 0;
        Ok(())
    }
}

impl Read for Transcoder<'_> {
    fn read(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.decoded.len() && !self.ended {
            self.refill()?;
        }
        let read = (&self.decoded[self.taken..]).read(chunk)?;
        self.taken += read;
        Ok(read)
    }
}
