//! Whole processes: how long they take and how much memory they need at most.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::bare::Outcome;

/// What one run of a program took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// From start to end.
    pub(crate) wall: Duration,
    /// The most memory that was resident, in bytes; 0 where the system does not say.
    pub(crate) memory: u64,
}

/// How often a running process is looked at: each look takes time from it, some per cent if it is every 2 ms.
const LOOK: Duration = Duration::from_millis(10);

/// Runs `command` and looks at its memory while it runs. What it prints is thrown away.
pub(crate) fn watch(command: &mut Command) -> Outcome<Cost> {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let (process, ended) = (child.id(), AtomicBool::new(false));
    let (status, wall, memory) = thread::scope(|scope| {
        let looking = scope.spawn(|| {
            let mut memory = 0;
            while !ended.load(Ordering::Acquire) {
                memory = memory.max(resident_peak(process));
                thread::park_timeout(LOOK);
            }
            memory
        });
        let status = child.wait();
        let wall = start.elapsed();
        ended.store(true, Ordering::Release);
        looking.thread().unpark();
        (status, wall, looking.join().unwrap_or_default())
    });
    let status = status?;
    if !status.success() {
        let output = child.wait_with_output()?;
        return Err(format!("{command:?}: {status}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(Cost { wall, memory })
}

/// Runs `command` to its end and says how long it took; finding nothing is no failure.
pub(crate) fn time(command: &mut Command) -> Outcome<Duration> {
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let wall = start.elapsed();
    match status.code() {
        Some(0 | 1) => Ok(wall),
        _ => Err(format!("{command:?}: {status}").into()),
    }
}

/// The middle one by time of `rounds` runs of each program, with its largest memory. They run by turns, so that a machine
/// that is slow for a while is so for both.
pub(crate) fn medians<const N: usize>(
    rounds: usize,
    mut programs: [&mut dyn FnMut() -> Outcome<Cost>; N],
) -> Outcome<[Cost; N]> {
    let mut costs = [const { Vec::new() }; N];
    for _ in 0..rounds.max(1) {
        for (costs, run) in costs.iter_mut().zip(&mut programs) {
            costs.push(run()?);
        }
    }
    Ok(costs.map(|mut costs: Vec<Cost>| {
        costs.sort_by_key(|cost| cost.wall);
        let memory = costs.iter().map(|cost| cost.memory).max().unwrap_or_default();
        Cost { wall: costs[costs.len() / 2].wall, memory }
    }))
}

/// Bytes of all files below `folder`.
pub(crate) fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().map_or(0, |m| m.len()) })
        .sum()
}

/// The peak resident memory of a running process, in bytes, as Linux tells it.
fn resident_peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()).unwrap_or_default() * 1024
}
