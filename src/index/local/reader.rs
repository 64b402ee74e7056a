//! Answers questions: plans, ranks, fetches, and shows the words that match.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::query::{Query as Plan, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher};

use super::counts::{self, Counting};
use super::evidence::Evidence;
use super::explain::explain;
use super::fields::{self, Fields};
use super::fold::Stemmer;
use super::folder::{self, ARTICLES, Meta, QUOTES, damaged};
use super::grouped;
use super::highlight::{Mark, Marker, merged};
use super::hit::{card_hit, shown_quote};
use super::packed::Packed;
use super::pass;
use super::plan::Planner;
use super::proximity::{Forms, Proximity};
use super::rank::{self, Order, Ranked, Ranking};
use super::snippet::{page_of, pick};
use super::stored::Stored;
use super::stories::Stories;
use super::terms::expand;
use crate::article::{Part, Span};
use crate::index::{FileRecord, Found, Index, IndexError, Status};
use crate::query::{Note, Query, Sought};
use crate::schema::Field;
use crate::search::{Counts, Dups, Hit, Opened, Request, Results, Sort, Tally, Target};

/// An index folder, open for searching.
pub(super) struct Local {
    pub(super) folder: PathBuf,
    pub(super) meta: Meta,
    pub(super) fields: Fields,
    articles: IndexReader,
    quotes: OnceLock<IndexReader>,
    /// What is counted of articles and of quotes, once it was.
    counting: [OnceLock<Counting>; 2],
    /// Those of articles and of quotes that break ties.
    ties: [OnceLock<Vec<rank::Columns>>; 2],
    forms: Forms,
    stories: OnceLock<Stories>,
    /// Of the languages besides English that there are articles in.
    stemmers: OnceLock<Vec<Stemmer>>,
}

impl Local {
    /// Opens the index in `folder`. Quotes are opened when they are first asked for.
    pub(super) fn open(folder: &Path) -> Result<Local, IndexError> {
        let meta = Meta::read(folder)?;
        if !meta.current() {
            return Err(IndexError::Older(folder.to_owned()));
        }
        let (_, fields) = fields::schema(Target::Articles);
        let articles = reader(&meta.place(folder, ARTICLES))?;
        Ok(Local {
            folder: folder.to_owned(),
            meta,
            fields,
            articles,
            quotes: OnceLock::new(),
            counting: Default::default(),
            ties: Default::default(),
            forms: Forms::default(),
            stories: OnceLock::new(),
            stemmers: OnceLock::new(),
        })
    }

    /// The articles as last committed.
    pub(super) fn articles(&self) -> Searcher {
        self.articles.searcher()
    }

    /// The quotes as last committed.
    pub(super) fn quotes(&self) -> Result<Searcher, IndexError> {
        if let Some(reader) = self.quotes.get() {
            return Ok(reader.searcher());
        }
        let reader = reader(&self.meta.place(&self.folder, QUOTES))?;
        Ok(self.quotes.get_or_init(|| reader).searcher())
    }

    /// The articles or the quotes as last committed.
    pub(super) fn searcher(&self, target: Target) -> Result<Searcher, IndexError> {
        match target {
            Target::Articles => Ok(self.articles()),
            Target::Quotes => self.quotes(),
        }
    }

    /// The stories of the articles as last committed.
    pub(super) fn stories(&self) -> &Stories {
        self.stories.get_or_init(|| Stories::read(&self.meta.generation(&self.folder), &self.articles()))
    }

    /// The stemmers of the languages besides English that there are articles in.
    pub(super) fn stemmers(&self) -> &[Stemmer] {
        self.stemmers.get_or_init(|| {
            let (articles, field) = (self.articles(), self.fields.of(Field::Lang));
            let term = |language: &str| field.map(|field| Fields::term(field, language));
            let holds =
                |language: &str| term(language).is_some_and(|term| articles.doc_freq(&term).is_ok_and(|of| of > 0));
            Stemmer::others(holds)
        })
    }

