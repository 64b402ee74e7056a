//! Transcripts: who speaks in each turn of an earnings call or an interview.
//!
//! A line that names a speaker begins a turn ([`headers`]). Which lines do is settled for the text as a whole: one
//! line that looks like a speaker's is chance, several are a layout.

mod headers;

use std::ops::Range;

use rustc_hash::FxHashMap;

use self::headers::{Heading, Line};
use super::tokens::Text;
use crate::article::Section;

/// The fewest turns of a text that is a transcript.
const FEWEST: usize = 2;

/// How many participants of one surname are considered.
const NAMESAKES: usize = 30;

/// One line in so many begins a turn where names and colons do.
const SPARSEST: usize = 4;

/// One speaker's words, up to the next speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    /// The tokens of what is said.
    pub(super) words: Range<usize>,
    /// The tokens of the speaker's name at the head of the turn.
    pub(super) place: Range<usize>,
    /// Who speaks; nobody known where only "Q" and "A" tell.
    pub(super) speaker: Option<Participant>,
    /// The section it stands in, for an earnings call.
    pub(super) section: Option<Section>,
}

/// Somebody who takes part, as first printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Participant {
    /// The tokens of the name.
    pub(super) name: Range<usize>,
    /// The tokens of the role.
    pub(super) role: Option<Range<usize>>,
    /// The tokens of the organisation.
    pub(super) organization: Option<Range<usize>>,
    /// Whether this is an analyst who asks, by role or by the list of participants.
    pub(super) analyst: bool,
}

/// The turns of `text` before token `until`, in order; none when it is no transcript.
pub(super) fn turns(text: &Text<'_>, until: usize) -> Vec<Turn> {
    let lines: Vec<Line> = lines(text, until).map(|line| headers::read(text, line)).collect();
    let Some(layout) = Layout::of(text, &lines) else {
        return Vec::new();
    };
    let mut reader = Reader {
        text,
        layout,
        section: None,
        list: None,
        ended: false,
        known: Vec::new(),
        surnames: FxHashMap::default(),
        turns: Vec::new(),
        open: None,
    };
    for line in &lines {
        reader.take(line);
    }
    reader.close();
    reader.turns
}

/// The lines of `text` before token `until`, in tokens.
fn lines<'a>(text: &'a Text<'_>, until: usize) -> impl Iterator<Item = Range<usize>> + 'a {
    let ends = text.lines.iter().skip(1).map(|line| *line as usize).chain([text.tokens.len()]);
    let starts = text.lines.iter().map(|line| *line as usize);
    starts.zip(ends).map(move |(start, end)| start..end.min(until)).take_while(|line| !line.is_empty())
}

/// What begins a turn in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// A line of its own: `Name -- Title`, `Name, Company - Role`, `Operator`; a name of the participants' list.
    Lines,
    /// The head of a line: `Name: …`, `Q: …`, from this token on.
    Colons { from: usize },
}

impl Layout {
    fn of(text: &Text<'_>, lines: &[Line]) -> Option<Layout> {
        let count = |of: fn(&Heading) -> bool| lines.iter().filter(|line| of(&line.heading)).count();
        let dashed = count(|heading| matches!(heading, Heading::Titled { .. }));
        let operator = count(|heading| matches!(heading, Heading::Operator));
        if dashed >= FEWEST && (operator > 0 || spoken(lines)) || dashed > 0 && operator > 0 || operator > 1 {
            return Some(Layout::Lines);
        }
        Layout::colons(text, lines).map(|from| Layout::Colons { from })
    }

    /// The line from which on names and colons begin turns: that of the first of two who take turns. The fields of a
    /// form differ in every line, and captions repeat one name.
    fn colons(text: &Text<'_>, lines: &[Line]) -> Option<usize> {
        let head = |line: &Line| match &line.heading {
            Heading::Colon { name } => text.tokens.get(name.end - 1).map(|token| token.hash),
            _ => None,
        };
        let heads: Vec<(usize, u64)> =
            lines.iter().enumerate().filter_map(|(index, line)| Some((index, head(line)?))).collect();
        let (from, _) =
            *heads.windows(3).find(|three| three[0].1 == three[2].1 && three[0].1 != three[1].1)?.first()?;
        let after = heads.iter().filter(|(index, _)| *index >= from).count();
        (after * SPARSEST >= lines.len() - from).then(|| lines[from].tokens.start)
    }
}

/// Whether text follows the speakers' lines, as in a transcript and not in a list of names.
fn spoken(lines: &[Line]) -> bool {
    let titled = |line: &Line| matches!(line.heading, Heading::Titled { .. });
    let followed = lines.windows(2).filter(|pair| titled(&pair[0]) && matches!(pair[1].heading, Heading::Text));
    followed.count() >= FEWEST
}

