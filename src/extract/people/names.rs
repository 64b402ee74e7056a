//! From runs of capitalised words to names, and from short mentions to whom they mean.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Gender, Kind, Mention, People, Person, roles};
use crate::extract::tokens::{Gap, Shape, Text, Token, lexicon as is};

/// How far back, in tokens, a full name settles whom its surname means.
const NEAR: usize = 80;

/// How many people of one surname are considered, the last ones.
const NAMESAKES: usize = 30;

/// Finds the names in `text`. `companies` are byte ranges known to name listed companies, in order.
pub fn find(text: &Text<'_>, companies: &[Range<usize>]) -> People {
    let people = People { by_token: vec![0; text.tokens.len()], ..People::default() };
    let mut finder = Finder {
        text,
        companies,
        people,
        surnames: FxHashMap::default(),
        givens: FxHashMap::default(),
        counts: Vec::new(),
    };
    let mut past = 0;
    for index in text.telling.iter().map(|index| *index as usize) {
        if index >= past
            && let Some(last) = run(text, index)
        {
            past = finder.take(index..last);
        }
    }
    finder.people
}

/// One past the last token of the run of capitalised words that begins at `first`; nothing when none begins there.
pub(super) fn run(text: &Text<'_>, first: usize) -> Option<usize> {
    let tokens = &text.tokens;
    let begin = tokens.get(first)?;
    if !capital(begin) || opens_sentence(text, first) && begin.any(is::STARTER) {
        return None;
    }
    let beside = |index: usize| {
        tokens.get(index).filter(|next| next.sentence == begin.sentence && matches!(next.gap, Gap::Space | Gap::Line))
    };
    // May and April are names behind a given name.
    let surname =
        |index: usize| tokens[index].any(is::MONTH) && tokens[index].capital() && tokens[index - 1].any(is::GIVEN);
    let name = |index: usize| beside(index).is_some_and(|next| capital(next) || surname(index));
    let mut last = first + 1;
    let mut joins_of = begin.any(is::BODY_NAME | is::ROLE);
    while let Some(next) = tokens.get(last) {
        let length = match () {
            () if name(last) => 1,
            () if next.is('&') && name(last + 1) => 2,
            () if next.any(is::PARTICLE) && beside(last).is_some() && name(last + 1) => 2,
            () if next.any(is::PARTICLE)
                && tokens.get(last + 1).is_some_and(|t| t.any(is::PARTICLE))
                && name(last + 2) =>
            {
                3
            }
            () if joins_of && joins(text, first..last) && name(last + 1) => 2,
            () if joins_of && joins(text, first..last) && text.word(last + 1) == "the" && name(last + 2) => 3,
            () if next.is(',') && tokens.get(last + 1).is_some_and(|t| t.any(is::SUFFIX) && t.capital()) => 2,
            () => break,
        };
        last += length;
        joins_of |= tokens[last - 1].any(is::BODY_NAME | is::ROLE);
    }
    Some(last)
}

/// Whether the run goes on with the `of` behind it: that belongs to a body or an office (`Bank of`, `Head of`), but not
/// to who bears a title (`CEO Dana Okafor of`).
fn joins(text: &Text<'_>, run: Range<usize>) -> bool {
    if !of(text, run.end) {
        return false;
    }
    let part = |index: usize| text.tokens[index].any(is::BODY_NAME | is::COMPANY | is::ROLE) || of(text, index);
    let name = run.clone().rev().find(|index| part(*index)).map_or(run.start, |last| last + 1)..run.end;
    let Some(title) = name.start.checked_sub(1).filter(|title| run.contains(title)) else { return true };
    let given = name.clone().any(|index| text.tokens[index].any(is::GIVEN) && index + 1 < name.end);
    let is_name = name.len() > 1 && (given || text.tokens[title].any(is::ROLE));
    !is_name
}

fn of(text: &Text<'_>, index: usize) -> bool {
    matches!(text.word(index), "of" | "for")
}

/// Whether `token` can be part of a name.
fn capital(token: &Token) -> bool {
    let written = token.capital() || token.shape == Shape::Mixed && token.unlisted();
    let small = token.any(is::PRONOUN | is::DETERMINER | is::AUXILIARY | is::CONJUNCTION | is::RELATIVE);
    let calendar = token.any(is::WEEKDAY | is::MONTH);
    written && !((small || calendar) && !token.any(is::GIVEN))
}

/// Whether token `index` is the first word of its sentence.
fn opens_sentence(text: &Text<'_>, index: usize) -> bool {
    let Some(before) = index.checked_sub(1).and_then(|before| text.tokens.get(before)) else {
        return true;
    };
    before.sentence != text.tokens[index].sentence || before.shape == Shape::Mark && !before.is(',')
}

