//! `show`: one article, with everything that a question matches in it.

use clap::Args;

use super::desk::Desk;
use super::{Exit, Failure, pager};
use crate::output::{self, article};
use crate::query;
use crate::search::{Dups, Matching, Request, Sort, Target};

/// Print an article with all hits marked, and jump to the first
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  pullquote show wire/2025.jsonl#17
  pullquote show wire/2025.jsonl#17 'capex speaker:nadella'")]
pub(super) struct Show {
    /// The article id, as `search` prints it
    id: String,
    /// The question whose hits are marked
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// text or json
    #[arg(long, default_value = "text", value_parser = ["text", "json"], value_name = "FORMAT")]
    format: String,
    /// Print it without a pager
    #[arg(long)]
    no_pager: bool,
}

/// How many ids are offered where the one given is not there.
const OFFERED: usize = 5;

impl Show {
    pub(super) fn run(&self, desk: &mut Desk<'_>) -> Result<Exit, Failure> {
        let (today, zone) = desk.today();
        let query = query::parse(&self.words.join(" "), today);
        let index = desk.open()?;
        let Some(opened) = index.open(&self.id, &query)? else {
            writeln!(desk.err, "there is no article {}", output::clean(&self.id))?;
            let name = self.id.rsplit('/').next().unwrap_or_default();
            for id in index.ids_like(name, OFFERED)? {
                writeln!(desk.err, "  did you mean {}?", output::clean(&id))?;
            }
            return Ok(Exit::Nothing);
        };
        if self.format == "json" {
            article::show_json(&opened, desk.out)?;
            return Ok(Exit::Found);
        }
        let request = Request {
            query,
            target: Target::Articles,
            matching: Matching::All,
            sort: Sort::Relevance,
            recency: None,
            limit: 1,
            offset: 0,
            snippets: 0,
            dups: Dups::Show,
            explain: false,
            count: false,
        };
        let root = desk.settings.corpus();
        let mut text = Vec::new();
        let view = desk.view(&root, &request, &zone);
        let first = article::show(&opened, &view, &mut text)?;
        let paged = !self.no_pager && desk.terminal.out && pager::page(desk, &text, first);
        if !paged {
            desk.out.write_all(&text)?;
        }
        Ok(Exit::Found)
    }
}
