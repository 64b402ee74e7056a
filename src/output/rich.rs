//! Text with weight and colour, wrapped to a width by words.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::clean;

/// As it is.
pub(super) const PLAIN: Style = Style::new();
/// For what stands back: numbers, ids, context.
pub(super) const DIM: Style = Style::new().dimmed();
/// For headlines.
pub(super) const STRONG: Style = Style::new().bold();
/// For what matched.
pub(super) const MARK: Style = Style::new().bold().underline();
/// For symbols, and the bar beside a quotation.
pub(super) const ACCENT: Style = AnsiColor::Cyan.on_default();

/// However narrow a terminal is, lines have this many columns.
const NARROWEST: usize = 16;

/// What no line begins with.
const HANGING: &[&str] = &["·", "…"];

/// One paragraph: white space as single spaces, control characters as signs.
#[derive(Debug, Default)]
pub(super) struct Rich {
    text: String,
    runs: Vec<Run>,
    link: Option<String>,
    first_mark: Option<usize>,
}

/// A stretch of one look.
#[derive(Debug)]
struct Run {
    end: usize,
    style: Style,
    linked: bool,
}

/// What stands at the left of lines: pieces in their styles.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Margin<'a> {
    /// Before the first line.
    pub(super) first: &'a [(&'a str, Style)],
    /// Before the others, as wide as the first.
    pub(super) rest: &'a [(&'a str, Style)],
}

/// Where lines go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// Columns.
    pub(super) width: usize,
    /// Whether styles are written.
    pub(super) colour: bool,
}

impl Rich {
    /// `text` in one style.
    pub(super) fn with(text: &str, style: Style) -> Rich {
        let mut rich = Rich::default();
        rich.push(text, style);
        rich
    }

