//! What was asked for on the command line.

use std::path::PathBuf;

use crate::bare::Outcome;

/// What to measure.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// Articles to generate.
    pub(crate) articles: usize,
    /// Existing JSON lines, in place of generated ones.
    pub(crate) corpus: Option<PathBuf>,
    /// Files of the folder that is indexed twice; 0 leaves that out.
    pub(crate) files: usize,
    /// Index runs, of which the middle one counts; 0 asks the indexes of the last time.
    pub(crate) rounds: usize,
    /// The seed of the generator.
    pub(crate) seed: u64,
    /// Writes the generated JSON lines there and measures nothing.
    pub(crate) write: Option<PathBuf>,
}

/// Reads the arguments after the program's name.
pub(crate) fn read(arguments: &[String]) -> Outcome<Options> {
    let mut options = Options { articles: 20_000, corpus: None, files: 100_000, rounds: 3, seed: 1, write: None };
    let mut arguments = arguments.iter();
    while let Some(name) = arguments.next() {
        if name == "--bench" {
            continue; // Cargo adds it.
        }
        let mut value = || arguments.next().ok_or_else(|| format!("{name} needs a value"));
        match name.as_str() {
            "--articles" => options.articles = value()?.parse()?,
            "--corpus" => options.corpus = Some(value()?.into()),
            "--files" => options.files = value()?.parse()?,
            "--rounds" => options.rounds = value()?.parse()?,
            "--seed" => options.seed = value()?.parse()?,
            "--write" => options.write = Some(value()?.into()),
            _ => return Err(format!("{name}: not one of --articles --corpus --files --rounds --seed --write").into()),
        }
    }
    Ok(options)
}
