//! Whatever is typed is a query, and its notes point into it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use jiff::civil::date;
use pullquote::query;

fuzz_target!(|bytes: &[u8]| {
    pullquote_fuzz::with_text(bytes, |typed| {
        let query = query::parse(typed, date(2025, 2, 10));
        for note in &query.notes {
            assert!(typed.get(note.span.clone()).is_some());
        }
    });
});
