//! stub
#![allow(missing_docs, clippy::all, missing_debug_implementations)]
use crate::{
    query::Query,
    search::{Opened, Request, Results},
};
use std::{
    borrow::Cow,
    io::{self, Write},
    path::Path,
};
pub mod inspect;
pub struct View<'a> {
    pub colour: bool,
    pub links: bool,
    pub width: usize,
    pub scores: bool,
    pub root: &'a Path,
    pub query: &'a Query,
    pub zone: &'a str,
    pub request: &'a Request,
}
pub trait Output: Sync {
    fn name(&self) -> &'static str;
    fn results(&self, results: &Results, view: &View<'_>, out: &mut dyn Write) -> io::Result<()>;
}
struct Text;
impl Output for Text {
    fn name(&self) -> &'static str {
        "text"
    }
    fn results(&self, results: &Results, _view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
        for h in &results.hits {
            writeln!(out, "{} {} {:?}", h.id, h.title, h.snippets)?;
        }
        Ok(())
    }
}
pub const OUTPUTS: &[&dyn Output] = &[&Text];
pub fn named(name: &str) -> Option<&'static dyn Output> {
    OUTPUTS.iter().copied().find(|o| o.name() == name)
}
pub mod article {
    use super::*;
    pub fn show(_o: &Opened, _v: &View, _out: &mut dyn Write) -> io::Result<Option<usize>> {
        Ok(None)
    }
    pub fn show_json(_o: &Opened, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
pub mod report {
    use super::*;
    use crate::{
        index::{Finding, Status},
        ingest::Report,
    };
    pub fn report(r: &Report, _i: &Path, _dry: bool, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{r:?}")
    }
    pub fn status(r: &Status, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{r:?}")
    }
    pub fn status_json(r: &Status, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{r:?}")
    }
    pub fn findings(r: &[Finding], out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{r:?}")
    }
    pub fn findings_json(r: &[Finding], out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{r:?}")
    }
}
pub fn trec(id: &str, results: &Results, offset: usize, out: &mut dyn Write) -> io::Result<()> {
    for (n, h) in results.hits.iter().enumerate() {
        writeln!(out, "{id} Q0 {} {} {:.4} pullquote", h.record_id.as_ref().unwrap_or(&h.id), n + 1 + offset, h.score)?;
    }
    Ok(())
}
pub fn clean(t: &str) -> Cow<'_, str> {
    Cow::Borrowed(t)
}
