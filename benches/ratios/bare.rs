//! The measure of all things: Tantivy alone, with its own defaults, on the same text.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde::Deserialize;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, STORED, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument, doc};

/// What fails here ends the run.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The fields of a record that are indexed.
#[derive(Debug, Deserialize)]
pub(crate) struct Record<'a> {
    /// The headline.
    #[serde(borrow, default, alias = "headline")]
    pub(crate) title: Cow<'a, str>,
    /// The body.
    #[serde(borrow, default, alias = "body", alias = "content")]
    pub(crate) text: Cow<'a, str>,
}

/// Calls `each` with every record of the JSON lines in `corpus`.
pub(crate) fn records(corpus: &Path, each: &mut dyn FnMut(Record<'_>) -> Outcome<()>) -> Outcome<()> {
    let mut reader = BufReader::with_capacity(1 << 20, File::open(corpus)?);
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 {
        each(serde_json::from_str(&line)?)?;
        line.clear();
    }
    Ok(())
}

/// Indexes title and body of every record: positions, stored, two threads, 512 MB.
pub(crate) fn index(corpus: &Path, folder: &Path) -> Outcome<()> {
    let mut schema = Schema::builder();
    let title = schema.add_text_field("title", TEXT | STORED);
    let body = schema.add_text_field("body", TEXT | STORED);
    let index = Index::create_in_dir(folder, schema.build())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(2, 512_000_000)?;
    records(corpus, &mut |record| {
        writer.add_document(doc!(title => record.title.as_ref(), body => record.text.as_ref()))?;
        Ok(())
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// An index of [`index`], open for searching.
pub(crate) struct Bare {
    reader: IndexReader,
    parser: QueryParser,
    title: Field,
    body: Field,
}

impl Bare {
    /// Opens the index in `folder`.
    pub(crate) fn open(folder: &Path) -> Outcome<Bare> {
        let index = Index::open_in_dir(folder)?;
        let (title, body) = (index.schema().get_field("title")?, index.schema().get_field("body")?);
        let parser = QueryParser::for_index(&index, vec![title, body]);
        Ok(Bare { reader: index.reader()?, parser, title, body })
    }

    /// Finds the ten best articles: headline and Tantivy's own snippet of each.
    pub(crate) fn search(&self, query: &str) -> Outcome<Vec<(String, String)>> {
        let query = self.parser.parse_query(query)?;
        let searcher = self.reader.searcher();
        let found = searcher.search(&query, &TopDocs::with_limit(10).order_by_score())?;
        let generator = SnippetGenerator::create(&searcher, &*query, self.body)?;
        let mut hits = Vec::with_capacity(found.len());
        for (_, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            let title = document.get_first(self.title).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
            hits.push((title, generator.snippet_from_doc(&document).to_html()));
        }
        Ok(hits)
    }
}

/// The whole of a small program: opens, searches, prints.
pub(crate) fn print(folder: &Path, query: &str) -> Outcome<()> {
    let mut out = std::io::stdout().lock();
    for (title, snippet) in Bare::open(folder)?.search(query)? {
        writeln!(out, "{title}\n    {snippet}\n")?;
    }
    Ok(())
}
