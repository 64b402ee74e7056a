//! What the fuzz targets share: from raw bytes to what they check.

use std::ops::ControlFlow;
use std::sync::Once;

use jiff::civil::date;
use pullquote::article::Article;
use pullquote::corpus::Source;
use pullquote::extract::{Context, annotate};
use pullquote::format;

/// Hands `bytes` on where they are a text.
pub fn with_text(bytes: &[u8], check: impl FnOnce(&str)) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        check(text);
    }
}

/// Hands on the article whose title is the first line and whose body is the rest, with all that is found in it.
pub fn with_article(bytes: &[u8], check: impl FnOnce(&Article)) {
    with_text(bytes, |text| {
        let (title, body) = text.split_once('\n').unwrap_or_default();
        let mut article = Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() };
        annotate(&mut article, &Context::on(date(2025, 2, 10)));
        check(&article);
    });
}

/// Reads `bytes` as the file `path`: every article of it, or why it is refused.
pub fn read(path: &str, bytes: &[u8]) {
    static HOOK: Once = Once::new();
    HOOK.call_once(spare_libraries);
    let context = format::Context::default();
    let Ok(mut source) = Source::of(path, bytes.to_vec()) else { return };
    let _ = format::split(&mut source, &context, &mut |record| {
        if let Ok(article) = format::parse(path, &record, &context) {
            assert!(!article.title.is_empty() || !article.body.is_empty());
        }
        ControlFlow::Continue(())
    });
}

/// Lets panics of libraries, which the program catches and tells as refusals, pass; one of our own ends the run.
fn spare_libraries() {
    let whole = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let ours = panic.location().is_none_or(|place| !place.file().contains("/registry/"));
        if ours {
            whole(panic);
        }
    }));
}