    /// The id of an article.
    pub(super) fn id(&self, searcher: &Searcher, at: DocAddress) -> Result<String, IndexError> {
        let Packed { row, .. } = self.stored(searcher, at)?;
        let stored: Stored<'_> = postcard::from_bytes(&row).map_err(|_| self.unreadable())?;
        Ok(stored.card.id.to_owned())
    }

    /// What is counted of articles or of quotes.
    pub(super) fn counting(&self, target: Target) -> Result<&Counting, IndexError> {
        let cache = &self.counting[usize::from(target == Target::Quotes)];
        if let Some(counting) = cache.get() {
            return Ok(counting);
        }
        let opened = Counting::open(&self.searcher(target)?).map_err(|error| self.broken(&error))?;
        Ok(cache.get_or_init(|| opened))
    }

    /// The plan of `request`, and what it cannot ask exactly so.
    pub(super) fn plan(
        &self,
        searcher: &Searcher,
        request: &Request,
    ) -> Result<(Box<dyn Plan>, Vec<Note>), IndexError> {
        let (matching, target) = (request.matching, request.target);
        let mut planner =
            Planner { searcher, fields: &self.fields, matching, target, stemmers: self.stemmers(), notes: Vec::new() };
        let plan = planner.plan(&request.query).map_err(|error| self.broken(&error))?;
        Ok((plan, planner.notes))
    }

    /// What is stored with a document.
    pub(super) fn stored(&self, searcher: &Searcher, address: DocAddress) -> Result<Packed, IndexError> {
        searcher.doc(address).map_err(|error| self.broken(&error))
    }

    /// Where the article called `id` is.
    pub(super) fn find(&self, searcher: &Searcher, id: &str) -> Result<Option<DocAddress>, IndexError> {
        let plan = TermQuery::new(Fields::term(self.fields.id, id), IndexRecordOption::Basic);
        let order = Order { sort: Sort::Newest, recency: None };
        let ranking = Ranking { searcher, columns: self.ties(searcher, Target::Articles), order, proximity: None };
        let found = ranking.top(&plan, 0, 1).map_err(|error| self.broken(&error))?;
        Ok(found.first().map(|ranked| ranked.address))
    }

    pub(super) fn broken(&self, error: &tantivy::TantivyError) -> IndexError {
        damaged(&self.folder, error)
    }

    pub(super) fn unreadable(&self) -> IndexError {
        IndexError::Damaged { path: self.folder.clone(), reason: "a stored article cannot be unpacked".to_owned() }
    }

    /// How what `request` finds is put in order.
    pub(super) fn ranking<'a>(&'a self, searcher: &'a Searcher, request: &Request) -> Result<Ranking<'a>, IndexError> {
        let proximity = Proximity::of(searcher, &self.fields, &self.forms, request);
        let proximity = proximity.map_err(|error| self.broken(&error))?;
        Ok(Ranking { searcher, columns: self.ties(searcher, request.target), order: Order::of(request), proximity })
    }

    /// The columns of every segment that break ties.
    fn ties(&self, searcher: &Searcher, target: Target) -> &[rank::Columns] {
        let opened = || searcher.segment_readers().iter().map(rank::Columns::open).collect();
        self.ties[usize::from(target == Target::Quotes)].get_or_init(opened)
    }

    /// The articles asked for, each story once where that is asked.
    /// The answer to `request`, which is planned.
    pub(super) fn answer(
        &self,
        searcher: &Searcher,
        request: &Request,
        plan: &dyn Plan,
        notes: Vec<Note>,
    ) -> Result<Results, IndexError> {
        let broken = |error| self.broken(&error);
        let total = match (request.count, request.dups, request.target) {
            (false, ..) => None,
            (true, Dups::Hide, Target::Articles) => Some(counts::counts(self, request, &[], false, 0)?.total),
            _ => Some(plan.count(searcher).map_err(broken)?),
        };
        let view = View::new(self, searcher, request);
        let hits = match request.target {
            Target::Articles => self.article_hits(&view, plan)?,
            Target::Quotes if request.dups != Dups::Show => grouped::quotes(self, plan, &view)?,
            Target::Quotes => {
                let ranking = self.ranking(searcher, request)?;
                let ranked = ranking.top(plan, request.offset, request.limit).map_err(broken)?;
                let hits: Result<Vec<Option<Hit>>, IndexError> =
                    ranked.iter().map(|ranked| self.quote_hit(&view, ranked)).collect();
                hits?.into_iter().flatten().collect()
            }
        };
        Ok(Results { total, hits, notes, ..Results::default() })
    }

