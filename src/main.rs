//! Arguments in, exit code out.

use std::process::ExitCode;

/// Indexing allocates on many threads at once, which is what this allocator is for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    pullquote::cli::run()
}
