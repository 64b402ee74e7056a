//! Samples and questions with bytes changed at random: read or refused, never a panic, and every place lies in its text.
//!
//! What the fuzz targets do for hours with coverage to lead them, some thousand times here, the same each time.

use std::ops::ControlFlow;
use std::path::Path;

use jiff::civil::date;
use pullquote::article::{Article, Part};
use pullquote::corpus::{self, Source, Walk};
use pullquote::format::{self, Format};
use pullquote::index::{self, Index};
use pullquote::search::{Dups, Hit, Matching, Request, Sort, Target};
use pullquote::{extract, query};

use crate::folder::Folder;

/// How many changed inputs each format and the question get.
const INPUTS: usize = 2000;

/// Longer samples are cut: what matters is at the beginning, and time is short.
const LONGEST: usize = 3000;

/// What is put in at random: what means something to one of the readers.
const TOKENS: &[&[u8]] = &[
    b"<",
    b">",
    b"</p>",
    b"<!--",
    b"&#x0;",
    b"\"",
    b"\\u",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"---\n",
    b"\n\n",
    b"\r",
    b"\0",
    b"\x1b[2J",
    b"\xff\xfe",
    b"\xe2\x80",
    "“".as_bytes(),
    "”".as_bytes(),
    "’".as_bytes(),
    "\u{feff}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{ad}".as_bytes(),
    b" said ",
    b" (NASDAQ: ",
    b"$",
    b"Q: ",
    b"Operator\n",
    b"99999999999999999999",
    b"2025-02-30",
    b"Feb. ",
    b"(",
    b")",
    b"near/5(",
    b"same/s(",
    b"date:",
    b"ticker:",
    b"-",
    b"*",
    b" OR ",
    b"..",
];

/// Random numbers: `SplitMix64`, of Steele, Lea and Flood.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % most.max(1) as u64).unwrap()
    }

    /// `bytes` with one to four changes.
    fn change(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(64)).min(bytes.len());
            match self.below(6) {
                0 => drop(bytes.splice(at..end, [])),
                1 => drop(bytes.splice(at..at, TOKENS[self.below(TOKENS.len())].iter().copied())),
                2 => bytes.truncate(at),
                3 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                4 => {
                    let piece = bytes[at..end].repeat(1 + self.below(8));
                    drop(bytes.splice(at..at, piece));
                }
                _ => {
                    let from = self.below(other.len() + 1);
                    let to = (from + self.below(64)).min(other.len());
                    drop(bytes.splice(at..end, other[from..to].iter().copied()));
                }
            }
        }
    }
}

#[test]
fn changed_files_are_read_or_refused() {
    std::thread::scope(|scope| {
        for format in format::FORMATS {
            scope.spawn(move || check_format(*format));
        }
    });
}

/// Changes the samples of `format`, unpacked.
fn check_format(format: &dyn Format) {
    let walk = Walk { root: Path::new("corpus").to_owned(), ..Walk::default() };
    let entries = corpus::walk(&walk).unwrap().map(Result::unwrap);
    let is_it = |path: &str| format::of(path).is_some_and(|other| other.name() == format.name());
    let samples: Vec<(String, Vec<u8>)> = entries
        .filter(|entry| is_it(&entry.path))
        .map(|entry| {
            let mut bytes = Vec::new();
            entry.open().unwrap().reader.read_to_end(&mut bytes).unwrap();
            bytes.truncate(LONGEST);
            (format!("changed.{}", format.extensions()[0]), bytes)
        })
        .collect();
    let mut random = Random(format.name().len() as u64);
    let extraction = extract::Context::on(date(2026, 1, 1));
    for _ in 0..INPUTS {
        let (path, sample) = &samples[random.below(samples.len())];
        let mut bytes = sample.clone();
        let (_, other) = &samples[random.below(samples.len())];
        random.change(&mut bytes, other);
        read(path, bytes, &extraction);
    }
}

