//! A terminal with a program on it. Tests wait for what they expect to see, never for time.

#[cfg(target_os = "linux")]
use std::fs;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write};
use std::os::unix::fs::OpenOptionsExt as _;
#[cfg(target_os = "linux")]
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};
use vt100::{MouseProtocolEncoding, MouseProtocolMode, Screen};

/// How long a machine with much else to do may take to answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A terminal with a program on it, which leads the session.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    reader: Option<JoinHandle<()>>,
    /// Whether the terminal is to go away.
    goes: Arc<AtomicBool>,
    arriving: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    raw: Vec<u8>,
}

impl Terminal {
    /// Opens a terminal and starts a command on it.
    pub(crate) fn open(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut from = pair.master.try_clone_reader().unwrap();
        let (sender, arriving) = mpsc::channel();
        let goes = Arc::new(AtomicBool::new(false));
        let is_going = Arc::clone(&goes);
        let reader = thread::spawn(move || {
            let mut buffer = [0; 4096];
            // At its end a terminal is empty, or gone.
            while let Ok(read @ 1..) = from.read(&mut buffer) {
                let told = sender.send(buffer[..read].to_vec());
                if told.is_err() || is_going.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        Self {
            child,
            keys: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            reader: Some(reader),
            goes,
            arriving,
            parser: vt100::Parser::new(rows, columns, 0),
            raw: Vec::new(),
        }
    }

    /// Waits until the screen is as expected; `what` says what that is.
    pub(crate) fn waits_for(&mut self, what: &str, expected: impl Fn(&Screen) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        self.take_in();
        while !expected(self.parser.screen()) {
            match self.arriving.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(why) => panic!("{what} never came ({why}):\n{}\n{:?}", self.text(), self.raw()),
            }
        }
        self
    }

    /// Waits until a text stands on the screen.
    pub(crate) fn shows(&mut self, text: &str) -> &mut Self {
        self.waits_for(&format!("{text:?}"), |screen| screen.contents().contains(text))
    }

    /// Waits until the program has the terminal for itself.
    pub(crate) fn is_taken(&mut self) -> &mut Self {
        self.waits_for("a taken terminal", is_taken);
        assert!(!self.is_canonical(), "the terminal is not raw");
        self
    }

    /// Waits until the terminal is as it was before the program had it.
    pub(crate) fn is_given_back(&mut self) -> &mut Self {
        self.waits_for("the terminal given back", is_given_back);
        let deadline = Instant::now() + PATIENCE;
        while !self.is_canonical() {
            assert!(Instant::now() < deadline, "the terminal is still raw");
            thread::sleep(Duration::from_millis(1));
        }
        self
    }

    /// Whether a text stands on the screen before the time is over.
    pub(crate) fn shows_within(&mut self, text: &str, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        self.take_in();
        while !self.parser.screen().contents().contains(text) {
            match self.arriving.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => return false,
                Err(RecvTimeoutError::Disconnected) => panic!("it has ended:\n{}", self.text()),
            }
        }
        true
    }

    /// Presses keys, given as what a terminal sends for them.
    pub(crate) fn types(&mut self, keys: &str) -> &mut Self {
        self.types_bytes(keys.as_bytes())
    }

    /// Sends what no keyboard does.
    pub(crate) fn types_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.keys.as_mut().unwrap().write_all(bytes).unwrap();
        self
    }

    /// Gives the terminal another size.
    pub(crate) fn resizes(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.parser.screen_mut().set_size(rows, columns);
        self.master.as_ref().unwrap().resize(size(columns, rows)).unwrap();
        self
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.pid(), signal).unwrap();
        self
    }

    /// Takes the terminal away, as closing its window does. Before it goes, Enter and Ctrl-D
    /// are typed: whoever closes one by dropping it cannot help that.
    pub(crate) fn vanishes(&mut self) -> &mut Self {
        self.goes.store(true, Ordering::SeqCst);
        // Whoever reads it is woken, so that nobody keeps it open.
        let _ = self.line().write_all(b".");
        self.reader.take().unwrap().join().unwrap();
        self.keys = None;
        self.master = None;
        self
    }

    /// Waits for the end of the program; returns its exit code.
    pub(crate) fn ends(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.take_in();
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last may still be on the way.
                while self.master.is_some() && !self.reader.as_ref().is_none_or(JoinHandle::is_finished) {
                    thread::sleep(Duration::from_millis(1));
                    assert!(Instant::now() < deadline, "somebody keeps the terminal");
                }
                self.take_in();
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "it does not end:\n{}", self.text());
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Returns all that was written to the terminal so far.
    pub(crate) fn raw(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }

    /// Returns what the screen shows.
    pub(crate) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// Returns the screen.
    pub(crate) fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// Returns the process of the program.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap()
    }

    /// Whether what is typed comes line by line, and is echoed.
    pub(crate) fn is_canonical(&self) -> bool {
        let modes = tcgetattr(self.line()).unwrap().local_modes;
        assert_eq!(modes.contains(LocalModes::ICANON), modes.contains(LocalModes::ECHO));
        modes.contains(LocalModes::ICANON | LocalModes::ISIG)
    }

    /// Opens the program's side of the terminal.
    fn line(&self) -> File {
        let name = self.master.as_ref().unwrap().tty_name().unwrap();
        let no_control = rustix::fs::OFlags::NOCTTY.bits().cast_signed();
        OpenOptions::new().read(true).write(true).custom_flags(no_control).open(name).unwrap()
    }

    /// Takes in what has come already.
    fn take_in(&mut self) {
        while let Ok(bytes) = self.arriving.try_recv() {
            self.take(&bytes);
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        self.parser.process(bytes);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _ = self.child.kill();
    }
}

/// Waits until something is so; `what` says what that is.
#[cfg(target_os = "linux")]
pub(crate) fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}: never");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Whether a program has the whole terminal: what [`Screen`] can tell of its modes.
fn is_taken(screen: &Screen) -> bool {
    screen.alternate_screen()
        && screen.hide_cursor()
        && screen.bracketed_paste()
        && screen.mouse_protocol_mode() == MouseProtocolMode::ButtonMotion
        && screen.mouse_protocol_encoding() == MouseProtocolEncoding::Sgr
}

/// Whether a terminal has no mode that a shell would not expect.
fn is_given_back(screen: &Screen) -> bool {
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == MouseProtocolMode::None
        && screen.mouse_protocol_encoding() == MouseProtocolEncoding::Default
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// Returns the threads of a process: the name of each, and how often it has woken by itself.
#[cfg(target_os = "linux")]
pub(crate) fn woken(pid: Pid) -> Vec<(String, u64)> {
    let tasks = fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())).unwrap();
    let mut woken: Vec<_> = tasks.filter_map(|task| woken_thread(&task.unwrap().path())).collect();
    woken.sort();
    woken
}

/// Returns the same of one; nothing of one that has ended since it was listed.
#[cfg(target_os = "linux")]
fn woken_thread(task: &Path) -> Option<(String, u64)> {
    let status = fs::read_to_string(task.join("status")).ok()?;
    let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
    Some((field("Name:"), field("voluntary_ctxt_switches:").parse().unwrap()))
}
