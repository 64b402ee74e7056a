//! What we write is what Tantivy would have written.

use proptest::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings;
use tantivy::schema::{Field as Id, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{DocSet, Index, IndexWriter, TERMINATED, TantivyDocument, Term};

use super::length::length;
use super::*;
use crate::index::local::fold::Stemmer;
use crate::index::local::tokens::STEM;

/// A text field: exact words with positions, stems with frequencies, values.
fn schema() -> (Schema, [Id; 3]) {
    let mut builder = Schema::builder();
    let options =
        |record| TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_index_option(record));
    let fields = [
        builder.add_text_field("exact", options(IndexRecordOption::WithFreqsAndPositions)),
        builder.add_text_field("stems", options(IndexRecordOption::WithFreqs)),
        builder.add_text_field("values", options(IndexRecordOption::Basic)),
    ];
    (builder.build(), fields)
}

/// The terms of a document: word, position, and how much its stem counts.
type Text = Vec<(String, u32, u32)>;

fn texts() -> impl Strategy<Value = Vec<Text>> {
    let word = prop_oneof![4 => "[a-d]{1,2}", 2 => "(rate|rates|cut|cuts|cutting|margin|margins)", 1 => "\\PC{1,6}"];
    let term = (word, 0..3_u32, 0..3_u32);
    let text = proptest::collection::vec(term, 0..=20).prop_map(|terms| {
        let mut at = 0;
        let place = |(word, step, weight): (String, u32, u32)| {
            at += step;
            (word, at, weight)
        };
        terms.into_iter().map(place).collect()
    });
    proptest::collection::vec(text, 0..8)
}

/// Terms that Tantivy is to index as they stand.
fn cut(terms: impl Iterator<Item = (String, u32)>) -> PreTokenizedString {
    let token = |(text, position): (String, u32)| Token { position: position as usize, text, ..Token::default() };
    PreTokenizedString { text: String::new(), tokens: terms.map(token).collect() }
}

/// Indexes with Tantivy's own indexer.
fn theirs(texts: &[Text], stems: Option<Stems>) -> Index {
    let (schema, [exact, apart, values]) = schema();
    let index = Index::create_in_ram(schema);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 30_000_000).expect("memory suffices");
    let stemmer = Stemmer::default();
    for text in texts {
        let mut document = TantivyDocument::default();
        let mut terms = Vec::new();
        let mut stemmed = Vec::new();
        for (word, position, weight) in text {
            terms.push((word.clone(), *position));
            let stem = stemmer.stem(word).into_owned();
            if stems == Some(Stems::Beside) && *weight > 0 && stem != *word {
                terms.push((format!("{STEM}{stem}"), *position));
            }
            stemmed.extend(std::iter::repeat_n((stem, 0), *weight as usize));
        }
        document.add_pre_tokenized_text(exact, cut(terms.into_iter()));
        if stems != Some(Stems::Beside) {
            document.add_pre_tokenized_text(apart, cut(stemmed.into_iter()));
        }
        document.add_pre_tokenized_text(values, cut(text.iter().map(|(word, ..)| (word.clone(), 0))));
        writer.add_document(document).expect("it is taken");
    }
    writer.commit().expect("memory suffices");
    index
}

/// Adds a word to the current stretch of `documents`.
fn push(documents: &mut Documents, word: &str, position: u32, weight: u32) {
    let term = documents.terms.number(word.as_bytes());
    documents.words.push(Word::new(term, position, weight));
}

/// The one document there is.
fn only(documents: Documents) -> Queued {
    Queued::all(&Arc::new(documents)).next().expect("there is one")
}

/// Indexes with ours.
fn ours(texts: &[Text], beside: bool, loose: usize) -> Index {
    let (schema, [exact, apart, values]) = schema();
    let mut index = Index::create_in_ram(schema);
    Inverter { exact, stems: if beside { Stems::Beside } else { Stems::Apart(apart) }, gate: Arc::default(), loose }
        .register(&mut index);
    let mut writer: IndexWriter<Queued> = index.writer_with_num_threads(1, 30_000_000).expect("memory suffices");
    for text in texts {
        let mut document = Documents::default();
        document.kept.end();
        for (word, position, weight) in text {
            push(&mut document, word, *position, *weight);
        }
        document.share(exact);
        for (word, ..) in text {
            push(&mut document, word, 0, 0);
        }
        document.share(values);
        document.kept.end();
        writer.add_document(only(document)).expect("it is taken");
    }
    writer.commit().expect("memory suffices");
    index
}

/// What the lengths in an index are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lengths {
    /// Those that are kept.
    Kept,
    /// Numbers of words still; texts are short enough for Tantivy to keep these exactly.
    Words,
    /// The same, but what is kept of values is that there are any.
    WordsOfText,
}

