//! Explicit codes: the whole grammar, over bytes, in one pass.
//!
//! `(NASDAQ: NVDA)`, `NYSE:BRK.B`, `$NVDA`, `<NVDA.O>`, `BRKa.N`, `005930.KS`, `NVDA US Equity` are codes wherever they
//! stand, glued to words too (`Meta PlatformsMETA.O`). A bare `(NVDA)` is only a candidate: the words before it decide.

use std::ops::Range;

use super::exchanges::{self, Market};
use crate::letters;

/// A code in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    /// The symbol's place.
    pub(super) place: Range<usize>,
    /// Where the bracket or the exchange's name before it begins: what stands before is the company's name.
    pub(super) opens: usize,
    /// The symbol, normalised.
    pub(super) symbol: String,
    /// The market's code; empty where it is not written.
    pub(super) market: &'static str,
    /// How sure the writing is.
    pub(super) form: Form,
}

/// How a code is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// With its exchange, a wire suffix, a `$`: a code whatever stands before it.
    Full,
    /// Glued to a following word, so that the suffix is a guess: a code if there is such a symbol.
    Glued,
    /// Bare in brackets: a code if the words before it name the company.
    Bare,
}

/// The most bytes of a bracket that is read as a list of bare codes.
const LONGEST_BRACKET: usize = 80;

/// The most bytes of an exchange's name.
const LONGEST_EXCHANGE: usize = 32;

/// The most bytes of a symbol without its suffix.
const LONGEST_SYMBOL: usize = 10;

/// The most letters of a wire code's suffix.
const LONGEST_SUFFIX: usize = 3;

/// Coins, currencies and indices that are written with a `$` and are no shares.
const NO_CASHTAGS: &[&str] = &[
    "BTC", "ETH", "XRP", "SOL", "DOGE", "ADA", "BNB", "LTC", "SHIB", "USDT", "USDC", "USD", "EUR", "GBP", "CAD", "AUD",
    "JPY", "CNY", "INR", "MM", "BN", "MN", "TN", "SPX", "NDX", "DJI", "DJIA", "RUT", "VIX", "COMP", "IXIC", "DXY",
    "TNX", "OEX", "SOX", "NYA",
];

/// The bytes at which a code is looked for.
const TELLING: [u8; 7] = *b":.$([<E";

/// Finds every code in `text`, in order of place.
pub(super) fn find(text: &str) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    // Few bytes of a text may begin or end a code.
    while let Some(next) = letters::find(bytes, at, TELLING) {
        at = next;
        match bytes[at] {
            b':' => after_exchange(text, at, &mut codes),
            b'.' if !within(&codes, at) => {
                let from = codes.last().map(|code| code.place.end).filter(|&end| end < at).unwrap_or_default();
                codes.extend(wire(text, from, at));
            }
            b'$' => codes.extend(cashtag(text, at)),
            b'(' | b'[' | b'<' => bracket(text, at, &mut codes),
            b'E' if bytes[at..].starts_with(b"Equity") => codes.extend(terminal(text, at)),
            _ => (),
        }
        at += 1;
    }
    codes.sort_by_key(|code| (code.place.start, code.form == Form::Bare));
    // `(BRK.A)` reads as a wire code and as a bare one: the first holds.
    codes.dedup_by(|later, first| later.form == Form::Bare && later.place.start < first.place.end);
    codes
}

/// Whether the byte `at` belongs to a full code already: the class in `(NYSE: BRK.A)` is no market.
fn within(codes: &[Code], at: usize) -> bool {
    codes.iter().rev().take(4).any(|code| code.form == Form::Full && code.place.contains(&at))
}

