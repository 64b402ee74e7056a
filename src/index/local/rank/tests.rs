//! What pruning leaves out never belongs to the best.

use jiff::civil::date;
use tantivy::IndexWriter;
use tantivy::query::EnableScoring;
use tantivy::{DocSet, Index, TERMINATED};

use super::*;
use crate::article::Article;
use crate::index::local::document::documents;
use crate::index::local::fields::{self, Fields};
use crate::index::local::invert::Entry;
use crate::index::local::plan::Planner;
use crate::query;
use crate::search::{Matching, Target};

/// Words, the frequent ones first.
const WORDS: [&str; 24] = [
    "the", "and", "of", "said", "net", "qtr", "profit", "loss", "shares", "rate", "rates", "cut", "bank", "oil",
    "trade", "margin", "tariff", "outlook", "guidance", "merger", "strike", "harvest", "copper", "wheat",
];

/// An index of articles of all lengths, in two segments.
fn index() -> (Index, Fields) {
    let (schema, fields) = fields::schema();
    let mut index = Index::create_in_ram(schema);
    fields::register(&mut index, &fields, Target::Articles);
    let mut writer: IndexWriter<Entry> = index.writer_with_num_threads(1, 40_000_000).unwrap();
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
        crate::extract::annotate(&mut article, &crate::extract::Context::on(date(2025, 6, 30)));
        writer.add_document(documents(&fields, &article).1).unwrap();
        if number == 1000 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    (index, fields)
}

/// The best of all documents, each of them scored.
fn exhaustive(searcher: &Searcher, plan: &dyn Query, limit: usize) -> Vec<(Score, String)> {
    let weight = plan.weight(EnableScoring::enabled_from_searcher(searcher)).unwrap();
    let mut all = Vec::new();
    for reader in searcher.segment_readers() {
        let columns = Columns::open(reader, Sort::Relevance);
        let mut scorer = weight.scorer(reader, 1.0).unwrap();
        while scorer.doc() != TERMINATED {
            all.push((scorer.score(), columns.id(scorer.doc())));
            scorer.advance();
        }
    }
    all.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    all.truncate(limit);
    all
}

#[test]
fn the_pruned_top_is_the_exhaustive_top() {
    let (index, fields) = index();
    let searcher = index.reader().unwrap().searcher();
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
    ];
    for typed in questions {
        let query = query::parse(typed, date(2025, 6, 30));
        let (matching, target) = (Matching::All, Target::Articles);
        let mut planner = Planner { searcher: &searcher, fields: &fields, matching, target, notes: Vec::new() };
        let plan = planner.plan(&query).unwrap();
        for limit in [1, 10, 100] {
            let expected = exhaustive(&searcher, plan.as_ref(), limit);
            let ranked = top(&searcher, plan.as_ref(), Sort::Relevance, 0, limit).unwrap();
            assert_eq!(ranked.len(), expected.len(), "{typed}");
            for (found, (score, id)) in ranked.iter().zip(&expected) {
                let reader = searcher.segment_reader(found.address.segment_ord);
                let found_id = Columns::open(reader, Sort::Relevance).id(found.address.doc_id);
                assert_eq!((&found_id, found.score), (id, *score), "{typed}, the best {limit}");
            }
            assert!(typed.contains("nowhere") || !ranked.is_empty(), "{typed} finds nothing");
        }
    }
}
