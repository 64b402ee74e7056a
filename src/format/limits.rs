//! What is too much: sizes, counts and times above which a file is refused.

use serde::{Deserialize, Serialize};

/// What is refused as too much. All are generous: no article comes near them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of one article.
    pub article_bytes: usize,
    /// Bytes of one file on disk.
    pub file_bytes: u64,
    /// Bytes that one compressed file, or all files of an archive together, may unpack to.
    pub unpacked_bytes: u64,
    /// Bytes that one compressed byte may stand for, once there are many.
    pub ratio: u64,
    /// Archives in archives.
    pub depth: usize,
    /// Files in one archive.
    pub members: usize,
    /// Bytes of an archive that lies in an archive, and has to be read into memory.
    pub nested_bytes: usize,
    /// Pages of one document.
    pub pages: usize,
    /// Seconds for one document that is read in a process of its own.
    pub seconds: u64,
    /// Bytes of memory for such a process.
    pub memory: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            article_bytes: 64 << 20,
            file_bytes: 100 << 30,
            unpacked_bytes: 200 << 30,
            ratio: 400,
            depth: 4,
            members: 1_000_000,
            nested_bytes: 256 << 20,
            pages: 5000,
            seconds: 60,
            memory: 1 << 30,
        }
    }
}
