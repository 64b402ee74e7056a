//! Storage, ranking and snippets. No tantivy type leaves `local/`.

mod beside;
mod facets;
mod help;
mod local;
mod names;
mod people;
mod timeline;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::article::{Article, Quote};
use crate::query::{Note, Query, Sought};
use crate::schema::Field;
use crate::search::{Counts, Hit, Opened, Request, Results, Tally, Target};

pub use facets::{facets, search_and_count};
pub use help::help;
pub use people::{People, Person, people};
pub use timeline::{Series, Timeline, timeline};

/// Answers questions. Opening one never takes the writer's lock.
pub trait Index: Send + Sync {
    /// Answers `request`.
    fn search(&self, request: &Request) -> Result<Results, IndexError>;

    /// Hands everything that `request` finds to `each`, in order of article id and place, whatever the request says of
    /// order and number. `each` may end it. However much is found, texts are in memory one at a time.
    fn pass(
        &self,
        request: &Request,
        each: &mut dyn FnMut(&dyn Found) -> ControlFlow<()>,
    ) -> Result<Vec<Note>, IndexError>;

    /// How many of what `request` finds have each value of `field`, one of [`Field::COUNTED`], and when; in order of value.
    /// The second figure is how many have none.
    fn tally(&self, request: &Request, field: Field) -> Result<(Vec<Tally>, usize), IndexError>;

    /// Counts what `request` finds, all of it, by the `most` frequent values of `fields`, each one of [`Field::COUNTED`],
    /// and by day where `dated`.
    fn counts(&self, request: &Request, fields: &[Field], dated: bool, most: usize) -> Result<Counts, IndexError>;

    /// [`Index::search`] and [`Index::counts`] in one.
    fn search_and_count(
        &self,
        request: &Request,
        fields: &[Field],
        dated: bool,
        most: usize,
    ) -> Result<(Results, Counts), IndexError>;

    /// Opens the article called `id`, with what `query` matches in it.
    fn open(&self, id: &str, query: &Query) -> Result<Option<Opened>, IndexError>;

    /// The `most` words that tell the article called `id` from the others, most telling first; `None` where it is not
    /// there.
    fn telling_words(&self, id: &str, most: usize) -> Result<Option<Vec<String>>, IndexError>;

    /// At most `most` words of the index that are spelled nearly like `sought`, nearest first; none for a word that is
    /// there, and none for figures.
    fn nearest(&self, target: Target, sought: &Sought, most: usize) -> Result<Vec<String>, IndexError>;

    /// Article ids that begin with or contain `part`, for "did you mean"; at most `limit`.
    fn ids_like(&self, part: &str, limit: usize) -> Result<Vec<String>, IndexError>;

    /// The corpus root it belongs to.
    fn corpus(&self) -> &Path;

    /// Whether the last run that wrote came to its end. One that was killed may have left copies that are not told yet.
    fn is_whole(&self) -> bool;

    /// Every file record, in order of path.
    fn files(&self) -> Result<Vec<FileRecord>, IndexError>;

    /// What is indexed, how fresh, what failed.
    fn status(&self) -> Result<Status, IndexError>;
}

/// One thing found, as it passes by.
pub trait Found {
    /// The article, but for its paragraphs.
    fn article(&self) -> &Article;

    /// The quotation, in a search for quotes.
    fn quote(&self) -> Option<&Quote>;

    /// The hit that a search would show, without its score.
    fn hit(&self) -> Result<Option<Hit>, IndexError>;
}

/// Takes articles in. There is one writer for an index at a time; many threads may add to it.
pub trait Writer: Send + Sync {
    /// Every file record of the last commit, in order of path.
    fn files(&self) -> Result<Vec<FileRecord>, IndexError>;

    /// Adds `article`.
    fn add(&self, article: &Article) -> Result<(), IndexError>;

    /// Forgets the articles, quotes and record of the file `path`, those added since the last commit included.
    fn forget(&self, path: &str) -> Result<(), IndexError>;

    /// Keeps the record of a file whose articles were all added.
    fn record(&self, file: &FileRecord) -> Result<(), IndexError>;

    /// Makes what was added findable and safe, in the order quotes, articles, files.
    fn commit(&mut self) -> Result<(), IndexError>;

    /// Merges segments so that searches are fastest and space is freed.
    fn merge(&mut self) -> Result<(), IndexError>;

    /// Commits, merges what is scattered, and puts a rebuilt index in the place of the old one. Nothing can be added after.
    fn finish(&mut self) -> Result<(), IndexError>;

    /// Whether an older or damaged index is being rebuilt: everything has to be added anew.
    fn replaces(&self) -> bool;
}

