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
        let mut counts = BTreeMap::new();
        for Dated { days, count } in index.dated(request)? {
            match days.map(|(first, last)| period.holding(first, last)) {
                None => one.undated += count,
                Some(None) => one.inexact += count,
                Some(Some(start)) => *counts.entry(start).or_insert(0) += count,
            }
        }
        series.push(one);
        counted.push(counts);
    }
    let starts = steps(&counted, period);
    for (series, counts) in series.iter_mut().zip(&counted) {
        series.counts = starts.iter().map(|start| counts.get(start).copied().unwrap_or(0)).collect();
    }
    Ok(Timeline { period, starts, series })
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
