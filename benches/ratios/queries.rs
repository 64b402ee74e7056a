//! Two hundred mixed questions, taken from the text that is searched.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use crate::bare::{self, Outcome};
use crate::generator::Dice;

/// Articles that the words are taken from.
const SAMPLE: usize = 20_000;

/// How many questions of each of the five kinds.
const EACH: usize = 40;

/// A question in both languages.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// For pullquote.
    pub(crate) ours: String,
    /// For Tantivy's parser.
    pub(crate) bare: String,
}

/// Takes 40 terms, 40 ORs of two and of three, 40 ANDs and 40 phrases from the beginning of `corpus`.
pub(crate) fn questions(corpus: &Path) -> Outcome<Vec<Question>> {
    let texts = sample(corpus)?;
    let words = by_frequency(&texts);
    let known: HashSet<&str> = words.iter().copied().collect();
    let mut dice = Dice::new(11);
    let mut questions = Vec::with_capacity(5 * EACH);
    for _ in 0..EACH {
        let [a, b, c] = std::array::from_fn(|_| ranked(&mut dice, &words));
        questions.push(Question { ours: a.to_owned(), bare: a.to_owned() });
        let two = format!("{a} OR {b}");
        questions.push(Question { ours: two.clone(), bare: two });
        let three = format!("{a} OR {b} OR {c}");
        questions.push(Question { ours: three.clone(), bare: three });
        let (first, second) = neighbours(&mut dice, &texts, &known, 12);
        questions.push(Question { ours: format!("{first} {second}"), bare: format!("{first} AND {second}") });
        let (first, second) = neighbours(&mut dice, &texts, &known, 1);
        let phrase = format!("\"{first} {second}\"");
        questions.push(Question { ours: phrase.clone(), bare: phrase });
    }
    Ok(questions)
}

/// The words of the first articles, each article's in order, in lower case.
fn sample(corpus: &Path) -> Outcome<Vec<Vec<String>>> {
    let mut texts: Vec<Vec<String>> = Vec::new();
    bare::records(corpus, &mut |record| {
        if texts.len() < SAMPLE {
            let words = record.text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
            texts.push(words.map(str::to_ascii_lowercase).collect());
        }
        Ok(())
    })?;
    Ok(texts)
}

/// Words of three letters and more in at least five articles, the most frequent first.
fn by_frequency(texts: &[Vec<String>]) -> Vec<&str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for text in texts {
        let words: BTreeSet<&str> = text.iter().map(String::as_str).collect();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
    }
    let frequent = counts
        .into_iter()
        .filter(|(word, count)| *count >= 5 && word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()));
    let ordered: BTreeSet<(Reverse<usize>, &str)> = frequent.map(|(word, count)| (Reverse(count), word)).collect();
    ordered.into_iter().map(|(_, word)| word).collect()
}

/// A word whose rank is as likely to lie between 10 and 100 as between 100 and 1,000: questions are asked with words of all kinds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank below the number of words")]
fn ranked<'a>(dice: &mut Dice, words: &[&'a str]) -> &'a str {
    let rank = (words.len() as f64).powf(dice.unit()) as usize;
    words[rank.min(words.len() - 1)]
}

/// Two different frequent words of one article, at most `apart` words from each other.
fn neighbours<'a>(
    dice: &mut Dice,
    texts: &'a [Vec<String>],
    known: &HashSet<&str>,
    apart: usize,
) -> (&'a str, &'a str) {
    loop {
        let text = &texts[dice.below(texts.len())];
        if text.len() < apart + 2 {
            continue;
        }
        let at = dice.below(text.len() - apart);
        let (first, second) = (text[at].as_str(), text[at + dice.between(1, apart)].as_str());
        if first != second && known.contains(first) && known.contains(second) {
            return (first, second);
        }
    }
}
