//! Every indexed field: its name, how it is stored, and what fills it.
//!
//! A field's name is spelled here and nowhere else; the query language and every backend loop over [`Field::ALL`].

mod roles;

use std::borrow::Cow;

pub use roles::{role_words, short_role};

pub use crate::article::normal_symbol;
use crate::article::{Article, Part, Quote, Speaker, Ticker};

/// How often a symbol in the headline counts against one in the text.
const HEADLINE_WEIGHT: usize = 3;

/// More mentions than this say nothing new about what an article is about.
const MOST_MENTIONS: usize = 20;

/// Below this salience a company is merely named: it counts once, however often it is.
const PASSING: f32 = 0.1;

/// A field that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Words of the headline.
    Title,
    /// Words of the first paragraph.
    Lead,
    /// Symbols of companies mentioned.
    Ticker,
    /// Words of the names of those who are quoted.
    Speaker,
    /// Words of the roles of those who are quoted.
    Role,
    /// The organisations of those who are quoted, by name or symbol.
    Org,
    /// The publication day.
    Date,
    /// Words of the outlet's name.
    Source,
    /// Words of the authors' names.
    Author,
    /// The language, a two-letter code.
    Lang,
    /// The beginning of the article's path.
    Path,
    /// The kind of a quotation.
    Kind,
    /// The section of a transcript.
    Section,
    /// Whether somebody speaks for a company or from outside.
    Side,
}

