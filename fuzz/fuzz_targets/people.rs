//! Names lie in the text, in order and apart.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::extract::people;
use pullquote::extract::tokens::Text;

fuzz_target!(|bytes: &[u8]| {
    pullquote_fuzz::with_text(bytes, |text| {
        let read = Text::new(text);
        let mut before = 0;
        for mention in &people::find(&read, &[]).mentions {
            assert!(before <= mention.first && mention.title <= mention.first && mention.first < mention.last);
            before = mention.last;
        }
    });
});
