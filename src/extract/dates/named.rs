//! Dates that a text names: `Feb. 4`, `fiscal 2025`, `Wednesday night`, `last month`.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::signs::{Sign, Signs};
use crate::extract::tokens::lexicon::{DATE, MONTH, WEEKDAY};
use crate::extract::tokens::{Gap, Shape, Text, Token};

/// Years that a text may name without being told that a number is a year.
const YEARS: Range<i16> = 1900..2100;

/// Any year with a 29 February.
const LEAP_YEAR: i16 = 2024;

/// The most bytes of `Q1` and `FY2025`.
const LONGEST_CODE: u32 = 6;

/// The most tokens before a weekday or a month in which a word puts it into the future.
const LOOK_BACK: usize = 10;

/// A date that a text names: its tokens, and what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    /// First token.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) last: usize,
    pub(super) what: What,
}

/// What the words of a date say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// `Feb. 4, 2025`, `Feb. 4`, `Feb. 4-5`.
    Days { year: Option<i16>, month: i8, first: i8, last: i8 },
    /// `January 2025`, `in January`.
    Month { year: Option<i16>, month: i8, lean: Lean },
    /// `in 2025`.
    Year(i16),
    /// `Wednesday night`.
    Weekday(Weekday, Lean),
    /// `yesterday` is one back, `tomorrow` one ahead.
    Day(i8),
    /// `last week`: so many before or after the one of publication.
    Week(i8),
    /// `next month`.
    Months(i8),
    /// `this year`.
    Years(i8),
    /// A quarter, a fiscal year, `the past year`: which days those are, each company or writer settles.
    Unsettled,
}

/// Which way from the day of publication a weekday or a month lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lean {
    /// That one or the latest before.
    Past,
    /// The one before (`last Wednesday`).
    Before,
    /// That one or the first after (`will report on Wednesday`).
    Future,
    /// The first after (`next Wednesday`).
    After,
}

/// Every date that `text` names before the byte `end`, in order and apart.
pub(super) fn scan(text: &Text<'_>, end: usize) -> Vec<Named> {
    let scanner = Scanner { text, tokens: &text.tokens, signs: Signs::all() };
    let mut named: Vec<Named> = Vec::new();
    for at in text.telling.iter().map(|at| *at as usize) {
        let token = &text.tokens[at];
        if token.start as usize >= end {
            break;
        }
        if named.last().is_some_and(|last| at < last.last) || !Scanner::may_begin(token) {
            continue;
        }
        named.extend(scanner.at(at, token).filter(|found| exists(found.what)));
    }
    named
}

/// Whether there are such days in any year: `Feb. 30` is no date.
fn exists(what: What) -> bool {
    match what {
        What::Days { year, month, last, .. } => Date::new(year.unwrap_or(LEAP_YEAR), month, last).is_ok(),
        _ => true,
    }
}

struct Scanner<'a> {
    text: &'a Text<'a>,
    tokens: &'a [Token],
    signs: &'static Signs,
}

