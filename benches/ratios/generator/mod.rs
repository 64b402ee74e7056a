//! News that nobody wrote: articles of any number, the same for the same seed.
//!
//! What matters for speed is like in real news: the frequencies of words, the lengths of sentences, paragraphs and articles,
//! topics that come in bursts, companies with codes in brackets, people who are quoted in several ways, and dates.

mod random;
mod story;
mod words;

use serde::Serialize;

use random::Random;
use words::Vocabulary;

pub(crate) use random::Random as Dice;

/// Companies that the news is about.
const COMPANIES: usize = 900;

/// Subjects, each with words of its own.
const TOPICS: usize = 1_500;

/// An article as a record.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Article {
    /// Its number, from 0.
    pub(crate) id: usize,
    /// The headline.
    pub(crate) title: String,
    /// The publication day; one article in ten has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    /// The body, paragraphs separated by blank lines.
    pub(crate) text: String,
}

/// A company of the generated world.
#[derive(Debug)]
struct Company {
    name: String,
    symbol: String,
    exchange: &'static str,
    people: Vec<Person>,
}

/// Somebody who is quoted.
#[derive(Debug)]
struct Person {
    given: String,
    surname: String,
    role: &'static str,
}

/// One article in so many is a copy of another.
const COPIES: usize = 16;

/// Writes articles.
#[derive(Debug)]
pub(crate) struct Generator {
    seed: u64,
    vocabulary: Vocabulary,
    companies: Vec<Company>,
    topics: Vec<Vec<usize>>,
}

impl Generator {
    /// Makes the world of `seed`.
    pub(crate) fn new(seed: u64) -> Generator {
        let mut random = Random::new(seed);
        let companies = (0..COMPANIES).map(|_| company(&mut random)).collect();
        let topics = (0..TOPICS).map(|_| (0..40).map(|_| random.between(200, 20_000)).collect()).collect();
        Generator { seed, vocabulary: Vocabulary::new(), companies, topics }
    }

    /// Writes article `number`: each can be made without those before it.
    pub(crate) fn article(&self, number: usize) -> Article {
        if number % COPIES == COPIES - 1 {
            return Article { id: number, ..self.copy_of(number - COPIES / 2) };
        }
        let random = Random::new(self.seed ^ (number as u64).wrapping_mul(0xA24B_AED4_963E_E407));
        story::write(self, number, random)
    }

    /// The same article as another outlet carries it.
    fn copy_of(&self, number: usize) -> Article {
        let mut article = self.article(number);
        article.title.push_str(" (wire)");
        article.text.push_str("\n\nThis story was provided by the wire service. All rights reserved.");
        article
    }
}

fn company(random: &mut Random) -> Company {
    let mut name = capitalised(&words::coin(random));
    if random.chance(60) {
        name = format!(
            "{name} {}",
            random.pick(&["Industries", "Energy", "Foods", "Systems", "Holdings", "Bancorp", "Pharma"])
        );
    }
    let letters = random.between(3, 4);
    let symbol = (0..letters).map(|_| char::from(b'A' + u8::try_from(random.below(26)).expect("a letter"))).collect();
    let people = (0..3).map(|_| person(random)).collect();
    Company { name, symbol, exchange: random.pick(&["NASDAQ", "NYSE", "LON"]), people }
}

fn person(random: &mut Random) -> Person {
    let role =
        random.pick(&["chief executive", "chief financial officer", "chairman", "an analyst", "head of research"]);
    Person { given: capitalised(&words::coin(random)), surname: capitalised(&words::coin(random)), role }
}

/// `word` with a capital.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
