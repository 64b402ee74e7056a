//! Direct quotations: what stands in marks, and the words beside it that say whose it is.

use std::ops::Range;

use super::frames::Frame;
use super::subject::{Form, Scene, Subject, named_by};
use crate::extract::people::Kind;
use crate::extract::tokens::{Gap, Quoted, Shape, Token, lexicon as is};

/// The most tokens between a quotation and the verb that attributes it.
const REACH: usize = 45;

/// An attribution: who, and by which word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    /// Who is said to speak.
    pub(super) subject: Subject,
    /// The tokens of the attributing words; none where only a colon attributes.
    pub(super) cue: Option<Range<usize>>,
}

/// How a quotation stands in its frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// Speech of its own, with who is said to speak; nobody where it is carried on.
    Direct(Option<Attribution>),
    /// Part of a sentence of somebody else's.
    Part,
}

/// How each quotation of `frame` stands in it. `next` is the frame after it in the same paragraph.
pub(super) fn standings(scene: &Scene<'_>, frame: &Frame, next: Option<&Frame>) -> Vec<Standing> {
    let quoted = &scene.text.quoted[frame.quoted.clone()];
    let mut standings: Vec<Standing> = Vec::with_capacity(quoted.len());
    // The attribution that stands between the last quotation and this one, if it belongs to the last.
    let mut between: Option<Attribution> = None;
    let mut start = frame.tokens.start;
    for (index, pair) in quoted.iter().enumerate() {
        let (open, close) = (pair.open as usize, pair.close as usize);
        let end = quoted.get(index + 1).map_or(frame.tokens.end, |next| next.open as usize);
        let before = start..open;
        let mut after = following(scene, pair, close + 1..end);
        if after.is_none() && end == frame.tokens.end && close + 1 >= end {
            after = next.and_then(|next| asked(scene, pair, next));
        }
        let standing = match between.take() {
            Some(own) if goes_on(scene, &before) => Standing::Direct(Some(own)),
            _ => stands(scene, &before, pair, after.as_ref()),
        };
        between = after;
        standings.push(standing);
        start = close + 1;
    }
    standings
}

fn stands(scene: &Scene<'_>, before: &Range<usize>, pair: &Quoted, after: Option<&Attribution>) -> Standing {
    let preceding = preceding(scene, before, pair);
    if alone(scene, before) {
        let direct = after.is_some() || rounded(scene, pair);
        return if direct { Standing::Direct(after.cloned()) } else { Standing::Part };
    }
    // "The statement was blunt: “…,” the bank wrote."
    let written = after.filter(|after| after.cue.as_ref().is_some_and(|cue| !scene.word(cue.start).ends_with("ing")));
    match preceding.map(|preceding| written.cloned().unwrap_or(preceding)) {
        Some(attribution) => Standing::Direct(Some(attribution)),
        // "The finding is plain: “Nine banks …”" is nobody's by name.
        None if scene.is(before.end - 1, ':') && rounded(scene, pair) => Standing::Direct(None),
        None => Standing::Part,
    }
}

/// Whether nothing but small words stands before a quotation.
fn alone(scene: &Scene<'_>, before: &Range<usize>) -> bool {
    before
        .clone()
        .all(|index| scene.token(index).is_some_and(|token| !token.worded() || token.any(is::CONJUNCTION | is::ADVERB)))
}

/// Whether a quotation is a sentence, or several: it ends as one, or nothing closes it.
fn rounded(scene: &Scene<'_>, pair: &Quoted) -> bool {
    let close = pair.close as usize;
    let inner = scene.token(close.saturating_sub(1));
    let stop = inner.is_some_and(|token| ['.', '!', '?', '…', ',', '—'].iter().any(|mark| token.is(*mark)));
    let stop = stop || scene.word(close.saturating_sub(1)).ends_with('.');
    let outside = scene.is(close + 1, '.');
    !pair.closed || stop || outside || pair.close - pair.open > 6
}

/// Whether the words between two quotations end so that the second goes on with the first: `said X, "…"`.
fn goes_on(scene: &Scene<'_>, between: &Range<usize>) -> bool {
    let last = between.end.wrapping_sub(1);
    between.is_empty() || [',', ':', ';', '—', '–', '…'].iter().any(|mark| scene.is(last, *mark))
}

