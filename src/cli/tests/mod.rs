//! The commands as they are typed, over a small folder, with all that they write caught.

mod counts;
mod help;
mod similar;

use std::collections::BTreeMap;
use std::fs;

use tempfile::TempDir;

use super::*;

/// What a command did.
#[derive(Debug)]
struct Ran {
    exit: Exit,
    out: String,
    err: String,
}

/// A folder with a corpus of invented companies.
struct Desktop {
    folder: TempDir,
    variables: BTreeMap<String, String>,
    terminal: bool,
}

const PLAN: &str = "Norvik lifts spending\n\n2025-01-30\n\nNorvik Robotics (NASDAQ: NVKR) raised its spending plan.\n\n\
    \"Spending follows orders,\" said Ada Lindqvist, chief executive of Norvik Robotics.\n";
const RECORDS: &str = "{\"id\":\"r1\",\"title\":\"Spending cools\",\"date\":\"2025-02-03\",\"text\":\"Spending fell, and spending will fall again.\"}\n\
    {\"title\":\"cut off\n\
    {\"id\":\"r3\",\"title\":\"Rates\",\"date\":\"2024-12-01\",\"text\":\"A paragraph about rates.\"}\n";

impl Desktop {
    fn new() -> Desktop {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        let desktop = Desktop { folder, variables: BTreeMap::new(), terminal: false };
        desktop.write("corpus/plan.txt", PLAN);
        desktop.write("corpus/wire.jsonl", RECORDS);
        desktop
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).unwrap();
    }

    fn run(&self, typed: &[&str]) -> Ran {
        let arguments = std::iter::once("pullquote").chain(typed.iter().copied()).map(Into::into).collect();
        let arguments = words::last(&mut Typed::command(), arguments);
        let typed = Typed::try_parse_from(arguments).unwrap();
        let here = self.folder.path().to_owned();
        let surroundings = Surroundings { here, variables: self.variables.clone(), user: None };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = dispatch(&typed, &surroundings, Terminal { out: self.terminal, err: false }, &mut out, &mut err);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { exit, out: text(out), err: text(err) }
    }

    /// One that has been indexed.
    fn indexed() -> Desktop {
        let desktop = Desktop::new();
        let corpus = desktop.folder.path().join("corpus");
        assert_eq!(desktop.run(&["index", corpus.to_str().unwrap()]).exit, Exit::Found);
        desktop
    }
}

/// Runs `typed` over the small folder and returns what it did.
fn check(typed: &[&str], exit: Exit) -> Ran {
    let ran = Desktop::indexed().run(typed);
    assert_eq!(ran.exit, exit, "{typed:?}: {ran:?}");
    ran
}

#[test]
fn the_arguments_are_consistent() {
    Typed::command().debug_assert();
}

#[test]
fn every_command_says_what_it_does() {
    for command in Typed::command().get_subcommands() {
        assert!(command.get_about().is_some(), "{}", command.get_name());
    }
}

#[test]
fn only_what_narrows_stands_under_filters() {
    let command = Typed::command();
    let search = command.find_subcommand("search").unwrap();
    let heading = |name: &str| {
        search.get_arguments().find(|arg| arg.get_long() == Some(name)).and_then(|arg| arg.get_help_heading())
    };
    assert_eq!(heading("ticker"), Some("Filters"));
    assert_eq!(heading("format"), None);
    assert_eq!(heading("query-file"), None);
}

#[test]
fn the_first_search_makes_the_index() {
    let desktop = Desktop::new();
    let first = desktop.run(&["search", "spending"]);
    assert_eq!(first.exit, Exit::Found);
    assert!(first.err.starts_with("no index yet: reading "), "{}", first.err);
    assert!(first.err.contains("1 could not be read: see `pullquote status`"), "{}", first.err);
    assert_eq!(desktop.run(&["search", "spending"]).err, "");
}

#[test]
fn a_search_without_corpus_and_index_says_what_to_do() {
    let desktop = Desktop::new();
    let ran = desktop.run(&["search", "spending", "--corpus", "nowhere"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Failed, ""));
    assert!(ran.err.contains("no corpus at") && ran.err.contains("pullquote index CORPUS"), "{}", ran.err);
}

