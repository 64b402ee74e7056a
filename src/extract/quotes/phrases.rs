//! Noun phrases read forwards: "Avanta Bank's Mr. Porter", "a spokesman for the bank", "his lawyer, Jane Roe".

use std::ops::Range;

use super::subject::{DESCRIPTION, Form, Scene, Subject, named_by};
use crate::extract::tokens::{Gap, Shape, lexicon as is};

impl Scene<'_> {
    /// The noun phrase that begins at `first`.
    pub(super) fn phrase_beginning(&self, first: usize, until: usize) -> Option<Subject> {
        let token = self.token(first).filter(|_| first < until)?;
        if token.any(is::PRONOUN | is::IT) && !token.any(is::RELATIVE) {
            return Some(Subject { place: first..first + 1, form: Form::Pronoun, role: None });
        }
        let mut end = first;
        while end < until && self.continues(first, end) {
            end += 1;
        }
        while end > first && self.token(end - 1).is_some_and(|token| token.shape == Shape::Possessive || token.is('-'))
        {
            end -= 1;
        }
        if end == first {
            return None;
        }
        let named = self.people.ending(end).filter(|mention| mention.first >= first);
        match named {
            Some(mention) if mention.human() || !self.describes(&(first..mention.title)) => Some(named_by(mention)),
            _ => Some(self.extended(first..end, until)),
        }
    }

    /// Whether token `end` still belongs to the noun phrase from `first`.
    fn continues(&self, first: usize, end: usize) -> bool {
        let Some(token) = self.token(end) else { return false };
        if let Some(mention) = self.people.at(end) {
            // Two names side by side are one phrase only through a title or an 's.
            return mention.first < end || end == first || self.people.ending(end).is_none();
        }
        let stops = is::PREPOSITION | is::CONJUNCTION | is::AUXILIARY | is::PRONOUN | is::RELATIVE | is::WEEKDAY;
        if token.any(is::DETERMINER) {
            return end == first;
        }
        if token.shape == Shape::Possessive || token.any(is::HONORIFIC | is::ROLE | is::BODY | is::DOCUMENT) {
            return !self.just_named(first, end) || token.shape == Shape::Possessive;
        }
        if token.is('-') {
            return end > first && self.token(end + 1).is_some_and(|next| next.gap == Gap::None && next.worded());
        }
        let verb = end > first && token.any(is::CUE | is::ADVERB);
        token.worded() && !verb && !token.any(stops) && !self.just_named(first, end)
    }

    /// Whether a person's name has just ended before `end`: nothing in lower case belongs to it.
    fn just_named(&self, first: usize, end: usize) -> bool {
        let named = self.people.ending(end).is_some_and(|mention| mention.first >= first && mention.person.is_some());
        named && !self.leads_on(end)
    }

    /// Whether a few words in lower case lead from a name to the next: "Okafor ally Jonas Weil".
    fn leads_on(&self, end: usize) -> bool {
        let nouns = (end..end + 4).take_while(|index| {
            let function =
                is::PREPOSITION | is::CONJUNCTION | is::AUXILIARY | is::PRONOUN | is::DETERMINER | is::RELATIVE;
            self.token(*index).is_some_and(|token| token.shape == Shape::Lower && !token.any(function | is::ADVERB))
        });
        let next = end + nouns.count();
        next > end && self.people.at(next).is_some_and(|mention| mention.human() && mention.title == next)
    }

    /// A description with what is tied to it, or the name that follows it: "his lawyer, Jane Roe".
    fn extended(&self, phrase: Range<usize>, until: usize) -> Subject {
        let mut end = phrase.end;
        while end < until && self.links(end) && self.word(end) != "to" || self.word(end) == "familiar" {
            let mut next = end + 1;
            while next < until && self.continues(end + 1, next) {
                next += 1;
            }
            if next == end + 1 || end - phrase.start > DESCRIPTION {
                break;
            }
            end = next;
        }
        let apposed = self.people.at(end + 1).filter(|mention| mention.title == end + 1 && self.is(end, ','));
        let named = apposed.filter(|mention| mention.human() && mention.last - mention.first > 1);
        if let Some(mention) = named.filter(|_| self.describes_person(&phrase)) {
            return Subject { role: Some(phrase.start..end), ..named_by(mention) };
        }
        Subject { place: phrase.start..end, form: Form::Description, role: None }
    }
}
