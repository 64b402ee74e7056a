//! What is new for an alert.

use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::identity::Signs;
use super::seen::Seen;
use crate::index::{Index, IndexError};
use crate::search::{Hit, Request};

/// What is new.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct News {
    /// What is to be delivered, newest first, undated last.
    pub hits: Vec<Hit>,
    /// What to mark as seen once it is delivered.
    pub signs: Vec<u64>,
    /// How many more there are: they come with the next run.
    pub left: usize,
    /// How many match in all, new or not.
    pub found: usize,
}

/// Something that may be new.
struct Candidate {
    hit: Hit,
    signs: Signs,
}

/// Finds at most `most` things that `request` finds and that were not `seen`, each story once.
pub fn news(index: &dyn Index, request: &Request, seen: &Seen, most: usize) -> Result<News, IndexError> {
    let mut news = News::default();
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut given = Given::default();
    let mut failed = None;
    index.pass(request, &mut |found| {
        news.found += 1;
        let signs = Signs::of(found.article(), found.quote());
        given.add(&signs);
        if signs.own.iter().any(|sign| seen.has(*sign)) {
            learn(&mut news.signs, &signs, seen);
            return ControlFlow::Continue(());
        }
        if candidates.len() >= most {
            news.left += 1;
            return ControlFlow::Continue(());
        }
        match found.hit() {
            Ok(Some(hit)) => candidates.push(Candidate { hit, signs }),
            Ok(None) => (),
            Err(error) => {
                failed = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    let mut delivered = Seen::default();
    for Candidate { hit, signs } in candidates {
        let known = |seen: &Seen| {
            let given = signs.given.iter().filter(|sign| given.tells(**sign));
            signs.own.iter().chain(given).any(|sign| seen.has(*sign))
        };
        let new = !known(seen) && !known(&delivered);
        delivered.mark(&signs.own);
        delivered.mark(&signs.given);
        news.signs.extend(signs.own.iter().chain(&signs.given));
        news.hits.extend(new.then_some(hit));
    }
    news.hits.sort_by(|one, other| {
        let day = |hit: &Hit| hit.published.as_ref().map(|published| published.day);
        // `None` is less than any day, so that undated ones come last.
        day(other).cmp(&day(one))
    });
    Ok(news)
}

/// The signs of everything that `request` finds, and how much it is: to count it as seen.
pub fn everything(index: &dyn Index, request: &Request) -> Result<(Vec<u64>, usize), IndexError> {
    let (mut marks, mut found) = (Vec::new(), 0);
    index.pass(request, &mut |here| {
        found += 1;
        let signs = Signs::of(here.article(), here.quote());
        marks.extend(signs.own.into_iter().chain(signs.given));
        ControlFlow::Continue(())
    })?;
    Ok((marks, found))
}

/// Something known by one sign is known by its others, too, from now on.
fn learn(to: &mut Vec<u64>, signs: &Signs, seen: &Seen) {
    to.extend(signs.own.iter().chain(&signs.given).filter(|sign| !seen.has(**sign)));
}

/// The signs that sources gave, and whether each belongs to one text.
#[derive(Default)]
struct Given(FxHashMap<u64, Option<u64>>);

impl Given {
    fn add(&mut self, signs: &Signs) {
        let words = signs.words();
        for sign in &signs.given {
            let one = self.0.entry(*sign).or_insert(Some(words));
            if *one != Some(words) {
                *one = None;
            }
        }
    }

    /// Whether no two texts share it.
    fn tells(&self, sign: u64) -> bool {
        self.0.get(&sign).is_some_and(Option::is_some)
    }
}
