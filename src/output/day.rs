//! Publication dates for people.

use crate::article::{Precision, Published};

/// `30 Jan 2025`, as much as is known; `≈` before an inferred one, `?` after a doubtful one.
pub(super) fn day(published: Option<&Published>) -> String {
    let Some(published) = published else {
        return "undated".to_owned();
    };
    let form = match published.precision {
        Precision::Year => "%Y",
        Precision::Month => "%b %Y",
        Precision::Day => "%-d %b %Y",
    };
    let inferred = if published.inferred { "≈" } else { "" };
    let doubtful = if published.doubtful { "?" } else { "" };
    format!("{inferred}{}{doubtful}", published.day.strftime(form))
}
