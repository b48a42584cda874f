//! `status --follow`: a line now, and one whenever it differs.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{SubsecRound as _, TimeDelta, Utc};

use crate::Desk;

/// How long a machine with much else to do may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long nothing has to be said before it is taken for silence.
const SILENCE: Duration = Duration::from_millis(300);

/// A status that is followed, until this is dropped.
struct Followed {
    child: Child,
    lines: Receiver<String>,
}

impl Followed {
    fn new(desk: &Desk, arguments: &str) -> Self {
        Self::started(desk.command(&format!("status --follow {arguments}")))
    }

    fn started(mut command: std::process::Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    fn says(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("nothing more is said")
    }

    fn is_silent(&self) -> bool {
        self.lines.recv_timeout(SILENCE).is_err()
    }

    /// Ends it, and returns what was said besides.
    fn said(mut self) -> String {
        self.child.kill().unwrap();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const KIND: &str = "--format \"{running}{!running}nothing{/} of {target}\"";

/// Caught when every wake printed a line, when the watch told of readers, and when the journal was not watched.
#[test]
fn a_change_is_a_line_and_a_reader_is_none() {
    let desk = Desk::new();
    let followed = Followed::new(&desk, KIND);
    assert_eq!(followed.says(), "nothing of 30 %");
    // The journal is not there yet: its folder is made by the first change.
    desk.does("now standup --kind i");
    assert_eq!(followed.says(), "consuming of 30 %");
    desk.prints("status");
    desk.does("spark write it down");
    assert!(followed.is_silent());
    desk.does("now design doc --kind c");
    assert_eq!(followed.says(), "creating of 30 %");
    fs::rename(desk.journal(), desk.path("elsewhere")).unwrap();
    assert_eq!(followed.says(), "nothing of 30 %");
    fs::rename(desk.path("elsewhere"), desk.journal()).unwrap();
    assert_eq!(followed.says(), "creating of 30 %");
    assert_eq!(followed.said(), "");
}

/// Caught when the settings were read once, and when what was shown stayed while they were broken.
#[test]
fn settings_are_taken_up_and_broken_ones_are_told_once_until_they_are_mended() {
    let desk = Desk::new();
    let settings = "config/tiltmeter/config.toml";
    let followed = Followed::new(&desk, KIND);
    assert_eq!(followed.says(), "nothing of 30 %");
    let write = |text: &str| {
        // At once, as an editor does that keeps what was there until the new is whole.
        let whole = desk.write("config/tiltmeter/new", text);
        fs::rename(whole, desk.path(settings)).unwrap();
    };
    write("target = 40");
    assert_eq!(followed.says(), "nothing of 40 %");
    write("targt = 40");
    assert_eq!(followed.says(), "");
    desk.write("data/tiltmeter/journal/notes", "a change that says nothing new");
    assert!(followed.is_silent());
    write("target = 50");
    assert_eq!(followed.says(), "nothing of 50 %");
    let said = followed.said();
    assert!(said.starts_with("error: ") && said.lines().count() == 1, "{said}");
}

/// Caught when nobody waited for the reader to go: it stayed until the next line.
#[cfg(unix)]
#[test]
fn it_ends_without_a_word_when_nobody_reads_though_there_is_nothing_to_write() {
    let desk = Desk::new();
    let mut child = desk.command("status --follow").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut first).unwrap();
    drop(stdout);
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(10));
    }
    // Whoever stays is ended, and has no exit code then.
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

/// Caught when it waited for the minute of the clock, and when it waited for nothing but changes.
#[test]
fn the_turn_of_a_minute_of_what_runs_is_a_line() {
    let desk = Desk::new();
    let start = (Utc::now() - TimeDelta::seconds(58)).trunc_subsecs(0);
    let line = serde_json::json!({
        "v": 1, "change": "019ab000-0000-7000-8000-000000000001", "at": start.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        "by": "laptop", "does": "now",
        "blocks": [{
            "id": "019ab000-0000-7000-8000-000000000002", "start": start.format("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
            "kind": "shaping", "activity": "x",
        }],
    });
    desk.write(&format!("data/tiltmeter/journal/{}", start.format("%Y/%Y-%m.laptop.jsonl")), &format!("{line}\n"));
    let mut command = desk.command("status --follow --format {running.for}");
    command.env_remove("TILTMETER_NOW").env("TZ", "UTC");
    let followed = Followed::started(command);
    assert_eq!(followed.says(), "0:00");
    assert_eq!(followed.says(), "0:01");
    assert!(Utc::now() >= start + TimeDelta::seconds(60));
    assert_eq!(followed.said(), "");
}

/// Caught when a wait was cut into pieces: the thread that waited woke.
#[cfg(target_os = "linux")]
#[test]
fn at_rest_no_thread_of_it_wakes() {
    let desk = Desk::new();
    let mut command = desk.command("status --follow");
    command.env_remove("TILTMETER_NOW");
    let followed = Followed::started(command);
    followed.says();
    let woken = || {
        let tasks = fs::read_dir(format!("/proc/{}/task", followed.child.id())).unwrap();
        let mut woken: Vec<String> = tasks
            .map(|task| fs::read_to_string(task.unwrap().path().join("status")).unwrap())
            .map(|status| status.lines().filter(|line| line.starts_with("Name") || line.contains("ctxt")).collect())
            .collect();
        woken.sort();
        woken
    };
    // What it did last is over when nothing changes any more.
    let mut before = woken();
    loop {
        thread::sleep(Duration::from_millis(200));
        let now = woken();
        if now == before {
            break;
        }
        before = now;
    }
    thread::sleep(Duration::from_secs(2));
    assert_eq!(woken(), before);
}

#[test]
fn every_host_can_follow_and_swiftbar_is_told_where_a_menu_begins_anew() {
    let desk = Desk::new();
    let followed = Followed::new(&desk, "--for swiftbar");
    let until = |last: &str| {
        let mut lines = vec![followed.says()];
        while lines.last().is_some_and(|line| line != last) {
            lines.push(followed.says());
        }
        lines
    };
    assert_eq!(until("Refresh | refresh=true")[1], "---");
    desk.does("now standup");
    assert_eq!(until("Refresh | refresh=true")[0], "~~~");
    let waybar = Followed::new(&desk, "--for waybar");
    assert!(waybar.says().starts_with('{'));
    desk.write("config/tiltmeter/config.toml", "targt = 40");
    assert_eq!(waybar.says(), r#"{"text":""}"#);
}
