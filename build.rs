//! How the program is linked.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    // Fifty thousand pointers in tables of the libraries (names of letters, entities, encodings) would have to be moved
    // at every start, which takes a fifth of a short search. Stack, heap and shared libraries still lie anywhere.
    if target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64" {
        println!("cargo::rustc-link-arg-bin=pullquote=-no-pie");
    }
}
