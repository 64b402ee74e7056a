//! A vocabulary whose words are as frequent as those of a language: few very common, most very rare.

use super::random::Random;

/// Different words.
const WORDS: usize = 60_000;

/// Entries of the shortcut into the table of frequencies.
const BUCKETS: usize = 1 << 14;

/// The words that hold English together, the most frequent first.
const COMMON: &str = "the of to in a and said on for by that at it from its was with is be as will an has would not were \
    which have this or had are but been year he one their they after market company last also than more up could no two \
    about new first over some when other into against out if expected only before there we all who while you down because \
    between under most any such she our next may so now still should can what well where her his do made many both these";

/// Words of the trade, frequent as well.
const TRADE: &str = "percent million billion shares stock quarter profit sales price prices bank rate rates trade oil \
    growth earnings net interest loss dollar tax debt investors analysts revenue margin demand exports imports output \
    government foreign markets companies business results forecast guidance capital spending costs budget dividend \
    merger acquisition offer agreement plan board chairman president executive officer production industry economic \
    economy inflation currency bonds central policy deficit surplus reserve supply contract orders plant products \
    customers services software chips energy gas crops grain sugar coffee metals copper gold shipping insurance credit \
    loans deposits assets fund funds securities exchange index futures options tariffs regulators court union strike \
    warehouse factory railway airline retail housing mortgage pension buyback restructuring outlook weaker stronger \
    higher lower raised lowered reported announced increased declined expects";

const ONSETS: &[&str] = &[
    "b", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "pr",
    "r", "s", "sl", "sp", "st", "t", "th", "tr", "v", "w",
];
const CORES: &[&str] = &["a", "e", "i", "o", "u", "ai", "ea", "ee", "io", "oo", "ou"];
const CODAS: &[&str] = &["", "", "", "l", "m", "n", "nd", "nt", "r", "rn", "s", "ss", "st", "t", "rk"];
const ENDINGS: &[&str] = &["", "", "", "s", "ed", "ing", "er", "ion", "ly", "ment", "al", "ity"];

/// The words, the most frequent first, and how to draw them.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
    /// Share of all running words that a word and those before it make up.
    cumulative: Vec<f64>,
    /// Where in `cumulative` to begin for each fraction of 1.
    buckets: Vec<usize>,
}

impl Vocabulary {
    /// Makes the one vocabulary.
    pub(crate) fn new() -> Vocabulary {
        let mut random = Random::new(7);
        let mut words: Vec<String> =
            COMMON.split_whitespace().chain(TRADE.split_whitespace()).map(str::to_owned).collect();
        let mut seen: std::collections::HashSet<String> = words.iter().cloned().collect();
        while words.len() < WORDS {
            let word = coin(&mut random);
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        // Mandelbrot's form of Zipf's law; the constants are those usually found for English news.
        let weights = (0..WORDS).map(|rank| 1.0 / (rank as f64 + 2.7).powf(1.07));
        let mut cumulative: Vec<f64> = weights
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum)
            })
            .collect();
        let total = cumulative[WORDS - 1];
        for share in &mut cumulative {
            *share /= total;
        }
        let start = |bucket: usize| cumulative.partition_point(|share| *share <= bucket as f64 / BUCKETS as f64);
        let buckets = (0..=BUCKETS).map(start).collect();
        Vocabulary { words, cumulative, buckets }
    }

    /// A word, as likely as it is frequent.
    pub(crate) fn draw(&self, random: &mut Random) -> &str {
        let unit = random.unit();
        let bucket = (random_bucket(unit)).min(BUCKETS - 1);
        let (from, to) = (self.buckets[bucket], (self.buckets[bucket + 1] + 1).min(WORDS));
        let rank = from + self.cumulative[from..to].partition_point(|share| *share <= unit);
        &self.words[rank.min(WORDS - 1)]
    }

    /// The word of a rank, from 0.
    pub(crate) fn word(&self, rank: usize) -> &str {
        &self.words[rank % WORDS]
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of 1 times a small number")]
fn random_bucket(unit: f64) -> usize {
    (unit * BUCKETS as f64) as usize
}

/// A word that can be pronounced.
pub(crate) fn coin(random: &mut Random) -> String {
    let mut word = String::new();
    for _ in 0..random.between(1, 2) {
        for part in [ONSETS, CORES, CODAS] {
            word.push_str(random.pick(part));
        }
    }
    word.push_str(random.pick(ENDINGS));
    word
}