struct Finder<'a> {
    text: &'a Text<'a>,
    companies: &'a [Range<usize>],
    people: People,
    /// Persons by surname.
    surnames: FxHashMap<u64, Vec<usize>>,
    /// The person with a given name; nobody where several share it.
    givens: FxHashMap<u64, Option<usize>>,
    /// For each person how often it was mentioned, and the token of the last full mention.
    counts: Vec<(usize, usize)>,
}

impl Finder<'_> {
    fn token(&self, index: usize) -> &Token {
        &self.text.tokens[index]
    }

    fn given(&self, index: usize) -> bool {
        let token = self.token(index);
        let doubtful = is::ROLE | is::HONORIFIC | is::PRONOUN;
        token.any(is::GIVEN) && !token.any(doubtful) && !(token.any(is::STARTER) && opens_sentence(self.text, index))
    }

    /// Reads the run of capitals `run`; returns where to read on.
    fn take(&mut self, run: Range<usize>) -> usize {
        let Some(start) = self.name_start(&run) else {
            // A title without a name: "House Speaker". What stands before it may be a body.
            let role = run.clone().find(|index| self.token(*index).any(is::ROLE)).unwrap_or(run.end);
            if role > run.start {
                self.push(run.start..role, run.start, Kind::Body, None);
            }
            return run.end;
        };
        if start > run.start {
            self.before_title(run.start..start);
        }
        let name = start..run.end;
        let kind = self.kind(&name, run.start);
        let person = self.person(&name, run.start, kind);
        let kind = match person {
            Some(person) if self.people.persons[person].sure => Kind::Person,
            _ => kind,
        };
        self.push(name, run.start, kind, person);
        run.end
    }

    /// The body before a title: "Northwind Software CEO Dana Okafor".
    fn before_title(&mut self, title: Range<usize>) {
        let role = title.clone().find(|index| self.token(*index).any(is::ROLE | is::HONORIFIC)).unwrap_or(title.start);
        if role > title.start {
            self.push(title.start..role, title.start, Kind::Body, None);
        }
    }

    /// Where in `run` the name begins after titles; nothing when the run ends in a title.
    fn name_start(&self, run: &Range<usize>) -> Option<usize> {
        let title = |index: &usize| {
            let token = self.token(*index);
            token.any(is::ROLE) || token.any(is::HONORIFIC) && token.shape != Shape::AllCaps
        };
        let Some(last) = run.clone().rev().find(title) else {
            return Some(run.start);
        };
        let named = self.given(run.start) && !self.token(run.start).any(is::ROLE);
        if last + 1 == run.end {
            // Stephen King, Larry Page.
            return (named && last == run.start + 1).then_some(run.start);
        }
        if of(self.text, last + 1) {
            return (last + 2..run.end).find(|index| self.given(*index)).filter(|index| index + 1 < run.end);
        }
        let general = self.text.word(last + 1) == "General" && last + 2 < run.end && self.token(last).any(is::ROLE);
        Some(if general { last + 2 } else { last + 1 })
    }

    /// What the name `name`, whose titles begin at `title`, names.
    fn kind(&self, name: &Range<usize>, title: usize) -> Kind {
        let any = |classes: u64| name.clone().any(|index| self.token(index).any(classes));
        let (length, given) = (name.len(), self.given(name.start));
        let honorific = title < name.start && self.token(name.start - 1).any(is::HONORIFIC);
        let last = self.token(name.end - 1);
        match () {
            () if honorific && length < 5 => Kind::Person,
            () if name.clone().skip(usize::from(given)).any(|i| self.token(i).any(is::BODY_NAME | is::COMPANY)) => {
                Kind::Body
            }
            () if title < name.start && length < 5 && !any(is::PLACE | is::PEOPLE) => Kind::Person,
            () if given && length > 1 && length < 6 && !self.is_company(name) => Kind::Person,
            () if given && length > 1 && roles::follows(self.text, name.end) => Kind::Person,
            () if self.is_company(name) => Kind::Body,
            () if last.any(is::PLACE) || length == 1 && any(is::PLACE) => Kind::Place,
            () if any(is::PEOPLE | is::COMMON | is::PLACE) => Kind::Other,
            () if length == 1 && last.shape == Shape::AllCaps || any(is::OUTLET) => Kind::Body,
            () if length > 4 => Kind::Other,
            () if roles::follows(self.text, name.end) || roles::precedes(self.text, title) => Kind::Person,
            () => Kind::Unknown,
        }
    }

    fn is_company(&self, name: &Range<usize>) -> bool {
        let bytes = self.text.bytes(name.clone());
        let after = self.companies.partition_point(|company| company.end <= bytes.start);
        self.companies.get(after).is_some_and(|company| company.start < bytes.end)
    }

    /// Whom `name` means; somebody new where nobody before has that name.
    fn person(&mut self, name: &Range<usize>, title: usize, kind: Kind) -> Option<usize> {
        if !matches!(kind, Kind::Person | Kind::Unknown | Kind::Place) {
            return None;
        }
        let suffix = self.token(name.end - 1).any(is::SUFFIX) && name.len() > 2;
        let surname = self.surname(name, suffix);
        let given = if name.len() > 1 { self.token(name.start).hash ^ u64::from(suffix) } else { 0 };
        let gender = self.gender(name, title);
        let known = self.known(surname, given, gender, name).or_else(|| self.by_given(name));
        let sure = kind == Kind::Person;
        let index = match known {
            Some(index) => index,
            None if kind == Kind::Place || name.len() == 1 && !sure => return None,
            None => {
                let person = Person { name: name.clone(), given, surname, gender, sure, offices: Vec::new() };
                self.people.persons.push(person);
                self.counts.push((0, 0));
                self.surnames.entry(surname).or_default().push(self.people.persons.len() - 1);
                let index = self.people.persons.len() - 1;
                self.givens.entry(given).and_modify(|bearer| *bearer = None).or_insert(Some(index));
                index
            }
        };
        self.counts[index].0 += 1;
        if name.len() > 1 {
            self.counts[index].1 = name.start;
        }
        let person = &mut self.people.persons[index];
        person.sure |= sure;
        if person.gender == Gender::Unknown {
            person.gender = gender;
        }
        person.offices.extend(roles::office(self.text, name, title));
        Some(index)
    }

    fn surname(&self, name: &Range<usize>, suffix: bool) -> u64 {
        let back = match suffix {
            true if self.token(name.end - 2).is(',') => 3,
            true => 2,
            false => 1,
        };
        self.token(name.end.saturating_sub(back).max(name.start)).hash
    }

    /// The person of this surname who fits best: the same given name, else one lately named in full, else the
    /// one mentioned most.
    fn known(&self, surname: u64, given: u64, gender: Gender, name: &Range<usize>) -> Option<usize> {
        let at = name.start;
        let fits = |index: &&usize| {
            let person = &self.people.persons[**index];
            let agrees = gender == Gender::Unknown || person.gender == Gender::Unknown || person.gender == gender;
            agrees && (given == 0 || person.given == given || person.given == 0 || self.double(person, name))
        };
        let candidates = self.surnames.get(&surname)?.iter().rev().take(NAMESAKES).filter(fits);
        candidates.copied().max_by_key(|index| {
            let (count, full) = self.counts[*index];
            let near = if full > 0 && at - full < NEAR { full } else { 0 };
            (near, count, full)
        })
    }

    /// Whether `name` is a surname of two words and the end of the full name of `person`.
    fn double(&self, person: &Person, name: &Range<usize>) -> bool {
        let full = person.name.len();
        let end = person.name.end.saturating_sub(name.len())..person.name.end;
        full > name.len() && end.zip(name.clone()).all(|(known, own)| self.token(known).hash == self.token(own).hash)
    }

    /// The one person with this given name, for a mention by given name alone.
    fn by_given(&self, name: &Range<usize>) -> Option<usize> {
        if name.len() > 1 || !self.given(name.start) {
            return None;
        }
        let hash = self.token(name.start).hash;
        self.givens.get(&hash).copied().flatten()
    }

    fn gender(&self, name: &Range<usize>, title: usize) -> Gender {
        let tells = |token: &Token| match (token.any(is::MALE), token.any(is::FEMALE)) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
            _ => None,
        };
        let titled = (title.saturating_sub(1)..name.start).rev().map(|index| self.token(index));
        let titled = titled.filter(|token| token.any(is::HONORIFIC | is::ROLE)).find_map(tells);
        let given = if name.len() > 1 { tells(self.token(name.start)) } else { None };
        titled.or(given).unwrap_or_default()
    }

    fn push(&mut self, name: Range<usize>, title: usize, kind: Kind, person: Option<usize>) {
        self.people.mentions.push(Mention { first: name.start, last: name.end, title, kind, person });
        let number = u32::try_from(self.people.mentions.len()).unwrap_or_default();
        self.people.by_token[name].fill(number);
    }
}