/// What is known of a source file: the commit mark of its articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileRecord {
    /// Path relative to the corpus root, with `/`.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub modified: i64,
    /// BLAKE3 of the raw bytes; empty where the file could not be read.
    pub hash: Vec<u8>,
    /// How many articles it gave.
    pub articles: usize,
    /// How many quotes they hold.
    pub quotes: usize,
    /// How many of its articles had undecodable characters replaced.
    pub replaced: usize,
    /// How many records (or, for a file that is one article, the file itself) were refused.
    pub refused: usize,
    /// The first of them: article id and reason.
    pub refusals: Vec<(String, String)>,
}

/// What is indexed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    /// The index folder.
    pub index: PathBuf,
    /// The corpus root it belongs to.
    pub corpus: PathBuf,
    /// Articles that can be found.
    pub articles: usize,
    /// Articles without a date.
    pub undated: usize,
    /// Quotes that can be found.
    pub quotes: usize,
    /// Files that were read.
    pub files: usize,
    /// Articles with replaced characters.
    pub replaced: usize,
    /// First and last publication day, `YYYY-MM-DD`.
    pub days: Option<(String, String)>,
    /// When it was last written, in seconds since 1970.
    pub written: Option<i64>,
    /// Bytes on disk.
    pub bytes: u64,
    /// Share of deleted documents still on disk, from 0 to 1.
    pub dead: f64,
    /// Segments of the articles.
    pub segments: usize,
    /// Records and files refused, in all.
    pub refused: usize,
    /// The first of them in order of path: article id and reason.
    pub refusals: Vec<(String, String)>,
    /// Who is writing now, if anybody: process id and start, as a phrase.
    pub writer: Option<String>,
}

/// One thing that `doctor` looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: String,
    /// Whether it is sound.
    pub sound: bool,
    /// What was seen, and what to do where it is not sound.
    pub detail: String,
}

/// What an index could not do.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index there.
    #[error("there is no index at {0}")]
    Missing(PathBuf),
    /// Another process is writing.
    #[error("the index is being written by {holder}")]
    Locked {
        /// Who holds the lock.
        holder: String,
    },
    /// It belongs to another corpus.
    #[error("the index {index} belongs to the corpus {owner}, not {asked}")]
    OtherCorpus {
        /// The index folder.
        index: PathBuf,
        /// The corpus it was made from.
        owner: PathBuf,
        /// The corpus asked for.
        asked: PathBuf,
    },
    /// A newer pullquote made it.
    #[error("the index {path} was made by a newer pullquote (format {found}, this program reads {known})")]
    Newer {
        /// The index folder.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// An older pullquote made it: `index` rebuilds it.
    #[error("the index {0} was made by an older pullquote")]
    Older(PathBuf),
    /// It is damaged.
    #[error("the index {path} is damaged: {reason}")]
    Damaged {
        /// The index folder or the file in it.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The disk or the system failed.
    #[error("cannot write to the index {path}: {reason}")]
    Storage {
        /// The index folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

impl IndexError {
    /// What to do about it, as a sentence for a person.
    pub fn advice(&self) -> &'static str {
        match self {
            IndexError::Missing(_) => "run `pullquote index CORPUS` to make one",
            IndexError::Locked { .. } => "wait for it, or use `--wait 5m`",
            IndexError::OtherCorpus { .. } => "name another index with `--index DIR`",
            IndexError::Newer { .. } => "use that pullquote, or make a new index with `--index DIR`",
            IndexError::Older(_) => "run `pullquote index` to rebuild it",
            IndexError::Damaged { .. } => "run `pullquote doctor`, then `pullquote index --rebuild`",
            IndexError::Storage { .. } => {
                "free some space, then run `pullquote index` again: nothing committed is lost"
            }
        }
    }
}

/// How an index is opened for writing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// The corpus root it belongs to.
    pub corpus: PathBuf,
    /// Memory for the writer, in bytes; 0 chooses.
    pub memory: usize,
    /// How long to wait for another writer, in seconds.
    pub wait: u64,
    /// Whether to start anew beside what is there.
    pub rebuild: bool,
}

/// Opens the index in `folder` for searching.
pub fn open(folder: &Path) -> Result<Box<dyn Index>, IndexError> {
    local::open(folder)
}

/// Opens or makes the index in `folder` for writing.
pub fn open_writer(folder: &Path, options: &WriteOptions) -> Result<Box<dyn Writer>, IndexError> {
    local::open_writer(folder, options)
}

/// Looks whether the index in `folder` is sound.
pub fn check(folder: &Path) -> Vec<Finding> {
    local::check(folder)
}
