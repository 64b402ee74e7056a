//! Copies that are known, and lookalikes that are none.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use tempfile::TempDir;

use crate::article::{Article, DateSource, Published};
use crate::index::local::tests::{TODAY, request};
use crate::index::{self, FileRecord, Index, WriteOptions, Writer};
use crate::search::{Dups, Request, Sort, Target};

/// Random numbers: `SplitMix64`, of Steele, Lea and Flood.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % most.max(1) as u64).unwrap()
    }

    /// A word; the first ones come again and again, as in any text.
    fn word(&mut self) -> String {
        format!("w{}", letters(self.below(50) * self.below(50) * (1 + self.below(3))))
    }

    /// A text of so many words in sentences, with figures here and there.
    fn text(&mut self, words: usize) -> Vec<String> {
        let word = |random: &mut Random, at: usize| match at % 17 {
            16 => format!("{}.{}", random.below(900), random.below(10)),
            _ => random.word(),
        };
        (0..words).map(|at| word(self, at)).collect()
    }
}

/// A number in letters: words are not figures.
fn letters(mut number: usize) -> String {
    let mut text = String::new();
    while number > 0 {
        text.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    text
}

const NOTICE: &str = "\n\nThis story was provided by the wire and may not be printed again. Contact the desk for more. \
    All rights reserved by those who wrote it and by nobody else.";

/// Copies of `text`, as they come: cut short, with another headline, with a notice, with some words edited.
fn copies(random: &mut Random, text: &[String]) -> Vec<String> {
    let whole = text.join(" ");
    let cut = text[..text.len() * (40 + random.below(50)) / 100].join(" ");
    let mut edited = text.to_vec();
    for _ in 0..text.len() / 40 {
        let at = random.below(edited.len());
        if !edited[at].contains(|c: char| c.is_ascii_digit()) {
            edited[at] = "edited".to_owned();
        }
    }
    let kinds = [whole.clone(), cut.clone(), format!("{whole}{NOTICE}"), edited.join(" "), format!("{cut}{NOTICE}")];
    kinds.into_iter().filter(|_| random.below(3) > 0).collect()
}

/// Articles, each with the story that it is of; one's own where it has no copies.
fn corpus(stories: usize) -> Vec<(Article, usize)> {
    let mut random = Random(stories as u64);
    let mut articles = Vec::new();
    let add = |text: String, story: usize, day: Option<usize>, articles: &mut Vec<(Article, usize)>| {
        let path = format!("{:05}.txt", articles.len());
        let title = format!("Headline {}", articles.len());
        let published = day.map(published);
        articles.push((Article { id: path.clone(), path, title, body: text, published, ..Article::default() }, story));
    };
    let mut number = 0;
    for _ in 0..stories {
        let length = 60 + random.below(300);
        let text = random.text(length);
        let day = random.below(700);
        add(text.join(" "), number, Some(day), &mut articles);
        for copy in copies(&mut random, &text) {
            let later = (random.below(5) > 0).then(|| day.saturating_sub(random.below(30)));
            add(copy, number, later, &mut articles);
        }
        number += 1;
        // The same form of words with other figures, and the same words a year later: other stories.
        let other: Vec<String> = text
            .iter()
            .map(|word| {
                if word.contains('.') {
                    format!("{}.{}", 900 + random.below(900), random.below(10))
                } else {
                    word.clone()
                }
            })
            .collect();
        add(other.join(" "), number, Some(day), &mut articles);
        number += 1;
        add(text.join(" "), number, Some(day + 365), &mut articles);
        number += 1;
        // A passage of it within another text.
        let passage = [random.text(200), text[..50].to_vec(), random.text(100)].concat();
        add(passage.join(" "), number, Some(day), &mut articles);
        number += 1;
    }
    articles
}

/// A day so many days ago.
fn published(ago: usize) -> Published {
    Published::on(TODAY.saturating_sub(i64::try_from(ago).unwrap().days()), DateSource::Record)
}

fn writer(folder: &TempDir) -> Box<dyn Writer> {
    let options = WriteOptions { corpus: "corpus".into(), ..WriteOptions::default() };
    index::open_writer(folder.path(), &options).unwrap()
}

fn add(writer: &dyn Writer, article: &Article) {
    writer.add(article).unwrap();
    writer.record(&FileRecord { path: article.path.clone(), articles: 1, ..FileRecord::default() }).unwrap();
}

/// The stories that the index tells, by the ids of their articles.
fn told(index: &dyn Index) -> BTreeMap<String, BTreeSet<String>> {
    let request = Request {
        dups: Dups::Group,
        limit: 1_000_000,
        snippets: 0,
        sort: Sort::Oldest,
        ..request("", Target::Articles)
    };
    let hits = index.search(&request).unwrap().hits;
    hits.into_iter().map(|hit| (hit.id.clone(), hit.copies.into_iter().chain([hit.id]).collect())).collect()
}

/// The pairs of articles that are told to be one story.
fn pairs<'a>(stories: impl Iterator<Item = &'a BTreeSet<String>>) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for story in stories {
        for one in story {
            pairs.extend(story.iter().filter(|other| one < *other).map(|other| (one.clone(), other.clone())));
        }
    }
    pairs
}

