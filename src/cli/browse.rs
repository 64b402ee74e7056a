//! `browse`: a full-screen view.

use clap::Args;
use ratatui::crossterm::event::{self, Event, KeyEventKind};

use super::desk::Desk;
use super::{Exit, Failure};
use crate::browse::App;

/// Read in a full-screen view: results, the article with its hits, quotations and counts
///
/// Type to search; Enter leads to the keys (j, k, n, N, space, 1, 2, 3), / back to typing, Ctrl-C ends. The screen says
/// which keys there are.
#[derive(Debug, Args)]
pub(super) struct Browse {
    /// The question to begin with
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
}

impl Browse {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        if !desk.terminal.out {
            return Err(Failure::new(
                "browse needs a terminal",
                "use `pullquote search` where the output is read by a program",
            ));
        }
        let index = desk.open()?;
        let mut app = App::new(index.as_ref(), &self.words.join(" "), desk.today().0);
        let mut terminal = ratatui::try_init()?;
        let ended = loop {
            if let Err(error) = terminal.draw(|frame| app.draw(frame)) {
                break Err(error);
            }
            match event::read() {
                Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => {
                    if app.key(key).is_break() {
                        break Ok(());
                    }
                }
                Ok(_) => (),
                Err(error) => break Err(error),
            }
        };
        ratatui::try_restore()?;
        ended?;
        Ok(Exit::Found)
    }
}
