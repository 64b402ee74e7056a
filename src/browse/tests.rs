//! Keys pressed, and what is then on the screen.

use jiff::civil::date;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tempfile::TempDir;

use super::*;
use crate::article::{Article, DateSource, Published};
use crate::extract;
use crate::index::WriteOptions;

const TODAY: Date = date(2025, 6, 30);

/// Three articles, of which one is long.
fn index() -> (TempDir, Box<dyn Index>) {
    let folder = TempDir::new().unwrap();
    let options = WriteOptions { corpus: "corpus".into(), ..WriteOptions::default() };
    let mut writer = index::open_writer(folder.path(), &options).unwrap();
    let long = format!("Capex opens it.\n\n{}Capex ends it.", "Nothing of note stands in here.\n\n".repeat(60));
    for (path, title, body, of_month) in [
        (
            "a.txt",
            "Northwind lifts capex",
            "Northwind Robotics (NASDAQ: NWRB) raised its capex.\n\n\"Capex is a promise,\" said Ada Lindqvist, the chief executive.",
            1,
        ),
        ("b.txt", "A long report", long.as_str(), 2),
        ("c.txt", "Rates", "Rates fell.", 3),
    ] {
        let published = Some(Published::on(date(2025, 6, of_month), DateSource::Record));
        let (path, title, body) = (path.to_owned(), title.to_owned(), body.to_owned());
        let mut article = Article { id: path.clone(), path, title, body, published, ..Article::default() };
        extract::annotate(&mut article, &extract::Context::on(TODAY));
        writer.add(&article).unwrap();
    }
    writer.finish().unwrap();
    let index = index::open(folder.path()).unwrap();
    (folder, index)
}

/// The screen after `keys`, in rows. `\n` is Enter, `\t` Tab, `\u{8}` Backspace, `↓` and `↑` the arrows.
fn screen(typed: &str, keys: &str) -> Vec<String> {
    let (_folder, index) = index();
    let mut app = App::new(index.as_ref(), typed, TODAY);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| app.draw(frame)).unwrap();
    for key in keys.chars() {
        let code = match key {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            '\u{8}' => KeyCode::Backspace,
            '↓' => KeyCode::Down,
            '↑' => KeyCode::Up,
            c => KeyCode::Char(c),
        };
        assert!(app.key(KeyEvent::new(code, KeyModifiers::NONE)).is_continue(), "{key} ends it");
        terminal.draw(|frame| app.draw(frame)).unwrap();
    }
    let buffer = terminal.backend().buffer();
    (0..24).map(|y| (0..80).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned()).collect()
}

fn check(typed: &str, keys: &str, expected: &[&str], absent: &[&str]) {
    let screen = screen(typed, keys).join("\n");
    for text in expected {
        assert!(screen.contains(text), "no {text:?} after {keys:?} in\n{screen}");
    }
    for text in absent {
        assert!(!screen.contains(text), "{text:?} after {keys:?} in\n{screen}");
    }
}

#[test]
fn results_stand_left_and_the_first_article_right() {
    let screen = screen("capex", "");
    assert!(screen[0].starts_with("› capex") && screen[0].ends_with("2 articles"), "{}", screen[0]);
    assert!(
        screen[1].starts_with("▌ Northwind lifts capex") && screen[1].ends_with("Northwind lifts capex"),
        "{screen:#?}"
    );
    assert!(screen[2].starts_with("  1 Jun 2025 · NWRB"), "{}", screen[2]);
    assert!(screen.join("\n").contains("said Ada Lindqvist"));
}

#[test]
fn it_searches_as_one_types() {
    check("", "", &["3 articles", "Rates"], &[]);
    check("", "rates", &["› rates", "1 article", "Rates fell."], &["Northwind"]);
    check("", "ratesx", &["0 articles", "nothing found"], &["Rates fell"]);
    check("", "ratesx\u{8}", &["1 article"], &[]);
    check("", "\"rate", &["› \"rate"], &[]);
}

#[test]
fn another_article_is_chosen_and_its_hits_are_jumped_to() {
    check("capex", "↓", &["▌ A long report", "Capex opens it."], &["Capex ends it."]);
    check("capex", "↓\nn", &["Capex ends it."], &["Capex opens it."]);
    check("capex", "↓\nnn", &["Capex opens it."], &["Capex ends it."]);
    check("capex", "↓\nN", &["Capex ends it."], &[]);
    check("capex", "\njk", &["▌ Northwind lifts capex"], &[]);
    check("capex", "\n  ", &["Northwind Robotics"], &[]);
    check("capex", "↓\n ", &["Nothing of note"], &["Capex opens it."]);
}

#[test]
fn quotations_and_counts_are_a_key_away() {
    check("capex", "\t", &["▌ \"Capex is a promise,\"", "— Ada Lindqvist"], &[]);
    check("capex", "\t\t", &["by ticker", "NWRB", "by month", "2025-06"], &[]);
    check("capex", "\t\t\t", &["said Ada Lindqvist"], &["by ticker"]);
    check("capex", "\n3", &["by ticker"], &[]);
    check("capex", "\n3/\u{8}", &["by ticker", "› cape"], &[]);
}

#[test]
fn it_ends_when_told_to() {
    let (_folder, index) = index();
    let mut app = App::new(index.as_ref(), "", TODAY);
    assert!(app.key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE)).is_continue(), "a letter is typed");
    assert!(app.key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)).is_break());
    let _ = app.key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
    assert!(app.key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE)).is_break());
}

#[test]
fn a_screen_of_any_size_is_drawn() {
    let (_folder, index) = index();
    for (width, height) in [(1, 1), (3, 2), (10, 4), (300, 90)] {
        let mut app = App::new(index.as_ref(), "capex", TODAY);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        for code in [KeyCode::Tab, KeyCode::Tab, KeyCode::Tab, KeyCode::End, KeyCode::PageDown, KeyCode::PageUp] {
            terminal.draw(|frame| app.draw(frame)).unwrap();
            assert!(app.key(KeyEvent::new(code, KeyModifiers::NONE)).is_continue());
        }
    }
}
