//! Numbers, words and marks of a short text.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Whether space stands before it.
    pub(super) spaced: bool,
}

/// What a piece of a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of ASCII digits: its value and how many digits it has.
    Number(u32, usize),
    /// A run of letters, in lower case.
    Word(String),
    /// Any other character.
    Mark(char),
}

/// Cuts `text` into tokens.
pub(super) fn split(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = text.char_indices().peekable();
    let mut spaced = false;
    while let Some((start, character)) = characters.next() {
        if character.is_whitespace() {
            spaced = true;
            continue;
        }
        let belongs: fn(char) -> bool = if character.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else if character.is_alphabetic() {
            // Combining accents belong to the letter before them.
            |c| c.is_alphabetic() || ('\u{300}'..'\u{370}').contains(&c)
        } else {
            |_| false
        };
        while characters.next_if(|(_, next)| belongs(*next)).is_some() {}
        let end = characters.peek().map_or(text.len(), |(at, _)| *at);
        tokens.push(Token { kind: kind(&text[start..end], character), start, end, spaced });
        spaced = false;
    }
    tokens
}

fn kind(piece: &str, first: char) -> Kind {
    if first.is_ascii_digit() {
        // Ten digits and more are no part of a date but for the compact forms, which are read before.
        return Kind::Number(piece.parse().unwrap_or(u32::MAX), piece.len());
    }
    if first.is_alphabetic() {
        return Kind::Word(piece.to_lowercase());
    }
    Kind::Mark(first)
}

/// The number at `at`: its value and how many digits it has.
pub(super) fn number(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    match tokens.get(at)?.kind {
        Kind::Number(value, digits) => Some((value, digits)),
        _ => None,
    }
}

/// The word at `at`.
pub(super) fn word(tokens: &[Token], at: usize) -> Option<&str> {
    match &tokens.get(at)?.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    }
}

/// Whether one of `marks` stands at `at`.
pub(super) fn is_mark(tokens: &[Token], at: usize, marks: &[char]) -> bool {
    matches!(tokens.get(at), Some(Token { kind: Kind::Mark(mark), .. }) if marks.contains(mark))
}
