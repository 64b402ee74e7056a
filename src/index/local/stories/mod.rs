//! Stories: articles that are copies of one another, told once when the index is written.
//!
//! The file `stories` beside the indexes of a generation lists them by segment and document. It belongs to the segments
//! that it names: what lies in others is in no story until the index is next written. Nothing is deleted for it.

mod build;
mod sketch;

use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tantivy::{DocAddress, Searcher};

pub(super) use build::update;
pub(super) use sketch::sketch;

/// What is on disk.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Filed {
    /// The segments that were looked at, by id.
    segments: Vec<String>,
    /// For every story its articles, the one to be shown first first: a segment of these, and a document in it.
    stories: Vec<Vec<(u32, u32)>>,
}

/// The stories of an index as last committed.
#[derive(Debug, Default)]
pub(super) struct Stories {
    of: FxHashMap<DocAddress, u32>,
    members: Vec<Vec<DocAddress>>,
}

impl Stories {
    /// Reads those in `generation`; none where the file is not there or cannot be read.
    pub(super) fn read(generation: &Path, searcher: &Searcher) -> Stories {
        let Some(filed) = filed(generation) else { return Stories::default() };
        let readers = searcher.segment_readers();
        let ords: FxHashMap<String, u32> =
            (0..).zip(readers).map(|(ord, reader)| (reader.segment_id().uuid_string(), ord)).collect();
        let ords: Vec<Option<u32>> = filed.segments.iter().map(|id| ords.get(id).copied()).collect();
        let mut stories = Stories::default();
        for story in &filed.stories {
            let address = |(segment, doc): &(u32, u32)| {
                let ord = ords.get(*segment as usize).copied().flatten()?;
                let reader = readers.get(ord as usize)?;
                let is_alive = *doc < reader.max_doc() && !reader.is_deleted(*doc);
                is_alive.then(|| DocAddress::new(ord, *doc))
            };
            let members: Vec<DocAddress> = story.iter().filter_map(address).collect();
            if members.len() > 1 {
                let number = u32::try_from(stories.members.len()).unwrap_or(u32::MAX);
                stories.of.extend(members.iter().map(|member| (*member, number)));
                stories.members.push(members);
            }
        }
        stories
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The articles of the story that `article` is in, the one to be shown first first.
    pub(super) fn of(&self, article: DocAddress) -> Option<&[DocAddress]> {
        self.of.get(&article).and_then(|story| self.members.get(*story as usize)).map(Vec::as_slice)
    }
}

fn place(generation: &Path) -> PathBuf {
    generation.join("stories")
}

fn filed(generation: &Path) -> Option<Filed> {
    let bytes = fs::read(place(generation)).ok()?;
    let (sum, rest) = bytes.split_at_checked(32)?;
    (blake3::hash(rest).as_bytes() == sum).then(|| postcard::from_bytes(rest).ok()).flatten()
}

/// Puts `filed` in the place of what is there, in one step.
fn write(generation: &Path, filed: &Filed) -> std::io::Result<()> {
    let rest = postcard::to_allocvec(filed).map_err(std::io::Error::other)?;
    let bytes = [blake3::hash(&rest).as_bytes().as_slice(), &rest].concat();
    let fresh = generation.join("stories.new");
    fs::write(&fresh, bytes)?;
    fs::rename(fresh, place(generation))
}

/// Whether the file is there, sound, and knows every segment of `searcher`.
pub(super) fn is_current(generation: &Path, searcher: &Searcher) -> bool {
    filed(generation).is_some_and(|filed| {
        searcher.segment_readers().iter().all(|reader| filed.segments.contains(&reader.segment_id().uuid_string()))
    })
}

#[cfg(test)]
mod tests;
