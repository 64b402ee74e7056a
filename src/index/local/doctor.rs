//! Looks whether an index is sound: opens everything, sums checksums, counts in against counts out.

use std::fs;
use std::path::Path;

use tantivy::Index;
use tantivy::schema::Schema;

use super::fields;
use super::folder::{self, ARTICLES, FILES, Meta, QUOTES, holder};
use super::reader::Local;
use super::status::records;
use super::stories;
use crate::index::Finding;
use crate::search::Target;

/// Looks at the index in `folder`, and says what was seen.
pub(super) fn check(folder: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = |what: &str, sound: bool, detail: String| {
        findings.push(Finding { what: what.to_owned(), sound, detail });
    };
    let meta = match Meta::read(folder) {
        Ok(meta) => meta,
        Err(error) => {
            seen("index", false, format!("{error}; {}", error.advice()));
            return findings;
        }
    };
    let version = format!("format {}, reading {}, written by pullquote {}", meta.format, meta.reading, meta.program);
    let advice = if meta.current() { "" } else { "; run `pullquote index` to rebuild it" };
    seen("version", meta.current(), version + advice);
    match holder(folder) {
        Some(holder) => seen("lock", true, format!("being written by {holder}")),
        None => seen("lock", true, "nobody is writing".to_owned()),
    }
    let mut whole = true;
    let (articles, quotes) = (fields::schema(Target::Articles).0, fields::schema(Target::Quotes).0);
    for (name, schema) in [(ARTICLES, articles), (QUOTES, quotes), (FILES, fields::file_schema().0)] {
        let (sound, detail) = checksums(&meta.place(folder, name), meta.current().then_some(&schema));
        whole &= sound;
        seen(name, sound, detail);
    }
    if meta.current() && whole {
        let (sound, detail) = counts(folder);
        seen("counts", sound, detail);
        let (sound, detail) = copies(folder, &meta);
        seen("stories", sound, detail);
    }
    let exists = meta.corpus.exists();
    let corpus = meta.corpus.display();
    let detail = if exists { format!("{corpus}") } else { format!("{corpus} is not there: is its drive mounted?") };
    seen("corpus", exists, detail);
    findings
}

/// Opens one index, which has this schema where it is known, and sums up its files.
fn checksums(place: &Path, schema: Option<&Schema>) -> (bool, String) {
    let index = match folder::open(place) {
        Ok(index) => index,
        Err(error) => return (false, format!("{error}; run `pullquote index` to rebuild it")),
    };
    let as_made = |schema: &Schema| index.schema() == *schema && *index.settings() == fields::settings();
    if !schema.is_none_or(|schema| as_made(schema) && is_as_written(place, &index)) {
        let file = place.join("meta.json");
        return (false, format!("damaged in {}; run `pullquote index --rebuild`", file.display()));
    }
    match index.validate_checksum() {
        Ok(broken) if broken.is_empty() => {
            let segments = index.searchable_segment_ids().map_or(0, |ids| ids.len());
            let noun = if segments == 1 { "segment" } else { "segments" };
            (true, format!("opens, {segments} {noun}, every checksum right"))
        }
        Ok(broken) => {
            let mut names: Vec<String> = broken.iter().map(|path| path.display().to_string()).collect();
            names.sort();
            let names = names.join(", ");
            (false, format!("damaged in {}: {names}; run `pullquote index --rebuild`", place.display()))
        }
        Err(error) => (false, format!("{error}; run `pullquote index --rebuild`")),
    }
}

/// Whether what says which files there are would be written as it stands: a name that is not understood is passed over
/// when it is read. Who writes may put another in its place meanwhile.
fn is_as_written(place: &Path, index: &Index) -> bool {
    let there = || fs::read_to_string(place.join("meta.json")).unwrap_or_default();
    let before = there();
    let written = index.load_metas().ok().and_then(|metas| serde_json::to_string_pretty(&metas).ok());
    written.is_some_and(|written| [before, there()].iter().any(|there| there.trim_end() == written))
}

/// Whether it is known which articles are copies.
fn copies(folder: &Path, meta: &Meta) -> (bool, String) {
    match Local::open(folder) {
        Ok(local) if local.stories().knows_all() && stories::is_sound(&meta.generation(folder)) => {
            (true, "every article was compared with its copies".to_owned())
        }
        Ok(_) => (false, "copies of articles are not all known; run `pullquote optimize`".to_owned()),
        Err(error) => (false, format!("{error}; {}", error.advice())),
    }
}

/// Articles and quotes that files gave against those that can be found.
fn counts(folder: &Path) -> (bool, String) {
    let found = Local::open(folder).and_then(|local| {
        let records = records(&local)?;
        let articles = local.articles();
        let quotes = local.quotes()?.num_docs();
        Ok((records, articles.num_docs(), quotes))
    });
    let (records, articles, quotes) = match found {
        Ok(found) => found,
        Err(error) => return (false, format!("{error}; {}", error.advice())),
    };
    let given: u64 = records.iter().map(|file| file.articles as u64).sum();
    let spoken: u64 = records.iter().map(|file| file.quotes as u64).sum();
    let sound = given == articles && spoken == quotes;
    let mut detail =
        format!("{given} articles in, {articles} found; {spoken} quotes in, {quotes} found; {} files", records.len());
    if !sound {
        detail.push_str("; run `pullquote index` to bring it into step");
    }
    (sound, detail)
}
