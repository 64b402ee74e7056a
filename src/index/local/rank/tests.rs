//! What pruning leaves out never belongs to the best.

use jiff::ToSpan;
use jiff::civil::date;
use tantivy::IndexWriter;
use tantivy::query::EnableScoring;
use tantivy::{DocSet, Index, TERMINATED};

use super::*;
use crate::article::{Article, DateSource, Published, Quote, QuoteKind, Speaker};
use crate::index::local::document::documents;
use crate::index::local::fields::{self, Fields};
use crate::index::local::invert::Queued;
use crate::index::local::plan::Planner;
use crate::query;
use crate::search::{Matching, Target};

const TODAY: Date = date(2025, 6, 30);

/// Words, the frequent ones first.
const WORDS: [&str; 24] = [
    "the", "and", "of", "said", "net", "qtr", "profit", "loss", "shares", "rate", "rates", "cut", "bank", "oil",
    "trade", "margin", "tariff", "outlook", "guidance", "merger", "strike", "harvest", "copper", "wheat",
];

/// An index of articles of all lengths, or of the quotation that each has, in two segments.
fn index(target: Target) -> (Index, Fields) {
    let (schema, fields) = fields::schema(target);
    let mut index = Index::create_in_ram(schema);
    fields::register(&mut index, &fields, target, 0);
    let mut writer: IndexWriter<Queued> = index.writer_with_num_threads(1, 40_000_000).unwrap();
    let mut seed = 7_u64;
    let mut below = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % end
    };
    for number in 0..1500 {
        let length = 3 + below(5) * below(30);
        let words: Vec<&str> = (0..length)
            .map(|_| {
                let end = 1 + below(WORDS.len());
                WORDS[below(end)]
            })
            .collect();
        let (id, title) = (format!("{number:04}"), WORDS[below(9)].to_owned());
        let mut article = Article { path: id.clone(), id, title, body: words.join(" "), ..Article::default() };
        crate::extract::annotate(&mut article, &crate::extract::Context::on(TODAY));
        article.published = (number % 3 > 0).then(|| published(TODAY.saturating_sub((number % 400).days())));
        article.quotes = vec![quote(&article.body, number % 4)];
        let documents = documents(&fields, &article).into();
        let mut documents = Queued::all(&documents);
        let wanted = if target == Target::Quotes { documents.next() } else { documents.last() };
        writer.add_document(wanted.unwrap()).unwrap();
        if number == 1000 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    (index, fields)
}

/// What one of two people says: the whole of `body`.
fn quote(body: &str, who: i32) -> Quote {
    let (name, ticker) = if who == 0 { ("Jonas Weil", "TLLR") } else { ("Dana Okafor", "NWND") };
    let (name, ticker) = (name.to_owned(), Some(ticker.to_owned()));
    Quote {
        kind: QuoteKind::Direct,
        start: 0,
        end: body.len(),
        speaker: Some(Speaker { name, ticker, ..Speaker::default() }),
        cue: None,
        tickers: Vec::new(),
        section: None,
    }
}

fn published(day: Date) -> Published {
    Published::on(day, DateSource::Record)
}

/// The best of all documents, each of them scored.
fn exhaustive(searcher: &Searcher, plan: &dyn Query, order: Order, limit: usize) -> Vec<(Score, String)> {
    let weight = plan.weight(EnableScoring::enabled_from_searcher(searcher)).unwrap();
    let mut all = Vec::new();
    for reader in searcher.segment_readers() {
        let columns = Columns::open(reader);
        let mut scorer = weight.scorer(reader, 1.0).unwrap();
        while scorer.doc() != TERMINATED {
            let doc = scorer.doc();
            all.push((
                columns.aged(doc, scorer.score(), order.recency),
                columns.tie(doc, order.sort).day,
                columns.id(doc),
            ));
            scorer.advance();
        }
    }
    all.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| (left.1, &left.2).cmp(&(right.1, &right.2))));
    all.into_iter().take(limit).map(|(score, _, id)| (score, id)).collect()
}

