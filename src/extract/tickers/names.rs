//! Names: companies that a text calls by name, and symbols that stand beside a name or in its place.

use rustc_hash::FxHashSet;

use crate::article::{How, Part};
use crate::extract::securities::{Company, NameMatch, Standing};
use crate::extract::tokens::{Shape, Text, Token};

use super::codes::Code;
use super::evidence::{self, Use};
use super::found::{Found, span};
use super::taught::Taught;

/// Words in capitals that are no symbols even before "stock" and "shares".
const NO_SYMBOLS: &[&str] = &[
    "AI", "IT", "TV", "EV", "US", "UK", "EU", "UN", "IPO", "ETF", "ETFS", "REIT", "ADR", "ADS", "A", "B", "C", "H",
    "I", "TECH", "PLC", "AG", "SA", "NV", "CEO", "CFO", "ESG", "OTC", "NYSE", "USA", "PC", "ALL", "NEW", "ON", "SO",
    "OR", "OF", "IN", "FOR", "ARE", "CAN", "BIG", "BUY", "SELL", "HOT", "KEY", "LOW", "TOP", "GDP", "OIL", "GAS",
    "GOLD", "BANK", "FUND", "CASH",
];

/// Words that make the name of a fund.
const FUND: &[&str] = &["ETF", "ETN", "SPDR", "Fund", "Trust", "iShares", "ProShares"];

/// Looks for names in one text.
#[derive(Debug)]
struct Search<'t, 'a> {
    text: &'t Text<'a>,
    part: Part,
    /// Words that are a person's name in this text.
    people: FxHashSet<u64>,
    /// The last company found and the token after its name.
    last: Option<(Company, usize)>,
}

/// Finds the names in the first `end` bytes of `text`; `codes` are the codes found there, in order.
pub(super) fn find(text: &Text<'_>, part: Part, end: usize, codes: &[Code], taught: &Taught, found: &mut Found<'_>) {
    let mut search = Search { text, part, people: FxHashSet::default(), last: None };
    let mut past = 0;
    let mut codes = codes.iter().peekable();
    for (at, token) in text.tokens.iter().enumerate() {
        let start = token.start as usize;
        if token.end as usize > end {
            break;
        }
        if start < past || !begins_name(token) {
            continue;
        }
        while codes.next_if(|code| code.place.end <= start).is_some() {}
        let code_starts = codes.peek().map_or(end, |code| code.opens.max(code.place.start.min(start)));
        if codes.peek().is_some_and(|code| code.opens <= start) {
            continue;
        }
        let rest = text.text.get(start..code_starts.min(end)).unwrap_or_default();
        past = if let Some((entry, length)) = taught.at(token.hash, rest) {
            found.entries[entry].how = found.entries[entry].how.min(How::Taught);
            found.mention(entry, span(part, start, start + length), false);
            search.last = found.entries[entry].company.map(|company| (company, text.at(start + length)));
            start + length
        } else if let Some(length) = search.symbol(at, *token, found) {
            start + length
        } else if !found.securities.may_begin(token.hash) {
            past
        } else if let Some(name) = found.securities.name_at(rest) {
            if name.standing != Standing::Other {
                search.name(at, name, found);
            }
            start + name.length
        } else {
            past
        };
    }
}

impl Search<'_, '_> {
    /// Takes the name at token `at` where it names a company.
    fn name(&mut self, at: usize, name: NameMatch, found: &mut Found<'_>) {
        let start = self.text.tokens[at].start as usize;
        let last = self.text.at(start + name.length - 1) + 1;
        let company = found.securities.named(name);
        let doubtful = name.standing == Standing::Doubtful;
        let used = match evidence::of(self.text, at, last, doubtful) {
            _ if self.is_own_symbol(last, company, found) => Use::Company,
            _ if name.standing == Standing::Aside => Use::Aside,
            used => used,
        };
        let hash = self.text.tokens[at].hash;
        let known = found.has(company);
        let taken = match used {
            Use::Person => {
                self.people.insert(hash);
                false
            }
            Use::Part => false,
            Use::Company | Use::Aside if !doubtful => true,
            Use::Company => !self.people.contains(&hash) || known,
            Use::Aside => known,
            Use::Open if self.people.contains(&hash) && name.words == 1 => known,
            Use::Open => !doubtful || known || self.is_listed_beside(at, last, company, found),
        };
        if taken {
            let entry = found.entry_of(name);
            found.mention(entry, span(self.part, start, start + name.length), used == Use::Aside);
            self.last = Some((company, last));
        }
    }

