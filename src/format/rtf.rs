//! Rich Text Format.

use encoding_rs::{Encoding, WINDOWS_1252};
use std::mem;

use crate::article::Article;
use crate::corpus::Source;

use super::{Context, Each, Format, Record, Refusal, blank, bylines, databases, decode, read, text};

/// Groups that hold no text of the document.
const LEFT_OUT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "themedata",
    "datastore",
    "listtable",
    "listoverridetable",
    "generator",
    "xmlnstbl",
    "revtbl",
    "rsidtbl",
    "mmathPr",
    "latentstyles",
    "annotation",
    "atnid",
    "atnauthor",
    "operator",
    "comment",
    "category",
    "company",
    "keywords",
    "subject",
    "manager",
    "hlinkbase",
    "creatim",
    "revtim",
    "printim",
    "buptim",
    "doccomm",
];

/// Rich Text Format.
#[derive(Debug)]
pub(super) struct Rtf;

impl Format for Rtf {
    fn name(&self) -> &'static str {
        "RTF"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        head.starts_with(b"{\\rtf")
    }

    fn split(&self, source: &mut Source, context: &Context, each: Each<'_>) -> Result<(), Refusal> {
        let whole = Record::new(None, read::bytes(source, context)?);
        databases::hand_on(whole, |bytes| decode::clean(&Reader::new(bytes).read().body), each)
    }

    fn parse(&self, path: &str, record: &Record, context: &Context) -> Result<Article, Refusal> {
        read::too_long(&record.bytes, context)?;
        if !record.bytes.trim_ascii_start().starts_with(b"{\\rtf") {
            return Err(Refusal("is no RTF: it does not begin with {\\rtf".to_owned()));
        }
        let document = Reader::new(&record.bytes).read();
        let mut article = blank(path, record);
        let body = text::tidy(&decode::clean(&document.body)?);
        text::fill(&mut article, &body, context);
        if article.title.is_empty() {
            document.title.trim().clone_into(&mut article.title);
        }
        if article.authors.is_empty() {
            article.authors = bylines::names(document.author.trim());
        }
        if article.title.is_empty() && article.body.is_empty() {
            return Err(Refusal("has no text".to_owned()));
        }
        Ok(article)
    }
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    Body,
    Title,
    Author,
    Nowhere,
}

#[derive(Debug, Default)]
struct Document {
    body: String,
    title: String,
    author: String,
}

/// What holds within a group.
#[derive(Clone, Copy)]
struct Group {
    to: To,
    /// How many characters stand for one of Unicode, for readers that know none.
    instead: usize,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    groups: Vec<Group>,
    group: Group,
    encoding: &'static Encoding,
    /// Bytes that are not decoded yet.
    waiting: Vec<u8>,
    /// The first half of a pair of UTF-16.
    half: Option<u16>,
    /// Characters to be passed over.
    passed: usize,
    document: Document,
}

