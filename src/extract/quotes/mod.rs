//! Attributed speech: quotations and whose words they are.
//!
//! The body is read from left to right in [`frames`]. Words beside a quotation that attribute it are found in
//! [`direct`], their subject in [`subject`] and [`phrases`], and whom a pronoun means in [`voices`]; [`indirect`] finds speech without
//! marks, and [`speakers`] puts names, roles and organisations together.

mod direct;
mod frames;
mod indirect;
mod occasions;
mod phrases;
mod speakers;
mod subject;
mod voices;

use std::ops::Range;

use self::direct::{Attribution, Standing};
use self::frames::Frame;
use self::indirect::Reported;
use self::speakers::Speakers;
use self::subject::Scene;
use self::voices::{Voice, Voices};
use super::people;
use super::{Extractor, Findings, Reading};
use crate::article::{Part, Quote, QuoteKind, Ticker};

/// Fewer tokens than this in marks, marks included, can be a mere label.
const LABEL: usize = 6;

/// Finds quotations and their speakers.
pub(super) struct Quotes;

impl Extractor for Quotes {
    fn name(&self) -> &'static str {
        "quotes"
    }

    fn extract(&self, reading: &Reading<'_>, findings: &mut Findings) {
        let text = &reading.tokens.body;
        let people = people::find(text, &companies(&findings.tickers));
        let scene = Scene { text, people: &people };
        let until = text.at(findings.notices);
        let turns = &reading.turns;
        let until = turns.first().map_or(until, |turn| turn.place.start);
        let speakers = Speakers::new(&scene, &findings.tickers, reading.context.securities());
        let mut quotes: Vec<Quote> = read(&scene, until).iter().map(|said| speakers.quote(said)).collect();
        quotes.extend(turns.iter().map(|turn| speakers.turn(turn)));
        quotes.sort_by_key(|quote| quote.start);
        findings.quotes = quotes;
    }
}

/// Speech, in tokens.
#[derive(Debug, Clone)]
struct Said {
    kind: QuoteKind,
    tokens: Range<usize>,
    voice: Option<Voice>,
    attribution: Option<Attribution>,
}

/// Where the body names listed companies, in order.
fn companies(tickers: &[Ticker]) -> Vec<Range<usize>> {
    let mentions = tickers.iter().flat_map(|ticker| &ticker.mentions);
    let mut ranges: Vec<Range<usize>> =
        mentions.filter(|span| span.part == Part::Body).map(|span| span.range()).collect();
    ranges.sort_unstable_by_key(|range| (range.end, range.start));
    ranges
}

/// All speech before token `until`, in order.
fn read(scene: &Scene<'_>, until: usize) -> Vec<Said> {
    let frames = frames::frames(scene.text);
    let mut voices = Voices::default();
    let mut said = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        if frame.tokens.start >= until {
            break;
        }
        let next = frames.get(index + 1).filter(|next| next.paragraph == frame.paragraph);
        speech(scene, frame, next, &mut voices, &mut said);
    }
    said
}

/// The speech of one frame.
fn speech(scene: &Scene<'_>, frame: &Frame, next: Option<&Frame>, voices: &mut Voices, said: &mut Vec<Said>) {
    let standings = direct::standings(scene, frame, next);
    let from = said.len();
    let mut taken = Vec::new();
    let mut parts = Vec::new();
    for (standing, index) in standings.into_iter().zip(frame.quoted.clone()) {
        let pair = scene.text.quoted[index];
        let tokens = pair.open as usize..pair.close as usize + 1;
        let Standing::Direct(attribution) = standing else {
            parts.push(tokens);
            continue;
        };
        let voice = match &attribution {
            Some(attribution) => voices.resolve(scene, frame, &attribution.subject),
            None => voices.carried(frame),
        };
        taken.extend(attribution.iter().filter_map(|attribution| attribution.cue.clone()).map(|cue| cue.start));
        said.push(Said { kind: QuoteKind::Direct, tokens, voice, attribution });
    }
    taken.sort_unstable();
    for Reported { words, attribution } in indirect::reported(scene, frame, &taken) {
        let voice = voices.resolve(scene, frame, &attribution.subject);
        let inside = |part: &&Range<usize>| part.start >= words.start && part.end <= words.end;
        let kind = match parts.iter().find(inside) {
            Some(part) if *part == words => QuoteKind::Direct,
            Some(_) => QuoteKind::Mixed,
            None => QuoteKind::Indirect,
        };
        let mut own: Vec<Range<usize>> = Vec::new();
        parts.retain(|part| {
            let taken = part.start >= words.start && part.end <= words.end;
            if taken && *part != words && !label(scene, part) {
                own.push(part.clone());
            }
            !taken
        });
        for tokens in own {
            let (voice, attribution) = (voice.clone(), Some(attribution.clone()));
            said.push(Said { kind: QuoteKind::Fragment, tokens, voice, attribution });
        }
        said.push(Said { kind, tokens: words, voice, attribution: Some(attribution) });
    }
    said[from..].sort_by_key(|said| (said.tokens.start, std::cmp::Reverse(said.tokens.end)));
    voices.read(scene, frame);
    if let Some(voice) = said[from..].iter().rev().find_map(|said| said.voice.clone()) {
        voices.spoke(scene, frame, &voice);
    }
}

/// Whether a few words in marks after an article are a name for something, not somebody's words: the “gang of four”.
fn label(scene: &Scene<'_>, part: &Range<usize>) -> bool {
    let article = part.start.checked_sub(1).is_some_and(|before| matches!(scene.word(before), "a" | "an" | "the"));
    article && part.len() < LABEL
}

impl Scene<'_> {
    /// Whether token `index` stands in quotation marks.
    fn marked(&self, index: usize) -> bool {
        let after = self.text.quoted.partition_point(|pair| (pair.close as usize) < index);
        self.text.quoted.get(after).is_some_and(|pair| pair.open as usize <= index)
    }
}

#[cfg(test)]
mod tests;
