//! The system calls of a command: listed, and made to fail or to kill.

use std::fs;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{Answer, Desk};

/// The calls by which a program reaches files.
const TRACED: &str = "openat,read,pread64,write,writev,pwrite64,fsync,fdatasync,sync_file_range,?rename,renameat,renameat2,\
     ftruncate,?truncate,?mkdir,mkdirat,?link,linkat,?symlink,symlinkat,?unlink,unlinkat,?rmdir,flock,lseek,getdents64,statx,newfstatat,?fchmod,fallocate";

/// A call that a command makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) name: String,
    /// Which of the calls of this name it is, from 1.
    number: usize,
    /// What it was, as strace says it, up to its answer.
    pub(crate) said: String,
}

/// What is to happen instead of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not done, and answers this error.
    Error(&'static str),
    /// It is not done, for the process is killed.
    Kill,
}

impl Call {
    /// Whether it is about the files of the desk's user.
    fn is_of(&self, desk: &Desk) -> bool {
        self.said.contains(&*desk.home().to_string_lossy())
    }

    /// Whether it writes the answer that a person sees.
    pub(crate) fn prints(&self) -> bool {
        self.name == "write" && self.said.starts_with("write(1<")
    }

    /// Whether it changes files, or waits for the disk.
    pub(crate) fn changes(&self) -> bool {
        let reads = ["read", "pread64", "lseek", "getdents64", "statx", "newfstatat", "flock"];
        !reads.contains(&self.name.as_str()) && (self.name != "openat" || self.said.contains("O_CREAT"))
    }

    /// Whether it waits for the disk.
    pub(crate) fn syncs(&self) -> bool {
        ["fsync", "fdatasync"].contains(&self.name.as_str())
    }

    /// Returns the path that it is about, without what is another in every run: the numbers of
    /// processes.
    fn about(&self) -> String {
        let arguments = self.said.split_once('(').map_or("", |(_, arguments)| arguments);
        let is_of_a_file = arguments.starts_with(|c: char| c.is_ascii_digit());
        let mut between = arguments.split(if is_of_a_file { ['<', '>'] } else { ['"', '"'] });
        between.nth(1).unwrap_or_default().chars().filter(|c| !c.is_ascii_digit()).collect()
    }

    fn injected(&self, fault: Fault) -> String {
        let Self { name, number, .. } = self;
        match fault {
            Fault::Error(error) => format!("inject={name}:error={error}:when={number}"),
            Fault::Kill => format!("inject={name}:signal=KILL:when={number}"),
        }
    }
}

/// Says to strace what is to happen. It takes one fault for each name of a call, so two of one
/// name must be the same fault.
fn injections(faults: &[(&Call, Fault)]) -> Vec<String> {
    match faults {
        [(first, fault), (second, same)] if first.name == second.name => {
            assert_eq!(fault, same);
            vec![format!("{}..{}+{}", first.injected(*fault), second.number, second.number - first.number)]
        }
        _ => faults.iter().map(|(call, fault)| call.injected(*fault)).collect(),
    }
}

/// Runs a command without faults, and returns what came of it and its calls that are about the
/// user's files or print.
pub(crate) fn calls(desk: &Desk, line: &str) -> (Answer, Vec<Call>) {
    let (answer, said) = traced(desk, line, &[]);
    (answer, listed(&said).into_iter().filter(|call| call.is_of(desk) || call.prints()).collect())
}

/// Runs a command with faults; the same, up to its end.
pub(crate) fn with_faults(desk: &Desk, line: &str, faults: &[(&Call, Fault)]) -> (Answer, Vec<Call>) {
    let (answer, said) = traced(desk, line, &injections(faults));
    let all = listed(&said);
    for (meant, _) in faults {
        let met = all.iter().find(|call| (&call.name, call.number) == (&meant.name, meant.number));
        let is_that = met.is_some_and(|met| met.about() == meant.about());
        assert!(is_that, "tiltmeter {line}: the calls differ from run to run: {meant:?} was {met:?}\n{answer:?}");
    }
    (answer, all.into_iter().filter(|call| call.is_of(desk) || call.prints()).collect())
}

/// Returns a command that runs without its waits for the disk: they say that all is well.
pub(crate) fn without_syncs(desk: &Desk, line: &str) -> Command {
    under_strace(&desk.command(line), "/dev/null", &["inject=fsync,fdatasync:retval=0".to_owned()])
}

fn traced(desk: &Desk, line: &str, injected: &[String]) -> (Answer, String) {
    let folder = TempDir::new_in(super::scenes::quick()).unwrap();
    let log = folder.path().join("calls");
    let mut command = under_strace(&desk.command(line), log.to_str().unwrap(), injected);
    let answer = desk.answered(command.stdin(Stdio::null()));
    (answer, String::from_utf8_lossy(&fs::read(log).unwrap()).into_owned())
}

fn under_strace(program: &Command, log: &str, injected: &[String]) -> Command {
    let mut command = Command::new("strace");
    command.args(["-qq", "-y", "-o", log, "-e", &format!("trace={TRACED}")]);
    command.args(injected.iter().flat_map(|injected| ["-e", injected]));
    command.arg(program.get_program()).args(program.get_args()).env_clear();
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(program.get_current_dir().unwrap());
    command
}

fn listed(said: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    for line in said.lines() {
        let Some((name, _)) = line.split_once('(') else { continue };
        let number = calls.iter().filter(|call| call.name == name).count() + 1;
        let said = line.rsplit_once(" = ").map_or(line, |(call, _)| call.trim_end());
        calls.push(Call { name: name.to_owned(), number, said: said.to_owned() });
    }
    calls
}
