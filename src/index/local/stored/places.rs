//! Places in a text, written down as distances: most are small, and a small number takes one byte.

use std::ops::Range;

use crate::article::{Part, Span};

/// A place: how far it begins after (or before) another, and its length.
pub(super) type Place = (i64, u32);

/// A place that is not there.
pub(super) const NOWHERE: Place = (0, 0);

/// `range`, seen from the byte `from`.
pub(super) fn seen_from(from: usize, range: &Range<usize>) -> Place {
    (distance(from, range.start), small(range.len()))
}

/// The range that is `place`, seen from the byte `from`; `None` where that lies before the text.
pub(super) fn range_from(from: usize, (distance, length): Place) -> Option<Range<usize>> {
    let start = from.checked_add_signed(isize::try_from(distance).ok()?)?;
    Some(start..start.checked_add(length as usize)?)
}

/// Places one after the other, each seen from the end of the one before.
#[derive(Debug, Default)]
pub(super) struct Trail {
    end: usize,
}

impl Trail {
    /// Writes the next one down.
    pub(super) fn put(&mut self, range: &Range<usize>) -> Place {
        let place = seen_from(self.end, range);
        self.end = range.end;
        place
    }

    /// Reads the next one.
    pub(super) fn take(&mut self, place: Place) -> Option<Range<usize>> {
        let range = range_from(self.end, place)?;
        self.end = range.end;
        Some(range)
    }

    /// Writes the next span down: whether it lies in the title is told with its length.
    pub(super) fn put_span(&mut self, span: Span) -> (i64, u64) {
        let (distance, length) = self.put(&span.range());
        (distance, u64::from(length) << 1 | u64::from(span.part == Part::Title))
    }

    /// Reads the next span.
    pub(super) fn take_span(&mut self, (distance, length): (i64, u64)) -> Option<Span> {
        let range = self.take((distance, u32::try_from(length >> 1).ok()?))?;
        Some(if length & 1 == 1 { Span::title(range) } else { Span::body(range) })
    }
}

/// Sentences, in order: the length of each, and the gap before it where that is not one byte.
pub(super) fn outline(sentences: &[Range<usize>]) -> Vec<u64> {
    let mut read = 0;
    let mut outline = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let gap = sentence.start.saturating_sub(read) as u64;
        outline.push((sentence.len() as u64) << 1 | u64::from(gap != 1));
        if gap != 1 {
            outline.push(gap);
        }
        read = sentence.end;
    }
    outline
}

/// The sentences of an outline; a length that no text has ends them.
pub(super) fn sentences(outline: &[u64]) -> Vec<Range<usize>> {
    let mut read = 0_usize;
    let mut sentences = Vec::with_capacity(outline.len());
    let mut numbers = outline.iter();
    while let Some(number) = numbers.next() {
        let gap = if number & 1 == 1 { numbers.next().copied().unwrap_or(0) } else { 1 };
        let start = usize::try_from(gap).ok().and_then(|gap| read.checked_add(gap));
        let Some(start) = start else { break };
        let Some(end) = usize::try_from(number >> 1).ok().and_then(|length| start.checked_add(length)) else { break };
        sentences.push(start..end);
        read = end;
    }
    sentences
}

fn distance(from: usize, to: usize) -> i64 {
    let far = |from: usize, to: usize| i64::try_from(to - from).unwrap_or(i64::MAX);
    if to >= from { far(from, to) } else { -far(to, from) }
}

/// Texts are refused long before they reach 4 GiB, so that lengths in them fit.
pub(super) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_a_blank_apart_take_a_number_each() {
        assert_eq!(outline(&[0..5, 6..9, 11..12]), [11, 0, 6, 3, 2]);
        assert_eq!(sentences(&[11, 0, 6, 3, 2]), [0..5, 6..9, 11..12]);
        assert_eq!(sentences(&[u64::MAX, u64::MAX]), [0..0; 0]);
    }

    #[test]
    fn a_place_before_the_text_is_none() {
        assert_eq!(range_from(3, (-3, 2)), Some(0..2));
        assert_eq!(range_from(3, (-4, 2)), None);
        assert_eq!(range_from(3, (i64::MIN, u32::MAX)), None);
        assert_eq!(range_from(usize::MAX, NOWHERE), Some(usize::MAX..usize::MAX));
        assert_eq!(range_from(usize::MAX, (0, 1)), None);
    }

    proptest! {
        #[test]
        fn what_is_put_is_taken(places in prop::collection::vec((any::<bool>(), 0..5000_usize, 0..500_usize), 0..20)) {
            let spans: Vec<Span> = places.iter().map(|(title, start, length)| {
                let range = *start..start + length;
                if *title { Span::title(range) } else { Span::body(range) }
            }).collect();
            let (mut put, mut taken) = (Trail::default(), Trail::default());
            for span in spans {
                let place = put.put_span(span);
                prop_assert_eq!(taken.take_span(place), Some(span));
            }
        }
    }
}
