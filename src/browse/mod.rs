//! A full-screen view: results on the left, the article with its hits on the right, search as you type.
//!
//! [`App`] is what is shown and what a key changes; it knows no terminal, so that tests and benches can press keys.

mod draw;
mod rows;

use std::ops::ControlFlow;

use jiff::civil::Date;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::index::{self, Index, IndexError};
use crate::query;
use crate::schema::Field;
use crate::search::{By, Dups, Facet, Hit, Matching, Opened, Period, Request, Sort, Target};

/// The most results that are listed.
const LISTED: usize = 100;

/// The most quotations that are listed.
const QUOTED: usize = 30;

/// The most values of a facet.
const VALUES: usize = 8;

/// What typing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Changes the question.
    Typing,
    /// Commands.
    Reading,
}

/// What stands on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pane {
    Article,
    Quotes,
    Facets,
}

/// See the module.
pub struct App<'a> {
    index: &'a dyn Index,
    today: Date,
    typed: String,
    mode: Mode,
    pane: Pane,
    total: usize,
    hits: Vec<Hit>,
    selected: usize,
    opened: Option<Opened>,
    quotes: Option<Vec<Hit>>,
    facets: Option<Vec<Facet>>,
    /// The first row that is shown on the right.
    scroll: usize,
    /// The mark that was jumped to, by its place among the marks.
    mark: Option<usize>,
    /// Whether the next picture shows the row of that mark.
    jump: bool,
    /// Rows on the right in the last picture.
    height: usize,
    error: Option<String>,
}

impl std::fmt::Debug for App<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("typed", &self.typed).field("selected", &self.selected).finish_non_exhaustive()
    }
}

impl<'a> App<'a> {
    /// Begins with the question `typed` on the day `today`.
    pub fn new(index: &'a dyn Index, typed: &str, today: Date) -> App<'a> {
        let mut app = App {
            index,
            today,
            typed: typed.to_owned(),
            mode: Mode::Typing,
            pane: Pane::Article,
            total: 0,
            hits: Vec::new(),
            selected: 0,
            opened: None,
            quotes: None,
            facets: None,
            scroll: 0,
            mark: None,
            jump: false,
            height: 20,
            error: None,
        };
        app.ask();
        app
    }

    /// Does what `key` says; breaks when it says to end.
    pub fn key(&mut self, key: KeyEvent) -> ControlFlow<()> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match (key.code, self.mode) {
            (KeyCode::Char('c' | 'q'), _) if control => return ControlFlow::Break(()),
            (KeyCode::Char('q'), Mode::Reading) => return ControlFlow::Break(()),
            (KeyCode::Char('u'), Mode::Typing) if control => self.retype(String::new()),
            (KeyCode::Char(_), _) if control => (),
            (KeyCode::Char(c), Mode::Typing) => self.retype(format!("{}{c}", self.typed)),
            (KeyCode::Backspace, Mode::Typing) => {
                let mut typed = self.typed.clone();
                typed.pop();
                self.retype(typed);
            }
            (KeyCode::Enter | KeyCode::Esc, Mode::Typing) => self.mode = Mode::Reading,
            (KeyCode::Char('/' | 'i') | KeyCode::Enter | KeyCode::Esc, Mode::Reading) => self.mode = Mode::Typing,
            (KeyCode::Down, _) | (KeyCode::Char('j'), Mode::Reading) => self.select(self.selected.saturating_add(1)),
            (KeyCode::Up, _) | (KeyCode::Char('k'), Mode::Reading) => self.select(self.selected.saturating_sub(1)),
            (KeyCode::Home, _) => self.select(0),
            (KeyCode::End, _) => self.select(usize::MAX),
            (KeyCode::PageDown, _) | (KeyCode::Char(' '), Mode::Reading) => self.scroll_by(self.height, true),
            (KeyCode::PageUp, _) | (KeyCode::Char('b'), Mode::Reading) => self.scroll_by(self.height, false),
            (KeyCode::Char('n'), Mode::Reading) => self.next_mark(true),
            (KeyCode::Char('N' | 'p'), Mode::Reading) => self.next_mark(false),
            (KeyCode::Tab, _) => self.turn(match self.pane {
                Pane::Article => Pane::Quotes,
                Pane::Quotes => Pane::Facets,
                Pane::Facets => Pane::Article,
            }),
            (KeyCode::Char('1'), Mode::Reading) => self.turn(Pane::Article),
            (KeyCode::Char('2'), Mode::Reading) => self.turn(Pane::Quotes),
            (KeyCode::Char('3'), Mode::Reading) => self.turn(Pane::Facets),
            _ => (),
        }
        ControlFlow::Continue(())
    }

