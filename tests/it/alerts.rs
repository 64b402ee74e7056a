//! Alerts: what is new is delivered once, whatever happens to the files, the index, the clock and the command.

use std::fs;

use crate::folder::{Folder, Ran, article, article_path, json};

/// Article ids that a run of alerts printed as JSON lines.
fn delivered(ran: &Ran) -> Vec<String> {
    ran.out.lines().map(|line| json(line)["id"].as_str().unwrap().to_owned()).collect()
}

/// A folder with three articles and an alert that finds all of them.
fn watched() -> Folder {
    let folder = Folder::with_articles(3);
    folder.expect("index");
    folder.expect("alert add plants plant --ticker NWRB --format jsonl");
    folder
}

#[test]
fn an_alert_delivers_each_article_once() {
    let folder = watched();
    let first = folder.expect("alert run");
    assert_eq!(delivered(&first).len(), 3, "{first:?}");
    assert_eq!(folder.run("alert run").code, Some(1));
    folder.write(&article_path(7), article(7));
    folder.expect("index");
    assert_eq!(delivered(&folder.expect("alert run plants")), ["07/0007.txt"]);
    let again = folder.run("alert run");
    assert_eq!((again.code, again.out.as_str()), (Some(1), ""), "{again:?}");
}

#[test]
fn nothing_is_repeated_when_the_index_is_new_or_files_move() {
    let folder = watched();
    folder.expect("alert run");
    folder.expect("index --rebuild");
    assert_eq!(folder.run("alert run").code, Some(1), "rebuilt");
    fs::remove_dir_all(folder.path("index")).unwrap();
    assert_eq!(folder.run("alert run").code, Some(1), "thrown away and made anew");
    fs::rename(folder.path(&article_path(1)), folder.path("corpus/elsewhere.txt")).unwrap();
    // A reprint: another headline, the same words.
    let reprint = article(2).replacen("Plant number 2 opens", "Northwind's latest plant is open", 1);
    folder.write("corpus/reprint.txt", reprint);
    folder.expect("index");
    assert_eq!(folder.ids().len(), 4);
    let ran = folder.run("alert run");
    assert_eq!(ran.code, Some(1), "{ran:?}");
}

#[test]
fn an_edited_article_is_not_new_and_one_with_a_worn_number_is() {
    let folder = Folder::new();
    let record = |id: &str, title: &str, text: &str| {
        format!("{{\"id\":\"{id}\",\"title\":\"{title}\",\"date\":\"2025-01-30\",\"text\":\"{text}\"}}\n")
    };
    let tulips = record("1", "Tulips bloom", "Tulips are in bloom all over the country, growers said on Thursday.");
    folder.write("corpus/a.jsonl", &tulips);
    folder.expect("alert add tulips tulips --format jsonl");
    assert_eq!(delivered(&folder.expect("alert run")), ["a.jsonl#1"]);
    let edited = record("1", "Tulips bloom early", "Tulips are in bloom all over the country, and early.");
    folder.write("corpus/a.jsonl", edited);
    folder.expect("index");
    assert_eq!(folder.run("alert run").code, Some(1), "edited");
    // Another file that numbers its records from 1, too, while the first is there.
    folder.write(
        "corpus/b.jsonl",
        record("1", "Prices", "Prices of tulips fell by a third, which nobody had seen coming."),
    );
    folder.expect("index");
    assert_eq!(delivered(&folder.expect("alert run")), ["b.jsonl#1"]);
}

#[test]
fn what_is_there_already_can_count_as_seen() {
    let folder = Folder::with_articles(3);
    folder.expect("alert add plants plant --from-now");
    assert_eq!(folder.run("alert run").code, Some(1));
    let test = folder.expect("alert test plants");
    assert!(test.err.contains("3 match, 0 of them new"), "{test:?}");
}

#[test]
fn much_comes_in_parts_and_nothing_is_lost() {
    let folder = Folder::with_articles(5);
    folder.expect("alert add plants plant --format jsonl");
    let first = folder.expect("alert run -n 2");
    assert!(first.err.contains("2 new, 3 more to come"), "{first:?}");
    let mut all = delivered(&first);
    all.extend(delivered(&folder.expect("alert run")));
    all.sort();
    assert_eq!(all, folder.ids());
}

#[test]
fn an_alert_on_quotations_delivers_words() {
    let folder = Folder::with_articles(2);
    folder.expect("alert add said --quotes --speaker ellingsen --format jsonl");
    let ran = folder.expect("alert run");
    assert_eq!(delivered(&ran).len(), 2);
    assert_eq!(json(ran.out.lines().next().unwrap())["quote"]["speaker"], "Marta Ellingsen");
    assert_eq!(folder.run("alert run").code, Some(1));
}

