//! Which value wins, and what is refused.

use std::fs;

use tempfile::TempDir;

use super::*;

fn surroundings(here: &Path, variables: &[(&str, &str)]) -> Surroundings {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Surroundings { here: here.to_owned(), variables, user: Some(here.join("home")) }
}

fn origin(settings: &Settings, name: &str) -> String {
    settings.all().find(|(other, ..)| *other == name).unwrap().2.to_string()
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_the_users_file() {
    let folder = TempDir::new().unwrap();
    let here = folder.path();
    fs::create_dir(here.join("home")).unwrap();
    fs::write(here.join("home/pullquote.toml"), "limit = 1\nsnippets = 5\n").unwrap();
    let load = |variables: &[(&str, &str)], flags: &[(&'static str, String)]| {
        Settings::load(&surroundings(here, variables), flags).unwrap()
    };
    assert_eq!(load(&[], &[]).limit(), 1);
    fs::write(here.join("pullquote.toml"), "limit = 2\n").unwrap();
    assert_eq!(load(&[], &[]).limit(), 2);
    assert_eq!(load(&[("PULLQUOTE_LIMIT", "3")], &[]).limit(), 3);
    let all = load(&[("PULLQUOTE_LIMIT", "3")], &[("limit", "4".to_owned())]);
    assert_eq!((all.limit(), all.snippets()), (4, 5));
    assert_eq!(origin(&all, "limit"), "flag");
    assert!(origin(&all, "snippets").ends_with("home/pullquote.toml"));
    assert_eq!(origin(&all, "zone"), "default");
}

#[test]
fn places_are_beside_the_file_found_upward() {
    let folder = TempDir::new().unwrap();
    let here = folder.path().join("a/b");
    fs::create_dir_all(&here).unwrap();
    let load = || Settings::load(&surroundings(&here, &[]), &[]).unwrap();
    assert_eq!(load().index(), here.join("index"));
    fs::write(folder.path().join("pullquote.toml"), "corpus = \"news\"\n").unwrap();
    assert_eq!(load().index(), folder.path().join("index"));
    assert_eq!(load().corpus(), folder.path().join("news"));
}

#[test]
fn fields_and_lists_are_read() {
    let folder = TempDir::new().unwrap();
    let text = "exclude = [\"old/*\", \"*.bak\"]\n[fields]\nheadline2 = \"title\"\n";
    fs::write(folder.path().join("pullquote.toml"), text).unwrap();
    let settings = Settings::load(&surroundings(folder.path(), &[]), &[]).unwrap();
    assert_eq!(settings.exclude(), ["old/*", "*.bak"]);
    assert_eq!(settings.fields().get("headline2").map(String::as_str), Some("title"));
}

fn refused(text: &str) -> String {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("pullquote.toml"), text).unwrap();
    let error = Settings::load(&surroundings(folder.path(), &[]), &[]).unwrap_err();
    error.to_string()
}

#[test]
fn what_is_wrong_is_said() {
    assert!(refused("limt = 3").contains("did you mean limit?"));
    assert!(refused("limit = \"many\"").contains("it takes a number"));
    assert!(refused("color = \"green\"").contains("one of auto, always, never"));
    assert!(refused("zone = \"Mars/Olympus\"").contains("time zone"));
    assert!(refused("limit = [").contains("cannot read the settings"));
    assert!(!refused("qqqqqq = 1").contains("did you mean"));
}

#[test]
fn a_variable_that_sets_nothing_is_refused() {
    let folder = TempDir::new().unwrap();
    let check = |name: &str| Settings::load(&surroundings(folder.path(), &[(name, "3")]), &[]).map(|it| it.limit());
    assert!(check("PULLQUOTE_LIMT").unwrap_err().to_string().contains("did you mean limit?"));
    assert_eq!(check("PULLQUOTE_LIMIT").unwrap(), 3);
    assert_eq!(check("OTHER_LIMT").unwrap(), 10);
}

#[test]
fn sizes_have_units() {
    assert_eq!(keys::number("64MB"), Some(64 << 20));
    assert_eq!(keys::number("3 k"), Some(3072));
    assert_eq!(keys::number("-1"), None);
    assert_eq!(keys::number("99999999999999999999"), None);
}

#[test]
fn keys_stand_in_order() {
    assert!(KEYS.is_sorted_by_key(|key| key.name));
}
