//! What can wake the pane, as one channel: keys, changes to the journal, signals, and news
//! from its own threads. Whoever waits for something sleeps in the system until it is there.

#[cfg(unix)]
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::event::Event;
#[cfg(unix)]
use rustix::process::{Signal, getpid, kill_process};

use crate::watch::Watch;

/// The exit code of a program that its terminal has left (128 and SIGHUP).
#[cfg(unix)]
const LEFT_ALONE: i32 = 129;

/// A cause for the pane to wake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake<T> {
    /// Somebody typed, clicked or pasted, or the terminal has another size.
    Input(Event),
    /// The journal's files changed.
    Journal,
    /// The file of settings changed.
    Settings,
    /// The program is asked to end, by the signal of this number: TERM, INT or QUIT.
    Ended(i32),
    /// The process was stopped and goes on: what the terminal shows is unknown.
    Continued,
    /// A thread of the pane has something to say.
    News(T),
}

/// Everything that can wake the pane.
///
/// It reads keys until it is dropped; that belongs before the terminal is given back, or it
/// reads what somebody types to the shell. So it is made after the [`super::Screen`].
pub struct Wakes<T> {
    arriving: Receiver<Wake<T>>,
    sender: Sender<Wake<T>>,
    keyboard: Arc<Keyboard>,
    /// Whether a change to the journal is in the channel, not yet taken.
    told: Arc<AtomicBool>,
    watch: Option<Watch>,
    settings: Option<Watch>,
}

