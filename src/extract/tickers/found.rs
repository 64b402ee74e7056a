//! What was found so far: each symbol once, with all its mentions.

use crate::article::{How, Part, Span, Ticker};
use crate::extract::securities::{Company, NameMatch, Securities};

use super::{exchanges, salience};

/// The companies of one article in the making.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) securities: &'a Securities,
    /// The codes in which the article writes: those of a wire service, or the exchanges'.
    pub(super) notation: Notation,
    pub(super) bare: Bare,
    pub(super) entries: Vec<Entry>,
}

/// The bare codes taken so far: whether the article puts symbols in brackets.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bare {
    pub(super) count: usize,
    /// The last one's place.
    pub(super) last: Option<Span>,
}

/// In whose codes an article writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// The exchanges' symbols.
    Exchange,
    /// Those of the wire service that wrote it, as of the year where that is known.
    Wire(Option<i16>),
}

/// A symbol and where it is mentioned.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) symbol: String,
    pub(super) market: &'static str,
    /// The company it belongs to, where that is in the list.
    pub(super) company: Option<Company>,
    /// The company's name as the text teaches it, where it is not in the list.
    pub(super) name: Option<String>,
    pub(super) how: How,
    pub(super) mentions: Vec<Mention>,
    /// Whether the article is the company's own earnings call.
    pub(super) subject: bool,
}

/// A place that names a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) span: Span,
    /// Whether the company is there only as the one that comments or counts: "analysts at Goldman Sachs".
    pub(super) aside: bool,
}

impl Found<'_> {
    /// The place of the entry of `symbol`, made when there is none.
    pub(super) fn entry(&mut self, symbol: &str, company: Option<Company>, how: How) -> usize {
        if let Some(at) = self.entries.iter().position(|entry| entry.symbol == symbol) {
            let entry = &mut self.entries[at];
            entry.how = entry.how.min(how);
            return at;
        }
        self.entries.push(Entry {
            symbol: symbol.to_owned(),
            market: "",
            company,
            name: None,
            how,
            mentions: Vec::new(),
            subject: false,
        });
        self.entries.len() - 1
    }

    /// The entry to which a mention by `name` belongs: its company's first code, else the listing that bears the name.
    pub(super) fn entry_of(&mut self, name: NameMatch) -> usize {
        let company = self.securities.named(name);
        if let Some(at) = self.entries.iter().position(|entry| entry.company == Some(company)) {
            return at;
        }
        let symbol = self.wire_code(company).unwrap_or(&self.securities.bearer(name).symbol).to_string();
        self.entry(&symbol, Some(company), How::Name)
    }

    /// The code by which a wire service calls `company`, where that is not the exchange's symbol and the article is the wire's:
    /// so its articles agree whether they print the code or the name only.
    fn wire_code(&self, company: Company) -> Option<&str> {
        let Notation::Wire(year) = self.notation else { return None };
        let in_use = |until: &str| match (until.parse::<i16>(), year) {
            (Ok(until), Some(year)) => year < until,
            _ => true,
        };
        let codes =
            self.securities.listings(company).filter(|security| security.kind == "wire" && in_use(&security.until));
        // Without a year the older one: it is the one in archives.
        codes.min_by_key(|security| (security.until.is_empty(), &security.symbol)).map(|security| &*security.symbol)
    }

    /// Whether `company` was found already.
    pub(super) fn has(&self, company: Company) -> bool {
        self.entries.iter().any(|entry| entry.company == Some(company))
    }

    /// Adds a mention to the entry at `at`.
    pub(super) fn mention(&mut self, at: usize, span: Span, aside: bool) {
        self.entries[at].mentions.push(Mention { span, aside });
    }

    /// Gives the mentions by name of a company to its first code: "Shopify SHOP" names one listing, not two.
    pub(super) fn join(&mut self) {
        for at in (0..self.entries.len()).rev() {
            let entry = &self.entries[at];
            let same = |other: &Entry| other.how <= How::Code && other.company == entry.company;
            let coded = entry.how > How::Code && entry.company.is_some();
            if let Some(first) = self.entries.iter().position(same).filter(|_| coded) {
                let mentions = std::mem::take(&mut self.entries[at].mentions);
                self.entries[first].mentions.extend(mentions);
                self.entries.remove(at);
            }
        }
    }

    /// The tickers, most salient first, then by first mention, then by symbol. The first paragraph of the body ends at `lead`.
    pub(super) fn tickers(self, lead: usize) -> Vec<Ticker> {
        let securities = self.securities;
        let salience = salience::of(&self.entries, lead);
        let entries = self.entries.into_iter().zip(salience);
        let mut tickers: Vec<Ticker> = entries.map(|(entry, salience)| ticker(entry, securities, salience)).collect();
        tickers.sort_by(|a, b| {
            let first =
                |ticker: &Ticker| ticker.mentions.first().copied().unwrap_or(Span::body(usize::MAX..usize::MAX));
            let by_salience = b.salience.total_cmp(&a.salience);
            by_salience.then_with(|| first(a).cmp(&first(b))).then_with(|| a.symbol.cmp(&b.symbol))
        });
        tickers
    }
}

fn ticker(mut entry: Entry, securities: &Securities, salience: f32) -> Ticker {
    entry.mentions.sort_by_key(|mention| mention.span);
    entry.mentions.dedup_by(|later, first| later.span.part == first.span.part && later.span.start < first.span.end);
    let listed = securities.exactly(&entry.symbol).filter(|_| entry.company.is_some());
    let market = match (entry.market, listed) {
        ("", Some(security)) => &security.market,
        ("", None) => exchanges::market_of(&entry.symbol),
        (market, _) => market,
    };
    let mut aliases: Vec<String> = entry
        .company
        .into_iter()
        .flat_map(|company| securities.listings(company))
        .filter(|security| matches!(&*security.kind, "share" | "fund" | "wire") && security.symbol != entry.symbol)
        .map(|security| security.symbol.to_string())
        .collect();
    aliases.sort();
    aliases.dedup();
    let name = entry.company.map(|company| securities.main(company).name.to_string());
    Ticker {
        exchange: (!market.is_empty()).then(|| market.to_owned()),
        company: name.filter(|name| !name.is_empty()).or_else(|| entry.name.clone()),
        aliases,
        how: entry.how,
        salience,
        mentions: entry.mentions.iter().map(|mention| mention.span).collect(),
        symbol: entry.symbol,
    }
}

/// A span of `part`.
pub(super) fn span(part: Part, start: usize, end: usize) -> Span {
    Span { part, start, end }
}
