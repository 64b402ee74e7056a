//! The books: what went in, what came of it, and when a file is whole.

use std::collections::BTreeMap;

use super::changes::MOST_REFUSALS;
use super::pipeline::{Message, Outcome};
use super::{Progress, Report};
use crate::corpus::Entry;
use crate::index::FileRecord;

/// The record of a file names no more refusals than this, and counts all.
const NAMED_IN_RECORD: usize = 20;

/// Accounts of the files on their way.
pub(super) struct Books<'a> {
    entries: &'a [Entry],
    open: BTreeMap<usize, Account>,
    progress: Progress,
}

/// What is known of one file so far.
#[derive(Default)]
struct Account {
    /// How many records it was cut into, once it was cut to its end.
    expected: Option<usize>,
    seen: usize,
    record: FileRecord,
    /// Number of the record, article id, reason.
    refusals: Vec<(usize, String, String)>,
}

impl<'a> Books<'a> {
    /// Books for `entries`, none of which has been read.
    pub(super) fn new(entries: &'a [Entry]) -> Books<'a> {
        let progress = Progress { of: Some(entries.len()), ..Progress::default() };
        Books { entries, open: BTreeMap::new(), progress }
    }

    /// How far it has come.
    pub(super) fn progress(&self) -> Progress {
        self.progress
    }

    /// Enters one message; returns the record of the file that it made whole, if it did.
    pub(super) fn enter(&mut self, message: Message, report: &mut Report) -> Option<FileRecord> {
        let file = match message {
            Message::Record { file, outcome } => {
                let account = self.open.entry(file).or_default();
                account.seen += 1;
                match outcome {
                    Outcome::Indexed { quotes, replaced } => {
                        account.record.articles += 1;
                        account.record.quotes += quotes;
                        account.record.replaced += usize::from(replaced);
                        self.progress.articles += 1;
                        report.articles += 1;
                        report.quotes += quotes;
                    }
                    Outcome::Refused { number, id, reason } => account.refusals.push((number, id, reason)),
                }
                file
            }
            Message::Cut { file, records, ending, bytes } => {
                let account = self.open.entry(file).or_default();
                account.expected = Some(records);
                match ending {
                    Ok(hash) => account.record.hash = hash,
                    Err(reason) => {
                        let path = self.entries.get(file).map(|entry| entry.path.clone()).unwrap_or_default();
                        account.refusals.push((usize::MAX, path, reason));
                    }
                }
                self.progress.files += 1;
                self.progress.bytes += bytes;
                file
            }
            Message::Failed(_) => return None,
        };
        let whole = self.open.get(&file).is_some_and(|account| account.expected == Some(account.seen));
        if whole { self.whole(file, report) } else { None }
    }

    /// Closes the account of a file.
    fn whole(&mut self, file: usize, report: &mut Report) -> Option<FileRecord> {
        let mut account = self.open.remove(&file)?;
        let entry = self.entries.get(file)?;
        account.refusals.sort();
        let refusals: Vec<(String, String)> =
            account.refusals.into_iter().map(|(_, id, reason)| (id, reason)).collect();
        report.refused += refusals.len();
        let room = MOST_REFUSALS.saturating_sub(report.refusals.len());
        report.refusals.extend(refusals.iter().take(room).cloned());
        account.record.path.clone_from(&entry.path);
        account.record.size = entry.size;
        account.record.modified = entry.modified;
        account.record.refused = refusals.len();
        account.record.refusals = refusals.into_iter().take(NAMED_IN_RECORD).collect();
        Some(account.record)
    }

    /// Ends the books: puts the report in order, takes out of it what is not whole, and returns the paths of these files.
    pub(super) fn close(self, report: &mut Report) -> Vec<String> {
        for account in self.open.values() {
            report.articles -= account.record.articles;
            report.quotes -= account.record.quotes;
        }
        report.refusals.sort();
        let path = |file: &usize| self.entries.get(*file).map(|entry| entry.path.clone());
        self.open.keys().filter_map(path).collect()
    }
}