fn read(path: &str, bytes: Vec<u8>, extraction: &extract::Context) {
    let context = format::Context::default();
    let Ok(mut source) = Source::of(path, bytes) else { return };
    // A refusal is as good as an article.
    let _ = format::split(&mut source, &context, &mut |record| {
        if let Ok(mut article) = format::parse(path, &record, &context) {
            extract::annotate(&mut article, extraction);
            check_places(&article);
        }
        ControlFlow::Continue(())
    });
}

/// Every place that is named lies in its text, on the borders of characters.
fn check_places(article: &Article) {
    for quote in &article.quotes {
        assert!(!article.words(quote).is_empty(), "{quote:?}");
    }
    for span in article.tickers.iter().flat_map(|ticker| &ticker.mentions) {
        assert!(!article.text(*span).is_empty(), "{span:?}");
    }
}

#[test]
fn changed_questions_are_answered() {
    const QUESTIONS: &[&str] = &[
        "capex guidance",
        "\"rate cut\" OR capex* -china",
        "near/5(tariff margin) same/s(capex guidance) same/p(we will)",
        "title:capex lead:guidance ticker:NWRB,QLSM $NWRB speaker:\"Marta Ellingsen\"",
        "role:cfo org:NWRB date:2025-01-20..2025-02-03 date:\"last quarter\" date:none",
        "source:ledger author:dunmore lang:en path:wire/ kind:direct section:qa",
        "“discipline” naïve café Zürich’s 3.5% $1.2bn AT&T",
    ];
    let folder = Folder::with_samples();
    folder.expect("index");
    let index = index::open(&folder.path("index")).unwrap();
    let mut random = Random(7);
    for number in 0..INPUTS {
        let mut bytes = QUESTIONS[random.below(QUESTIONS.len())].as_bytes().to_vec();
        let other = QUESTIONS[random.below(QUESTIONS.len())];
        random.change(&mut bytes, other.as_bytes());
        let target = if number % 3 == 0 { Target::Quotes } else { Target::Articles };
        ask(index.as_ref(), &String::from_utf8_lossy(&bytes), target);
    }
}

fn ask(index: &dyn Index, typed: &str, target: Target) {
    let query = query::parse(typed, date(2025, 6, 30));
    for note in &query.notes {
        assert!(typed.get(note.span.clone()).is_some(), "{typed:?}: {note:?}");
    }
    let request = Request {
        query,
        target,
        matching: Matching::All,
        sort: Sort::Relevance,
        recency: None,
        limit: 3,
        offset: 0,
        snippets: 2,
        dups: Dups::Show,
        explain: true,
        count: true,
    };
    let mut results = index.search(&request).unwrap_or_else(|error| panic!("{typed:?}: {error}"));
    index::help(index, &request, &|_| None, &mut results).unwrap();
    let partial = results.partial.iter().map(|partial| &partial.hit);
    results.hits.iter().chain(partial).for_each(|hit| check_marks(hit, typed));
    if let Some(hit) = results.hits.first() {
        let opened = index.open(&hit.id, &request.query).unwrap().unwrap();
        for mark in opened.marks {
            let text = if mark.part == Part::Title { &opened.article.title } else { &opened.article.body };
            assert!(text.get(mark.start..mark.end).is_some_and(|marked| !marked.is_empty()), "{typed:?}: {mark:?}");
        }
    }
}

fn check_marks(hit: &Hit, typed: &str) {
    let mut marked = vec![(&hit.title, &hit.title_marks)];
    marked.extend(hit.snippets.iter().map(|snippet| (&snippet.text, &snippet.marks)));
    marked.extend(hit.quote.iter().map(|quote| (&quote.text, &quote.marks)));
    for (text, marks) in marked {
        for mark in marks {
            assert!(text.get(mark.clone()).is_some_and(|words| !words.is_empty()), "{typed:?}: {mark:?} of {text:?}");
        }
        assert!(marks.is_sorted_by(|one, next| one.end <= next.start), "{typed:?}: {marks:?}");
    }
}
