//! A terminal with the program on it, which notes when what arrived.

use std::io::{Read as _, Write};
use std::process::Command;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How every frame of the pane ends.
const END: &[u8] = b"\x1b[?2026l";
/// How long a program may take before something must be wrong.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many columns and rows.
pub(crate) type Size = (u16, u16);

pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    arriving: Receiver<Arrived>,
    opened: Instant,
    /// What arrived and is not shown yet, for showing takes time.
    unseen: Vec<u8>,
    /// How much of that was looked through for the end of a frame.
    looked: usize,
    screen: vt100::Parser,
}

/// Bytes, none of which means the end, and when they were there.
struct Arrived(Instant, Vec<u8>);

impl Terminal {
    /// Opens a terminal and starts a command on it.
    pub(crate) fn open(command: &Command, (cols, rows): Size) -> anyhow::Result<Self> {
        let command = for_terminal(command);
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 })?;
        let mut from = pair.master.try_clone_reader()?;
        let keys = pair.master.take_writer()?;
        let (sender, arriving) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 16 << 10];
            loop {
                // The end of a terminal that nobody writes to any more may be an error.
                let read = from.read(&mut buffer).unwrap_or(0);
                let at = Instant::now();
                let bytes = buffer.get(..read).unwrap_or_default().to_vec();
                if sender.send(Arrived(at, bytes)).is_err() || read == 0 {
                    break;
                }
            }
        });
        let opened = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let screen = vt100::Parser::new(rows, cols, 0);
        Ok(Self { child, keys, _master: pair.master, arriving, opened, unseen: Vec::new(), looked: 0, screen })
    }

    /// Returns how long it took from the start of the program until then.
    pub(crate) fn since_opened(&self, at: Instant) -> Duration {
        at.saturating_duration_since(self.opened)
    }

    /// Types, and returns when.
    pub(crate) fn types(&mut self, keys: &str) -> anyhow::Result<Instant> {
        let at = Instant::now();
        self.keys.write_all(keys.as_bytes())?;
        Ok(at)
    }

    /// Waits for the end of a frame, and returns when it was there.
    pub(crate) fn frame(&mut self) -> anyhow::Result<Instant> {
        self.next_frame(PATIENCE)?.context("no frame was drawn")
    }

    /// Waits for the end of a frame; `None` where none comes within that time.
    pub(crate) fn next_frame(&mut self, within: Duration) -> anyhow::Result<Option<Instant>> {
        loop {
            let Arrived(at, bytes) = match self.arriving.recv_timeout(within) {
                Ok(arrived) => arrived,
                Err(RecvTimeoutError::Timeout) => return Ok(None),
                Err(RecvTimeoutError::Disconnected) => anyhow::bail!("the program has ended"),
            };
            ensure!(!bytes.is_empty(), "the program ended: {}", String::from_utf8_lossy(&self.unseen));
            self.unseen.extend(bytes);
            let last = self.unseen.get(self.looked..).unwrap_or_default();
            if last.windows(END.len()).any(|bytes| bytes == END) {
                self.looked = self.unseen.len();
                return Ok(Some(at));
            }
            // It may be cut in two.
            self.looked = self.unseen.len().saturating_sub(END.len() - 1).max(self.looked);
        }
    }

    /// Waits until nothing was drawn for so long.
    pub(crate) fn rests(&mut self, long: Duration) -> anyhow::Result<()> {
        while self.next_frame(long)?.is_some() {}
        Ok(())
    }

    /// Presses keys that are not measured, each after the frame of the one before.
    pub(crate) fn presses(&mut self, keys: &[&str]) -> anyhow::Result<()> {
        for key in keys {
            self.types(key)?;
            self.frame()?;
            self.rests(Duration::from_millis(5))?;
        }
        Ok(())
    }

    /// Makes sure that a text is shown: what is not done is fast.
    pub(crate) fn must_show(&mut self, text: &str) -> anyhow::Result<()> {
        let shown = self.shown();
        ensure!(shown.contains(text), "{text:?} is not shown:\n{shown}");
        Ok(())
    }

    /// Returns the screen as text.
    pub(crate) fn shown(&mut self) -> String {
        self.screen.process(&self.unseen);
        self.unseen.clear();
        self.looked = 0;
        self.screen.screen().contents()
    }

    /// Waits for the program to end, and returns when its terminal was empty.
    pub(crate) fn ends(&mut self) -> anyhow::Result<Instant> {
        loop {
            let Arrived(at, bytes) = self.arriving.recv_timeout(PATIENCE).context("the program does not end")?;
            if bytes.is_empty() {
                let status = self.child.wait()?;
                ensure!(status.success(), "the program ended with {status:?}");
                return Ok(at);
            }
            self.unseen.extend(bytes);
        }
    }

    /// Leaves the pane.
    pub(crate) fn leaves(&mut self) -> anyhow::Result<()> {
        self.types("q")?;
        self.ends().map(drop)
    }

    pub(crate) fn pid(&self) -> anyhow::Result<u32> {
        self.child.process_id().context("the program has no number")
    }
}

/// Returns the same command for one who opens terminals.
fn for_terminal(command: &Command) -> CommandBuilder {
    let mut same = CommandBuilder::new(command.get_program());
    same.args(command.get_args());
    same.env_clear();
    for (name, value) in command.get_envs() {
        same.env(name, value.unwrap_or_default());
    }
    if let Some(folder) = command.get_current_dir() {
        same.cwd(folder);
    }
    same
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Where something went wrong, it may still run.
        let _ = self.child.kill();
    }
}
