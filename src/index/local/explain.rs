//! Why a hit has its score: what each part of the question gave, in words and figures.

use tantivy::query::{EnableScoring, Query as _, Weight};
use tantivy::{DocId, Score, Searcher, SegmentReader};

use super::fields::Fields;
use super::fold::Stemmer;
use super::plan::Planner;
use super::rank::{Ranked, worth};
use crate::query::{Clause, Node, Query};
use crate::search::Request;

/// One line for each part of the question that counts in the score, and one for the sum.
pub(super) fn explain(
    searcher: &Searcher,
    fields: &Fields,
    stemmers: &[Stemmer],
    request: &Request,
    ranked: &Ranked,
) -> tantivy::Result<Vec<String>> {
    let mut lines = Vec::new();
    let nodes: &[Node] = match &request.query.root {
        Some(Node { clause: Clause::All(nodes), .. }) => nodes,
        Some(node) => std::slice::from_ref(node),
        None => &[],
    };
    let reader = searcher.segment_reader(ranked.address.segment_ord);
    for node in nodes {
        let query = Query { typed: request.query.typed.clone(), root: Some(node.clone()), notes: Vec::new() };
        let (matching, target) = (request.matching, request.target);
        let plan = Planner { searcher, fields, matching, target, stemmers, notes: Vec::new() }.plan(&query)?;
        let weight = plan.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let found = plan.count(searcher)?;
        let typed = request.query.typed.get(node.span.clone()).filter(|typed| !typed.is_empty());
        let name = typed.map_or_else(|| described(node), str::to_owned);
        let line = match score_of(weight.as_ref(), reader, ranked.address.doc_id)? {
            Some(score) if score > 0.0 => format!("{name}: {score:.3} (matches {found})"),
            Some(_) => format!("{name}: lets it through, counts nothing (matches {found})"),
            None => format!("{name}: does not match here (matches {found})"),
        };
        lines.push(line);
    }
    if ranked.nearness > 0.0 {
        lines.push(format!("words near each other: {:.3}", ranked.nearness));
    }
    if let Some(recency) = request.recency {
        let day =
            reader.fast_fields().column_opt::<u64>("first")?.and_then(|column| column.first(ranked.address.doc_id));
        lines.push(format!("age: × {:.3} (half for every {} days)", worth(recency, day), recency.half_life));
    }
    lines.push(format!("score: {:.3}", ranked.score));
    Ok(lines)
}

/// The score of `doc`, where it matches. (Tantivy's own `explain` may seek back, which it does not allow itself.)
fn score_of(weight: &dyn Weight, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Option<Score>> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    let matches = scorer.doc() <= doc && scorer.seek(doc) == doc;
    Ok(matches.then(|| scorer.score()))
}

/// A clause that came from a flag, as it would be typed.
fn described(node: &Node) -> String {
    match &node.clause {
        Clause::Filter(field, values) => format!("{}:{}", field.name(), values.join(",")),
        Clause::Dated(_) => "date".to_owned(),
        Clause::Not(inner) => format!("-{}", described(inner)),
        _ => "words".to_owned(),
    }
}
