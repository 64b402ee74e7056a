//! Mail: a message (`.eml`), many in a file (`.mbox`), and pages that browsers save as messages (`.mhtml`).

mod boxed;
mod page;

use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

use crate::article::{Article, DateSource};
use crate::corpus::Source;

use super::{Context, Each, Format, Record, Refusal, blank, dates, decode, html, of, published, read, split_at, text};

pub(super) use boxed::Mbox;
pub(super) use page::Mhtml;

/// A text part with this share of the text in the HTML part says as much.
const AS_MUCH: f64 = 0.6;

/// Messages.
#[derive(Debug)]
pub(super) struct Mail;

impl Format for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["eml"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        is_message(head) && !page::is_page(head)
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        hand_on(Record::new(None, read::bytes(source, context)?), context, each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        read::too_long(&record.bytes, context)?;
        let message = parse(&record.bytes)?;
        let mut article = blank(path, record);
        article.title = line(message.subject().unwrap_or_default());
        article.record_id = message.message_id().map(str::to_owned);
        let date = message.date().and_then(|date| dates::read_date(&date.to_rfc3339()));
        article.published = date.map(|reading| published(reading, DateSource::Record));
        let from = message.from().and_then(Address::first);
        let name = from.and_then(|from| from.name().or(from.address())).map(line).filter(|name| !name.is_empty());
        // What goes to many comes from a publisher, what goes to one from a person.
        let is_list = ["List-Unsubscribe", "List-Id", "List-Post"].iter().any(|name| message.header(*name).is_some());
        if is_list {
            article.source = name;
        } else {
            article.authors = name.into_iter().collect();
        }
        article.body = body(&message)?;
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal("has neither a text nor a subject".to_owned()));
        }
        Ok(article)
    }
}

/// Whether a file begins with the headers of a message.
fn is_message(head: &[u8]) -> bool {
    let head = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).take_while(|line| !line.is_empty());
    let mut telling = false;
    for (at, line) in head.enumerate() {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_header = name.len() < line.len() && name.iter().all(u8::is_ascii_graphic);
        if !is_header && (at == 0 || !line.starts_with(b" ") && !line.starts_with(b"\t")) {
            return false;
        }
        let known: [&[u8]; 4] = [b"mime-version", b"message-id", b"received", b"return-path"];
        telling |= known.iter().any(|known| name.eq_ignore_ascii_case(known));
    }
    telling
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, Refusal> {
    let message = MessageParser::default().parse(bytes);
    message.ok_or_else(|| Refusal("is no message: it has no headers".to_owned()))
}

/// Hands a message on, and after it the files attached to it.
fn hand_on(record: Record, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
    let number = record.number;
    let marks: [&[u8]; 3] = [b"ttachment", b"message/rfc822", b"multipart/digest"];
    let has_files = marks.iter().any(|mark| memchr::memmem::find(&record.bytes, mark).is_some());
    let bytes = if has_files { record.bytes.clone() } else { Vec::new() };
    if each(record).is_break() || !has_files {
        return Ok(());
    }
    let Some(message) = MessageParser::default().parse(&bytes) else { return Ok(()) };
    for (at, part) in message.attachments().enumerate() {
        let contents = match &part.body {
            PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes,
            // A message in a message is read as it stands there.
            PartType::Message(_) => {
                let place = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
                bytes.get(place).unwrap_or_default()
            }
            PartType::Multipart(_) => continue,
        };
        let ending = if matches!(part.body, PartType::Message(_)) { ".eml" } else { "" };
        let name = part.attachment_name().filter(|_| ending.is_empty()).map(line);
        let name = name.unwrap_or_else(|| format!("attachment-{}{ending}", at + 1)).replace('/', " ");
        if of(&name).is_none() {
            continue;
        }
        let member = number.map_or_else(|| name.clone(), |number| format!("{number}/{name}"));
        let mut inside = |record: Record| each(record.within(&member));
        let mut source = Source::of(&name, contents.to_vec()).map_err(|error| read::damaged(&error))?;
        if let Err(refusal) = split_at(&mut source, context, context.depth + 1, &mut inside) {
            let refused = Record { member: Some(member), refused: Some(refusal), ..Record::default() };
            if each(refused).is_break() {
                break;
            }
        }
    }
    Ok(())
}

/// The text of a message: its plain part where that says as much as the other.
fn body(message: &Message<'_>) -> Result<String, Refusal> {
    let mut plain = String::new();
    let mut marked = String::new();
    for part in message.text_bodies() {
        if let PartType::Text(text) = &part.body {
            plain.push_str(text);
            plain.push_str("\n\n");
        }
    }
    for part in message.html_bodies() {
        if let PartType::Html(text) = &part.body {
            marked.push_str(&html::fragment(text)?);
            marked.push_str("\n\n");
        }
    }
    let plain = text::tidy(&decode::clean(&plain)?);
    let says_as_much = plain.len() as f64 >= marked.len() as f64 * AS_MUCH;
    Ok(if says_as_much && !plain.is_empty() { plain } else { marked.trim().to_owned() })
}

/// A header's text on one line.
fn line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