/// The attribution that follows a quotation in `words`: `," said Priya Raman` or `," Ms. Raman said`.
fn following(scene: &Scene<'_>, pair: &Quoted, words: Range<usize>) -> Option<Attribution> {
    let mut at = words.start;
    let until = words.end.min(words.start + REACH);
    let mut ended = scene.token((pair.close as usize).saturating_sub(1)).is_some_and(|token| !token.worded());
    while at < until && scene.token(at).is_some_and(|token| !token.worded() && !token.is('(') && !token.is('.')) {
        ended = true;
        at += 1;
    }
    let first = at;
    let dash = at > words.start && ['—', '–', '―', '-'].iter().any(|dash| scene.is(at - 1, *dash));
    if let Some(subject) = credited(scene, at, words.end).filter(|_| dash) {
        return Some(Attribution { subject, cue: None });
    }
    while at < until && scene.any(at, is::ADVERB) && scene.people.at(at).is_none() {
        at += 1;
    }
    if at >= until || scene.any(at, is::CONJUNCTION | is::RELATIVE) {
        return None;
    }
    if scene.word(at) == "according" && scene.word(at + 1) == "to" {
        let subject = scene.phrase_beginning(at + 2, until)?;
        return Some(Attribution { subject, cue: Some(at..at + 2) });
    }
    if scene.cue(at) {
        let subject = scene.subject_after(at + 1, until)?;
        return Some(Attribution { subject, cue: Some(at..at + 1) });
    }
    if scene.any(first, is::PREPOSITION) || !ended {
        return None;
    }
    turned(scene, first..until)
}

/// The name at `at`, after a dash, to which a quotation is credited: `“…” — Dana Okafor, treasurer`.
fn credited(scene: &Scene<'_>, at: usize, until: usize) -> Option<Subject> {
    let mention = scene.people.at(at).filter(|mention| mention.human() && mention.title == at)?;
    let ends =
        mention.last >= until || !scene.token(mention.last)?.worded() || scene.token(mention.last)?.gap >= Gap::Line;
    let subject = scene.phrase_beginning(mention.title, mention.last)?;
    ends.then_some(subject)
}

/// "Ms. Raman said": a subject, then its verb.
fn turned(scene: &Scene<'_>, words: Range<usize>) -> Option<Attribution> {
    for verb in words.start + 1..words.end {
        if scene.is(verb, ';') || scene.is(verb, '.') {
            return None;
        }
        if !scene.cue(verb) {
            continue;
        }
        let Some(subject) = scene.subject_before(verb, words.start) else { continue };
        return Some(Attribution { subject, cue: Some(verb..verb + 1) });
    }
    // A verb of no list, right behind a name or a pronoun: `," she deadpanned.`
    let subject = scene.phrase_beginning(words.start, words.end)?;
    let verb = subject.place.end;
    if matches!(subject.form, Form::Name(Some(_))) && (scene.is(verb, ',') || scene.is(verb, '.')) {
        // `…,” Sam Ito, an analyst at Kestrel.`: the verb was forgotten.
        return Some(Attribution { subject, cue: None });
    }
    let lower = scene.token(verb).is_some_and(|token| token.shape == Shape::Lower && token.unlisted());
    let past = scene.word(verb).ends_with("ed") || scene.word(verb).ends_with('s');
    (lower && past).then(|| Attribution { cue: Some(verb..verb + 1), subject })
}

/// An attribution in the next frame: `"Why?" Mr. Weil asked.`
fn asked(scene: &Scene<'_>, pair: &Quoted, next: &Frame) -> Option<Attribution> {
    let inner = scene.token((pair.close as usize).checked_sub(1)?)?;
    if !(inner.is('?') || inner.is('!') || inner.is('…')) || !pair.closed {
        return None;
    }
    let end = scene.text.quoted.get(next.quoted.start).filter(|_| !next.quoted.is_empty());
    let words = next.tokens.start..end.map_or(next.tokens.end, |pair| pair.open as usize);
    let attribution = turned(scene, words.clone())?;
    let after = attribution.cue.clone()?.end;
    // "“Why?” Mr. Ito asked Ms. Okafor."
    let addressed = scene.any(after - 1, is::ADDRESSES) && !scene.any(after, is::CONJUNCTION);
    let stops = is::PREPOSITION | is::WEEKDAY;
    let terminal = after >= words.end || !scene.token(after)?.worded() || scene.any(after, stops) || addressed;
    terminal.then_some(attribution)
}

