//! What a damaged file does to the engine costs an answer and not the process.
//!
//! Tantivy trusts its files: a changed byte that its checksums would show, were they summed up at every start, can make
//! it panic at any question.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::reader::Local;
use crate::index::{FileRecord, Found, Index, IndexError, Status};
use crate::query::{Note, Query, Sought};
use crate::schema::Field;
use crate::search::{Counts, Opened, Request, Results, Tally, Target};

/// What `ask` answers; where it panics, the index in `folder` is damaged.
pub(super) fn guarded<T>(folder: &Path, ask: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    catch_unwind(AssertUnwindSafe(ask)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let reason = format!("what is in it cannot be read as it was written ({})", said.unwrap_or("no reason given"));
        Err(IndexError::Damaged { path: folder.to_owned(), reason })
    })
}

/// An index whose panics are errors.
pub(super) struct Guarded(pub(super) Local);

impl Guarded {
    fn ask<T>(&self, ask: impl FnOnce(&Local) -> Result<T, IndexError>) -> Result<T, IndexError> {
        guarded(&self.0.folder, || ask(&self.0))
    }
}

impl Index for Guarded {
    fn search(&self, request: &Request) -> Result<Results, IndexError> {
        self.ask(|local| local.search(request))
    }

    fn pass(
        &self,
        request: &Request,
        each: &mut dyn FnMut(&dyn Found) -> ControlFlow<()>,
    ) -> Result<Vec<Note>, IndexError> {
        self.ask(|local| local.pass(request, each))
    }

    fn tally(&self, request: &Request, field: Field) -> Result<(Vec<Tally>, usize), IndexError> {
        self.ask(|local| local.tally(request, field))
    }

    fn counts(&self, request: &Request, fields: &[Field], dated: bool, most: usize) -> Result<Counts, IndexError> {
        self.ask(|local| local.counts(request, fields, dated, most))
    }

    fn search_and_count(
        &self,
        request: &Request,
        fields: &[Field],
        dated: bool,
        most: usize,
    ) -> Result<(Results, Counts), IndexError> {
        self.ask(|local| local.search_and_count(request, fields, dated, most))
    }

    fn open(&self, id: &str, query: &Query) -> Result<Option<Opened>, IndexError> {
        self.ask(|local| Index::open(local, id, query))
    }

    fn telling_words(&self, id: &str, most: usize) -> Result<Option<Vec<String>>, IndexError> {
        self.ask(|local| local.telling_words(id, most))
    }

    fn nearest(&self, target: Target, sought: &Sought, most: usize) -> Result<Vec<String>, IndexError> {
        self.ask(|local| local.nearest(target, sought, most))
    }

    fn ids_like(&self, part: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        self.ask(|local| local.ids_like(part, limit))
    }

    fn corpus(&self) -> &Path {
        self.0.corpus()
    }

    fn is_whole(&self) -> bool {
        self.ask(|local| Ok(local.is_whole())).unwrap_or(false)
    }

    fn files(&self) -> Result<Vec<FileRecord>, IndexError> {
        self.ask(Index::files)
    }

    fn status(&self) -> Result<Status, IndexError> {
        self.ask(Index::status)
    }
}
