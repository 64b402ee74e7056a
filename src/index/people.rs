//! The people of a corpus: who is quoted, as what, for whom, how often and when; variants of one name put together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::names::{Name, merged};
use super::{Index, IndexError};
use crate::query::{Clause, Node, Query};
use crate::schema::Field;
use crate::search::{Dups, Matching, Request, Sort, Tally, Target};

/// Of so many quotations, the newest, role and organisation are looked up.
const LOOKED_UP: usize = 200;

/// Somebody who is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name, as most fully printed.
    pub name: String,
    /// Other ways in which it is printed, and by what rule they are held to be the same.
    pub also: Vec<(String, String)>,
    /// Their roles, the most frequent first, as far as their newest quotations tell.
    pub roles: Vec<String>,
    /// Their organisations, likewise.
    pub organizations: Vec<String>,
    /// Symbols of these, likewise.
    pub tickers: Vec<String>,
    /// How many quotations are theirs.
    pub quotes: usize,
    /// The first and the last day on which they are quoted.
    pub days: Option<(Date, Date)>,
}

/// Who is quoted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// The most quoted first.
    pub people: Vec<Person>,
    /// How many names there are in all, before variants are put together.
    pub names: usize,
    /// Quotations of somebody who is not named: `a spokesman`.
    pub unnamed: usize,
}

/// The `most` quoted of those of whose name `pattern` is a part; of all where it is `None`.
pub fn people(index: &dyn Index, pattern: Option<&str>, most: usize) -> Result<People, IndexError> {
    let query = match pattern {
        Some(pattern) => speaker(pattern),
        None => Query { typed: String::new(), root: None, notes: Vec::new() },
    };
    let (tallies, without) = index.tally(&request(query, 0), Field::Speaker)?;
    let (named, unnamed): (Vec<Tally>, Vec<Tally>) = tallies.into_iter().partition(|tally| is_name(&tally.value));
    let unnamed = without + unnamed.iter().map(|tally| tally.count).sum::<usize>();
    let names = named.len();
    let mut by_surname: BTreeMap<String, Vec<Tally>> = BTreeMap::new();
    for tally in named {
        by_surname.entry(Name::of(&tally.value).surname).or_default().push(tally);
    }
    let mut families: Vec<Vec<Tally>> = by_surname.into_values().collect();
    // Nobody among the first can be of a family that is quoted less in all.
    families.sort_by_key(|family| Reverse(family.iter().map(|tally| tally.count).sum::<usize>()));
    let mut people: Vec<Person> = Vec::new();
    for family in families {
        let quoted = family.iter().map(|tally| tally.count).sum::<usize>();
        people.sort_by_key(|person| Reverse(person.quotes));
        if people.len() >= most && people[most.saturating_sub(1)].quotes >= quoted {
            break;
        }
        people.extend(of_family(index, family)?);
    }
    people.sort_by(|one, other| other.quotes.cmp(&one.quotes).then_with(|| one.name.cmp(&other.name)));
    people.truncate(most);
    Ok(People { people, names, unnamed })
}

/// Whether it names somebody: not `a spokesman`, and not who only calls the speakers up.
fn is_name(name: &str) -> bool {
    let nobody = ["Operator", "Moderator", "Unidentified", "Unknown"];
    name.chars().next().is_some_and(char::is_uppercase) && !nobody.iter().any(|word| name.starts_with(word))
}

/// Those of one surname.
fn of_family(index: &dyn Index, mut family: Vec<Tally>) -> Result<Vec<Person>, IndexError> {
    family.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
    let mut known = Vec::with_capacity(family.len());
    for tally in &family {
        known.push(Known::of(index, &tally.value)?);
    }
    let names: Vec<(&str, BTreeSet<&str>)> =
        family.iter().zip(&known).map(|(tally, known)| (tally.value.as_str(), known.bodies())).collect();
    let groups = merged(&names);
    let mut people = Vec::with_capacity(groups.len());
    for group in groups {
        let first = &family[group.main];
        let mut person = Person {
            name: first.value.clone(),
            also: group.others.iter().map(|(at, rule)| (family[*at].value.clone(), rule.clone())).collect(),
            roles: Vec::new(),
            organizations: Vec::new(),
            tickers: Vec::new(),
            quotes: 0,
            days: None,
        };
        let mut all = Known::default();
        for at in std::iter::once(group.main).chain(group.others.iter().map(|(at, _)| *at)) {
            let (tally, known) = (&family[at], &known[at]);
            person.quotes += tally.count;
            person.days = match (person.days, tally.days) {
                (Some((first, last)), Some((early, late))) => Some((first.min(early), last.max(late))),
                (days, other) => days.or(other),
            };
            all.add(known);
        }
        person.roles = ranked(&all.roles);
        person.organizations = ranked(&all.organizations);
        person.tickers = ranked(&all.tickers);
        people.push(person);
    }
    Ok(people)
}

/// What the quotations under one name tell, each with how often.
#[derive(Debug, Clone, Default)]
struct Known {
    roles: BTreeMap<String, usize>,
    organizations: BTreeMap<String, usize>,
    tickers: BTreeMap<String, usize>,
}

impl Known {
    fn of(index: &dyn Index, name: &str) -> Result<Known, IndexError> {
        let mut known = Known::default();
        for hit in index.search(&request(speaker(name), LOOKED_UP))?.hits {
            let speaker = hit.quote.and_then(|quote| quote.speaker).filter(|speaker| speaker.name == name);
            let Some(speaker) = speaker else { continue };
            let count = |counts: &mut BTreeMap<String, usize>, value: Option<String>| {
                if let Some(value) = value {
                    *counts.entry(value).or_default() += 1;
                }
            };
            count(&mut known.roles, speaker.role.map(|role| role.to_lowercase()));
            count(&mut known.organizations, speaker.organization);
            count(&mut known.tickers, speaker.ticker);
        }
        Ok(known)
    }

    fn add(&mut self, other: &Known) {
        let add = |to: &mut BTreeMap<String, usize>, from: &BTreeMap<String, usize>| {
            for (value, count) in from {
                *to.entry(value.clone()).or_default() += count;
            }
        };
        add(&mut self.roles, &other.roles);
        add(&mut self.organizations, &other.organizations);
        add(&mut self.tickers, &other.tickers);
    }

    /// Whom they speak for: organisations and symbols.
    fn bodies(&self) -> BTreeSet<&str> {
        self.organizations.keys().chain(self.tickers.keys()).map(String::as_str).collect()
    }
}

/// The most frequent first.
fn ranked(counts: &BTreeMap<String, usize>) -> Vec<String> {
    let mut ranked: Vec<(&String, usize)> = counts.iter().map(|(value, count)| (value, *count)).collect();
    ranked.sort_by_key(|(_, count)| Reverse(*count));
    ranked.into_iter().map(|(value, _)| value.clone()).collect()
}

fn speaker(name: &str) -> Query {
    Query::of(vec![Node { clause: Clause::Filter(Field::Speaker, vec![name.to_owned()]), span: 0..0 }])
}

/// Quotations, newest first.
fn request(query: Query, limit: usize) -> Request {
    Request {
        query,
        target: Target::Quotes,
        matching: Matching::All,
        sort: Sort::Newest,
        recency: None,
        limit,
        offset: 0,
        snippets: 0,
        dups: Dups::Show,
        explain: false,
        count: false,
    }
}
