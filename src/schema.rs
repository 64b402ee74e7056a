//! Every indexed field: its name, how it is stored, and what fills it.
//!
//! A field's name is spelled here and nowhere else; the query language and every backend loop over [`Field::ALL`].

/// A field that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Words of the headline.
    Title,
    /// Words of the first paragraph.
    Lead,
    /// Symbols of companies mentioned.
    Ticker,
    /// Words of the names of those who are quoted.
    Speaker,
    /// Words of the roles of those who are quoted.
    Role,
    /// The organisations of those who are quoted, by name or symbol.
    Org,
    /// The publication day.
    Date,
    /// Words of the outlet's name.
    Source,
    /// Words of the authors' names.
    Author,
    /// The language, a two-letter code.
    Lang,
    /// The beginning of the article's path.
    Path,
    /// The kind of a quotation.
    Kind,
    /// The section of a transcript.
    Section,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 13] = [
        Field::Title,
        Field::Lead,
        Field::Ticker,
        Field::Speaker,
        Field::Role,
        Field::Org,
        Field::Date,
        Field::Source,
        Field::Author,
        Field::Lang,
        Field::Path,
        Field::Kind,
        Field::Section,
    ];

    /// Its name in queries, output and the index.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Lead => "lead",
            Field::Ticker => "ticker",
            Field::Speaker => "speaker",
            Field::Role => "role",
            Field::Org => "org",
            Field::Date => "date",
            Field::Source => "source",
            Field::Author => "author",
            Field::Lang => "lang",
            Field::Path => "path",
            Field::Kind => "kind",
            Field::Section => "section",
        }
    }

    /// The field called `name`, in any case.
    pub fn named(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// Whether its value is text to be searched (words, phrases, prefixes) rather than a value to be equal to.
    pub fn is_text(self) -> bool {
        matches!(self, Field::Title | Field::Lead)
    }
}

/// A symbol in its one written form: upper case, no `$`, no exchange before a colon, class after a dot
/// (`BRK-B`, `BRK/B`, `BRKb` are `BRK.B`).
pub fn normal_symbol(typed: &str) -> String {
    let typed = typed.trim().trim_start_matches('$');
    let typed = typed.rsplit_once(':').map_or(typed, |(_, symbol)| symbol).trim();
    let mut symbol = typed.replace(['-', '/'], ".");
    let class = symbol.char_indices().last().filter(|(at, c)| *at >= 2 && matches!(c, 'a'..='d'));
    if let Some((at, _)) = class
        && symbol[..at].bytes().all(|b| b.is_ascii_uppercase())
    {
        symbol.insert(at, '.');
    }
    symbol.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_has_one_spelling() {
        for typed in ["BRK.B", "BRK-B", "BRK/B", "BRKb", "$BRK.B", "NYSE:BRK.B", "brk.b"] {
            assert_eq!(normal_symbol(typed), "BRK.B", "{typed}");
        }
    }

    #[test]
    fn plain_symbols_stay() {
        assert_eq!(normal_symbol("nvda"), "NVDA");
        assert_eq!(normal_symbol("VOD.L"), "VOD.L");
        assert_eq!(normal_symbol("Ba"), "BA");
    }
}
