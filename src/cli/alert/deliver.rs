//! Hands over what is new: to a feed, to a command, or printed.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::Timestamp;

use crate::alerts::Alert;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::fresh::Fresh;
use crate::output;
use crate::search::{Request, Results};

const AGAIN: &str = "nothing is marked as seen: it comes again with the next run";

/// Hands over `results` in every way that the alert names. Fails where one of them fails.
pub(super) fn deliver(desk: &mut Desk<'_>, alert: &Alert, request: &Request, results: &Results) -> Result<(), Failure> {
    let delivery = &alert.delivery;
    if delivery.atom.is_none() && delivery.exec.is_empty() {
        print(desk, alert, request, results)?;
        return Ok(desk.out.flush()?);
    }
    // First, because a feed holds an entry once, however often it comes.
    if let Some(feed) = &delivery.atom {
        into_feed(feed, &alert.name, results)?;
    }
    if !delivery.exec.is_empty() {
        let mut text = Vec::new();
        written(desk, alert, request, results, &mut text)?;
        hand_over(&alert.name, &delivery.exec, &text)?;
    }
    Ok(())
}

/// Writes `results` to where results go.
pub(super) fn print(desk: &mut Desk<'_>, alert: &Alert, request: &Request, results: &Results) -> Result<(), Failure> {
    let mut text = Vec::new();
    written(desk, alert, request, results, &mut text)?;
    Ok(desk.out.write_all(&text)?)
}

fn written(
    desk: &Desk<'_>,
    alert: &Alert,
    request: &Request,
    results: &Results,
    text: &mut Vec<u8>,
) -> Result<(), Failure> {
    let name = alert.delivery.format.as_deref().unwrap_or_else(|| desk.settings.format());
    let output = output::named(name).ok_or_else(|| {
        Failure::new(format!("there is no format {name} here"), "it takes text, json, jsonl, csv or md")
    })?;
    let (_, zone) = desk.today();
    let root = desk.settings.corpus();
    let mut view = desk.view(&root, request, &zone);
    if !alert.delivery.exec.is_empty() {
        (view.colour, view.links) = (false, false);
    }
    Ok(output.results(results, &view, text)?)
}

/// Puts `results` on top of a feed.
fn into_feed(path: &Path, name: &str, results: &Results) -> Result<(), Failure> {
    let old = match fs::read_to_string(path) {
        Ok(old) => old,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Failure::new(format!("cannot read the feed {}: {error}", path.display()), AGAIN)),
    };
    if !output::is_our_atom(&old) {
        let what = format!("cannot write {}: it is there and no feed of ours", path.display());
        return Err(Failure::new(what, "name another file with --atom"));
    }
    let mut fresh = Fresh::new(path)?;
    let written = output::atom(name, &results.hits, &old, Timestamp::now(), &mut fresh);
    written.map_err(|error| fresh.refused(&error))?;
    fresh.keep()
}

/// Gives `text` to a command on its standard input and waits for it to end well.
fn hand_over(name: &str, words: &[String], text: &[u8]) -> Result<(), Failure> {
    let words: Vec<String> = words.iter().map(|word| word.replace("{name}", name)).collect();
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    let failed = |what: String| Failure::new(format!("the command {program} {what}"), AGAIN);
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| failed(format!("cannot be started: {error}")))?;
    let given = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(text));
    let status = child.wait().map_err(|error| failed(format!("cannot be waited for: {error}")))?;
    if !status.success() {
        return Err(failed(format!("failed ({status})")));
    }
    match given {
        // One that ends well without reading everything has had enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(failed(format!("does not take what is new: {error}")))
        }
        _ => Ok(()),
    }
}

/// The words of a command line: split at spaces outside of quotation marks. Nothing else has a meaning.
pub(super) fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut within) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (c, within) {
            (c, Some(mark)) if c == mark => within = None,
            ('\'' | '"', None) => {
                within = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_split_at_spaces() {
        assert_eq!(
            words(r#"mail -s "new for {name}"  me '' C:\bin\x"#),
            ["mail", "-s", "new for {name}", "me", "", r"C:\bin\x"]
        );
        assert!(words("  ").is_empty());
        // No shell: nothing is expanded, chained or redirected.
        assert_eq!(words("cat > x; $HOME"), ["cat", ">", "x;", "$HOME"]);
    }
}