/// Codes after an exchange's name and a colon: `NASDAQ: GOOG, GOOGL`.
fn after_exchange(text: &str, colon: usize, codes: &mut Vec<Code>) {
    let Some((market, opens)) = exchange_before(text, colon) else { return };
    let mut at = colon + 1;
    loop {
        let rest = &text[at..];
        let lead = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '$', '"', '“', '\'']).len();
        if lead > 4 {
            return;
        }
        let Some(end) = symbol_end(text, at + lead) else { return };
        let base = spelled(&text[at + lead..end]);
        let base = base.strip_suffix(market.suffix).filter(|_| !market.suffix.is_empty()).unwrap_or(&base);
        // The next listing's exchange, not a further symbol: `(TSX: SHOP, NYSE: SHOP)`.
        if text[end..].trim_start().starts_with(':') {
            return;
        }
        let Some(symbol) = market.symbol(base) else { return };
        push(codes, text, opens, Code { place: at + lead..end, opens, symbol, market: market.code, form: Form::Full });
        let Some(next) = separator(text, end) else { return };
        at = next;
    }
}

/// Keeps `code`, and says the same of a second exchange before the first: `NYSE and TSX: X`.
fn push(codes: &mut Vec<Code>, text: &str, opens: usize, code: Code) {
    let before = text[..opens].trim_end();
    let joined = ["/", ",", " and", "&", ";"].iter().find_map(|joint| before.strip_suffix(joint));
    if let Some((market, opens)) = joined.and_then(|before| exchange_before(text, before.len()))
        && let Some(symbol) = market.symbol(&text[code.place.clone()])
        && symbol != code.symbol
    {
        codes.push(Code { symbol, market: market.code, opens, ..code.clone() });
    }
    codes.push(code);
}

/// The exchange whose name ends at `end`, and where the name begins.
fn exchange_before(text: &str, end: usize) -> Option<(Market, usize)> {
    let before = text[..end].trim_end();
    let from = floor(text, before.len().saturating_sub(LONGEST_EXCHANGE));
    let mut name = String::new();
    let mut best = None;
    let mut start = before.len();
    for (words, word) in before[from..].rsplit([' ', '-', '\u{a0}']).enumerate() {
        let cut = word
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
        let whole = cut == 0;
        let word_start = start - word.len() + cut;
        // "the six: NESN" names no exchange: its name begins with a capital.
        let capital = text[word_start..].starts_with(|c: char| c.is_ascii_uppercase());
        name.insert_str(0, &word[cut..].to_ascii_uppercase());
        let plain = matches!(name.as_str(), "SYMBOL" | "TICKER");
        if let Some(market) = exchanges::named(&name).filter(|_| capital || plain) {
            let opens = text[..word_start].trim_end_matches([' ', '\u{a0}', '(', '[', '<']).len();
            best = Some((market, opens));
        }
        if !whole || words == 4 || name.len() > LONGEST_EXCHANGE || word_start == 0 {
            break;
        }
        start = word_start.saturating_sub(if text[..word_start].ends_with('\u{a0}') { 2 } else { 1 });
    }
    best
}

/// A wire code round the dot at `dot`: `NVDA.O`, `BRKa.N`, `005930.KS`; glued ones too. It begins at `from` or after it.
fn wire(text: &str, from: usize, dot: usize) -> Option<Code> {
    let bytes = text.as_bytes();
    let before = dot.checked_sub(1).map_or(b' ', |at| bytes[at]);
    if !before.is_ascii_alphanumeric() || !bytes.get(dot + 1).is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let start = base_start(bytes, from, dot);
    let base = spelled(&text[start..dot].replace('_', ""));
    let run = bytes[dot + 1..].iter().take(LONGEST_SYMBOL).take_while(|b| b.is_ascii_uppercase()).count();
    if base.is_empty() || run == 0 {
        return None;
    }
    let end = dot + 1 + run;
    let after = bytes.get(end).copied().unwrap_or(b' ');
    let glued = after.is_ascii_lowercase() || after.is_ascii_digit();
    let fits = |letters: usize| exchanges::suffixed(&text[dot + 1..dot + 1 + letters]).map(|market| (market, letters));
    let (market, letters) = if after == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase) {
        // Two codes in one: `NYX.NNYX.PA`. `U.S.`, `AMAZON.CO.UK` hold none.
        let longest = if dot - start == 1 { 0 } else { run.saturating_sub(2) };
        (1..=longest.min(LONGEST_SUFFIX)).rev().find_map(fits)?
    } else if after == b'.' && (dot - start == 1 || bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric)) {
        return None;
    } else {
        // Glued to a word in lower case the last capital may be the word's: `CVX.NThe`.
        fits(run).or_else(|| if glued && run > 1 { fits(run - 1) } else { None })?
    };
    let enclosed = text[..start].trim_end_matches(' ').ends_with(['(', '<', '[']);
    let form = match (glued, dot - start) {
        (true, _) => Form::Glued,
        (false, 1) if !enclosed => Form::Bare,
        _ => Form::Full,
    };
    let symbol = market.symbol(&base)?;
    let opens = text[..start].trim_end_matches([' ', '(', '<', '[']).len();
    Some(Code { place: start..dot + 1 + letters, opens, symbol, market: market.code, form })
}

