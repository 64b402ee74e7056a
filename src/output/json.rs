//! The wire JSON of `search` and `quotes`, as one object or as one hit a line.

use std::io::{self, Write};

use serde::Serialize;

use super::wire::{self, Date, VERSION, pairs, part};
use super::{Output, View};
use crate::article::Section;
use crate::query::{Note, describe};
use crate::search::{Company, Facet, Hit, QuoteHit, Quoted, Results, Snippet, Suggestion, Target};

/// One object.
pub(super) struct Json;

/// One hit a line.
pub(super) struct JsonLines;

impl Output for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn results(&self, results: &Results, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
        let explain = view.request.explain.then(|| WireReading {
            read: describe(view.query),
            plan: results.plan.as_deref(),
            zone: view.zone,
        });
        let target = match view.request.target {
            Target::Articles => "articles",
            Target::Quotes => "quotes",
        };
        let wire = WireResults {
            v: VERSION,
            query: &view.query.typed,
            target,
            total: results.total,
            hits: results.hits.iter().map(|it| hit(it, view)).collect(),
            notes: view.query.notes.iter().chain(&results.notes).map(note).collect(),
            suggestions: results.suggestions.iter().map(suggestion).collect(),
            partial: results
                .partial
                .iter()
                .map(|it| WirePartial { lacks: &it.lacks, hit: hit(&it.hit, view) })
                .collect(),
            facets: results.facets.iter().map(facet).collect(),
            explain,
        };
        wire::write(&wire, out)?;
        writeln!(out)
    }
}

impl Output for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn results(&self, results: &Results, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
        for it in &results.hits {
            wire::write(&WireHit { v: Some(VERSION), ..hit(it, view) }, out)?;
            writeln!(out)?;
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct WireResults<'a> {
    v: u32,
    query: &'a str,
    target: &'static str,
    total: Option<usize>,
    hits: Vec<WireHit<'a>>,
    notes: Vec<WireNote<'a>>,
    suggestions: Vec<WireSuggestion<'a>>,
    partial: Vec<WirePartial<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facets: Vec<WireFacet<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<WireReading<'a>>,
}

#[derive(Serialize)]
struct WireFacet<'a> {
    by: &'static str,
    values: Vec<WireCount<'a>>,
    others: usize,
    without: usize,
}

#[derive(Serialize)]
struct WireCount<'a> {
    value: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct WireSuggestion<'a> {
    kind: &'static str,
    was: &'a str,
    instead: Option<&'a str>,
    query: &'a str,
    total: usize,
}

#[derive(Serialize)]
struct WirePartial<'a> {
    lacks: &'a [String],
    #[serde(flatten)]
    hit: WireHit<'a>,
}

#[derive(Serialize)]
struct WireReading<'a> {
    read: String,
    plan: Option<&'a str>,
    zone: &'a str,
}

#[derive(Serialize)]
struct WireNote<'a> {
    start: usize,
    end: usize,
    problem: &'a str,
    fix: Option<&'a str>,
}

#[derive(Serialize)]
struct WireHit<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    v: Option<u32>,
    id: &'a str,
    record_id: Option<&'a str>,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<usize>,
    title: &'a str,
    title_marks: Vec<[usize; 2]>,
    authors: &'a [String],
    source: Option<&'a str>,
    url: Option<&'a str>,
    lang: Option<&'a str>,
    published: Option<Date>,
    tickers: Vec<WireCompany<'a>>,
    speakers: Vec<WireSpeaker<'a>>,
    score: f32,
    snippets: Vec<WireSnippet<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<WireQuote<'a>>,
    reprints: usize,
    copies: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a [String]>,
}

#[derive(Serialize)]
struct WireCompany<'a> {
    symbol: &'a str,
    company: Option<&'a str>,
    mentions: usize,
    salience: f32,
}

#[derive(Serialize)]
struct WireSpeaker<'a> {
    name: &'a str,
    role: Option<&'a str>,
    organization: Option<&'a str>,
    quotes: usize,
}

