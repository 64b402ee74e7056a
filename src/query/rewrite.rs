//! The same question asked a little otherwise: a word spelled another way, a part left out.

use std::cmp::Reverse;
use std::ops::Range;

use super::{Clause, Node, Query, describe};
use crate::schema::{Field, Kind};

/// A word that a question looks for, and the field; `None` is the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The field of a filter.
    pub field: Option<Field>,
    /// The word as typed; a symbol whole.
    pub word: String,
}

/// One word put in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Respelling {
    /// The word in question.
    pub sought: Sought,
    /// What to look for instead.
    pub instead: String,
}

impl Node {
    /// Whether it is words, phrases or beginnings of words alone: what `--match any` loosens.
    pub fn is_words(&self) -> bool {
        match &self.clause {
            Clause::Word(_) | Clause::Phrase(_) | Clause::Prefix(_) => true,
            Clause::Any(nodes) => nodes.iter().all(Node::is_words),
            _ => false,
        }
    }

    /// It alone, as a question.
    pub fn alone(&self) -> Query {
        Query { typed: String::new(), root: Some(self.clone()), notes: Vec::new() }
    }

    /// How it was read, in words.
    pub fn read(&self) -> String {
        describe(&self.alone())
    }
}

impl Query {
    /// The parts that must all hold.
    pub fn parts(&self) -> &[Node] {
        match &self.root {
            Some(Node { clause: Clause::All(nodes), .. }) => nodes,
            Some(node) => std::slice::from_ref(node),
            None => &[],
        }
    }

    /// Every word and symbol that it looks for, each once, in order; what must not be there is left out.
    pub fn sought(&self) -> Vec<Sought> {
        let mut found: Vec<Sought> = Vec::new();
        for node in self.parts() {
            seek(node, &mut |field, word| {
                let sought = Sought { field, word: word.to_owned() };
                if !found.contains(&sought) {
                    found.push(sought);
                }
            });
        }
        found
    }

    /// The question with other words in it.
    #[must_use]
    pub fn respelled(&self, changes: &[Respelling]) -> Query {
        let mut query = self.clone();
        let mut places = Vec::new();
        if let Some(root) = &mut query.root {
            respell(root, changes, &mut places);
        }
        // From the end, so that earlier places stay where they are.
        places.sort_by_key(|(start, _)| Reverse(*start));
        for (start, change) in places {
            let (was, rest) = (&change.sought.word, query.typed.get(start..).unwrap_or_default());
            if let Some(at) = rest.find(was.as_str()) {
                query.typed.replace_range(start + at..start + at + was.len(), &change.instead);
            }
        }
        query
    }

    /// All of `parts`, as a question.
    pub fn of(parts: Vec<Node>) -> Query {
        Query { typed: String::new(), root: Some(Node { clause: Clause::All(parts), span: 0..0 }), notes: Vec::new() }
    }

    /// The parts that are the name of a company, or its beginning; the longest.
    pub fn naming(&self, name: &str) -> Option<Range<usize>> {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        let parts = self.parts();
        let ranges = (0..parts.len()).map(|start| start..start + begins(&parts[start..], &words));
        let longest = ranges.max_by_key(|range| (range.len(), Reverse(range.start)))?;
        let is_long = words.len() == longest.len() || words.first().is_some_and(|word| word.len() >= SHORTEST_NAME);
        (!longest.is_empty() && is_long).then_some(longest)
    }

    /// The question with a symbol in the place of `parts`. Spans of the rest no longer fit what it then says was typed.
    #[must_use]
    pub fn by_symbol(&self, parts: Range<usize>, symbol: &str) -> Query {
        let mut nodes = self.parts().to_vec();
        let mut query = self.clone();
        let typed = nodes[parts.start].span.start..nodes[parts.end - 1].span.end;
        if !typed.is_empty() && self.typed.get(typed.clone()).is_some() {
            query.typed.replace_range(typed, &format!("ticker:{symbol}"));
        }
        nodes.splice(parts, [self::symbol(symbol)]);
        query.root = Some(Node { clause: Clause::All(nodes), span: 0..0 });
        query
    }

