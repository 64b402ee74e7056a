//! What the words round a name say: whether it is the company, somebody of that name, or part of another name.

use crate::extract::tokens::lexicon::{
    BODY, CALLS, COMMON, COMPANY, CONJUNCTION, CUE, DETERMINER, DOCUMENT, GIVEN, HONORIFIC, MONTH, OUTLET, PEOPLE,
    PLACE, PREPOSITION, PRONOUN, ROLE, STARTER, WEEKDAY,
};
use crate::extract::tokens::{Gap, Shape, Text, Token};

/// How a name is used at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It names a person.
    Person,
    /// It is part of another name.
    Part,
    /// Nothing speaks for the company or against it.
    Open,
    /// The company, by the words beside the name.
    Company,
    /// The company, as one that comments, counts or rates.
    Aside,
}

/// Capitals that stand before a name without being part of it.
const BEFORE: u64 = STARTER
    | COMMON
    | WEEKDAY
    | MONTH
    | ROLE
    | PEOPLE
    | PREPOSITION
    | CONJUNCTION
    | DETERMINER
    | CUE
    | DOCUMENT
    | PRONOUN
    | BODY
    | OUTLET
    | CALLS;

/// What follows the name of a company and of nobody else.
const AFTER_COMPANY: &[&str] = &[
    "shares",
    "stock",
    "shareholders",
    "stockholders",
    "bondholders",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "stores",
    "dealerships",
    "ceo",
    "bonds",
];

/// What stands right before the name of a company and of nobody else.
const BEFORE_COMPANY: &[&str] = &[
    "retailer",
    "automaker",
    "carmaker",
    "chipmaker",
    "drugmaker",
    "maker",
    "airline",
    "carrier",
    "lender",
    "insurer",
    "giant",
    "rival",
    "rivals",
    "operator",
    "conglomerate",
    "brewer",
    "miner",
    "steelmaker",
    "chain",
    "owner",
    "parent",
    "producer",
    "manufacturer",
    "supplier",
    "developer",
    "provider",
    "startup",
    "brokerage",
    "utility",
    "planemaker",
    "group",
    "company",
    "competitor",
    "competitors",
    "subsidiary",
    "acquire",
    "acquired",
    "acquiring",
    "buys",
    "stock",
    "platform",
    "firm",
];

/// Those who comment, before or after the name of whom they work for.
const COMMENTATORS: &[&str] = &[
    "analyst",
    "analysts",
    "economist",
    "economists",
    "strategist",
    "strategists",
    "trader",
    "traders",
    "broker",
    "brokers",
    "dealer",
    "dealers",
    "broker-dealer",
    "banker",
    "bankers",
    "manager",
    "managers",
    "researcher",
    "researchers",
    "research",
    "strategy",
    "markets",
    "equities",
    "trading",
];

/// What follows the name of one that comments, counts or rates.
const AFTER_ASIDE: &[&str] = &[
    "data",
    "estimates",
    "research",
    "survey",
    "poll",
    "upgraded",
    "downgraded",
    "reiterated",
    "initiated",
    "resumed",
    "rates",
    "conference",
    "expert",
    "note",
];

/// What those who rate raise and cut.
const RATINGS: &[&str] = &["rating", "ratings", "target", "targets", "coverage", "stance", "recommendation"];

/// What is done by those who serve in a deal or give a conference: "financed by".
const SERVICES: &[&str] = &["advised", "financed", "underwritten", "hosted", "sponsored", "organized", "organised"];

/// What those are hired for who serve.
const ERRANDS: &[&str] =
    &["adviser", "advisers", "advisor", "advisors", "advise", "explore", "alternatives", "options"];

/// The most tokens of a list of those who serve, and of what they are hired for.
const LONGEST_LIST: usize = 16;

/// What makes another name of a company's: nobody's business.
const ANOTHER_NAME: &[&str] = &[
    "foundation",
    "university",
    "school",
    "college",
    "hospital",
    "church",
    "award",
    "awards",
    "prize",
    "cup",
    "field",
    "stadium",
    "center",
    "centre",
    "arena",
    "park",
    "street",
    "avenue",
    "road",
    "library",
    "theatre",
    "theater",
    "museum",
    "institute",
    "act",
    "bill",
    "classic",
    "open",
    "championship",
    "county",
    "city",
    "river",
    "valley",
    "beach",
    "island",
    "airport",
    "bay",
    "lake",
    "hill",
    "hills",
    "house",
    "tower",
    "building",
    "square",
    "index",
    "indexes",
    "indices",
    "composite",
    "average",
    "futures",
    "curve",
    "line",
    "rule",
    "law",
    "family",
];

