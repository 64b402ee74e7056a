//! Tokens, sentences, paragraphs and marks lie in the text, in order.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::extract::tokens::Text;

fuzz_target!(|bytes: &[u8]| {
    pullquote_fuzz::with_text(bytes, |text| {
        let read = Text::new(text);
        let mut before = 0;
        for token in &read.tokens {
            assert!(before <= token.range().start && !token.of(text).is_empty());
            before = token.range().end;
        }
        for range in read.sentence_ranges().into_iter().chain(read.paragraph_ranges()) {
            assert!(text.get(range).is_some());
        }
    });
});
