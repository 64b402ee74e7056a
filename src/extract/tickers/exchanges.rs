//! Exchanges, by what is written before a colon (`NASDAQ: NVDA`), after a dot (`NVDA.O`) or after a space (`NVDA US`).

/// A market on which a symbol is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Market {
    /// Its identifier code (ISO 10383); empty where the writing leaves it open.
    pub(super) code: &'static str,
    /// What follows the symbol, with its dot; nothing for the United States.
    pub(super) suffix: &'static str,
    /// Which characters its symbols have.
    pub(super) symbols: Symbols,
}

/// Which characters the symbols of a market have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbols {
    /// Letters, beginning with one.
    Letters,
    /// Digits, four to six; in Hong Kong fewer, which are filled up.
    Digits,
    /// Letters and digits.
    Either,
}

use Symbols::{Digits, Either, Letters};

/// Names of exchanges before a colon: capitals without spaces and marks, the market's code, the suffix.
const PREFIXES: &[(&str, &str, &str, Symbols)] = &[
    ("NASDAQ", "XNAS", "", Letters),
    ("NASDAQGS", "XNAS", "", Letters),
    ("NASDAQGM", "XNAS", "", Letters),
    ("NASDAQCM", "XNAS", "", Letters),
    ("NASDAQNM", "XNAS", "", Letters),
    ("NASDAQGSM", "XNAS", "", Letters),
    ("NASDAQSC", "XNAS", "", Letters),
    ("NASDAQGLOBALSELECTMARKET", "XNAS", "", Letters),
    ("NASDAQGLOBALSELECT", "XNAS", "", Letters),
    ("NASDAQGLOBALMARKET", "XNAS", "", Letters),
    ("NASDAQCAPITALMARKET", "XNAS", "", Letters),
    ("NYSE", "XNYS", "", Letters),
    ("NEWYORKSTOCKEXCHANGE", "XNYS", "", Letters),
    ("NYSEMKT", "XASE", "", Letters),
    ("NYSEAMERICAN", "XASE", "", Letters),
    ("NYSEAMEX", "XASE", "", Letters),
    ("AMEX", "XASE", "", Letters),
    ("NYSEAMER", "XASE", "", Letters),
    ("NYSEARCA", "ARCX", "", Letters),
    ("ARCA", "ARCX", "", Letters),
    ("CBOE", "BATS", "", Letters),
    ("BATS", "BATS", "", Letters),
    ("CBOEBZX", "BATS", "", Letters),
    ("IEX", "IEXG", "", Letters),
    ("OTC", "OTCM", "", Letters),
    ("OTCQB", "OTCM", "", Letters),
    ("OTCQX", "OTCM", "", Letters),
    ("OTCBB", "OTCM", "", Letters),
    ("OTCPK", "OTCM", "", Letters),
    ("OTCPINK", "OTCM", "", Letters),
    ("OTCMKTS", "OTCM", "", Letters),
    ("OTCMARKETS", "OTCM", "", Letters),
    ("PINK", "OTCM", "", Letters),
    ("PINKSHEETS", "OTCM", "", Letters),
    ("SYMBOL", "", "", Letters),
    ("TICKER", "", "", Letters),
    ("TICKERSYMBOL", "", "", Letters),
    ("STOCKSYMBOL", "", "", Letters),
    ("LSE", "XLON", ".L", Either),
    ("LON", "XLON", ".L", Either),
    ("AIM", "XLON", ".L", Either),
    ("LONDON", "XLON", ".L", Either),
    ("LONDONSTOCKEXCHANGE", "XLON", ".L", Either),
    ("TSX", "XTSE", ".TO", Letters),
    ("TORONTO", "XTSE", ".TO", Letters),
    ("TORONTOSTOCKEXCHANGE", "XTSE", ".TO", Letters),
    ("TSXV", "XTSX", ".V", Letters),
    ("CVE", "XTSX", ".V", Letters),
    ("TSXVENTURE", "XTSX", ".V", Letters),
    ("TSXVENTUREEXCHANGE", "XTSX", ".V", Letters),
    ("CSE", "XCNQ", ".CN", Letters),
    ("CNSX", "XCNQ", ".CN", Letters),
    ("NEO", "NEOE", ".NE", Letters),
    ("TSE", "XTKS", ".T", Digits),
    ("TYO", "XTKS", ".T", Digits),
    ("TOKYO", "XTKS", ".T", Digits),
    ("TOKYOSTOCKEXCHANGE", "XTKS", ".T", Digits),
    ("HKEX", "XHKG", ".HK", Digits),
    ("HKG", "XHKG", ".HK", Digits),
    ("SEHK", "XHKG", ".HK", Digits),
    ("HKSE", "XHKG", ".HK", Digits),
    ("HKEXSTOCKCODE", "XHKG", ".HK", Digits),
    ("HONGKONG", "XHKG", ".HK", Digits),
    ("HONGKONGSTOCKEXCHANGE", "XHKG", ".HK", Digits),
    ("SSE", "XSHG", ".SS", Digits),
    ("SHA", "XSHG", ".SS", Digits),
    ("SZSE", "XSHE", ".SZ", Digits),
    ("SHE", "XSHE", ".SZ", Digits),
    ("TWSE", "XTAI", ".TW", Digits),
    ("TPE", "XTAI", ".TW", Digits),
    ("KRX", "XKRX", ".KS", Digits),
    ("KOSPI", "XKRX", ".KS", Digits),
    ("KOSDAQ", "XKOS", ".KQ", Digits),
    ("SGX", "XSES", ".SI", Either),
    ("ASX", "XASX", ".AX", Either),
    ("NZX", "XNZE", ".NZ", Letters),
    ("NZE", "XNZE", ".NZ", Letters),
    ("NSE", "XNSE", ".NS", Either),
    ("BSE", "XBOM", ".BO", Either),
    ("BOM", "XBOM", ".BO", Either),
    ("IDX", "XIDX", ".JK", Letters),
    ("KLSE", "XKLS", ".KL", Either),
    ("BKK", "XBKK", ".BK", Letters),
    ("ETR", "XETR", ".DE", Either),
    ("XETRA", "XETR", ".DE", Either),
    ("FRA", "XFRA", ".F", Either),
    ("FSE", "XFRA", ".F", Either),
    ("FWB", "XFRA", ".F", Either),
    ("EPA", "XPAR", ".PA", Letters),
    ("PARIS", "XPAR", ".PA", Letters),
    ("EURONEXTPARIS", "XPAR", ".PA", Letters),
    ("EURONEXTGROWTHPARIS", "XPAR", ".PA", Letters),
    ("AMS", "XAMS", ".AS", Letters),
    ("AEX", "XAMS", ".AS", Letters),
    ("EURONEXTAMSTERDAM", "XAMS", ".AS", Letters),
    ("EBR", "XBRU", ".BR", Letters),
    ("EURONEXTBRUSSELS", "XBRU", ".BR", Letters),
    ("ELI", "XLIS", ".LS", Letters),
    ("EURONEXTLISBON", "XLIS", ".LS", Letters),
    ("SWX", "XSWX", ".SW", Letters),
    ("SIX", "XSWX", ".SW", Letters),
    ("SIXSWISSEXCHANGE", "XSWX", ".SW", Letters),
    ("BIT", "XMIL", ".MI", Letters),
    ("BORSAITALIANA", "XMIL", ".MI", Letters),
    ("EURONEXTMILAN", "XMIL", ".MI", Letters),
    ("BME", "XMAD", ".MC", Letters),
    ("STO", "XSTO", ".ST", Letters),
    ("NASDAQSTOCKHOLM", "XSTO", ".ST", Letters),
    ("HEL", "XHEL", ".HE", Either),
    ("NASDAQHELSINKI", "XHEL", ".HE", Either),
    ("CPH", "XCSE", ".CO", Letters),
    ("NASDAQCOPENHAGEN", "XCSE", ".CO", Letters),
    ("OSL", "XOSL", ".OL", Letters),
    ("OSE", "XOSL", ".OL", Letters),
    ("EURONEXTOSLO", "XOSL", ".OL", Letters),
    ("WSE", "XWAR", ".WA", Letters),
    ("JSE", "XJSE", ".JO", Letters),
    ("TASE", "XTAE", ".TA", Letters),
    ("TLV", "XTAE", ".TA", Letters),
    ("BMV", "XMEX", ".MX", Letters),
    ("BVMF", "BVMF", ".SA", Either),
    ("BMFBOVESPA", "BVMF", ".SA", Either),
    ("BOVESPA", "BVMF", ".SA", Either),
    ("MOEX", "MISX", ".ME", Letters),
];

