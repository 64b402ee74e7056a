//! Keeps what is read from running far ahead of what is indexed.
//!
//! Tantivy lets ten thousand documents wait. So many are hundreds of megabytes, and each finds its memory cold again.

use std::sync::atomic::{AtomicIsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// With more documents than this on their way, whoever brings another waits.
const MOST: isize = 512;

/// It goes on once there are no more than this: so few that those who read and those who index take turns, and each finds
/// its memory warm.
const FEW: isize = 32;

/// Nobody waits longer: documents that an indexer lost, as on a full disk, never arrive, and what comes next tells so.
const LONGEST: Duration = Duration::from_secs(1);

/// Counts the documents on their way from those who read to the one that indexes.
#[derive(Debug, Default)]
pub(in crate::index::local) struct Gate {
    under_way: AtomicIsize,
    lock: Mutex<()>,
    few: Condvar,
}

impl Gate {
    /// Lets `documents` through, once there are few enough before them.
    pub(in crate::index::local) fn enter(&self, documents: usize) {
        if self.under_way.load(Ordering::Acquire) > MOST {
            let lock = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
            let many = |(): &mut ()| self.under_way.load(Ordering::Acquire) > FEW;
            drop(self.few.wait_timeout_while(lock, LONGEST, many));
        }
        self.under_way.fetch_add(documents.cast_signed(), Ordering::AcqRel);
    }

    /// Notes that a document has arrived.
    pub(super) fn leave(&self) {
        let before = self.under_way.fetch_sub(1, Ordering::AcqRel);
        if before == FEW + 1 {
            drop(self.lock.lock());
            self.few.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_documents_pass_at_once() {
        let gate = Gate::default();
        for _ in 0..=MOST {
            gate.enter(1);
        }
        assert_eq!(gate.under_way.load(Ordering::Relaxed), MOST + 1);
    }

    #[test]
    fn who_waits_goes_on_when_the_others_have_arrived() {
        let gate = Gate::default();
        let many = MOST.unsigned_abs() + 1;
        gate.enter(many);
        std::thread::scope(|scope| {
            let late = scope.spawn(|| gate.enter(1));
            (0..many).for_each(|_| gate.leave());
            late.join().unwrap();
        });
        assert_eq!(gate.under_way.load(Ordering::Relaxed), 1);
    }
}
