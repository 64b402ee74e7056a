//! A pager for long text: the one set, else `less`.

use std::io::Write;
use std::process::{Command, Stdio};

use super::desk::Desk;

/// Lines kept above the one jumped to.
const ABOVE: usize = 3;

/// Shows `text` in a pager, from `line` on; false when there is none.
pub(super) fn page(desk: &Desk<'_>, text: &[u8], line: Option<usize>) -> bool {
    let set = match desk.settings.pager() {
        "" => desk.pager.as_deref().unwrap_or("less"),
        pager => pager,
    };
    let mut words = set.split_whitespace();
    let Some(program) = words.next().filter(|program| *program != "none" && *program != "cat") else { return false };
    let mut command = Command::new(program);
    command.args(words);
    if program.rsplit('/').next() == Some("less") {
        command.args(["-R", "-F", "-X"]);
        command.args(line.filter(|line| *line > ABOVE).map(|line| format!("+{}", line - ABOVE)));
    }
    let Ok(mut child) = command.stdin(Stdio::piped()).spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // A reader who has seen enough closes the pager: that is no failure.
        drop(input.write_all(text));
    }
    child.wait().is_ok_and(|status| status.success())
}
