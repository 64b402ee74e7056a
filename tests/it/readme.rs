//! The documents are true: every example in the README is run here and prints what stands there, and every key of the
//! JSON is explained.

use std::collections::{BTreeSet, HashSet};
use std::fs;

use crate::folder::{Folder, json};

/// A command of the README and what stands below it.
#[derive(Debug)]
struct Example {
    line: String,
    output: Vec<String>,
}

#[test]
fn every_example_prints_what_the_readme_shows() {
    let folder = Folder::with_samples();
    let mut wrong = String::new();
    for Example { line, output } in examples(&fs::read_to_string("README.md").unwrap()) {
        let ran = folder.run(&line);
        assert_eq!(ran.code, Some(0), "{line}: {ran:?}");
        if !agree(&output, &ran.out) {
            wrong.extend(["\n$ ", &line, "\n", &ran.out]);
        }
    }
    assert!(wrong.is_empty(), "these print something else:\n{wrong}");
}

#[test]
fn an_example_is_a_command_and_the_lines_below_it() {
    let found =
        examples("```console\n$ pullquote a b\nout\n$ cargo run --release -- c\n```\n```sh\n$ pullquote no\n```\n");
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].line.as_str(), found[0].output.as_slice()), ("a b", &["out".to_owned()][..]));
    assert_eq!((found[1].line.as_str(), found[1].output.len()), ("c", 0));
}

#[test]
fn an_ellipsis_stands_for_the_rest() {
    let expected = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    assert!(agree(&expected(&["a", "..."]), "a\nb\nc\n"));
    assert!(agree(&expected(&["a", "b"]), "a  \nb\n"));
    assert!(!agree(&expected(&["a"]), "a\nb\n"));
    assert!(!agree(&expected(&["b", "..."]), "a\nb\n"));
    assert!(agree(&[], "anything"));
}

/// The commands in blocks marked `console` that run this program.
fn examples(readme: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut within = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            within = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| within) {
            let ours = command.strip_prefix("pullquote ").or_else(|| command.strip_prefix("cargo run --release -- "));
            examples.extend(ours.map(|line| Example { line: line.to_owned(), output: Vec::new() }));
        } else if let Some(example) = examples.last_mut().filter(|_| within) {
            example.output.push(line.to_owned());
        }
    }
    examples
}

/// Whether `printed` is what was expected. A line `...` stands for all that follows; no line at all for anything.
fn agree(expected: &[String], printed: &str) -> bool {
    let mut printed = printed.trim_end().lines().map(str::trim_end);
    for line in expected {
        if line == "..." {
            return true;
        }
        if printed.next() != Some(line.trim_end()) {
            return false;
        }
    }
    expected.is_empty() || printed.next().is_none()
}

#[test]
fn every_key_that_is_written_is_documented() {
    let folder = Folder::with_samples();
    let document = fs::read_to_string("docs/json.md").unwrap();
    let documented: HashSet<&str> = document.split('`').skip(1).step_by(2).flat_map(|code| code.split(", ")).collect();
    let in_example = |key: &str| document.contains(&format!("\"{key}\":"));
    for line in [
        "search --format json --explain capex guidance",
        "quotes --format json --explain discipline",
        "quotes --format json --group speaker --facets ticker,month discipline",
        "timeline --format json --ticker NWRB capex",
        "tickers --format json",
        "speakers --format json",
        "inspect --format jsonl --body corpus/wire/2025.jsonl corpus/news/northwind-capex.txt",
        "status --format json",
        "alert add capex capex",
        "alert list --format json",
        "export --format jsonl capex",
        "export --format jsonl --quotes capex",
    ] {
        for written in folder.expect(line).out.lines() {
            let mut keys = BTreeSet::new();
            collect(&json(written), &mut keys);
            let missing: Vec<_> =
                keys.iter().filter(|key| !documented.contains(key.as_str()) && !in_example(key)).collect();
            assert!(missing.is_empty(), "{line}: docs/json.md does not say what {missing:?} means");
        }
    }
}

/// Every key of every object in `value`.
fn collect(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
    if let Some(object) = value.as_object() {
        keys.extend(object.keys().cloned());
    }
    let inner = value.as_object().into_iter().flat_map(|object| object.values());
    for inner in inner.chain(value.as_array().into_iter().flatten()) {
        collect(inner, keys);
    }
}
