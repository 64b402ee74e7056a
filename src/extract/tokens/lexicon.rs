//! Word lists: which classes a word belongs to, as bits of one number. The words are in `lexicon.txt`.

use std::sync::OnceLock;

macro_rules! classes {
    ($($(#[$meaning:meta])* $name:ident $section:literal $bit:literal;)*) => {
        $($(#[$meaning])* pub const $name: u64 = 1 << $bit;)*

        /// The classes by the names of their sections in `lexicon.txt`.
        const CLASSES: &[(&str, u64)] = &[$(($section, $name)),*];
    };
}

classes! {
    /// An abbreviation that stands before what it belongs to: `Mr.`, `Gov.`, `Jan.`
    ABBREVIATION "abbreviation" 0;
    /// An abbreviation that may end a sentence: `Inc.`, `etc.`
    LAST_ABBREVIATION "last abbreviation" 1;
    /// An abbreviation only before a number: `No. 1`
    NUMBERED "numbered" 2;
    /// A word that often begins a sentence and no name.
    STARTER "starter" 3;
    /// A verb that attributes words to somebody, in a form that can stand beside a quotation: `said`, `writes`.
    CUE "cue" 4;
    /// A verb that takes "that …" or an indirect question as what was said or thought.
    REPORTS "reports" 5;
    /// A pronoun that can speak.
    PRONOUN "pronoun" 6;
    /// A man's given name or a word that says that somebody is a man.
    MALE "male" 7;
    /// A woman's given name or a word that says that somebody is a woman.
    FEMALE "female" 8;
    /// An honorific: `Mr`, `Dr`, `Sir`.
    HONORIFIC "honorific" 9;
    /// Somebody's role or title: `president`, `analyst`, `spokesman`.
    ROLE "role" 10;
    /// What a body that speaks is called: `company`, `bank`, `ministry`.
    BODY "body" 11;
    /// What ends a company's name: `Inc`, `Corp`.
    COMPANY "company" 12;
    /// A place that looks like a name.
    PLACE "place" 13;
    /// A day of the week.
    WEEKDAY "weekday" 14;
    /// A month.
    MONTH "month" 15;
    /// An article or another word that begins a noun phrase.
    DETERMINER "determiner" 16;
    /// A preposition.
    PREPOSITION "preposition" 17;
    /// A conjunction.
    CONJUNCTION "conjunction" 18;
    /// An auxiliary verb.
    AUXILIARY "auxiliary" 19;
    /// A small word within a name: `van`, `de`.
    PARTICLE "particle" 20;
    /// What follows a name: `Jr`, `III`.
    SUFFIX "suffix" 21;
    /// A word that shows that a name is a body's: `University`, `Committee`.
    BODY_NAME "body name" 22;
    /// A people or its adjective: `American`.
    PEOPLE "people" 23;
    /// An adverb that may stand between a speaker and the verb.
    ADVERB "adverb" 24;
    /// Somebody who publishes: `Reuters`, `CNN`.
    OUTLET "outlet" 25;
    /// A relative pronoun.
    RELATIVE "relative" 26;
    /// A word that is written with a capital and is nobody's name.
    COMMON "common" 27;
    /// A text that says something: `statement`, `report`, `filing`.
    DOCUMENT "document" 28;
    /// A verb that calls something something: `called`, `dubbed`.
    CALLS "calls" 29;
    /// A pronoun for a thing or a body.
    IT "it" 30;
    /// A verb of speech that takes what it is about as its object: `denounced the plan`.
    ACTS "acts" 31;
    /// A verb that names first whom it is said to: `told reporters that`.
    ADDRESSES "addresses" 32;
    /// A verb of speech or will that takes "to …": `vowed to appeal`.
    INTENDS "intends" 33;
    /// A verb that needs no "that": `said he would`.
    BARE "bare" 34;
    /// A form of such a verb that is also the plural of a noun: `claims`.
    NOUN "noun" 35;
    /// What a poll or a report does with what it says: `showed`, `found`.
    SHOWS "shows" 36;
    /// A word with which a date begins that is no month and no day of the week: `yesterday`, `last`.
    DATE "date" 37;
    /// What names a source: `according`.
    ACCORDING "according" 38;
}

/// Every given name, whoever bears it.
pub const GIVEN: u64 = MALE | FEMALE;

/// Words that rules look for wherever they stand.
pub const TELLING: u64 = REPORTS | ACTS | INTENDS | ACCORDING | DATE;

/// The word lists as one table, asked by the hash of a word.
#[derive(Debug)]
pub struct Words {
    /// Open addressing; a hash of 0 is an empty slot.
    slots: Vec<(u64, u64)>,
    /// A bit for some digits of every hash: a rare word is as a rule in no list, and told so without a look at the
    /// table, which no near cache can hold.
    seen: Vec<u64>,
}

/// Bits in `seen`, sixteen to a word of the lists.
const SEEN: usize = 1 << 17;

/// The lists of `lexicon.txt`.
pub fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| Words::read(include_str!("lexicon.txt")))
}

impl Words {
    /// The classes of the word with this hash.
    pub fn classes(&self, hash: u64) -> u64 {
        let (at, bit) = bit(hash);
        if self.seen[at] & bit == 0 {
            return 0;
        }
        let (_, classes) = self.slots[self.slot(hash)];
        classes
    }

    /// Reads sections of words. An unknown section is left out; a test keeps them known.
    fn read(text: &str) -> Words {
        let entries = entries(text);
        let slots = vec![(0, 0); (entries.len() * 4).next_power_of_two()];
        let mut words = Words { slots, seen: vec![0; SEEN / 64] };
        for (word, class) in entries {
            let hash = super::hash(word);
            let slot = words.slot(hash);
            words.slots[slot].0 = hash;
            words.slots[slot].1 |= class;
            let (at, bit) = bit(hash);
            words.seen[at] |= bit;
        }
        words
    }

    /// Where `hash` is or would be. There is always room: three slots of four are empty.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = usize::try_from(hash & 0xffff_ffff).unwrap_or_default() & mask;
        while self.slots[slot].0 != hash && self.slots[slot].0 != 0 {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// Which bit of `seen` stands for `hash`.
fn bit(hash: u64) -> (usize, u64) {
    let digits = usize::try_from(hash >> 20 & (SEEN as u64 - 1)).unwrap_or_default();
    (digits >> 6, 1 << (digits & 63))
}

/// Every word of every section, with the class of the section.
fn entries(text: &str) -> Vec<(&str, u64)> {
    let mut class = 0;
    let mut entries = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(section) => {
                class = CLASSES.iter().find(|(name, _)| *name == section).map_or(0, |(_, class)| *class);
            }
            None => entries.extend(line.split_whitespace().map(|word| (word, class))),
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, CUE, MALE, MONTH, words};

    #[test]
    fn every_section_is_a_class_and_every_class_has_a_section() {
        let text = include_str!("lexicon.txt");
        let sections: Vec<_> = text.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect();
        let mut names: Vec<_> = CLASSES.iter().map(|(name, _)| *name).collect();
        let mut sorted = sections.clone();
        sorted.sort_unstable();
        names.sort_unstable();
        assert_eq!(sorted, names);
    }

    #[test]
    fn no_list_holds_a_number() {
        let listed = super::entries(include_str!("lexicon.txt"));
        assert!(listed.len() > 1000);
        assert!(listed.iter().all(|(word, _)| !word.starts_with(|c: char| c.is_numeric())));
    }

    #[test]
    fn a_word_may_be_in_several_classes() {
        let classes = |word| words().classes(crate::extract::tokens::hash(word));
        assert_eq!(classes("Said") & CUE, CUE);
        assert_eq!(classes("august") & (MONTH | MALE), MONTH | MALE);
        assert_eq!(classes("qwertz"), 0);
    }
}
