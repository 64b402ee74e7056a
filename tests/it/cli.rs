//! The real program, command by command.

use std::io::Read;
use std::process::Stdio;

use pullquote::output::OUTPUTS;

use crate::folder::{Folder, Ran, article, article_path, json};

#[test]
fn a_search_without_an_index_makes_one_and_says_so_elsewhere() {
    let folder = Folder::with_samples();
    let ran = folder.expect("search capex guidance");
    assert!(ran.err.contains("no index yet") && ran.err.contains("corpus"), "{}", ran.err);
    assert!(ran.out.contains("capex guidance") && !ran.out.contains("no index yet"), "{}", ran.out);
    let again = folder.expect("search capex guidance");
    assert_eq!((again.out, again.err), (ran.out, String::new()));
}

#[test]
fn exit_codes_tell_found_from_nothing_from_failed() {
    let folder = Folder::with_samples();
    for (line, code) in [
        ("search capex", 0),
        ("search zzzqqq", 1),
        ("quotes discipline", 0),
        ("quotes zzzqqq", 1),
        ("search capex --since yesteryear", 2),
        ("search --strict '(capex'", 2),
        ("search --no-such-flag", 2),
        ("frobnicate", 2),
        ("doctor", 0),
        ("status", 0),
        ("show wire/2025.jsonl#6", 0),
        ("inspect corpus/feeds/quillon-fab.json", 0),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, Some(code), "{line}: {ran:?}");
        assert!(code != 2 || (ran.out.is_empty() && ran.err.contains("error")), "{line}: {ran:?}");
    }
}

#[test]
fn every_output_shows_the_same_hits_in_the_same_order() {
    let folder = Folder::with_samples();
    for asked in ["search tariffs", "quotes discipline"] {
        let lines = folder.expect(&format!("{asked} --format jsonl")).out;
        let ids: Vec<String> = lines.lines().map(id).collect();
        assert!(ids.len() > 2, "{asked}");
        for output in OUTPUTS {
            let shown = folder.expect(&format!("{asked} --format {}", output.name())).out.replace('\n', " ");
            let mut rest = shown.as_str();
            for id in &ids {
                let at = rest.find(id).unwrap_or_else(|| panic!("{asked} as {}: no {id} in {shown}", output.name()));
                rest = &rest[at + id.len()..];
            }
        }
    }
}

#[test]
fn a_flag_and_its_field_are_the_same_query() {
    let folder = Folder::with_samples();
    let hits = |line: &str| json(&folder.expect(line).out)["hits"].clone();
    for (flag, field) in [
        ("--ticker NWRB", "ticker:NWRB"),
        ("--speaker achterberg", "speaker:achterberg"),
        ("--role cfo", "role:cfo"),
        ("--since 2025-02 --until 2025-03", "date:2025-02..2025-03"),
        ("--source ledger", "source:ledger"),
        ("--lang fr", "lang:fr"),
    ] {
        let (by_flag, by_field) =
            (hits(&format!("search --format json {flag}")), hits(&format!("search --format json {field}")));
        assert_eq!(by_flag, by_field, "{flag}");
        assert!(!by_flag.as_array().unwrap().is_empty(), "{flag}");
    }
}

#[test]
fn a_hit_by_a_field_shows_its_evidence() {
    let folder = Folder::with_samples();
    let snippet = |line: &str| json(&folder.expect(line).out)["hits"][0]["snippets"][0]["text"].to_string();
    assert!(snippet("search --format json ticker:ORRX").contains("(NASDAQ: ORRX)"));
    assert!(snippet("search --format json speaker:desjarlais").contains("Aurora Desjarlais"));
}

#[test]
fn undated_articles_are_found_by_words_and_not_by_dates() {
    let folder = Folder::with_samples();
    let found = |line: &str| folder.run(line).out.contains("kestrel-strike.txt");
    assert!(found("search --format jsonl freighters pilots"));
    assert!(found("search --format jsonl date:none"));
    assert!(!found("search --format jsonl freighters --since 2000 --until 2030"));
}

#[test]
fn many_questions_are_answered_for_scorers() {
    let folder = Folder::with_samples();
    folder.write("queries.tsv", "q1\tcapex guidance (NWRB)\nq2\thailstorm -texas\n");
    let ran = folder.expect("search --query-file queries.tsv --match any --format trec -n 2");
    let rows: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split(' ').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 6 && row[1] == "Q0" && row[5] == "pullquote"), "{ran:?}");
    assert_eq!(rows.iter().filter(|row| row[0] == "q1").count(), 2);
    assert_eq!(rows[0][2], "lw-2025-0507-04", "a record's own id");
    assert!(rows.iter().any(|row| row[0] == "q2" && row[2].contains("pelham-storm")), "{ran:?}");
}

