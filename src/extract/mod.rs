//! Extractors: what the text *implies*. Never fails, never overrides what a format said; when unsure, nothing.
//!
//! Tokens, sentences and marks are made once ([`tokens`]) and handed to every extractor, in the order of
//! [`EXTRACTORS`], because each may need what the one before it found.
//!
//! To add one: a file here with a unit struct, its line in [`EXTRACTORS`], tests through one `check`.

pub mod dates;
mod language;
pub mod notices;
pub mod people;
mod quotes;
pub mod securities;
mod tickers;
pub mod tokens;
mod transcripts;

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::article::{Article, MentionedDate, Published, Quote, Ticker};
use securities::Securities;
use transcripts::Turn;

/// What extraction needs to know besides the article.
#[derive(Debug)]
pub struct Context {
    /// The day on which the article is read: a date after it is doubtful.
    pub today: Date,
    securities: OnceLock<Arc<Securities>>,
}

impl Context {
    /// The context of an article read on `today`, with the securities that ship.
    pub fn on(today: Date) -> Context {
        Context { today, securities: OnceLock::new() }
    }

    /// The same with other securities.
    #[must_use]
    pub fn with_securities(self, securities: Securities) -> Context {
        Context { securities: Arc::new(securities).into(), ..self }
    }

    /// Which symbols there are, and by which names a text calls their companies. Those that ship are read when somebody
    /// asks for them.
    pub fn securities(&self) -> &Arc<Securities> {
        self.securities.get_or_init(Securities::shipped)
    }
}

/// An article as extractors see it: what its format said, and its tokens.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article as its format left it.
    pub article: &'a Article,
    /// Its title and body, taken apart.
    pub tokens: tokens::Tokens<'a>,
    /// Who speaks where, in a transcript.
    turns: Vec<Turn>,
    /// What else is known.
    pub context: &'a Context,
}

/// What was found so far. Each extractor fills its own part and may read the parts before it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// The byte of the body from which contact lines, disclosures and copyright notices follow; they
    /// yield no ticker, speaker or date.
    pub notices: usize,
    /// Companies, most salient first.
    pub tickers: Vec<Ticker>,
    /// Attributed speech, in order of position.
    pub quotes: Vec<Quote>,
    /// The publication date; what the format said where it said one.
    pub published: Option<Published>,
    /// Dates named in the text, in order of position.
    pub mentioned_dates: Vec<MentionedDate>,
}

/// Finds one sort of thing.
pub trait Extractor: Sync {
    /// Its name in messages and documentation.
    fn name(&self) -> &'static str;

    /// Adds to `findings` what it finds in `reading`.
    fn extract(&self, reading: &Reading<'_>, findings: &mut Findings);
}

/// Every extractor, in the order in which they run.
pub const EXTRACTORS: &[&dyn Extractor] = &[&tickers::Tickers, &quotes::Quotes, &dates::Dates];

/// Finds everything that the text of `article` implies.
pub fn annotate(article: &mut Article, context: &Context) {
    let (tokens, notices) = (tokens::Tokens::of(article), notices::start(&article.body));
    let turns = transcripts::turns(&tokens.body, tokens.body.at(notices));
    let reading = Reading { article, tokens, turns, context };
    let mut findings = Findings { notices, published: article.published.clone(), ..Findings::default() };
    for extractor in EXTRACTORS {
        extractor.extract(&reading, &mut findings);
    }
    let language = article.language.is_none().then(|| language::detect(&article.title, &article.body)).flatten();
    let outline = (reading.tokens.body.sentence_ranges(), reading.tokens.body.paragraph_ranges());
    let Findings { notices: _, tickers, quotes, published, mentioned_dates } = findings;
    article.language = article.language.take().or(language);
    (article.sentences, article.paragraphs) = outline;
    (article.tickers, article.quotes) = (tickers, quotes);
    (article.published, article.mentioned_dates) = (published, mentioned_dates);
}
