//! Names in a text: who is a person, what is a body, and which short mention means whom.
//!
//! Read from left to right: a surname means somebody named before it, so that what follows changes nothing.

mod names;
mod roles;

use std::ops::Range;

use super::tokens::Text;

pub use names::find;

/// The names of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct People {
    /// Every name, in order of position and apart.
    pub mentions: Vec<Mention>,
    /// Whoever is named, in order of first mention.
    pub persons: Vec<Person>,
    /// For each token one more than the mention it belongs to; 0 for none.
    by_token: Vec<u32>,
}

/// One place that names somebody or something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// First token of the name; titles before it are not part of it.
    pub first: usize,
    /// One past its last token.
    pub last: usize,
    /// First token of name and title, a body that is named in the title included.
    pub title: usize,
    /// What is named.
    pub kind: Kind,
    /// Whom it means.
    pub person: Option<usize>,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody.
    Person,
    /// A company, an agency, a party.
    Body,
    /// A place.
    Place,
    /// A name of which nothing else is known; perhaps a person's.
    Unknown,
    /// Capitals without a name: a people, a feast, a product.
    Other,
}

/// Whether somebody is a man or a woman, as far as title and given name tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
    /// Not known.
    #[default]
    Unknown,
}

/// Somebody, as far as the text tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The tokens of the fullest name at the first mention.
    pub name: Range<usize>,
    /// Numbers of given name and surname.
    pub given: u64,
    /// The surname.
    pub surname: u64,
    /// He or she.
    pub gender: Gender,
    /// Whether anything but capitals says that this is a person.
    pub sure: bool,
    /// Role and organisation, each with the token from which on they are known.
    pub offices: Vec<Office>,
}

/// What somebody is, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The token up to which one must have read to know it.
    pub known: usize,
    /// The tokens of the role.
    pub role: Option<Range<usize>>,
    /// The tokens of the organisation.
    pub organization: Option<Range<usize>>,
}

impl People {
    /// The mention that token `index` belongs to.
    pub fn at(&self, index: usize) -> Option<&Mention> {
        let mention = *self.by_token.get(index)?;
        self.mentions.get((mention as usize).checked_sub(1)?)
    }

    /// The mention whose last token is the one before `index`.
    pub fn ending(&self, index: usize) -> Option<&Mention> {
        self.at(index.checked_sub(1)?).filter(|mention| mention.last == index)
    }

    /// The mentions that begin in `tokens`.
    pub fn within(&self, tokens: Range<usize>) -> &[Mention] {
        let first = self.mentions.partition_point(|mention| mention.first < tokens.start);
        let last = self.mentions.partition_point(|mention| mention.first < tokens.end);
        self.mentions.get(first..last).unwrap_or_default()
    }

    /// What is known of the role of person `index` when the text was read up to token `until`.
    pub fn office(&self, index: usize, until: usize) -> Option<&Office> {
        self.persons.get(index)?.offices.iter().find(|office| office.known <= until)
    }
}

impl Mention {
    /// Whether it can be somebody's name.
    pub fn human(&self) -> bool {
        matches!(self.kind, Kind::Person | Kind::Unknown)
    }
}

/// The full name of person `person` as printed at the first mention.
pub fn name<'a>(text: &Text<'a>, person: &Person) -> &'a str {
    text.words(person.name.clone())
}

#[cfg(test)]
mod tests;
