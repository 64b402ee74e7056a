//! Who is meant: pronouns, and quotations that name nobody.

use std::ops::Range;

use super::frames::Frame;
use super::subject::{Form, Scene, Subject};
use crate::extract::people::{Gender, Kind, Mention};
use crate::extract::tokens::{Shape, Token, lexicon as is};

/// A speaker, found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Voice {
    /// A person of the text.
    Person(usize),
    /// Whoever these tokens name or describe, and the body that "the company" or "a spokesman" belongs to.
    Words(Range<usize>, Option<Range<usize>>),
}

/// Who was spoken of last, as far as the text was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Voices {
    /// Who spoke last, and in which paragraph.
    pub(super) last: Option<(Voice, usize)>,
    /// Whom "he" would mean.
    he: Option<usize>,
    /// Whom "she" would mean.
    she: Option<usize>,
    /// Which body "it" would mean, by its tokens.
    it: Option<Range<usize>>,
    /// Whom the last sentence of narration is about.
    topic: Option<Topic>,
    /// Somebody who began a sentence, with a name of which nothing shows that it is a person's.
    perhaps: Option<usize>,
    /// Persons who have spoken, and so are persons.
    heard: Vec<usize>,
}

/// Whom a sentence of narration is about.
#[derive(Debug, Clone, Copy)]
struct Topic {
    person: usize,
    paragraph: usize,
    /// Whether it says that somebody spoke or wrote, without saying what.
    announces: bool,
}

impl Voices {
    /// Whom `subject`, found in `frame`, means.
    pub(super) fn resolve(&self, scene: &Scene<'_>, frame: &Frame, subject: &Subject) -> Option<Voice> {
        match subject.form {
            Form::Name(Some(person)) => Some(Voice::Person(person)),
            Form::Name(None) => Some(Voice::Words(subject.place.clone(), None)),
            Form::Description => Some(Voice::Words(subject.place.clone(), self.body(scene, &subject.place))),
            Form::Pronoun => self.pronoun(scene, frame, subject.place.start),
        }
    }

    /// The body that a description names or means: "a spokesman for Teller Motors", "the company".
    fn body(&self, scene: &Scene<'_>, words: &Range<usize>) -> Option<Range<usize>> {
        let named = scene.people.within(words.clone()).iter().rev().find(|mention| mention.kind != Kind::Place);
        let meant = scene.any(words.end - 1, is::BODY | is::ROLE).then(|| self.it.clone()).flatten();
        named.map(|mention| mention.first..mention.last).or(meant)
    }

    fn pronoun(&self, scene: &Scene<'_>, frame: &Frame, at: usize) -> Option<Voice> {
        let token = scene.token(at)?;
        let gender = match () {
            () if token.any(is::MALE) => Gender::Male,
            () if token.any(is::FEMALE) => Gender::Female,
            () if token.any(is::IT) => return self.it.clone().map(|body| Voice::Words(body, None)),
            () if scene.word(at).eq_ignore_ascii_case("they") => return self.they(),
            () => return self.last.as_ref().map(|(voice, _)| voice.clone()),
        };
        let here = self.first_person(scene, scene.people.within(frame.tokens.start..at), gender);
        let before = if gender == Gender::Male { self.he } else { self.she };
        here.or(before).or(self.perhaps).map(Voice::Person)
    }

    /// "They" are whoever spoke last, unless that was one person.
    fn they(&self) -> Option<Voice> {
        self.last.as_ref().map(|(voice, _)| voice.clone()).filter(|voice| matches!(voice, Voice::Words(..)))
    }

    /// The first person of `mentions` outside quotation marks whose gender may be `gender`.
    fn first_person(&self, scene: &Scene<'_>, mentions: &[Mention], gender: Gender) -> Option<usize> {
        let mut persons = mentions.iter().filter(|mention| !scene.marked(mention.first)).filter_map(|mention| {
            let index = mention.person?;
            let person = &scene.people.persons[index];
            let owner = scene.text.tokens.get(mention.last).is_some_and(|next| next.shape == Shape::Possessive);
            (person.sure || self.heard.contains(&index)).then_some((index, person.gender, owner))
        });
        let fits = |of: Gender| gender == Gender::Unknown || of == Gender::Unknown || of == gender;
        let first = persons.find(|(_, of, owner)| !owner && fits(*of));
        first.map(|(index, ..)| index)
    }

    /// Remembers who spoke in `frame`.
    pub(super) fn spoke(&mut self, scene: &Scene<'_>, frame: &Frame, voice: &Voice) {
        self.last = Some((voice.clone(), frame.paragraph));
        match voice {
            Voice::Person(person) => {
                if !self.heard.contains(person) {
                    self.heard.push(*person);
                }
                self.focus(scene, *person);
            }
            Voice::Words(words, _) => {
                let body = scene.people.at(words.start).is_some_and(|mention| mention.kind == Kind::Body);
                if body {
                    self.it = Some(words.clone());
                }
            }
        }
    }

    /// Remembers whom the narration of `frame` is about.
    pub(super) fn read(&mut self, scene: &Scene<'_>, frame: &Frame) {
        let mentions = scene.people.within(frame.tokens.clone());
        if mentions.is_empty() {
            return;
        }
        let first = frame.tokens.clone().find(|index| scene.token(*index).is_some_and(Token::worded));
        let subject = first.filter(|first| scene.any(*first, is::PRONOUN)).map(|first| scene.token(first));
        let genders = [(Gender::Male, is::MALE), (Gender::Female, is::FEMALE)];
        for (gender, class) in genders {
            // "He cited Jones": he goes on being whom it is about.
            if subject.flatten().is_some_and(|token| token.any(class)) {
                continue;
            }
            if let Some(person) = self.first_person(scene, mentions, gender) {
                match gender {
                    Gender::Male => self.he = Some(person),
                    _ => self.she = Some(person),
                }
            }
        }
        if let Some(person) = self.first_person(scene, mentions, Gender::Unknown) {
            let announces = frame.quoted.is_empty() && frame.tokens.clone().any(|index| scene.cue(index));
            self.topic = Some(Topic { person, paragraph: frame.paragraph, announces });
        }
        let opening =
            mentions.first().filter(|mention| Some(mention.title) == first && mention.last - mention.first > 1);
        self.perhaps = opening.filter(|mention| mention.kind == Kind::Unknown).and_then(|m| m.person).or(self.perhaps);
        let body = |mention: &&Mention| {
            let code = mention.first > 0 && scene.is(mention.first - 1, '(');
            mention.kind == Kind::Body && !code && !scene.marked(mention.first)
        };
        if let Some(body) = mentions.iter().find(body) {
            self.it = Some(body.first..body.last);
        }
    }

    fn focus(&mut self, scene: &Scene<'_>, person: usize) {
        let gender = scene.people.persons[person].gender;
        if gender != Gender::Female {
            self.he = Some(person);
        }
        if gender != Gender::Male {
            self.she = Some(person);
        }
        self.topic = None;
    }

    /// Who goes on speaking in a quotation of `frame` that names nobody.
    pub(super) fn carried(&self, frame: &Frame) -> Option<Voice> {
        let topic = self.topic.filter(|topic| {
            topic.paragraph == frame.paragraph || topic.announces && topic.paragraph + 1 == frame.paragraph
        });
        let topic = topic.map(|topic| Voice::Person(topic.person));
        topic.or_else(|| self.last.as_ref().map(|(voice, _)| voice.clone()))
    }
}