/// What follows the dot of a wire code: the suffix, the market's code, the suffix kept.
const SUFFIXES: &[(&str, &str, &str, Symbols)] = &[
    ("N", "XNYS", "", Letters),
    ("O", "XNAS", "", Letters),
    ("OQ", "XNAS", "", Letters),
    ("K", "XNYS", "", Letters),
    ("P", "ARCX", "", Letters),
    ("A", "XASE", "", Letters),
    ("Z", "BATS", "", Letters),
    ("PK", "OTCM", "", Letters),
    ("OB", "OTCM", "", Letters),
    ("US", "", "", Letters),
    ("L", "XLON", ".L", Either),
    ("PA", "XPAR", ".PA", Letters),
    ("DE", "XETR", ".DE", Either),
    ("F", "XFRA", ".F", Either),
    ("AS", "XAMS", ".AS", Letters),
    ("BR", "XBRU", ".BR", Letters),
    ("LS", "XLIS", ".LS", Letters),
    ("MI", "XMIL", ".MI", Letters),
    ("MC", "XMAD", ".MC", Letters),
    ("S", "XSWX", ".S", Letters),
    ("VX", "XSWX", ".VX", Letters),
    ("SW", "XSWX", ".SW", Letters),
    ("VI", "XWBO", ".VI", Letters),
    ("ST", "XSTO", ".ST", Either),
    ("HE", "XHEL", ".HE", Either),
    ("CO", "XCSE", ".CO", Letters),
    ("OL", "XOSL", ".OL", Letters),
    ("IC", "XICE", ".IC", Letters),
    ("I", "XDUB", ".I", Letters),
    ("IR", "XDUB", ".IR", Either),
    ("AT", "ASEX", ".AT", Letters),
    ("IS", "XIST", ".IS", Letters),
    ("WA", "XWAR", ".WA", Letters),
    ("PR", "XPRA", ".PR", Letters),
    ("BU", "XBUD", ".BU", Letters),
    ("MM", "MISX", ".MM", Letters),
    ("ME", "MISX", ".ME", Letters),
    ("T", "XTKS", ".T", Digits),
    ("OS", "XOSE", ".OS", Digits),
    ("HK", "XHKG", ".HK", Digits),
    ("SS", "XSHG", ".SS", Digits),
    ("SZ", "XSHE", ".SZ", Digits),
    ("KS", "XKRX", ".KS", Digits),
    ("KQ", "XKOS", ".KQ", Digits),
    ("TW", "XTAI", ".TW", Digits),
    ("TWO", "ROCO", ".TWO", Digits),
    ("SI", "XSES", ".SI", Either),
    ("KL", "XKLS", ".KL", Either),
    ("BK", "XBKK", ".BK", Letters),
    ("JK", "XIDX", ".JK", Letters),
    ("PS", "XPHS", ".PS", Letters),
    ("NS", "XNSE", ".NS", Either),
    ("BO", "XBOM", ".BO", Either),
    ("AX", "XASX", ".AX", Either),
    ("NZ", "XNZE", ".NZ", Letters),
    ("TO", "XTSE", ".TO", Letters),
    ("V", "XTSX", ".V", Letters),
    ("CN", "XCNQ", ".CN", Letters),
    ("MX", "XMEX", ".MX", Either),
    ("SA", "BVMF", ".SA", Either),
    ("BA", "XBUE", ".BA", Letters),
    ("SN", "XSGO", ".SN", Letters),
    ("LM", "XLIM", ".LM", Letters),
    ("J", "XJSE", ".J", Letters),
    ("JO", "XJSE", ".JO", Letters),
    ("TA", "XTAE", ".TA", Letters),
    ("SR", "XSAU", ".SR", Digits),
    ("SE", "XSAU", ".SE", Digits),
    ("CA", "XCAI", ".CA", Letters),
    ("AD", "XADS", ".AD", Letters),
    ("DU", "XDFM", ".DU", Letters),
    ("QA", "DSMD", ".QA", Letters),
    ("KW", "XKUW", ".KW", Letters),
    ("LG", "XNSA", ".LG", Letters),
    ("NR", "XNAI", ".NR", Letters),
    ("BE", "XBER", ".BE", Letters),
    ("HA", "XHAN", ".HA", Letters),
    ("MU", "XMUN", ".MU", Letters),
    ("SG", "XSTU", ".SG", Letters),
    ("BN", "XBRN", ".BN", Letters),
    ("LU", "XLUX", ".LU", Letters),
    ("KA", "XKAR", ".KA", Letters),
    ("CM", "XCOL", ".CM", Letters),
    ("BH", "XBAH", ".BH", Letters),
    ("OM", "XMUS", ".OM", Letters),
    ("AM", "XAMM", ".AM", Letters),
    ("HM", "XSTC", ".HM", Letters),
    ("HN", "HSTC", ".HN", Letters),
];

