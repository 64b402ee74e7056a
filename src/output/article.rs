//! An opened article, with everything that a query matches in it.

use std::io::{self, Write};
use std::ops::Range;

use super::day::day;
use super::rich::{ACCENT, DIM, MARK, Margin, PLAIN, Page, Rich, STRONG};
use super::{View, inspect, links};
use crate::article::{Article, Part};
use crate::search::Opened;

/// Lines of an article are no longer than this, however wide the terminal is.
const MEASURE: usize = 88;

/// Writes the article with all its marks. Returns the line of the first mark, from 1, where a pager may begin.
pub fn show(opened: &Opened, view: &View<'_>, out: &mut dyn Write) -> io::Result<Option<usize>> {
    let Opened { article, marks } = opened;
    let page = Page { width: view.width.min(MEASURE), colour: view.colour };
    let of = |part: Part| marks.iter().filter(move |mark| mark.part == part).map(|mark| mark.range());
    let mut lines = Lines { out, before: 0, first: None };

    let mut title = Rich::default();
    let title_marks: Vec<Range<usize>> = of(Part::Title).collect();
    title.marked(&article.title, &title_marks, STRONG, STRONG.underline());
    title.link(view.links.then(|| article.url.as_deref().and_then(links::web)).flatten());
    lines.write(&title, page)?;
    lines.write(&facts(article), page)?;
    lines.write(&Rich::with(&article.id, DIM), page)?;

    let mut start = 0;
    let mut blank = true;
    let body_marks: Vec<Range<usize>> = of(Part::Body).collect();
    for line in article.body.split('\n') {
        let place = start..start + line.len();
        start = place.end + 1;
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        if blank {
            lines.blank()?;
        }
        blank = false;
        let mut text = Rich::default();
        text.marked(line, &within(&body_marks, &place), PLAIN, MARK);
        lines.write(&text, page)?;
    }
    Ok(lines.first)
}

/// Writes the wire JSON of an opened article on one line: what `inspect` shows of it, its body, and `marks`.
pub fn show_json(opened: &Opened, out: &mut dyn Write) -> io::Result<()> {
    inspect::opened(&opened.article, &opened.marks, out)
}

/// `Courier · 30 Jan 2025 · Mo Park · NWRB, BRWT`.
fn facts(article: &Article) -> Rich {
    let mut line = Rich::default();
    if let Some(source) = &article.source {
        line.push(source, PLAIN).push(" · ", DIM);
    }
    line.push(&day(article.published.as_ref()), PLAIN);
    for (at, author) in article.authors.iter().enumerate() {
        line.push(if at == 0 { " · " } else { ", " }, DIM).push(author, PLAIN);
    }
    for (at, ticker) in article.tickers.iter().enumerate() {
        line.push(if at == 0 { " · " } else { ", " }, DIM).push(&ticker.symbol, ACCENT);
    }
    line
}

/// Those of `marks` in `place`, counted from its beginning. Both are in order.
fn within(marks: &[Range<usize>], place: &Range<usize>) -> Vec<Range<usize>> {
    let first = marks.partition_point(|mark| mark.end <= place.start);
    let inside = marks[first..].iter().take_while(|mark| mark.start < place.end);
    inside.map(|mark| mark.start.max(place.start) - place.start..mark.end.min(place.end) - place.start).collect()
}

/// Counts lines as they are written.
struct Lines<'a> {
    out: &'a mut dyn Write,
    before: usize,
    first: Option<usize>,
}

impl Lines<'_> {
    fn write(&mut self, text: &Rich, page: Page) -> io::Result<()> {
        text.write(Margin::default(), page, self.out)?;
        if let (None, Some(line)) = (self.first, text.marked_line(page.width)) {
            self.first = Some(self.before + line + 1);
        }
        self.before += text.height(page.width);
        Ok(())
    }

    fn blank(&mut self) -> io::Result<()> {
        self.before += 1;
        writeln!(self.out)
    }
}
