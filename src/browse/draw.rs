//! What is on the screen.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::rows::{line, rows};
use super::{App, Mode, Pane};
use crate::article::Part;
use crate::output::{clean, day};
use crate::search::{Facet, Hit, QuoteHit};

const DIM: Style = Style::new().fg(Color::DarkGray);
const STRONG: Style = Style::new().bold();
const ACCENT: Style = Style::new().fg(Color::Cyan);
const MARK: Style = Style::new().bold().underlined();
/// The mark that was jumped to.
const HERE: Style = Style::new().bold().reversed();

/// Rows of a result on the left.
const ROWS: usize = 2;

impl App<'_> {
    /// Draws all of it.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let [top, middle, bottom] =
            Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)]).areas(frame.area());
        let [left, right] = Layout::horizontal([Constraint::Percentage(42), Constraint::Min(1)]).areas(middle);
        frame.render_widget(self.question(usize::from(top.width)), top);
        if self.mode == Mode::Typing {
            let at = 2 + u16::try_from(clean(&self.typed).width()).unwrap_or(u16::MAX);
            frame.set_cursor_position((top.x + at.min(top.width.saturating_sub(1)), top.y));
        }
        frame.render_widget(Paragraph::new(self.list(left)), left);
        let block = Block::new().borders(Borders::LEFT).border_style(DIM);
        let inner = block.inner(right);
        frame.render_widget(block, right);
        self.pane(frame, inner.inner(ratatui::layout::Margin { horizontal: 1, vertical: 0 }));
        frame.render_widget(Line::styled(self.keys(), DIM), bottom);
    }

    /// `› capex guidance          12 articles`.
    fn question(&self, width: usize) -> Line<'static> {
        let typed = format!("› {}", clean(&self.typed));
        let found = match self.total {
            1 => "1 article".to_owned(),
            total => format!("{total} articles"),
        };
        let room = width.saturating_sub(typed.width() + found.width()).max(1);
        Line::from(vec![Span::styled(typed, STRONG), Span::raw(" ".repeat(room)), Span::styled(found, DIM)])
    }

    fn keys(&self) -> String {
        if let Some(error) = &self.error {
            return clean(error).into_owned();
        }
        match self.mode {
            Mode::Typing => "type to search · ↑↓ choose · PgUp PgDn scroll · Tab panes · Enter keys · Ctrl-C",
            Mode::Reading => "jk choose · nN hits · space b scroll · 1 article 2 quotes 3 facets · / type · q end",
        }
        .to_owned()
    }

    /// The results, scrolled so that the chosen one is seen.
    fn list(&self, area: Rect) -> Vec<Line<'static>> {
        let (width, fit) = (usize::from(area.width), (usize::from(area.height) / ROWS).max(1));
        let first = (self.selected + 1).saturating_sub(fit);
        let mut lines = Vec::new();
        for (at, hit) in self.hits.iter().enumerate().skip(first).take(fit) {
            let chosen = at == self.selected;
            let title = if hit.title.is_empty() { &hit.id } else { &hit.title };
            let marks: Vec<(Range<usize>, Style)> =
                hit.title_marks.iter().map(|mark| (mark.clone(), MARK)).filter(|_| !hit.title.is_empty()).collect();
            let rows = rows(title, width.saturating_sub(2));
            let mut head = Line::from(Span::styled(if chosen { "▌ " } else { "  " }, ACCENT));
            if let Some(row) = rows.first() {
                let base = if chosen { STRONG } else { Style::new() };
                head.spans.extend(line(title, row, base, &marks).spans);
            }
            if rows.len() > 1 {
                head.spans.push(Span::styled("…", DIM));
            }
            lines.push(head);
            lines.push(Line::styled(format!("  {}", facts(hit)), DIM));
        }
        if self.hits.is_empty() && self.error.is_none() {
            lines.push(Line::styled("  nothing found", DIM));
        }
        lines
    }

    fn pane(&mut self, frame: &mut Frame<'_>, area: Rect) {
        self.height = usize::from(area.height);
        let width = usize::from(area.width);
        let lines = match self.pane {
            Pane::Article => self.article(width),
            Pane::Quotes => self.quotes.iter().flatten().flat_map(|hit| quotation(hit, width)).collect(),
            Pane::Facets => self.facets.iter().flatten().flat_map(|facet| counted(facet, width)).collect(),
        };
        let last = lines.len().saturating_sub(self.height);
        self.scroll = self.scroll.min(last);
        let shown: Vec<Line<'static>> = lines.into_iter().skip(self.scroll).take(self.height).collect();
        frame.render_widget(Paragraph::new(shown), area);
    }

    /// The chosen article; scrolls to the mark that was jumped to.
    fn article(&mut self, width: usize) -> Vec<Line<'static>> {
        let Some(opened) = &self.opened else { return Vec::new() };
        let article = &opened.article;
        let styled = |part: Part| -> Vec<(Range<usize>, Style)> {
            let marks = opened.marks.iter().enumerate().filter(|(_, mark)| mark.part == part);
            marks.map(|(at, mark)| (mark.start..mark.end, if Some(at) == self.mark { HERE } else { MARK })).collect()
        };
        let here = self.mark.and_then(|mark| opened.marks.get(mark));
        let mut lines = Vec::new();
        for row in rows(&article.title, width) {
            lines.push(line(&article.title, &row, STRONG, &styled(Part::Title)));
        }
        let hit = self.hits.get(self.selected);
        let about = hit.map(|hit| format!("{} · {}", facts(hit), hit.id)).unwrap_or_default();
        lines.extend(rows(&about, width).iter().map(|row| line(&about, row, DIM, &[])));
        lines.push(Line::default());
        let (marks, mut target) = (styled(Part::Body), None);
        for row in rows(&article.body, width) {
            if here.is_some_and(|mark| mark.part == Part::Body && row.contains(&mark.start)) {
                target = Some(lines.len());
            }
            lines.push(line(&article.body, &row, Style::new(), &marks));
        }
        if std::mem::take(&mut self.jump) {
            let target = target.unwrap_or(0);
            let seen = self.scroll..self.scroll + self.height.saturating_sub(1);
            if !seen.contains(&target) {
                self.scroll = target.saturating_sub(self.height / 3);
            }
        }
        lines
    }
}

