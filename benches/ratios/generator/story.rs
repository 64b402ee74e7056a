//! One article: a headline, a lead with a company in it, paragraphs of sentences and quotations.

use super::random::Random;
use super::{Article, Company, Generator, Person, capitalised};

/// What is at hand while one article is written.
struct Story<'a> {
    world: &'a Generator,
    topic: &'a [usize],
    company: &'a Company,
    random: Random,
    text: String,
    quoted: Option<&'a Person>,
}

/// Writes article `number` of `world`.
pub(super) fn write(world: &Generator, number: usize, mut random: Random) -> Article {
    let topic = &world.topics[random.below(world.topics.len())];
    let company = &world.companies[frequent(&mut random, world.companies.len())];
    let mut story = Story { world, topic, company, random, text: String::new(), quoted: None };
    let day = story.day(number);
    let title = story.headline();
    let dated = story.random.chance(90);
    // Most articles are short and a few are long, as the length of news is.
    let paragraphs = 1 + story.random.below(4) + story.random.below(4) * story.random.below(3);
    for paragraph in 0..paragraphs {
        story.paragraph(paragraph, &day);
    }
    Article { id: number, title, date: dated.then_some(day), text: story.text }
}

/// A number below `end`, the small ones more often.
fn frequent(random: &mut Random, end: usize) -> usize {
    let below = random.below(end) + 1;
    random.below(below)
}

impl<'a> Story<'a> {
    fn day(&mut self, number: usize) -> String {
        let (year, month) = (2015 + number % 10, self.random.between(1, 12));
        format!("{year}-{month:02}-{:02}", self.random.between(1, 28))
    }

    fn headline(&mut self) -> String {
        let mut title = self.company.name.clone();
        for _ in 0..self.random.between(4, 8) {
            title.push(' ');
            title.push_str(self.word());
        }
        title
    }

    fn word(&mut self) -> &'a str {
        let vocabulary = &self.world.vocabulary;
        if self.random.chance(18) {
            return vocabulary.word(self.random.pick(self.topic));
        }
        vocabulary.draw(&mut self.random)
    }

    fn paragraph(&mut self, number: usize, day: &str) {
        if number == 0 {
            self.lead(day);
        } else {
            self.text.push_str("\n\n");
        }
        for sentence in 0..self.random.between(1, 3) {
            if sentence > 0 || number == 0 {
                self.text.push(' ');
            }
            match self.random.below(100) {
                0..22 if number > 0 => self.quotation(),
                22..30 if number > 0 => self.indirect(),
                _ => self.sentence(),
            }
        }
    }

    fn lead(&mut self, day: &str) {
        let company = self.company;
        if self.random.chance(30) {
            let place = capitalised(self.word()).to_uppercase();
            self.text.extend([&place, ", ", day, " (Wire) - "]);
        }
        self.text.extend([&company.name, " (", company.exchange, ": ", &company.symbol, ") said "]);
        self.clause(6, 18);
        self.text.push('.');
    }

    fn sentence(&mut self) {
        if self.random.chance(12) {
            self.text.push_str(&self.company.name);
        } else {
            let first = capitalised(self.word());
            self.text.push_str(&first);
        }
        self.text.push(' ');
        self.clause(7, 24);
        self.text.push('.');
    }

    fn clause(&mut self, fewest: usize, most: usize) {
        let words = self.random.between(fewest, most);
        for at in 0..words {
            if at > 0 {
                self.text.push_str(if at > 4 && self.random.chance(7) { ", " } else { " " });
            }
            if self.random.chance(4) {
                self.number();
            } else {
                let word = self.word();
                self.text.push_str(word);
            }
        }
    }

    fn number(&mut self) {
        let (whole, tenth) = (self.random.between(1, 900), self.random.below(10));
        let number = match self.random.below(3) {
            0 => format!("{whole}"),
            1 => format!("{whole}.{tenth} percent"),
            _ => format!("${whole} million"),
        };
        self.text.push_str(&number);
    }

    fn quotation(&mut self) {
        let company = self.company;
        let known = self.quoted;
        let person = match known {
            Some(person) if self.random.chance(60) => person,
            _ => &company.people[self.random.below(company.people.len())],
        };
        self.quoted = Some(person);
        self.text.push('“');
        let first = capitalised(self.word());
        self.text.push_str(&first);
        self.text.push(' ');
        self.clause(5, 20);
        self.text.push_str(",” ");
        let Person { given, surname, role } = person;
        let attribution = match known.is_some_and(|known| std::ptr::eq(known, person)) {
            true if self.random.chance(40) => "she said.".to_owned(),
            true => format!("{surname} said."),
            false if self.random.chance(60) => format!("said {given} {surname}, {role} at {}.", company.name),
            false => format!("{given} {surname}, {role}, told reporters."),
        };
        self.text.push_str(&attribution);
    }

    fn indirect(&mut self) {
        let person = self.random.below(self.company.people.len());
        let Person { given, surname, .. } = &self.company.people[person];
        self.text.extend([given, " ", surname, " said that "]);
        self.clause(6, 20);
        self.text.push('.');
    }
}