#[test]
fn known_copies_are_told_and_lookalikes_are_not() {
    let corpus = corpus(120);
    let folder = TempDir::new().unwrap();
    let mut writer = writer(&folder);
    // In two runs, so that later copies meet earlier ones.
    for (at, (article, _)) in corpus.iter().enumerate() {
        add(writer.as_ref(), article);
        if at == corpus.len() / 2 {
            writer.finish().unwrap();
            drop(writer);
            writer = self::writer(&folder);
        }
    }
    writer.finish().unwrap();
    drop(writer);
    let told = told(index::open(folder.path()).unwrap().as_ref());
    let mut true_stories: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (article, story) in &corpus {
        true_stories.entry(*story).or_default().insert(article.id.clone());
    }
    let (found, expected) = (pairs(told.values()), pairs(true_stories.values()));
    let right = found.intersection(&expected).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / expected.len() as f64);
    assert!(precision >= 0.99 && recall >= 0.95, "of {} pairs: precision {precision}, recall {recall}", expected.len());
}

#[test]
fn the_earliest_is_shown_first_and_the_rest_are_counted() {
    let text = Random(1).text(80).join(" ");
    let folder = TempDir::new().unwrap();
    let mut writer = writer(&folder);
    let article = |path: &str, body: String, ago: Option<usize>| Article {
        id: path.to_owned(),
        path: path.to_owned(),
        body,
        published: ago.map(published),
        ..Article::default()
    };
    add(writer.as_ref(), &article("late.txt", format!("needle {text}"), Some(3)));
    add(writer.as_ref(), &article("undated.txt", format!("needle needle {text}"), None));
    add(writer.as_ref(), &article("first.txt", format!("needle {text}{NOTICE}"), Some(9)));
    add(writer.as_ref(), &article("other.txt", "A needle of its own.".to_owned(), Some(5)));
    writer.finish().unwrap();
    drop(writer);
    let index = index::open(folder.path()).unwrap();
    let ask = |typed: &str, dups| {
        let results = index.search(&Request { dups, ..request(typed, Target::Articles) }).unwrap();
        let ids: Vec<(String, usize)> = results.hits.into_iter().map(|hit| (hit.id, hit.reprints)).collect();
        (ids, results.total)
    };
    let hits = |hits: &[(&str, usize)]| hits.iter().map(|(id, more)| ((*id).to_owned(), *more)).collect::<Vec<_>>();
    let (mut grouped, total) = ask("needle", Dups::Group);
    grouped.sort();
    assert_eq!((grouped, total), (hits(&[("first.txt", 2), ("other.txt", 0)]), Some(4)));
    assert_eq!(ask("needle", Dups::Show).0.len(), 4);
    let (hidden, total) = ask("needle", Dups::Hide);
    assert_eq!((hidden.len(), total), (2, Some(2)));
    assert!(hidden.iter().all(|(_, reprints)| *reprints == 0));
    // Where the earliest does not match, the best that does is shown.
    assert_eq!(ask("needle date:4d", Dups::Group).0, hits(&[("late.txt", 2)]));
    let counted = |dups| index.counts(&Request { dups, ..request("needle", Target::Articles) }, &[], true, 0).unwrap();
    assert_eq!((counted(Dups::Show).total, counted(Dups::Hide).total), (4, 2));

    // A copy that is deleted counts no more.
    let mut writer = self::writer(&folder);
    writer.forget("first.txt").unwrap();
    writer.finish().unwrap();
    drop(writer);
    let index = index::open(folder.path()).unwrap();
    let request = Request { dups: Dups::Group, ..request("needle -own", Target::Articles) };
    let hits: Vec<(String, usize)> =
        index.search(&request).unwrap().hits.into_iter().map(|hit| (hit.id, hit.reprints)).collect();
    assert_eq!(hits, [("late.txt".to_owned(), 1)]);
}
