//! What is kept of an article for showing it: compact, and read without copying where possible.
//!
//! Mirrors of the core types, so that these stay free of serde. A list of hits reads [`Card`] and the text; the
//! details (all mentions, all quotes) are unpacked only when an article is opened or evidence is wanted.

mod card;
mod details;
mod places;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use card::SpeakerRow;
pub(super) use card::{Card, Day};
use details::Details;

/// Everything that is kept of an article, but for its body, which is kept as text.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stored<'a> {
    #[serde(borrow)]
    pub(super) card: Card<'a>,
    /// The sentences of the body (see [`places::outline`]).
    outline: Vec<u64>,
    /// [`Details`], packed.
    details: &'a [u8],
}

/// Packs any of the rows above.
pub(super) fn pack(row: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(row).expect("rows hold nothing that postcard cannot write")
}

/// Packs an article, but for its body.
pub(super) fn pack_article(article: &Article) -> Vec<u8> {
    let (speakers, which) = SpeakerRow::of(&article.quotes);
    let details = pack(&Details::of(article, &which));
    let outline = places::outline(&article.sentences);
    pack(&Stored { card: Card::of(article, speakers), outline, details: &details })
}

impl Stored<'_> {
    /// The sentences of the body, in order.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        places::sentences(&self.outline)
    }

    /// The whole article.
    pub(super) fn article(&self, body: &str) -> Option<Article> {
        let details: Details<'_> = postcard::from_bytes(self.details).ok()?;
        let card = &self.card;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let mut article = Article {
            id: card.id.to_owned(),
            path: card.path.to_owned(),
            record_id: owned(card.record_id),
            title: card.title.to_owned(),
            body: body.to_owned(),
            authors: card.authors.iter().map(|author| (*author).to_owned()).collect(),
            source: owned(card.source),
            url: owned(card.url),
            language: owned(card.language),
            published: card.published.and_then(Day::published),
            sentences: self.sentences(),
            ..Article::default()
        };
        details.restore(card, &mut article)?;
        Some(article)
    }
}
