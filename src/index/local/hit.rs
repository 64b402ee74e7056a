//! What is shown of a hit, from what is kept of its article.

use super::context::around;
use super::highlight::{Marker, merged};
use super::stored::{Card, Day};
use crate::article::{Article, Part, Quote};
use crate::search::{Hit, QuoteHit};

/// A quotation of `article` with the sentences round it.
pub(super) fn shown_quote(article: &Article, quote: &Quote, marker: &Marker) -> QuoteHit {
    let (before, after) = around(&article.body, &article.sentences, quote);
    let text = article.words(quote);
    QuoteHit {
        kind: quote.kind,
        text: text.to_owned(),
        marks: merged(&marker.marks(Part::Body, text, article.language.as_deref())),
        before: before.to_owned(),
        after: after.to_owned(),
        speaker: quote.speaker.clone(),
        cue: quote.cue.clone().and_then(|cue| article.body.get(cue)).map(str::to_owned),
        tickers: quote.tickers.clone(),
        section: quote.section,
        start: quote.start,
        end: quote.end,
    }
}

/// What the card of an article says, as a hit.
pub(super) fn card_hit(card: &Card<'_>, score: f32) -> Hit {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Hit {
        id: card.id.to_owned(),
        record_id: owned(card.record_id),
        title: card.title.to_owned(),
        authors: card.authors.iter().map(|author| (*author).to_owned()).collect(),
        source: owned(card.source),
        url: owned(card.url),
        language: owned(card.language),
        path: card.path.to_owned(),
        published: card.published.and_then(Day::published),
        tickers: card.companies(),
        speakers: card.speakers(),
        score,
        ..Hit::default()
    }
}