    /// Adds `text` in one style.
    pub(super) fn push(&mut self, text: &str, style: Style) -> &mut Rich {
        for c in text.chars() {
            // A no-break space holds numbers and units together.
            if c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}') {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            } else {
                self.text.push_str(&clean(c.encode_utf8(&mut [0; 4])));
            }
        }
        self.close(style, false)
    }

    /// Adds `text` with `marks` in the style `mark` and what is between them in `style`.
    pub(super) fn marked(&mut self, text: &str, marks: &[Range<usize>], style: Style, mark: Style) -> &mut Rich {
        let mut at = 0;
        for range in marks {
            let (Some(gap), Some(words)) = (text.get(at..range.start), text.get(range.clone())) else {
                continue;
            };
            self.push(gap, style);
            self.first_mark = self.first_mark.or(Some(self.text.len()));
            self.push(words, mark);
            at = range.end;
        }
        self.push(text.get(at..).unwrap_or_default(), style)
    }

    /// Makes all that was added so far a link to `address`, which must be escaped.
    pub(super) fn link(&mut self, address: Option<String>) -> &mut Rich {
        if address.is_some() {
            self.link = address;
            self.runs.iter_mut().for_each(|run| run.linked = true);
        }
        self
    }

    /// How many lines it takes.
    pub(super) fn height(&self, width: usize) -> usize {
        self.lines(width.max(NARROWEST)).len()
    }

    /// The first line, from 0, that shows something marked.
    pub(super) fn marked_line(&self, width: usize) -> Option<usize> {
        let at = self.first_mark?;
        self.lines(width.max(NARROWEST)).iter().position(|line| at < line.end)
    }

    /// Whether nothing but white space was added.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn close(&mut self, style: Style, linked: bool) -> &mut Rich {
        let end = self.text.len();
        match self.runs.last_mut() {
            Some(run) if run.style == style && run.linked == linked => run.end = end,
            Some(run) if run.end == end => (),
            _ => self.runs.push(Run { end, style, linked }),
        }
        self
    }

    /// Writes it as lines within the page; nothing where it is empty.
    pub(super) fn write(&self, margin: Margin<'_>, page: Page, out: &mut dyn Write) -> io::Result<()> {
        let left: usize = margin.first.iter().map(|(text, _)| text.width()).sum();
        let width = page.width.saturating_sub(left).max(NARROWEST);
        for (at, line) in self.lines(width).into_iter().enumerate() {
            let left = if at == 0 { margin.first } else { margin.rest };
            for (text, style) in left {
                paint(out, text, *style, page.colour)?;
            }
            self.line(line, page.colour, out)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn line(&self, line: Range<usize>, colour: bool, out: &mut dyn Write) -> io::Result<()> {
        let mut start = 0;
        for run in &self.runs {
            let part = start.max(line.start)..run.end.min(line.end);
            start = run.end;
            let Some(text) = self.text.get(part).filter(|text| !text.is_empty()) else {
                continue;
            };
            match self.link.as_deref().filter(|_| run.linked) {
                Some(address) => {
                    write!(out, "\x1b]8;;{address}\x1b\\")?;
                    paint(out, text, run.style, colour)?;
                    write!(out, "\x1b]8;;\x1b\\")?;
                }
                None => paint(out, text, run.style, colour)?,
            }
        }
        Ok(())
    }

    /// The lines of at most `width` columns, as ranges of the text.
    fn lines(&self, width: usize) -> Vec<Range<usize>> {
        let mut lines: Vec<Range<usize>> = Vec::new();
        let mut used = 0;
        for piece in pieces(&self.text, width) {
            let wide = self.text[piece.clone()].width();
            match lines.last_mut() {
                Some(line) if used + (piece.start - line.end) + wide <= width => {
                    used += piece.start - line.end + wide;
                    line.end = piece.end;
                }
                _ => {
                    used = wide;
                    lines.push(piece);
                }
            }
        }
        lines
    }
}

/// The words of `text`, those wider than `width` in pieces that are not. A dot between two things stays with the
/// first, and dots at the end with the last word.
fn pieces(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for word in text.split(' ') {
        let mut from = start;
        let last: Option<&mut Range<usize>> = pieces.last_mut();
        if let Some(last) =
            last.filter(|last| HANGING.contains(&word) && text[last.start..last.end].width() + 2 <= width)
        {
            last.end = start + word.len();
            start += word.len() + 1;
            continue;
        }
        if word.width() > width {
            let mut used = 0;
            for (at, c) in word.char_indices() {
                let wide = c.width().unwrap_or_default();
                if used + wide > width {
                    pieces.push(from..start + at);
                    (from, used) = (start + at, 0);
                }
                used += wide;
            }
        }
        if from < start + word.len() {
            pieces.push(from..start + word.len());
        }
        start += word.len() + 1;
    }
    pieces
}

/// Writes `text` in `style`.
pub(super) fn paint(out: &mut dyn Write, text: &str, style: Style, colour: bool) -> io::Result<()> {
    if colour && style != PLAIN { write!(out, "{style}{text}{style:#}") } else { write!(out, "{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that `text` is wrapped to.
    fn check(text: &str, width: usize, expected: &[&str]) {
        let rich = Rich::with(text, PLAIN);
        let lines: Vec<&str> = rich.lines(width).into_iter().map(|line| &rich.text[line]).collect();
        assert_eq!(lines, expected, "{text:?}");
        assert!(lines.iter().all(|line| line.width() <= width));
    }

    #[test]
    fn white_space_is_single_spaces() {
        check("  a\n\n b\tc  ", 20, &["a b c"]);
        check(" \n ", 20, &[]);
    }

    #[test]
    fn words_wrap_by_columns_and_not_by_bytes() {
        check("été été été", 7, &["été été", "été"]);
        check("日本 日本 日本", 9, &["日本 日本", "日本"]);
    }

    #[test]
    fn a_word_wider_than_the_page_is_broken() {
        check("a 日本日本日 b", 5, &["a", "日本", "日本", "日 b"]);
    }

    #[test]
    fn no_line_begins_with_a_dot_between() {
        check("aaaa · bbbb · cccc", 9, &["aaaa ·", "bbbb ·", "cccc"]);
        check("aaaaaaa …", 7, &["aaaaaaa", "…"]);
    }

    #[test]
    fn marks_stay_on_their_words() {
        let mut rich = Rich::default();
        rich.marked("é \n capex  and\u{1b} more", &[5..10, 3..4, 90..99], PLAIN, MARK);
        let mut out = Vec::new();
        rich.write(Margin::default(), Page { width: 40, colour: true }, &mut out).unwrap();
        let mark = format!("é {MARK}capex{MARK:#} and␛ more\n");
        assert_eq!(String::from_utf8(out).unwrap(), mark);
    }
}
