//! Counts of results by the values of fields and by time.

use super::timeline::by_period;
use super::{Index, IndexError};
use crate::search::{By, Dated, Facet, Period, Request};

/// The `most` frequent values of each of `by` in what `request` finds, and how much that is. Periods come in their order,
/// all of them.
pub fn facets(index: &dyn Index, request: &Request, by: &[By], most: usize) -> Result<(Vec<Facet>, usize), IndexError> {
    let fields: Vec<_> = by
        .iter()
        .filter_map(|by| match by {
            By::Field(field) => Some(*field),
            By::Period(_) => None,
        })
        .collect();
    let counts = index.counts(request, &fields, fields.len() < by.len(), most)?;
    let mut values = counts.fields.into_iter();
    let facets = by.iter().map(|by| match by {
        By::Period(period) => periods(&counts.dated, *period),
        By::Field(_) => {
            let counted = values.next().unwrap_or_default();
            Facet { by: *by, values: counted.values, others: counted.others, without: counted.without }
        }
    });
    Ok((facets.collect(), counts.total))
}

fn periods(dated: &[Dated], period: Period) -> Facet {
    let (steps, inexact, undated) = by_period(dated, period);
    let values = steps.into_iter().map(|(start, count)| (period.label(start), count)).collect();
    Facet { by: By::Period(period), values, others: 0, without: inexact + undated }
}
