//! An Atom feed (RFC 4287) of hits: the new ones on top of those that it had.

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::Timestamp;

use super::day::day;
use super::{clean, clean_lines, links};
use crate::search::Hit;

/// The most entries of a feed.
const MOST: usize = 200;

/// The line by which we know our own feeds.
const OURS: &str = "  <generator>pullquote</generator>";
const BEGIN: &str = "  <entry>";
const END: &str = "  </entry>";

/// Writes the feed called `name` with `hits` on top of the entries of `old`, the feed as it was; at the time `now`.
pub fn atom(name: &str, hits: &[Hit], old: &str, now: Timestamp, out: &mut dyn Write) -> io::Result<()> {
    let now = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">")?;
    writeln!(out, "  <id>{}</id>\n  <title>{}</title>", urn(&["feed", name]), escaped(name))?;
    writeln!(out, "  <updated>{now}</updated>\n{OURS}\n  <author><name>pullquote</name></author>")?;
    let mut room = MOST;
    let mut names = Vec::with_capacity(hits.len());
    for hit in hits.iter().take(MOST) {
        out.write_all(entry(hit, &now).as_bytes())?;
        names.push(format!("<id>{}</id>", named(hit)));
        room -= 1;
    }
    let again = |entry: &str| names.iter().any(|name| entry.contains(name));
    for entry in entries(old).filter(|entry| !again(entry)).take(room) {
        out.write_all(entry.as_bytes())?;
    }
    writeln!(out, "</feed>")
}

/// Whether `text` is a feed that we wrote, or empty.
pub fn is_ours(text: &str) -> bool {
    text.is_empty() || text.lines().take(8).any(|line| line == OURS)
}

/// The entries of a feed that we wrote, as they stand there.
fn entries(feed: &str) -> impl Iterator<Item = &str> {
    let mut rest = feed;
    std::iter::from_fn(move || {
        let begin = rest.find(&format!("{BEGIN}\n"))?;
        let end = begin + rest[begin..].find(&format!("{END}\n"))? + END.len() + 1;
        let entry = &rest[begin..end];
        rest = &rest[end..];
        Some(entry)
    })
}

fn entry(hit: &Hit, now: &str) -> String {
    let words = hit.quote.as_ref().map(|quote| quote.text.as_str());
    let title = match (words, hit.title.trim()) {
        (Some(words), _) => words,
        (None, "") => "(no headline)",
        (None, title) => title,
    };
    let published = hit.published.as_ref();
    let mut entry = format!("{BEGIN}\n");
    // Writing to a string cannot fail.
    let _ = writeln!(entry, "    <id>{}</id>", named(hit));
    let _ = writeln!(entry, "    <title>{}</title>", escaped(title));
    if let Some(address) = hit.url.as_deref().and_then(links::web) {
        let _ = writeln!(entry, "    <link rel=\"alternate\" href=\"{}\"/>", escaped(&address));
    }
    if let Some(published) = published {
        let instant = published.instant.map(|instant| instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let printed = instant.unwrap_or_else(|| format!("{}T00:00:00Z", published.day));
        let _ = writeln!(entry, "    <published>{printed}</published>");
    }
    let _ = writeln!(entry, "    <updated>{now}</updated>");
    for author in &hit.authors {
        let _ = writeln!(entry, "    <author><name>{}</name></author>", escaped(author));
    }
    for company in &hit.tickers {
        let _ = writeln!(entry, "    <category term=\"{}\"/>", escaped(&company.symbol));
    }
    let _ = writeln!(entry, "    <content type=\"text\">{}</content>", escaped(&content(hit)));
    entry.push_str(END);
    entry.push('\n');
    entry
}

/// The name of an entry, the same whenever it comes.
fn named(hit: &Hit) -> String {
    let day = hit.published.as_ref().map_or_else(String::new, |published| published.day.to_string());
    let words = hit.quote.as_ref().map_or("", |quote| quote.text.as_str());
    urn(&["entry", &hit.id, &hit.title, &day, words])
}

/// The passages, or the quotation with who said it; then where it stands.
fn content(hit: &Hit) -> String {
    let mut lines: Vec<String> = hit.snippets.iter().map(|snippet| snippet.text.trim().to_owned()).collect();
    let mut facts: Vec<String> = Vec::new();
    if let Some(quote) = &hit.quote {
        lines.push(quote.text.clone());
        let speaker = quote.speaker.as_ref();
        let who = [
            speaker.map(|speaker| speaker.name.clone()),
            speaker.and_then(|speaker| speaker.role.clone()),
            speaker.and_then(|speaker| speaker.organization.clone()),
        ];
        facts.extend(Some(who.into_iter().flatten().collect::<Vec<_>>().join(", ")).filter(|who| !who.is_empty()));
        facts.push(hit.title.clone());
    }
    facts.extend(hit.source.clone());
    facts.extend([day(hit.published.as_ref()), hit.id.clone()]);
    lines.push(facts.join(" · "));
    lines.join("\n\n")
}

/// A name for good, made from `parts`.
fn urn(parts: &[&str]) -> String {
    let mut hash = blake3::Hasher::new();
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize().as_bytes()[..16]);
    // Version 8, of one's own making (RFC 9562).
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// `text` as it may stand between tags and in attributes; line breaks stay, other controls become signs.
fn escaped(text: &str) -> String {
    let text = if text.contains('\n') { clean_lines(text) } else { clean(text) };
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(id: &str) -> Hit {
        Hit {
            id: id.to_owned(),
            title: format!("Of <{id}> & \"co\"\u{1b}"),
            url: Some("https://a.example/?a=1&b=2".to_owned()),
            path: id.to_owned(),
            ..Hit::default()
        }
    }

    fn feed(hits: &[Hit], old: &str) -> String {
        let mut out = Vec::new();
        atom("nvda", hits, old, "2025-01-30T13:00:00Z".parse().unwrap(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn new_entries_stand_above_the_old() {
        let first = feed(&[hit("one")], "");
        assert!(is_ours(&first) && !is_ours("<feed>\n</feed>\n"), "{first}");
        let second = feed(&[hit("two"), hit("three")], &first);
        let place = |id: &str| second.find(&format!("Of &lt;{id}&gt; &amp; &quot;co&quot;␛")).unwrap();
        assert!(place("two") < place("three") && place("three") < place("one"), "{second}");
        assert_eq!(entries(&second).count(), 3);
        assert_eq!(entries(&feed(&[hit("three")], &second)).count(), 3, "an entry that comes again stands there once");
        assert!(second.contains("href=\"https://a.example/?a=1&amp;b=2\""), "{second}");
    }

    #[test]
    fn a_feed_does_not_grow_for_ever() {
        let many: Vec<Hit> = (0..MOST).map(|number| hit(&number.to_string())).collect();
        let full = feed(&[hit("new")], &feed(&many, ""));
        assert_eq!(entries(&full).count(), MOST);
    }

    #[test]
    fn an_entry_keeps_its_name() {
        assert_eq!(urn(&["a", "b"]), urn(&["a", "b"]));
        assert_ne!(urn(&["ab", ""]), urn(&["a", "b"]));
        assert_eq!(urn(&["a"]).len(), "urn:uuid:".len() + 36);
    }
}