/// `30 Jan 2025 · Courier · NWRB, QLSM · +2`.
fn facts(hit: &Hit) -> String {
    let mut facts = vec![day(hit.published.as_ref())];
    facts.extend(hit.source.clone());
    let symbols: Vec<&str> = hit.tickers.iter().take(3).map(|company| company.symbol.as_str()).collect();
    if !symbols.is_empty() {
        facts.push(symbols.join(", "));
    }
    if hit.reprints > 0 {
        facts.push(format!("+{}", hit.reprints));
    }
    clean(&facts.join(" · ")).into_owned()
}

/// The words, who said them, and where.
fn quotation(hit: &Hit, width: usize) -> Vec<Line<'static>> {
    let Some(quote) = &hit.quote else { return Vec::new() };
    let marks: Vec<(Range<usize>, Style)> = quote.marks.iter().map(|mark| (mark.clone(), MARK)).collect();
    let mut lines = Vec::new();
    for row in rows(&quote.text, width.saturating_sub(2)) {
        let mut words = line(&quote.text, &row, Style::new(), &marks);
        words.spans.insert(0, Span::styled("▌ ", ACCENT));
        lines.push(words);
    }
    for text in [who(quote), format!("{} · {}", facts(hit), hit.id)] {
        lines.extend(rows(&text, width).iter().map(|row| line(&text, row, DIM, &[])));
    }
    lines.push(Line::default());
    lines
}

fn who(quote: &QuoteHit) -> String {
    let Some(speaker) = &quote.speaker else { return format!("— not attributed · {}", quote.kind.name()) };
    let named = [Some(speaker.name.clone()), speaker.role.clone(), speaker.organization.clone()];
    format!("— {} · {}", named.into_iter().flatten().collect::<Vec<_>>().join(", "), quote.kind.name())
}

/// The values of a facet with bars.
fn counted(facet: &Facet, width: usize) -> Vec<Line<'static>> {
    let greatest = facet.values.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let mut lines = vec![Line::styled(format!("by {}", facet.by.name()), STRONG)];
    for (value, count) in &facet.values {
        let room = width.saturating_sub(32).clamp(1, 20);
        let bar = "█".repeat((count * room).div_ceil(greatest));
        let value: String = clean(value).chars().take(20).collect();
        lines.push(Line::from(vec![Span::raw(format!("{value:<21}{count:>6}  ")), Span::styled(bar, ACCENT)]));
    }
    if facet.others > 0 {
        lines.push(Line::styled(format!("others {}", facet.others), DIM));
    }
    lines.push(Line::default());
    lines
}
