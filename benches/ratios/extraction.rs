//! Extraction alone, on one core: tickers, people, quotations, dates, all of it.

use std::path::Path;
use std::time::{Duration, Instant};

use pullquote::article::Article;
use pullquote::extract::{self, Context};
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{Index, IndexWriter, doc};

use crate::bare::{self, Outcome};
use crate::table::Row;

/// More articles than this say nothing new about a speed.
const SAMPLE: usize = 20_000;

/// Runs, of which the best counts.
const RUNS: usize = 3;

/// Compares the time it takes with that of Tantivy indexing the same text in memory with one thread.
pub(crate) fn row(corpus: &Path) -> Outcome<Row> {
    let articles = articles(corpus)?;
    let words: usize = articles.iter().map(|article| article.body.split_whitespace().count()).sum();
    let context = Context::on(jiff::civil::date(2025, 6, 30));
    let ours = fastest(&mut || {
        for article in &articles {
            let mut article = article.clone();
            extract::annotate(&mut article, &context);
            std::hint::black_box(article);
        }
        Ok(())
    })?;
    let against = fastest(&mut || index(&articles))?;
    let speed = words as f64 / ours.as_secs_f64() / 1e6;
    let what = format!("extraction on one core ({speed:.2} million words a second)");
    Ok(Row::times(what, ours, "Tantivy, one thread, in memory", against, "3 million"))
}

fn articles(corpus: &Path) -> Outcome<Vec<Article>> {
    let mut articles = Vec::new();
    bare::records(corpus, &mut |record| {
        if articles.len() < SAMPLE {
            let id = format!("corpus.jsonl#{}", articles.len());
            let (title, body) = (record.title.into_owned(), record.text.into_owned());
            articles.push(Article { id, path: "corpus.jsonl".to_owned(), title, body, ..Article::default() });
        }
        Ok(())
    })?;
    Ok(articles)
}

fn index(articles: &[Article]) -> Outcome<()> {
    let mut schema = Schema::builder();
    let (title, body) = (schema.add_text_field("title", TEXT | STORED), schema.add_text_field("body", TEXT | STORED));
    let index = Index::create_in_ram(schema.build());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 512_000_000)?;
    for article in articles {
        writer.add_document(doc!(title => article.title.as_str(), body => article.body.as_str()))?;
    }
    writer.commit()?;
    Ok(())
}

fn fastest(run: &mut dyn FnMut() -> Outcome<()>) -> Outcome<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        run()?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}