/// Where the symbol before the dot at `dot` begins: capitals and digits, then at most one small letter for the class.
/// At `from` a code ends to which it may be glued.
fn base_start(bytes: &[u8], from: usize, dot: usize) -> usize {
    let is_base = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let class = usize::from(
        dot >= 2 && bytes[dot - 1].is_ascii_lowercase() && (is_base(&bytes[dot - 2]) || bytes[dot - 2] == b'_'),
    );
    let class = if class == 1 && bytes[dot - 2] == b'_' { 2 } else { class };
    let before = bytes.get(from..dot - class).unwrap_or_default();
    let run = before.iter().rev().take(LONGEST_SYMBOL).take_while(|b| is_base(b)).count();
    let start = dot - class - run;
    if start == from && run > 0 {
        return start;
    }
    // Part of a longer run, of a path or of a number with decimals is no symbol.
    let before = start.checked_sub(1).map_or(b' ', |at| bytes[at]);
    if run == 0 || is_base(&before) || matches!(before, b'.' | b'/' | b'@' | b'#' | b'=' | b'_' | b'&') {
        dot
    } else {
        start
    }
}

/// `$NVDA`, `$BRK.B`.
fn cashtag(text: &str, dollar: usize) -> Option<Code> {
    let before = &text[..dollar];
    if before.ends_with(|c: char| c.is_alphanumeric() || c == '$') {
        return None;
    }
    let start = dollar + 1;
    let end = symbol_end(text, start)?;
    let symbol = spelled(&text[start..end]);
    let letters = symbol.split('.').next().unwrap_or_default();
    let is_symbol = letters.len() <= 5 && letters.bytes().all(|b| b.is_ascii_uppercase());
    // "(in $M)", "$B": thousands and millions, not Macy's.
    let unit = letters.len() == 1 && matches!(letters, "M" | "B" | "K" | "T");
    let counted =
        before.ends_with(['(', '/']) || before.trim_end().ends_with(" in") || text[end..].starts_with([')', '/']);
    if !is_symbol || NO_CASHTAGS.contains(&letters) || unit && counted {
        return None;
    }
    Some(Code { place: start..end, opens: dollar, symbol, market: "", form: Form::Full })
}

/// `NVDA US Equity`, `VOD LN Equity`.
fn terminal(text: &str, equity: usize) -> Option<Code> {
    let before = text[..equity].strip_suffix(' ')?;
    let (before, country) = before.rsplit_once(' ')?;
    let start = before
        .rfind(|c: char| !c.is_ascii_alphanumeric() && c != '/')
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    terminal_code(text, start..before.len(), country)
}

fn terminal_code(text: &str, place: Range<usize>, country: &str) -> Option<Code> {
    let base = text.get(place.clone()).filter(|base| !base.is_empty() && base.len() <= LONGEST_SYMBOL)?;
    let market = exchanges::country(country)?;
    let is_code = base.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'/');
    let symbol = market.symbol(&spelled(base)).filter(|_| is_code)?;
    Some(Code { opens: place.start, place, symbol, market: market.code, form: Form::Full })
}