#[test]
fn nothing_found_says_how_the_query_was_read() {
    let ran = check(&["search", "spending", "-orders", "-falls", "--ticker", "NVKR"], Exit::Nothing);
    assert_eq!(ran.out, "");
    let read = "nothing found for: spending AND NOT orders AND NOT falls AND ticker NVKR\n";
    assert_eq!(ran.err.lines().next(), read.lines().next());
}

#[test]
fn an_offset_beyond_the_last_hit_is_told_from_no_hit() {
    let ran = check(&["search", "spending", "--offset", "9"], Exit::Nothing);
    assert_eq!(ran.err, "only 2 match: --offset 9 is beyond them\n");
}

#[test]
fn no_hits_asked_for_are_counted() {
    let ran = check(&["search", "spending", "-n", "0"], Exit::Found);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "2 match\n"));
}

#[test]
fn a_note_shows_its_place_and_the_search_goes_on() {
    let ran = check(&["search", "near/x(spending", "orders)"], Exit::Nothing);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines[..3], ["note: `near/x` is read as a word", "  near/x(spending orders)", "  ^^^^^^"]);
}

#[test]
fn strict_refuses_what_it_does_not_understand() {
    let ran = check(&["search", "date:someday", "--strict"], Exit::Failed);
    assert_eq!(ran.out, "");
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines[0], "error: cannot understand the query: `someday` is not understood as a date");
    assert_eq!(lines[1..3], ["  date:someday", "       ^^^^^^^"]);
    assert_eq!(check(&["search", "spending", "--strict"], Exit::Found).err, "");
}

#[test]
fn a_flag_that_cannot_be_used_is_named() {
    let ran = check(&["search", "spending", "--since", "someday"], Exit::Failed);
    assert!(ran.err.starts_with("error: cannot use --since: "), "{}", ran.err);
}

#[test]
fn every_output_has_the_same_hits_in_the_same_order() {
    let desktop = Desktop::indexed();
    let order = |format: &str| {
        let out = desktop.run(&["search", "spending", "--format", format]).out;
        (out.find("plan.txt").unwrap() < out.find("wire.jsonl#1").unwrap(), out.contains("wire.jsonl#3"))
    };
    for output in crate::output::OUTPUTS {
        assert_eq!(order(output.name()), order("text"), "{}", output.name());
    }
    assert!(!order("text").1);
}

#[test]
fn flags_and_fields_are_the_same_query() {
    let desktop = Desktop::indexed();
    let hits = |typed: &[&str]| {
        let out = desktop.run(typed).out;
        let read: serde_json::Value = serde_json::from_str(&out).unwrap();
        read["hits"].clone()
    };
    let field = hits(&["search", "spending ticker:NVKR date:2025-01", "--format", "json"]);
    let flag = hits(&[
        "search", "spending", "--ticker", "NVKR", "--since", "2025-01", "--until", "2025-01", "--format", "json",
    ]);
    assert_eq!(field, flag);
    assert_eq!(field.as_array().unwrap().len(), 1);
}

#[test]
fn quotes_are_found_by_who_said_them() {
    let ran = check(&["quotes", "orders", "--speaker", "lindqvist"], Exit::Found);
    assert!(ran.out.contains("Spending follows orders") && ran.out.contains("Ada Lindqvist"), "{}", ran.out);
    check(&["quotes", "orders", "--speaker", "nobody"], Exit::Nothing);
}

#[test]
fn many_queries_are_answered_in_turn() {
    let desktop = Desktop::indexed();
    desktop.write("queries.tsv", "q1\tspending\nno tab here\nq2\t\"rates\n");
    let file = desktop.folder.path().join("queries.tsv");
    let ran = desktop.run(&["search", "--query-file", file.to_str().unwrap(), "--format", "trec"]);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.err.ends_with("line 2: no tab between id and query\n"), "{}", ran.err);
    let rows: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split(' ').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 6 && row[1] == "Q0" && row[5] == "pullquote"), "{}", ran.out);
    assert_eq!(rows.last().map(|row| (row[0], row[2], row[3])), Some(("q2", "r3", "1")));
}

