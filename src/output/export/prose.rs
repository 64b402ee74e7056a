//! Markdown: articles whole, quotations with their citation.

use std::io::{self, Write};

use super::Rows;
use crate::article::{Article, Quote};
use crate::output::day::day;
use crate::output::markdown::{Home, citation, code, escaped, headline, paragraphs};

/// One after the other, a blank line between.
pub(super) struct Prose<'a> {
    out: &'a mut dyn Write,
    begun: bool,
}

impl<'a> Prose<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Prose<'a> {
        Prose { out, begun: false }
    }
}

impl Rows for Prose<'_> {
    fn row(&mut self, article: &Article, quote: Option<&Quote>) -> io::Result<()> {
        if self.begun {
            writeln!(self.out)?;
        }
        self.begun = true;
        match quote {
            None => whole(article, self.out),
            Some(quote) => cited(article, quote, self.out),
        }
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

fn whole(article: &Article, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}\n", headline(&article.title, article.url.as_deref()))?;
    let mut facts: Vec<String> = article.source.iter().map(|source| escaped(source)).collect();
    facts.push(day(article.published.as_ref()));
    facts.extend(Some(article.authors.join(", ")).filter(|authors| !authors.is_empty()).map(|it| escaped(&it)));
    let symbols: Vec<String> = article.tickers.iter().map(|ticker| escaped(&ticker.symbol)).collect();
    facts.extend(Some(symbols.join(", ")).filter(|symbols| !symbols.is_empty()));
    facts.push(code(&article.id));
    writeln!(out, "{}", facts.join(" · "))?;
    for line in paragraphs(&article.body) {
        writeln!(out, "\n{}", escaped(article.body[line].trim()))?;
    }
    Ok(())
}

fn cited(article: &Article, quote: &Quote, out: &mut dyn Write) -> io::Result<()> {
    let words = article.words(quote);
    for line in paragraphs(words) {
        writeln!(out, "> {}\n>", escaped(words[line].trim()))?;
    }
    let home = Home {
        title: &article.title,
        url: article.url.as_deref(),
        source: article.source.as_deref(),
        published: article.published.as_ref(),
        id: &article.id,
    };
    writeln!(out, "> {}", citation(quote.speaker.as_ref(), &home))
}
