//! Every dependency is under a licence that `deny.toml` lists: what `cargo deny check licenses` does, without installing it.

use std::fs;
use std::process::Command;

use serde_json::Value;

#[test]
fn every_dependency_has_a_listed_licence() {
    let allowed = allowed();
    let refused: Vec<String> = packages()
        .iter()
        .filter(|(_, licence)| !may_use(licence, &allowed))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn one_of_two_is_enough_and_both_of_two_are_needed() {
    let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for licence in
        ["MIT OR GPL-3.0", "MIT/GPL-3.0", "(MIT OR GPL-3.0) AND Apache-2.0", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(may_use(licence, &allowed), "{licence}");
    }
    for licence in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "", "GPL-3.0 WITH LLVM-exception"]
    {
        assert!(!may_use(licence, &allowed), "{licence}");
    }
}

/// Whether an SPDX expression can be met with the licences in `allowed`. `AND` binds tighter than `OR`.
fn may_use(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace(" / ", " OR ").replace('/', " OR ");
    split(&expression, " OR ").iter().any(|choice| {
        split(choice, " AND ").iter().all(|part| match part.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inner) => may_use(inner, allowed),
            None => allowed.iter().any(|licence| licence == part),
        })
    })
}

/// Splits at `operator` outside of brackets.
fn split<'a>(expression: &'a str, operator: &str) -> Vec<&'a str> {
    let depth = |at: usize| expression[..at].matches('(').count() - expression[..at].matches(')').count();
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in expression.match_indices(operator).filter(|(at, _)| depth(*at) == 0) {
        parts.push(expression[start..at].trim());
        start = at + operator.len();
    }
    parts.push(expression[start..].trim());
    parts
}

/// The licences that `deny.toml` allows.
fn allowed() -> Vec<String> {
    let text = fs::read_to_string("deny.toml").unwrap();
    let file: toml::Table = text.parse().unwrap();
    let list = file["licenses"]["allow"].as_array().unwrap();
    list.iter().map(|licence| licence.as_str().unwrap().to_owned()).collect()
}

/// Every package of the tree that is built here, with its licence.
fn packages() -> Vec<(String, String)> {
    let version = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host];
    let output = Command::new(env!("CARGO")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    tree["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| (text(&package["name"]), text(&package["license"])))
        .collect()
}
