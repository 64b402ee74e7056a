//! The sentences round a quotation.

use std::ops::Range;

use crate::article::Quote;

/// The sentences before and after a quotation, as far as they are not the quotation's own.
pub(super) fn around<'a>(body: &'a str, sentences: &[Range<usize>], quote: &Quote) -> (&'a str, &'a str) {
    let before = sentences.partition_point(|sentence| sentence.start < quote.start);
    let own = sentences.get(before.wrapping_sub(1)).is_some_and(|sentence| sentence.end > quote.start);
    let start = if own {
        let head = sentences[before - 1].start;
        // Words of the same sentence before the marks are its context; where there are none, the sentence before is.
        if body[head..quote.start].trim().is_empty() {
            before.checked_sub(2).map(|at| sentences[at].start)
        } else {
            Some(head)
        }
    } else {
        before.checked_sub(1).map(|at| sentences[at].start)
    };
    let after = sentences.partition_point(|sentence| sentence.end <= quote.end);
    let end = sentences.get(after).map(|sentence| sentence.end);
    let cut = |from: usize, to: usize| body.get(from..to).unwrap_or_default().trim();
    (start.map_or("", |start| cut(start, quote.start)), end.map_or("", |end| cut(quote.end, end.max(quote.end))))
}
