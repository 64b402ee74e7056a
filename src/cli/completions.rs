//! `completions`: what a shell needs to complete our words.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::desk::Desk;
use super::{Exit, Failure, Typed};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  pullquote completions bash > ~/.local/share/bash-completion/completions/pullquote")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Typed::command(), "pullquote", &mut text);
        desk.out.write_all(&text)?;
        Ok(Exit::Found)
    }
}
