//! The shape of a question to an index and of its answer: types only.

mod periods;

use std::ops::Range;

use jiff::civil::Date;

use crate::article::{Article, Part, Published, QuoteKind, Section, Span, Speaker};
use crate::query::{Note, Query};
use crate::schema::Field;

pub use periods::Period;

/// A question to an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What is asked, filters from flags included.
    pub query: Query,
    /// What is returned.
    pub target: Target,
    /// How plain words combine.
    pub matching: Matching,
    /// The order of hits.
    pub sort: Sort,
    /// How much newer articles count more, where hits are ranked.
    pub recency: Option<Recency>,
    /// The most hits.
    pub limit: usize,
    /// Hits to pass over first.
    pub offset: usize,
    /// The most snippets a hit; 0 leaves them out.
    pub snippets: usize,
    /// How copies of one story, and quotations in the same words, are shown.
    pub dups: Dups,
    /// Whether each hit says why it has its score.
    pub explain: bool,
    /// Whether the exact number of matches is counted; without it `Results::total` may be unknown, and the search faster.
    pub count: bool,
}

/// What a search returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Target {
    /// Articles.
    #[default]
    Articles,
    /// Quotations.
    Quotes,
}

/// How plain words and phrases at the top of a query combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matching {
    /// All must match.
    #[default]
    All,
    /// Any may match. Filters and negations always hold.
    Any,
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first, undated last.
    Newest,
    /// Oldest first, undated last.
    Oldest,
}

/// How copies of one story are shown. Nothing is ever deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dups {
    /// Each as a hit of its own.
    #[default]
    Show,
    /// One of them, with how many others there are.
    Group,
    /// One of them; and counts are of stories, not of articles.
    Hide,
}

/// A preference for newer articles: a score halves with every half-life of age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recency {
    /// In days; at least 1.
    pub half_life: u32,
    /// The day from which age is counted. Later articles have none.
    pub today: Date,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Results {
    /// How many articles or quotes match in all, where it was counted.
    pub total: Option<usize>,
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
    /// What the index could not do exactly as asked (a prefix with too many words, say).
    pub notes: Vec<Note>,
    /// How the index read the query, in words, for `--explain`.
    pub plan: Option<String>,
    /// What else could be asked.
    pub suggestions: Vec<Suggestion>,
    /// Counts of what was found by the values of fields, on request.
    pub facets: Vec<Facet>,
    /// Where nothing was found: what has some of the words, best first.
    pub partial: Vec<Partial>,
}

/// By what results are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The values of one of [`Field::COUNTED`].
    Field(Field),
    /// The time of publication.
    Period(Period),
}

impl By {
    /// Everything by which results are counted.
    pub fn all() -> impl Iterator<Item = By> {
        Field::COUNTED.into_iter().map(By::Field).chain(Period::ALL.into_iter().map(By::Period))
    }

    /// Its name as typed and written.
    pub fn name(self) -> &'static str {
        match self {
            By::Field(field) => field.name(),
            By::Period(period) => period.name(),
        }
    }

    /// What is called `name`.
    pub fn named(name: &str) -> Option<By> {
        By::all().find(|by| by.name().eq_ignore_ascii_case(name))
    }
}

/// How many results there are of each value. A result with several values counts for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// By what was counted.
    pub by: By,
    /// Values and their counts: the most frequent first; periods in their order.
    pub values: Vec<(String, usize)>,
    /// How often other values are found.
    pub others: usize,
    /// How many results have no value, or no one period.
    pub without: usize,
}

/// How often one value of a field is found, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The value.
    pub value: String,
    /// How many articles or quotes have it.
    pub count: usize,
    /// The first and the last day of those with a date.
    pub days: Option<(Date, Date)>,
}

/// How much was found, and of what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many results there are.
    pub total: usize,
    /// The values of each field asked for.
    pub fields: Vec<Values>,
    /// When they were published, in order.
    pub dated: Vec<Dated>,
}

/// The most frequent values of one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    /// The most frequent first.
    pub values: Vec<(String, usize)>,
    /// How often other values are found.
    pub others: usize,
    /// How many results have none.
    pub without: usize,
}

/// How many results were published when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// First and last day of what is known of the date; `None` is undated.
    pub days: Option<(Date, Date)>,
    /// How many.
    pub count: usize,
}