struct Reader<'a> {
    text: &'a Text<'a>,
    layout: Layout,
    section: Option<Section>,
    /// The participants' list under way: whether it is the analysts'.
    list: Option<bool>,
    /// Whether nobody speaks any more.
    ended: bool,
    known: Vec<Participant>,
    /// Where in `known` those with a surname are.
    surnames: FxHashMap<u64, Vec<usize>>,
    turns: Vec<Turn>,
    /// The turn under way, its words empty so far or growing.
    open: Option<Turn>,
}

impl Reader<'_> {
    fn take(&mut self, line: &Line) {
        match (&line.heading, self.layout) {
            (Heading::Section(section), _) => {
                self.close();
                (self.section, self.list) = (Some(*section), None);
            }
            (Heading::List { analysts }, _) => {
                self.close();
                self.list = Some(*analysts);
            }
            (Heading::End, _) => {
                self.close();
                self.ended = !self.turns.is_empty();
            }
            _ if self.ended => (),
            (Heading::Operator | Heading::Name, Layout::Lines)
                if line.heading == Heading::Operator || self.listed(&line.tokens) =>
            {
                self.begin(self.plain(line.tokens.clone()), line.tokens.end);
            }
            (Heading::Titled { name, role, organization }, Layout::Lines) => {
                let participant = self.titled(name.clone(), role.clone(), organization.clone());
                self.begin(participant, line.tokens.end);
            }
            (Heading::Colon { name }, _) if self.begins(name) => {
                self.begin(self.plain(name.clone()), name.end + 1);
                self.grow(line.tokens.end);
            }
            _ => self.grow(line.tokens.end),
        }
    }

    /// Whether `name`, before a colon, begins a turn.
    fn begins(&self, name: &Range<usize>) -> bool {
        matches!(self.layout, Layout::Colons { from } if from <= name.start) || self.find(name).is_some()
    }

    /// Whether the line `name` names somebody: by an earlier line, or because a participants' list is under way.
    fn listed(&self, name: &Range<usize>) -> bool {
        self.list.is_some() || self.find(name).is_some()
    }

    fn plain(&self, name: Range<usize>) -> Participant {
        Participant { name, role: None, organization: None, analyst: self.list == Some(true) }
    }

    fn titled(
        &self,
        name: Range<usize>,
        role: Option<Range<usize>>,
        organization: Option<Range<usize>>,
    ) -> Participant {
        let analyst =
            role.clone().is_some_and(|mut role| role.any(|at| self.text.word(at).eq_ignore_ascii_case("analyst")));
        match self.list {
            // Analysts are listed with their firms, executives with their roles.
            Some(true) if organization.is_none() && !analyst => {
                Participant { name, role: None, organization: role, analyst: true }
            }
            _ => Participant { name, role, organization, analyst },
        }
    }

    /// Begins a turn of `speaker` whose words start at token `start`.
    fn begin(&mut self, speaker: Participant, start: usize) {
        self.close();
        let place = speaker.name.clone();
        let nameless = matches!(self.text.words(place.clone()), "Q" | "A");
        let speaker = if let Some(index) = self.find(&place) {
            let known = &mut self.known[index];
            known.role = known.role.take().or(speaker.role);
            known.organization = known.organization.take().or(speaker.organization);
            known.analyst |= speaker.analyst;
            known.clone()
        } else {
            self.surnames.entry(self.ends(&place).1).or_default().push(self.known.len());
            self.known.push(speaker.clone());
            speaker
        };
        self.open = Some(Turn { words: start..start, place, speaker: (!nameless).then_some(speaker), section: None });
    }

    /// Whether somebody of this name, or of this surname, was met before.
    fn find(&self, name: &Range<usize>) -> Option<usize> {
        let (first, last) = self.ends(name);
        let namesakes = self.surnames.get(&last)?.iter().take(NAMESAKES);
        namesakes.copied().find(|known| name.len() == 1 || self.ends(&self.known[*known].name).0 == first)
    }

    /// The numbers of a name's first and last word.
    fn ends(&self, name: &Range<usize>) -> (u64, u64) {
        let tokens = self.text.tokens.get(name.clone()).unwrap_or_default();
        (tokens.first().map_or(0, |token| token.hash), tokens.last().map_or(0, |token| token.hash))
    }

    /// Adds what comes up to token `end` to the turn under way.
    fn grow(&mut self, end: usize) {
        if let Some(turn) = &mut self.open {
            turn.words.end = end.max(turn.words.start);
        }
    }

    fn close(&mut self) {
        let Some(mut turn) = self.open.take().filter(|turn| !turn.words.is_empty()) else {
            return;
        };
        // Without a heading, the first question begins the second part.
        if turn.speaker.as_ref().is_some_and(|speaker| speaker.analyst) && self.section == Some(Section::Prepared) {
            self.section = Some(Section::Questions);
        }
        turn.section = self.section;
        self.turns.push(turn);
    }
}

#[cfg(test)]
mod tests;