/// How the name in the tokens `first..last` of `text` is used. A `doubtful` one is also a plain word, a surname or a place.
pub(super) fn of(text: &Text<'_>, first: usize, last: usize, doubtful: bool) -> Use {
    let whole = last - first > 1;
    let before = beside(text, first, -1);
    let after = beside(text, last, 0);
    if let Some(before) = before {
        let initial = before.capital() && before.end - before.start <= 2 && before.of(text.text).ends_with('.');
        if before.any(HONORIFIC) && before.capital() || !whole && (initial || before.any(GIVEN) && before.capital()) {
            return Use::Person;
        }
    }
    if let Some(after) = after {
        let word = after.of(text.text);
        if after.capital() && is_one_of(ANOTHER_NAME, word) {
            return Use::Part;
        }
    }
    if is_of_index(text, last) {
        return Use::Part;
    }
    if is_aside(text, first, last) {
        return Use::Aside;
    }
    if before.is_some_and(|before| is_part_of_name(text, first, before, doubtful)) {
        return Use::Part;
    }
    if after.is_some_and(|after| after.any(COMPANY) && after.capital()) {
        return Use::Company;
    }
    let goes_on = after.is_some_and(|after| after.capital() && !after.any(BEFORE & !BODY) && !title_case(text, first));
    if goes_on && doubtful && !whole {
        return Use::Part;
    }
    if is_company_before(text, first) || is_owner(text, last) { Use::Company } else { Use::Open }
}

/// Whether an index goes on with the name: "the KBW regional bank index".
fn is_of_index(text: &Text<'_>, last: usize) -> bool {
    let rest = &text.tokens[last.min(text.tokens.len())..];
    let near = rest.iter().take(4).take_while(|token| token.worded() && token.gap == Gap::Space);
    near.into_iter().any(|token| is_one_of(&["index", "indexes", "indices"], token.of(text.text)))
}

/// Whether the word before a name belongs to the same, longer name.
fn is_part_of_name(text: &Text<'_>, first: usize, before: Token, doubtful: bool) -> bool {
    let begins = first == 1
        || text.tokens.get(first - 1).map(|token| token.sentence)
            != text.tokens.get(first.wrapping_sub(2)).map(|token| token.sentence);
    let place = before.any(PLACE) && !begins;
    before.capital()
        && (place || !before.any(BEFORE | GIVEN))
        && !(begins && before.shape == Shape::Capitalised && !doubtful)
        && !title_case(text, first)
}

/// Whether the sentence of token `at` is written in capitals, as headlines are.
fn title_case(text: &Text<'_>, at: usize) -> bool {
    let Some(sentence) = text.tokens.get(at).and_then(|token| text.sentences.get(token.sentence as usize)) else {
        return false;
    };
    let tokens = &text.tokens[sentence.first as usize..sentence.last as usize];
    let words = tokens.iter().filter(|token| token.worded()).count();
    let capitals = tokens.iter().filter(|token| token.capital()).count();
    capitals * 10 >= words * 7
}

/// Whether the words before a name say that a company follows.
fn is_company_before(text: &Text<'_>, first: usize) -> bool {
    let word = |back: usize| first.checked_sub(back).map_or("", |at| text.word(at));
    let shares =
        ["shares", "stake", "stock", "unit", "units", "subsidiary", "division", "merger", "acquisition", "takeover"];
    is_one_of(BEFORE_COMPANY, word(1))
        || matches!(word(1), "of" | "in" | "with") && is_one_of(&shares, word(2))
        || matches!(word(1), "of") && matches!(word(2), "executive" | "CEO" | "officer" | "maker")
}

