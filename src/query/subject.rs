//! What a question that any word answers is about: its words without those that say nothing of a subject.

use super::{Clause, Node, Query};

/// Articles, prepositions, conjunctions, pronouns, auxiliaries and question words of English. `may` and `will` are not
/// among them: one is a month, the other is asked for in `will cut`.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "being", "by", "can", "could", "did", "do", "does",
    "for", "from", "had", "has", "have", "how", "in", "into", "is", "it", "its", "must", "of", "on", "or", "shall",
    "should", "some", "that", "the", "there", "these", "this", "those", "to", "was", "were", "what", "when", "where",
    "which", "who", "whom", "whose", "why", "with", "would",
];

impl Query {
    /// The question for [`Matching::Any`](crate::search::Matching::Any): without the words that nearly every text has,
    /// or that only questions have, where a word is left that says what is asked for. What is in quotation marks,
    /// brackets or fields stays as it is.
    #[must_use]
    pub fn subject(mut self) -> Query {
        let in_capitals = !self.typed.contains(char::is_lowercase);
        let Some(Node { clause: Clause::All(nodes), .. }) = &mut self.root else { return self };
        // `WHO` among small letters is no question word.
        let is_name = |word: &str| !in_capitals && word.len() > 1 && !word.contains(char::is_lowercase);
        let says_nothing = |word: &str| !is_name(word) && is_function_word(word);
        if nodes.iter().any(|node| matches!(&node.clause, Clause::Word(word) if !says_nothing(word))) {
            nodes.retain(|node| !matches!(&node.clause, Clause::Word(word) if says_nothing(word)));
        }
        self
    }
}

fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::query;

    fn check(typed: &str, expected: &[&str]) {
        let subject = query::parse(typed, date(2025, 6, 30)).subject();
        let nodes = match &subject.root {
            Some(query::Node { clause: query::Clause::All(nodes), .. }) => nodes.iter().collect(),
            Some(node) => vec![node],
            None => Vec::new(),
        };
        let words: Vec<&str> = nodes.iter().filter_map(|node| typed.get(node.span.clone())).collect();
        assert_eq!(words, expected, "{typed}");
    }

    #[test]
    fn words_without_a_subject_are_left_out_beside_those_with_one() {
        check("What are the risks of tariffs", &["risks", "tariffs"]);
        check("how may a bank fail", &["may", "bank", "fail"]);
        check("WHO guidance on masks", &["WHO", "guidance", "masks"]);
        check("WHAT IS THE YIELD", &["YIELD"]);
        check("ticker:NVDA the margins", &["ticker:NVDA", "margins"]);
    }

    #[test]
    fn what_is_all_there_is_stays() {
        check("the who", &["the", "who"]);
        check("the", &["the"]);
        check("ticker:NVDA what", &["ticker:NVDA", "what"]);
        check("\"to be\" or what", &["\"to be\" or what"]);
        check("\"on the rise\" margins", &["\"on the rise\"", "margins"]);
        check("", &[]);
    }
}
