//! Names: companies that a text calls by name, and symbols that stand beside a name or in its place.

use rustc_hash::FxHashSet;

use crate::article::{How, Part};
use crate::extract::securities::words;
use crate::extract::securities::{Company, NameMatch, Standing};
use crate::extract::tokens::{Gap, Shape, Text, Token};

use super::agreement;
use super::codes::Code;
use super::evidence::{self, Use};
use super::found::{Entry, Found, span};
use super::taught::Taught;

/// Words in capitals that are no symbols even before "stock" and "shares".
const NO_SYMBOLS: &[&str] = &[
    "AI", "IT", "TV", "EV", "US", "UK", "EU", "UN", "IPO", "ETF", "ETFS", "REIT", "ADR", "ADS", "A", "B", "C", "H",
    "I", "TECH", "PLC", "AG", "SA", "NV", "CEO", "CFO", "ESG", "OTC", "NYSE", "USA", "PC", "ALL", "NEW", "ON", "SO",
    "OR", "OF", "IN", "FOR", "ARE", "CAN", "BIG", "BUY", "SELL", "HOT", "KEY", "LOW", "TOP", "GDP", "OIL", "GAS",
    "GOLD", "BANK", "FUND", "CASH",
];

/// The most tokens of a legal form between a name and a symbol: ", Inc."
const LONGEST_FORM: usize = 4;

/// Words that make the name of a fund.
const FUND: &[&str] = &["ETF", "ETN", "SPDR", "Fund", "Trust", "iShares", "ProShares"];

/// The codes of one text, in order.
#[derive(Debug)]
pub(super) struct Codes {
    /// Those that are codes.
    pub(super) taken: Vec<Code>,
    /// Those that no company's name stands before.
    pub(super) refused: Vec<Code>,
}

/// Looks for names in one text.
#[derive(Debug)]
struct Search<'t, 'a> {
    text: &'t Text<'a>,
    part: Part,
    /// Words that are a person's name in this text.
    people: FxHashSet<u64>,
    /// Words that the article itself makes a short form of something else: "the National Economic Council (NEC)".
    acronyms: FxHashSet<u64>,
    /// The last company found and the token after its name.
    last: Option<(Company, usize)>,
}

