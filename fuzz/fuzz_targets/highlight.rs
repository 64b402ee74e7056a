//! Whatever is asked, what is marked lies in its text. Needs `fuzz/index`, an index of the samples.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use pullquote::index::{self, Index};
use pullquote::query;
use pullquote::search::{Dups, Matching, Request, Sort, Target};

static INDEX: LazyLock<Box<dyn Index>> =
    LazyLock::new(|| index::open(Path::new("fuzz/index")).expect("pullquote index corpus --index fuzz/index"));

fuzz_target!(|bytes: &[u8]| {
    pullquote_fuzz::with_text(bytes, |typed| {
        let target = if typed.len() % 3 == 0 { Target::Quotes } else { Target::Articles };
        let request = Request {
            query: query::parse(typed, date(2025, 6, 30)),
            target,
            matching: Matching::Any,
            sort: Sort::Relevance,
            recency: None,
            limit: 3,
            offset: 0,
            snippets: 2,
            dups: Dups::Show,
            explain: false,
            count: false,
        };
        for hit in INDEX.search(&request).expect("an answer").hits {
            let mut marked = vec![(&hit.title, &hit.title_marks)];
            marked.extend(hit.snippets.iter().map(|snippet| (&snippet.text, &snippet.marks)));
            marked.extend(hit.quote.iter().map(|quote| (&quote.text, &quote.marks)));
            for (text, marks) in marked {
                assert!(marks.iter().all(|mark| text.get(mark.clone()).is_some_and(|words| !words.is_empty())));
                assert!(marks.is_sorted_by(|one, next| one.end <= next.start));
            }
        }
    });
});