#[test]
fn a_feed_grows_and_is_never_another_file() {
    let folder = watched();
    folder.expect("alert run --atom feed.xml");
    folder.write(&article_path(7), article(7));
    folder.expect("index");
    let ran = folder.expect("alert run --atom feed.xml");
    assert_eq!(ran.out, "");
    let feed = fs::read_to_string(folder.path("feed.xml")).unwrap();
    assert_eq!(feed.matches("<entry>").count(), 4, "{feed}");
    assert!(feed.find("number 7").unwrap() < feed.find("number 1").unwrap(), "{feed}");
    folder.write("mine.xml", "<feed>mine</feed>");
    folder.write(&article_path(8), article(8));
    folder.expect("index");
    assert_eq!(folder.run("alert run --atom mine.xml").code, Some(2));
    assert_eq!(fs::read_to_string(folder.path("mine.xml")).unwrap(), "<feed>mine</feed>");
    let later = folder.run("alert run --atom nowhere/feed.xml");
    assert!(later.code == Some(2) && later.err.contains("there is no folder"), "{later:?}");
    assert_eq!(delivered(&folder.expect("alert run")), ["08/0008.txt"], "not marked as seen before it is delivered");
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_loses_nothing() {
    let folder = watched();
    for command in ["false", "no-such-command-anywhere"] {
        let ran = folder.run(&format!("alert run --exec {command}"));
        assert!(ran.code == Some(2) && ran.err.contains("comes again"), "{ran:?}");
    }
    folder.expect("alert run --exec 'tee {name}.out'");
    let taken = fs::read_to_string(folder.path("plants.out")).unwrap();
    assert_eq!(taken.lines().count(), 3, "{taken}");
    assert_eq!(folder.run("alert run").code, Some(1));
}

#[test]
fn an_alert_that_is_not_understood_does_not_stop_the_others() {
    let folder = watched();
    folder.write("alerts/broken.toml", "query = 'plant date:someday'\n");
    folder.write("alerts/damaged.toml", "wording = 'plant'\n");
    folder.write("alerts/filter.toml", "query = 'plant'\nfilters.tickr = 'NWRB'\n");
    let ran = folder.run("alert run");
    assert_eq!((ran.code, delivered(&ran).len()), (Some(2), 3), "{ran:?}");
    for said in ["someday", "there is no key wording", "there is no filter tickr"] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    let list = folder.run("alert list");
    assert!(list.code == Some(2) && list.out.contains("plants") && list.err.contains("wording"), "{list:?}");
}

#[test]
fn a_damaged_state_repeats_nothing() {
    let folder = watched();
    folder.expect("alert run");
    let seen = fs::read_to_string(folder.path("alerts/plants.seen")).unwrap();
    for damaged in ["", &seen[..seen.len() / 2], &seen[..17 * 3]] {
        folder.write("alerts/plants.seen", damaged);
        let ran = folder.run("alert run");
        assert!(ran.code == Some(2) && ran.out.is_empty() && ran.err.contains("plants.seen"), "{ran:?}");
    }
}

#[test]
fn two_runs_at_once_deliver_once() {
    let folder = watched();
    let mut runs: Vec<_> = (0..4)
        .map(|_| {
            let mut command = folder.program();
            command.args(["alert", "run"]).stdout(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let outputs: Vec<_> = runs.drain(..).map(|run| run.wait_with_output().unwrap()).collect();
    let lines: usize = outputs.iter().map(|output| String::from_utf8_lossy(&output.stdout).lines().count()).sum();
    assert_eq!(lines, 3);
    assert_eq!(outputs.iter().filter(|output| output.status.code() == Some(0)).count(), 1);
}

#[test]
fn alerts_are_kept_listed_and_removed() {
    let folder = Folder::with_articles(1);
    assert_eq!(folder.run("alert list").code, Some(1));
    assert_eq!(folder.run("alert run").code, Some(2));
    for refused in
        ["alert add x 'date:someday'", "alert add x", "alert add ../x plant", "alert remove x", "alert test x"]
    {
        assert_eq!(folder.run(refused).code, Some(2), "{refused}");
    }
    folder.expect("alert add plants -gardens plant --since 2025");
    assert_eq!(folder.run("alert add plants again").code, Some(2));
    let list = json(&folder.expect("alert list --format json").out);
    assert_eq!(list["alerts"][0]["query"], "-gardens plant --since 2025");
    assert!(folder.expect("alert list").out.contains("never run"));
    folder.expect("alert remove plants");
    assert_eq!(folder.run("alert list").code, Some(1));
}
