//! Counts of results by the values of fields and by time.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Index, IndexError};
use crate::search::{By, Dated, Facet, Period, Request};

/// The `most` frequent values of each of `by` in what `request` finds. Periods come in their order, all of them.
pub fn facets(index: &dyn Index, request: &Request, by: &[By], most: usize) -> Result<Vec<Facet>, IndexError> {
    let mut facets = Vec::with_capacity(by.len());
    for by in by {
        facets.push(match by {
            By::Field(field) => {
                let (tallies, without) = index.tally(request, *field)?;
                let mut values: Vec<(String, usize)> =
                    tallies.into_iter().map(|tally| (tally.value, tally.count)).collect();
                values.sort_by_key(|(_, count)| Reverse(*count));
                let others = values.len().saturating_sub(most);
                values.truncate(most);
                Facet { by: *by, values, others, without }
            }
            By::Period(period) => periods(index, request, *period)?,
        });
    }
    Ok(facets)
}

fn periods(index: &dyn Index, request: &Request, period: Period) -> Result<Facet, IndexError> {
    let mut counts = BTreeMap::new();
    let mut without = 0;
    for Dated { days, count } in index.dated(request)? {
        match days.and_then(|(first, last)| period.holding(first, last)) {
            Some(start) => *counts.entry(start).or_insert(0) += count,
            None => without += count,
        }
    }
    let values = counts.into_iter().map(|(start, count)| (period.label(start), count)).collect();
    Ok(Facet { by: By::Period(period), values, others: 0, without })
}