#[test]
fn one_query_has_no_trec() {
    check(&["search", "spending", "--format", "trec"], Exit::Failed);
}

#[test]
fn show_offers_what_may_have_been_meant() {
    let ran = check(&["show", "plan"], Exit::Nothing);
    assert_eq!(ran.err, "there is no article plan\n  did you mean plan.txt?\n");
}

#[test]
fn show_prints_the_article() {
    let ran = check(&["show", "plan.txt", "orders"], Exit::Found);
    assert!(ran.out.starts_with("Norvik lifts spending\n"), "{}", ran.out);
}

#[test]
fn inspect_needs_no_index() {
    let desktop = Desktop::new();
    let corpus = desktop.folder.path().join("corpus");
    let ran = desktop.run(&["inspect", "--format", "jsonl", corpus.to_str().unwrap()]);
    assert_eq!(ran.exit, Exit::Found);
    let ids: Vec<String> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["plan.txt", "wire.jsonl#1", "wire.jsonl#3"]);
    assert!(ran.err.starts_with("wire.jsonl#2: "), "{}", ran.err);
    assert!(!desktop.folder.path().join("index").exists());
}

#[test]
fn inspect_of_nothing_is_an_error() {
    let ran = check(&["inspect", "/no/such/place"], Exit::Failed);
    assert!(ran.err.contains("/no/such/place") && ran.err.contains("is the path right?"), "{}", ran.err);
}

#[test]
fn an_index_of_nothing_readable_is_an_error() {
    let desktop = Desktop::new();
    let corpus = desktop.folder.path().join("corpus");
    fs::remove_file(corpus.join("plan.txt")).unwrap();
    desktop.write("corpus/wire.jsonl", "{\"title\":\n");
    let ran = desktop.run(&["index"]);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.err.starts_with("wire.jsonl"), "{}", ran.err);
}

#[test]
fn a_dry_run_writes_nothing() {
    let desktop = Desktop::new();
    let ran = desktop.run(&["index", "--dry-run"]);
    assert_eq!(ran.exit, Exit::Found);
    assert!(ran.out.contains("2 new"), "{}", ran.out);
    assert_eq!(desktop.run(&["status"]).exit, Exit::Failed);
}

#[test]
fn status_and_doctor_tell_of_a_sound_index() {
    let desktop = Desktop::indexed();
    let status: serde_json::Value = serde_json::from_str(&desktop.run(&["status", "--format", "json"]).out).unwrap();
    assert_eq!((&status["v"], &status["articles"], &status["refused"]), (&1.into(), &3.into(), &1.into()));
    let doctor = desktop.run(&["doctor"]);
    assert_eq!(doctor.exit, Exit::Found);
    assert!(!doctor.out.contains("BAD"), "{}", doctor.out);
    assert_eq!(desktop.run(&["doctor", "--index", "nowhere"]).exit, Exit::Failed);
}

#[test]
fn optimize_of_one_piece_leaves_it() {
    assert!(check(&["optimize"], Exit::Found).out.starts_with("in one piece already"));
}

#[test]
fn config_stands_in_columns() {
    let desktop = Desktop::new();
    desktop.write("pullquote.toml", "limit = 3\nexclude = [\"a long pattern of paths/**\", \"*.bak\"]\n");
    let out = desktop.run(&["config"]).out;
    let column = |help: &str| out.lines().find_map(|line| line.find(help)).unwrap();
    assert_eq!(column("the most hits"), column("patterns of paths to leave out"));
    assert!(out.lines().any(|line| line.starts_with("limit") && line.contains("pullquote.toml")), "{out}");
}

#[test]
fn a_setting_that_there_is_not_stops_every_command() {
    let desktop = Desktop::new();
    desktop.write("pullquote.toml", "limitt = 3\n");
    let ran = desktop.run(&["search", "spending"]);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.err.contains("did you mean limit?"), "{}", ran.err);
}

