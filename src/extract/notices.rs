//! Notices: where the article ends and its small print begins.
//!
//! Contact lines, credits, syndication and copyright notices, disclosures and newsletter footers name companies
//! and people that the article is not about. They stay searchable and yield no ticker, speaker or date.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, StartKind};

/// Openings that no line of a story has. Compared in lower case, typographic marks folded.
const OPENINGS: &[&str] = &[
    "the views and opinions expressed",
    "views and opinions expressed",
    "the opinions expressed",
    "opinions expressed in this",
    "the views expressed",
    "on the date of publication",
    "this story was provided by",
    "this article was provided by",
    "this article is provided",
    "this content was provided",
    "this article was originally",
    "this article originally appeared",
    "this story was originally",
    "this story originally appeared",
    "this article was generated",
    "this story was generated",
    "this article first appeared",
    "this press release was",
    "originally published on",
    "republished with permission",
    "reprinted with permission",
    "distributed by ",
    "syndicated by ",
    "copyright 1",
    "copyright 2",
    "copyright (c)",
    "copyright ©",
    "(c) copyright",
    "©",
    "all rights reserved",
    "disclaimer",
    "disclosure:",
    "editorial disclosure",
    "editor's note: this",
    "full disclosure",
    "forward-looking statement",
    "safe harbor",
    "cautionary note",
    "cautionary statement",
    "no recommendation or advice",
    "past performance is no",
    "past performance does not",
    "this material is being provided for",
    "this article is for informational",
    "this is for informational",
    "nothing in this article",
    "information in this article",
    "contact:",
    "contacts:",
    "contact us",
    "media contact",
    "press contact",
    "investor contact",
    "investor relations contact",
    "company contact",
    "media inquiries",
    "media enquiries",
    "media relations:",
    "investor relations:",
    "for media inquiries",
    "for further information, please",
    "for more information, please contact",
    "for more information contact",
    "for more information, contact",
    "to contact the reporter",
    "to contact the author",
    "to contact the editor",
    "reach the reporter",
    "reach the author",
    "write to ",
    "sign up for",
    "sign up to",
    "subscribe to",
    "subscribe now",
    "get the latest",
    "follow us on",
    "follow the author",
    "download our app",
    "you are receiving this",
    "unsubscribe",
    "to unsubscribe",
    "manage your subscription",
    "manage preferences",
    "view this email",
    "click here to",
    "click to get this free",
    "to read this article on",
    "to view this article",
    "want the latest recommendations from",
    "zacks investment research",
    "free report:",
    "more from ",
    "read more from",
    "related articles",
    "related stories",
    "related reading",
    "recommended reading",
    "read next",
    "should you invest $",
    "should you buy stock in",
    "where to invest $",
    "before you buy stock in",
    "before you consider",
    "the motley fool stock advisor analyst team",
    "stock advisor provides investors",
    "stock advisor returns as of",
    "returns as of",
    "the motley fool has ",
    "the motley fool owns",
    "the motley fool recommends",
    "when our analyst team has a stock tip",
    "the author has no position",
    "the author does not hold",
    "i have no positions in",
    "i/we have no",
    "our standards:",
    "reporting by ",
    "additional reporting by",
    "writing by ",
    "editing by ",
    "compiled by ",
    "with assistance from",
    "with assistance by",
    "(reporting by",
    "(additional reporting",
    "(editing by",
    "(writing by",
    "(compiled by",
    "(reporting ",
    "((",
    "end of story",
    "end-",
];

/// Words that make a line a notice wherever in it they stand. Compared as the openings are.
const INSIDE: &[&str] = &[
    "has no position in any",
    "have no position in any",
    "has no positions in",
    "have no positions in",
    "does not have a position in any",
    "had a position in any of the securities",
    "has positions in and recommends",
    "has a disclosure policy",
    "owns shares of and recommends",
    "positions in the securities mentioned",
    "do not necessarily reflect",
    "does not necessarily reflect",
    "does not provide investment advice",
    "not intended as investment advice",
    "does not constitute investment advice",
    "should not be construed as",
    "free stock analysis report",
    "all rights reserved",
    "may not be published, broadcast",
    "appeared first on ",
    "terms of use",
    "privacy policy",
    "member of the motley fool's board",
];

/// Credits that end a paragraph of a wire story without a line of their own.
const CREDITS: &[&str] = &[
    "(Reporting by ",
    "(Reporting and ",
    "(Additional reporting",
    "(Additional Reporting",
    "(Writing by ",
    "(Editing by ",
    "(Compiled by ",
    "(Reporting ",
];

/// Lines that are neither story nor notice may stand between two notices: links, headings, a sender's name.
const LONGEST_GAP: usize = 4;

/// The most bytes of such a line.
const LONGEST_NEUTRAL: usize = 240;

/// The most characters of a line that are compared with the openings.
const LONGEST_OPENING: usize = 64;

