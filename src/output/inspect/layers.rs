//! What was found in a text, as stretches of one kind each.

use std::ops::Range;

use anstyle::{AnsiColor, Style};

use crate::article::{Article, Part, Span};
use crate::output::rich::PLAIN;

/// The kinds of things found, the later over the earlier where they meet, with their colours.
pub(super) const KINDS: &[(&str, Style)] = &[
    ("text", PLAIN),
    ("quote", AnsiColor::Green.on_default()),
    ("cue", AnsiColor::Green.on_default().underline()),
    ("speaker", AnsiColor::Magenta.on_default()),
    ("date", AnsiColor::Yellow.on_default()),
    ("ticker", AnsiColor::Cyan.on_default().bold()),
];

/// The kind of every byte of one part of an article.
pub(super) struct Layers(Vec<u8>);

impl Layers {
    /// What was found in `part` of `article`.
    pub(super) fn of(article: &Article, part: Part) -> Layers {
        let mut layers = Layers(vec![0; article.part(part).len()]);
        if part == Part::Body {
            for quote in &article.quotes {
                layers.put(1, quote.start..quote.end);
            }
            for quote in &article.quotes {
                layers.put(2, quote.cue.clone().unwrap_or_default());
                layers.put(3, quote.speaker.as_ref().and_then(|speaker| speaker.place.clone()).unwrap_or_default());
            }
        }
        let here = |span: &Span| span.part == part;
        let published = article.published.as_ref().and_then(|published| published.evidence);
        let dates = article.mentioned_dates.iter().map(|date| date.span);
        for span in dates.chain(published).filter(here) {
            layers.put(4, span.range());
        }
        for span in article.tickers.iter().flat_map(|ticker| &ticker.mentions).filter(|span| here(span)) {
            layers.put(5, span.range());
        }
        layers
    }

    fn put(&mut self, kind: u8, range: Range<usize>) {
        if let Some(bytes) = self.0.get_mut(range) {
            bytes.fill(kind);
        }
    }

    /// The stretches of `range`, each with its colour.
    pub(super) fn stretches(&self, range: Range<usize>) -> Vec<(Range<usize>, Style)> {
        let mut start = range.start;
        let mut stretches = Vec::new();
        for bytes in self.0.get(range).unwrap_or_default().chunk_by(|a, b| a == b) {
            let kind = bytes.first().map_or(0, |kind| usize::from(*kind));
            let style = KINDS.get(kind).map_or(PLAIN, |(_, style)| *style);
            stretches.push((start..start + bytes.len(), style));
            start += bytes.len();
        }
        stretches
    }
}