    fn article_hits(&self, view: &View<'_>, plan: &dyn Plan) -> Result<Vec<Hit>, IndexError> {
        let (searcher, request) = (view.searcher, view.request);
        let ranking = self.ranking(searcher, request)?;
        let ranked = if request.dups == Dups::Show || self.stories().is_empty() {
            ranking.top(plan, request.offset, request.limit)
        } else {
            grouped::articles(&ranking, plan, self.stories(), request)
        };
        let mut hits = Vec::new();
        for ranked in ranked.map_err(|error| self.broken(&error))? {
            let mut hit = self.article_hit(view, &ranked)?;
            if request.dups == Dups::Group {
                grouped::add_copies(self, searcher, ranked.address, &mut hit)?;
            }
            hits.push(hit);
        }
        Ok(hits)
    }

    /// A hit of an article.
    pub(super) fn article_hit(&self, view: &View<'_>, ranked: &Ranked) -> Result<Hit, IndexError> {
        let Packed { body, row } = self.stored(view.searcher, ranked.address)?;
        let stored: Stored<'_> = postcard::from_bytes(&row).map_err(|_| self.unreadable())?;
        let mut body_marks = view.marker.marks(Part::Body, &body, stored.card.language);
        let mut title_marks = view.marker.marks(Part::Title, stored.card.title, stored.card.language);
        if !view.evidence.is_empty() {
            let article = stored.article(&body).ok_or_else(|| self.unreadable())?;
            view.evidence.add(&article, view.marker.clauses(), &mut title_marks, &mut body_marks);
        }
        let mut hit = card_hit(&stored.card, ranked.score);
        hit.title_marks = merged(&title_marks);
        if view.request.snippets > 0 {
            hit.snippets = pick(&body, &stored.sentences(), &body_marks, view.request.snippets);
            hit.page = hit.snippets.first().and_then(|snippet| page_of(&body, snippet.start));
        }
        hit.explanation = self.explanation(view, ranked)?;
        Ok(hit)
    }

    /// A hit of a quotation; `None` when its article is not there.
    pub(super) fn quote_hit(&self, view: &View<'_>, ranked: &Ranked) -> Result<Option<Hit>, IndexError> {
        let DocAddress { segment_ord, doc_id } = ranked.address;
        let columns = self.ties(view.searcher, Target::Quotes).get(segment_ord as usize);
        let (id, number) = columns.map(|columns| (columns.id(doc_id), columns.at(doc_id))).unwrap_or_default();
        if id.is_empty() {
            return Err(self.unreadable());
        }
        let articles = self.articles();
        let Some(address) = self.find(&articles, &id)? else { return Ok(None) };
        let Packed { body, row } = self.stored(&articles, address)?;
        let stored: Stored<'_> = postcard::from_bytes(&row).map_err(|_| self.unreadable())?;
        let article = stored.article(&body).ok_or_else(|| self.unreadable())?;
        let quote = usize::try_from(number).ok().and_then(|number| article.quotes.get(number));
        let Some(quote) = quote else { return Ok(None) };
        let mut hit = card_hit(&stored.card, ranked.score);
        hit.title_marks = merged(&view.marker.marks(Part::Title, &article.title, article.language.as_deref()));
        hit.quote = Some(shown_quote(&article, quote, &view.marker));
        hit.page = page_of(&body, quote.start);
        hit.explanation = self.explanation(view, ranked)?;
        Ok(Some(hit))
    }

    fn explanation(&self, view: &View<'_>, ranked: &Ranked) -> Result<Vec<String>, IndexError> {
        if !view.request.explain {
            return Ok(Vec::new());
        }
        explain(view.searcher, &self.fields, self.stemmers(), view.request, ranked).map_err(|error| self.broken(&error))
    }
}

