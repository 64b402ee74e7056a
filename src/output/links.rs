//! Addresses that a terminal or a page may follow.

use std::fmt::Write;
use std::path::{self, Path};

use crate::search::Hit;

/// Where `hit` can be read: its address on the web, or its file under `root`.
pub(super) fn to(hit: &Hit, root: &Path) -> Option<String> {
    let web = hit.url.as_deref().and_then(web);
    web.or_else(|| file(root, &hit.path))
}

/// `url` as it may stand in an escape sequence or between brackets, where it is one of the web.
pub(super) fn web(url: &str) -> Option<String> {
    let url = url.trim();
    let known = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    known.then(|| escaped(url, b"%:/?#[]@!$&'*+,;=~-._"))
}

/// The `file://` address of `path` under `root`.
fn file(root: &Path, path: &str) -> Option<String> {
    let place = path::absolute(root.join(path)).ok()?;
    let place = escaped(place.to_str()?, b"/-._~@+,=");
    Some(format!("file://{place}"))
}

/// `text` with every byte percent-encoded but letters, digits and those of `kept`.
fn escaped(text: &str, kept: &[u8]) -> String {
    let mut address = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_leave_its_escape_sequence() {
        assert_eq!(web("https://a.example/\u{1b}\\x(y)").unwrap(), "https://a.example/%1B%5Cx%28y%29");
        assert_eq!(web("javascript:alert(1)"), None);
    }

    #[test]
    fn a_file_is_addressed_from_the_root() {
        assert_eq!(file(Path::new("/news"), "wire/a b#1.txt").unwrap(), "file:///news/wire/a%20b%231.txt");
    }
}
