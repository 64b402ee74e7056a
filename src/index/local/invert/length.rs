//! How long a field counts as when its words are ranked.
//!
//! BM25 takes a text of twice the length for one that says everything twice. Longer news is mostly longer because it
//! says more: scope, not verbosity (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009, 3.4.2). So
//! lengths are kept to a power below one, which takes less from long texts in any collection, however long its texts
//! are on average. Of the powers tried on three collections, those from 0.6 to 0.8 were better than one on all three.

use std::sync::LazyLock;

/// The power. 1 would count words as they are, 0 would not look at lengths.
const POWER: f64 = 0.65;

/// Lengths are kept exactly up to 40 and to an eighth above: whole numbers that small would be too coarse.
const SCALE: f64 = 4.0;

/// The length that is kept for a field of `tokens` words.
pub(super) fn length(tokens: u32) -> u32 {
    static USUAL: LazyLock<Vec<u32>> = LazyLock::new(|| (0..1024).map(scaled).collect());
    USUAL.get(tokens as usize).copied().unwrap_or_else(|| scaled(tokens))
}

fn scaled(tokens: u32) -> u32 {
    let scaled = (SCALE * f64::from(tokens).powf(POWER)).round();
    // Below 2^32 for any number of words: 4 · (2^32)^0.65 is some seven million.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it fits, and is never negative")]
    let length = scaled as u32;
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_texts_count_as_longer_but_less_so() {
        let lengths = [0, 1, 2, 3, 10, 100, 101, 1000, u32::MAX].map(length);
        assert!(lengths.is_sorted());
        assert_eq!(lengths[..2], [0, 4]);
        assert!(length(2000) < 2 * length(1000) && length(2000) > length(1000));
    }
}
