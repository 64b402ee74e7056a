//! How much an article is about a company, from 0 to 1.

use crate::article::Part;

use super::found::{Entry, Mention};

/// What a mention weighs in the headline, in the first paragraph, after it, and as an aside.
const HEADLINE: f32 = 4.0;
const LEAD: f32 = 2.0;
const TEXT: f32 = 1.0;
const ASIDE: f32 = 0.1;

/// The most that asides weigh together: less than one mention that is none, however many questions an analyst asks.
const ASIDES: f32 = 0.5;

/// The weight at which salience is one half.
const HALF: f32 = 6.0;

/// The salience of each of `entries`, where the first paragraph of the body ends at `lead`.
///
/// Each mention has its weight and the sum runs into 1, so that the tenth mention says less than the second. A company's own
/// earnings call is more about it than about any other, whatever it talks about.
pub(super) fn of(entries: &[Entry], lead: usize) -> Vec<f32> {
    let weights: Vec<f32> = entries.iter().map(|entry| weight(entry, lead)).collect();
    let others = entries.iter().zip(&weights).filter(|(entry, _)| !entry.subject);
    let greatest = others.map(|(_, weight)| *weight).fold(0.0, f32::max);
    let raised = entries
        .iter()
        .zip(weights)
        .map(|(entry, weight)| if entry.subject { weight.max(greatest + HEADLINE) } else { weight });
    raised.map(|weight| weight / (weight + HALF)).collect()
}

/// What the mentions of `entry` weigh. A code the record carries without a mention counts as one in the first paragraph.
fn weight(entry: &Entry, lead: usize) -> f32 {
    let plain = |mention: &Mention| match mention.span.part {
        Part::Title => HEADLINE,
        Part::Body if mention.span.start < lead => LEAD,
        Part::Body => TEXT,
    };
    let asides = entry.mentions.iter().filter(|mention| mention.aside).map(|_| ASIDE).sum::<f32>();
    let plain: f32 = entry.mentions.iter().filter(|mention| !mention.aside).map(plain).sum();
    if entry.mentions.is_empty() { LEAD } else { plain + asides.min(ASIDES) }
}