/// Every posting of `index`: field, term, document, length, positions or frequency.
fn postings(index: &Index, lengths: Lengths) -> Vec<String> {
    let counts = lengths != Lengths::Kept;
    let searcher = index.reader().expect("it opens").searcher();
    let mut all = Vec::new();
    for reader in searcher.segment_readers() {
        for field in schema().1 {
            let inverted = reader.inverted_index(field).expect("it opens");
            let norms = reader.get_fieldnorms_reader(field).expect("it opens");
            let all_lengths: u64 = (0..reader.max_doc()).map(|doc| u64::from(length(norms.fieldnorm(doc)))).sum();
            all.push(format!("{field:?} {}", if counts { all_lengths } else { inverted.total_num_tokens() }));
            let kept = |doc| match lengths {
                Lengths::Kept => norms.fieldnorm(doc),
                Lengths::WordsOfText if field == schema().1[2] => 1,
                Lengths::Words | Lengths::WordsOfText => rounded(length(norms.fieldnorm(doc))),
            };
            let mut terms = inverted.terms().stream().expect("it opens");
            while terms.advance() {
                let text = std::str::from_utf8(terms.key()).expect("terms are text");
                let term = Term::from_field_text(field, text);
                let found = inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions);
                let mut found = found.expect("it opens").expect("the term is there");
                while found.doc() != TERMINATED {
                    let mut positions = Vec::new();
                    found.positions(&mut positions);
                    let (doc, often) = (found.doc(), found.term_freq());
                    all.push(format!("{text:?} {} {doc} {often} {} {positions:?}", terms.value().doc_freq, kept(doc)));
                    found.advance();
                }
            }
        }
    }
    all
}

/// A length as it is read again.
fn rounded(length: u32) -> u32 {
    FieldNormReader::constant(1, length).fieldnorm(0)
}

proptest! {
    // Every case makes two indexes.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn stems_apart_are_as_tantivy_writes_them(texts in texts(), loose in 0..200_usize) {
        let (_, [_, apart, _]) = schema();
        prop_assert_eq!(postings(&ours(&texts, false, loose), Lengths::Kept), postings(&theirs(&texts, Some(Stems::Apart(apart))), Lengths::Words));
    }

    #[test]
    fn stems_beside_words_are_as_tantivy_writes_them(texts in texts(), loose in 0..200_usize) {
        prop_assert_eq!(postings(&ours(&texts, true, loose), Lengths::Kept), postings(&theirs(&texts, Some(Stems::Beside)), Lengths::WordsOfText));
    }
}

#[test]
fn many_documents_are_as_tantivy_writes_them() {
    let word = |at: u32| ["net", "profit", "of", "the", "quarter", "rose", "cutting", "rates"][(at % 8) as usize];
    let text = |doc: u32| -> Text { (0..=doc % 11).map(|at| (word(doc * at + at).to_owned(), at, 1)).collect() };
    let texts: Vec<Text> = (0..3000).map(text).collect();
    let (_, [_, apart, _]) = schema();
    let theirs = postings(&theirs(&texts, Some(Stems::Apart(apart))), Lengths::Words);
    // All packed, first loose and then packed, all loose.
    for loose in [0, 4000, 1 << 20] {
        let ours = postings(&ours(&texts, false, loose), Lengths::Kept);
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(ours, theirs);
        }
        assert_eq!(ours.len(), theirs.len());
    }
}

#[test]
fn merged_segments_keep_everything() {
    let (schema, [exact, apart, _]) = schema();
    let mut index = Index::create_in_ram(schema);
    Inverter { exact, stems: Stems::Apart(apart), gate: Arc::default(), loose: 0 }.register(&mut index);
    let mut writer: IndexWriter<Queued> = index.writer_with_num_threads(1, 30_000_000).expect("memory suffices");
    for word in ["rates", "rate", "cut"] {
        let mut document = Documents::default();
        document.kept.end();
        push(&mut document, word, 0, 1);
        document.share(exact);
        document.kept.end();
        writer.add_document(only(document)).expect("it is taken");
        writer.commit().expect("memory suffices");
    }
    let segments = index.searchable_segment_ids().expect("it is readable");
    writer.merge(&segments).wait().expect("memory suffices");
    let searcher = index.reader().expect("it opens").searcher();
    assert_eq!(searcher.segment_readers().len(), 1);
    assert_eq!(searcher.doc_freq(&Term::from_field_text(apart, "rate")).expect("it opens"), 2);
    assert_eq!(searcher.doc_freq(&Term::from_field_text(exact, "cut")).expect("it opens"), 1);
}
