//! `similar`: articles about the same, by the words that tell an article from the others.

use clap::Args;

use super::desk::Desk;
use super::search::Asked;
use super::{Exit, Failure};
use crate::output;
use crate::query;
use crate::search::{Request, Target};

/// How many words of the article are looked for.
const WORDS: usize = 25;

/// Find articles about the same as one
///
/// The words that tell it from the others are looked for; any of them is enough, and more are better. Words and flags
/// that follow narrow what is found.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  pullquote similar wire/2025.jsonl#17
  pullquote similar wire/2025.jsonl#17 --ticker NWRB --since 2025")]
pub(super) struct Similar {
    /// The article id, as `search` prints it
    id: String,
    #[command(flatten)]
    asked: Asked,
}

impl Similar {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let (_, zone) = desk.today();
        let index = desk.open()?;
        let Some(words) = index.telling_words(&self.id, WORDS)? else {
            writeln!(desk.err, "there is no article {}", output::clean(&self.id))?;
            return Ok(Exit::Nothing);
        };
        if words.is_empty() {
            writeln!(desk.err, "no other article has a word of {}", output::clean(&self.id))?;
            return Ok(Exit::Nothing);
        }
        let query = self.asked.query(desk)?.and(query::any_of(words));
        let request = self.asked.request(desk, query, Target::Articles);
        // The article itself is found, too, and left out.
        let wider = Request { limit: request.limit.saturating_add(1), ..request.clone() };
        let mut results = index.search(&wider)?;
        let found = results.hits.len();
        results.hits.retain(|hit| hit.id != self.id);
        results.hits.truncate(request.limit);
        if found > 0 {
            results.total = results.total.map(|total| total.saturating_sub(1));
        }
        self.asked.answer(desk, &request, &results, &zone)
    }
}
