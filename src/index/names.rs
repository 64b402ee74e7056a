//! Which names of one surname are the same person's.
//!
//! Two people of one surname must never become one: given names that differ keep names apart, and a surname alone, or
//! with an initial, joins a full name only where that is the only one it fits and both speak for the same company.

use std::collections::BTreeSet;

/// What may follow a surname.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md", "cfa"];

/// What may come before a name.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lord", "dame"];

/// A name in its parts, in small letters, without titles, suffixes and dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    given: Vec<String>,
    pub(super) surname: String,
}

/// Names held to be one person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The fullest name, by its place.
    pub(super) main: usize,
    /// The others, and the rule that joins each.
    pub(super) others: Vec<(usize, String)>,
}

impl Name {
    /// The parts of `name`.
    pub(super) fn of(name: &str) -> Name {
        let words = name.split(|c: char| c.is_whitespace() || c == ',');
        let words = words.map(|word| word.trim_matches('.').to_lowercase()).filter(|word| !word.is_empty());
        let mut words: Vec<String> = words.collect();
        while words.len() > 1 && words.last().is_some_and(|last| SUFFIXES.contains(&last.replace('.', "").as_str())) {
            words.pop();
        }
        while words.len() > 1 && TITLES.contains(&words[0].as_str()) {
            words.remove(0);
        }
        let surname = words.pop().unwrap_or_default();
        Name { given: words, surname }
    }

    /// Whether it has a given name that is no initial.
    fn is_full(&self) -> bool {
        self.given.first().is_some_and(|given| !is_initial(given))
    }

    /// Whether nothing in the given names speaks against one person: one may leave out or shorten what the other has.
    fn fits(&self, other: &Name) -> bool {
        let first = match (self.given.first(), other.given.first()) {
            (Some(one), Some(other)) => same_given(one, other),
            _ => true,
        };
        let middle = |name: &Name| name.given.get(1).cloned();
        let middles = match (middle(self), middle(other)) {
            (Some(one), Some(other)) => same_given(&one, &other),
            _ => true,
        };
        first && middles
    }
}

fn is_initial(given: &str) -> bool {
    given.chars().filter(|c| c.is_alphabetic()).count() == 1
}

/// The same, or one the initial of the other.
fn same_given(one: &str, other: &str) -> bool {
    one == other || (is_initial(one) || is_initial(other)) && one.chars().next() == other.chars().next()
}

/// Puts names of one surname together, each given with the bodies that it speaks for, the most quoted first.
pub(super) fn merged(names: &[(&str, BTreeSet<&str>)]) -> Vec<Group> {
    let parts: Vec<Name> = names.iter().map(|(name, _)| Name::of(name)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for (at, name) in parts.iter().enumerate().filter(|(_, name)| name.is_full()) {
        let same = groups.iter().position(|group| {
            let full = &parts[group.main];
            let others = group.others.iter().all(|(other, _)| parts[*other].fits(name));
            full.given[0] == name.given[0] && full.fits(name) && others
        });
        match same {
            Some(group) => join(&mut groups[group], at, &parts, "same given name and surname"),
            None => groups.push(Group { main: at, others: Vec::new() }),
        }
    }
    let full = groups.len();
    for (at, name) in parts.iter().enumerate().filter(|(_, name)| !name.is_full()) {
        let fitting: Vec<usize> = (0..full).filter(|group| parts[groups[*group].main].fits(name)).collect();
        let shared = |group: &usize| {
            let bodies: BTreeSet<&str> = of_group(&groups[*group]).flat_map(|at| names[at].1.iter().copied()).collect();
            bodies.intersection(&names[at].1).next().map(|body| (*group, (*body).to_owned()))
        };
        match fitting.as_slice() {
            [only] if shared(only).is_some() => {
                let body = shared(only).map(|(_, body)| body).unwrap_or_default();
                let what = if name.given.is_empty() { "surname alone" } else { "initial" };
                join(&mut groups[*only], at, &parts, &format!("{what}, the only one of that name at {body}"));
            }
            _ => groups.push(Group { main: at, others: Vec::new() }),
        }
    }
    groups
}

fn of_group(group: &Group) -> impl Iterator<Item = usize> {
    std::iter::once(group.main).chain(group.others.iter().map(|(at, _)| *at))
}

/// Adds a name to a group, which is called by the fullest.
fn join(group: &mut Group, at: usize, parts: &[Name], rule: &str) {
    let is_fuller = parts[at].is_full() && parts[at].given.len() > parts[group.main].given.len();
    let other = if is_fuller { std::mem::replace(&mut group.main, at) } else { at };
    group.others.push((other, rule.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names with their bodies, and the groups that they make, joined by `=`.
    fn check(names: &[(&str, &[&str])], expected: &[&str]) {
        let names: Vec<(&str, BTreeSet<&str>)> =
            names.iter().map(|(name, bodies)| (*name, bodies.iter().copied().collect())).collect();
        let groups = merged(&names);
        let shown: Vec<String> =
            groups.iter().map(|group| of_group(group).map(|at| names[at].0).collect::<Vec<_>>().join(" = ")).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn one_person_is_named_in_several_ways() {
        check(&[("Ada Lindqvist", &[]), ("Ada M. Lindqvist", &[])], &["Ada M. Lindqvist = Ada Lindqvist"]);
        check(&[("Ada Lindqvist", &["NVKR"]), ("A. Lindqvist", &["NVKR"])], &["Ada Lindqvist = A. Lindqvist"]);
        check(&[("Lindqvist", &["NVKR"]), ("Ada Lindqvist", &["NVKR"])], &["Ada Lindqvist = Lindqvist"]);
        check(&[("Ms. Lindqvist", &["NVKR"]), ("Ada Lindqvist", &["NVKR"])], &["Ada Lindqvist = Ms. Lindqvist"]);
        check(&[("Ada Lindqvist", &[]), ("Ada Lindqvist Jr.", &[])], &["Ada Lindqvist = Ada Lindqvist Jr."]);
    }

    #[test]
    fn two_people_of_one_surname_stay_two() {
        check(&[("Ada Lindqvist", &["NVKR"]), ("Bo Lindqvist", &["NVKR"])], &["Ada Lindqvist", "Bo Lindqvist"]);
        check(&[("Ada M. Lindqvist", &[]), ("Ada K. Lindqvist", &[])], &["Ada M. Lindqvist", "Ada K. Lindqvist"]);
        let names: &[(&str, &[&str])] =
            &[("Ada Lindqvist", &["X"]), ("Anna Lindqvist", &["X"]), ("A. Lindqvist", &["X"])];
        check(names, &["Ada Lindqvist", "Anna Lindqvist", "A. Lindqvist"]);
        let names: &[(&str, &[&str])] = &[("Ada Lindqvist", &["X"]), ("Bo Lindqvist", &["Y"]), ("Lindqvist", &["X"])];
        check(names, &["Ada Lindqvist", "Bo Lindqvist", "Lindqvist"]);
        let names: &[(&str, &[&str])] = &[("Ada Lindqvist", &[]), ("Ada M. Lindqvist", &[]), ("Ada K. Lindqvist", &[])];
        check(names, &["Ada M. Lindqvist = Ada Lindqvist", "Ada K. Lindqvist"]);
    }

    #[test]
    fn a_surname_alone_needs_a_company_in_common() {
        check(&[("Ada Lindqvist", &["NVKR"]), ("Lindqvist", &[])], &["Ada Lindqvist", "Lindqvist"]);
        check(&[("Ada Lindqvist", &["NVKR"]), ("Lindqvist", &["QLSM"])], &["Ada Lindqvist", "Lindqvist"]);
    }
}
