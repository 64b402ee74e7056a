//! The value that flows: an article, and what was read from it.
//!
//! Plain data without behaviour beyond looking at itself. Every [`Span`] is a byte range of the
//! article's title or body that lies on character boundaries.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;

/// One searchable news text or transcript, with everything known about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// The article id: path relative to the corpus root with `/`, plus `!/` and the path in a container, plus `#n` for
    /// record n (from 1) of a file with many.
    pub id: String,
    /// The path of the source file, relative to the corpus root, with `/`.
    pub path: String,
    /// The record's own `id` or `_id` field.
    pub record_id: Option<String>,
    /// The headline; empty when the source has none.
    pub title: String,
    /// The text, paragraphs separated by a blank line where the source says so.
    pub body: String,
    /// Who wrote it, one name each.
    pub authors: Vec<String>,
    /// The outlet or wire that published it.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The language, as a two-letter code.
    pub language: Option<String>,
    /// When it was published; `None` is *undated*.
    pub published: Option<Published>,
    /// Codes that the record itself carries (a `tickers` field), before extraction resolves them.
    pub listed_tickers: Vec<String>,
    /// Companies it mentions, most salient first.
    pub tickers: Vec<Ticker>,
    /// Attributed speech, in order of position.
    pub quotes: Vec<Quote>,
    /// Dates that the text mentions, in order of place: never the publication date.
    pub mentioned_dates: Vec<MentionedDate>,
    /// The sentences of the body, in order, as found when it was annotated.
    pub sentences: Vec<Range<usize>>,
    /// The paragraphs of the body, in order, as found when it was annotated.
    pub paragraphs: Vec<Range<usize>>,
    /// How many characters of the source could not be decoded and were replaced.
    pub replaced: usize,
}

/// Which text of an article a span points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The headline.
    Title,
    /// The body.
    Body,
}

/// A byte range of an article's title or body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text it points into.
    pub part: Part,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A publication date: a civil day as printed, plus the instant where one is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The day; the first of the month or year where only that is known.
    pub day: Date,
    /// How much of `day` is known.
    pub precision: Precision,
    /// The instant, where the source gives a time and a zone.
    pub instant: Option<Timestamp>,
    /// What it was read from.
    pub source: DateSource,
    /// Whether a part of it was completed from other evidence in the article.
    pub inferred: bool,
    /// Whether it lies after the day on which it was read.
    pub doubtful: bool,
    /// The words it was read from, where they are in the text.
    pub evidence: Option<Span>,
}

impl Published {
    /// A certain day, as `source` names it.
    pub fn on(day: Date, source: DateSource) -> Published {
        let precision = Precision::Day;
        Published { day, precision, instant: None, source, inferred: false, doubtful: false, evidence: None }
    }

    /// First and last day of what is known: one and the same, or those of the month or the year.
    pub fn days(&self) -> (Date, Date) {
        match self.precision {
            Precision::Day => (self.day, self.day),
            Precision::Month => (self.day.first_of_month(), self.day.last_of_month()),
            Precision::Year => (self.day.first_of_year(), self.day.last_of_year()),
        }
    }
}

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// The year only.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

/// What a publication date was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateSource {
    /// The front matter of a Markdown file.
    FrontMatter,
    /// A field of a JSON record.
    Record,
    /// `datePublished` in JSON-LD.
    JsonLd,
    /// A `meta` element.
    Meta,
    /// A `time` element.
    TimeElement,
    /// A date in the page's address.
    Url,
    /// A line at the head of a plain text that holds nothing but a date.
    DateLine,
    /// The dateline (`NEW YORK, Feb 2 (Reuters) -`).
    Dateline,
    /// The file's name or folder.
    FileName,
}

impl DateSource {
    /// All of them, in the order of the definition.
    pub const ALL: [DateSource; 9] = [
        DateSource::FrontMatter,
        DateSource::Record,
        DateSource::JsonLd,
        DateSource::Meta,
        DateSource::TimeElement,
        DateSource::Url,
        DateSource::DateLine,
        DateSource::Dateline,
        DateSource::FileName,
    ];

    /// Its name in output and in the index.
    pub fn name(self) -> &'static str {
        match self {
            DateSource::FrontMatter => "front matter",
            DateSource::Record => "record",
            DateSource::JsonLd => "json-ld",
            DateSource::Meta => "meta",
            DateSource::TimeElement => "time",
            DateSource::Url => "url",
            DateSource::DateLine => "date line",
            DateSource::Dateline => "dateline",
            DateSource::FileName => "file name",
        }
    }
}

/// A date named in the text (`Feb. 4`, `fiscal 2025`, `Wednesday night`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MentionedDate {
    /// The words that name it.
    pub span: Span,
    /// The first day meant, where the publication date or the words themselves tell.
    pub since: Option<Date>,
    /// The last day meant.
    pub until: Option<Date>,
}

/// A listed company or fund that an article mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticker {
    /// The symbol, normalised (`BRK.B`, `VOD.L`).
    pub symbol: String,
    /// The exchange's market identifier code (ISO 10383), where known.
    pub exchange: Option<String>,
    /// The company's name, where known.
    pub company: Option<String>,
    /// Other symbols of the same company, former ones included; a filter by any of them finds the article.
    pub aliases: Vec<String>,
    /// The strongest way in which it was found.
    pub how: How,
    /// Every place that names it, in order.
    pub mentions: Vec<Span>,
    /// How much the article is about it, from 0 to 1.
    pub salience: f32,
}

