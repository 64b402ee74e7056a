//! What is read from each sample: one snapshot a file, to be read by a person.

use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::Path;

use pullquote::article::{Article, Quote, Speaker, Ticker};
use pullquote::corpus::{self, Entry, Walk};
use pullquote::{extract, format};

#[test]
fn every_sample_is_read_as_its_snapshot_shows() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for entry in samples() {
            let shown: String = articles(&entry).iter().map(render).collect::<Vec<_>>().join("\n");
            insta::assert_snapshot!(entry.path.replace('/', "-"), shown);
        }
    });
}

#[test]
fn there_are_forty_samples_and_each_format_has_one_in_the_readme_too() {
    let samples = samples();
    assert!(samples.iter().map(|entry| articles(entry).len()).sum::<usize>() >= 40);
    let readme = std::fs::read_to_string("README.md").unwrap();
    for format in format::FORMATS {
        let is_it = |entry: &&Entry| format::of(&entry.path).is_some_and(|other| other.name() == format.name());
        assert!(samples.iter().any(|entry| is_it(&entry)), "no sample of {}", format.name());
        for ending in format.extensions() {
            assert!(readme.contains(&format!("`.{ending}`")), "the README does not name `.{ending}`");
        }
    }
    for packed in [".gz", ".zst"] {
        assert!(samples.iter().any(|entry| entry.path.ends_with(packed)), "no sample of {packed}");
    }
}

#[test]
fn every_span_of_every_sample_lies_in_its_text() {
    for article in samples().iter().flat_map(articles) {
        let body = |start: usize, end: usize| article.body.get(start..end).is_some_and(|text| !text.is_empty());
        for quote in &article.quotes {
            assert!(body(quote.start, quote.end), "{}: {quote:?}", article.id);
            let place = quote.speaker.as_ref().and_then(|speaker| speaker.place.clone());
            for range in [place, quote.cue.clone()].into_iter().flatten() {
                assert!(body(range.start, range.end), "{}: {quote:?}", article.id);
            }
        }
        for ticker in &article.tickers {
            for span in &ticker.mentions {
                assert!(!article.text(*span).is_empty(), "{}: {ticker:?}", article.id);
            }
        }
    }
}

/// The files of the sample corpus, in order.
fn samples() -> Vec<Entry> {
    let walk = Walk { root: Path::new("corpus").to_owned(), ..Walk::default() };
    corpus::walk(&walk).unwrap().map(Result::unwrap).collect()
}

/// The articles of one file, as they were read on a certain day.
fn articles(entry: &Entry) -> Vec<Article> {
    let (context, extraction) = (format::Context::default(), extract::Context::on(jiff::civil::date(2026, 1, 1)));
    let mut articles = Vec::new();
    let mut source = entry.open().unwrap();
    let split = format::split(&mut source, &context, &mut |record| {
        let mut article = format::parse(&entry.path, &record, &context).unwrap();
        extract::annotate(&mut article, &extraction);
        articles.push(article);
        ControlFlow::Continue(())
    });
    split.unwrap();
    articles
}

/// An article as a person reads it.
fn render(article: &Article) -> String {
    let mut text = format!("{}\n", article.id);
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            writeln!(text, "  {name:<10} {value}").unwrap();
        }
    };
    line("title", &article.title);
    line("by", &article.authors.join("; "));
    line("source", article.source.as_deref().unwrap_or_default());
    line("url", article.url.as_deref().unwrap_or_default());
    line("language", article.language.as_deref().unwrap_or_default());
    line("published", &published(article));
    line("words", &article.body.split_whitespace().count().to_string());
    line("begins", &words(article.body.split_whitespace().take(8)));
    let last: Vec<&str> = article.body.split_whitespace().rev().take(8).collect();
    line("ends", &words(last.into_iter().rev()));
    line("replaced", &if article.replaced > 0 { article.replaced.to_string() } else { String::new() });
    for ticker in &article.tickers {
        line("ticker", &company(ticker));
    }
    for quote in &article.quotes {
        line(quote.kind.name(), &speech(article, quote));
    }
    text
}

fn published(article: &Article) -> String {
    let Some(published) = &article.published else {
        return "undated".to_owned();
    };
    let mut text = format!("{} ({:?}) from {}", published.day, published.precision, published.source.name());
    for (holds, word) in [(published.inferred, ", inferred"), (published.doubtful, ", doubtful")] {
        text.push_str(if holds { word } else { "" });
    }
    if let Some(span) = published.evidence {
        write!(text, ": {:?}", article.text(span)).unwrap();
    }
    text
}

fn company(ticker: &Ticker) -> String {
    let Ticker { symbol, exchange, company, how, mentions, salience, .. } = ticker;
    let exchange = exchange.as_deref().unwrap_or("-");
    let company = company.as_deref().unwrap_or("-");
    format!("{symbol} {exchange} {company}, by {}, mentions {}, salience {salience:.2}", how.name(), mentions.len())
}

fn speech(article: &Article, quote: &Quote) -> String {
    let mut text = match &quote.speaker {
        None => "nobody".to_owned(),
        Some(Speaker { name, role, organization, ticker, .. }) => {
            let parts = [Some(name), role.as_ref(), organization.as_ref(), ticker.as_ref()];
            parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" | ")
        }
    };
    if let Some(section) = quote.section {
        write!(text, " [{}]", section.name()).unwrap();
    }
    let spoken: Vec<&str> = article.words(quote).split_whitespace().collect();
    match spoken[..] {
        [ref first @ .., _] if first.len() >= 24 => {
            write!(
                text,
                ": {} … {}",
                words(spoken.iter().take(12).copied()),
                words(spoken[spoken.len() - 8..].iter().copied())
            )
            .unwrap();
        }
        _ => write!(text, ": {}", words(spoken.iter().copied())).unwrap(),
    }
    if !quote.tickers.is_empty() {
        write!(text, " ({})", quote.tickers.join(", ")).unwrap();
    }
    text
}

fn words<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}
