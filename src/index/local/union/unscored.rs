//! All documents that have any of some words, in order and without their scores.

use std::mem;

use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED, Term};

/// Documents that are marked together, a bit for each.
const WINDOW: usize = 4096;

/// Bits in a word.
const BITS: usize = u64::BITS as usize;

/// Gives `take` every document of `reader`, deleted ones too, that has any of `terms`: in order, some at a time.
pub(super) fn each(reader: &SegmentReader, terms: &[Term], take: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
    let mut lists = Vec::with_capacity(terms.len());
    for term in terms {
        let index = reader.inverted_index(term.field())?;
        lists.extend(index.read_block_postings(term, IndexRecordOption::Basic)?.map(|blocks| List { blocks, at: 0 }));
    }
    let (mut marks, mut docs) = ([0_u64; WINDOW / BITS], [0; WINDOW]);
    loop {
        lists.retain(|list| list.doc() != TERMINATED);
        match lists.as_mut_slice() {
            [] => return Ok(()),
            [only] => only.rest(take),
            several => {
                let start = several.iter().map(List::doc).min().unwrap_or(TERMINATED);
                for list in several {
                    list.mark(start, &mut marks);
                }
                take(listed(start, &mut marks, &mut docs));
            }
        }
    }
}

/// Lists the documents that are marked, from `start` on, and takes the marks away.
fn listed<'a>(start: DocId, marks: &mut [u64], docs: &'a mut [DocId; WINDOW]) -> &'a [DocId] {
    let mut length = 0;
    for (first, marks) in (start..).step_by(BITS).zip(marks) {
        let mut marks = mem::take(marks);
        while marks != 0 {
            docs[length % WINDOW] = first + marks.trailing_zeros();
            length += 1;
            marks &= marks - 1;
        }
    }
    &docs[..length]
}

/// The documents of a word, read from the beginning to the end.
struct List {
    blocks: BlockSegmentPostings,
    /// The next one of the current block.
    at: usize,
}

impl List {
    /// The next document.
    fn doc(&self) -> DocId {
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Marks the documents of a window, which begins at `start`.
    fn mark(&mut self, start: DocId, marks: &mut [u64; WINDOW / BITS]) {
        loop {
            let docs = &self.blocks.docs()[self.at..];
            let inside = docs.iter().map(|doc| (doc - start) as usize).take_while(|place| *place < WINDOW);
            let mut marked = 0;
            for place in inside {
                marks[place / BITS % (WINDOW / BITS)] |= 1 << (place % BITS);
                marked += 1;
            }
            self.at += marked;
            if marked < docs.len() || marked == 0 {
                return;
            }
            self.next_block();
        }
    }

    /// Gives `take` all that is left.
    fn rest(&mut self, take: &mut dyn FnMut(&[DocId])) {
        while self.doc() != TERMINATED {
            take(&self.blocks.docs()[self.at..]);
            self.next_block();
        }
    }

    fn next_block(&mut self) {
        self.blocks.advance();
        self.at = 0;
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;

    /// As many as need several windows.
    const DOCUMENTS: u32 = 11_000;

    /// What has any of `words`, each of which every so many documents have.
    fn found(words: &[u32]) -> Vec<DocId> {
        let mut schema = Schema::builder();
        let word = schema.add_text_field("word", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for number in 0..DOCUMENTS {
            let mut document = TantivyDocument::default();
            let have = |every: &&u32| number.is_multiple_of(**every);
            words.iter().filter(have).for_each(|every| document.add_text(word, every.to_string()));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let terms: Vec<Term> = words.iter().map(|every| Term::from_field_text(word, &every.to_string())).collect();
        let searcher = index.reader().unwrap().searcher();
        let mut found = Vec::new();
        each(searcher.segment_reader(0), &terms, &mut |docs| {
            assert!(!docs.is_empty());
            found.extend_from_slice(docs);
        })
        .unwrap();
        found
    }

    #[test]
    fn documents_with_any_word_are_found_once_and_in_order() {
        for words in [&[][..], &[1], &[3], &[20_000], &[2, 3], &[3, 2, 5000], &[1, 7, 4095, 4096, 4097], &[9_000, 64]] {
            let expected = (0..DOCUMENTS).filter(|doc| words.iter().any(|every| doc.is_multiple_of(*every)));
            assert_eq!(found(words), expected.collect::<Vec<_>>(), "{words:?}");
        }
    }
}
