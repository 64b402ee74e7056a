//! By what an article or a quotation is known again, wherever it lies and however often it is indexed.
//!
//! Several signs, any of which is enough: an article that is moved, edited or reprinted keeps at least one. Signs that a
//! source gives (its record id, its address) count only as long as they tell articles apart: there are feeds that number
//! every file from 1, and records that give the address of the outlet.

use jiff::civil::Date;

use crate::article::{Article, Quote};

/// A text with fewer words is too common to be a sign by itself.
const TELLING: usize = 8;

/// The signs of one article or quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signs {
    /// What it says of itself: headline, day and main company; its words.
    pub(super) own: Vec<u64>,
    /// What its source calls it.
    pub(super) given: Vec<u64>,
}

impl Signs {
    /// The signs of what passes by.
    pub(super) fn of(article: &Article, quote: Option<&Quote>) -> Signs {
        let day = article.published.as_ref().map(|published| published.day);
        let title = folded(&article.title);
        if let Some(quote) = quote {
            let words = folded(article.words(quote));
            let own =
                if tells(&words) { sign("quote", &[&words], None) } else { sign("quote", &[&words, &title], day) };
            return Signs { own: vec![own], given: Vec::new() };
        }
        let mut own = Vec::with_capacity(2);
        if !title.is_empty() {
            let company = article.tickers.first().map_or("", |ticker| ticker.symbol.as_str());
            own.push(sign("title", &[&title, company], day));
        }
        let words = folded(&article.body);
        own.push(if tells(&words) { sign("words", &[&words], None) } else { sign("words", &[&words, &title], day) });
        let mut given = Vec::with_capacity(2);
        if let Some(id) = &article.record_id {
            given.push(sign("record", &[id, article.source.as_deref().unwrap_or_default()], day));
        }
        if let Some(url) = &article.url {
            given.push(sign("url", &[address(url)], day));
        }
        Signs { own, given }
    }

    /// What tells it from another one with the same given sign.
    pub(super) fn words(&self) -> u64 {
        self.own.last().copied().unwrap_or(0)
    }
}

fn tells(folded: &str) -> bool {
    folded.split(' ').nth(TELLING - 1).is_some()
}

/// An address without its scheme, its fragment and the slash at its end.
fn address(url: &str) -> &str {
    let url = url.trim();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.split('#').next().unwrap_or(url).trim_end_matches('/')
}

/// Words in small letters, a space between.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

fn sign(kind: &str, parts: &[&str], day: Option<Date>) -> u64 {
    let mut hash = blake3::Hasher::new();
    hash.update(kind.as_bytes());
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    if let Some(day) = day {
        hash.update(day.to_string().as_bytes());
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize().as_bytes()[..8]);
    u64::from_le_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{How, Ticker};

    const BODY: &str = "Northwind opened a plant on Thursday, and then another one.";

    fn article(title: &str, body: &str) -> Article {
        Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() }
    }

    fn known_again(one: &Article, other: &Article) -> bool {
        let (one, other) = (Signs::of(one, None), Signs::of(other, None));
        one.own.iter().any(|sign| other.own.contains(sign))
    }

    #[test]
    fn a_reprint_is_known_by_its_words_or_its_headline() {
        let first = article("Plant opens", BODY);
        assert!(known_again(&first, &article("Another headline", &BODY.to_uppercase())));
        assert!(known_again(&first, &article("Plant opens!", "Cut after a few words.")));
    }

    #[test]
    fn other_articles_are_not_known() {
        let first = article("Earnings call", BODY);
        assert!(!known_again(&first, &article("Shares fall", "Nothing of the sort was said here or anywhere.")));
        // A headline that many have is told apart by the company.
        let mut second = article("Earnings call", "A call about something else, as long as it may be.");
        second.tickers.push(Ticker {
            symbol: "QLSM".to_owned(),
            exchange: None,
            company: None,
            aliases: Vec::new(),
            how: How::Name,
            mentions: Vec::new(),
            salience: 1.0,
        });
        assert!(!known_again(&first, &second));
        // Few words are no sign.
        assert!(!known_again(&article("A", "Details to follow."), &article("B", "Details to follow.")));
    }

    #[test]
    fn an_address_has_many_spellings() {
        assert_eq!(address("https://a.example/x/#top"), address(" http://a.example/x"));
        assert_ne!(address("https://a.example/x?id=1"), address("https://a.example/x?id=2"));
    }
}
