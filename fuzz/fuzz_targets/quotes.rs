//! Quotations rest on words of the text, in order.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    pullquote_fuzz::with_article(bytes, |article| {
        for quote in &article.quotes {
            assert!(!article.words(quote).is_empty());
        }
        assert!(article.quotes.is_sorted_by_key(|quote| quote.start));
    });
});
