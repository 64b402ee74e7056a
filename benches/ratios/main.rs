//! Speed and memory, as ratios to bare Tantivy in the same run: `cargo bench --bench ratios`.
//!
//! `-- --articles 1000000` generates a larger corpus, `-- --corpus FILE.jsonl` takes an existing one, and
//! `-- --write FILE.jsonl` keeps a generated one. The folder of work is emptied at the start of each run.

mod bare;
mod extraction;
mod generator;
mod keys;
mod latency;
mod options;
mod process;
mod queries;
mod table;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use bare::Outcome;
use generator::Generator;
use options::Options;
use queries::Question;
use table::Row;

/// The program that is measured.
const PULLQUOTE: &str = env!("CARGO_BIN_EXE_pullquote");

/// Runs of each question as a process, of which the best counts.
const RUNS: usize = 5;

/// Files in one folder.
const FOLDER: usize = 500;

/// The most files that are searched one by one.
const SEARCHED: usize = 22_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        // The bare program that pullquote is measured against: this one, started anew.
        ["bare-index", corpus, folder] => bare::index(Path::new(corpus), Path::new(folder)),
        ["bare-search", folder, query] => bare::print(Path::new(folder), query),
        _ => options::read(&arguments).and_then(|options| run(&options)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Outcome<()> {
    let generator = Generator::new(options.seed);
    if let Some(file) = &options.write {
        return write_lines(&generator, options.articles, file);
    }
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ratios");
    if options.rounds > 0 {
        let _ = fs::remove_dir_all(&work);
    }
    fs::create_dir_all(&work)?;
    let corpus = match &options.corpus {
        Some(file) => fs::canonicalize(file)?,
        None => work.join("corpus.jsonl"),
    };
    if options.corpus.is_none() {
        say(&format!("writing {} articles", options.articles))?;
        write_lines(&generator, options.articles, &corpus)?;
    }
    let mut rows = Vec::new();
    if options.rounds > 0 {
        rows.extend(indexing(&corpus, &work, options.rounds)?);
        say("extracting")?;
        rows.push(extraction::row(&corpus)?);
    }
    say("asking")?;
    let questions = queries::questions(&corpus)?;
    rows.extend(latency::rows(&work.join("ours"), &work.join("bare"), &questions)?);
    rows.extend(keys::rows(&work.join("ours"), &questions)?);
    rows.extend(processes(&corpus, &work, &questions)?);
    if options.files > 0 {
        rows.push(unchanged(&generator, options.files, &work)?);
    }
    table::print(&mut std::io::stdout().lock(), &rows)?;
    Ok(())
}

/// Indexes the corpus with both, each time from nothing.
fn indexing(corpus: &Path, work: &Path, rounds: usize) -> Outcome<Vec<Row>> {
    let (ours, bare) = (work.join("ours"), work.join("bare"));
    say("indexing with Tantivy and with pullquote, by turns")?;
    let mut index_bare = || {
        let _ = fs::remove_dir_all(&bare);
        fs::create_dir_all(&bare)?;
        process::watch(Command::new(std::env::current_exe()?).arg("bare-index").args([corpus, &bare]))
    };
    let mut index_ours = || {
        let _ = fs::remove_dir_all(&ours);
        process::watch(Command::new(PULLQUOTE).arg("index").arg(corpus).arg("--index").arg(&ours))
    };
    let [theirs, own] = process::medians(rounds, [&mut index_bare, &mut index_ours])?;
    let text = fs::metadata(corpus)?.len();
    let size = |what: &str, ours: u64, other: &str, against: u64, reach| Row {
        what: what.to_owned(),
        ours: table::megabytes(ours),
        against: format!("{other} {}", table::megabytes(against)),
        ratio: Some(ours as f64 / against as f64),
        reach,
    };
    let mut articles = 0;
    bare::records(corpus, &mut |_| {
        articles += 1;
        Ok(())
    })?;
    Ok(vec![
        Row::times(
            format!("index {articles} articles ({})", table::megabytes(text)),
            own.wall,
            "Tantivy",
            theirs.wall,
            "≤ 3.5",
        ),
        size("size of the index", process::size(&ours), "the text", text, "≤ 2.0"),
        size("peak memory while indexing", own.memory, "Tantivy", theirs.memory, "≤ 800 MB at 1,000,000"),
    ])
}

/// One question, one process.
fn processes(corpus: &Path, work: &Path, questions: &[Question]) -> Outcome<Vec<Row>> {
    let some: Vec<&Question> = questions.iter().step_by(questions.len().div_ceil(40) + 1).collect();
    let own_program = std::env::current_exe()?;
    let ours = p50(&some, &mut |question| {
        process::time(Command::new(PULLQUOTE).arg("search").arg("--index").arg(work.join("ours")).arg(&question.ours))
    })?;
    let bare = p50(&some, &mut |question| {
        process::time(Command::new(&own_program).arg("bare-search").arg(work.join("bare")).arg(&question.bare))
    })?;
    let what = "the whole process `pullquote search`, p50";
    let mut rows = vec![Row::times(what, ours, "Tantivy program", bare, "≤ 2.0")];
    if Command::new("rg").arg("--version").output().is_ok() {
        let texts = work.join("texts");
        let files = write_texts(corpus, &texts)?;
        let words = p50(&some, &mut |question| {
            let word = question.ours.split(' ').next().unwrap_or_default().trim_matches('"');
            process::time(Command::new("rg").args(["-i", "-w", "-c", word]).arg(&texts))
        })?;
        rows.push(Row::times(what, ours, &format!("`rg -c WORD` over {files} files"), words, "≤ 0.1"));
    } else {
        say("rg is not installed: not measured against it")?;
    }
    Ok(rows)
}

/// Writes the first articles of `corpus` as files of text; returns how many.
fn write_texts(corpus: &Path, folder: &Path) -> Outcome<usize> {
    let mut files = 0;
    bare::records(corpus, &mut |record| {
        if files < SEARCHED {
            let inner = folder.join(format!("{:03}", files / FOLDER));
            fs::create_dir_all(&inner)?;
            fs::write(inner.join(format!("{files}.txt")), format!("{}\n\n{}\n", record.title, record.text))?;
            files += 1;
        }
        Ok(())
    })?;
    Ok(files)
}

fn p50(questions: &[&Question], ask: &mut dyn FnMut(&Question) -> Outcome<Duration>) -> Outcome<Duration> {
    let mut times = Vec::with_capacity(questions.len());
    for question in questions {
        let runs = (0..RUNS).map(|_| ask(question)).collect::<Outcome<Vec<Duration>>>()?;
        times.extend(runs.into_iter().min());
    }
    Ok(latency::percentile(&times, 50))
}

/// Indexes a folder of `files` files twice: the second time nothing has changed.
fn unchanged(generator: &Generator, files: usize, work: &Path) -> Outcome<Row> {
    say(&format!("writing {files} files"))?;
    let (folder, index) = (work.join("files"), work.join("files-index"));
    write_files(generator, files, &folder)?;
    say("indexing them")?;
    let mut program = Command::new(PULLQUOTE);
    let command = program.arg("index").arg(&folder).arg("--index").arg(&index);
    process::watch(command)?;
    let fastest = |command: &mut Command| -> Outcome<Duration> {
        let runs = (0..RUNS).map(|_| process::time(command)).collect::<Outcome<Vec<Duration>>>()?;
        Ok(runs.into_iter().min().unwrap_or_default())
    };
    let again = fastest(command)?;
    let find = fastest(Command::new("find").arg(&folder).arg("-newer").arg(&index).args(["-type", "f"]))?;
    Ok(Row::times(format!("index again, {files} files, nothing changed"), again, "`find -newer`", find, "≤ 3.0"))
}

fn write_lines(generator: &Generator, articles: usize, file: &Path) -> Outcome<()> {
    let mut out = BufWriter::new(File::create(file)?);
    for number in 0..articles {
        serde_json::to_writer(&mut out, &generator.article(number))?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn write_files(generator: &Generator, files: usize, folder: &Path) -> Outcome<()> {
    for number in 0..files {
        let inner: PathBuf = folder.join(format!("{:04}", number / FOLDER));
        if number % FOLDER == 0 {
            fs::create_dir_all(&inner)?;
        }
        let article = generator.article(number);
        fs::write(inner.join(format!("{number}.txt")), format!("{}\n\n{}\n", article.title, article.text))?;
    }
    Ok(())
}

/// Says on stderr what is being done, and since when.
fn say(what: &str) -> Outcome<()> {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let elapsed = START.get_or_init(Instant::now).elapsed().as_secs();
    Ok(writeln!(std::io::stderr(), "{elapsed:>5} s  {what}")?)
}