/// The most bytes of a line that words inside it can make a notice.
const LONGEST_NOTICE: usize = 1_200;

/// Finds where the notices at the end of `body` begin: a character boundary, the length of `body` when it has none.
///
/// Only what is followed by nothing but notices, or by a few short lines between them, counts: a contact line in
/// the middle of a story ends nothing.
pub fn start(body: &str) -> usize {
    let mut first = body.len();
    let mut end = body.len();
    let mut gap = 0;
    while end > 0 {
        let start = memchr::memrchr(b'\n', &body.as_bytes()[..end]).map_or(0, |at| at + 1);
        let line = &body[start..end];
        if is_notice(line) {
            first = start;
            gap = 0;
        } else if !line.trim().is_empty() {
            gap += 1;
            if gap > LONGEST_GAP || line.len() > LONGEST_NEUTRAL {
                break;
            }
        }
        end = start.saturating_sub(1);
    }
    credit(body, first)
}

/// Moves the start back to a credit in brackets that closes the last paragraph before `first`.
fn credit(body: &str, first: usize) -> usize {
    let before = body[..first].trim_end();
    let line = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
    let opens_credit = |at: &usize| CREDITS.iter().any(|credit| before[line + at..].starts_with(credit));
    let Some(at) = memchr::memchr_iter(b'(', &before.as_bytes()[line..]).find(opens_credit) else {
        return first;
    };
    // A credit may hold brackets of its own, but nothing follows it.
    if before.ends_with(')') || before.len() - line - at < LONGEST_NEUTRAL { line + at } else { first }
}

/// Whether `line` is a notice by its opening or by words in it.
fn is_notice(line: &str) -> bool {
    static WORDS: OnceLock<Option<Words>> = OnceLock::new();
    let is_bullet = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '•' | '-' | '–' | '—' | '>' | '#');
    let line = line.trim_start_matches(is_bullet).trim_end();
    if line.is_empty() || line.len() > LONGEST_NOTICE {
        return false;
    }
    WORDS.get_or_init(Words::new).as_ref().is_some_and(|words| words.open(line) || words.inside.is_match(line))
}

/// What tells a notice, as automata that read a line once.
struct Words {
    openings: AhoCorasick,
    inside: AhoCorasick,
}

impl Words {
    /// `None` where there is no memory for them.
    fn new() -> Option<Words> {
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA));
        let inside = builder.build(INSIDE).ok()?;
        let openings = builder.start_kind(StartKind::Anchored).build(OPENINGS).ok()?;
        Some(Words { openings, inside })
    }

    /// Whether `line` begins with one of the openings.
    fn open(&self, line: &str) -> bool {
        let end = line.char_indices().nth(LONGEST_OPENING).map_or(line.len(), |(at, _)| at);
        let start = &line[..end];
        let opens = |text: &str| self.openings.is_match(Input::new(text).anchored(Anchored::Yes));
        if start.contains('’') { opens(&start.replace('’', "'")) } else { opens(start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The story and the notices are told apart at `|`.
    fn check(marked: &str) {
        let body = marked.replacen('|', "", 1);
        let expected = marked.find('|').unwrap_or(body.len());
        assert_eq!(start(&body), expected, "{:?}", &body[start(&body)..]);
    }

    #[test]
    fn disclosures_and_syndication_end_the_story() {
        check(
            "Shares rose.\n|Jane Roe has no position in any of the stocks mentioned.\nThe Motley Fool has a disclosure policy.",
        );
        check(
            "Shares rose.\n\n|This story was provided by Example Wire.\n\n© 2025 Example Wire. All rights reserved.\n",
        );
        check("Shares rose.\n|Contact: Jane Roe, jane@example.com\nNorthwind Robotics\n+1 555 0100\nCopyright 2025");
        check(
            "Shares rose.\n|Northwind Robotics (NWRB) : Free Stock Analysis Report\nTo read this article on Example click here.\nThe views and opinions expressed herein are the author’s.",
        );
    }

    #[test]
    fn a_credit_ends_its_paragraph() {
        check("Shares rose on Monday. |(Reporting by Jane Roe in Oslo; Editing by Max Moe (London))");
        check("Shares rose (more than others).\n|(Additional reporting by Jane Roe)\n((jane@example.com;))\n");
    }

    #[test]
    fn a_story_without_notices_runs_to_its_end() {
        check("");
        check("Shares rose.\nThe company disclosed no figures.");
        check(
            "Contact: the film opened on Friday.\nIts studio's shares rose by a fifth on the day.\nThey fell on the next.\nNobody knew why.\nThen they rose.\nAnd fell.",
        );
        check("Copyright holders sued the company in a federal court.");
    }

    #[test]
    fn text_of_any_script_is_cut_on_a_character() {
        check("株価が上昇した。\n|© 2025 例");
        check("«Ça va»\n|Media contact: Zoë");
    }
}