/// Another question, which finds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is other about it.
    pub kind: Offer,
    /// What is changed, in words.
    pub was: String,
    /// What stands in its place.
    pub instead: Option<String>,
    /// What to type, flags apart.
    pub query: String,
    /// How many articles or quotes it finds.
    pub total: usize,
}

/// What is other about a question that is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// A word is spelled as the index has it.
    Spelling,
    /// A part is left out.
    Without,
    /// A company is asked for by its symbol and not by its name.
    Ticker,
}

impl Offer {
    /// Its name in output.
    pub fn name(self) -> &'static str {
        match self {
            Offer::Spelling => "spelling",
            Offer::Without => "without",
            Offer::Ticker => "ticker",
        }
    }
}

/// A hit that has not all that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Partial {
    /// What was found.
    pub hit: Hit,
    /// The parts of the question that it lacks, as they were read.
    pub lacks: Vec<String>,
}

/// One result: an article, and in a search for quotes one quotation of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hit {
    /// The article id.
    pub id: String,
    /// The record's own id.
    pub record_id: Option<String>,
    /// The headline.
    pub title: String,
    /// What matched in the headline, as byte ranges.
    pub title_marks: Vec<Range<usize>>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The outlet.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The language, a two-letter code.
    pub language: Option<String>,
    /// The source file, relative to the corpus root.
    pub path: String,
    /// When it was published.
    pub published: Option<Published>,
    /// Companies, most salient first.
    pub tickers: Vec<Company>,
    /// Those quoted, most quoted first.
    pub speakers: Vec<Quoted>,
    /// The score; 0 where hits are not ranked by it.
    pub score: f32,
    /// Passages, best first.
    pub snippets: Vec<Snippet>,
    /// The quotation, in a search for quotes.
    pub quote: Option<QuoteHit>,
    /// How many other articles are copies of it, where copies are grouped; of a quotation, how many more carry its words.
    pub reprints: usize,
    /// The ids of some of them.
    pub copies: Vec<String>,
    /// What it is put under with others, and how many there are of it in all, on request.
    pub group: Option<(String, usize)>,
    /// The page on which the first passage, or the quotation, begins, from 1, where the source has pages.
    pub page: Option<usize>,
    /// Why it has its score, line by line, on request.
    pub explanation: Vec<String>,
}

/// A company that an article mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    /// Its symbol.
    pub symbol: String,
    /// Its name, where known.
    pub name: Option<String>,
    /// How often it is mentioned.
    pub mentions: usize,
    /// How much the article is about it, from 0 to 1.
    pub salience: f32,
}

/// Somebody whom an article quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// Full name as best known.
    pub name: String,
    /// Role as printed.
    pub role: Option<String>,
    /// Organisation as printed.
    pub organization: Option<String>,
    /// How many quotations are theirs.
    pub quotes: usize,
}

/// A passage shown for a hit: text and ranges, never markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The passage; sentences are whole where possible.
    pub text: String,
    /// What matched, as byte ranges of `text`, in order and apart.
    pub marks: Vec<Range<usize>>,
    /// Which text of the article it was taken from.
    pub part: Part,
    /// Where it begins there, in bytes.
    pub start: usize,
    /// Whether text before it was left out within its sentence.
    pub cut_before: bool,
    /// Whether text after it was left out within its sentence.
    pub cut_after: bool,
}

/// A quotation as a result.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteHit {
    /// What sort of speech it is.
    pub kind: QuoteKind,
    /// The words, marks included.
    pub text: String,
    /// What matched, as byte ranges of `text`.
    pub marks: Vec<Range<usize>>,
    /// The sentence before.
    pub before: String,
    /// The sentence after.
    pub after: String,
    /// Who is speaking.
    pub speaker: Option<Speaker>,
    /// The attributing word.
    pub cue: Option<String>,
    /// Companies talked about.
    pub tickers: Vec<String>,
    /// The section of a transcript.
    pub section: Option<Section>,
    /// First byte in the article's body.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// An article opened from the index, with everything a query matches in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The article as indexed.
    pub article: Article,
    /// What the query matches, in order of place.
    pub marks: Vec<Span>,
}