impl<'b> Reader<'b> {
    fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader {
            bytes,
            at: 0,
            groups: Vec::new(),
            group: Group { to: To::Body, instead: 1 },
            encoding: WINDOWS_1252,
            waiting: Vec::new(),
            half: None,
            passed: 0,
            document: Document::default(),
        }
    }

    fn read(mut self) -> Document {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    self.groups.push(self.group);
                }
                b'}' => {
                    self.flush();
                    self.passed = 0;
                    match self.groups.pop() {
                        Some(group) => self.group = group,
                        None => break,
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => (),
                byte => self.byte(byte),
            }
        }
        self.flush();
        self.document
    }

    /// A byte of text.
    fn byte(&mut self, byte: u8) {
        if self.passed > 0 {
            self.passed -= 1;
        } else {
            self.waiting.push(byte);
        }
    }

    fn out(&mut self) -> Option<&mut String> {
        match self.group.to {
            To::Body => Some(&mut self.document.body),
            To::Title => Some(&mut self.document.title),
            To::Author => Some(&mut self.document.author),
            To::Nowhere => None,
        }
    }

    /// Decodes what waits.
    fn flush(&mut self) {
        let waiting = mem::take(&mut self.waiting);
        let (text, _) = self.encoding.decode_without_bom_handling(&waiting);
        if let Some(out) = self.out() {
            out.push_str(&text);
        }
    }

    fn put(&mut self, text: &str) {
        self.flush();
        if let Some(out) = self.out() {
            out.push_str(text);
        }
    }

    /// What follows a backslash.
    fn control(&mut self) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        if byte.is_ascii_alphabetic() {
            return self.word();
        }
        self.at += 1;
        match byte {
            b'\\' | b'{' | b'}' => self.byte(byte),
            b'\'' => {
                let code = self.bytes.get(self.at..self.at + 2).and_then(|code| std::str::from_utf8(code).ok());
                if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("-"),
            b'\r' | b'\n' => self.put("\n\n"),
            b'*' => {
                self.flush();
                self.group.to = To::Nowhere;
            }
            _ => (),
        }
    }

    fn word(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count().min(32);
        let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        let digits = &rest[length..];
        let sign = usize::from(digits.first() == Some(&b'-'));
        let count = digits[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count().min(10);
        let number = std::str::from_utf8(&digits[..sign + count]).ok().and_then(|number| number.parse::<i64>().ok());
        self.at += length + if count > 0 { sign + count } else { 0 };
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.apply(word, number);
    }

    fn apply(&mut self, word: &str, number: Option<i64>) {
        match word {
            "par" | "sect" | "page" => self.put("\n\n"),
            "line" | "row" => self.put("\n"),
            "cell" => self.put(" | "),
            "tab" => self.put(" "),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => self.group.instead = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "ansicpg" => {
                let label = format!("windows-{}", number.unwrap_or_default());
                self.encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
            }
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            "bin" => self.at += usize::try_from(number.unwrap_or_default()).unwrap_or_default(),
            "info" => self.turn(To::Nowhere),
            "title" if self.is_in_info() => self.turn(To::Title),
            "author" if self.is_in_info() => self.turn(To::Author),
            word if LEFT_OUT.contains(&word) => self.turn(To::Nowhere),
            _ => (),
        }
    }

    fn turn(&mut self, to: To) {
        self.flush();
        self.group.to = to;
    }

    /// Whether the group lies in one that is left out: only what is said of the document is read there.
    fn is_in_info(&self) -> bool {
        self.groups.last().is_some_and(|group| group.to == To::Nowhere)
    }

    /// A unit of UTF-16.
    fn unicode(&mut self, number: i64) {
        self.flush();
        // Numbers above 32,767 are written as negative ones.
        let unit = u16::try_from(number.rem_euclid(65_536)).unwrap_or_default();
        let units = [self.half.take(), Some(unit)].into_iter().flatten();
        let decoded: Vec<_> = char::decode_utf16(units).collect();
        match decoded[..] {
            [Ok(character)] => self.put(character.encode_utf8(&mut [0; 4])),
            [Err(_)] if (0xd800..0xdc00).contains(&unit) => self.half = Some(unit),
            _ => self.put("\u{fffd}"),
        }
        self.passed = self.group.instead;
    }
}

#[cfg(test)]
mod tests {
    use crate::format::check::{article, titles};

    #[test]
    fn a_document_is_an_article() {
        let text = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}{\\info{\\title Draft}{\\author Nora Ellingsen}}\n\
            \\pard\\b Two halls\\b0\\par\n\\pard Z\\'fcrich: \\ldblquote We build \\u8220?two\\u8221? halls,\\rdblquote  she said \\{today\\}.\\par\n\
            {\\*\\generator x;}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt More}} of it.\\par}";
        let found = article("a.rtf", text);
        assert_eq!(found.title, "Two halls");
        assert_eq!(found.body, "Zürich: “We build “two” halls,” she said {today}.\n\nMore of it.");
        assert_eq!(found.authors, ["Nora Ellingsen"]);
        assert_eq!(article("a.txt", text).title, "Two halls");
    }

    #[test]
    fn pairs_of_utf_16_are_one_character() {
        assert_eq!(article("a.rtf", "{\\rtf1 A \\u-10179?\\u-8704? sign.}").body, "A \u{1f600} sign.");
    }

    #[test]
    fn other_files_and_broken_ones_are_refused_or_read_as_far_as_they_go() {
        assert_eq!(titles("a.rtf", b"words"), ["is no RTF: it does not begin with {\\rtf"]);
        assert_eq!(titles("a.rtf", b"{\\rtf1}"), ["has no text"]);
        assert_eq!(article("a.rtf", "{\\rtf1 {\\b Words of it. \\'").body, "Words of it.");
    }
}
