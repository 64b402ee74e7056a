//! Mailboxes: message after message, each behind a line that begins with `From `.

use crate::article::Article;
use crate::corpus::Source;
use crate::format::{Context, Each, Format, Record, Refusal, read};

use super::{Mail, hand_on, is_message};

/// What parts messages.
const MARK: &[u8] = b"From ";

/// Mailboxes.
#[derive(Debug)]
pub(in crate::format) struct Mbox;

impl Format for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mbox"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        let rest = head.split(|byte| *byte == b'\n').next().map_or(&[][..], |line| &head[line.len()..]);
        head.starts_with(MARK) && is_message(rest.trim_ascii_start())
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        let most = context.limits.article_bytes + 1;
        let mut message: Option<Vec<u8>> = None;
        let (mut number, mut after_blank) = (0, true);
        let stopped = std::cell::Cell::new(false);
        let mut each = |record: Record| {
            let flow = each(record);
            stopped.set(flow.is_break());
            flow
        };
        loop {
            let mut line = Vec::new();
            let ended = read::line(&mut source.reader, &mut line, most).map_err(|error| read::damaged(&error))?;
            let begins = after_blank && line.starts_with(MARK);
            if (begins || ended)
                && let Some(mut bytes) = message.take()
            {
                number += 1;
                if ended {
                    add(&mut bytes, &line, most);
                }
                hand_on(Record::new(Some(number), bytes), context, &mut each)?;
            }
            if message.is_none() && !begins && number == 0 && !line.trim_ascii().is_empty() {
                return Err(Refusal("is no mailbox: it must begin with a line `From …`".to_owned()));
            }
            if ended || stopped.get() {
                break;
            }
            after_blank = line.trim_ascii().is_empty();
            match &mut message {
                _ if begins => message = Some(Vec::new()),
                Some(message) => add(message, &line, most),
                None => (),
            }
        }
        if number == 0 { Err(Refusal("is empty".to_owned())) } else { Ok(()) }
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        Mail.parse(path, record, context)
    }
}

/// Adds a line, one `>` less where it was quoted, up to `most` bytes in all.
fn add(message: &mut Vec<u8>, line: &[u8], most: usize) {
    let quoted = line.iter().take_while(|byte| **byte == b'>').count();
    let line = if quoted > 0 && line[quoted..].starts_with(MARK) { &line[1..] } else { line };
    if message.len() <= most {
        message.extend_from_slice(line);
        message.push(b'\n');
    }
}