impl<T: Send + 'static> Wakes<T> {
    /// Starts to listen to the terminal and to signals. When this returns, none is missed.
    pub fn start() -> io::Result<Self> {
        let (sender, arriving) = mpsc::channel();
        let keyboard = Arc::new(Keyboard::default());
        // Whoever reads first makes crossterm listen for the size to change: here, and not
        // when a thread gets to it.
        crossterm::event::poll(Duration::ZERO)?;
        #[cfg(unix)]
        {
            hear_signals(sender.clone(), Arc::clone(&keyboard))?;
            spawn("hangup", wait_for_hangup)?;
        }
        let (keys, shared) = (sender.clone(), Arc::clone(&keyboard));
        spawn("keys", move || shared.read(&keys))?;
        Ok(Self { arriving, sender, keyboard, told: Arc::default(), watch: None, settings: None })
    }

    /// Watches the folder of a journal, which may not be there yet, and no other from now on.
    pub fn watch(&mut self, journal: &Path) -> io::Result<()> {
        self.watch = None;
        let (sender, told) = (self.sender.clone(), Arc::clone(&self.told));
        let tell = move || {
            if !told.swap(true, Ordering::AcqRel) {
                // Nobody listens any more: the program ends.
                let _ = sender.send(Wake::Journal);
            }
        };
        self.watch = Some(Watch::start(journal, tell)?);
        Ok(())
    }

    /// Returns the watch of the journal's folder, where there is one.
    pub fn watching(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    /// Watches the file of settings, which may not be there yet.
    pub fn watch_settings(&mut self, file: &Path) -> io::Result<()> {
        let sender = self.sender.clone();
        let tell = move || drop(sender.send(Wake::Settings));
        self.settings = Some(Watch::file(file, tell)?);
        Ok(())
    }

    /// Waits for the next cause; `None` when the time is over.
    pub fn next(&self, within: Duration) -> Option<Wake<T>> {
        match self.arriving.recv_timeout(within) {
            Ok(wake) => Some(self.taken(wake)),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Returns a cause that is there already, if any.
    pub fn ready(&self) -> Option<Wake<T>> {
        self.arriving.try_recv().ok().map(|wake| self.taken(wake))
    }

    /// Returns a sender for a thread's news.
    pub fn sender(&self) -> Sender<Wake<T>> {
        self.sender.clone()
    }

    /// Runs what has the keyboard for itself (an editor, or the shell while the pane is
    /// stopped). Meanwhile no key is read, and what keys do there (Ctrl-C, Ctrl-Z) is not
    /// the pane's.
    pub fn quietly<R>(&self, run: impl FnOnce() -> R) -> R {
        self.keyboard.let_go();
        let _taken_up = TakenUp(&self.keyboard);
        run()
    }

    /// Whatever changes from here on is told once more.
    fn taken(&self, wake: Wake<T>) -> Wake<T> {
        if matches!(wake, Wake::Journal) {
            self.told.store(false, Ordering::Release);
        }
        wake
    }
}

impl<T> Drop for Wakes<T> {
    /// Reads no key any more: what is typed from here on is the shell's.
    fn drop(&mut self) {
        if !thread::panicking() {
            self.keyboard.let_go();
        }
    }
}

/// Ends the program because its terminal has gone. Nothing is drawn or given back: there is
/// nobody to see it, and all that was acknowledged is on the disk.
#[cfg(unix)]
pub(super) fn gone() -> ! {
    std::process::exit(LEFT_ALONE)
}

/// Who has the keyboard.
#[derive(Default)]
struct Keyboard {
    reader: Mutex<Reader>,
    changed: Condvar,
}

/// What the thread that reads the keys is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reader {
    /// It reads.
    #[default]
    Reads,
    /// It is asked to stop, and may still read.
    Asked,
    /// It waits, and reads nothing.
    Waits,
    /// It waits, and is to read again when the signals of meanwhile have been heard.
    #[cfg(unix)]
    Settles,
}

impl Keyboard {
    /// Sends what is typed, for ever.
    fn read<T>(&self, keys: &Sender<Wake<T>>) {
        loop {
            self.wait_if_asked();
            match next_event() {
                Ok(Some(event)) => {
                    let Ok(()) = keys.send(Wake::Input(event)) else { return };
                }
                Ok(None) => {}
                #[cfg(unix)]
                Err(_) => gone(),
                #[cfg(not(unix))]
                Err(_) => return,
            }
        }
    }

    fn wait_if_asked(&self) {
        let mut reader = self.reader();
        while *reader != Reader::Reads {
            if *reader == Reader::Asked {
                *reader = Reader::Waits;
                self.changed.notify_all();
            }
            reader = self.changed.wait(reader).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Returns when no key is read any more.
    fn let_go(&self) {
        self.ask(Reader::Asked, Reader::Waits, wake_reader);
    }

    /// Has the keys read again, once the signals that came meanwhile have been heard: they may
    /// be on their way still, and were not meant for the pane.
    fn take_up(&self) {
        #[cfg(unix)]
        self.ask(Reader::Settles, Reader::Reads, send_last_signal);
        #[cfg(not(unix))]
        self.is_now(Reader::Reads);
    }

    /// Asks for something, and returns when it is done. `wake` wakes whoever does it; once
    /// more, should it have been too early.
    fn ask(&self, asked: Reader, done: Reader, wake: fn()) {
        let mut reader = self.reader();
        *reader = asked;
        while *reader != done {
            wake();
            let again = Duration::from_millis(200);
            (reader, _) = self.changed.wait_timeout(reader, again).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether a signal is for whoever has the keyboard meanwhile. The last of those tells
    /// that all before it were heard.
    #[cfg(unix)]
    fn is_elsewhere(&self, signal: i32) -> bool {
        use signal_hook::consts::{SIGCONT, SIGINT, SIGQUIT};
        let reader = *self.reader();
        if signal == SIGCONT && reader == Reader::Settles {
            self.is_now(Reader::Reads);
        }
        reader != Reader::Reads && [SIGINT, SIGQUIT, SIGCONT].contains(&signal)
    }

    fn is_now(&self, now: Reader) {
        *self.reader() = now;
        self.changed.notify_all();
    }

    fn reader(&self) -> MutexGuard<'_, Reader> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Has the keys read again when it is dropped.
struct TakenUp<'a>(&'a Keyboard);

impl Drop for TakenUp<'_> {
    fn drop(&mut self) {
        self.0.take_up();
    }
}

/// Waits for what is typed.
#[cfg(unix)]
fn next_event() -> io::Result<Option<Event>> {
    crossterm::event::read().map(Some)
}

/// Wakes whoever waits in [`next_event`]: crossterm is told that the size changed.
#[cfg(unix)]
fn wake_reader() {
    send_itself(Signal::WINCH);
}

/// Sends the signal that is heard last: those that wait together are heard by their numbers,
/// and this is the highest. A process that runs goes on.
#[cfg(unix)]
fn send_last_signal() {
    send_itself(Signal::CONT);
}

#[cfg(unix)]
fn send_itself(signal: Signal) {
    // A process may always do that.
    let _ = kill_process(getpid(), signal);
}

/// Waits a while for what is typed: nothing wakes a thread that waits for the console.
#[cfg(not(unix))]
fn next_event() -> io::Result<Option<Event>> {
    if crossterm::event::poll(Duration::from_millis(100))? { crossterm::event::read().map(Some) } else { Ok(None) }
}

/// Does nothing: [`next_event`] does not wait for long.
#[cfg(not(unix))]
fn wake_reader() {}

/// Waits until the terminal is gone. Without flags poll(2) wakes for nothing else; crossterm
/// itself would read a dead terminal for ever.
#[cfg(unix)]
fn wait_for_hangup() {
    use std::io::IsTerminal;
    use std::os::fd::AsFd;

    use rustix::event::{PollFd, PollFlags, poll};

    let stdin = io::stdin();
    // As crossterm chooses: the keys may come from elsewhere than standard input.
    let opened = if stdin.is_terminal() { None } else { File::open("/dev/tty").ok() };
    let terminal = opened.as_ref().map_or(stdin.as_fd(), AsFd::as_fd);
    loop {
        let mut asked = [PollFd::from_borrowed_fd(terminal, PollFlags::empty())];
        let outcome = poll(&mut asked, None);
        let told = asked.iter().map(PollFd::revents).fold(PollFlags::empty(), PollFlags::union);
        match outcome {
            Err(rustix::io::Errno::INTR) => {}
            Ok(_) if told.intersects(PollFlags::HUP | PollFlags::ERR) => gone(),
            // A system that cannot poll terminals; its signal must do.
            Ok(_) | Err(_) => return,
        }
    }
}

/// Starts to listen to signals. TSTP is not among them, so that it stops the process.
#[cfg(unix)]
fn hear_signals<T: Send + 'static>(sender: Sender<Wake<T>>, keyboard: Arc<Keyboard>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGCONT])?;
    spawn("signals", move || {
        for signal in signals.forever() {
            let wake = match signal {
                SIGHUP => gone(),
                // Ctrl-C, Ctrl-\ and Ctrl-Z in an editor are meant for the editor.
                signal if keyboard.is_elsewhere(signal) => continue,
                SIGCONT => Wake::Continued,
                other => Wake::Ended(other),
            };
            let Ok(()) = sender.send(wake) else { return };
        }
    })
}

/// Starts a thread that ends with the program.
fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(run).map(drop)
}
