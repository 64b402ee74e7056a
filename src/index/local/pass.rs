//! Goes through everything that a question finds, a document at a time: in memory are addresses, never the texts.

use std::ops::ControlFlow;

use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::packed::Packed;
use super::rank::Ranked;
use super::reader::{Local, View};
use super::stored::Stored;
use crate::article::{Article, Quote};
use crate::index::{Found, IndexError};
use crate::query::Note;
use crate::search::{Hit, Request, Target};

/// What was found in one segment, in order of id and place.
struct Run {
    ids: StrColumn,
    /// The place of the id among those of the segment, the place in the article, and the document.
    docs: std::vec::IntoIter<(u64, u64, DocId)>,
    segment: u32,
    /// The id of the document at the head, and its place in the article.
    head: (String, u64),
}

impl Run {
    /// Everything that `weight` finds in a segment; `None` where that is nothing.
    fn open(segment: u32, reader: &SegmentReader, weight: &dyn Weight) -> tantivy::Result<Option<Run>> {
        let fast = reader.fast_fields();
        let Some(ids) = fast.str("place")? else { return Ok(None) };
        let at: Option<Column<u64>> = fast.column_opt("at")?;
        let alive = reader.alive_bitset();
        let mut docs = Vec::new();
        weight.for_each_no_score(reader, &mut |found| {
            for doc in found.iter().copied().filter(|doc| alive.is_none_or(|alive| alive.is_alive(*doc))) {
                let place = at.as_ref().and_then(|at| at.first(doc)).unwrap_or(0);
                docs.push((ids.term_ords(doc).next().unwrap_or(u64::MAX), place, doc));
            }
        })?;
        docs.sort_unstable();
        let mut run = Run { ids, docs: docs.into_iter(), segment, head: (String::new(), 0) };
        Ok(run.read_head()?.then_some(run))
    }

    /// Reads the id at the head; false at the end.
    fn read_head(&mut self) -> tantivy::Result<bool> {
        let Some(&(ord, at, _)) = self.docs.as_slice().first() else { return Ok(false) };
        self.head.0.clear();
        self.ids.ord_to_str(ord, &mut self.head.0)?;
        self.head.1 = at;
        Ok(true)
    }
}

/// The segments of an index, merged.
struct Merged(Vec<Run>);

impl Merged {
    /// The next document, with the id of its article and its place in it.
    fn next(&mut self) -> tantivy::Result<Option<(DocAddress, (String, u64))>> {
        // There are few segments: a heap would be slower.
        let first = self.0.iter().enumerate().min_by(|(_, one), (_, other)| one.head.cmp(&other.head));
        let Some(at) = first.map(|(at, _)| at) else { return Ok(None) };
        let run = &mut self.0[at];
        let address = run.docs.next().map(|(_, _, doc)| DocAddress::new(run.segment, doc));
        let found = address.map(|address| (address, std::mem::take(&mut run.head)));
        if !run.read_head()? {
            self.0.swap_remove(at);
        }
        Ok(found)
    }
}

/// One thing found.
struct Here<'a> {
    local: &'a Local,
    view: &'a View<'a>,
    address: DocAddress,
    article: &'a Article,
    quote: Option<&'a Quote>,
}

impl Found for Here<'_> {
    fn article(&self) -> &Article {
        self.article
    }

    fn quote(&self) -> Option<&Quote> {
        self.quote
    }

    fn hit(&self) -> Result<Option<Hit>, IndexError> {
        let ranked = Ranked { address: self.address, score: 0.0, nearness: 0.0 };
        match self.view.request.target {
            Target::Articles => self.local.article_hit(self.view, &ranked).map(Some),
            Target::Quotes => self.local.quote_hit(self.view, &ranked),
        }
    }
}

