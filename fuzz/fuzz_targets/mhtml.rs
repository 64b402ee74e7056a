//! Any bytes in a file that ends in `.mhtml` are read or refused.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    pullquote_fuzz::read("fuzz.mhtml", bytes);
});
