//! What a question that any word answers is about: its words without those that say nothing of a subject.

use super::{Clause, Node, Query};

/// Articles, prepositions, conjunctions, pronouns, auxiliaries and question words of English. `may` and `will` are not
/// among them: one is a month, the other is asked for in `will cut`.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "between", "but", "by",
    "can", "could", "did", "do", "does", "during", "for", "from", "had", "has", "have", "he", "her", "him", "his",
    "how", "i", "if", "in", "into", "is", "it", "its", "me", "must", "my", "nor", "of", "on", "or", "our", "ours",
    "shall", "she", "should", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "upon", "us", "was", "we", "were", "what", "when", "where", "which", "while",
    "who", "whom", "whose", "why", "with", "within", "without", "would", "you", "your",
];

impl Query {
    /// The question where any word is enough: without the words that nearly every text has, or that only questions
    /// have, if a word is left that says what is asked for; and words with hyphens as the words they are made of. What is in quotation marks, brackets or fields stays as it is.
    #[must_use]
    pub fn subject(mut self) -> Query {
        let in_capitals = !self.typed.contains(char::is_lowercase);
        let Some(Node { clause: Clause::All(nodes), .. }) = &mut self.root else { return self };
        *nodes = std::mem::take(nodes).into_iter().flat_map(parts).collect();
        // `WHO` among small letters is no question word.
        let is_name = |word: &str| !in_capitals && word.len() > 1 && !word.contains(char::is_lowercase);
        let says_nothing = |word: &str| !is_name(word) && is_function_word(word);
        if nodes.iter().any(|node| matches!(&node.clause, Clause::Word(word) if !says_nothing(word))) {
            nodes.retain(|node| !matches!(&node.clause, Clause::Word(word) if says_nothing(word)));
        }
        self
    }
}

/// The words that a word with hyphens is made of, for others write it without; any other node as it is.
fn parts(node: Node) -> Vec<Node> {
    let Clause::Word(word) = &node.clause else { return vec![node] };
    let is_part = |part: &str| part.len() > 1 && part.chars().all(char::is_alphabetic);
    if !word.contains('-') || node.span.len() != word.len() || !word.split('-').all(is_part) {
        return vec![node];
    }
    let mut start = node.span.start;
    let mut parts = Vec::new();
    for part in word.split('-') {
        parts.push(Node { clause: Clause::Word(part.to_owned()), span: start..start + part.len() });
        start += part.len() + 1;
    }
    parts
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
        check("risks of mark-to-market losses", &["risks", "mark", "market", "losses"]);
        check("the X-15 and e-commerce", &["X-15", "e-commerce"]);
    }

    #[test]
    fn what_is_all_there_is_stays() {
        check("the who", &["the", "who"]);
        check("the", &["the"]);
        check("ticker:NVDA what", &["ticker:NVDA", "what"]);
        check("\"to be\" what", &["\"to be\"", "what"]);
        check("\"on the rise\" margins", &["\"on the rise\"", "margins"]);
        check("", &[]);
    }
}
