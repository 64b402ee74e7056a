//! Counts of results by the values of fields and by time.

use super::beside::beside;
use super::timeline::by_period;
use super::{Index, IndexError};
use crate::search::{By, Dated, Facet, Period, Request, Results};

/// With so many documents, searching and counting at once saves more than a thread costs.
const MANY: usize = if cfg!(test) { 1 << 6 } else { 1 << 16 };

/// Answers `request` and counts all that it finds by the `most` frequent values of each of `by`; both at once where there
/// is much.
pub fn search_and_count(index: &dyn Index, request: &Request, by: &[By], most: usize) -> Result<Results, IndexError> {
    // Counting by values counts the whole, too.
    let request = Request { count: false, ..request.clone() };
    let count = || facets(index, &request, by, most);
    let (results, counted) = if index.documents(request.target)? < MANY {
        (index.search(&request), count())
    } else {
        // Who counts shares that with the other once it has searched.
        let (counted, results) = beside(count, || index.search(&request));
        (results, counted)
    };
    let (facets, total) = counted?;
    Ok(Results { facets, total: Some(total), ..results? })
}

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
