//! Files that a program of the user's turns into text or HTML: `converters` in the settings.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;

use crate::article::Article;
use crate::corpus::Source;

use super::{Context, Each, Format, Record, Refusal, blank, decode, html, read, text};

/// Files that are converted.
#[derive(Debug)]
pub(super) struct Converted;

/// The program for files like `path`, where one is set.
pub(super) fn converter<'c>(path: &str, context: &'c Context) -> Option<&'c str> {
    if context.converters.is_empty() {
        return None;
    }
    let ending = path.rsplit('/').next()?.rsplit_once('.')?.1.to_lowercase();
    context.converters.get(&ending).map(String::as_str)
}

impl Format for Converted {
    fn name(&self) -> &'static str {
        "converted"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        read::any(source, context, each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        read::too_long(&record.bytes, context)?;
        let place = record.member.as_deref().unwrap_or(path);
        let Some(command) = converter(place, context) else { return Err(Refusal("no format reads it".to_owned())) };
        let output = run(command, record.bytes.clone(), context)?;
        let decoded = decode::decode(&output, None);
        let mut article = blank(path, record);
        article.replaced = decoded.replaced;
        if html::Html.recognizes(&output) {
            html::page(&mut article, &decoded.text)?;
        } else {
            text::fill(&mut article, &text::tidy(&decode::clean(&decoded.text)?), context);
        }
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal(format!("comes out empty of `{command}`")));
        }
        Ok(article)
    }
}

/// What `command` makes of `bytes`: split at blanks, run without a shell, killed when its time is up.
fn run(command: &str, bytes: Vec<u8>, context: &Context) -> Result<Vec<u8>, Refusal> {
    let mut words = command.split_whitespace();
    let Some(program) = words.next() else { return Err(Refusal("has an empty converter in the settings".to_owned())) };
    let mut process = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| Refusal(format!("cannot be converted: `{program}` does not start: {error}")))?;
    let (input, output) = (process.stdin.take(), process.stdout.take());
    thread::spawn(move || {
        // A program that has seen enough may close its input.
        input.map(|mut input| input.write_all(&bytes))
    });
    let (tell, told) = bounded(1);
    let most = context.limits.article_bytes as u64 + 1;
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = output.map_or(Ok(0), |output| output.take(most).read_to_end(&mut bytes));
        drop(tell.send(read.map(|_| bytes)));
    });
    let seconds = context.limits.seconds;
    let outcome = told.recv_timeout(Duration::from_secs(seconds));
    if !matches!(outcome, Ok(Ok(_))) {
        drop(process.kill());
    }
    let bytes = if let Ok(read) = outcome {
        read.map_err(|error| read::damaged(&error))?
    } else {
        drop(process.wait());
        return Err(Refusal(format!("took `{program}` more than {seconds} seconds (parse_seconds in the settings)")));
    };
    if bytes.len() as u64 == most {
        drop(process.kill());
    }
    let status = process.wait().map_err(|error| read::damaged(&error))?;
    read::too_long(&bytes, context)?;
    if !status.success() {
        return Err(Refusal(format!("cannot be converted: `{command}` failed ({status})")));
    }
    Ok(bytes)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn check(command: &str, path: &str, seconds: u64) -> Result<String, String> {
        let mut context = Context::default();
        context.converters.insert("doc".to_owned(), command.to_owned());
        context.limits.seconds = seconds;
        let record = Record { by: Some(&Converted), ..Record::new(None, b"Words of it.\n".to_vec()) };
        crate::format::parse(path, &record, &context).map(|article| article.body).map_err(|refusal| refusal.0)
    }

    #[test]
    fn a_program_turns_a_file_into_text() {
        assert_eq!(check("cat -", "a/b.DOC", 60).unwrap(), "Words of it.");
        assert_eq!(check("sed s/Words/Lines/", "b.doc", 60).unwrap(), "Lines of it.");
    }

    #[test]
    fn there_is_no_shell() {
        assert!(check("cat ; echo harm", "b.doc", 60).unwrap_err().contains("failed"));
    }

    #[test]
    fn what_fails_or_hangs_is_refused() {
        assert!(check("no-such-program -", "b.doc", 60).unwrap_err().contains("does not start"));
        assert!(check("false", "b.doc", 60).unwrap_err().contains("failed"));
        assert!(check("sleep 600", "b.doc", 0).unwrap_err().contains("more than 0 seconds"));
        assert!(check("true", "b.doc", 60).unwrap_err().contains("comes out empty"));
        assert!(check("cat", "b.xls", 60).unwrap_err().contains("no format reads it"));
    }
}
