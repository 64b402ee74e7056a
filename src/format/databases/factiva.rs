//! An article as Factiva exports it, with codes before its fields or without.

use crate::article::Article;
use crate::format::{bylines, language};

use super::{date, ends, paragraphs};

/// Codes that stand on a line of their own before what they name.
const CODES: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX", "LP", "TD", "CT", "CO",
    "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "RF", "CLM", "DLN",
];

pub(super) fn read(text: &str, article: &mut Article) {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| ends(line).is_none()).collect();
    if lines.iter().any(|line| *line == "HD" || line.starts_with("HD ")) {
        coded(&lines, article);
    } else {
        plain(&lines, article);
    }
    if let Some(number) = text.lines().rev().find(|line| ends(line).is_some()) {
        article.record_id = number.trim().strip_prefix("Document ").map(str::to_owned);
    }
}

/// Fields behind codes.
fn coded(lines: &[&str], article: &mut Article) {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        let (code, rest) = line.split_once([' ', '\t', '|']).unwrap_or((line, ""));
        let rest = rest.trim_start_matches([' ', '|']);
        if CODES.contains(&code) {
            fields.push((code, if rest.is_empty() { Vec::new() } else { vec![rest] }));
        } else if let Some((_, lines)) = fields.last_mut() {
            lines.push(line);
        }
    }
    let field = |wanted: &str| {
        fields.iter().find(|(code, _)| *code == wanted).map(|(_, lines)| lines.join(" ").trim().to_owned())
    };
    article.title = field("HD").unwrap_or_default();
    article.authors = field("BY").map(|names| bylines::names(&names)).unwrap_or_default();
    article.source = field("SN");
    article.language = field("LA").and_then(|name| language::code(&name));
    if let Some(day) = field("PD") {
        date(&day, article);
    }
    let text = |wanted: &str| {
        fields
            .iter()
            .filter(|(code, _)| *code == wanted)
            .map(|(_, lines)| paragraphs(lines))
            .collect::<Vec<_>>()
            .join("\n\n")
    };
    article.body =
        [text("LP"), text("TD")].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
}

/// Fields by their order: headline, byline, words, date, source, code, language, copyright, text.
fn plain(lines: &[&str], article: &mut Article) {
    let mut rest = lines.iter().copied().filter(|line| !line.is_empty());
    rest.next().unwrap_or_default().clone_into(&mut article.title);
    let is_count = |line: &&str| {
        line.strip_suffix(" words")
            .is_some_and(|count| count.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b'.'))
    };
    let Some(at) = lines.iter().position(is_count) else {
        article.body = paragraphs(lines.get(1..).unwrap_or_default());
        return;
    };
    let before = lines[..at].iter().filter(|line| !line.is_empty()).skip(1);
    for line in before {
        for name in bylines::names(line) {
            bylines::add(&mut article.authors, &name);
        }
    }
    let mut body = at + 1;
    for (place, line) in lines.iter().enumerate().skip(at + 1).take(10) {
        let is_code = line.len() <= 8
            && !line.is_empty()
            && line.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if line.is_empty() || is_code || date(line, article) {
            body = place + 1;
        } else if article.published.is_some() && article.source.is_none() {
            article.source = Some((*line).to_owned());
            body = place + 1;
        } else if let Some(code) = language::code(line).filter(|_| line.len() < 20 && !line.contains(' ')) {
            article.language = Some(code);
            body = place + 1;
        } else if line.to_lowercase().contains("copyright") || line.starts_with("(c)") || line.contains('©') {
            body = place + 1;
            break;
        } else if article.language.is_some() {
            break;
        }
    }
    article.body = paragraphs(&lines[body.min(lines.len())..]);
}