/// What every hit of one search shares.
pub(super) struct View<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) request: &'a Request,
    marker: Marker,
    evidence: Evidence,
}

impl<'a> View<'a> {
    pub(super) fn new(local: &Local, searcher: &'a Searcher, request: &'a Request) -> View<'a> {
        let (marker, evidence) = (Marker::new(&request.query, local.stemmers()), Evidence::new(&request.query));
        View { searcher, request, marker, evidence }
    }
}

impl Index for Local {
    fn search(&self, request: &Request) -> Result<Results, IndexError> {
        let searcher = self.searcher(request.target)?;
        let (plan, notes) = self.plan(&searcher, request)?;
        self.answer(&searcher, request, plan.as_ref(), notes)
    }

    fn pass(
        &self,
        request: &Request,
        each: &mut dyn FnMut(&dyn Found) -> ControlFlow<()>,
    ) -> Result<Vec<Note>, IndexError> {
        pass::pass(self, request, each)
    }

    fn tally(&self, request: &Request, field: Field) -> Result<(Vec<Tally>, usize), IndexError> {
        super::tally::tally(self, request, field)
    }

    fn counts(&self, request: &Request, fields: &[Field], dated: bool, most: usize) -> Result<Counts, IndexError> {
        counts::counts(self, request, fields, dated, most)
    }

    fn search_and_count(
        &self,
        request: &Request,
        fields: &[Field],
        dated: bool,
        most: usize,
    ) -> Result<(Results, Counts), IndexError> {
        counts::search_and_count(self, request, fields, dated, most)
    }

    fn open(&self, id: &str, query: &Query) -> Result<Option<Opened>, IndexError> {
        let searcher = self.articles();
        let Some(address) = self.find(&searcher, id)? else { return Ok(None) };
        let Packed { body, row } = self.stored(&searcher, address)?;
        let stored: Stored<'_> = postcard::from_bytes(&row).map_err(|_| self.unreadable())?;
        let article = stored.article(&body).ok_or_else(|| self.unreadable())?;
        let (marker, evidence) = (Marker::new(query, self.stemmers()), Evidence::new(query));
        let mut title = marker.marks(Part::Title, &article.title, article.language.as_deref());
        let mut body = marker.marks(Part::Body, &article.body, article.language.as_deref());
        evidence.add(&article, marker.clauses(), &mut title, &mut body);
        let spans = |part: Part, marks: &[Mark]| -> Vec<Span> {
            merged(marks).into_iter().map(|range| Span { part, start: range.start, end: range.end }).collect()
        };
        let mut marks = spans(Part::Title, &title);
        marks.extend(spans(Part::Body, &body));
        Ok(Some(Opened { article, marks }))
    }

    fn telling_words(&self, id: &str, most: usize) -> Result<Option<Vec<String>>, IndexError> {
        super::telling::words(self, id, most)
    }

    fn nearest(&self, target: Target, sought: &Sought, most: usize) -> Result<Vec<String>, IndexError> {
        super::spelling::nearest(self, target, sought, most)
    }

    fn ids_like(&self, part: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        let part = part.to_lowercase();
        let found = expand(&self.articles(), self.fields.id, "", |id| id.to_lowercase().contains(&part));
        let mut ids = found.map_err(|error| self.broken(&error))?.words;
        ids.sort();
        ids.truncate(limit);
        Ok(ids)
    }

    fn corpus(&self) -> &Path {
        &self.meta.corpus
    }

    fn is_whole(&self) -> bool {
        self.stories().knows_all()
    }

    fn files(&self) -> Result<Vec<FileRecord>, IndexError> {
        super::status::records(self)
    }

    fn status(&self) -> Result<Status, IndexError> {
        super::status::status(self)
    }
}

/// Opens the index in `place` for searching, as it is now.
pub(super) fn reader(place: &Path) -> Result<IndexReader, IndexError> {
    let index = folder::open(place)?;
    let made = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    made.map_err(|error| damaged(place, &error))
}
