//! Companies rest on words of the text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    pullquote_fuzz::with_article(bytes, |article| {
        for span in article.tickers.iter().flat_map(|ticker| &ticker.mentions) {
            assert!(!article.text(*span).is_empty());
        }
    });
});
