//! JSON: one article, a list of articles, or one record after another.

mod scan;

use crate::article::Article;
use crate::corpus::Source;

use super::{Context, Each, Format, Record, Refusal, read, record};

use scan::{Element, Scanner};

/// Names under which an object keeps a list of articles.
const LISTS: &[&str] = &[
    "articles",
    "items",
    "results",
    "records",
    "documents",
    "docs",
    "news",
    "stories",
    "data",
    "entries",
    "transcripts",
];

/// JSON of any shape.
#[derive(Debug)]
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "JSON"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        read::prepare(source)?;
        let mut scanner = Scanner::new(&mut *source.reader, context.limits.article_bytes + 1);
        match scanner.peek()? {
            None => return Err(Refusal("is empty".to_owned())),
            Some(b'[') => {
                scanner.skip();
                return list(&mut scanner, each);
            }
            Some(b'{') => (),
            Some(_) => return Err(Refusal("is no JSON record: it must begin with { or [".to_owned())),
        }
        let number = scanner.lines() + 1;
        let Element::Whole(bytes) = scanner.element(LISTS)? else {
            return list(&mut scanner, each);
        };
        let one_a_line = !bytes.trim_ascii_end().contains(&b'\n');
        if scanner.peek()?.is_none() {
            let _ = each(Record::new(None, bytes));
            return Ok(());
        }
        if !one_a_line {
            return one_after_another(&mut scanner, bytes, each);
        }
        let passed = scanner.lines();
        if each(Record::new(Some(number), bytes)).is_break() {
            return Ok(());
        }
        read::lines(source, passed, context, each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        record::parse(path, record, context)
    }
}

/// The elements of a list whose bracket was read.
fn list(scanner: &mut Scanner, each: Each<'_>) -> Result<(), Refusal> {
    let mut number = 0;
    loop {
        match scanner.peek()? {
            None => return Err(Refusal("ends before its list is closed".to_owned())),
            Some(b']') => return Ok(()),
            Some(b',') => scanner.skip(),
            Some(_) => {
                let bytes = scanner.whole()?;
                number += 1;
                if each(Record::new(Some(number), bytes)).is_break() {
                    return Ok(());
                }
            }
        }
    }
}

/// Records of many lines each, the first of which was read.
fn one_after_another(scanner: &mut Scanner, first: Vec<u8>, each: Each<'_>) -> Result<(), Refusal> {
    let mut bytes = first;
    let mut number = 1;
    loop {
        if each(Record::new(Some(number), bytes)).is_break() {
            return Ok(());
        }
        while scanner.peek()? == Some(b',') {
            scanner.skip();
        }
        if scanner.peek()?.is_none() {
            return Ok(());
        }
        number += 1;
        bytes = scanner.whole()?;
    }
}

#[cfg(test)]
mod tests;