/// What follows the space of a terminal code (`VOD LN Equity`): the suffix, the market's code, the suffix kept.
const COUNTRIES: &[(&str, &str, &str, Symbols)] = &[
    ("US", "", "", Letters),
    ("UN", "XNYS", "", Letters),
    ("UW", "XNAS", "", Letters),
    ("UQ", "XNAS", "", Letters),
    ("LN", "XLON", ".L", Either),
    ("JP", "XTKS", ".T", Digits),
    ("JT", "XTKS", ".T", Digits),
    ("HK", "XHKG", ".HK", Digits),
    ("GY", "XETR", ".DE", Either),
    ("GR", "XETR", ".DE", Either),
    ("FP", "XPAR", ".PA", Letters),
    ("NA", "XAMS", ".AS", Letters),
    ("BB", "XBRU", ".BR", Letters),
    ("IM", "XMIL", ".MI", Letters),
    ("SM", "XMAD", ".MC", Letters),
    ("SW", "XSWX", ".SW", Letters),
    ("VX", "XSWX", ".SW", Letters),
    ("SS", "XSTO", ".ST", Letters),
    ("DC", "XCSE", ".CO", Letters),
    ("NO", "XOSL", ".OL", Letters),
    ("FH", "XHEL", ".HE", Either),
    ("CN", "XTSE", ".TO", Letters),
    ("CT", "XTSE", ".TO", Letters),
    ("AU", "XASX", ".AX", Either),
    ("AT", "XASX", ".AX", Either),
    ("KS", "XKRX", ".KS", Digits),
    ("KP", "XKRX", ".KS", Digits),
    ("TT", "XTAI", ".TW", Digits),
    ("CH", "XSHG", ".SS", Digits),
    ("IN", "XNSE", ".NS", Letters),
    ("SP", "XSES", ".SI", Either),
    ("SJ", "XJSE", ".JO", Letters),
    ("BZ", "BVMF", ".SA", Either),
    ("MM", "XMEX", ".MX", Either),
];

