//! Counts of results by the values of fields and by time.

use super::timeline::by_period;
use super::{Index, IndexError};
use crate::schema::Field;
use crate::search::{By, Counts, Dated, Facet, Period, Request, Results};

/// Answers `request` and counts all that it finds by the `most` frequent values of each of `by`.
pub fn search_and_count(index: &dyn Index, request: &Request, by: &[By], most: usize) -> Result<Results, IndexError> {
    // Counting by values counts the whole, too.
    let request = Request { count: false, ..request.clone() };
    let (fields, dated) = counted(by);
    let (results, counts) = index.search_and_count(&request, &fields, dated, most)?;
    let total = Some(counts.total);
    Ok(Results { facets: facets_of(counts, by), total, ..results })
}

/// The `most` frequent values of each of `by` in what `request` finds, and how much that is. Periods come in their order,
/// all of them.
pub fn facets(index: &dyn Index, request: &Request, by: &[By], most: usize) -> Result<(Vec<Facet>, usize), IndexError> {
    let (fields, dated) = counted(by);
    let counts = index.counts(request, &fields, dated, most)?;
    let total = counts.total;
    Ok((facets_of(counts, by), total))
}

/// The fields of `by`, and whether it has periods.
fn counted(by: &[By]) -> (Vec<Field>, bool) {
    let field = |by: &By| match by {
        By::Field(field) => Some(*field),
        By::Period(_) => None,
    };
    let fields: Vec<Field> = by.iter().filter_map(field).collect();
    let dated = fields.len() < by.len();
    (fields, dated)
}

fn facets_of(counts: Counts, by: &[By]) -> Vec<Facet> {
    let mut values = counts.fields.into_iter();
    let facets = by.iter().map(|by| match by {
        By::Period(period) => periods(&counts.dated, *period),
        By::Field(_) => {
            let counted = values.next().unwrap_or_default();
            Facet { by: *by, values: counted.values, others: counted.others, without: counted.without }
        }
    });
    facets.collect()
}

fn periods(dated: &[Dated], period: Period) -> Facet {
    let (steps, inexact, undated) = by_period(dated, period);
    let values = steps.into_iter().map(|(start, count)| (period.label(start), count)).collect();
    Facet { by: By::Period(period), values, others: 0, without: inexact + undated }
}
