//! The glyphs of a document as they are painted, gathered into runs that stand on one line.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// A gap of more than this share of the size of the type is a blank.
const BLANK: f64 = 0.14;

/// A gap of more than this many sizes of the type ends a run.
const APART: f64 = 1.6;

/// A step back of more than this many sizes ends a run.
const BACK: f64 = 0.4;

/// Glyphs whose baselines differ by less than this share of their size stand on one line.
const LEVEL: f64 = 0.3;

/// The most runs of one page: a map has so many, a text never.
const MOST: usize = 200_000;

/// Text in a row. Lengths are in points, from the lower left corner of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) left: f64,
    pub(super) right: f64,
    /// The height of the baseline.
    pub(super) base: f64,
    /// The size of the type.
    pub(super) size: f64,
    pub(super) text: String,
}

/// A page with its runs, in the order in which they are painted.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) bottom: f64,
    pub(super) top: f64,
    pub(super) runs: Vec<Run>,
}

/// Gathers glyphs.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    pages: Vec<Page>,
}

impl Glyphs {
    pub(super) fn pages(self) -> Vec<Page> {
        self.pages
    }
}

impl OutputDev for Glyphs {
    fn begin_page(
        &mut self,
        _number: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.pages.push(Page { bottom: media.lly, top: media.ury, runs: Vec::new() });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        character: &str,
    ) -> Result<(), OutputError> {
        let Some(page) = self.pages.last_mut() else { return Ok(()) };
        let (across, up) = (place.m11.hypot(place.m12) * font_size.abs(), place.m21.hypot(place.m22) * font_size.abs());
        let upright = place.m11 > 0.0 && place.m12.abs() < place.m11 * 0.1;
        let (left, base) = (place.m31, place.m32);
        let known = [across, up, left, base, width].iter().all(|number| number.is_finite() && number.abs() < 1e6);
        // What is turned is a mark in the margin or over the page.
        if !known || !upright || up <= 0.1 || page.runs.len() >= MOST {
            return Ok(());
        }
        let right = left + (width * across).max(0.0);
        let is_blank = character.chars().all(char::is_whitespace);
        if let Some(run) = page.runs.last_mut() {
            let gap = left - run.right;
            let level = (run.base - base).abs() < LEVEL * up.max(run.size);
            if level && gap < APART * up && gap > -BACK * up.max(run.size) {
                if (is_blank || gap > BLANK * up) && !run.text.ends_with(' ') {
                    run.text.push(' ');
                }
                if !is_blank {
                    run.text.push_str(letters(character));
                    run.right = right.max(run.right);
                    run.size = run.size.max(up);
                }
                return Ok(());
            }
        }
        if !is_blank {
            page.runs.push(Run { left, right, base, size: up, text: letters(character).to_owned() });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// The letters that a ligature joins.
fn letters(character: &str) -> &str {
    match character {
        "\u{fb00}" => "ff",
        "\u{fb01}" => "fi",
        "\u{fb02}" => "fl",
        "\u{fb03}" => "ffi",
        "\u{fb04}" => "ffl",
        "\u{fb05}" | "\u{fb06}" => "st",
        other => other,
    }
}