/// The attribution that precedes a quotation in `words`: `Mr. Weil said, "…"`, `said Mr. Weil: "…"`.
fn preceding(scene: &Scene<'_>, words: &Range<usize>, pair: &Quoted) -> Option<Attribution> {
    let last = words.end.checked_sub(1).filter(|last| *last >= words.start)?;
    let colon = scene.is(last, ':');
    let mark = colon || [',', '—', '–', '-'].iter().any(|mark| scene.is(last, *mark));
    let sentence =
        scene.token(pair.open as usize + 1).is_some_and(|token| token.capital() || token.shape == Shape::Number);
    if !(mark || sentence && scene.cue(last)) {
        return None;
    }
    let near = last.saturating_sub(1).max(words.start)..words.end;
    if title(scene, pair) && !near.into_iter().any(|index| scene.cue(index)) {
        return None;
    }
    let from = words.start.max(words.end.saturating_sub(REACH));
    for verb in (from..words.end).rev() {
        if scene.is(verb, ';') {
            break;
        }
        let first = verb == words.start && scene.any(verb, is::CUE);
        let puts = matches!(scene.word(verb), "put" | "puts") && scene.word(verb + 1) == "it";
        if !(scene.cue(verb) || first || puts) {
            continue;
        }
        if let Some(attribution) = led(scene, words, verb) {
            return Some(attribution);
        }
    }
    if !colon {
        return None;
    }
    let humans = || scene.people.within(words.clone()).iter().filter(|mention| mention.human());
    if let Some(beside) = humans().find(|mention| mention.last == last && mention.kind == Kind::Person) {
        return Some(Attribution { subject: named_by(beside), cue: None });
    }
    let named = humans().find(|mention| mention.person.is_some()).or_else(|| humans().next());
    let subject = named.and_then(|named| scene.subject_before(named.last, words.start).or(Some(named_by(named))));
    let subject = subject.or_else(|| scene.opener(words.start, words.end))?;
    Some(Attribution { subject, cue: None })
}

/// Whether the words in marks are a title: all but the small ones begin with a capital.
fn title(scene: &Scene<'_>, pair: &Quoted) -> bool {
    let inside = pair.open as usize + 1..pair.close as usize;
    let small = |index: usize| scene.any(index, is::PREPOSITION | is::CONJUNCTION | is::DETERMINER);
    let mut words = inside.clone().filter(|index| scene.token(*index).is_some_and(Token::worded));
    let capitals = words.clone().filter(|index| scene.token(*index).is_some_and(Token::capital)).count();
    inside.len() < 10
        && capitals > 1
        && words.all(|index| small(index) || scene.token(index).is_some_and(Token::capital))
}

/// The subject of the verb `verb`, which leads to a quotation at the end of `words`.
fn led(scene: &Scene<'_>, words: &Range<usize>, verb: usize) -> Option<Attribution> {
    let cue = Some(verb..verb + 1);
    if verb == words.start {
        let subject = scene.subject_after(verb + 1, words.end)?;
        return Some(Attribution { subject, cue });
    }
    if scene.word(verb).ends_with("ing") {
        // "…, adding: " has the subject of the verb before it.
        let main =
            (words.start + 1..verb).rev().find(|index| scene.cue(*index) && !scene.word(*index).ends_with("ing"));
        let subject = main.and_then(|main| scene.subject_before(main, words.start));
        let named = || scene.people.within(words.start..verb).iter().find(|mention| mention.human()).map(named_by);
        let subject = subject.or_else(|| scene.opener(words.start, verb)).or_else(named)?;
        return Some(Attribution { subject, cue });
    }
    if scene.shares(verb) {
        // "Ms. Okafor rose and said, “No.”"
        let main = (words.start + 1..verb).rev().find(|index| scene.cue(*index));
        let subject = main.and_then(|main| scene.subject_before(main, words.start));
        return Some(Attribution { subject: subject.or_else(|| scene.opener(words.start, verb))?, cue });
    }
    let subject = scene.subject_before(verb, words.start)?;
    Some(Attribution { subject, cue })
}
