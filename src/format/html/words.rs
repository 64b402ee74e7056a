//! What the class names and ids of an element say about it, and the words that matter.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Parts of a page that are not the article, by a word in their class or id.
const JUNK: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "adslot",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "commentlist",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "dfp",
    "donate",
    "donation",
    "footer",
    "gdpr",
    "infobox",
    "login",
    "masthead",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pagination",
    "popup",
    "popular",
    "promo",
    "promoted",
    "recirc",
    "recommended",
    "recommendations",
    "recommendation",
    "register",
    "related",
    "relacionadas",
    "relacionados",
    "respond",
    "share",
    "sharing",
    "shares",
    "sharebar",
    "sharetools",
    "sharedaddy",
    "sidebar",
    "signup",
    "skyscraper",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "taglist",
    "toolbar",
    "tooltip",
    "trending",
    "widget",
    "widgets",
    "readmore",
    "morelike",
    "addtoany",
    "topics",
    "toc",
    "lightbox",
    "overlay",
    "vcard",
    "authorbox",
    "piano",
    "inread",
    "credit",
    "credits",
    "copyright",
    "disclaimer",
    "noprint",
    "screenreader",
    "visuallyhidden",
    "slideshow",
    "carousel",
    "gallery",
    "caption",
    "bio",
    "biography",
    "poll",
    "quiz",
    "crosslinks",
    "seealso",
    "mostread",
    "mostviewed",
    "bookmark",
];

/// How many characters of class names or of an id are looked at.
const LONGEST: usize = 600;

/// What readers write below an article, which is often more than the article.
const COMMENTS: &[&str] = &["comment", "comments", "commentlist", "disqus", "respond"];

/// Parts that belong to the head of an article and not to its text.
const HEAD: &[&str] = &[
    "byline",
    "dateline",
    "timestamp",
    "pubdate",
    "author",
    "authors",
    "meta",
    "date",
    "published",
    "kicker",
    "eyebrow",
    "readtime",
];

/// Parts that hold the text.
const BODY: &[&str] = &[
    "articlebody",
    "storybody",
    "entrycontent",
    "postcontent",
    "articlecontent",
    "storycontent",
    "postbody",
    "articletext",
    "maincontent",
    "richtext",
    "bodytext",
];

/// Parts that say what the text will say.
const LEAD: &[&str] = &[
    "lead",
    "lede",
    "leadtext",
    "standfirst",
    "summary",
    "subtitle",
    "subheadline",
    "subhead",
    "subheading",
    "dek",
    "deck",
    "teaser",
    "intro",
    "introduction",
    "abstract",
    "excerpt",
    "description",
    "sapo",
    "entradilla",
    "chapeau",
    "vorspann",
    "perex",
    "anons",
    "ingress",
    "preamble",
    "subtitulo",
    "bajada",
    "tagline",
    "strapline",
    "sommario",
    "headdeck",
];

/// Words of class names and ids in lower case, a blank round each: `articleBody main-text` is ` article body main text `.
pub(super) fn split(names: &str, into: &mut String) {
    if into.is_empty() {
        into.push(' ');
    }
    let mut before = ' ';
    for character in names.chars().take(LONGEST) {
        let begins = character.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (begins || !character.is_ascii_alphanumeric()) && !into.ends_with(' ') {
            into.push(' ');
        }
        if character.is_ascii_alphanumeric() {
            into.push(character.to_ascii_lowercase());
        }
        before = character;
    }
    if !into.ends_with(' ') {
        into.push(' ');
    }
}

/// Whether the words, but those `known` to mean nothing, say that this is not the article. A paragraph may be called a
/// teaser and be the first one.
pub(super) fn is_junk(words: &str, known: &str, is_paragraph: bool) -> bool {
    static JUNK_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| JUNK.iter().copied().collect());
    let is_junk = |word: &&str| JUNK_WORDS.contains(word) || (!is_paragraph && matches!(*word, "teaser" | "teasers"));
    words
        .split(' ')
        .filter(is_junk)
        .any(|word| COMMENTS.contains(&word) || !known.split(' ').any(|known| known == word))
}

/// Whether the words say that readers wrote this.
pub(super) fn is_comments(words: &str) -> bool {
    any(words, COMMENTS)
}

/// Whether the words say that this is a byline or the like.
pub(super) fn is_head(words: &str) -> bool {
    any(words, HEAD)
}

/// Whether the words say that this holds the text.
pub(super) fn is_body(words: &str) -> bool {
    let joined: String = words.split(' ').collect();
    BODY.iter().any(|body| joined.contains(body))
}

/// Whether the words say that this is what stands above the text.
pub(super) fn is_lead(words: &str) -> bool {
    any(words, LEAD)
}

/// Whether one of `wanted` is among the words.
fn any(words: &str, wanted: &[&str]) -> bool {
    words.split(' ').any(|word| wanted.contains(&word))
}