/// Bare codes in a bracket that holds nothing else: `(NVDA)`, `(GOOG, GOOGL)`, `( GM - Get Report )`, `(VOD LN)`.
fn bracket(text: &str, open: usize, codes: &mut Vec<Code>) {
    let closing = match text.as_bytes()[open] {
        b'(' => b')',
        b'[' => b']',
        _ => b'>',
    };
    let rest = &text.as_bytes()[open + 1..];
    let Some(length) = memchr::memchr(closing, &rest[..rest.len().min(LONGEST_BRACKET)]) else { return };
    let close = open + 1 + length;
    let first = codes.len();
    let mut at = open + 1;
    loop {
        let start = close - text[at..close].trim_start().len();
        let Some(end) = symbol_end(text, start).filter(|&end| end <= close) else { break };
        let symbol = spelled(&text[start..end]);
        if !is_bare(&symbol) {
            break;
        }
        codes.push(Code { place: start..end, opens: open, symbol, market: "", form: Form::Bare });
        let tail = text[end..close].trim();
        if tail.is_empty() || is_advertisement(tail) {
            return;
        }
        if let Some(code) = terminal_code(text, start..end, tail.strip_suffix(" Equity").unwrap_or(tail)) {
            codes.truncate(first);
            codes.push(Code { opens: open, ..code });
            return;
        }
        let Some(next) = separator(text, end).filter(|&next| next < close) else { break };
        at = next;
    }
    codes.truncate(first);
}

/// Whether `symbol` may stand bare: one to five capitals, and a class.
fn is_bare(symbol: &str) -> bool {
    let (base, class) = symbol.split_once('.').unwrap_or((symbol, "A"));
    (1..=5).contains(&base.len())
        && class.len() == 1
        && base.bytes().chain(class.bytes()).all(|b| b.is_ascii_uppercase())
}

/// Whether `tail` is what a publisher's page adds to a symbol in brackets.
fn is_advertisement(tail: &str) -> bool {
    let tail = tail.trim_start_matches(['-', '–', '—', ' ']);
    ["Get ", "Free ", "Quick Quote", "Report", "Snapshot"].iter().any(|words| tail.starts_with(words))
}

/// Where the symbol that begins at `start` ends: capitals and digits, a class after a mark or as a small letter,
/// and no letter after it.
fn symbol_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        bytes[from..]
            .iter()
            .take(LONGEST_SYMBOL + 1)
            .take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            .count()
    };
    let base = run(start.min(bytes.len()));
    if base == 0 || base > LONGEST_SYMBOL {
        return None;
    }
    let mut end = start + base;
    if matches!(bytes.get(end), Some(b'.' | b'-' | b'/')) {
        let class = run(end + 1);
        let goes_on = bytes.get(end + 1 + class).is_some_and(u8::is_ascii_alphanumeric);
        if (1..=3).contains(&class) && !goes_on {
            end += 1 + class;
        }
    } else if matches!(bytes.get(end), Some(b'a'..=b'd')) && base >= 2 {
        end += 1;
    }
    let after = text.get(end..)?.chars().next();
    let goes_on = after.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '%');
    (!goes_on).then_some(end)
}

/// Where the next symbol of a list may begin after the one that ends at `end`.
fn separator(text: &str, end: usize) -> Option<usize> {
    let rest = &text[end..];
    let marks = [", and ", " and ", " & ", ",", ";", "/", " or "];
    marks.iter().find(|mark| rest.starts_with(**mark)).map(|mark| end + mark.len())
}

/// A symbol with a dot before its class; the small letters of wire codes that mean registered or preferred fall off.
fn spelled(symbol: &str) -> String {
    let symbol = symbol.replace(['-', '/'], ".");
    match symbol.char_indices().last() {
        Some((at, c @ 'a'..='d')) if at > 0 => format!("{}.{}", &symbol[..at], c.to_ascii_uppercase()),
        Some((at, 'a'..='z')) if at > 0 => symbol[..at].to_owned(),
        _ => symbol,
    }
}

/// The character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
#[path = "codes_tests.rs"]
mod tests;
