//! Rankings for measuring: a line for each hit, as TREC's tools read them.

use std::io::{self, Write};

use crate::search::Results;

/// Writes the ranking of one query, `qid Q0 docid rank score pullquote`; ranks go on from `offset`.
///
/// A document is called by its record's own id, or by its article id where it has none.
pub fn trec(query_id: &str, results: &Results, offset: usize, out: &mut dyn Write) -> io::Result<()> {
    for (rank, hit) in (offset + 1..).zip(&results.hits) {
        let id = hit.record_id.as_deref().unwrap_or(&hit.id);
        writeln!(out, "{} Q0 {} {rank} {} pullquote", joined(query_id), joined(id), hit.score)?;
    }
    Ok(())
}

/// `name` as one column: its spaces and control characters as underscores.
fn joined(name: &str) -> String {
    name.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect()
}
