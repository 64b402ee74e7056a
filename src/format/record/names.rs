//! What the fields of a record are called by those who write them.

use crate::format::Context;

/// A field of a record that means something to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Name {
    /// The record's own id.
    Id,
    /// The headline.
    Title,
    /// The text.
    Body,
    /// When it was published.
    Date,
    /// Who wrote it.
    Authors,
    /// Who published it.
    Source,
    /// Where it was published.
    Url,
    /// Companies it is about.
    Tickers,
    /// The language it is in.
    Language,
}

/// The usual names of each field, best first, in lower case and without `_`, `-`, blanks and dots.
const NAMES: &[(Name, &[&str])] = &[
    (
        Name::Id,
        &["id", "recordid", "articleid", "docid", "documentid", "uuid", "guid", "storyid", "newsid", "accessno"],
    ),
    (
        Name::Title,
        &["title", "headline", "articletitle", "newstitle", "storytitle", "heading", "ogtitle", "subject", "name"],
    ),
    (
        Name::Body,
        &[
            "text",
            "body",
            "fulltext",
            "bodytext",
            "articlebody",
            "articletext",
            "maintext",
            "plaintext",
            "cleantext",
            "content",
            "contents",
            "article",
            "transcript",
            "story",
            "contenttext",
            "rawtext",
            "storytext",
            "newstext",
            "contenthtml",
            "bodyhtml",
            "paragraphs",
            "sentences",
            "description",
            "summary",
            "abstract",
            "lead",
            "excerpt",
            "snippet",
        ],
    ),
    (
        Name::Date,
        &[
            "published",
            "publishedat",
            "datepublished",
            "publisheddate",
            "publishdate",
            "publicationdate",
            "dateofpublication",
            "publishedon",
            "publishedtime",
            "publishtime",
            "pubdate",
            "firstpublished",
            "articledate",
            "newsdate",
            "releasedate",
            "releasedat",
            "postedat",
            "postdate",
            "date",
            "datetime",
            "timestamp",
            "time",
            "displaydate",
            "created",
            "createdat",
            "datecreated",
            "createdutc",
            "calldate",
            "eventdate",
            "day",
            "versioncreated",
        ],
    ),
    (
        Name::Authors,
        &[
            "authors",
            "author",
            "byline",
            "creator",
            "creators",
            "writer",
            "writers",
            "by",
            "authorname",
            "reporter",
            "journalist",
        ],
    ),
    (
        Name::Source,
        &[
            "source",
            "publisher",
            "site",
            "sitename",
            "outlet",
            "publication",
            "newspaper",
            "provider",
            "sourcename",
            "newsprovider",
            "website",
            "domain",
        ],
    ),
    (
        Name::Url,
        &[
            "url",
            "link",
            "canonicalurl",
            "canonical",
            "articleurl",
            "weburl",
            "permalink",
            "href",
            "sourceurl",
            "newsurl",
            "mainentityofpage",
        ],
    ),
    (
        Name::Tickers,
        &[
            "tickers",
            "ticker",
            "symbols",
            "symbol",
            "stocks",
            "stock",
            "relatedtickers",
            "stocksymbols",
            "stockcodes",
            "rics",
        ],
    ),
    (Name::Language, &["language", "lang", "inlanguage", "locale", "languagecode"]),
];

/// The longest of the names, plus room for separators.
const LONGEST: usize = 32;

/// The field that `key` names, and how good a name it is: 0 is best, and what the settings map is always so.
pub(in crate::format) fn find(key: &str, context: &Context) -> Option<(Name, u8)> {
    if let Some(mapped) = context.fields.get(key) {
        return known(mapped).map(|(name, _)| (name, 0));
    }
    // Ranks of the usual names begin at 1.
    known(key).map(|(name, rank)| (name, rank + 1))
}

fn known(key: &str) -> Option<(Name, u8)> {
    let mut folded = [0; LONGEST];
    let mut length = 0;
    for byte in key.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' ' | b'.' | b':' | b'@' | b'\n' | b'\t')) {
        *folded.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    let folded = std::str::from_utf8(&folded[..length]).ok()?;
    for (name, known) in NAMES {
        if let Some(rank) = known.iter().position(|known| *known == folded) {
            return Some((*name, u8::try_from(rank).unwrap_or(u8::MAX)));
        }
    }
    None
}