impl Scanner<'_> {
    /// Whether a date may begin with `token`: most words of a text begin none.
    fn may_begin(token: &Token) -> bool {
        match token.shape {
            Shape::Mark | Shape::Possessive | Shape::Mixed => false,
            Shape::Number => true,
            Shape::Lower => token.any(DATE),
            Shape::Capitalised | Shape::AllCaps => {
                let is_short = token.end - token.start <= LONGEST_CODE;
                is_short || token.any(MONTH | WEEKDAY | DATE)
            }
        }
    }

    fn at(&self, at: usize, token: &Token) -> Option<Named> {
        match token.shape {
            Shape::Mark | Shape::Possessive | Shape::Mixed => None,
            Shape::Number => self.number(at),
            _ if token.capital() && token.any(MONTH) => self.month(at),
            _ if token.capital() && token.any(WEEKDAY) => self.weekday(at),
            _ => self.word(at, token),
        }
    }

    fn sign(&self, at: usize) -> Option<Sign> {
        self.signs.of(self.tokens.get(at)?.hash)
    }

    fn before(&self, at: usize) -> Option<Sign> {
        self.sign(at.checked_sub(1)?)
    }

    /// Whether the token at `at` begins a new line of its own.
    fn breaks(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.gap >= Gap::Blank)
    }

    /// The month that the token at `at` names.
    fn month_number(&self, at: usize) -> Option<i8> {
        let token = self.tokens.get(at).filter(|token| token.any(MONTH) && token.capital())?;
        month(token.of(self.text.text))
    }

    /// The year of four digits at `at`.
    fn year(&self, at: usize) -> Option<i16> {
        let token = self.tokens.get(at).filter(|token| token.shape == Shape::Number && token.end - token.start == 4)?;
        token.of(self.text.text).parse().ok().filter(|year| YEARS.contains(year))
    }

    /// The year behind a date, over a comma, and where it ends; `at` itself where there is none.
    fn year_after(&self, at: usize) -> (Option<i16>, usize) {
        let comma = self.tokens.get(at).is_some_and(|token| token.is(','));
        let place = at + usize::from(comma);
        match self.year(place) {
            Some(year) if !self.breaks(place) => (Some(year), place + 1),
            _ => (None, at),
        }
    }

    /// The days of a month that the number at `at` means: `4`, `4th`, `4-5`.
    fn days(&self, at: usize) -> Option<(i8, i8)> {
        let token = self.tokens.get(at).filter(|token| token.shape == Shape::Number)?;
        let word = token.of(self.text.text);
        let plain = |word: &str| {
            let digits = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd");
            let digits = digits.trim_end_matches("th");
            digits.parse().ok().filter(|day| digits.len() < 3 && (1..=31).contains(day))
        };
        let (first, last) = word.split_once(['-', '–']).unwrap_or((word, word));
        let (first, last) = (plain(first)?, plain(last)?);
        (first <= last).then_some((first, last))
    }

    /// `Feb. 4`, `Feb. 4, 2025`, `February 2025`, `in February`.
    fn month(&self, at: usize) -> Option<Named> {
        let month = self.month_number(at)?;
        let next = at + 1;
        if !self.breaks(next) {
            if let (Some((first, last)), false) = (self.days(next), self.counts(next + 1)) {
                let (year, end) = self.year_after(next + 1);
                return Some(Named { first: at, last: end, what: What::Days { year, month, first, last } });
            }
            if let (Some(year), end) = self.year_after(next) {
                return Some(Named {
                    first: at,
                    last: end,
                    what: What::Month { year: Some(year), month, lean: Lean::Past },
                });
            }
        }
        let led = matches!(self.before(at), Some(Sign::Leads | Sign::Last | Sign::This | Sign::Next));
        led.then(|| Named { first: at, last: next, what: What::Month { year: None, month, lean: self.lean(at) } })
    }

    /// Whether what follows a number says that it counts something.
    fn counts(&self, at: usize) -> bool {
        self.sign(at) == Some(Sign::Counted) || self.tokens.get(at).is_some_and(|token| token.is('%') || token.is('/'))
    }

    fn weekday(&self, at: usize) -> Option<Named> {
        let token = self.tokens.get(at)?;
        let word = token.of(self.text.text);
        // "Sun" and "Sat" are other words too.
        if word.len() < 6 && !word.ends_with('.') {
            return None;
        }
        let weekday = weekday(word)?;
        let comma = self.tokens.get(at + 1).is_some_and(|token| token.is(','));
        let date = at + 1 + usize::from(comma);
        if !self.breaks(date)
            && let Some(found) = self.month(date).or_else(|| self.number(date))
            && matches!(found.what, What::Days { .. })
        {
            return Some(Named { first: at, ..found });
        }
        if self.before(at) == Some(Sign::Name) || self.sign(at + 1) == Some(Sign::Name) {
            return None;
        }
        let last = at + 1 + usize::from(self.sign(at + 1) == Some(Sign::PartOfDay));
        Some(Named { first: at, last, what: What::Weekday(weekday, self.lean(at)) })
    }

    /// Which way a weekday or a month without a year lies.
    fn lean(&self, at: usize) -> Lean {
        match self.before(at) {
            Some(Sign::Last) => Lean::Before,
            Some(Sign::Next) => Lean::After,
            _ if self.ahead(at) => Lean::Future,
            _ => Lean::Past,
        }
    }

    /// Whether a word before the token at `at`, in its sentence, puts it into the future: `will`, `set to`.
    fn ahead(&self, at: usize) -> bool {
        let sentence = self.tokens[at].sentence;
        let near = (at.saturating_sub(LOOK_BACK)..at).rev();
        let mut same = near.take_while(|near| self.tokens[*near].sentence == sentence);
        same.any(|near| match self.sign(near) {
            Some(Sign::Ahead) => true,
            Some(Sign::Set) => matches!(self.text.word(near + 1), "to" | "for"),
            _ => false,
        })
    }

    /// `4 February 2025`, `2025-02-04`, `13/2/2025`, `in 2025`.
    fn number(&self, at: usize) -> Option<Named> {
        if let Some(date) = self.iso(at).or_else(|| self.slashed(at)) {
            let width = if self.tokens[at].end - self.tokens[at].start == 10 { 1 } else { 5 };
            let what = What::Days { year: Some(date.year()), month: date.month(), first: date.day(), last: date.day() };
            return Some(Named { first: at, last: at + width, what });
        }
        if let Some(year) = self.year(at) {
            if is_quarter(self.text.word(at + 1)) {
                return Some(Named { first: at, last: at + 2, what: What::Unsettled });
            }
            return self.year_alone(at, year);
        }
        let between = self.tokens.get(at + 1).is_some_and(|token| token.is('.')) || self.sign(at + 1) == Some(Sign::Of);
        let place = at + 1 + usize::from(between);
        let month = self.month_number(place).filter(|_| !self.breaks(place))?;
        let (first, last) = self.days(at)?;
        let (year, end) = self.year_after(place + 1);
        Some(Named { first: at, last: end, what: What::Days { year, month, first, last } })
    }

    fn iso(&self, at: usize) -> Option<Date> {
        let token = self.tokens.get(at).filter(|token| token.end - token.start == 10)?;
        token.of(self.text.text).parse().ok()
    }

    /// Only where one order of day and month is possible.
    fn slashed(&self, at: usize) -> Option<Date> {
        let [_, slash, b, again, y] = self.tokens.get(at..at + 5)? else {
            return None;
        };
        let glued = |token: &Token| token.gap == Gap::None;
        if !(slash.is('/') && again.is('/') && [slash, b, again, y].into_iter().all(glued)) {
            return None;
        }
        let ((a, _), (b, _)) = (self.days(at)?, self.days(at + 2)?);
        let year = self.year(at + 4)?;
        match (a > 12, b > 12) {
            (true, false) => Date::new(year, b, a).ok(),
            (false, true) => Date::new(year, a, b).ok(),
            _ => None,
        }
    }

    fn year_alone(&self, at: usize, year: i16) -> Option<Named> {
        if self.counts(at + 1) {
            return None;
        }
        // "The year 2000" names one; "last year 2,000 people" has a comma.
        let led = matches!(self.before(at), Some(Sign::Leads | Sign::LeadsYear | Sign::Of | Sign::YearUnit));
        led.then_some(Named { first: at, last: at + 1, what: What::Year(year) })
    }

    /// Dates that begin with an ordinary word: `fiscal 2025`, `last week`, `Q1 2025`, `yesterday`.
    fn word(&self, at: usize, token: &Token) -> Option<Named> {
        let named = |last, what| Some(Named { first: at, last, what });
        match self.signs.of(token.hash) {
            None if token.capital() => self.code(at, token),
            Some(Sign::Yesterday) => named(at + 1, What::Day(-1)),
            Some(Sign::Tomorrow) => named(at + 1, What::Day(1)),
            Some(Sign::Fiscal) => {
                let year = at + 1 + usize::from(self.sign(at + 1) == Some(Sign::YearUnit));
                self.year(year).and_then(|_| named(year + 1, What::Unsettled))
            }
            Some(Sign::OrdinalQuarter) => named(self.of_year(at + 1), What::Unsettled),
            Some(Sign::Ordinal) if self.sign(at + 1) == Some(Sign::Quarter) => {
                named(self.of_year(at + 2), What::Unsettled)
            }
            // "The last year" are twelve months, "last year" is the one of the calendar.
            Some(Sign::Past) => self.unit(at + 1).and_then(|_| named(at + 2, What::Unsettled)),
            Some(Sign::Last) if self.before(at) == Some(Sign::The) => {
                self.unit(at + 1).and_then(|_| named(at + 2, What::Unsettled))
            }
            Some(sign @ (Sign::Last | Sign::This | Sign::Next)) => {
                let steps = match sign {
                    Sign::Last => -1,
                    Sign::Next => 1,
                    _ => 0,
                };
                match self.sign(at + 1)? {
                    Sign::Week => named(at + 2, What::Week(steps)),
                    Sign::MonthUnit => named(at + 2, What::Months(steps)),
                    Sign::YearUnit => named(at + 2, What::Years(steps)),
                    Sign::Quarter => named(at + 2, What::Unsettled),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The unit of time at `at`.
    fn unit(&self, at: usize) -> Option<Sign> {
        self.sign(at).filter(|sign| matches!(sign, Sign::Week | Sign::MonthUnit | Sign::YearUnit | Sign::Quarter))
    }

    /// `Q1`, `Q1 2025`, `FY2025`, `FY25`.
    fn code(&self, at: usize, token: &Token) -> Option<Named> {
        if token.end - token.start > LONGEST_CODE {
            return None;
        }
        let word = token.of(self.text.text);
        let quarter = is_quarter(word);
        let digits = word.strip_prefix("FY").unwrap_or_default();
        let year = matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
        let last = if quarter { self.of_year(at + 1) } else { at + 1 };
        (quarter || year).then_some(Named { first: at, last, what: What::Unsettled })
    }

    /// Where a quarter ends that may be followed by its year: `of 2024`, `of fiscal 2024`, `2024`.
    fn of_year(&self, at: usize) -> usize {
        let mut next = at;
        for word in [Sign::Of, Sign::Fiscal, Sign::YearUnit] {
            next += usize::from(self.sign(next) == Some(word));
        }
        if self.year(next).is_some() && !self.breaks(next) { next + 1 } else { at }
    }
}

fn is_quarter(word: &str) -> bool {
    matches!(word, "Q1" | "Q2" | "Q3" | "Q4")
}

/// The month whose English name begins like `word`.
pub(super) fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?;
    let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(start))?;
    i8::try_from(at + 1).ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let start = word.get(..3)?;
    let at = WEEKDAYS.iter().position(|weekday| weekday.eq_ignore_ascii_case(start))?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}