/// How a field is indexed and asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Running text, searched by words, phrases and prefixes.
    Text,
    /// A stretch of the running text.
    Stretch,
    /// A few words, any run of which is enough.
    Words,
    /// A value to be equal to; given as often as it counts.
    Value,
    /// A path, asked by its beginning.
    Path,
    /// A civil day.
    Day,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 14] = [
        Field::Title,
        Field::Lead,
        Field::Ticker,
        Field::Speaker,
        Field::Role,
        Field::Org,
        Field::Date,
        Field::Source,
        Field::Author,
        Field::Lang,
        Field::Path,
        Field::Kind,
        Field::Section,
        Field::Side,
    ];

    /// Those whose values are counted.
    pub const COUNTED: [Field; 3] = [Field::Ticker, Field::Speaker, Field::Source];

    /// Its name in queries, output and the index.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Lead => "lead",
            Field::Ticker => "ticker",
            Field::Speaker => "speaker",
            Field::Role => "role",
            Field::Org => "org",
            Field::Date => "date",
            Field::Source => "source",
            Field::Author => "author",
            Field::Lang => "lang",
            Field::Path => "path",
            Field::Kind => "kind",
            Field::Section => "section",
            Field::Side => "side",
        }
    }

    /// The field called `name`, in any case.
    pub fn named(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// How it is indexed and asked.
    pub fn kind(self) -> Kind {
        match self {
            Field::Title => Kind::Text,
            Field::Lead => Kind::Stretch,
            Field::Speaker | Field::Role | Field::Org | Field::Source | Field::Author => Kind::Words,
            Field::Ticker | Field::Lang | Field::Kind | Field::Section | Field::Side => Kind::Value,
            Field::Path => Kind::Path,
            Field::Date => Kind::Day,
        }
    }

    /// What an article holds in it; a value is given once for every time it counts. Its quotations hold `quoted` in it,
    /// one after the other (see [`Field::values_of_quote`]).
    ///
    /// Days and stretches have no values: a backend reads them from the article.
    pub fn values<'a>(self, article: &'a Article, quoted: &[Vec<Cow<'a, str>>]) -> Vec<Cow<'a, str>> {
        match self {
            Field::Ticker => article.tickers.iter().flat_map(weighted_symbols).collect(),
            Field::Speaker => quoted.concat(),
            Field::Role | Field::Org | Field::Kind | Field::Section | Field::Side => {
                once(quoted.iter().flatten().cloned())
            }
            _ => self.values_of_article(article),
        }
    }

    /// What an article and its quotations hold in it alike.
    pub fn values_of_article(self, article: &Article) -> Vec<Cow<'_, str>> {
        match self {
            Field::Title => vec![article.title.as_str().into()],
            Field::Source => article.source.iter().map(Cow::from).collect(),
            Field::Author => article.authors.iter().map(Cow::from).collect(),
            Field::Lang => article.language.iter().map(Cow::from).collect(),
            Field::Path => vec![article.location().into()],
            _ => Vec::new(),
        }
    }

    /// The values of an article that are counted, each once: main symbols, names, the outlet.
    pub fn counted(self, article: &Article) -> Vec<&str> {
        let speakers = article.quotes.iter().filter_map(|quote| quote.speaker.as_ref());
        match self {
            Field::Ticker => once(article.tickers.iter().map(|ticker| ticker.symbol.as_str())),
            Field::Speaker => once(speakers.map(|speaker| speaker.name.as_str())),
            Field::Source => article.source.as_deref().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The values of a quotation that are counted, each once.
    pub fn counted_of_quote<'a>(self, article: &'a Article, quote: &'a Quote) -> Vec<&'a str> {
        let speaker = quote.speaker.as_ref();
        match self {
            Field::Ticker => {
                let own = speaker.and_then(|speaker| speaker.ticker.as_ref());
                once(quote.tickers.iter().chain(own).map(String::as_str))
            }
            Field::Speaker => speaker.map(|speaker| speaker.name.as_str()).into_iter().collect(),
            _ => self.counted(article),
        }
    }

    /// What one quotation of an article holds in it.
    pub fn values_of_quote<'a>(self, article: &'a Article, quote: &'a Quote) -> Vec<Cow<'a, str>> {
        let speaker = quote.speaker.as_ref();
        match self {
            Field::Ticker => quote_symbols(article, quote),
            Field::Speaker => speaker.map(|speaker| speaker.name.as_str().into()).into_iter().collect(),
            Field::Role => speaker
                .and_then(|speaker| speaker.role.as_deref())
                .map(|role| role_words(role).into())
                .into_iter()
                .collect(),
            Field::Org => speaker.and_then(organization_words).into_iter().collect(),
            Field::Kind => vec![quote.kind.name().into()],
            Field::Section => quote.section.map(|section| section.name().into()).into_iter().collect(),
            Field::Side => side(quote).map(Cow::from).into_iter().collect(),
            _ => self.values_of_article(article),
        }
    }

    /// Whether a quotation has it from its article.
    pub fn is_of_article(self) -> bool {
        matches!(self, Field::Title | Field::Source | Field::Author | Field::Lang | Field::Path)
    }

    /// Whether its value is text to be searched (words, phrases, prefixes) rather than a value to be equal to.
    pub fn is_text(self) -> bool {
        matches!(self, Field::Title | Field::Lead)
    }
}

/// On whose side somebody is quoted, where that is known.
fn side(quote: &Quote) -> Option<&'static str> {
    quote.speaker.as_ref().and_then(|speaker| roles::side(speaker, quote.section.is_some()))
}

/// A speaker's organisation as printed, and its symbol.
fn organization_words(speaker: &Speaker) -> Option<Cow<'_, str>> {
    match (&speaker.organization, &speaker.ticker) {
        (Some(organization), Some(ticker)) => Some(format!("{organization} {ticker}").into()),
        (one, other) => one.as_ref().or(other.as_ref()).map(Cow::from),
    }
}

/// Every symbol of a company, as often as its mentions count.
fn weighted_symbols(ticker: &Ticker) -> impl Iterator<Item = Cow<'_, str>> {
    let weight = |part| if part == Part::Title { HEADLINE_WEIGHT } else { 1 };
    let count: usize = ticker.mentions.iter().map(|mention| weight(mention.part)).sum();
    let count = if ticker.salience < PASSING { 1 } else { count.clamp(1, MOST_MENTIONS) };
    let symbols = std::iter::once(&ticker.symbol).chain(&ticker.aliases);
    symbols.flat_map(move |symbol| std::iter::repeat_n(symbol.into(), count))
}

/// Every symbol of the companies that a quotation talks about, and of its speaker's.
fn quote_symbols<'a>(article: &'a Article, quote: &'a Quote) -> Vec<Cow<'a, str>> {
    let speaker = quote.speaker.iter().filter_map(|speaker| speaker.ticker.as_ref());
    let symbols = quote.tickers.iter().chain(speaker).flat_map(|symbol| {
        let company = article.tickers.iter().find(|ticker| ticker.symbol == *symbol);
        std::iter::once(symbol).chain(company.into_iter().flat_map(|ticker| &ticker.aliases))
    });
    once(symbols.map(Cow::from))
}

/// The same values, each once, in order of the alphabet.
fn once<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}
