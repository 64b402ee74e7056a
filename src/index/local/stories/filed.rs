//! The file `stories`: flat numbers, so that a search reads the few that it needs and opening it costs nothing.
//!
//! A checksum of the rest; the number of segments, of stories, of articles in them; the segments' ids; where each story
//! begins; the articles of all stories, each a segment and a document; the same in order, each with its story.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};

/// Bytes of the checksum.
const SUM: usize = 32;

/// Bytes of a segment's id.
const ID: usize = 32;

/// A segment, by its place in the list, and a document in it.
pub(super) type Place = (u32, u32);

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Filed {
    /// The segments that were looked at, by id.
    pub(super) segments: Vec<String>,
    /// For every story its articles, the one to be shown first first.
    pub(super) stories: Vec<Vec<Place>>,
}

fn place(generation: &Path) -> PathBuf {
    generation.join("stories")
}

impl Filed {
    /// Reads the file of `generation`, if it is there and sound.
    pub(super) fn read(generation: &Path) -> Option<Filed> {
        let bytes = fs::read(place(generation)).ok()?;
        let (sum, rest) = bytes.split_at_checked(SUM)?;
        if blake3::hash(rest).as_bytes() != sum {
            return None;
        }
        let table = Table::over(OwnedBytes::new(bytes))?;
        let stories = (0..table.stories).map(|story| table.members(story).collect()).collect();
        Some(Filed { segments: table.segments, stories })
    }

    /// Puts these in the place of what is there, in one step.
    pub(super) fn write(&self, generation: &Path) -> std::io::Result<()> {
        let rest = self.packed();
        let bytes = [blake3::hash(&rest).as_bytes().as_slice(), &rest].concat();
        let fresh = generation.join("stories.new");
        fs::write(&fresh, bytes)?;
        fs::rename(fresh, place(generation))
    }

    fn packed(&self) -> Vec<u8> {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let all: usize = self.stories.iter().map(Vec::len).sum();
        let mut numbers = Vec::with_capacity(1 + self.stories.len() + 5 * all);
        let mut begin = 0;
        for story in &self.stories {
            numbers.push(begin);
            begin += number(story.len());
        }
        numbers.push(begin);
        numbers.extend(self.stories.iter().flatten().flat_map(|(segment, doc)| [*segment, *doc]));
        let mut by_place: Vec<[u32; 3]> = Vec::with_capacity(all);
        for (story, members) in (0..).zip(&self.stories) {
            by_place.extend(members.iter().map(|(segment, doc)| [*segment, *doc, story]));
        }
        by_place.sort_unstable();
        numbers.extend(by_place.into_iter().flatten());
        let mut bytes = Vec::with_capacity(4 * (3 + numbers.len()) + ID * self.segments.len());
        for count in [self.segments.len(), self.stories.len(), all] {
            bytes.extend(number(count).to_le_bytes());
        }
        for id in &self.segments {
            bytes.extend(id.bytes().chain(std::iter::repeat(b' ')).take(ID));
        }
        bytes.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
        bytes
    }
}

/// The file, read where it is needed. What is damaged in it makes wrong numbers; it is for `doctor` to sum it up.
#[derive(Debug)]
pub(super) struct Table {
    bytes: OwnedBytes,
    pub(super) segments: Vec<String>,
    stories: usize,
    members: usize,
    /// Where the numbers after the segments begin.
    numbers: usize,
}

impl Table {
    /// Opens the file of `generation`, if it is there.
    pub(super) fn open(generation: &Path) -> Option<Table> {
        let file = MmapDirectory::open(generation).ok()?.open_read(Path::new("stories")).ok()?;
        Table::over(file.read_bytes().ok()?)
    }

    fn over(bytes: OwnedBytes) -> Option<Table> {
        let count = |at: usize| word(&bytes, SUM + 4 * at).and_then(|count| usize::try_from(count).ok());
        let (segments, stories, members) = (count(0)?, count(1)?, count(2)?);
        let numbers = SUM + 12 + ID.checked_mul(segments)?;
        let length = stories.checked_add(1)?.checked_add(members.checked_mul(5)?)?.checked_mul(4)?;
        if bytes.len() != numbers.checked_add(length)? {
            return None;
        }
        let id = |id: &[u8]| String::from_utf8_lossy(id).trim_end().to_owned();
        let segments = bytes[SUM + 12..numbers].chunks_exact(ID).map(id).collect();
        Some(Table { bytes, segments, stories, members, numbers })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members == 0
    }

    fn number(&self, at: usize) -> u32 {
        word(&self.bytes, self.numbers + 4 * at).unwrap_or(u32::MAX)
    }

    /// The articles of a story.
    pub(super) fn members(&self, story: usize) -> impl Iterator<Item = Place> {
        let end = (self.number(story + 1) as usize).min(self.members);
        let first = self.stories + 1;
        (self.number(story) as usize..end).map(move |at| (self.number(first + 2 * at), self.number(first + 2 * at + 1)))
    }

    /// The story that an article is in.
    pub(super) fn story(&self, place: Place) -> Option<usize> {
        let first = self.stories + 1 + 2 * self.members;
        let (mut from, mut to) = (0, self.members);
        while from < to {
            let middle = usize::midpoint(from, to);
            let at = first + 3 * middle;
            let found = (self.number(at), self.number(at + 1));
            match found.cmp(&place) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => {
                    return usize::try_from(self.number(at + 2)).ok().filter(|story| *story < self.stories);
                }
            }
        }
        None
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filed() -> Filed {
        let segments = ["a".repeat(ID), "b".repeat(ID)].to_vec();
        Filed { segments, stories: vec![vec![(1, 7), (0, 3), (0, 900)], vec![(0, 4), (1, 4)]] }
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::TempDir::new().unwrap();
        filed().write(folder.path()).unwrap();
        let table = Table::open(folder.path()).unwrap();
        assert_eq!(table.segments, filed().segments);
        assert_eq!(Filed::read(folder.path()).unwrap().stories, filed().stories);
        for (story, members) in filed().stories.into_iter().enumerate() {
            assert_eq!(table.members(story).collect::<Vec<_>>(), members);
            assert!(members.into_iter().all(|member| table.story(member) == Some(story)));
        }
        assert_eq!([(0, 5), (2, 0), (0, 0), (1, 8)].map(|place| table.story(place)), [None; 4]);
    }

    #[test]
    fn no_changed_byte_goes_unseen_or_ends_the_program() {
        let folder = tempfile::TempDir::new().unwrap();
        filed().write(folder.path()).unwrap();
        let whole = fs::read(place(folder.path())).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            if let Some(table) = Table::over(OwnedBytes::new(bytes.clone())) {
                for place in [(0, 3), (1, 4), (7, 7)] {
                    let story = table.story(place);
                    assert!(story.is_none_or(|story| table.members(story).count() <= 5));
                }
            }
            fs::write(place(folder.path()), bytes).unwrap();
            assert!(Filed::read(folder.path()).is_none(), "byte {at}");
        }
        for length in 0..whole.len() {
            assert!(Table::over(OwnedBytes::new(whole[..length].to_vec())).is_none());
        }
    }
}
