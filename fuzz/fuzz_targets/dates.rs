//! Dates rest on words of the text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    pullquote_fuzz::with_article(bytes, |article| {
        for mentioned in &article.mentioned_dates {
            assert!(!article.text(mentioned.span).is_empty());
            assert!(mentioned.since <= mentioned.until);
        }
        if let Some(span) = article.published.as_ref().and_then(|published| published.evidence) {
            assert!(!article.text(span).is_empty());
        }
    });
});
