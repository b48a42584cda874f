//! What has to happen in a process of its own, and is this program again: then its
//! start costs what that of the program costs.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use serde::Deserialize;
use wait4::Wait4 as _;

/// Parses every line of a journal, and drops what it finds.
pub(crate) const PARSE: &str = "--part-parse";
/// Runs a program, and says how many bytes it had in memory at its peak. Between, for a
/// process is told the peak of the one that started it, and that one is large.
pub(crate) const PEAK: &str = "--part-peak";

/// Does one part, if the arguments ask for one.
pub(crate) fn run(args: &[String]) -> anyhow::Result<Option<ExitCode>> {
    match args {
        [part, journal] if part == PARSE => parse(Path::new(journal)).map(|()| Some(ExitCode::SUCCESS)),
        [part, program, args @ ..] if part == PEAK => peak(program, args).map(Some),
        _ => Ok(None),
    }
}

/// A line in its own shape: what has to be understood of it whatever is made of it.
#[derive(Deserialize)]
#[expect(dead_code, reason = "parsing is what is measured")]
struct Line<'a> {
    v: u32,
    #[serde(borrow)]
    change: Cow<'a, str>,
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(borrow)]
    by: Cow<'a, str>,
    #[serde(borrow)]
    does: Cow<'a, str>,
    #[serde(borrow)]
    blocks: Vec<Version<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "parsing is what is measured")]
struct Version<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(default)]
    from: Vec<String>,
    #[serde(default)]
    set: Vec<String>,
    #[serde(borrow)]
    start: Cow<'a, str>,
    end: Option<String>,
    zone: Option<String>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    activity: Cow<'a, str>,
    #[serde(default)]
    tags: Vec<String>,
    note: Option<String>,
    #[serde(default)]
    interrupted: u32,
}

fn parse(folder: &Path) -> anyhow::Result<()> {
    let mut line = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            parse(&path)?;
            continue;
        }
        let mut file = BufReader::with_capacity(64 << 10, File::open(&path)?);
        while file.read_until(b'\n', &mut line)? > 0 {
            std::hint::black_box(serde_json::from_slice::<Line<'_>>(&line)?);
            line.clear();
        }
    }
    Ok(())
}

fn peak(program: &str, args: &[String]) -> anyhow::Result<ExitCode> {
    let mut child = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let ended = child.wait4()?;
    writeln!(io::stdout(), "{}", ended.rusage.maxrss)?;
    Ok(if ended.status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