/// Finds the names in the first `end` bytes of `text`; `codes` are the codes found there.
pub(super) fn find(text: &Text<'_>, part: Part, end: usize, codes: &Codes, taught: &Taught, found: &mut Found<'_>) {
    let (people, acronyms) = (FxHashSet::default(), FxHashSet::default());
    let mut search = Search { text, part, people, acronyms, last: None };
    let mut past = 0;
    let mut refused = codes.refused.iter().peekable();
    let mut codes = codes.taken.iter().peekable();
    for at in text.telling.iter().map(|at| *at as usize) {
        let token = &text.tokens[at];
        let start = token.start as usize;
        if token.end as usize > end {
            break;
        }
        if start < past || token.shape == Shape::Lower {
            continue;
        }
        while codes.next_if(|code| code.place.end <= start).is_some() {}
        let code_starts = codes.peek().map_or(end, |code| code.opens.max(code.place.start.min(start)));
        if codes.peek().is_some_and(|code| code.opens <= start) {
            continue;
        }
        if token.shape == Shape::AllCaps {
            while refused.next_if(|code| code.place.start < start).is_some() {}
            if search.acronyms.contains(&token.hash) {
                continue;
            }
            if let Some(code) = refused.next_if(|code| code.place.start == start && is_alone(text.text, code)) {
                search.acronym(code, *token, found);
                past = code.place.end;
                continue;
            }
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
            _ if name.standing == Standing::Aside && !evidence::is_owner(self.text, last) => Use::Aside,
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

    /// Takes the word `code`, alone in brackets after words that name no company, where it is the name of a company found
    /// before. Otherwise it is none there; and where it is the short form of those words, nowhere after.
    fn acronym(&mut self, code: &Code, token: Token, found: &mut Found<'_>) {
        let name = found.securities.name_at(&self.text.text[code.place.clone()]);
        match name.filter(|name| name.standing != Standing::Other && found.has(found.securities.named(*name))) {
            Some(name) => {
                let entry = found.entry_of(name);
                found.mention(entry, span(self.part, code.place.start, code.place.start + name.length), false);
            }
            None if agreement::abbreviates(self.text.text, code.opens, &code.symbol) => {
                self.acronyms.insert(token.hash);
            }
            None => (),
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
        let capitals = token.shape == Shape::AllCaps || word.len() == 1;
        if !(capitals && word.len() <= 5 && word.bytes().all(|b| b.is_ascii_uppercase())) {
            return None;
        }
        let is_coded = |entry: &Entry| entry.symbol == word && entry.how <= How::Code;
        let coded = if word.len() < 3 { None } else { found.entries.iter().position(is_coded) };
        let entry = if let Some(entry) = coded {
            entry
        } else if let Some(company) = self.own(at, word, found) {
            found.entry(word, Some(company), How::Code)
        } else if self.heads_call(at) && !NO_SYMBOLS.contains(&word) {
            let company = found.securities.bearers(word).next();
            found.entry(word, company, How::Code)
        } else if self.is_before_stock(at, word) {
            stock(word, found)?
        } else if self.names_fund(at, word) {
            let company = found.securities.bearers(word).next();
            found.entry(word, company, How::Code)
        } else {
            return None;
        };
        let start = token.start as usize;
        found.mention(entry, span(self.part, start, start + word.len()), false);
        self.last = found.entries[entry].company.map(|company| (company, at + 1));
        Some(word.len())
    }

    /// The company whose name ends before token `at`, but for its legal form, where `word` is a symbol of it: "Apple Inc. AAPL".
    fn own(&self, at: usize, word: &str, found: &Found<'_>) -> Option<Company> {
        let (company, after) = self.last.filter(|&(_, after)| after <= at && at - after <= LONGEST_FORM)?;
        let between = self.text.bytes(after.checked_sub(1)?..at + 1);
        let between = self.text.text.get(between).and_then(|words| words.strip_suffix(word)).unwrap_or_default();
        let mut forms = between.split_whitespace().skip(1).map(|form| form.replace('/', ""));
        let only_form = forms.all(|form| words::is_legal_form(&form)) && !between.trim_end().ends_with(',');
        found.securities.bearers(word).find(|&bearer| only_form && bearer == company)
    }

    /// Whether token `at` stands where the headline of a call has its symbol: "NWRB Q3 2021 Earnings Call".
    fn heads_call(&self, at: usize) -> bool {
        let begins = self.text.tokens[at].gap >= Gap::Line || at == 0;
        let quarter = matches!(self.text.word(at + 1), "Q1" | "Q2" | "Q3" | "Q4");
        begins && quarter && (at + 2..at + 5).any(|at| self.text.word(at) == "Earnings")
    }

    /// Whether `word`, at token `at`, stands before "stock" or "shares" and may be a symbol.
    fn is_before_stock(&self, at: usize, word: &str) -> bool {
        word.len() >= 2 && matches!(self.text.word(at + 1), "stock" | "shares") && !NO_SYMBOLS.contains(&word)
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

/// The entry of which `word` is the symbol, before "stock": a company found before by its initials, or the one that has
/// the symbol. Two letters are too few without another mention; a name that is also a symbol is a name.
fn stock(word: &str, found: &mut Found<'_>) -> Option<usize> {
    let securities = found.securities;
    if securities.name_at(word).is_some_and(|name| name.standing != Standing::Other) {
        return None;
    }
    let known = found.entries.iter().position(|entry| {
        entry.company.is_some_and(|company| {
            securities.bearers(word).next() == Some(company)
                || agreement::initials(words::without_legal_form(&securities.main(company).name)) == word
        })
    });
    let listed = || securities.bearers(word).next().filter(|_| word.len() > 2);
    known.or_else(|| listed().map(|company| found.entry(word, Some(company), How::Code)))
}

/// Whether `code` is all that its bracket holds.
fn is_alone(text: &str, code: &Code) -> bool {
    let inner = text.get(code.opens + 1..code.place.start).is_some_and(|before| before.trim().is_empty());
    inner && text[code.place.end..].trim_start().starts_with([')', ']', '>'])
}
