//! Tickers: which listed companies an article names, and how much it is about each.

use super::{Extractor, Findings, Reading};

/// Finds listed companies and funds.
pub(super) struct Tickers;

impl Extractor for Tickers {
    fn name(&self) -> &'static str {
        "tickers"
    }

    fn extract(&self, _reading: &Reading<'_>, _findings: &mut Findings) {}
}