/// Whether the company is there as one that comments: "analysts at X", "X analyst", "according to X", "X data".
fn is_aside(text: &Text<'_>, first: usize, last: usize) -> bool {
    let word = |back: usize| first.checked_sub(back).map_or("", |at| text.word(at));
    let mut after = last;
    while text
        .tokens
        .get(after)
        .is_some_and(|token| token.any(COMPANY) || token.shape == Shape::Possessive || token.is('.'))
    {
        after += 1;
    }
    let (next, second) = (text.word(after), text.word(after + 1));
    let arm = matches!(next, "Securities" | "Research" | "Advisors" | "Advisers")
        || matches!(
            next,
            "Capital" | "Asset" | "Wealth" | "Investment" | "Private" | "Equity" | "Fund" | "Money" | "Global"
        ) && matches!(
            second,
            "Markets" | "Management" | "Advisors" | "Advisers" | "Bank" | "Partners" | "Research" | "Investors"
        );
    let following = text.tokens[after.min(text.tokens.len())..].iter().take_while(|token| token.worded()).take(4);
    let mut words = following.take_while(|token| token.shape == Shape::Lower).map(|token| token.of(text.text));
    let rates = matches!(next, "raised" | "cut" | "lowered" | "raises" | "cuts" | "lowers");
    let dashed = ['-', '–', '—'].iter().any(|&dash| text.tokens.get(after).is_some_and(|token| token.is(dash)));
    if arm
        || dashed && is_one_of(COMMENTATORS, second)
        || words.any(|word| {
            is_one_of(COMMENTATORS, word) || is_one_of(AFTER_ASIDE, word) || rates && is_one_of(RATINGS, word)
        })
    {
        return true;
    }
    if serves(text, first, after) {
        return true;
    }
    match word(1) {
        "to" => word(2) == "according",
        "," => is_one_of(COMMENTATORS, word(2)),
        "by" => {
            (2..10).any(|back| matches!(word(back), "compiled" | "surveyed" | "polled" | "downgraded" | "upgraded"))
        }
        "at" | "with" | "for" | "from" | "of" => {
            let sentence = text.tokens.get(first).map(|token| token.sentence);
            let near = (2..12).map_while(|back| first.checked_sub(back));
            near.take_while(|&at| text.tokens.get(at).map(|token| token.sentence) == sentence)
                .take_while(|&at| !text.tokens[at].is('"') && !text.tokens[at].is('”'))
                .any(|at| is_one_of(COMMENTATORS, text.word(at)))
        }
        _ => false,
    }
}

/// Whether the company whose name begins at token `first`, and ends before `after`, serves another: "financed by X and Y",
/// "hired X to explore a sale", "X advised Y".
fn serves(text: &Text<'_>, first: usize, after: usize) -> bool {
    let word = |back: usize| first.checked_sub(back).map_or("", |at| text.word(at));
    let capital = |at: usize| text.tokens.get(at).is_some_and(Token::capital);
    let listed = |at: &usize| capital(*at) || matches!(text.word(*at), "," | "and" | "&" | "." | "by");
    let mut list = (first.saturating_sub(LONGEST_LIST)..first).rev().take_while(listed);
    let by = list.find(|&at| text.word(at) == "by");
    let hired = matches!(word(1), "hired" | "hires" | "retained");
    let sentence = text.tokens.get(first).map(|token| token.sentence);
    let rest = text.tokens.iter().skip(after).take(LONGEST_LIST).take_while(|token| Some(token.sentence) == sentence);
    by.and_then(|by| by.checked_sub(1)).is_some_and(|at| is_one_of(SERVICES, text.word(at)))
        || text.word(after) == "advised" && capital(after + 1)
        || hired && rest.into_iter().any(|token| is_one_of(ERRANDS, token.of(text.text)))
}

/// Whether stock or spokesmen follow the name that ends before token `last`, as only a company's own.
pub(super) fn is_owner(text: &Text<'_>, last: usize) -> bool {
    beside(text, last, 0).is_some_and(|after| is_one_of(AFTER_COMPANY, after.of(text.text)))
}

/// The word right before token `at` (`step` -1) or the token itself, where only white space lies between.
fn beside(text: &Text<'_>, at: usize, step: isize) -> Option<Token> {
    let here = at.checked_add_signed(step)?;
    let gap = text.tokens.get(at)?.gap;
    let token = text.tokens.get(here)?;
    (matches!(gap, Gap::Space | Gap::Line) && token.worded()).then_some(*token)
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}
