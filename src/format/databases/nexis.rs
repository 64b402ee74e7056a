//! An article as Nexis exports it.

use crate::article::Article;
use crate::format::{bylines, language};

use super::{date, ends, paragraphs};

/// Headings that follow the text.
const AFTER: &[&str] = &["Classification", "Graphic", "Notes", "Correction", "Load-Date"];

pub(super) fn read(text: &str, article: &mut Article) {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| ends(line).is_none()).collect();
    let heads = |line: &&str| *line == "Body" || *line == "Body:";
    let body = lines.iter().position(heads).unwrap_or(lines.len());
    let after = lines.iter().skip(body + 1).position(|line| {
        AFTER
            .iter()
            .any(|heading| line.strip_prefix(heading).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
    });
    let after = after.map_or(lines.len(), |at| body + 1 + at);
    head(&lines[..body], article);
    article.body = paragraphs(lines.get(body + 1..after).unwrap_or_default());
    for line in &lines[after..] {
        match line.split_once(':') {
            Some(("Language", name)) => {
                article.language =
                    article.language.take().or_else(|| language::code(name.split(';').next().unwrap_or(name)));
            }
            Some(("Ticker", symbols)) => tickers(symbols, article),
            Some(("Load-Date", day)) => drop(date(day, article)),
            _ => (),
        }
    }
}

/// Headline, source and date, in this order, then labelled lines.
fn head(lines: &[&str], article: &mut Article) {
    let counts = |line: &str| {
        let rest = line.strip_prefix("Document ").or_else(|| line.strip_prefix("Page ")).unwrap_or(line);
        rest.contains(" of ")
            && rest.split(" of ").all(|number| number.trim().bytes().all(|byte| byte.is_ascii_digit()))
    };
    for line in lines.iter().filter(|line| !line.is_empty() && !counts(line)) {
        match line.split_once(':') {
            Some(("Byline", names)) => article.authors = bylines::names(names),
            Some(("Section" | "Length" | "Highlight" | "Dateline" | "Series", _)) => (),
            _ if line.starts_with("Copyright") || line.starts_with('©') => (),
            _ if article.title.is_empty() => (*line).clone_into(&mut article.title),
            _ if article.source.is_none() && article.published.is_none() => {
                if !date(line, article) {
                    article.source = Some((*line).to_owned());
                }
            }
            _ => drop(date(line, article)),
        }
    }
}

/// `GOOG (NASDAQ) (92%); CSTF (LSE) (85%)`: symbols with their exchanges.
fn tickers(symbols: &str, article: &mut Article) {
    for listed in symbols.split(';') {
        let mut parts = listed.split(['(', ')']).map(str::trim).filter(|part| !part.is_empty());
        let Some(symbol) = parts.next().filter(|symbol| symbol.len() <= 12) else { continue };
        let exchange = parts.next().filter(|exchange| exchange.bytes().all(|byte| byte.is_ascii_uppercase()));
        let listed = exchange.map_or_else(|| symbol.to_owned(), |exchange| format!("{exchange}:{symbol}"));
        if !article.listed_tickers.contains(&listed) {
            article.listed_tickers.push(listed);
        }
    }
}