/// See [`crate::index::Index::pass`].
pub(super) fn pass(
    local: &Local,
    request: &Request,
    each: &mut dyn FnMut(&dyn Found) -> ControlFlow<()>,
) -> Result<Vec<Note>, IndexError> {
    let articles = local.articles();
    let searcher = local.searcher(request.target)?;
    let (plan, notes) = local.plan(&searcher, request)?;
    let broken = |error| local.broken(&error);
    let weight = plan.weight(EnableScoring::disabled_from_searcher(&searcher)).map_err(broken)?;
    let mut merged = Merged(Vec::new());
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        merged.0.extend(Run::open(segment, reader, weight.as_ref()).map_err(broken)?);
    }
    let view = View::new(local, &searcher, request);
    let mut article = Article::default();
    while let Some((address, (id, at))) = merged.next().map_err(broken)? {
        let mut number = None;
        match request.target {
            Target::Articles => article = whole(local, &searcher, address)?,
            Target::Quotes => {
                if id != article.id {
                    // A quotation whose article is not there is not shown.
                    let Some(home) = local.find(&articles, &id)? else { continue };
                    article = whole(local, &articles, home)?;
                }
                number = usize::try_from(at).ok();
            }
        }
        let quote = number.and_then(|number| article.quotes.get(number));
        if number.is_some() && quote.is_none() {
            continue;
        }
        let here = Here { local, view: &view, address, article: &article, quote };
        if each(&here).is_break() {
            break;
        }
    }
    Ok(notes)
}

/// The article at `address`.
fn whole(local: &Local, searcher: &Searcher, address: DocAddress) -> Result<Article, IndexError> {
    let Packed { body, row } = local.stored(searcher, address)?;
    let stored: Stored<'_> = postcard::from_bytes(&row).map_err(|_| local.unreadable())?;
    stored.article(&body).ok_or_else(|| local.unreadable())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, WriteOptions, open_writer};
    use crate::query;
    use crate::search::{Dups, Matching, Sort};

    fn article(id: &str, words: &[&str]) -> Article {
        let mut article = Article { id: id.to_owned(), path: id.to_owned(), ..Article::default() };
        for words in words {
            let start = article.body.len();
            article.body.push_str(words);
            let place = start..article.body.len();
            article.sentences.push(place.clone());
            article.quotes.push(Quote {
                kind: crate::article::QuoteKind::Direct,
                start: place.start,
                end: place.end,
                speaker: None,
                cue: None,
                tickers: Vec::new(),
                section: None,
            });
        }
        article
    }

    fn passed(local: &Local, typed: &str, target: Target) -> Vec<String> {
        let request = Request {
            query: query::parse(typed, jiff::civil::date(2025, 1, 1)),
            target,
            matching: Matching::All,
            sort: Sort::Relevance,
            recency: None,
            limit: 1,
            offset: 0,
            snippets: 1,
            dups: Dups::Show,
            explain: false,
            count: false,
        };
        let mut found = Vec::new();
        let notes = local.pass(&request, &mut |it| {
            let hit = it.hit().unwrap().unwrap();
            assert_eq!(hit.id, it.article().id);
            let words = it.quote().map(|quote| it.article().words(quote).to_owned());
            assert_eq!(words, hit.quote.map(|quote| quote.text));
            found.push(words.unwrap_or(hit.id));
            ControlFlow::Continue(())
        });
        assert!(notes.unwrap().is_empty());
        found
    }

    #[test]
    fn everything_passes_in_order_over_several_segments() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        for ids in [["c", "a"], ["d", "b"]] {
            let options = WriteOptions { corpus: corpus.clone(), ..WriteOptions::default() };
            let mut writer = open_writer(folder.path(), &options).unwrap();
            for id in ids {
                writer.add(&article(id, &[&format!("First of {id}."), &format!(" Second of {id}.")])).unwrap();
            }
            writer.commit().unwrap();
        }
        let local = Local::open(folder.path()).unwrap();
        assert!(local.articles().segment_readers().len() > 1);
        assert_eq!(passed(&local, "", Target::Articles), ["a", "b", "c", "d"]);
        assert_eq!(passed(&local, "second", Target::Articles), ["a", "b", "c", "d"]);
        assert_eq!(passed(&local, "absent", Target::Articles), [""; 0]);
        let quotes = passed(&local, "second", Target::Quotes);
        assert_eq!(quotes, [" Second of a.", " Second of b.", " Second of c.", " Second of d."]);
        let all = passed(&local, "", Target::Quotes);
        assert_eq!(all[..3], ["First of a.", " Second of a.", "First of b."]);
        assert_eq!(all.len(), 8);
    }
}