/// Checks that the best hits of `questions` are the best of all.
fn check(index: &Index, fields: &Fields, target: Target, questions: &[&str]) {
    let searcher = index.reader().unwrap().searcher();
    let columns: Vec<Columns> = searcher.segment_readers().iter().map(Columns::open).collect();
    for typed in questions {
        let query = query::parse(typed, TODAY);
        let matching = Matching::All;
        let mut planner = Planner { searcher: &searcher, fields, matching, target, stemmers: &[], notes: Vec::new() };
        let plan = planner.plan(&query).unwrap();
        let recent = Recency { half_life: 30, today: TODAY };
        for (limit, recency) in [(1, None), (10, None), (100, None), (10, Some(recent)), (100, Some(recent))] {
            let order = Order { sort: Sort::Relevance, recency };
            let expected = exhaustive(&searcher, plan.as_ref(), order, limit);
            let ranking = Ranking { searcher: &searcher, columns: &columns, order, proximity: None };
            let ranked = ranking.top(plan.as_ref(), 0, limit).unwrap();
            assert_eq!(ranked.len(), expected.len(), "{typed}");
            for (found, (score, id)) in ranked.iter().zip(&expected) {
                let found_id = columns[found.address.segment_ord as usize].id(found.address.doc_id);
                assert_eq!((&found_id, found.score), (id, *score), "{typed}, the best {limit}");
            }
            assert!(typed.contains("nowhere") || !ranked.is_empty(), "{typed} finds nothing");
        }
    }
}

#[test]
fn the_pruned_top_is_the_exhaustive_top() {
    let (index, fields) = index(Target::Articles);
    let questions = [
        "profit",
        "the OR and",
        "qtr OR net OR wheat",
        "the OR said OR profit OR copper OR nowhere",
        "rate bank",
        "\"qtr net\"",
        "\"net profit\"",
        "\"the said\"",
        "\"the the\"",
        "\"said the profit\"",
        "\"wheat the\"",
        "\"nowhere said\"",
        "\"qtr net\" OR \"net loss\" oil",
        "title:net (shares OR \"the bank\")",
        "\"qtr net\" -profit",
        "speaker:okafor",
        "speaker:okafor speaker:weil OR speaker:okafor",
    ];
    check(&index, &fields, Target::Articles, &questions);
}

#[test]
fn so_it_is_of_quotations_and_after_segments_were_merged() {
    let (index, fields) = index(Target::Quotes);
    let questions = [
        "profit",
        "speaker:okafor",
        "ticker:NWND",
        "speaker:\"dana okafor\"",
        "speaker:okafor profit",
        "speaker:okafor OR speaker:weil",
        "ticker:NWND OR ticker:TLLR",
        "ticker:NWND \"qtr net\"",
        "side:company the",
    ];
    check(&index, &fields, Target::Quotes, &questions);
    let segments = index.searchable_segment_ids().unwrap();
    assert_eq!(segments.len(), 2);
    let mut writer: IndexWriter<Queued> = index.writer_with_num_threads(1, 40_000_000).unwrap();
    writer.merge(&segments).wait().unwrap();
    assert_eq!(index.searchable_segment_ids().unwrap().len(), 1);
    check(&index, &fields, Target::Quotes, &questions);
}

#[test]
fn a_score_halves_with_every_half_life_and_no_further_than_that_of_what_is_old() {
    let recency = Recency { half_life: 30, today: TODAY };
    for (day, expected) in [
        (Some(20_250_630), 1.0),
        (Some(20_250_531), 0.5),
        (Some(20_250_501), 0.25),
        (Some(20_251_231), 1.0),
        (Some(20_150_101), 1.0 / 64.0),
        (None, 1.0 / 64.0),
        (Some(99), 1.0 / 64.0),
    ] {
        let worth = worth(recency, day);
        assert!((worth - expected).abs() < 1e-6, "{day:?}: {worth}, not {expected}");
    }
}
