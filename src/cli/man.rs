//! `man`: the manual page.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;

use super::desk::Desk;
use super::{Exit, Failure, Typed};

/// Print the manual page, all commands in it
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  pullquote man | man -l -")]
pub(super) struct Man {}

impl Man {
    pub(super) fn run(desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let mut command = Typed::command();
        command.build();
        let mut text = Vec::new();
        Page::new(command.clone()).render(&mut text)?;
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            let page = Page::new(sub.clone());
            writeln!(text, ".SH \"PULLQUOTE {}\"", sub.get_name().to_uppercase())?;
            page.render_synopsis_section(&mut text)?;
            page.render_description_section(&mut text)?;
            page.render_options_section(&mut text)?;
        }
        desk.out.write_all(&text)?;
        Ok(Exit::Found)
    }
}