#[test]
fn an_article_that_is_not_there_leads_to_one_that_is() {
    let folder = Folder::with_samples();
    let ran = folder.run("show 2025.jsonl#6");
    assert_ne!(ran.code, Some(0));
    assert!(ran.err.contains("wire/2025.jsonl#6"), "{}", ran.err);
}

#[test]
fn settings_tell_where_they_come_from() {
    let folder = Folder::with_samples();
    folder.write("pullquote.toml", "limit = 3\nindex = \"elsewhere\"\n");
    let shown = folder.expect("config").out;
    let row = |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(row("limit").contains('3') && row("limit").contains("pullquote.toml"), "{shown}");
    assert!(row("zone").contains("default"), "{shown}");
    assert_eq!(folder.expect("search the --format jsonl").out.lines().count(), 3);
    assert!(folder.path("elsewhere").exists() && !folder.path("index").exists());
    folder.write("pullquote.toml", "limt = 3\n");
    let wrong = folder.run("config");
    assert!(wrong.code == Some(2) && wrong.err.contains("limt"), "{wrong:?}");
}

#[test]
fn fields_of_records_are_mapped_as_settings_say() {
    let folder = Folder::new();
    folder.write("corpus/a.json", "{\"kop\": \"A zebra\", \"verhaal\": \"It has stripes.\"}");
    folder.write("pullquote.toml", "[fields]\nkop = \"title\"\nverhaal = \"text\"\n");
    let hit = json(folder.expect("search stripes --format jsonl").out.trim());
    assert_eq!(hit["title"], "A zebra");
}

#[test]
fn patterns_leave_files_out() {
    let folder = Folder::with_articles(3);
    folder.write("corpus/drafts/a.txt", article(77));
    folder.write("corpus/.pullquoteignore", "01/\n");
    folder.expect("index --exclude drafts/**");
    assert_eq!(folder.ids(), ["00/0000.txt", "02/0002.txt"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = Folder::with_articles(300);
    folder.expect("index");
    let mut command = folder.program();
    let mut child =
        command.args(["search", "-n", "300", "--snippets", "9", "plant"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn shells_and_manuals_are_served() {
    let folder = Folder::new();
    for line in ["completions bash", "completions zsh", "completions fish", "man", "help", "help search", "--version"] {
        assert!(folder.expect(line).out.contains("pullquote"), "{line}");
    }
}

#[test]
fn optimizing_changes_no_hit() {
    let folder = Folder::with_articles(30);
    folder.expect("index");
    folder.write(&article_path(5), article(99));
    folder.expect("index");
    // Scores may change a little: what was deleted no longer counts.
    let ids = || folder.expect("search --format jsonl -n 40 item99 OR plant").out.lines().map(id).collect::<Vec<_>>();
    let before = ids();
    folder.expect("optimize");
    assert_eq!(ids().len(), before.len());
    assert_eq!(ids()[0], before[0]);
    assert_eq!(folder.ids().len(), 30);
}

#[test]
fn every_command_is_named_in_its_help_and_the_readme_names_the_rest() {
    let folder = Folder::new();
    let help = folder.expect("help").out;
    let readme = std::fs::read_to_string("README.md").unwrap();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    assert!(names.len() > 8, "{help}");
    for name in names.into_iter().filter(|name| !name.is_empty() && *name != "help") {
        assert!(readme.contains(&format!("`{name}")) || readme.contains(&format!("pullquote {name}")), "{name}");
    }
    for output in OUTPUTS {
        assert!(readme.contains(output.name()), "{}", output.name());
    }
}

fn id(line: &str) -> String {
    json(line)["id"].as_str().unwrap().to_owned()
}

#[cfg(unix)]
#[test]
fn the_first_interrupt_keeps_what_is_done() {
    let folder = Folder::with_articles(400);
    let mut command = folder.program();
    let mut child = command.arg("index").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    // The lock is taken before the first file is read.
    while !folder.path("index/lock").exists() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let process = child.id().to_string();
    assert_eq!(Ran::of(std::process::Command::new("kill").args(["-INT", &process])).code, Some(0));
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.code().is_some(), "{ended:?}");
    assert_eq!(folder.run("doctor").code, Some(0));
    folder.expect("index");
    assert_eq!(folder.ids().len(), 400);
}
