//! What a source is cut into: one article's worth of bytes, and what is known of them from around it.

use crate::article::{Article, DateSource};

use super::{Format, Refusal, dates, language, published};

/// One article's worth of bytes, cut out of a source.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Its number in the file, from 1 (a line's number in JSON lines); `None` for a file that is one article.
    pub number: Option<usize>,
    /// The bytes, decompressed but not yet decoded.
    pub bytes: Vec<u8>,
    /// For a file in a container, its path there; `!/` parts containers in containers.
    pub member: Option<String>,
    /// What reads it.
    pub by: Option<&'static dyn Format>,
    /// Why nothing reads it.
    pub refused: Option<Refusal>,
    /// What is said of it around it.
    pub about: Option<Box<About>>,
}

impl Record {
    /// A record of so many bytes with a number.
    pub fn new(number: Option<usize>, bytes: Vec<u8>) -> Record {
        Record { number, bytes, ..Record::default() }
    }

    /// The same, in the file `path` of a container.
    pub(super) fn within(mut self, path: &str) -> Record {
        self.member = Some(match self.member.take() {
            Some(deeper) => format!("{path}!/{deeper}"),
            None => path.to_owned(),
        });
        self
    }

    /// The id of its article in the file `path`: `path#n`, in a container `path!/member#n`.
    pub fn id(&self, path: &str) -> String {
        let member = self.member.as_ref().map(|member| format!("!/{member}")).unwrap_or_default();
        let number = self.number.map(|number| format!("#{number}")).unwrap_or_default();
        [path, &member, &number].concat()
    }
}

/// What a container says of an article: it holds where the article itself says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The headline.
    pub title: String,
    /// When it was published, as printed.
    pub published: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub source: String,
    /// Where it was published.
    pub url: String,
    /// The language, by name or code.
    pub language: String,
}

impl About {
    /// Says of `article` what it does not say itself.
    pub(super) fn complete(&self, article: &mut Article) {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        if article.title.is_empty() {
            article.title.clone_from(&self.title);
        }
        if article.published.is_none() {
            let reading = dates::read_date(&self.published);
            article.published = reading.map(|reading| published(reading, DateSource::Record));
        }
        if article.authors.is_empty() {
            article.authors.clone_from(&self.authors);
        }
        article.source = article.source.take().or_else(|| some(&self.source));
        article.url = article.url.take().or_else(|| some(&self.url));
        article.language = article.language.take().or_else(|| language::code(&self.language));
    }
}
