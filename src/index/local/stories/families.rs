//! Which articles were found to be one story: a forest of sets, each with the days over which it lasts.

use super::build::Candidate;

/// Copies appear within so many days of each other.
pub(super) const DAYS: i32 = 45;

/// Which articles are one story.
pub(super) struct Families {
    /// Each points to another of the same story, the first to itself.
    pub(super) to: Vec<u32>,
    /// The first and the last day of the story of each first one.
    days: Vec<Option<(i32, i32)>>,
}

impl Families {
    pub(super) fn new(candidates: &[Candidate]) -> Families {
        Families {
            to: (0..u32::try_from(candidates.len()).unwrap_or(u32::MAX)).collect(),
            days: candidates.iter().map(|candidate| candidate.day.map(|day| (day, day))).collect(),
        }
    }

    pub(super) fn first(&mut self, mut at: u32) -> u32 {
        while self.to[at as usize] != at {
            let next = self.to[at as usize];
            self.to[at as usize] = self.to[next as usize];
            at = next;
        }
        at
    }

    /// Makes two stories one, unless it would last too long: the same words a year later, and an undated copy of both.
    pub(super) fn unite(&mut self, one: u32, other: u32) {
        let (one, other) = (self.first(one), self.first(other));
        let days = match (self.days[one as usize], self.days[other as usize]) {
            (Some((first, last)), Some((early, late))) => Some((first.min(early), last.max(late))),
            (days, other) => days.or(other),
        };
        if days.is_none_or(|(first, last)| last - first <= DAYS) {
            self.days[one.min(other) as usize] = days;
            self.to[one.max(other) as usize] = one.min(other);
        }
    }
}
