//! What the tests of every format go through.

use super::*;

/// Reads `bytes` as the file `path`, with at most so many bytes an article: what comes of it, in order.
pub(super) fn read(path: &str, bytes: &[u8], article_bytes: usize) -> Vec<Result<Article, String>> {
    let mut context = Context::default();
    if article_bytes > 0 {
        context.limits.article_bytes = article_bytes;
    }
    let mut source = match Source::of(path, bytes.to_vec()) {
        Ok(source) => source,
        Err(error) => return vec![Err(error.to_string())],
    };
    let mut found = Vec::new();
    let outcome = split(&mut source, &context, &mut |record| {
        let place = record.id("");
        let place = if place.is_empty() { place } else { format!("{place}: ") };
        found.push(parse(path, &record, &context).map_err(|refusal| format!("{place}{refusal}")));
        ControlFlow::Continue(())
    });
    found.extend(outcome.err().map(|refusal| Err(refusal.to_string())));
    found
}

/// The id and title of every article, and the reason of every refusal.
pub(super) fn ids(path: &str, bytes: &[u8]) -> Vec<String> {
    let show = |found: Result<Article, String>| match found {
        Ok(article) => format!("{} {}", article.id, article.title),
        Err(refusal) if refusal.starts_with("!/") => format!("{path}{refusal}"),
        Err(refusal) => refusal,
    };
    read(path, bytes, 0).into_iter().map(show).collect()
}

/// The number and title of every article, and the reason of every refusal.
pub(super) fn titles(path: &str, bytes: &[u8]) -> Vec<String> {
    let show = |article: Article| match article.id.rsplit_once('#') {
        Some((_, number)) => format!("#{number} {}", article.title),
        None => article.title,
    };
    read(path, bytes, 1000).into_iter().map(|outcome| outcome.map_or_else(|refusal| refusal, show)).collect()
}

/// The one article of a file.
pub(super) fn article(path: &str, text: &str) -> Article {
    let mut found = read(path, text.as_bytes(), 0);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).unwrap()
}
