//! When and where something was said: "Jonas Weil on Tuesday in a statement said".

use super::subject::Scene;
use crate::extract::tokens::{Shape, lexicon as is};

/// The most tokens of an occasion: "in a conference call".
const LONGEST: usize = 5;

impl Scene<'_> {
    /// Where the occasion that ends before `end` begins; `end` where none does.
    pub(super) fn before_occasion(&self, end: usize, from: usize) -> usize {
        let begins = |first: &usize| self.is_day(*first, end) || self.is_span(*first, end) || self.is_talk(*first, end);
        let found = (from.max(end.saturating_sub(LONGEST))..end).find(begins);
        // The first words of a sentence are no occasion for a speaker before them.
        found.filter(|first| *first > from).unwrap_or(end)
    }

    /// "on Tuesday", "late on Tuesday evening", "Tuesday", "on Feb. 3".
    fn is_day(&self, first: usize, end: usize) -> bool {
        let mut at = first;
        if matches!(self.word(at), "late" | "early") {
            at += 1;
        }
        let on = self.word(at) == "on";
        at += usize::from(on);
        if self.any(at, is::WEEKDAY) {
            at += 1;
            at += usize::from(matches!(self.word(at), "morning" | "afternoon" | "evening" | "night"));
            return at == end;
        }
        if !on || !self.any(at, is::MONTH) {
            return false;
        }
        at += 1;
        at += usize::from(self.is(at, '.'));
        at + 1 == end && self.word(at).bytes().all(|byte| byte.is_ascii_digit())
    }

    /// "last week", "earlier this month".
    fn is_span(&self, first: usize, end: usize) -> bool {
        let at = first + usize::from(matches!(self.word(first), "late" | "early" | "earlier" | "later"));
        matches!(self.word(at), "last" | "this")
            && matches!(self.word(at + 1), "week" | "month" | "year" | "quarter" | "morning" | "afternoon" | "evening")
            && at + 2 == end
    }

    /// "in a statement", "on a conference call".
    fn is_talk(&self, first: usize, end: usize) -> bool {
        let last = end - 1;
        let says = self.any(last, is::DOCUMENT) || matches!(self.word(last), "interview" | "call");
        says && matches!(self.word(first), "in" | "on" | "during")
            && matches!(self.word(first + 1), "a" | "an")
            && (first + 2..last).all(|index| self.token(index).is_some_and(|token| token.shape == Shape::Lower))
    }
}
