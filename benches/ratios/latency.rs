//! Warm questions inside one process: ten hits with snippets.

use std::path::Path;
use std::time::{Duration, Instant};

use pullquote::index::Index;
use pullquote::query;
use pullquote::schema::Field;
use pullquote::search::{By, Dups, Matching, Period, Request, Sort, Target};

use crate::bare::{Bare, Outcome};
use crate::queries::Question;
use crate::table::Row;

/// Runs of each question, of which the best counts.
const RUNS: usize = 7;

/// Compares both indexes over `questions`.
pub(crate) fn rows(ours: &Path, bare: &Path, questions: &[Question]) -> Outcome<Vec<Row>> {
    let index = pullquote::index::open(ours)?;
    let theirs = Bare::open(bare)?;
    let today = jiff::civil::date(2025, 6, 30);
    let mut ask_ours = |question: &Question| Ok(index.search(&request(&question.ours, today))?.hits.len());
    let mut ask_theirs = |question: &Question| Ok(theirs.search(&question.bare)?.len());
    let [ours, bare] = fastest(questions, [&mut ask_ours, &mut ask_theirs])?;
    let mut rows = Vec::new();
    for (name, percent, reach) in [("p50", 50, "≤ 1.0"), ("p99", 99, "≤ 0.7")] {
        let what = format!("warm query, top 10 with snippets, {name} of {}", questions.len());
        rows.push(Row::times(what, percentile(&ours, percent), "Tantivy", percentile(&bare, percent), reach));
    }
    for (kind, name) in ["term", "OR of two", "OR of three", "AND", "phrase"].into_iter().enumerate() {
        let of = |all: &[Duration]| percentile(&all.iter().skip(kind).step_by(5).copied().collect::<Vec<_>>(), 50);
        rows.push(Row::times(format!("… {name}, p50"), of(&ours), "Tantivy", of(&bare), ""));
    }
    rows.extend(counting(index.as_ref(), questions)?);
    Ok(rows)
}

/// What counting by fields and over time adds to a search that counts its hits.
fn counting(index: &dyn Index, questions: &[Question]) -> Outcome<Vec<Row>> {
    let today = jiff::civil::date(2025, 6, 30);
    let counted = |typed: &str| Request { count: true, ..request(typed, today) };
    let by = [By::Field(Field::Ticker), By::Field(Field::Speaker), By::Field(Field::Source), By::Period(Period::Month)];
    let mut plain = |question: &Question| Ok(index.search(&counted(&question.ours))?.hits.len());
    let mut facets = |question: &Question| {
        let request = request(&question.ours, today);
        Ok(pullquote::index::search_and_count(index, &request, &by, 10)?.hits.len())
    };
    let mut timeline = |question: &Question| {
        let request = request(&question.ours, today);
        let hits = index.search(&request)?.hits.len();
        Ok(hits + pullquote::index::timeline(index, &[(String::new(), request)], Period::Month)?.starts.len())
    };
    let mut grouped = |question: &Question| {
        let request = Request { dups: Dups::Group, ..counted(&question.ours) };
        Ok(index.search(&request)?.hits.len())
    };
    let asked: [Ask<'_>; 4] = [&mut plain, &mut facets, &mut timeline, &mut grouped];
    let [plain, facets, timeline, grouped] = fastest(questions, asked)?;
    let row = |what: &str, times: &[Duration], percent| {
        let (ours, bare) = (percentile(times, percent), percentile(&plain, percent));
        Row::times(format!("{what}, p{percent}"), ours, "without", bare, "≤ 1.3")
    };
    Ok(vec![
        row("the same with counts by ticker, speaker, source and month", &facets, 50),
        row("the same with counts by ticker, speaker, source and month", &facets, 99),
        row("the same with a timeline", &timeline, 50),
        row("the same with a timeline", &timeline, 99),
        row("the same with each story once (one article in 16 is a copy)", &grouped, 50),
        row("the same with each story once (one article in 16 is a copy)", &grouped, 99),
    ])
}

/// Asks a question, and says how much came of it.
type Ask<'a> = &'a mut dyn FnMut(&Question) -> Outcome<usize>;

/// The best time of each question asked in each way, in order of the questions. All are asked one way and then the next, by
/// turns: what slows the machine for a while slows every way.
fn fastest<const WAYS: usize>(questions: &[Question], mut ways: [Ask<'_>; WAYS]) -> Outcome<[Vec<Duration>; WAYS]> {
    let mut best = std::array::from_fn(|_| vec![Duration::MAX; questions.len()]);
    for _ in 0..RUNS {
        for (ask, best) in ways.iter_mut().zip(&mut best) {
            for (question, best) in questions.iter().zip(best) {
                let start = Instant::now();
                std::hint::black_box(ask(question)?);
                *best = start.elapsed().min(*best);
            }
        }
    }
    Ok(best)
}

/// The value that `percent` of `times` do not exceed.
pub(crate) fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted[(sorted.len() * percent).div_ceil(100).saturating_sub(1)]
}

fn request(typed: &str, today: jiff::civil::Date) -> Request {
    Request {
        query: query::parse(typed, today),
        target: Target::Articles,
        matching: Matching::All,
        sort: Sort::Relevance,
        recency: None,
        limit: 10,
        offset: 0,
        snippets: 1,
        dups: Dups::Show,
        explain: false,
        count: false,
    }
}
