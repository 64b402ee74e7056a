//! Tickers: which listed companies an article names, and how much it is about each.
//!
//! Explicit codes first ([`codes`]); bare ones only where the words before them agree ([`agreement`]). A code teaches
//! the name before it. Then names ([`names`]), and last how much the article is about each ([`salience`]).

mod agreement;
mod codes;
mod evidence;
mod exchanges;
mod found;
mod names;
mod salience;
mod taught;

use crate::article::{Article, How, Part, normal_symbol};

use super::tokens::Text;
use super::{Extractor, Findings, Reading};
use codes::{Code, Form};
use found::{Found, Notation, span};
use taught::Taught;

/// The dateline is within so many characters.
const DATELINE: usize = 200;

/// So many codes in an article show that it puts symbols in brackets.
const ENOUGH_CODES: usize = 3;

/// Finds listed companies and funds.
pub(super) struct Tickers;

impl Extractor for Tickers {
    fn name(&self) -> &'static str {
        "tickers"
    }

    fn extract(&self, reading: &Reading<'_>, findings: &mut Findings) {
        let securities = &*reading.context.securities;
        let mut found = Found { securities, notation: notation(reading.article), entries: Vec::new() };
        let mut taught = Taught::default();
        listed(&reading.article.listed_tickers, &mut found);
        let parts = [
            (Part::Title, &reading.tokens.title, reading.article.title.len()),
            (Part::Body, &reading.tokens.body, findings.notices),
        ];
        let mut codes = parts.map(|(_, text, end)| codes::find(text.text.get(..end).unwrap_or_default()));
        for ((part, text, _), codes) in parts.iter().zip(&mut codes) {
            codes.retain(|code| take(code, *part, text, &mut found, &mut taught));
        }
        for ((part, text, end), codes) in parts.iter().zip(&codes) {
            names::find(text, *part, *end, codes, &taught, &mut found);
        }
        let lead = reading.article.lead().len();
        findings.tickers = found.tickers(|entry| salience::of(entry, lead));
    }
}

/// The notation of `article`: the wire's where its source or its dateline says so.
fn notation(article: &Article) -> Notation {
    let head = article.body.char_indices().nth(DATELINE).map_or(&*article.body, |(at, _)| &article.body[..at]);
    let wire = head.contains("(Reuters)")
        || article.source.as_deref().is_some_and(|source| source.eq_ignore_ascii_case("reuters"));
    let year = article.published.as_ref().map(|published| published.day.year());
    if wire { Notation::Wire(year) } else { Notation::Exchange }
}

/// Takes the codes that the record itself carries.
fn listed(symbols: &[String], found: &mut Found<'_>) {
    for symbol in symbols {
        let symbol = normal_symbol(symbol);
        let is_symbol =
            (1..=12).contains(&symbol.len()) && symbol.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
        if is_symbol && symbol.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            let company = found.securities.bearers(&symbol).next();
            found.entry(&symbol, company, How::Record);
        }
    }
}

/// Takes `code` where it is one, with the name before it. Says whether it was taken.
fn take(code: &Code, part: Part, text: &Text<'_>, found: &mut Found<'_>, taught: &mut Taught) -> bool {
    let securities = found.securities;
    // The American exchange's wire suffix looks like a class of shares: it is one where the article or the list knows the class.
    let class = format!("{}.A", code.symbol);
    let is_class = code.market == "XASE" && text.text.get(code.place.clone()) == Some(&class);
    if is_class && (securities.exactly(&class).is_some() || found.entries.iter().any(|entry| entry.symbol == class)) {
        return take(&Code { symbol: class, market: "", ..code.clone() }, part, text, found, taught);
    }
    let known = securities.bearers(&code.symbol).next();
    let fund = known.filter(|&company| securities.main(company).kind == "fund");
    // A full code of a symbol that has had one bearer only needs no name.
    let open = code.form != Form::Full || securities.bearers(&code.symbol).nth(1).is_some();
    let named = || agreement::company_named(securities, text, code.opens, &code.symbol);
    let agreed = if open && known.is_some() { named() } else { None };
    // Without agreement a full code is the symbol's present bearer, or one that is not in the list.
    let company = match code.form {
        Form::Full => agreed.or(known),
        Form::Glued => agreed.or(known).filter(|_| known.is_some()),
        Form::Bare => agreed
            .or_else(|| known.filter(|_| coded_elsewhere(code, found)))
            .or_else(|| fund.filter(|_| agreement::fund_named(text.text, code.opens, &code.symbol))),
    };
    if company.is_none() && code.form != Form::Full && !is_unlisted(code, text, found) {
        return false;
    }
    let at = found.entry(&code.symbol, company, How::Code);
    found.mention(at, span(part, code.place.start, code.place.end), false);
    let entry = &mut found.entries[at];
    if entry.market.is_empty() {
        entry.market = code.market;
    }
    if let Some(name) = agreement::name_before(text.text, code.opens) {
        if company.is_none() && entry.name.is_none() {
            entry.name = Some(name.to_owned());
        }
        taught.learn(name, at);
    }
    true
}

/// Whether a bare code that is not in the list is one nevertheless: after a fund's name, or, in an article that puts symbols
/// in brackets, where its letters spell the name before it.
fn is_unlisted(code: &Code, text: &Text<'_>, found: &Found<'_>) -> bool {
    let bracket = text.text[code.opens..].starts_with('(') && code.form == Form::Bare;
    let custom = found.entries.iter().filter(|entry| entry.how == How::Code).count() >= ENOUGH_CODES;
    bracket
        && (agreement::fund_named(text.text, code.opens, &code.symbol)
            || custom && agreement::spells(text.text, code.opens, &code.symbol))
}

/// Whether the symbol was found already: after "(NYSE: GE)" a further "(GE)" needs no name.
fn coded_elsewhere(code: &Code, found: &Found<'_>) -> bool {
    found.entries.iter().any(|entry| entry.symbol == code.symbol)
}

#[cfg(test)]
mod tests;