    /// Whether the name stands in a list with a company, or before its own symbol.
    fn is_listed_beside(&self, at: usize, after: usize, company: Company, found: &Found<'_>) -> bool {
        let joins = |token: &Token| {
            token.is(',') || token.shape == Shape::Possessive || matches!(token.of(self.text.text), "and" | "or" | "&")
        };
        let from = self.last.map_or(at, |(_, after)| after);
        if from < at && at - from <= 3 && self.text.tokens[from..at].iter().all(joins) {
            return true;
        }
        let next = self.text.tokens[after.min(self.text.tokens.len())..].iter().take(3).position(|token| !joins(token));
        let Some(next) = next.map(|skip| after + skip) else { return false };
        let rest = self.text.text.get(self.text.tokens[next].start as usize..).unwrap_or_default();
        next > after
            && found
                .securities
                .name_at(rest)
                .is_some_and(|name| name.standing == Standing::Sure && found.securities.named(name) != company)
    }

    /// Whether token `at` is a symbol of `company`: "Apple AAPL".
    fn is_own_symbol(&self, at: usize, company: Company, found: &Found<'_>) -> bool {
        let word = self.text.word(at);
        let is_symbol = (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
        is_symbol && found.securities.bearers(word).any(|bearer| bearer == company)
    }

    /// Takes the symbol in capitals at token `at`: after the company's name, before "stock", or one that was a code before.
    fn symbol(&mut self, at: usize, token: Token, found: &mut Found<'_>) -> Option<usize> {
        let word = token.of(self.text.text);
        let plain = token.shape == Shape::AllCaps && word.len() <= 5 && word.bytes().all(|b| b.is_ascii_uppercase());
        if !plain {
            return None;
        }
        let coded = found.entries.iter().position(|entry| entry.symbol == word && entry.how <= How::Code);
        let after_name = self
            .last
            .filter(|&(_, after)| after == at || after + 1 == at && self.text.tokens[after].shape == Shape::Possessive);
        let own = after_name.and_then(|(company, _)| found.securities.bearers(word).find(|&bearer| bearer == company));
        let stock =
            word.len() >= 2 && matches!(self.text.word(at + 1), "stock" | "shares") && !NO_SYMBOLS.contains(&word);
        let company = own.or_else(|| found.securities.bearers(word).next().filter(|_| stock));
        let entry = match (coded.filter(|_| word.len() >= 3), company) {
            (Some(entry), _) => entry,
            (None, Some(company)) => found.entry(word, Some(company), How::Code),
            (None, None) if self.names_fund(at, word) => {
                let company = found.securities.bearers(word).next();
                found.entry(word, company, How::Code)
            }
            (None, None) => return None,
        };
        let start = token.start as usize;
        found.mention(entry, span(self.part, start, start + word.len()), false);
        self.last = found.entries[entry].company.map(|company| (company, at + 1));
        Some(word.len())
    }

    /// Whether the words before token `at` are a fund's name, and `word` its symbol rather than its initials.
    fn names_fund(&self, at: usize, word: &str) -> bool {
        let before = at.checked_sub(1).map_or("", |at| self.text.word(at));
        word.len() >= 3
            && matches!(before, "ETF" | "ETN" | "SPDR")
            && !FUND.contains(&word)
            && !NO_SYMBOLS.contains(&word)
    }
}

/// Whether a name may begin with `token`.
fn begins_name(token: &Token) -> bool {
    matches!(token.shape, Shape::Capitalised | Shape::AllCaps | Shape::Mixed | Shape::Number)
}
