//! Indirect speech: what somebody is said to have said, in the writer's words or with some of theirs in marks.
//!
//! Each verb that reports, outside quotation marks, has a subject and a complement: "said that …" after it, or the
//! clause before it in "…, she said".

use std::ops::Range;

use super::direct::Attribution;
use super::frames::Frame;
use super::subject::{Form, Scene, Subject, named_by};
use crate::extract::tokens::{Shape, Token, lexicon as is};

/// The most tokens between a verb and its "that".
const REACH: usize = 14;

/// The most tokens of a dateline.
const DATELINE: usize = 16;

/// The fewest tokens of what is reported.
const SHORTEST: usize = 2;

/// What is reported, and who is said to have said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reported {
    /// Its tokens.
    pub(super) words: Range<usize>,
    /// Who, and by which word.
    pub(super) attribution: Attribution,
}

/// All indirect speech of `frame`. Verbs among `taken`, in order, already attribute a direct quotation.
pub(super) fn reported(scene: &Scene<'_>, frame: &Frame, taken: &[usize]) -> Vec<Reported> {
    let start = dateline_end(scene, frame);
    let last = last_word(scene, frame);
    let mut reader = Reader { scene, last, floor: start, begin: start, found: Vec::new() };
    let mut at = frame.tokens.start;
    for pair in &scene.text.quoted[frame.quoted.clone()] {
        reader.narration(at..pair.open as usize, taken);
        at = pair.close as usize + 1;
    }
    reader.narration(at..frame.tokens.end, taken);
    reader.found
}

/// Where the text of a frame begins after a dateline: "DETROIT (Reuters) - ".
fn dateline_end(scene: &Scene<'_>, frame: &Frame) -> usize {
    let head = frame.tokens.start..frame.tokens.end.min(frame.tokens.start + DATELINE);
    let dash = |index: usize| ['-', '—', '–'].iter().any(|dash| scene.is(index, *dash));
    let mut head = head;
    let end = head.find(|index| scene.is(*index, ')') && dash(index + 1));
    end.map_or(frame.tokens.start, |bracket| bracket + 2)
}

/// One past the last word of a frame, without the mark that ends it.
fn last_word(scene: &Scene<'_>, frame: &Frame) -> usize {
    let mut last = frame.tokens.end;
    let stops = ['.', '!', '?', ';', ':', '…'];
    while last > frame.tokens.start && stops.iter().any(|stop| scene.is(last - 1, *stop)) {
        last -= 1;
    }
    last
}

struct Reader<'a> {
    scene: &'a Scene<'a>,
    /// One past the last word of the frame.
    last: usize,
    /// Where the words begin in which the next verb's subject is sought.
    floor: usize,
    /// Where the clause begins that a later ", she said" reports.
    begin: usize,
    found: Vec<Reported>,
}

