//! Many questions from a file, answered one after the other. A bad line never ends the rest.

use std::fs;
use std::path::Path;

use super::desk::Desk;
use super::search::Asked;
use super::{Exit, Failure};
use crate::output;
use crate::query;
use crate::search::{Request, Target};

/// Answers every line of `file`: id, tab, query.
pub(super) fn run(desk: &mut Desk<'_>, file: &Path, syntax: bool, asked: &Asked) -> Result<Exit, Failure> {
    let text = fs::read(file).map_err(|error| {
        let what = format!("cannot read the queries in {}: {error}", file.display());
        Failure::new(what, "it takes one query a line: an id, a tab, the words")
    })?;
    let text = String::from_utf8_lossy(&text);
    let (today, zone) = desk.today();
    let index = desk.open()?;
    let trec = asked.format.as_deref() == Some("trec");
    let (mut found, mut failed) = (false, 0);
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let Some((id, typed)) = line.split_once('\t') else {
            writeln!(desk.err, "{}, line {number}: no tab between id and query", file.display())?;
            failed += 1;
            continue;
        };
        let query = if syntax { query::parse(typed, today) } else { query::plain(typed) };
        let request = asked.request(desk, query, Target::Articles);
        let request = if trec { Request { snippets: 0, count: false, ..request } } else { request };
        match index.search(&request) {
            Ok(results) => {
                found |= !results.hits.is_empty();
                if trec {
                    output::trec(id, &results, request.offset, desk.out)?;
                } else {
                    let root = desk.settings.corpus();
                    let view = desk.view(&root, &request, &zone);
                    asked.output(desk)?.results(&results, &view, desk.out)?;
                }
            }
            Err(error) => {
                writeln!(desk.err, "{}, line {number}: {error}", file.display())?;
                failed += 1;
            }
        }
    }
    match (failed, found) {
        (0, true) => Ok(Exit::Found),
        (0, false) => Ok(Exit::Nothing),
        _ => Ok(Exit::Failed),
    }
}
