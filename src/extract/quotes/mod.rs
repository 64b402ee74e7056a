//! Attributed speech: quotations and whose words they are.
//!
//! The body is read from left to right in [`frames`]. Words beside a quotation that attribute it are found in
//! [`direct`], their subject in [`subject`], and whom a pronoun means in [`voices`].

mod direct;
mod frames;
mod indirect;
mod subject;
mod voices;

use std::ops::Range;

use self::direct::{Attribution, Standing};
use self::frames::Frame;
use self::indirect::Reported;
use self::subject::Scene;
use self::voices::{Voice, Voices};
use super::people;
use super::tokens::Text;
use super::transcripts::{self, Turn};
use super::{Extractor, Findings, Reading};
use crate::article::{Part, Quote, QuoteKind, Speaker, Ticker};

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
        let turns = transcripts::turns(text, until);
        let until = turns.first().map_or(until, |turn| turn.place.start);
        for said in read(&scene, until) {
            findings.quotes.push(quote(&scene, &said, &findings.tickers));
        }
        findings.quotes.extend(turns.iter().map(|turn| spoken(text, turn, &findings.tickers)));
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
            None => voices.carried(scene, frame),
        };
        taken.extend(attribution.iter().filter_map(|attribution| attribution.cue.clone()).map(|cue| cue.start));
        said.push(Said { kind: QuoteKind::Direct, tokens, voice, attribution });
    }
    for Reported { words, attribution } in indirect::reported(scene, frame, &taken) {
        let voice = voices.resolve(scene, frame, &attribution.subject);
        let inside = |part: &&Range<usize>| part.start >= words.start && part.end <= words.end;
        let kind = match parts.iter().find(inside) {
            Some(part) if *part == words => QuoteKind::Direct,
            Some(_) => QuoteKind::Mixed,
            None => QuoteKind::Indirect,
        };
        for part in parts.iter().filter(inside).filter(|part| **part != words && !label(scene, part)) {
            let (voice, attribution) = (voice.clone(), Some(attribution.clone()));
            said.push(Said { kind: QuoteKind::Fragment, tokens: part.clone(), voice, attribution });
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

/// A turn of a transcript as speech.
fn spoken(text: &Text<'_>, turn: &Turn, tickers: &[Ticker]) -> Quote {
    let words = |tokens: &Option<Range<usize>>| tokens.clone().map(|tokens| text.words(tokens).to_owned());
    let span = text.bytes(turn.words.clone());
    let place = Some(text.bytes(turn.place.clone()));
    let speaker = turn.speaker.as_ref().map(|speaker| Speaker {
        name: text.words(speaker.name.clone()).to_owned(),
        role: words(&speaker.role).or_else(|| speaker.analyst.then(|| "Analyst".to_owned())),
        organization: words(&speaker.organization),
        ticker: None,
        place,
    });
    Quote {
        kind: QuoteKind::Turn,
        tickers: named(tickers, &span),
        start: span.start,
        end: span.end,
        speaker,
        cue: None,
        section: turn.section,
    }
}

/// The symbols of the companies named in `span` of the body.
fn named(tickers: &[Ticker], span: &Range<usize>) -> Vec<String> {
    let inside = |ticker: &&Ticker| {
        ticker.mentions.iter().any(|m| m.part == Part::Body && m.start >= span.start && m.end <= span.end)
    };
    tickers.iter().filter(inside).map(|ticker| ticker.symbol.clone()).collect()
}

fn quote(scene: &Scene<'_>, said: &Said, tickers: &[Ticker]) -> Quote {
    let text = scene.text;
    let span = text.bytes(said.tokens.clone());
    Quote {
        kind: said.kind,
        start: span.start,
        end: span.end,
        speaker: said.voice.as_ref().map(|voice| speaker(scene, said, voice)),
        cue: said.attribution.as_ref().and_then(|attribution| attribution.cue.clone()).map(|cue| text.bytes(cue)),
        tickers: named(tickers, &span),
        section: None,
    }
}

fn speaker(scene: &Scene<'_>, said: &Said, voice: &Voice) -> Speaker {
    let text = scene.text;
    let place = said.attribution.as_ref().map(|attribution| text.bytes(attribution.subject.place.clone()));
    let words = |tokens: &Range<usize>| text.words(tokens.clone()).to_owned();
    match voice {
        Voice::Words(tokens) => Speaker { name: words(tokens), place, ..Speaker::default() },
        Voice::Person(index) => {
            let person = &scene.people.persons[*index];
            let office = scene.people.office(*index, said.tokens.end + 40);
            Speaker {
                name: people::name(text, person).to_owned(),
                role: office.and_then(|office| office.role.as_ref()).map(words),
                organization: office.and_then(|office| office.organization.as_ref()).map(words),
                ticker: None,
                place,
            }
        }
    }
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
