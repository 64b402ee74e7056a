//! Exports to files and pipes that take no more.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use pullquote::output::export::FORMATS;

use crate::folder::{Folder, Ran};

#[test]
fn a_pipe_that_has_seen_enough_is_no_failure() {
    let folder = Folder::with_articles(400);
    folder.expect("index");
    for format in FORMATS {
        let mut command = folder.program();
        let mut child = command.args(["export", "--format", format]).stdout(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 4];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    let folder = Folder::with_articles(100);
    folder.expect("index");
    for format in FORMATS {
        let name = format!("all.{format}");
        folder.write(&name, "as it was");
        // A limit on the size of files fails each larger write, as a full disk does.
        let program = folder.program();
        let program = program.get_program().to_string_lossy();
        let line = format!("trap '' XFSZ; ulimit -f 1; exec {program} export --quotes -o {name}");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &line]).current_dir(folder.path("")).env("HOME", folder.path(""));
        let ran = Ran::of(&mut shell);
        assert_eq!(ran.code, Some(2), "{format}: {ran:?}");
        assert!(
            ran.err.contains(&format!("cannot write {name}")) && ran.err.contains("free some space"),
            "{}",
            ran.err
        );
        assert_eq!(fs::read_to_string(folder.path(&name)).unwrap(), "as it was", "{format}");
    }
    let left = |name: &str| name.contains(".part");
    let names = fs::read_dir(folder.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!names.into_iter().any(|name| left(name.to_str().unwrap())));
    folder.expect("export -o all.csv");
}
