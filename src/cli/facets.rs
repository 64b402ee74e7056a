//! `--facets` and `--group`: what results are counted and ordered by.

use crate::index::{self, Index, IndexError};
use crate::search::{By, Hit, Period, Request, Results};

/// How many values of a field are shown.
pub(super) const VALUES: usize = 10;

/// What `typed` counts by.
pub(super) fn by(typed: &str) -> Result<By, String> {
    By::named(typed.trim()).ok_or_else(|| {
        let names: Vec<&str> = By::all().map(By::name).collect();
        let near = names.iter().filter(|name| strsim::osa_distance(&typed.to_lowercase(), name) <= 2);
        let nearest = near.min_by_key(|name| strsim::osa_distance(typed, name));
        let meant = nearest.map(|name| format!("did you mean {name}? ")).unwrap_or_default();
        format!("nothing is counted by that: {meant}write one of {}", names.join(", "))
    })
}

/// Puts hits of one value together, the value of the best hit first.
pub(super) fn group(index: &dyn Index, request: &Request, by: By, results: &mut Results) -> Result<(), IndexError> {
    let (counts, _) = index::facets(index, request, &[by], usize::MAX)?;
    let counts = counts.into_iter().next().map(|facet| facet.values).unwrap_or_default();
    let mut order: Vec<Option<String>> = Vec::new();
    for hit in &mut results.hits {
        let value = value(hit, by);
        if !order.contains(&value) {
            order.push(value.clone());
        }
        let count = counts.iter().find(|(name, _)| Some(name) == value.as_ref()).map(|(_, count)| *count);
        hit.group = Some((value.unwrap_or_default(), count.unwrap_or(0)));
    }
    let place = |hit: &Hit| {
        let name = hit.group.as_ref().map(|(name, _)| name.as_str()).filter(|name| !name.is_empty());
        order.iter().position(|value| value.as_deref() == name)
    };
    results.hits.sort_by_key(place);
    Ok(())
}

/// The value that a hit is put under: the first where it has several.
fn value(hit: &Hit, by: By) -> Option<String> {
    let quote = hit.quote.as_ref();
    let speaker = quote.and_then(|quote| quote.speaker.as_ref());
    match by {
        By::Period(period) => period_of(hit, period),
        By::Field(field) => match field {
            crate::schema::Field::Speaker => speaker.map(|speaker| speaker.name.clone()),
            crate::schema::Field::Ticker => {
                let talked_about = quote.and_then(|quote| quote.tickers.first().cloned());
                talked_about.or_else(|| speaker.and_then(|speaker| speaker.ticker.clone()))
            }
            _ => hit.source.clone(),
        },
    }
}

fn period_of(hit: &Hit, period: Period) -> Option<String> {
    let (first, last) = hit.published.as_ref()?.days();
    period.holding(first, last).map(|start| period.label(start))
}