/// How a ticker was found, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The record's own field lists it.
    Record,
    /// An explicit code in the text.
    Code,
    /// By a name that a code elsewhere in the article taught.
    Taught,
    /// By the company's name.
    Name,
}

impl How {
    /// All of them, in the order of the definition.
    pub const ALL: [How; 4] = [How::Record, How::Code, How::Taught, How::Name];

    /// Its name in output and in the index.
    pub fn name(self) -> &'static str {
        match self {
            How::Record => "record",
            How::Code => "code",
            How::Taught => "taught",
            How::Name => "name",
        }
    }
}

/// Attributed speech.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// What sort of speech it is.
    pub kind: QuoteKind,
    /// Where the words are in the body, marks included for a direct quotation.
    pub start: usize,
    /// One past the last byte in the body.
    pub end: usize,
    /// Whom the words are attributed to; `None` where nobody could be named.
    pub speaker: Option<Speaker>,
    /// The word that attributes: said, told, wrote.
    pub cue: Option<Range<usize>>,
    /// Symbols of the companies talked about.
    pub tickers: Vec<String>,
    /// The section of a transcript it stands in.
    pub section: Option<Section>,
}

/// The sorts of attributed speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// All in quotation marks.
    Direct,
    /// A few words in marks inside other speech.
    Fragment,
    /// "said that …", without marks.
    Indirect,
    /// Indirect speech with fragments in marks, as one span.
    Mixed,
    /// A transcript speaker's turn.
    Turn,
}

impl QuoteKind {
    /// All of them, in the order of the definition.
    pub const ALL: [QuoteKind; 5] =
        [QuoteKind::Direct, QuoteKind::Fragment, QuoteKind::Indirect, QuoteKind::Mixed, QuoteKind::Turn];

    /// Its name in queries, output and the index.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Fragment => "fragment",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Turn => "turn",
        }
    }
}

/// The sections of an earnings call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Prepared remarks.
    Prepared,
    /// Questions and answers.
    Questions,
}

impl Section {
    /// Its name in queries, output and the index.
    pub fn name(self) -> &'static str {
        match self {
            Section::Prepared => "prepared",
            Section::Questions => "qa",
        }
    }
}

/// The person or body to whom words are attributed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speaker {
    /// Full name as best known in the article, or the description ("a spokesman").
    pub name: String,
    /// The role as printed (`CEO`, `analyst`).
    pub role: Option<String>,
    /// The organisation as printed.
    pub organization: Option<String>,
    /// The organisation's symbol, where it is listed.
    pub ticker: Option<String>,
    /// Where in the body this attribution names the speaker ("he" included).
    pub place: Option<Range<usize>>,
}

impl Span {
    /// Points into the title.
    pub fn title(range: Range<usize>) -> Span {
        Span { part: Part::Title, start: range.start, end: range.end }
    }

    /// Points into the body.
    pub fn body(range: Range<usize>) -> Span {
        Span { part: Part::Body, start: range.start, end: range.end }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl Article {
    /// Where it lies: the path of its file, in a container followed by `!/` and the path there.
    pub fn location(&self) -> &str {
        let number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
        match self.id.rsplit_once('#') {
            Some((location, rest)) if location.len() >= self.path.len() && number(rest) => location,
            _ if self.id.is_empty() => &self.path,
            _ => &self.id,
        }
    }

    /// The text of one part.
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Title => &self.title,
            Part::Body => &self.body,
        }
    }

    /// The words under `span`; empty when it lies outside the text.
    pub fn text(&self, span: Span) -> &str {
        self.part(span.part).get(span.range()).unwrap_or_default()
    }

    /// The words of `quote`.
    pub fn words(&self, quote: &Quote) -> &str {
        self.body.get(quote.start..quote.end).unwrap_or_default()
    }

    /// The first paragraph of the body.
    pub fn lead(&self) -> &str {
        let body = self.body.trim_start();
        let end = memchr::memmem::find(body.as_bytes(), b"\n\n").unwrap_or(body.len());
        body[..end].trim_end()
    }
}

/// A symbol in its one written form: upper case, no `$`, no exchange before a colon, class after a dot
/// (`BRK-B`, `BRK/B`, `BRKb` are `BRK.B`).
pub fn normal_symbol(typed: &str) -> String {
    let typed = typed.trim().trim_start_matches('$');
    let typed = typed.rsplit_once(':').map_or(typed, |(_, symbol)| symbol).trim();
    let mut symbol = typed.replace(['-', '/'], ".");
    let class = symbol.char_indices().last().filter(|(at, c)| *at >= 2 && matches!(c, 'a'..='d'));
    if let Some((at, _)) = class
        && symbol[..at].bytes().all(|b| b.is_ascii_uppercase())
    {
        symbol.insert(at, '.');
    }
    symbol.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_has_one_spelling() {
        for typed in ["BRK.B", "BRK-B", "BRK/B", "BRKb", "$BRK.B", "NYSE:BRK.B", "brk.b"] {
            assert_eq!(normal_symbol(typed), "BRK.B", "{typed}");
        }
    }

    #[test]
    fn plain_symbols_stay() {
        assert_eq!(normal_symbol("nvda"), "NVDA");
        assert_eq!(normal_symbol("VOD.L"), "VOD.L");
        assert_eq!(normal_symbol("Ba"), "BA");
    }
}