#[test]
fn colour_is_for_terminals_and_can_be_refused() {
    let mut desktop = Desktop::indexed();
    let coloured = |desktop: &Desktop, flags: &[&str]| {
        desktop.run(&[&["search", "spending"], flags].concat()).out.contains('\u{1b}')
    };
    assert!(!coloured(&desktop, &[]));
    assert!(coloured(&desktop, &["--color", "always"]));
    desktop.terminal = true;
    assert!(coloured(&desktop, &[]));
    assert!(!coloured(&desktop, &["--color", "never"]));
    desktop.variables.insert("NO_COLOR".to_owned(), "1".to_owned());
    assert!(!coloured(&desktop, &[]));
    assert!(coloured(&desktop, &["--color", "always"]));
}

#[test]
fn escape_sequences_of_the_corpus_do_not_come_out() {
    let desktop = Desktop::new();
    desktop.write(
        "corpus/red.jsonl",
        "{\"id\":\"a\\u001b[2J\",\"title\":\"Red \\u001b[31mtulips\",\"text\":\"Tulips\\u0007 \\u009b31m grow.\"}\n",
    );
    let formats = crate::output::OUTPUTS.iter().map(|output| ["search", "tulips", "--format", output.name()]);
    let shown = [["show", "red.jsonl#1", "--format", "text"], ["show", "red.jsonl#1", "--format", "json"]];
    for typed in formats.chain(shown) {
        let Ran { exit, out, err } = desktop.run(&typed);
        assert_eq!(exit, Exit::Found, "{typed:?}: {err}");
        let acts = |c: char| c.is_control() && c != '\n';
        assert!(!out.contains(acts) && !err.contains(acts), "{typed:?}: {out:?} {err:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let desktop = Desktop::indexed();
    let typed = Typed::try_parse_from(["pullquote", "search", "spending"]).unwrap();
    let surroundings = Surroundings { here: desktop.folder.path().to_owned(), ..Surroundings::default() };
    let mut err = Vec::new();
    assert_eq!(dispatch(&typed, &surroundings, Terminal::default(), &mut Closed, &mut err), Exit::Found);
    assert!(err.is_empty());
}

#[test]
fn an_export_is_in_order_of_id_and_holds_everything() {
    let desktop = Desktop::indexed();
    let ids = |typed: &[&str]| -> Vec<String> {
        let out = desktop.run(typed).out;
        let id =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
        out.lines().map(id).collect()
    };
    assert_eq!(ids(&["export"]), ["plan.txt", "wire.jsonl#1", "wire.jsonl#3"]);
    assert_eq!(ids(&["export", "spending", "-orders", "--format", "jsonl"]), ["wire.jsonl#1"]);
    assert_eq!(ids(&["export", "--quotes", "--speaker", "lindqvist"]), ["plan.txt"]);
    assert_eq!(desktop.run(&["export", "zzzqqq"]).exit, Exit::Nothing);
}

#[test]
fn an_export_to_a_file_is_whole_or_not_there() {
    let desktop = Desktop::indexed();
    let place = |name: &str| desktop.folder.path().join(name).to_str().unwrap().to_owned();
    let ran = desktop.run(&["export", "-o", &place("all.csv")]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Found, ""));
    assert!(ran.err.starts_with("wrote 3 articles to "), "{}", ran.err);
    assert_eq!(fs::read_to_string(place("all.csv")).unwrap().lines().next().unwrap().split(',').next(), Some("id"));
    let ran = desktop.run(&["export", "-o", &place("none/all.parquet")]);
    assert!(ran.exit == Exit::Failed && ran.err.contains("there is no folder"), "{}", ran.err);
    let ran = desktop.run(&["export", "-o", &place("all.xlsx")]);
    assert!(ran.exit == Exit::Failed && ran.err.contains("--format"), "{}", ran.err);
    assert_eq!(desktop.run(&["export", "--since", "someday", "-o", &place("b.csv")]).exit, Exit::Failed);
    let left = fs::read_dir(desktop.folder.path()).unwrap().count();
    assert_eq!(left, 3, "corpus, index and all.csv");
}