#[derive(Serialize)]
struct WireSnippet<'a> {
    text: &'a str,
    marks: Vec<[usize; 2]>,
    r#in: &'static str,
    start: usize,
    cut_before: bool,
    cut_after: bool,
}

#[derive(Serialize)]
struct WireQuote<'a> {
    kind: &'static str,
    text: &'a str,
    marks: Vec<[usize; 2]>,
    before: &'a str,
    after: &'a str,
    speaker: Option<&'a str>,
    role: Option<&'a str>,
    organization: Option<&'a str>,
    ticker: Option<&'a str>,
    cue: Option<&'a str>,
    tickers: &'a [String],
    section: Option<&'static str>,
    start: usize,
    end: usize,
}

fn suggestion(suggestion: &Suggestion) -> WireSuggestion<'_> {
    WireSuggestion {
        kind: suggestion.kind.name(),
        was: &suggestion.was,
        instead: suggestion.instead.as_deref(),
        query: &suggestion.query,
        total: suggestion.total,
    }
}

fn facet(facet: &Facet) -> WireFacet<'_> {
    WireFacet {
        by: facet.by.name(),
        values: facet.values.iter().map(|(value, count)| WireCount { value, count: *count }).collect(),
        others: facet.others,
        without: facet.without,
    }
}

fn note(note: &Note) -> WireNote<'_> {
    WireNote { start: note.span.start, end: note.span.end, problem: &note.problem, fix: note.fix.as_deref() }
}

fn hit<'a>(hit: &'a Hit, view: &View<'_>) -> WireHit<'a> {
    WireHit {
        v: None,
        id: &hit.id,
        record_id: hit.record_id.as_deref(),
        path: &hit.path,
        page: hit.page,
        title: &hit.title,
        title_marks: pairs(&hit.title_marks),
        authors: &hit.authors,
        source: hit.source.as_deref(),
        url: hit.url.as_deref(),
        lang: hit.language.as_deref(),
        published: hit.published.as_ref().map(Date::from),
        tickers: hit.tickers.iter().map(company).collect(),
        speakers: hit.speakers.iter().map(speaker).collect(),
        score: hit.score,
        snippets: hit.snippets.iter().map(snippet).collect(),
        quote: hit.quote.as_ref().map(quote),
        reprints: hit.reprints,
        copies: &hit.copies,
        group: hit.group.as_ref().map(|(value, _)| value.as_str()),
        explanation: view.request.explain.then_some(hit.explanation.as_slice()),
    }
}

fn company(company: &Company) -> WireCompany<'_> {
    WireCompany {
        symbol: &company.symbol,
        company: company.name.as_deref(),
        mentions: company.mentions,
        salience: company.salience,
    }
}

fn speaker(speaker: &Quoted) -> WireSpeaker<'_> {
    WireSpeaker {
        name: &speaker.name,
        role: speaker.role.as_deref(),
        organization: speaker.organization.as_deref(),
        quotes: speaker.quotes,
    }
}

fn snippet(snippet: &Snippet) -> WireSnippet<'_> {
    WireSnippet {
        text: &snippet.text,
        marks: pairs(&snippet.marks),
        r#in: part(snippet.part),
        start: snippet.start,
        cut_before: snippet.cut_before,
        cut_after: snippet.cut_after,
    }
}

fn quote(quote: &QuoteHit) -> WireQuote<'_> {
    let speaker = quote.speaker.as_ref();
    WireQuote {
        kind: quote.kind.name(),
        text: &quote.text,
        marks: pairs(&quote.marks),
        before: &quote.before,
        after: &quote.after,
        speaker: speaker.map(|speaker| speaker.name.as_str()),
        role: speaker.and_then(|speaker| speaker.role.as_deref()),
        organization: speaker.and_then(|speaker| speaker.organization.as_deref()),
        ticker: speaker.and_then(|speaker| speaker.ticker.as_deref()),
        cue: quote.cue.as_deref(),
        tickers: &quote.tickers,
        section: quote.section.map(Section::name),
        start: quote.start,
        end: quote.end,
    }
}
