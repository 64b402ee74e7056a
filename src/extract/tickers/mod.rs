//! Tickers: which listed companies an article names, and how much it is about each.
//!
//! Explicit codes first ([`codes`]); bare ones only where the words before them agree ([`agreement`]). A code teaches
//! the name before it. Then names ([`names`]), and last how much the article is about each ([`salience`]).

mod agreement;
mod calls;
mod codes;
mod evidence;
mod exchanges;
mod found;
mod names;
mod salience;
mod taught;

use crate::article::{Article, How, Part, normal_symbol};

use super::securities::{Securities, Standing, words};
use super::tokens::Text;
use super::tokens::lexicon::{self, PEOPLE, PLACE};
use super::{Extractor, Findings, Reading};
use codes::{Code, Form};
use found::{Bare, Found, Notation, span};
use names::Codes;
use taught::Taught;

/// The dateline is within so many characters.
const DATELINE: usize = 200;

/// So many bare codes in an article show that it puts symbols in brackets.
const ENOUGH_CODES: usize = 3;

/// Finds listed companies and funds.
pub(super) struct Tickers;

impl Extractor for Tickers {
    fn name(&self) -> &'static str {
        "tickers"
    }

    fn extract(&self, reading: &Reading<'_>, findings: &mut Findings) {
        let securities = reading.context.securities();
        let mut found =
            Found { securities, notation: notation(reading.article), bare: Bare::default(), entries: Vec::new() };
        let mut taught = Taught::default();
        listed(&reading.article.listed_tickers, &mut found);
        let parts = [
            (Part::Title, &reading.tokens.title, reading.article.title.len()),
            (Part::Body, &reading.tokens.body, findings.notices),
        ];
        let codes = parts.map(|(part, text, end)| {
            let codes = codes::find(text.text.get(..end).unwrap_or_default());
            let (taken, refused) = codes.into_iter().partition(|code| take(code, part, text, &mut found, &mut taught));
            Codes { taken, refused }
        });
        for ((part, text, end), codes) in parts.iter().zip(&codes) {
            names::find(text, *part, *end, codes, &taught, &mut found);
        }
        let lead = reading.article.lead().len();
        found.join();
        calls::mark(reading, &mut found);
        findings.tickers = found.tickers(lead);
    }
}

/// The notation of `article`: the wire's where its source or its dateline says so.
fn notation(article: &Article) -> Notation {
    let head = &article.body[..article.body.floor_char_boundary(DATELINE)];
    let wire = memchr::memmem::find(head.as_bytes(), b"(Reuters)").is_some()
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
    if let Some(glued) = known.is_none().then(|| glued(code, text, securities)).flatten() {
        return take(&glued, part, text, found, taught);
    }
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
    if company.is_none() && code.form != Form::Full && !is_spelled(code, part, text, found) {
        return false;
    }
    let at = found.entry(&code.symbol, company, How::Code);
    found.mention(at, span(part, code.place.start, code.place.end), false);
    if code.form == Form::Bare {
        found.bare = Bare { count: found.bare.count + 1, last: Some(span(part, code.place.start, code.place.end)) };
    }
    let entry = &mut found.entries[at];
    if entry.market.is_empty() {
        entry.market = code.market;
    }
    if let Some(name) = agreement::taught_name(securities, text.text, code.opens, company) {
        if company.is_none() && entry.name.is_none() {
            entry.name = Some(name.to_owned());
        }
        taught.learn(name, at, |first| is_of_another(first, at, found));
    }
    true
}

/// Whether `word` alone names a place, or a company found before that is not the one at `entry`: it stands for no longer name.
fn is_of_another(word: &str, entry: usize, found: &Found<'_>) -> bool {
    let place = lexicon::words().classes(super::tokens::hash(word)) & (PLACE | PEOPLE) != 0;
    let named =
        found.securities.name_at(word).filter(|name| name.standing == Standing::Sure && name.length == word.len());
    let other =
        named.map(|name| found.securities.named(name)).filter(|&company| found.entries[entry].company != Some(company));
    place || other.is_some_and(|company| found.has(company))
}

/// The code at the end of what reads as one, where the company's name is glued to it in capitals: `AMDAMD.O`.
fn glued(code: &Code, text: &Text<'_>, securities: &Securities) -> Option<Code> {
    let base = code.symbol.split_once('.').map_or(&*code.symbol, |(base, _)| base);
    let written = text.text.get(code.place.clone()).filter(|text| code.form != Form::Bare && text.starts_with(base))?;
    (2..base.len()).find_map(|cut| {
        let company = securities.organisation(&base[..cut])?;
        let symbol = code.symbol[cut..].to_owned();
        let same = securities.bearers(&symbol).any(|bearer| securities.main(bearer) == company);
        let start = code.place.start + cut;
        same.then(|| Code { place: start..code.place.start + written.len(), opens: start, symbol, ..code.clone() })
    })
}

/// Whether a bare code without the name that the list gives it is one nevertheless: after a fund's name, or, in an article
/// that puts bare symbols in brackets, where its letters spell the name of a company before it: one with a legal form, or
/// one in a list of such companies.
fn is_spelled(code: &Code, part: Part, text: &Text<'_>, found: &Found<'_>) -> bool {
    let (text, opens) = (text.text, code.opens);
    if code.form != Form::Bare || !text[opens..].starts_with('(') {
        return false;
    }
    let listed = found.securities.bearers(&code.symbol).next().is_some();
    let legal = agreement::has_legal_form(text, opens);
    let in_list =
        || found.bare.last.filter(|last| last.part == part).is_some_and(|last| goes_on(text, last.end, opens));
    !listed && agreement::fund_named(text, opens, &code.symbol)
        || found.bare.count >= ENOUGH_CODES
            && (legal || !listed && in_list())
            && agreement::spells(text, opens, &code.symbol)
}

/// Whether nothing but a name stands between the code that ends at `end` and the bracket at `opens`: "Apple (AAPL), Intel (".
fn goes_on(text: &str, end: usize, opens: usize) -> bool {
    let Some(between) = text.get(end..opens).and_then(|between| between.strip_prefix(')')) else { return false };
    let joined = [", and ", ", ", " and ", "; "].iter().find_map(|joint| between.strip_prefix(joint));
    joined.is_some_and(|name| agreement::name_before(text, opens) == Some(words::without_legal_form(name)))
}

/// Whether the symbol was found already: after "(NYSE: GE)" a further "(GE)" needs no name.
fn coded_elsewhere(code: &Code, found: &Found<'_>) -> bool {
    found.entries.iter().any(|entry| entry.symbol == code.symbol)
}

#[cfg(test)]
mod tests;
