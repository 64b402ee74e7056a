//! What else could be asked, in words: for who found nothing, and for who could find more.

use std::cell::OnceCell;
use std::io;
use std::sync::Arc;

use super::Failure;
use super::desk::Desk;
use crate::extract::securities::Securities;
use crate::index::{self, Index};
use crate::output;
use crate::search::{Offer, Request, Results, Suggestion, Target};

/// Adds to `results` what else could be asked.
pub(super) fn add(desk: &Desk<'_>, index: &dyn Index, request: &Request, results: &mut Results) -> Result<(), Failure> {
    // The list is read only for who found nothing.
    let securities: OnceCell<Arc<Securities>> = OnceCell::new();
    let known = || desk.extraction().map_or_else(|_| Securities::shipped(), |context| Arc::clone(context.securities()));
    let symbol = |name: &str| {
        let company = securities.get_or_init(known).organisation(name)?;
        Some(company.symbol.to_string())
    };
    Ok(index::help(index, request, &symbol, results)?)
}

/// Writes it for people.
pub(super) fn write(desk: &mut Desk<'_>, request: &Request, results: &Results) -> io::Result<()> {
    let noun = match request.target {
        Target::Articles => "article",
        Target::Quotes => "quote",
    };
    for suggestion in &results.suggestions {
        let many = if suggestion.total == 1 { "" } else { "s" };
        let change = output::clean(&change(suggestion)).into_owned();
        let typed = output::clean(&suggestion.query).into_owned();
        let found = format!("{} {noun}{many}", suggestion.total);
        match typed.as_str() {
            "" => writeln!(desk.err, "hint: {change}: {found}")?,
            typed => writeln!(desk.err, "hint: {change}: {found} for {typed}")?,
        }
    }
    Ok(())
}

/// `margins instead of margns`.
fn change(suggestion: &Suggestion) -> String {
    let was = &suggestion.was;
    match (suggestion.kind, &suggestion.instead) {
        (Offer::Ticker, Some(symbol)) => format!("ticker {symbol} instead of {was}"),
        (_, Some(instead)) => format!("{instead} instead of {was}"),
        (_, None) => format!("without {was}"),
    }
}
