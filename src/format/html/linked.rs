//! JSON-LD: what a page tells search engines about its article.

use serde_json::Value;

use crate::format::record;

/// Types that are an article when they do not end in `Article` or `Posting`.
const ARTICLES: &[&str] = &["Report", "Review", "CreativeWork"];

/// Types that stand for the page, good enough where no article is described.
const PAGES: &[&str] = &["WebPage", "ItemPage", "VideoObject", "ImageGallery", "PodcastEpisode"];

/// The deepest nesting that is looked into.
const DEEPEST: usize = 12;

/// What the description of the article says.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The headline.
    pub(super) headline: Option<String>,
    /// `datePublished` as printed.
    pub(super) published: Option<String>,
    /// Names of authors.
    pub(super) authors: Vec<String>,
    /// Name of the publisher.
    pub(super) publisher: Option<String>,
    /// The article's address.
    pub(super) url: Option<String>,
    /// The article's language.
    pub(super) language: Option<String>,
    /// What it says the text is; often cut short.
    pub(super) body: Option<String>,
    /// What it says the text says.
    pub(super) description: Option<String>,
}

/// Reads every block of JSON-LD, and of what they describe the article, else the page.
pub(super) fn read(linked: &[String]) -> Told {
    let blocks: Vec<Value> = linked.iter().filter_map(|block| parse(block)).collect();
    let mut found: Vec<(bool, &Value)> = Vec::new();
    for block in &blocks {
        collect(block, 0, &mut found);
    }
    let mut told = Told::default();
    if blocks.len() < linked.len() {
        told.published = linked.iter().find_map(|block| broken_date(block));
    }
    for is_article in [true, false] {
        for (_, value) in found.iter().filter(|(kind, _)| *kind == is_article) {
            told.complete(value);
            if is_article && told.headline.is_some() {
                break;
            }
        }
    }
    told
}

/// `datePublished` of a block that is no JSON, as it stands there.
fn broken_date(block: &str) -> Option<String> {
    if parse(block).is_some() {
        return None;
    }
    let (_, rest) = block.split_once("\"datePublished\"")?;
    let (value, _) = rest.trim_start_matches([':', ' ', '\n', '"']).split_once('"')?;
    Some(value.to_owned())
}

fn parse(block: &str) -> Option<Value> {
    let block = block.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let block = block.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
    serde_json::from_str(block).ok().or_else(|| serde_json::from_str(&record::repaired(block)?).ok())
}

/// Gathers what `value` describes: articles, and pages.
fn collect<'v>(value: &'v Value, depth: usize, found: &mut Vec<(bool, &'v Value)>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, found)),
        Value::Object(fields) => {
            let kinds = texts(fields.get("@type"));
            let is_article = kinds
                .iter()
                .any(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || ARTICLES.contains(kind));
            if is_article || kinds.iter().any(|kind| PAGES.contains(kind)) || fields.contains_key("datePublished") {
                found.push((is_article, value));
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"] {
                if let Some(inner) = fields.get(key).filter(|_| !(is_article && key == "hasPart")) {
                    collect(inner, depth + 1, found);
                }
            }
        }
        _ => (),
    }
}

impl Told {
    /// Takes from `value` what is not known yet.
    fn complete(&mut self, value: &Value) {
        let text = |key: &str| {
            texts(value.get(key)).into_iter().map(str::trim).find(|text| !text.is_empty()).map(str::to_owned)
        };
        let or = |known: &mut Option<String>, new: Option<String>| {
            if known.is_none() {
                *known = new;
            }
        };
        or(&mut self.headline, text("headline").or_else(|| text("name").filter(|_| self.published.is_none())));
        or(&mut self.published, text("datePublished").or_else(|| text("dateCreated")).or_else(|| text("uploadDate")));
        or(&mut self.url, text("url").or_else(|| text("mainEntityOfPage")).filter(|url| url.contains("://")));
        or(&mut self.language, text("inLanguage"));
        or(&mut self.body, text("articleBody"));
        or(&mut self.description, text("description"));
        or(&mut self.publisher, names(value.get("publisher")).into_iter().next());
        if self.authors.is_empty() {
            self.authors = names(value.get("author"));
        }
        if self.authors.is_empty() {
            self.authors = names(value.get("creator"));
        }
    }
}

/// A text, or those of a list.
fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        Some(Value::Object(fields)) => fields.get("@id").and_then(Value::as_str).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The names of people or bodies: a text, an object with a name, or a list of them.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(values)) => values.iter().flat_map(|value| names(Some(value))).collect(),
        Some(Value::Object(fields)) => names(fields.get("name")),
        _ => Vec::new(),
    }
}
