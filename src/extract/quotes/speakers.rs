//! From tokens to quotes: names, roles, organisations and symbols.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Said;
use super::subject::Scene;
use super::voices::Voice;
use crate::article::{Part, Quote, QuoteKind, Speaker, Ticker};
use crate::extract::people;
use crate::extract::securities::Securities;
use crate::extract::tokens::{Shape, lexicon as is};
use crate::extract::transcripts::Turn;

/// What is known of those who speak.
pub(super) struct Speakers<'a> {
    scene: &'a Scene<'a>,
    /// The companies of the article, most salient first.
    tickers: &'a [Ticker],
    securities: &'a Securities,
    /// Where the body names companies, in order, and which.
    places: Vec<(Range<usize>, usize)>,
    /// Companies by the words that name them.
    called: FxHashMap<&'a str, usize>,
}

impl<'a> Speakers<'a> {
    /// Prepares to look up the companies `tickers` of the article of `scene`.
    pub(super) fn new(scene: &'a Scene<'a>, tickers: &'a [Ticker], securities: &'a Securities) -> Speakers<'a> {
        let mentions = tickers.iter().enumerate().flat_map(|(index, ticker)| {
            let body = ticker.mentions.iter().filter(|mention| mention.part == Part::Body);
            body.map(move |mention| (mention.range(), index))
        });
        let mut places: Vec<(Range<usize>, usize)> = mentions.collect();
        places.sort_unstable_by_key(|(place, ticker)| (place.end, place.start, *ticker));
        let mut called = FxHashMap::default();
        for (place, ticker) in &places {
            called.entry(scene.text.text.get(place.clone()).unwrap_or_default()).or_insert(*ticker);
        }
        Speakers { scene, tickers, securities, places, called }
    }

    /// The quote that `said` is.
    pub(super) fn quote(&self, said: &Said) -> Quote {
        let text = self.scene.text;
        let span = text.bytes(said.tokens.clone());
        let cue = said.attribution.as_ref().and_then(|attribution| attribution.cue.clone());
        Quote {
            kind: said.kind,
            tickers: self.named(&span),
            start: span.start,
            end: span.end,
            speaker: said.voice.as_ref().map(|voice| self.speaker(said, voice)),
            cue: cue.map(|cue| text.bytes(cue)),
            section: None,
        }
    }

    /// A turn of a transcript as a quote.
    pub(super) fn turn(&self, turn: &Turn) -> Quote {
        let text = self.scene.text;
        let span = text.bytes(turn.words.clone());
        let speaker = turn.speaker.as_ref().map(|speaker| {
            let operator = text.words(speaker.name.clone()).eq_ignore_ascii_case("operator");
            // Whoever neither asks for a firm nor leads the call speaks for the company whose call it is.
            let own = (speaker.organization.is_none() && speaker.role.is_some() && !speaker.analyst && !operator)
                .then(|| self.tickers.first().map(|ticker| ticker.symbol.clone()));
            Speaker {
                name: one_line(text.words(speaker.name.clone())),
                role: self.words(speaker.role.as_ref()).or_else(|| speaker.analyst.then(|| "Analyst".to_owned())),
                organization: self.words(speaker.organization.as_ref()),
                ticker: own.flatten().or_else(|| self.symbol(speaker.organization.as_ref()?)),
                place: Some(text.bytes(turn.place.clone())),
            }
        });
        Quote {
            kind: QuoteKind::Turn,
            tickers: self.named(&span),
            start: span.start,
            end: span.end,
            speaker,
            cue: None,
            section: turn.section,
        }
    }

    fn speaker(&self, said: &Said, voice: &Voice) -> Speaker {
        let text = self.scene.text;
        let place = said.attribution.as_ref().map(|attribution| text.bytes(attribution.subject.place.clone()));
        match voice {
            Voice::Words(words, body) => {
                let name = self.described_as(words);
                let ticker = self.symbol(body.as_ref().unwrap_or(words));
                Speaker { name, role: None, organization: self.words(body.as_ref()), ticker, place }
            }
            Voice::Person(index) => {
                let person = &self.scene.people.persons[*index];
                let office = self.scene.people.office(*index, self.paragraph_end(said.tokens.end));
                let described = said.attribution.as_ref().and_then(|attribution| attribution.subject.role.clone());
                let described = described.map(|words| self.described(words));
                let (own, owner) = described.unzip();
                let role = office.and_then(|office| office.role.clone()).or(own);
                let organization = office.and_then(|office| office.organization.clone()).or(owner.flatten());
                Speaker {
                    name: one_line(people::name(text, person)),
                    role: self.words(role.as_ref()),
                    organization: self.words(organization.as_ref()),
                    ticker: organization.and_then(|body| self.symbol(&body)),
                    place,
                }
            }
        }
    }

    /// One past the last token of the paragraph that holds the token before `end`: what its reader knows.
    fn paragraph_end(&self, end: usize) -> usize {
        let text = self.scene.text;
        let sentence = text.tokens.get(end.saturating_sub(1)).map_or(0, |token| token.sentence as usize);
        let paragraph = text.sentences.get(sentence).map_or(0, |sentence| sentence.paragraph as usize);
        text.paragraphs.get(paragraph).map_or(end, |paragraph| paragraph.last as usize)
    }

    /// A role and whose it is, out of "Avanta Bank's treasurer".
    fn described(&self, words: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
        let owner = words.clone().find(|index| self.scene.token(*index).is_some_and(|t| t.shape == Shape::Possessive));
        match owner.filter(|owner| owner + 1 < words.end) {
            Some(owner) => {
                let named = self.scene.people.ending(owner).map(|mention| mention.first..mention.last);
                (owner + 1..words.end, named)
            }
            None => (words, None),
        }
    }

    /// The words for somebody without a name; what is capital only where a sentence begins ("The company", "Analysts")
    /// is small, as elsewhere.
    fn described_as(&self, words: &Range<usize>) -> String {
        let tokens = self.scene.text.tokens.get(words.clone()).unwrap_or_default();
        let mut name = one_line(self.scene.text.words(words.clone()));
        if let Some((first, rest)) = tokens.split_first()
            && rest.iter().all(|token| !token.capital())
            && first.shape == Shape::Capitalised
            && (first.any(is::DETERMINER) && !rest.is_empty() || first.any(is::ROLE) && name.ends_with('s'))
            && let Some(letter) = name.get_mut(..1)
        {
            letter.make_ascii_lowercase();
        }
        name
    }

    fn words(&self, tokens: Option<&Range<usize>>) -> Option<String> {
        tokens.map(|tokens| one_line(self.scene.text.words(tokens.clone())))
    }

    /// The symbol of the organisation that the tokens `body` name.
    fn symbol(&self, body: &Range<usize>) -> Option<String> {
        let span = self.scene.text.bytes(body.clone());
        let words = self.scene.text.words(body.clone());
        let here = self.within(span.start, span.end).next();
        if let Some(ticker) = here.or_else(|| self.called.get(words).copied()) {
            return Some(self.tickers[ticker].symbol.clone());
        }
        // One word alone may be anybody's name.
        let listed = (body.len() > 1).then(|| self.securities.organisation(&one_line(words))).flatten();
        listed.map(|security| security.symbol.to_string())
    }

    /// The companies that are named wholly or partly between two bytes of the body, as indices, in order of position.
    fn within(&self, start: usize, end: usize) -> impl Iterator<Item = usize> {
        let first = self.places.partition_point(|(place, _)| place.end <= start);
        self.places[first..].iter().take_while(move |(place, _)| place.start < end).map(|(_, ticker)| *ticker)
    }

    /// The symbols of the companies named in `span` of the body, most salient first.
    fn named(&self, span: &Range<usize>) -> Vec<String> {
        let mut found: Vec<usize> = self.within(span.start, span.end).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|ticker| self.tickers[ticker].symbol.clone()).collect()
    }
}

/// Words that the text may have broken into lines, as one would say them.
fn one_line(words: &str) -> String {
    if words.contains(|c: char| c.is_whitespace() && c != ' ') {
        return words.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    words.to_owned()
}
