//! Two things done at once, by threads that are there already: to start one costs as much as many a question.

use std::sync::LazyLock;
use std::thread::{ScopedJoinHandle, available_parallelism};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// One thread fewer than the processor runs at once: who has a question works, too. `None` where there are no threads
/// to be had.
static THREADS: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let others = available_parallelism().map_or(1, |all| all.get() - 1).max(1);
    ThreadPoolBuilder::new().num_threads(others).build().ok()
});

/// Does `here` in this thread and `beside` in another as soon as one is free; one after the other where there is none.
pub(super) fn beside<Here, Beside: Send>(
    here: impl FnOnce() -> Here,
    beside: impl FnOnce() -> Beside + Send,
) -> (Here, Beside) {
    let Some(threads) = THREADS.as_ref() else { return (here(), beside()) };
    let mut done = None;
    let here = threads.in_place_scope(|scope| {
        scope.spawn(|_| done = Some(beside()));
        here()
    });
    (here, done.expect("the scope waits for it, and panics if it did"))
}

/// What another thread came to; where it panicked, so does this one.
pub(super) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_done_and_may_do_two_things_themselves() {
        let both = || beside(|| 1, || 2);
        assert_eq!(beside(both, both), ((1, 2), (1, 2)));
    }

    #[test]
    fn a_panic_beside_is_one_here() {
        let panics = || {
            let (number, ()) = beside(|| 1, || panic!("beside"));
            number
        };
        assert!(std::panic::catch_unwind(panics).is_err());
    }
}
