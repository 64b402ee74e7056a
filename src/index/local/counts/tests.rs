//! Counts are those of everything that is found.

use std::collections::BTreeSet;

use jiff::ToSpan;
use tempfile::TempDir;

use crate::article::{Article, DateSource, How, Precision, Published, Ticker};
use crate::index::local::reader::Local;
use crate::index::local::tests::{TODAY, request};
use crate::index::{self, FileRecord, Index, WriteOptions};
use crate::schema::Field;
use crate::search::{By, Hit, Period, Request, Sort, Target};

/// An article of an outlet, some days before today or without a date.
fn article(number: usize) -> Article {
    // Few outlets have many articles, many have few; each segment has others.
    let outlet = (number * number) % 97 % (1 + number / 40);
    let published = (!number.is_multiple_of(7)).then(|| Published {
        precision: if number.is_multiple_of(5) { Precision::Month } else { Precision::Day },
        ..Published::on(TODAY.saturating_sub(i64::try_from(number % 50).unwrap().days()), DateSource::Record)
    });
    let path = format!("{number:04}.txt");
    let source = (!number.is_multiple_of(11)).then(|| format!("Outlet {outlet:02}"));
    let body = format!("word{} here, rare{}.", number % 3, number % 40);
    Article { id: path.clone(), path, body, source, published, tickers: tickers(number), ..Article::default() }
}

/// None, one, several, and in some articles so many that they are a list.
fn tickers(number: usize) -> Vec<Ticker> {
    let many = if number % 50 == 3 { 40 } else { number % 5 };
    let symbols: BTreeSet<usize> = (0..many).map(|at| (number * at + at * at) % 61 % (1 + number / 5)).collect();
    let ticker = |symbol: usize| Ticker {
        symbol: format!("T{symbol:02}"),
        exchange: None,
        company: None,
        aliases: Vec::new(),
        how: How::Code,
        mentions: Vec::new(),
        salience: 0.5,
    };
    symbols.into_iter().map(ticker).collect()
}

