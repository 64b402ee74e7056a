//! How much an article is about a company, from 0 to 1.

use crate::article::Part;

use super::found::Entry;

/// What a mention weighs in the headline, in the first paragraph, after it, and as an aside.
const HEADLINE: f32 = 4.0;
const LEAD: f32 = 2.0;
const TEXT: f32 = 1.0;
const ASIDE: f32 = 0.1;

/// The weight at which salience is one half.
const HALF: f32 = 6.0;

/// The salience of `entry`, where the first paragraph of the body ends at `lead`.
///
/// Each mention has its weight and the sum runs into 1, so that the tenth mention says less than the second. A code
/// the record carries without a mention counts as one in the first paragraph.
pub(super) fn of(entry: &Entry, lead: usize) -> f32 {
    let weight = |mention: &super::found::Mention| match (mention.aside, mention.span.part) {
        (true, _) => ASIDE,
        (false, Part::Title) => HEADLINE,
        (false, Part::Body) if mention.span.start < lead => LEAD,
        (false, Part::Body) => TEXT,
    };
    let sum: f32 = entry.mentions.iter().map(weight).sum();
    let sum = if entry.mentions.is_empty() { LEAD } else { sum };
    sum / (sum + HALF)
}
