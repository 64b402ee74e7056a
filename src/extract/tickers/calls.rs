//! Earnings calls: whose call it is, and which companies are named only because their analysts ask.

use std::ops::Range;

use crate::article::Part;
use crate::extract::Reading;
use crate::extract::tokens::Text;
use crate::extract::transcripts::Turn;

use super::found::{Found, Mention};

/// So many turns may pass before somebody has said whose call it is.
const WELCOME: usize = 4;

/// Marks the company whose call `reading` is, where it is one, and as asides the mentions in what is not said but printed or
/// announced: heads of turns, lists of those who take part, the operator's words.
pub(super) fn mark(reading: &Reading<'_>, found: &mut Found<'_>) {
    let (text, turns) = (&reading.tokens.body, &*reading.turns);
    let is_call = turns.iter().any(|turn| turn.speaker.as_ref().is_some_and(|speaker| speaker.analyst));
    let Some(first) = turns.first().filter(|_| is_call) else { return };
    let (employers, leaders) = (organizations(turns, true), organizations(turns, false));
    let call = Call { text, turns, start: text.bytes(first.place.clone()).start, employers, leaders };
    let subject = call.subject(found);
    let employers: Vec<bool> =
        found.entries.iter().map(|entry| entry.mentions.iter().any(|m| call.employs(m))).collect();
    for (at, entry) in found.entries.iter_mut().enumerate() {
        entry.subject = subject == Some(at);
        let passing = |mention: &Mention| call.is_passing(mention, employers[at]);
        for mention in entry.mentions.iter_mut().filter(|mention| !entry.subject && passing(mention)) {
            mention.aside = true;
        }
    }
}

/// An earnings call.
#[derive(Debug)]
struct Call<'t, 'a> {
    text: &'t Text<'a>,
    turns: &'t [Turn],
    /// The byte at which the first turn begins.
    start: usize,
    /// The organisations of those who ask, where they are printed, in order.
    employers: Vec<Range<usize>>,
    /// Those of the others who speak.
    leaders: Vec<Range<usize>>,
}

/// Where the organisations of the speakers are printed who ask, or who do not, in tokens and in order.
fn organizations(turns: &[Turn], analysts: bool) -> Vec<Range<usize>> {
    let speakers = turns.iter().filter_map(|turn| turn.speaker.as_ref()).filter(|speaker| speaker.analyst == analysts);
    let mut ranges: Vec<Range<usize>> = speakers.filter_map(|speaker| speaker.organization.clone()).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.dedup();
    ranges
}

impl Call<'_, '_> {
    /// The place of the entry whose call it is: the first in the headline, else the first before anybody speaks, else the
    /// first that somebody welcomes to the call.
    fn subject(&self, found: &Found<'_>) -> Option<usize> {
        let first = |of: &dyn Fn(&Mention) -> bool| {
            let entries = found.entries.iter().enumerate();
            let places = entries.flat_map(|(at, entry)| entry.mentions.iter().map(move |mention| (at, mention)));
            places.filter(|(_, mention)| of(mention)).min_by_key(|(_, mention)| mention.span).map(|(at, _)| at)
        };
        first(&|mention| mention.span.part == Part::Title)
            .or_else(|| first(&|mention| self.is_heading(mention)))
            .or_else(|| first(&|mention| self.is_welcome(mention)))
            .or_else(|| first(&|mention| self.leads(mention)))
    }

    /// Whether `mention` stands before the first turn, and not as somebody's employer.
    fn is_heading(&self, mention: &Mention) -> bool {
        mention.span.part == Part::Body
            && mention.span.end <= self.start
            && !mention.aside
            && !self.is_after_dash(mention)
    }

    /// Whether `mention` is in what is said first, in a sentence about the call.
    fn is_welcome(&self, mention: &Mention) -> bool {
        let Some(at) = self.token(mention) else { return false };
        let said = self.turns.iter().take(WELCOME).any(|turn| turn.words.contains(&at));
        let sentence = self.text.tokens.get(at).and_then(|token| self.text.sentences.get(token.sentence as usize));
        let mut words = sentence.map_or(0..0, |sentence| sentence.first as usize..sentence.last as usize);
        said && words.any(|at| matches!(self.text.word(at), "call" | "conference" | "webcast" | "Call" | "Conference"))
    }

    /// Whether `mention` is the organisation of one who takes part and does not ask.
    fn leads(&self, mention: &Mention) -> bool {
        self.is_in(mention, &self.leaders)
    }

    /// Whether `mention` is the organisation of one who asks.
    fn employs(&self, mention: &Mention) -> bool {
        self.is_in(mention, &self.employers)
    }

    /// Whether `mention` begins in one of `ranges`, which lie in order.
    fn is_in(&self, mention: &Mention, ranges: &[Range<usize>]) -> bool {
        self.token(mention).is_some_and(|at| {
            let next = ranges.partition_point(|range| range.start <= at);
            next.checked_sub(1).is_some_and(|last| ranges[last].contains(&at))
        })
    }

    /// Whether `mention` tells where somebody works, by its place or, of one whose analysts ask, by the word before it.
    fn is_passing(&self, mention: &Mention, employer: bool) -> bool {
        let Some(at) = self.token(mention) else { return false };
        if mention.span.start < self.start {
            return self.is_after_dash(mention);
        }
        let next = self.turns.partition_point(|turn| turn.place.start <= at);
        let turn = next.checked_sub(1).and_then(|turn| self.turns.get(turn));
        let spoken = turn.is_some_and(|turn| turn.words.contains(&at) && !self.is_operator(turn));
        let before = at.checked_sub(1).map_or("", |at| self.text.word(at));
        !spoken || employer && matches!(before, "from" | "with" | "at" | "of" | "for" | "here")
    }

    /// Whether a dash stands before `mention` on its line, as after a name.
    fn is_after_dash(&self, mention: &Mention) -> bool {
        let before = self.text.text.get(..mention.span.start).unwrap_or_default();
        before.trim_end_matches([' ', '\u{a0}', '\t']).ends_with(['-', '–', '—'])
    }

    fn is_operator(&self, turn: &Turn) -> bool {
        self.text.words(turn.place.clone()).eq_ignore_ascii_case("operator")
    }

    /// The first token of `mention`, in the body.
    fn token(&self, mention: &Mention) -> Option<usize> {
        (mention.span.part == Part::Body).then(|| self.text.at(mention.span.start))
    }
}
