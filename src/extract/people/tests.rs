use super::{Kind, find};
use crate::extract::tokens::Text;

/// Every name that can be somebody's, with the full name that it means.
fn check(text: &str, expected: &[(&str, &str)]) {
    let taken = Text::new(text);
    let people = find(&taken, &[]);
    let mut found = Vec::new();
    for mention in people.mentions.iter().filter(|mention| mention.kind == Kind::Person) {
        let full = mention.person.map_or("", |person| taken.words(people.persons[person].name.clone()));
        found.push((taken.words(mention.first..mention.last), full));
    }
    assert_eq!(found, expected);
}

#[test]
fn a_surname_means_the_one_named_before() {
    check("Dana Okafor left. Ms. Okafor wept.", &[("Dana Okafor", "Dana Okafor"), ("Okafor", "Dana Okafor")]);
}

#[test]
fn titles_tell_two_people_of_one_surname_apart() {
    check(
        "Dana Okafor met Paul Okafor. Mr. Okafor left; Ms. Okafor stayed.",
        &[
            ("Dana Okafor", "Dana Okafor"),
            ("Paul Okafor", "Paul Okafor"),
            ("Okafor", "Paul Okafor"),
            ("Okafor", "Dana Okafor"),
        ],
    );
}

#[test]
fn a_title_shows_where_the_name_begins() {
    check("Northwind Software CEO Priya Raman spoke.", &[("Priya Raman", "Priya Raman")]);
    check("Federal Reserve Bank of Midvale President Arthur Penn spoke.", &[("Arthur Penn", "Arthur Penn")]);
    check("Then spokeswoman Zula Brandt spoke.", &[("Zula Brandt", "Zula Brandt")]);
}

#[test]
fn a_name_behind_a_title_ends_before_whom_its_bearer_works_for() {
    check("Chief Executive Dana Okafor of Northwind Software spoke.", &[("Dana Okafor", "Dana Okafor")]);
    check("CEO Zula Brandt of Northwind Software spoke.", &[("Zula Brandt", "Zula Brandt")]);
    check("Bank of Midvale Governor Arthur Penn of Avanta spoke.", &[("Arthur Penn", "Arthur Penn")]);
    check("President of Avanta Bank Dana Okafor of Midvale spoke.", &[("Dana Okafor", "Dana Okafor")]);
    check("Secretary of State for Business Dana Okafor spoke.", &[("Dana Okafor", "Dana Okafor")]);
    check("The Institute of Bankers of Midvale met President of Avanta Bank staff.", &[]);
}

#[test]
fn bodies_and_places_are_nobody() {
    check("Orrin Energy Corp. moved from New York to Avanta Bank in South Korea.", &[]);
}