    /// The question without the part numbered `at`. Spans of the rest no longer fit what it then says was typed.
    #[must_use]
    pub fn without(&self, at: usize) -> Query {
        let mut query = self.clone();
        let Some(gone) = self.parts().get(at) else { return query };
        match &mut query.root {
            Some(Node { clause: Clause::All(nodes), .. }) if nodes.len() > 1 => drop(nodes.remove(at)),
            root => *root = None,
        }
        if query.typed.get(gone.span.clone()).is_some() {
            query.typed.replace_range(gone.span.clone(), "");
            query.typed = query.typed.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        query
    }
}

/// A company by its symbol.
pub fn symbol(symbol: &str) -> Node {
    Node { clause: Clause::Filter(Field::Ticker, vec![symbol.to_owned()]), span: 0..0 }
}

/// The fewest letters with which a name begins to name it.
const SHORTEST_NAME: usize = 4;

/// How many of `parts`, from the first on, are the beginning of the name `words`.
fn begins(parts: &[Node], words: &[String]) -> usize {
    let same =
        |(part, word): (&Node, &String)| matches!(&part.clause, Clause::Word(typed) if typed.to_lowercase() == *word);
    match parts.first().map(|part| &part.clause) {
        Some(Clause::Phrase(text)) => usize::from(text.to_lowercase() == words.join(" ")),
        _ => parts.iter().zip(words).take_while(|pair| same(*pair)).count(),
    }
}

/// Shows `each` every word that `node` looks for.
fn seek(node: &Node, each: &mut impl FnMut(Option<Field>, &str)) {
    match &node.clause {
        Clause::Word(text) | Clause::Phrase(text) => text.split_whitespace().for_each(|word| each(None, word)),
        Clause::All(nodes) | Clause::Any(nodes) => nodes.iter().for_each(|node| seek(node, each)),
        Clause::Near { parts, .. } | Clause::Same { parts, .. } => parts.iter().for_each(|part| seek(part, each)),
        Clause::Within(_, inner) => seek(inner, each),
        Clause::Filter(Field::Ticker, values) => values.iter().for_each(|value| each(Some(Field::Ticker), value)),
        Clause::Filter(field, values) if field.kind() == Kind::Words => {
            values.iter().flat_map(|value| value.split_whitespace()).for_each(|word| each(Some(*field), word));
        }
        Clause::Prefix(_) | Clause::Not(_) | Clause::Dated(_) | Clause::Filter(..) => (),
    }
}

/// Makes the changes below `node`, and notes from where in what was typed the words are to be found.
fn respell<'c>(node: &mut Node, changes: &'c [Respelling], places: &mut Vec<(usize, &'c Respelling)>) {
    let start = node.span.start;
    let typed = !node.span.is_empty();
    let mut put = |field: Option<Field>, text: &mut String| {
        for change in changes.iter().filter(|change| change.sought.field == field) {
            let is = |word: &str| word == change.sought.word;
            if !text.split_whitespace().any(is) {
                continue;
            }
            let words = text.split_whitespace().map(|word| if is(word) { change.instead.as_str() } else { word });
            *text = words.collect::<Vec<_>>().join(" ");
            if typed {
                places.push((start, change));
            }
        }
    };
    match &mut node.clause {
        Clause::Word(text) | Clause::Phrase(text) => put(None, text),
        Clause::Filter(field, values) => values.iter_mut().for_each(|value| put(Some(*field), value)),
        Clause::Prefix(_) | Clause::Not(_) | Clause::Dated(_) => (),
        Clause::All(nodes) | Clause::Any(nodes) => nodes.iter_mut().for_each(|node| respell(node, changes, places)),
        Clause::Near { parts, .. } | Clause::Same { parts, .. } => {
            for part in parts {
                respell(part, changes, places);
            }
        }
        Clause::Within(_, inner) => respell(inner, changes, places),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::query::parse;

    fn query(typed: &str) -> Query {
        parse(typed, date(2025, 6, 30))
    }

    fn check_sought(typed: &str, expected: &[(Option<Field>, &str)]) {
        let found = query(typed).sought();
        let found: Vec<(Option<Field>, &str)> = found.iter().map(|it| (it.field, it.word.as_str())).collect();
        assert_eq!(found, expected, "{typed}");
    }

    #[test]
    fn words_that_are_looked_for_are_listed_once() {
        check_sought("capex (cut OR capex)", &[(None, "capex"), (None, "cut")]);
        check_sought(
            "\"rate cut\" near/5(tariff margin)",
            &[(None, "rate"), (None, "cut"), (None, "tariff"), (None, "margin")],
        );
        check_sought(
            "ticker:NVDA speaker:\"ana bell\"",
            &[(Some(Field::Ticker), "NVDA"), (Some(Field::Speaker), "ana"), (Some(Field::Speaker), "bell")],
        );
    }

    #[test]
    fn what_must_not_be_there_or_is_no_word_is_not() {
        check_sought("-capex cut* date:2025 lang:en", &[]);
        check_sought("", &[]);
    }

    fn check_respelled(typed: &str, sought: (Option<Field>, &str), instead: &str, expected: &str) {
        let sought = Sought { field: sought.0, word: sought.1.to_owned() };
        let respelled = query(typed).respelled(&[Respelling { sought, instead: instead.to_owned() }]);
        assert_eq!(respelled.typed, expected);
        assert_eq!(describe(&respelled), describe(&query(expected)), "{typed}");
    }

    #[test]
    fn a_word_is_replaced_where_it_is_looked_for() {
        check_respelled("capx guidance", (None, "capx"), "capex", "capex guidance");
        check_respelled("\"rate cutt\" -cutt cutt", (None, "cutt"), "cut", "\"rate cut\" -cutt cut");
        check_respelled("speaker:nadela nadela", (Some(Field::Speaker), "nadela"), "nadella", "speaker:nadella nadela");
        check_respelled("ticker:NVDIA,AMD", (Some(Field::Ticker), "NVDIA"), "NVDA", "ticker:NVDA,AMD");
    }

    fn check_naming(typed: &str, name: &str, expected: Option<(usize, usize)>) {
        assert_eq!(query(typed).naming(name), expected.map(|(start, end)| start..end), "{typed}");
    }

    #[test]
    fn a_company_is_named_by_its_name_or_the_beginning_of_it() {
        check_naming("nvidia capex", "NVIDIA", Some((0, 1)));
        check_naming("capex northwind robotics", "Northwind Robotics", Some((1, 3)));
        check_naming("capex \"northwind robotics\"", "Northwind Robotics", Some((1, 2)));
        check_naming("northwind robots", "Northwind Robotics", Some((0, 1)));
        check_naming("robotics", "Northwind Robotics", None);
        check_naming("at peace", "AT Holdings", None);
        check_naming("ticker:NVDA -nvidia", "NVIDIA", None);
    }

    #[test]
    fn a_symbol_takes_the_place_of_a_name() {
        let asked = query("capex northwind robotics cuts").by_symbol(1..3, "NWRB");
        assert_eq!(asked.typed, "capex ticker:NWRB cuts");
        assert_eq!(describe(&asked), "capex AND ticker NWRB AND cuts");
    }

    #[test]
    fn a_part_is_left_out() {
        let whole = query("capex ticker:NVDA guidance");
        let parts: Vec<String> = whole.parts().iter().map(Node::read).collect();
        assert_eq!(parts, ["capex", "ticker NVDA", "guidance"]);
        assert_eq!(whole.without(1).typed, "capex guidance");
        assert_eq!(describe(&whole.without(1)), "capex AND guidance");
        assert_eq!(describe(&query("capex").without(0)), "everything");
        assert_eq!(describe(&whole.without(9)), describe(&whole));
    }
}
