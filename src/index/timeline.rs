//! How many results there are in each period, for one question or several side by side.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Index, IndexError};
use crate::search::{Dated, Period, Request};

/// More periods than this are too many to show: longer ones are meant.
const MOST: usize = 40_000;

/// Counts over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The length of a step.
    pub period: Period,
    /// The first day of every step, the first with a result to the last, those without included.
    pub starts: Vec<Date>,
    /// What was counted.
    pub series: Vec<Series>,
}

/// The counts of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// A count for every step.
    pub counts: Vec<usize>,
    /// Results without a date.
    pub undated: usize,
    /// Results whose date is known less closely than a step is long.
    pub inexact: usize,
}

/// Counts what each of `requests`, by name, finds in every step of `period`.
pub fn timeline(index: &dyn Index, requests: &[(String, Request)], period: Period) -> Result<Timeline, IndexError> {
    let mut series = Vec::with_capacity(requests.len());
    let mut counted: Vec<BTreeMap<Date, usize>> = Vec::with_capacity(requests.len());
    for (name, request) in requests {
        let mut one = Series { name: name.clone(), counts: Vec::new(), undated: 0, inexact: 0 };
        let (steps, inexact, undated) = by_period(&index.counts(request, &[], true, 0)?.dated, period);
        (one.inexact, one.undated) = (inexact, undated);
        series.push(one);
        counted.push(steps.into_iter().collect());
    }
    let starts = steps(&counted, period);
    for (series, counts) in series.iter_mut().zip(&counted) {
        series.counts = starts.iter().map(|start| counts.get(start).copied().unwrap_or(0)).collect();
    }
    Ok(Timeline { period, starts, series })
}

/// The counts of all steps that have any, in order; what is known less closely than to one; what is undated.
///
/// `dated` is in order, so that most days lie in the step at hand.
pub(super) fn by_period(dated: &[Dated], period: Period) -> (Vec<(Date, usize)>, usize, usize) {
    let (mut steps, mut inexact, mut undated) = (Vec::<(Date, usize)>::new(), 0, 0);
    let mut end = Date::MIN;
    for Dated { days, count } in dated {
        let Some((first, last)) = days else {
            undated += count;
            continue;
        };
        if let Some(step) = steps.last_mut()
            && *first < end
        {
            if *last < end {
                step.1 += count;
            } else {
                inexact += count;
            }
            continue;
        }
        match period.holding(*first, *last) {
            Some(start) => {
                steps.push((start, *count));
                end = period.next(start);
            }
            None => inexact += count,
        }
    }
    (steps, inexact, undated)
}

/// Every step from the first with a result to the last; only those with one where there are too many.
fn steps(counted: &[BTreeMap<Date, usize>], period: Period) -> Vec<Date> {
    let first = counted.iter().filter_map(|counts| counts.keys().next()).min();
    let last = counted.iter().filter_map(|counts| counts.keys().next_back()).max();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let mut starts = Vec::new();
    let mut start = *first;
    while start <= *last && starts.len() < MOST {
        starts.push(start);
        let next = period.next(start);
        if next <= start {
            break;
        }
        start = next;
    }
    if starts.last().is_some_and(|end| end < last) {
        starts = counted.iter().flat_map(|counts| counts.keys().copied()).collect();
        starts.sort_unstable();
        starts.dedup();
    }
    starts
}
