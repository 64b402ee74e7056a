//! Keys pressed in `browse`, and the picture drawn after each.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use pullquote::browse::App;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::bare::Outcome;
use crate::latency::percentile;
use crate::queries::Question;
use crate::table::Row;

/// A picture at 60 a second.
const PICTURE: Duration = Duration::from_micros(16_667);

/// How many questions are typed.
const TYPED: usize = 20;

/// Types questions letter by letter, and looks at the best hits, quotations and counts.
pub(crate) fn rows(ours: &Path, questions: &[Question]) -> Outcome<Vec<Row>> {
    let index = pullquote::index::open(ours)?;
    let mut terminal = Terminal::new(TestBackend::new(80, 24))?;
    let (mut typing, mut turning) = (Vec::new(), Vec::new());
    for question in questions.iter().step_by(questions.len().div_ceil(TYPED)) {
        let mut app = App::new(index.as_ref(), "", jiff::civil::date(2025, 6, 30));
        let mut press = |code: KeyCode| -> Outcome<Duration> {
            let start = Instant::now();
            let ControlFlow::Continue(()) = app.key(KeyEvent::new(code, KeyModifiers::NONE)) else {
                return Err("a key ended it".into());
            };
            terminal.draw(|frame| app.draw(frame))?;
            Ok(start.elapsed())
        };
        for letter in question.ours.chars() {
            typing.push(press(KeyCode::Char(letter))?);
        }
        for code in [KeyCode::Down, KeyCode::Tab, KeyCode::Tab, KeyCode::Tab, KeyCode::PageDown] {
            turning.push(press(code)?);
        }
    }
    let row = |what: &str, times: &[Duration], percent| {
        let time = percentile(times, percent);
        Row::times(format!("`browse`, {what}, p{percent}"), time, "a picture at 60 a second", PICTURE, "≤ 1.0")
    };
    Ok(vec![row("a letter typed", &typing, 50), row("a letter typed", &typing, 99), row("another key", &turning, 99)])
}
