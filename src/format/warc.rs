//! Web archives (WARC, ISO 28500): every page that was fetched well is an article.

use std::io::{BufRead, Read};

use crate::article::Article;
use crate::corpus::Source;

use super::{About, Context, Each, Format, Record, Refusal, html, read};

/// The longest line of a header.
const LONGEST_LINE: usize = 64 << 10;

/// Web archives.
#[derive(Debug)]
pub(super) struct Warc;

impl Format for Warc {
    fn name(&self) -> &'static str {
        "WARC"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["warc"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        head.starts_with(b"WARC/")
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        let mut number = 0;
        while let Some(header) = header(&mut source.reader)? {
            number += 1;
            if !header.first.starts_with("WARC/") {
                return Err(Refusal(format!("is damaged: record {number} does not begin with WARC/")));
            }
            let length = header.get("content-length").and_then(|length| length.parse::<u64>().ok());
            let Some(length) = length else {
                return Err(Refusal(format!("is damaged: record {number} has no length")));
            };
            let mut content = source.reader.by_ref().take(length);
            let is_page = header.get("warc-type") == Some("response")
                || (header.get("warc-type") == Some("resource") && header.get("content-type").is_some_and(is_html));
            let mut got = 0;
            let mut flow = std::ops::ControlFlow::Continue(());
            if is_page && length <= context.limits.article_bytes as u64 {
                let mut bytes = Vec::new();
                content.read_to_end(&mut bytes).map_err(|error| read::damaged(&error))?;
                got += bytes.len() as u64;
                let url = header.get("warc-target-uri").unwrap_or_default();
                let url = url.trim_matches(['<', '>']).to_owned();
                let about = Box::new(About { url, ..About::default() });
                let is_response = header.get("warc-type") == Some("response");
                let page = if is_response { response(&bytes) } else { Some(bytes) };
                if let Some(page) = page {
                    flow = each(Record { about: Some(about), ..Record::new(Some(number), page) });
                }
            } else {
                got += std::io::copy(&mut content, &mut std::io::sink()).map_err(|error| read::damaged(&error))?;
            }
            if flow.is_break() {
                return Ok(());
            }
            if got < length {
                return Err(Refusal(format!("is cut off in record {number}")));
            }
        }
        if number == 0 { Err(Refusal("is empty".to_owned())) } else { Ok(()) }
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        html::Html.parse(path, record, context)
    }
}

/// A block of header lines.
struct Header {
    first: String,
    fields: Vec<(String, String)>,
}

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn add(&mut self, line: &str) {
        if let Some((name, value)) = line.split_once(':') {
            self.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

/// The next block of header lines; `None` at the end.
fn header(reader: &mut dyn BufRead) -> Result<Option<Header>, Refusal> {
    let mut header: Option<Header> = None;
    loop {
        let mut line = Vec::new();
        let ended = read::line(reader, &mut line, LONGEST_LINE).map_err(|error| read::damaged(&error))?;
        let line = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
        match &mut header {
            None if line.is_empty() && ended => return Ok(None),
            None if line.is_empty() => (),
            None => header = Some(Header { first: line, fields: Vec::new() }),
            Some(_) if line.is_empty() => return Ok(header),
            Some(header) => header.add(&line),
        }
        if ended {
            return Ok(header);
        }
    }
}

fn is_html(kind: &str) -> bool {
    kind.to_ascii_lowercase().contains("html")
}

/// The page in an HTTP response that brought one.
fn response(bytes: &[u8]) -> Option<Vec<u8>> {
    let end = memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| at + 4);
    let end = end.or_else(|| memchr::memmem::find(bytes, b"\n\n").map(|at| at + 2))?;
    let header = header(&mut &bytes[..end]).ok()??;
    let status = header.first.split(' ').nth(1)?;
    if !status.starts_with('2') || !header.get("content-type").is_some_and(is_html) {
        return None;
    }
    let mut body = bytes[end..].to_vec();
    if header.get("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        body = unchunked(&body).unwrap_or(body);
    }
    if header.get("content-encoding").is_some_and(|coding| coding.contains("gzip")) && body.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        // A page that is cut off is read as far as it goes.
        let _ = flate2::read::MultiGzDecoder::new(&body[..]).take(64 << 20).read_to_end(&mut unpacked);
        body = unpacked;
    }
    Some(body)
}

/// A body that was sent in chunks; `None` where it is not such a one.
fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', bytes)?;
        let size = std::str::from_utf8(&bytes[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        let chunk = bytes.get(end + 1..)?;
        body.extend_from_slice(&chunk[..size.min(chunk.len())]);
        bytes = chunk.get(size..)?.trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use crate::format::check::{read, titles};

    fn record(kind: &str, url: &str, content: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
            content.len()
        )
    }

    fn page(status: &str, title: &str) -> String {
        let html = format!("<html><head><title>{title}</title></head><body><p>Some words of it.</p></body></html>");
        format!("HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}")
    }

    #[test]
    fn a_page_that_was_fetched_is_an_article() {
        let text = [
            record("warcinfo", "", "software: x"),
            record("request", "https://example.com/1", "GET / HTTP/1.1\r\n\r\n"),
            record("response", "https://example.com/1", &page("200 OK", "One")),
            record("response", "https://example.com/gone", &page("404 Not Found", "Gone")),
            record("response", "https://example.com/a.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
            record("response", "https://example.com/2", &page("200 OK", "Two")),
        ]
        .concat();
        assert_eq!(titles("a.warc", text.as_bytes()), ["#3 One", "#6 Two"]);
        let found = read("a.txt", text.as_bytes(), 0);
        assert_eq!(found[0].as_ref().unwrap().url.as_deref(), Some("https://example.com/1"));
    }

    #[test]
    fn chunks_are_put_together() {
        let content = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n\
            10\r\n<html><title>One\r\n1f\r\n two</title><p>Words of it.</p>\r\n0\r\n\r\n";
        let found = titles("a.warc", record("response", "https://example.com/1", content).as_bytes());
        assert_eq!(found, ["#1 One two"]);
    }

    #[test]
    fn what_is_cut_off_or_no_archive_is_named() {
        let text = record("response", "https://example.com/1", &page("200 OK", "One"));
        assert_eq!(titles("a.warc", &text.as_bytes()[..text.len() - 30]), ["#1 One", "is cut off in record 1"]);
        assert_eq!(titles("a.warc", b"words\n\n"), ["is damaged: record 1 does not begin with WARC/"]);
        assert_eq!(titles("a.warc", b""), ["is empty"]);
    }
}