    fn retype(&mut self, typed: String) {
        self.typed = typed;
        self.ask();
    }

    fn request(&self, target: Target, limit: usize) -> Request {
        Request {
            query: query::parse(&self.typed, self.today),
            target,
            matching: Matching::All,
            sort: if self.typed.trim().is_empty() { Sort::Newest } else { Sort::Relevance },
            recency: None,
            limit,
            offset: 0,
            snippets: 0,
            dups: Dups::Group,
            explain: false,
            count: true,
        }
    }

    /// Searches for what is typed.
    fn ask(&mut self) {
        (self.quotes, self.facets, self.error) = (None, None, None);
        match self.index.search(&self.request(Target::Articles, LISTED)) {
            Ok(results) => {
                self.total = results.total.unwrap_or(results.hits.len());
                self.hits = results.hits;
            }
            Err(error) => self.fail(&error),
        }
        self.select(0);
        self.turn(self.pane);
    }

    fn select(&mut self, at: usize) {
        self.selected = at.min(self.hits.len().saturating_sub(1));
        (self.scroll, self.mark, self.jump) = (0, None, false);
        let Some(hit) = self.hits.get(self.selected) else {
            self.opened = None;
            return;
        };
        let query = query::parse(&self.typed, self.today);
        match self.index.open(&hit.id, &query) {
            Ok(opened) => self.opened = opened,
            Err(error) => self.fail(&error),
        }
        self.next_mark(true);
    }

    /// Shows another pane, and finds what it shows.
    fn turn(&mut self, pane: Pane) {
        if pane != self.pane {
            self.scroll = 0;
        }
        self.pane = pane;
        if pane == Pane::Quotes && self.quotes.is_none() {
            match self.index.search(&self.request(Target::Quotes, QUOTED)) {
                Ok(results) => self.quotes = Some(results.hits),
                Err(error) => self.fail(&error),
            }
        }
        if pane == Pane::Facets && self.facets.is_none() {
            let fields = Field::COUNTED.map(By::Field);
            let by: Vec<By> = fields.into_iter().chain([By::Period(Period::Month)]).collect();
            match index::facets(self.index, &self.request(Target::Articles, 0), &by, VALUES) {
                Ok((facets, _)) => self.facets = Some(facets),
                Err(error) => self.fail(&error),
            }
        }
    }

    fn scroll_by(&mut self, rows: usize, down: bool) {
        let rows = rows.saturating_sub(2).max(1);
        self.scroll = if down { self.scroll.saturating_add(rows) } else { self.scroll.saturating_sub(rows) };
    }

    /// Jumps to the next mark of the article, or the one before, round the end.
    fn next_mark(&mut self, forward: bool) {
        let count = self.opened.as_ref().map_or(0, |opened| opened.marks.len());
        if count == 0 || self.pane != Pane::Article {
            return;
        }
        let next = match (self.mark, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(mark), true) => (mark + 1) % count,
            (Some(mark), false) => (mark + count - 1) % count,
        };
        (self.mark, self.jump) = (Some(next), true);
    }

    fn fail(&mut self, error: &IndexError) {
        self.error = Some(format!("{error}; {}", error.advice()));
        self.hits.clear();
        self.total = 0;
    }
}

#[cfg(test)]
mod tests;
