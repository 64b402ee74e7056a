//! Securities: which symbols there are, which company each belongs to, and by which names a text calls it.
//!
//! The list that ships is `securities.tsv`, made by `generate.py` beside it. A user's file of the same shape adds to it
//! or overrides it. Nothing is read before the first article is.

mod names;
pub(crate) mod words;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::article::normal_symbol;

use names::Names;
pub(crate) use names::{NameMatch, Standing};

/// The list that ships.
const SHIPPED: &str = include_str!("securities.tsv");

/// How many cells a line has.
const COLUMNS: usize = 8;

/// One listing of a company or fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Security {
    /// The symbol, normalised.
    pub symbol: Cow<'static, str>,
    /// The market's identifier code (ISO 10383); empty where unknown.
    pub market: Cow<'static, str>,
    /// What sort of paper it is: `share`, `fund`, `preferred`, `warrant`, `unit`, `right`, or `wire`
    /// for the code of a wire service.
    pub kind: Cow<'static, str>,
    /// The symbol of the company's main listing; its own where this is it.
    pub company: Cow<'static, str>,
    /// The company's name; empty for a listing that is not the main one.
    pub name: Cow<'static, str>,
    /// The year since which it is gone; empty while it is listed.
    pub until: Cow<'static, str>,
    /// The symbol under which the company goes on, where it was renamed; empty otherwise.
    pub now: Cow<'static, str>,
    /// The names by which a text may call the company, apart by `|`: those in doubt after a `~`, those that are always
    /// something else's after a `!`, those of an arm that comments or rates after a `%`.
    pub names: Cow<'static, str>,
}

/// A company, by the place of its main listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Company(u32);

/// What is wrong with a list of securities.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct SecuritiesError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it, and what it should be.
    pub reason: String,
}

/// All known securities.
#[derive(Debug, Default)]
pub struct Securities {
    list: Vec<Security>,
    by_symbol: FxHashMap<Cow<'static, str>, u32>,
    /// Companies that had a symbol which is another's now.
    before: FxHashMap<Cow<'static, str>, Vec<u32>>,
    /// Listings by the place of the company's main one, the main one first.
    listings: FxHashMap<u32, Vec<u32>>,
    /// The place of the main listing of each listing's company.
    mains: Vec<u32>,
    names: Names,
}

impl Securities {
    /// The list that ships, read once.
    pub fn shipped() -> Arc<Securities> {
        static LIST: OnceLock<Arc<Securities>> = OnceLock::new();
        Arc::clone(LIST.get_or_init(|| Arc::new(Securities::read(SHIPPED, None).unwrap_or_default())))
    }

    /// The list that ships, with the lines of `text` added; a line with a known symbol takes the place of that one.
    pub fn with_user(text: &str) -> Result<Securities, SecuritiesError> {
        Securities::read(SHIPPED, Some(text))
    }

    /// The listing with `symbol`, in any spelling.
    pub fn by_symbol(&self, symbol: &str) -> Option<&Security> {
        self.exactly(symbol).or_else(|| self.exactly(&normal_symbol(symbol)))
    }

    /// The listing with the symbol as normalised.
    pub(crate) fn exactly(&self, symbol: &str) -> Option<&Security> {
        self.by_symbol.get(symbol).map(|&at| &self.list[at as usize])
    }

    /// Every company that has or had `symbol`, as normalised: who has it now first.
    pub(crate) fn bearers(&self, symbol: &str) -> impl Iterator<Item = Company> {
        let now = self.by_symbol.get(symbol).into_iter();
        let before = self.before.get(symbol).into_iter().flatten();
        now.chain(before).map(|&at| Company(self.mains[at as usize]))
    }

    /// The main listing of `company`.
    pub(crate) fn main(&self, company: Company) -> &Security {
        &self.list[company.0 as usize]
    }

    /// Every listing of `company`, the main one first, former ones included.
    pub(crate) fn listings(&self, company: Company) -> impl Iterator<Item = &Security> {
        let only = [company.0];
        let all = self.listings.get(&company.0).cloned().unwrap_or_else(|| only.to_vec());
        all.into_iter().map(|at| &self.list[at as usize])
    }

    /// Every listing of the company that has `symbol`, the main one first, former ones included.
    pub fn siblings(&self, symbol: &str) -> impl Iterator<Item = &Security> {
        let at = self.by_symbol.get(symbol).or_else(|| self.by_symbol.get(&*normal_symbol(symbol)));
        at.into_iter().flat_map(|&at| self.listings(Company(self.mains[at as usize])))
    }

    /// The main listing of the company called exactly `name`, with or without its legal form.
    pub fn organisation(&self, name: &str) -> Option<&Security> {
        let whole = self.names.whole(name).or_else(|| self.names.whole(words::without_legal_form(name)));
        whole.map(|at| self.main(Company(self.mains[at as usize])))
    }

    /// What `typed` may mean: a symbol, then a name, then names that begin with or hold it, in order of symbol.
    pub fn find(&self, typed: &str) -> Vec<&Security> {
        let mut found: Vec<&Security> = self.siblings(typed).collect();
        found.extend(self.organisation(typed));
        let asked = typed.trim().to_lowercase();
        if asked.chars().count() >= 3 {
            let holds = |security: &&Security| {
                [&security.name, &security.names].iter().any(|names| names.to_lowercase().contains(&asked))
            };
            found.extend(self.list.iter().filter(holds));
        }
        let mut seen = Vec::new();
        found.retain(|security| {
            !seen.contains(&security.symbol) && {
                seen.push(security.symbol.clone());
                true
            }
        });
        found
    }