/// The exchange called `name`, given in capitals without spaces and marks.
pub(super) fn named(name: &str) -> Option<Market> {
    row(PREFIXES, name)
}

/// The market of the wire suffix `suffix`.
pub(super) fn suffixed(suffix: &str) -> Option<Market> {
    row(SUFFIXES, suffix)
}

/// The market of the terminal's country code `code`.
pub(super) fn country(code: &str) -> Option<Market> {
    row(COUNTRIES, code)
}

/// The market's code for a suffix that a symbol keeps (`.L`).
pub(super) fn market_of(symbol: &str) -> &'static str {
    let suffix = symbol.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    suffixed(suffix).filter(|market| !market.suffix.is_empty()).map_or("", |market| market.code)
}

fn row(table: &'static [(&str, &str, &str, Symbols)], key: &str) -> Option<Market> {
    let (_, code, suffix, symbols) = table.iter().find(|(name, ..)| *name == key)?;
    Some(Market { code, suffix, symbols: *symbols })
}

impl Market {
    /// The normalised symbol of what is written as `base` on this market; `None` where no symbol looks so.
    pub(super) fn symbol(self, base: &str) -> Option<String> {
        let letters = base.starts_with(|c: char| c.is_ascii_uppercase());
        let digits = base.bytes().filter(u8::is_ascii_digit).count();
        let all_digits = digits == base.len();
        match self.symbols {
            // Toronto's exchange has the same short name as Tokyo's.
            Digits if letters && self.suffix == ".T" => Some(format!("{base}.TO")),
            Digits if all_digits && self.suffix == ".HK" && digits <= 5 => Some(format!("{base:0>4}.HK")),
            Digits if digits >= 3 && base.len() >= 4 && base.len() <= 6 => Some(format!("{base}{}", self.suffix)),
            Letters if letters && (digits == 0 || !self.suffix.is_empty()) => Some(format!("{base}{}", self.suffix)),
            Either if digits < base.len() || digits >= 4 => Some(format!("{base}{}", self.suffix)),
            _ => None,
        }
    }
}
