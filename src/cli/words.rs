//! Words and flags in any order: `search capex -china -n 5` asks for capex without china, five hits.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

/// Commands whose words may begin with a `-` that excludes them.
const ASKING: &[&str] = &["search", "quotes", "show", "export", "add", "timeline", "browse"];

/// `arguments`, the program's name first, with the words of a question after all flags, behind `--`.
pub(super) fn last(command: &mut Command, arguments: Vec<OsString>) -> Vec<OsString> {
    command.build();
    let mut flags = Vec::with_capacity(arguments.len() + 1);
    let mut words = Vec::new();
    let mut asking: Option<&Command> = None;
    // The command whose own commands may come next.
    let mut at: &Command = command;
    let mut rest = arguments.into_iter();
    flags.extend(rest.next());
    while let Some(argument) = rest.next() {
        let typed = argument.to_string_lossy().into_owned();
        let known = asking.unwrap_or(at);
        if asking.is_some() && typed == "--" {
            words.extend(rest.by_ref());
        } else if let Some(takes_next) = flag(known, &typed) {
            flags.push(argument);
            if takes_next {
                flags.extend(rest.next());
            }
        } else if asking.is_some() {
            words.push(argument);
        } else {
            flags.push(argument);
            let found = at.find_subcommand(&typed);
            match found {
                Some(found) if found.has_subcommands() => at = found,
                Some(found) if ASKING.contains(&found.get_name()) => asking = Some(found),
                _ => flags.extend(rest.by_ref()),
            }
        }
    }
    if !words.is_empty() {
        flags.push("--".into());
        flags.extend(words);
    }
    flags
}

/// Whether `typed` is a flag, and if so, whether the next argument is its value.
fn flag(command: &Command, typed: &str) -> Option<bool> {
    let takes_value = |arg: &Arg| matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    if let Some(long) = typed.strip_prefix("--") {
        let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
        let known = command.get_arguments().find(|arg| arg.get_long() == Some(name));
        // One that there is not is left to be refused, with what may have been meant.
        return Some(value.is_none() && known.is_some_and(takes_value));
    }
    let mut letters = typed.strip_prefix('-')?.chars();
    let letter = letters.next()?;
    let known = command.get_arguments().find(|arg| arg.get_short() == Some(letter))?;
    match letters.next() {
        None => Some(takes_value(known)),
        // `-n5` is a flag, `-nvidia` excludes a word.
        Some(next) => (takes_value(known) && (next.is_ascii_digit() || next == '=')).then_some(false),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Typed;

    fn check(typed: &str, expected: &str) {
        let arguments = typed.split(' ').map(OsString::from).collect();
        let found = last(&mut Typed::command(), arguments);
        let found: Vec<&str> = found.iter().map(|argument| argument.to_str().unwrap()).collect();
        assert_eq!(found.join(" "), expected, "{typed}");
    }

    #[test]
    fn flags_may_stand_after_words() {
        check("pq search capex -n 3 guidance", "pq search -n 3 -- capex guidance");
        check("pq search capex --ticker MSFT --explain x", "pq search --ticker MSFT --explain -- capex x");
        check("pq --index dir quotes a --format=md", "pq --index dir quotes --format=md -- a");
        check("pq show id -n5", "pq show -- id -n5");
        check("pq search a -n5", "pq search -n5 -- a");
    }

    #[test]
    fn a_word_may_be_excluded() {
        check("pq search tariffs -china", "pq search -- tariffs -china");
        check("pq search -nvidia chips", "pq search -- -nvidia chips");
        check("pq search a -- -n 3", "pq search -- a -n 3");
        check("pq search -ticker:NVDA", "pq search -- -ticker:NVDA");
    }

    #[test]
    fn other_commands_stay_as_typed() {
        check("pq index corpus --wait 3s", "pq index corpus --wait 3s");
        check("pq search --help", "pq search --help");
        check("pq search -h", "pq search -h");
        check("pq search --tickr X", "pq search --tickr -- X");
        check("pq alert run a --exec x", "pq alert run a --exec x");
        check("pq alert add a --quotes -china b", "pq alert add --quotes -- a -china b");
        check("pq", "pq");
    }
}