impl Reader<'_> {
    /// Reads the verbs in `words`, a stretch without quotation marks.
    fn narration(&mut self, words: Range<usize>, taken: &[usize]) {
        let text = self.scene.text;
        let from = text.telling.partition_point(|at| (*at as usize) < words.start);
        let verbs = text.telling[from..].iter().map(|at| *at as usize).take_while(|at| *at < words.end);
        let mut taken = taken.iter().copied().filter(|at| words.contains(at)).peekable();
        for verb in verbs {
            while let Some(before) = taken.next_if(|before| *before < verb) {
                self.pass(before);
            }
            let token = &text.tokens[verb];
            if taken.next_if_eq(&verb).is_some() {
                self.pass(verb);
            } else if token.any(is::ACCORDING) && self.scene.word(verb + 1) == "to" {
                self.according(verb);
            } else if token.any(is::REPORTS | is::ACTS | is::INTENDS) && self.reports(verb, token) {
                self.verb(verb);
            }
        }
        taken.for_each(|before| self.pass(before));
    }

    /// Passes over a verb that attributes already.
    fn pass(&mut self, verb: usize) {
        (self.floor, self.begin) = (verb + 1, verb + 1);
    }

    /// Whether `token`, the one at `at`, is a verb, in a form that reports; it is a word that may be one.
    fn reports(&self, at: usize, token: &Token) -> bool {
        let scene = self.scene;
        if token.shape != Shape::Lower || at == 0 {
            return false;
        }
        let word = scene.word(at);
        let past =
            word.ends_with("ed") || matches!(word, "said" | "told" | "wrote" | "thought" | "found" | "knew" | "says");
        let noun = scene.any(at - 1, is::DETERMINER | is::PREPOSITION) && !scene.any(at - 1, is::RELATIVE);
        let noun = noun || scene.token(at - 1).is_some_and(|before| before.shape == Shape::Possessive);
        !(noun || past && self.passive(at))
    }

    /// Whether a form of "be" makes the verb at `at` passive.
    fn passive(&self, at: usize) -> bool {
        let before = (at.saturating_sub(3)..at).rev().find(|index| !self.scene.any(*index, is::ADVERB));
        before.is_some_and(|index| {
            let word = self.scene.word(index);
            matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "being" | "get" | "got")
        })
    }

    /// "…, according to the report" and "According to the report, …".
    fn according(&mut self, at: usize) {
        let scene = self.scene;
        let Some(subject) = scene.phrase_beginning(at + 2, self.last) else { return };
        let attribution = Attribution { cue: Some(at..at + 2), subject };
        if at <= self.floor + 1 {
            let end = attribution.subject.place.end;
            let comma = (end..self.last.min(end + REACH)).find(|index| scene.is(*index, ','));
            if let Some(comma) = comma {
                self.push(comma + 1..self.clause_end(comma + 1), attribution);
            }
            return;
        }
        self.before(at, attribution);
    }

    fn verb(&mut self, verb: usize) {
        let scene = self.scene;
        let spoken = scene.cue(verb) && !scene.any(verb, is::ADDRESSES) && !scene.word(verb).ends_with("ing");
        if spoken && self.apart(verb) {
            // "…, said the bank.", not "Mr. Weil, 55, said he would".
            let inverted = scene.subject_after(verb + 1, self.last).filter(|subject| self.ends(subject));
            if let Some(subject) = inverted {
                self.before(verb, Attribution { cue: Some(verb..verb + 1), subject });
                return;
            }
        }
        let Some(subject) = self.subject(verb) else { return };
        let mut start = scene.people.at(subject.place.start).map_or(subject.place.start, |mention| mention.title);
        while start > self.floor && scene.modifies(start - 1) {
            start -= 1;
        }
        let attribution = Attribution { cue: Some(verb..verb + 1), subject };
        if let Some(first) = self.complement(verb, &attribution.subject) {
            let end = self.clause_end(first);
            // "He said he hoped to win": the second verb is among what is reported already.
            let nested = self.found.last().is_some_and(|reported| reported.words.contains(&verb));
            if nested && attribution.subject.form == Form::Pronoun {
                return;
            }
            if end >= first + SHORTEST {
                self.floor = verb + 1;
                self.push(first..end, attribution);
                return;
            }
        }
        if scene.cue(verb) && self.apart(start) {
            self.before(start, attribution);
        }
    }

    /// Whether an attribution can end with `subject`: what follows is no verb of its own.
    fn ends(&self, subject: &Subject) -> bool {
        let after = subject.place.end;
        let small = is::PREPOSITION | is::WEEKDAY | is::RELATIVE | is::CONJUNCTION;
        let stops =
            self.scene.token(after).is_none_or(|token| token.is(',') || token.any(small) && !token.any(is::DETERMINER));
        after >= self.last || stops && subject.form != Form::Pronoun
    }

    /// Whether a comma, a dash or a closing mark stands before `at`, and something in this clause before that.
    fn apart(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|before| *before > self.floor);
        before.is_some_and(|at| [',', '”', '"', '—', '–'].iter().any(|mark| self.scene.is(at, *mark)))
    }

    fn subject(&self, verb: usize) -> Option<Subject> {
        let scene = self.scene;
        if scene.word(verb).ends_with("ing") {
            let own = self.found.last().map(|reported| reported.attribution.subject.clone());
            return own.or_else(|| {
                scene.people.within(self.floor..verb).iter().find(|mention| mention.human()).map(named_by)
            });
        }
        if scene.shares(verb) {
            let own = self.found.last().map(|reported| reported.attribution.subject.clone());
            return own.or_else(|| scene.opener(self.floor, verb));
        }
        let core = scene.any(verb, is::BARE);
        let said = matches!(scene.word(verb), "said" | "says" | "say" | "told" | "wrote");
        let fits = |subject: &Subject| if said { scene.plausible(subject) } else { scene.credible(subject) };
        let near = scene.subject_before(verb, self.floor).filter(fits);
        if scene.any(verb, is::NOUN) {
            // "Insurance claims fell" has no verb of speech.
            let clear = |form: Form| matches!(form, Form::Pronoun | Form::Name(Some(_)));
            return near.filter(|subject| clear(subject.form) || scene.word(verb + 1) == "that");
        }
        if !core {
            return near;
        }
        // "Banks that know him say": the clause begins with its subject.
        near.or_else(|| scene.opener(self.floor, verb))
    }

    /// Where the complement of the verb at `verb` begins; nothing when it has none.
    fn complement(&self, verb: usize, subject: &Subject) -> Option<usize> {
        let scene = self.scene;
        let token = scene.token(verb)?;
        let mut at = verb + 1;
        if token.any(is::ADDRESSES) {
            at = scene.phrase_beginning(at, self.last).map_or(at, |object| object.place.end);
        }
        let addressed = at;
        let at = self.skip_adverbials(at);
        let aside = scene.any(addressed, is::PREPOSITION | is::WEEKDAY | is::ADVERB | is::STARTER);
        if let Some(first) = self.introduced(token, at).or_else(|| self.introduced(token, addressed)) {
            return Some(first);
        }
        if token.any(is::ADDRESSES) || aside && token.any(is::REPORTS) {
            let near =
                (at..self.last.min(at + REACH)).take_while(|index| scene.token(*index).is_some_and(Token::worded));
            let that = near.clone().find(|index| scene.word(*index) == "that");
            let to = near.clone().find(|index| scene.word(*index) == "to" && token.any(is::INTENDS));
            if let Some(first) = that.or(to) {
                return Some(first);
            }
        }
        let next = scene.token(at).filter(|_| at < self.last)?;
        if token.any(is::ACTS) && (next.worded() || self.quoted(at)) {
            return Some(if matches!(scene.word(at), "for" | "on" | "of") { at + 1 } else { at });
        }
        let clause = next.worded() && !next.any(is::PREPOSITION | is::CONJUNCTION | is::AUXILIARY | is::ADVERB);
        // "The poll showed inflation rising."
        let shows = token.any(is::SHOWS) && subject.place.clone().any(|index| scene.any(index, is::DOCUMENT));
        ((token.any(is::BARE) || shows) && (clause || self.quoted(at))).then_some(at)
    }

    /// Whether "that", "whether" or "to" at `at` begins what the verb `verb` reports.
    fn introduced(&self, verb: &Token, at: usize) -> Option<usize> {
        let fits = match self.scene.word(at) {
            "that" | "whether" | "if" | "how" | "why" | "what" | "where" => verb.any(is::REPORTS),
            "to" => verb.any(is::INTENDS) && self.scene.word(at + 1) != "comment",
            _ => false,
        };
        (fits && at < self.last).then_some(at)
    }

    fn quoted(&self, at: usize) -> bool {
        self.scene.text.quoted.binary_search_by_key(&at, |pair| pair.open as usize).is_ok()
    }

    /// Passes over "on Tuesday", "in a statement" and the like behind a verb.
    fn skip_adverbials(&self, from: usize) -> usize {
        let scene = self.scene;
        let mut at = from;
        while at < self.last {
            if scene.any(at, is::WEEKDAY | is::ADVERB) || matches!(scene.word(at), "today" | "yesterday") {
                at += 1;
            } else if scene.any(at, is::PREPOSITION) && !matches!(scene.word(at), "of" | "like" | "as") {
                at = scene.phrase_beginning(at + 1, self.last).map_or(at + 1, |object| object.place.end.max(at + 2));
                if scene.is(at, ',') {
                    at += 1;
                }
            } else {
                break;
            }
        }
        at
    }

    /// Where the clause that begins at `first` ends: with the frame, or before the next attribution.
    fn clause_end(&self, first: usize) -> usize {
        let scene = self.scene;
        let mut at = first;
        while at < self.last {
            if let Ok(index) = scene.text.quoted.binary_search_by_key(&at, |pair| pair.open as usize) {
                let open = at;
                at = scene.text.quoted[index].close as usize + 1;
                if open == first && self.ends_within(at) {
                    return at;
                }
                if scene.cue(at) || at < self.last && self.attributes(at) {
                    return at;
                }
                continue;
            }
            if scene.is(at, ';') || scene.is(at, ',') && self.attributes(at + 1) {
                return at;
            }
            at += 1;
        }
        self.last
    }

    /// Whether the comma inside the marks before `at` ends the speech: 'said "we will not," on Tuesday'.
    fn ends_within(&self, at: usize) -> bool {
        let scene = self.scene;
        at < self.last && scene.is(at - 2, ',') && scene.any(at, is::PREPOSITION | is::WEEKDAY)
    }

    /// Whether an attribution begins at `at`, after a comma: "but he added", "saying", "Mr. Weil said".
    fn attributes(&self, at: usize) -> bool {
        let scene = self.scene;
        if scene.word(at) == "according" {
            return true;
        }
        let mut index = at;
        while index < self.last && scene.any(index, is::CONJUNCTION | is::ADVERB) {
            index += 1;
        }
        if scene.cue(index) {
            return true;
        }
        let Some(subject) = scene.phrase_beginning(index, self.last) else { return false };
        let mut verb = subject.place.end;
        while verb < self.last && scene.any(verb, is::AUXILIARY | is::ADVERB) {
            verb += 1;
        }
        scene.cue(verb) && scene.any(verb, is::REPORTS) && subject.form != Form::Description
    }

    /// Reports the clause before token `end`, where an attribution begins.
    fn before(&mut self, end: usize, attribution: Attribution) {
        let scene = self.scene;
        let mut last = end;
        while last > self.floor
            && scene
                .token(last - 1)
                .is_some_and(|token| token.is(',') || token.is('—') || token.is('–') || token.is('-'))
        {
            last -= 1;
        }
        let mut first = self.begin;
        while first < last && (scene.token(first).is_some_and(|token| !token.worded() && !self.quoted(first))) {
            first += 1;
        }
        // "…, which, Mr. Ito said, is full": the rest of the sentence is not his.
        if last > first && scene.any(last - 1, is::RELATIVE) {
            first = last - 1;
        }
        let group = attribution.cue.as_ref().map_or(end, |cue| cue.end).max(attribution.subject.place.end);
        (self.floor, self.begin) = (group, group);
        // "Overall, she said, sales rose": what is said stands on both sides.
        let right = self.skip_adverbials(group);
        let right = if scene.is(right, ',') { Some(right + 1) } else { scene.is(right - 1, ',').then_some(right) };
        let sides = right.map(|right| right..self.clause_end(right)).filter(|right| right.len() > SHORTEST);
        if sides.is_none() || !self.adverbial(&(first..last)) {
            self.push(first..last, attribution.clone());
        }
        if let Some(right) = sides.filter(|right| self.goes_on(right)) {
            self.push(right, attribution);
        }
    }

    /// Whether `words` are no more than "In recent years".
    fn adverbial(&self, words: &Range<usize>) -> bool {
        let small = self.scene.any(words.start, is::PREPOSITION | is::ADVERB | is::STARTER)
            && !self.scene.any(words.start, is::PRONOUN | is::DETERMINER | is::IT);
        words.len() < 2 || small && words.len() < 9
    }

    /// Whether the clause `words`, after "she said,", goes on with what is said rather than with the narration.
    fn goes_on(&self, words: &Range<usize>) -> bool {
        let narrates = is::RELATIVE | is::CONJUNCTION;
        !self.scene.any(words.start, narrates)
            && !self.scene.word(words.start).ends_with("ing")
            && !self.quoted(words.start)
    }

    fn push(&mut self, words: Range<usize>, attribution: Attribution) {
        if words.len() >= SHORTEST || self.quoted(words.start) {
            self.found.push(Reported { words, attribution });
        }
    }
}