/// An index of several segments, some articles deleted.
fn index() -> (TempDir, Box<dyn Index>) {
    let folder = TempDir::new().unwrap();
    let options = WriteOptions { corpus: "corpus".into(), ..WriteOptions::default() };
    let mut writer = index::open_writer(folder.path(), &options).unwrap();
    for number in 0..400 {
        let article = article(number);
        writer.add(&article).unwrap();
        writer.record(&FileRecord { path: article.path, articles: 1, ..FileRecord::default() }).unwrap();
        if number % 90 == 89 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    writer.forget("0007.txt").unwrap();
    writer.commit().unwrap();
    drop(writer);
    let index = index::open(folder.path()).unwrap();
    (folder, index)
}

#[test]
fn the_most_frequent_values_are_those_of_all_values_counted() {
    let (_folder, index) = index();
    assert!(index.status().unwrap().segments > 2);
    // As soon as enough was counted, counts are those in memory.
    for typed in ["", "word1", "here -word2", "word0 date:2025-06", "nowhere", "", "word2", "date:2025-05", "word0"] {
        let request = request(typed, Target::Articles);
        let all = Field::COUNTED.map(|field| all(index.as_ref(), &request, field));
        for most in [0, 1, 2, 3, 5, 8, 1000] {
            let counts = index.counts(&request, &Field::COUNTED, true, most).unwrap();
            for ((all, without), counted) in all.iter().zip(&counts.fields) {
                let best = &all[..most.min(all.len())];
                let rest: usize = all[best.len()..].iter().map(|(_, count)| count).sum();
                assert_eq!(counted.values, best, "{typed}, {most}");
                assert_eq!((counted.others, counted.without), (rest, *without), "{typed}, {most}");
            }
            assert_eq!(Some(counts.total), index.search(&request).unwrap().total, "{typed}");
            assert_eq!(counts.dated.iter().map(|dated| dated.count).sum::<usize>(), counts.total);
        }
    }
}

/// All values with their counts, the most frequent first, and how many articles have none.
fn all(index: &dyn Index, request: &Request, field: Field) -> (Vec<(String, usize)>, usize) {
    let (mut all, without) = index.tally(request, field).unwrap();
    all.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
    (all.into_iter().map(|tally| (tally.value, tally.count)).collect(), without)
}

#[test]
fn days_are_counted_once_and_in_order() {
    let (_folder, index) = index();
    let dated = index.counts(&request("", Target::Articles), &[], true, 0).unwrap().dated;
    assert!(dated.is_sorted_by(|one, next| one.days < next.days), "{dated:?}");
    let undated = (0..400_usize).filter(|number| number.is_multiple_of(7) && *number != 7).count();
    assert_eq!((dated[0].days, dated[0].count), (None, undated));
    let months = dated.iter().filter(|dated| dated.days.is_some_and(|(first, last)| first < last));
    assert_eq!(
        months.map(|dated| dated.count).sum::<usize>(),
        (0..400_usize).filter(|n| !n.is_multiple_of(7) && n.is_multiple_of(5)).count()
    );
}

#[test]
fn counts_in_memory_are_those_read_from_the_columns() {
    let (_folder, index) = index();
    let typed = ["word1", "", "word0 date:2025-06", "nowhere"];
    let ask = |typed: &str| {
        let days = index.counts(&request(typed, Target::Articles), &[], true, 5).unwrap();
        let counts = index.counts(&request(typed, Target::Articles), &[Field::Source, Field::Ticker], true, 5).unwrap();
        assert_eq!(days.dated, counts.dated);
        format!("{counts:?}")
    };
    let first: Vec<String> = typed.iter().map(|typed| ask(typed)).collect();
    for _ in 0..3 {
        assert_eq!(typed.iter().map(|typed| ask(typed)).collect::<Vec<_>>(), first);
    }
}

#[test]
fn searching_and_counting_at_once_is_both() {
    let (_folder, index) = index();
    let by = [By::Field(Field::Ticker), By::Period(Period::Month)];
    for typed in ["word1", "nowhere", "ticker:T01"] {
        let request = request(typed, Target::Articles);
        let both = index::search_and_count(index.as_ref(), &request, &by, 5).unwrap();
        let (facets, total) = index::facets(index.as_ref(), &request, &by, 5).unwrap();
        assert_eq!((both.facets, both.total), (facets, Some(total)), "{typed}");
        let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&both.hits), ids(&index.search(&request).unwrap().hits), "{typed}");
    }
}

/// An index whose counts are in memory.
fn in_memory() -> (TempDir, Local) {
    let (folder, _) = index();
    let local = Local::open(folder.path()).unwrap();
    // Another thread reads them.
    for _ in 0..1_000_000 {
        if local.counting(Target::Articles).unwrap().table().is_some() {
            return (folder, local);
        }
        local.counts(&request("", Target::Articles), &[], true, 0).unwrap();
    }
    panic!("counts are never read into memory");
}

#[test]
fn what_a_search_tells_of_while_it_looks_for_the_best_is_all_that_is_found() {
    let (_folder, local) = in_memory();
    let some = [
        "word1",
        "rare1",
        "word0 rare3",
        "\"here rare3\"",
        "word0 OR word1",
        "rare3 OR rare4",
        "rare3 OR rare4 OR word2",
    ];
    for typed in some {
        for (limit, sort) in [(10, Sort::Relevance), (0, Sort::Relevance), (10, Sort::Newest)] {
            let request = Request { count: false, limit, sort, ..request(typed, Target::Articles) };
            let (results, counts) = local.search_and_count(&request, &Field::COUNTED, true, 5).unwrap();
            let alone = local.counts(&request, &Field::COUNTED, true, 5).unwrap();
            assert!(counts.total > 0, "{typed}");
            assert_eq!(format!("{counts:?}"), format!("{alone:?}"), "{typed}, {limit}");
            let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
            assert_eq!(ids(&results.hits), ids(&local.search(&request).unwrap().hits), "{typed}, {limit}");
        }
    }
}
