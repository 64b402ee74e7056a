//! Who the subject of an attributing verb is: the noun phrase before it, or after it when turned round.

use std::ops::Range;

use crate::extract::people::{Kind, Mention, People};
use crate::extract::tokens::{Shape, Text, Token, lexicon as is};

/// The most tokens between a subject and its verb, appositions included.
const REACH: usize = 40;

/// The most tokens of a description: "a person familiar with the matter".
pub(super) const DESCRIPTION: usize = 14;

/// A text with its names.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) people: &'a People,
}

/// Who is said to speak, in the words of this place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    /// The tokens that name the speaker.
    pub(super) place: Range<usize>,
    /// How they do.
    pub(super) form: Form,
    /// A description beside the name: "his lawyer, Jane Roe".
    pub(super) role: Option<Range<usize>>,
}

/// How a place refers to a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// By a name; the person where it is one.
    Name(Option<usize>),
    /// By a pronoun.
    Pronoun,
    /// By a description: "a spokesman for the bank".
    Description,
}

impl<'a> Scene<'a> {
    pub(super) fn token(&self, index: usize) -> Option<&'a Token> {
        self.text.tokens.get(index)
    }

    pub(super) fn is(&self, index: usize, mark: char) -> bool {
        self.token(index).is_some_and(|token| token.is(mark))
    }

    pub(super) fn any(&self, index: usize, classes: u64) -> bool {
        self.token(index).is_some_and(|token| token.any(classes))
    }

    pub(super) fn word(&self, index: usize) -> &'a str {
        self.text.word(index)
    }

    /// Whether token `index` is a verb that attributes, as far as its form tells.
    pub(super) fn cue(&self, index: usize) -> bool {
        let verb = self.token(index).is_some_and(|token| token.shape == Shape::Lower && token.any(is::CUE));
        let article = |index: usize| {
            matches!(self.word(index), "a" | "an" | "the" | "its" | "his" | "their" | "our" | "A" | "An" | "The")
        };
        verb && !(index > 0 && article(index - 1))
    }

    /// The subject whose verb stands at `verb`, sought back to token `from`.
    pub(super) fn subject_before(&self, verb: usize, from: usize) -> Option<Subject> {
        let from = from.max(verb.saturating_sub(REACH));
        let end = self.skip_back(verb, from);
        let last = end.checked_sub(1).filter(|last| *last >= from)?;
        let token = self.token(last)?;
        if token.any(is::RELATIVE) {
            return self.antecedent(last, from);
        }
        if token.is(',') || token.is('—') || token.is('–') {
            return self.across_apposition(last, from);
        }
        self.phrase_ending(end, from)
    }

    /// The subject that follows its verb: "said Priya Raman, chief executive". It begins at `first` or, after small
    /// adverbs, a little later.
    pub(super) fn subject_after(&self, first: usize, until: usize) -> Option<Subject> {
        let mut at = first;
        while at < until && self.any(at, is::ADVERB) && self.people.at(at).is_none() {
            at += 1;
        }
        self.phrase_beginning(at, until)
    }

    /// The subject with which the words from `from` begin, after "On Tuesday," and the like.
    pub(super) fn opener(&self, from: usize, until: usize) -> Option<Subject> {
        let mut first = from;
        while first < until && (self.any(first, is::CONJUNCTION | is::ADVERB) || !self.token(first)?.worded()) {
            first += 1;
        }
        if self.any(first, is::PREPOSITION) {
            first = (first..until).find(|index| self.is(*index, ','))? + 1;
        }
        self.phrase_beginning(first, until).filter(|subject| self.credible(subject))
    }

    /// Whether the verb at `verb` shares its subject with a verb before it: "rose and said".
    pub(super) fn shares(&self, verb: usize) -> bool {
        let before = (0..verb).rev().find(|index| !self.any(*index, is::ADVERB) || self.any(*index, is::CONJUNCTION));
        before.is_some_and(|before| matches!(self.word(before), "and" | "but" | "then" | "or"))
    }

    /// Passes back over adverbs, auxiliaries, negations, brackets, and when and where it was said, before a verb.
    fn skip_back(&self, verb: usize, from: usize) -> usize {
        let mut end = verb;
        while end > from {
            let Some(token) = self.token(end - 1) else { break };
            let small = token.any(is::ADVERB | is::AUXILIARY) || matches!(self.word(end - 1), "not" | "never" | "to");
            let small = small || token.shape == Shape::Lower && self.word(end - 1).ends_with("ly");
            if small && self.people.at(end - 1).is_none() && !token.any(is::ROLE) {
                end -= 1;
            } else {
                let before = self.before_bracket(end, from).min(self.before_occasion(end, from));
                if before == end {
                    break;
                }
                end = before;
            }
        }
        end
    }

    /// Where the bracket that ends before `end` begins; `end` where none does.
    fn before_bracket(&self, end: usize, from: usize) -> usize {
        if end <= from || !(self.is(end - 1, ')') || self.is(end - 1, ']')) {
            return end;
        }
        (from..end).rev().find(|index| self.is(*index, '(') || self.is(*index, '[')).unwrap_or(end)
    }

    /// The noun before "who" at `relative`.
    fn antecedent(&self, relative: usize, from: usize) -> Option<Subject> {
        if !matches!(self.word(relative), "who" | "which" | "that") {
            return None;
        }
        let end = if relative > from && self.is(relative - 1, ',') { relative - 1 } else { relative };
        self.phrase_ending(end, from)
    }

    /// The subject before an apposition that ends at the comma `comma`: "Luis Marquez, Avanta Bank’s treasurer, said".
    fn across_apposition(&self, comma: usize, from: usize) -> Option<Subject> {
        let comma_before = |at: &usize| self.is(*at, ',') || self.is(*at, '—') || self.is(*at, '–');
        let first = (from..comma).rev().find(comma_before);
        if let Some(first) = first {
            // "The bank’s chairman, Jonas Weil, said"
            let named = self.people.ending(comma).filter(|mention| mention.title == first + 1 && mention.human());
            let role = self.phrase_ending(first, from).filter(|role| role.form == Form::Description);
            let role = role.filter(|role| self.describes_person(&role.place));
            if let (Some(mention), Some(role)) = (named, role) {
                return Some(Subject { role: Some(role.place), ..named_by(mention) });
            }
        }
        let commas = (from..comma).rev().filter(comma_before);
        let named = commas.filter_map(|at| {
            let bare = self.before_bracket(at, from);
            self.people.ending(bare).filter(|mention| mention.human() && mention.title >= from)
        });
        // "Dana Okafor, the treasurer of Avanta, one of two banks, said": the person, not the bank.
        let person = named.clone().find(|mention| mention.person.is_some());
        if let Some(mention) = person.or_else(|| named.clone().next()) {
            return Some(self.head(mention, from));
        }
        self.phrase_ending(first.unwrap_or(comma), from).filter(|subject| subject.form == Form::Description)
    }

    /// The noun phrase whose last token is the one before `end`.
    fn phrase_ending(&self, end: usize, from: usize) -> Option<Subject> {
        let last = end.checked_sub(1).filter(|last| *last >= from)?;
        let token = self.token(last)?;
        if matches!(self.word(last), "him" | "them" | "me" | "us") {
            return None;
        }
        if token.any(is::PRONOUN | is::IT) && !token.any(is::RELATIVE) {
            return Some(Subject { place: last..end, form: Form::Pronoun, role: None });
        }
        if let Some(mention) = self.people.ending(end).filter(|mention| mention.first >= from) {
            return Some(self.head(mention, from));
        }
        self.description_ending(end, from)
    }

    /// The head of the phrase that ends in `mention`: the name itself, or "a spokesman for" it.
    fn head(&self, mention: &Mention, from: usize) -> Subject {
        let own = named_by(mention);
        let mut at = mention.title;
        while at > from && self.modifies(at - 1) {
            at -= 1;
        }
        // "Sam Ito of The Ledger"
        if mention.person.is_none() && at > from && self.any(at - 1, is::DETERMINER) {
            at -= 1;
        }
        let Some(link) = at.checked_sub(1).filter(|link| *link >= from && self.links(*link)) else {
            return own;
        };
        if let Some(before) = self.people.ending(link).filter(|before| before.human() && before.first >= from) {
            return if before.person.is_some() || mention.person.is_none() { named_by(before) } else { own };
        }
        match self.description_ending(mention.last, from) {
            Some(description) if self.describes(&(description.place.start..link)) => description,
            _ => own,
        }
    }

    /// Whether the words `words` name a role, a body or a document, and so can be what a name is attached to.
    pub(super) fn describes(&self, words: &Range<usize>) -> bool {
        words
            .clone()
            .any(|index| self.any(index, is::ROLE | is::BODY | is::DOCUMENT) && self.people.at(index).is_none())
    }

    /// Whether `subject` is somebody or something that can speak.
    pub(super) fn credible(&self, subject: &Subject) -> bool {
        match subject.form {
            Form::Name(_) => self.people.at(subject.place.start).is_none_or(|mention| mention.kind != Kind::Place),
            Form::Pronoun => true,
            Form::Description => self.describes(&subject.place),
        }
    }

    /// Whether `subject` reads like somebody: "analysts polled", "one of them"; not "raising fears" or "late last month".
    pub(super) fn plausible(&self, subject: &Subject) -> bool {
        let words = subject.place.clone();
        let plural = words.clone().any(|index| self.word(index).ends_with('s'));
        let begins = self.any(words.start, is::DETERMINER) || self.people.at(words.start).is_some();
        let verbal = self.word(words.start).ends_with("ing") || self.word(words.start).ends_with("ed");
        self.credible(subject) || subject.form == Form::Description && !verbal && (begins || plural && words.len() < 6)
    }

    pub(super) fn describes_person(&self, words: &Range<usize>) -> bool {
        words.clone().any(|index| self.any(index, is::ROLE))
    }

    /// Whether token `index`, in lower case, may stand between a preposition and a name: "presidential nominee".
    pub(super) fn modifies(&self, index: usize) -> bool {
        let Some(token) = self.token(index) else { return false };
        let function = is::PREPOSITION | is::CONJUNCTION | is::AUXILIARY | is::PRONOUN | is::RELATIVE;
        let small = token.shape == Shape::Lower && !token.any(function) && (!token.any(is::CUE) || token.any(is::ROLE));
        small
            || token.shape == Shape::Possessive
            || self.people.at(index).is_some()
                && self.text.tokens.get(index + 1).is_some_and(|next| next.shape == Shape::Possessive)
    }

    /// Whether token `index` ties a noun to what it belongs to.
    pub(super) fn links(&self, index: usize) -> bool {
        matches!(
            self.word(index),
            "of" | "for" | "at" | "from" | "with" | "in" | "on" | "to" | "inside" | "near" | "by"
        )
    }

    /// A description in lower case that ends before `end`: "people familiar with the matter".
    fn description_ending(&self, end: usize, from: usize) -> Option<Subject> {
        let from = from.max(end.saturating_sub(DESCRIPTION));
        let mut first = end;
        while first > from {
            let Some(token) = self.token(first - 1) else { break };
            if token.any(is::DETERMINER) {
                first -= 1;
                // "the chairman of the board" goes on before "of".
                if first > from + 1 && self.links(first - 1) && !linked_verb(self, first) {
                    first -= 1;
                    continue;
                }
                break;
            }
            let word = token.worded() && !token.any(is::CONJUNCTION | is::AUXILIARY | is::PRONOUN | is::RELATIVE);
            let verb =
                token.any(is::CUE) && !token.any(is::ROLE | is::BODY | is::DOCUMENT) && token.shape == Shape::Lower;
            let link = self.links(first - 1);
            if !(word && !verb && (link || !token.any(is::PREPOSITION))
                || token.shape == Shape::Possessive
                || token.is('-'))
            {
                break;
            }
            first -= 1;
        }
        while first < end && (self.any(first, is::PREPOSITION) || self.token(first).is_some_and(|t| !t.worded())) {
            first += 1;
        }
        (first < end).then_some(Subject { place: first..end, form: Form::Description, role: None })
    }
}

fn linked_verb(scene: &Scene<'_>, first: usize) -> bool {
    first < 2 || scene.any(first - 2, is::CUE) && !scene.any(first - 2, is::ROLE | is::BODY | is::DOCUMENT)
}

/// The subject that `mention` names.
pub(super) fn named_by(mention: &Mention) -> Subject {
    Subject { place: mention.first..mention.last, form: Form::Name(mention.person), role: None }
}