    /// How many listings it holds.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether a name may begin with the token with this hash: quick, and seldom wrong.
    pub(crate) fn may_begin(&self, token: u64) -> bool {
        self.names.may_begin(token)
    }

    /// The longest name that begins at the start of `text`, which begins with a word.
    pub(crate) fn name_at(&self, text: &str) -> Option<NameMatch> {
        self.names.longest(text)
    }

    /// The listing that bears a name: a former one of its company where the name is a former one.
    pub(crate) fn bearer(&self, found: NameMatch) -> &Security {
        &self.list[found.security as usize]
    }

    /// The company that a name belongs to.
    pub(crate) fn named(&self, found: NameMatch) -> Company {
        Company(self.mains[found.security as usize])
    }

    fn read(shipped: &'static str, user: Option<&str>) -> Result<Securities, SecuritiesError> {
        let mut table = Securities { list: Vec::with_capacity(12_000), ..Securities::default() };
        table.by_symbol.reserve(12_000);
        for (number, line) in shipped.lines().enumerate() {
            if let Some(cells) = cells(line, number + 1)? {
                table.add(shipped_security(cells));
            }
        }
        for (number, line) in user.unwrap_or_default().lines().enumerate() {
            if let Some(cells) = cells(line, number + 1)? {
                table.put(user_security(cells));
            }
        }
        table.finish();
        Ok(table)
    }

    /// Adds a listing of the list that ships, where a symbol may have had another bearer before.
    fn add(&mut self, security: Security) {
        if self.by_symbol.contains_key(&security.symbol) {
            self.before.entry(security.symbol.clone()).or_default().push(place(self.list.len()));
        } else {
            self.by_symbol.insert(security.symbol.clone(), place(self.list.len()));
        }
        self.list.push(security);
    }

    /// Adds a listing of a user's list, in the place of one with its symbol.
    fn put(&mut self, security: Security) {
        match self.by_symbol.get(&security.symbol) {
            Some(&at) => self.list[at as usize] = security,
            None => self.add(security),
        }
    }

    /// Joins listings to companies, and names to listings. A later line's name wins over an earlier one's.
    fn finish(&mut self) {
        self.mains = Vec::with_capacity(self.list.len());
        for (at, security) in self.list.iter().enumerate() {
            let itself = security.company == security.symbol;
            let main = self.by_symbol.get(&security.company).filter(|_| !itself).copied().unwrap_or(place(at));
            self.mains.push(main);
        }
        for (at, &main) in self.mains.iter().enumerate().filter(|&(at, &main)| place(at) != main) {
            self.listings.entry(main).or_insert_with(|| vec![main]).push(place(at));
        }
        self.names.reserve(self.list.len() * 2);
        for (at, security) in self.list.iter().enumerate() {
            for name in security.names.split('|').filter(|name| !name.is_empty()) {
                self.names.add(name, place(at));
            }
        }
    }
}

/// A place in the list. There are never four thousand million listings.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Cuts a line of the list into its cells; `None` for a comment or an empty line.
fn cells(line: &str, number: usize) -> Result<Option<[&str; COLUMNS]>, SecuritiesError> {
    if line.starts_with('#') || line.trim().is_empty() {
        return Ok(None);
    }
    let mut cells = [""; COLUMNS];
    for (at, cell) in line.split('\t').enumerate() {
        let Some(place) = cells.get_mut(at) else {
            let reason = format!("a line has at most {COLUMNS} cells, with tabs between them");
            return Err(SecuritiesError { line: number, reason });
        };
        *place = cell.trim();
    }
    if cells[0].is_empty() || cells[0].contains(char::is_whitespace) {
        let reason = "a line begins with a symbol, then a tab".to_owned();
        return Err(SecuritiesError { line: number, reason });
    }
    Ok(Some(cells))
}

/// The listing of a line of a user's list, where cells may be left out.
fn user_security(cells: [&str; COLUMNS]) -> Security {
    let [symbol, market, kind, company, name, names, until, now] = cells;
    let symbol = normal_symbol(symbol);
    let company = if company.is_empty() { symbol.clone() } else { normal_symbol(company) };
    let names = if names.is_empty() { words::without_legal_form(name) } else { names };
    Security {
        symbol: symbol.into(),
        market: market.to_owned().into(),
        kind: if kind.is_empty() { "share".into() } else { kind.to_owned().into() },
        company: company.into(),
        name: name.to_owned().into(),
        names: names.to_owned().into(),
        until: until.to_owned().into(),
        now: now.to_owned().into(),
    }
}

/// The listing of a line of the list that ships.
fn shipped_security(cells: [&'static str; COLUMNS]) -> Security {
    let [symbol, market, kind, company, name, names, until, now] = cells.map(Cow::Borrowed);
    let company = if company.is_empty() { symbol.clone() } else { company };
    Security { symbol, market, kind, company, name, until, now, names }
}

#[cfg(test)]
mod tests;
