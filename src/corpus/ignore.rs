//! Which paths are left out: globs as in `.gitignore`, the last match deciding.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use super::CorpusError;

/// Globs of paths to leave out, in the order in which they were given.
#[derive(Debug, Clone)]
pub(super) struct Ignore {
    globs: GlobSet,
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, Copy)]
struct Rule {
    /// Whether it takes back what an earlier one left out (`!keep.txt`).
    keeps: bool,
    /// Whether it holds for folders only (`drafts/`).
    folders: bool,
}

impl Ignore {
    /// Reads one glob from each of `lines`; blank ones and those that begin with `#` say nothing.
    pub(super) fn new<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Ignore, CorpusError> {
        let mut globs = GlobSetBuilder::new();
        let mut rules = Vec::new();
        for line in lines {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (keeps, pattern) = line.strip_prefix('!').map_or((false, line), |rest| (true, rest));
            let (folders, pattern) = pattern.strip_suffix('/').map_or((false, pattern), |rest| (true, rest));
            globs.add(glob(pattern).map_err(|error| CorpusError::Pattern {
                pattern: line.to_owned(),
                reason: error.kind().to_string(),
            })?);
            rules.push(Rule { keeps, folders });
        }
        let pattern = |error: globset::Error| CorpusError::Pattern {
            pattern: error.glob().unwrap_or_default().to_owned(),
            reason: error.kind().to_string(),
        };
        Ok(Ignore { globs: globs.build().map_err(pattern)?, rules })
    }

    /// Whether the file or folder at `path`, relative to the root and with `/`, is left out.
    pub(super) fn leaves_out(&self, path: &str, is_folder: bool) -> bool {
        if self.rules.is_empty() {
            return false;
        }
        let mut matching = self.globs.matches(path).into_iter().map(|at| self.rules[at]);
        matching.rfind(|rule| is_folder || !rule.folders).is_some_and(|rule| !rule.keeps)
    }
}

/// A pattern with a `/` inside or in front is anchored at the root; any other matches at every depth.
fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    let anchored = pattern.contains('/');
    let pattern = pattern.strip_prefix('/').unwrap_or(pattern);
    let whole = if anchored { pattern.to_owned() } else { format!("**/{pattern}") };
    GlobBuilder::new(&whole).literal_separator(true).backslash_escape(true).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &str, path: &str, expected: bool) {
        let (path, is_folder) = path.strip_suffix('/').map_or((path, false), |path| (path, true));
        let ignore = Ignore::new(lines.lines()).unwrap();
        assert_eq!(ignore.leaves_out(path, is_folder), expected, "{lines:?} {path}");
    }

    #[test]
    fn a_name_matches_at_every_depth() {
        check("*.tmp", "a.tmp", true);
        check("*.tmp", "deep/er/a.tmp", true);
        check("*.tmp", "a.tmp.txt", false);
    }

    #[test]
    fn a_path_is_anchored_at_the_root() {
        check("/drafts", "drafts/", true);
        check("/drafts", "wire/drafts/", false);
        check("wire/*.txt", "wire/a.txt", true);
        check("wire/*.txt", "wire/old/a.txt", false);
        check("wire/**/*.txt", "wire/old/a.txt", true);
    }

    #[test]
    fn a_slash_at_the_end_means_folders() {
        check("old/", "old/", true);
        check("old/", "old", false);
    }

    #[test]
    fn the_last_match_decides() {
        check("*.txt\n!keep.txt", "keep.txt", false);
        check("!keep.txt\n*.txt", "keep.txt", true);
    }

    #[test]
    fn comments_and_blank_lines_say_nothing() {
        check("# *.txt\n\n  \n", "a.txt", false);
    }

    #[test]
    fn a_broken_pattern_is_named() {
        let error = Ignore::new(["[a"].into_iter()).unwrap_err().to_string();
        assert!(error.starts_with("cannot understand the pattern [a: "), "{error}");
    }
}
