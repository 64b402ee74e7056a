//! What a line of a transcript is: a speaker's name, a section's heading, or text.

use std::ops::Range;

use crate::article::Section;
use crate::extract::tokens::{Gap, Shape, Text, lexicon as is};

/// The most tokens of a speaker's name.
const LONGEST_NAME: usize = 6;

/// The most tokens of a line that names a speaker and a title.
const LONGEST_LINE: usize = 40;

/// A line and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) tokens: Range<usize>,
    pub(super) heading: Heading,
}

/// What a line is, by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    /// `Name -- Title`, `Name -- Company -- Analyst`, `Name, Company - Role`, `Name - Role`
    Titled { name: Range<usize>, role: Option<Range<usize>>, organization: Option<Range<usize>> },
    /// `Operator`
    Operator,
    /// A name and nothing else.
    Name,
    /// `Name: …`
    Colon { name: Range<usize> },
    /// `Prepared Remarks:`, `Questions and Answers:`, `Presentation`
    Section(Section),
    /// `Company Participants`, `Analysts`: names follow, one a line.
    List { analysts: bool },
    /// `Call participants:`, `Duration: 62 minutes`: nobody speaks after it.
    End,
    /// Anything else.
    Text,
}

/// Headings of sections, lists and ends, in lower case.
const HEADINGS: &[(&str, Heading)] = &[
    ("prepared remarks", Heading::Section(Section::Prepared)),
    ("presentation", Heading::Section(Section::Prepared)),
    ("presentation section", Heading::Section(Section::Prepared)),
    ("management discussion section", Heading::Section(Section::Prepared)),
    ("questions and answers", Heading::Section(Section::Questions)),
    ("questions & answers", Heading::Section(Section::Questions)),
    ("question and answer", Heading::Section(Section::Questions)),
    ("question-and-answer", Heading::Section(Section::Questions)),
    ("question and answer session", Heading::Section(Section::Questions)),
    ("question-and-answer session", Heading::Section(Section::Questions)),
    ("q&a", Heading::Section(Section::Questions)),
    ("q&a session", Heading::Section(Section::Questions)),
    ("executives", Heading::List { analysts: false }),
    ("company participants", Heading::List { analysts: false }),
    ("corporate participants", Heading::List { analysts: false }),
    ("analysts", Heading::List { analysts: true }),
    ("conference call participants", Heading::List { analysts: true }),
    ("other participants", Heading::List { analysts: true }),
    ("call participants", Heading::End),
];

/// Reads the line of `tokens`.
pub(super) fn read(text: &Text<'_>, tokens: Range<usize>) -> Line {
    let heading = heading(text, &tokens);
    Line { tokens, heading }
}

fn heading(text: &Text<'_>, line: &Range<usize>) -> Heading {
    let is = |index: usize, mark: char| text.tokens.get(index).is_some_and(|token| token.is(mark));
    if !text.tokens[line.start].worded() {
        return Heading::Text;
    }
    let mut end = line.end;
    if is(end - 1, ':') {
        end -= 1;
    }
    if let Some(heading) = listed(text, line.start..end) {
        return heading;
    }
    let name = name(text, line.start..end.min(line.start + LONGEST_NAME + 1));
    let colon = name.clone().filter(|name| is(name.end, ':') && name.end < line.end);
    if let Some(name) = colon {
        return Heading::Colon { name };
    }
    if line.len() > LONGEST_LINE || is(line.end - 1, '.') {
        return Heading::Text;
    }
    match name {
        Some(name) if name.end == line.end => Heading::Name,
        Some(name) => titled(text, line, name),
        None => Heading::Text,
    }
}

/// The heading that consists of these words, if one does.
fn listed(text: &Text<'_>, words: Range<usize>) -> Option<Heading> {
    if words.len() == 1 && text.word(words.start).eq_ignore_ascii_case("operator") {
        return Some(Heading::Operator);
    }
    let line = text.words(words);
    if line.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("duration:")) {
        return Some(Heading::End);
    }
    HEADINGS.iter().find(|(listed, _)| line.eq_ignore_ascii_case(listed)).map(|(_, heading)| heading.clone())
}

/// The name at the beginning of `line`: capitalised words only.
fn name(text: &Text<'_>, line: Range<usize>) -> Option<Range<usize>> {
    let first = line.start;
    let mut end = first;
    while end < line.end {
        let token = &text.tokens[end];
        let beside = end == first || token.gap == Gap::Space;
        let inner = end > first && (token.any(is::PARTICLE) || text.tokens[end - 1].any(is::PARTICLE));
        let nick = end > first && (token.is('"') || token.is('“') || token.is('”') || token.is('(') || token.is(')'));
        let unknown = end > first
            && matches!(
                text.word(end),
                "speaker" | "analyst" | "participant" | "executive" | "representative" | "company"
            );
        // "A." may be an initial.
        let small = token.any(is::DETERMINER | is::PRONOUN | is::PREPOSITION) && token.end - token.start > 2;
        let letter = token.capital() && !small;
        if !(beside && (letter || inner || unknown) || nick) {
            break;
        }
        end += 1;
    }
    (first < end && end - first <= LONGEST_NAME).then_some(first..end)
}

/// A name with a title after a dash.
fn titled(text: &Text<'_>, line: &Range<usize>, name: Range<usize>) -> Heading {
    let tokens = &text.tokens;
    let dash = |index: &usize| {
        let token = &tokens[*index];
        let long = token.is('—') || token.is('–');
        let spaced = token.is('-')
            && token.gap == Gap::Space
            && tokens.get(index + 1).is_some_and(|next| next.gap == Gap::Space);
        long || spaced
    };
    let Some(first) = (name.end..line.end).find(dash).filter(|first| first + 1 < line.end) else {
        return Heading::Text;
    };
    if first > name.end {
        // "Name, Company - Role"
        let company = tokens[name.end].is(',')
            && tokens.get(name.end + 1).is_some_and(|token| token.capital() || token.shape == Shape::Number);
        // Verbs of speech and quotation marks belong to a sentence, not to a company.
        let sentence = tokens[name.end..first].iter().any(|token| token.any(is::CUE) || token.is('“') || token.is('"'));
        if !company || sentence {
            return Heading::Text;
        }
        return Heading::Titled { organization: Some(name.end + 1..first), role: Some(first + 1..line.end), name };
    }
    match (first + 1..line.end).rev().find(dash).filter(|second| second + 1 < line.end) {
        Some(second) => {
            Heading::Titled { organization: Some(first + 1..second), role: Some(second + 1..line.end), name }
        }
        None if !tokens[first + 1].capital() && tokens[first + 1].shape != Shape::Mixed => Heading::Text,
        None => Heading::Titled { role: Some(first + 1..line.end), organization: None, name },
    }
}
