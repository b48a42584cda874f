//! The terminal: taken, drawn on and given back, on every way out.
//!
//! Whether it is taken stands in one place for the whole process (`TAKEN`), so whoever
//! comes first gives it back, the hook of a panic included, and nobody does it twice.
//!
//! Nothing here asks the terminal a question: the answer would come as keys. So ratatui's
//! own `clear` and `autoresize` are not used; the former asks where the cursor is.

use std::cell::RefCell;
use std::io::{self, Write};
#[cfg(unix)]
use std::io::{ErrorKind, Read};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::panic;
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread;
#[cfg(unix)]
use std::time::Duration;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use modes::Modes;

/// What turns a terminal into a pane: the title put aside, the alternate screen, no cursor,
/// pastes told apart from typing, and the mouse: its buttons (1000) and dragging (1002) as
/// numbers (1006). Not any motion (1003): it would wake the pane for every hover.
const ENTER: &str = "\x1b[22;0t\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// What turns it back.
const LEAVE: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[?1049l\x1b[23;0t";

/// The marks around one picture: a terminal that knows them shows it when it is whole.
const PICTURE: (&str, &str) = ("\x1b[?2026h", "\x1b[?2026l");

/// What makes a terminal as blank as a new canvas.
const BLANK: &str = "\x1b[2J";

/// After how long without being stopped there is nobody who would continue it.
#[cfg(unix)]
const NOT_STOPPED: Duration = Duration::from_millis(250);

/// The modes that the terminal is given back in, while it is taken.
static TAKEN: Mutex<Option<Modes>> = Mutex::new(None);

/// The terminal while the pane has it.
pub struct Screen {
    /// The modes that the terminal had at first.
    before: Modes,
    canvas: Terminal<CrosstermBackend<Sheet>>,
    sheet: Sheet,
    area: Rect,
    title: String,
}

impl Screen {
    /// Takes the terminal that standard output is: raw, on the alternate screen. From now
    /// on a panic gives it back before its message is printed.
    pub fn take() -> io::Result<Self> {
        set_hook();
        let before = Modes::now()?;
        let (area, sheet) = (area()?, Sheet::default());
        let canvas = canvas(&sheet, area)?;
        let mut screen = Self { before, canvas, sheet, area, title: String::new() };
        screen.enter()?;
        // The canvas is blank already: another would cost a large screen as much as its picture.
        screen.sheet.put(BLANK);
        Ok(screen)
    }

    /// Takes the terminal once more: after it was given back, or when whoever had it
    /// meanwhile may have changed its modes (the process was stopped and continued). The
    /// next draw draws everything.
    pub fn take_again(&mut self) -> io::Result<()> {
        self.enter()?;
        self.clear()
    }

    fn enter(&mut self) -> io::Result<()> {
        let again = taken().replace(self.before.clone()).is_some();
        let enter = ENTER.strip_prefix("\x1b[22;0t").filter(|_| again).unwrap_or(ENTER);
        let outcome = self.before.set_raw().and_then(|()| write(&format!("{enter}{}", self.title)));
        if outcome.is_err() {
            // What could be taken is given back; the first error says why.
            let _ = give_back();
        }
        outcome
    }

    /// Draws a picture: what changed since the last one, as one write that a terminal
    /// shows at once. It is as large as the terminal is now.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if taken().is_none() {
            // A thread panicked, and its message stands where this would draw.
            return Err(io::Error::other("the terminal was given back"));
        }
        if area()? != self.area {
            self.clear()?;
        }
        self.sheet.put_before(PICTURE.0);
        self.canvas.draw(render)?;
        self.sheet.put(PICTURE.1);
        let outcome = write_bytes(&self.sheet.0.borrow());
        self.sheet.0.borrow_mut().clear();
        outcome
    }

    /// Forgets what is shown: the next draw clears the screen and draws everything.
    pub fn clear(&mut self) -> io::Result<()> {
        self.area = area()?;
        self.canvas = canvas(&self.sheet, self.area)?;
        self.sheet.0.borrow_mut().clear();
        self.sheet.put(BLANK);
        Ok(())
    }

    /// Sets the window's title. It is put back when the terminal is given back.
    pub fn title(&mut self, title: &str) -> io::Result<()> {
        let plain: String = title.chars().filter(|c| !c.is_control()).collect();
        let title = format!("\x1b]2;{plain}\x1b\\");
        if title == self.title {
            return Ok(());
        }
        self.title = title;
        write(&self.title)
    }

    /// Sends what shows nothing on the screen: a bell, a notification.
    pub fn signal(&mut self, sequence: &str) -> io::Result<()> {
        if sequence.is_empty() || taken().is_none() {
            return Ok(());
        }
        write(sequence)
    }

    /// Gives the terminal back, runs what needs it (an editor), and takes it again. Wrap it
    /// in [`super::Wakes::quietly`], or both read the keys.
    pub fn lend<T>(&mut self, to: impl FnOnce() -> T) -> io::Result<T> {
        self.give_back()?;
        let returned = to();
        self.take_again()?;
        Ok(returned)
    }

    /// Gives the terminal back and stops, as Ctrl-Z does where it is no key; takes it again
    /// when the shell continues the process. This too belongs in [`super::Wakes::quietly`].
    ///
    /// The whole group is stopped, so a `cargo run` that started it is too, and by the
    /// signal itself: a group without a shell that could continue it is then not stopped.
    #[cfg(unix)]
    pub fn suspend(&mut self) -> io::Result<()> {
        self.give_back()?;
        stop()?;
        self.take_again()
    }

    /// Does nothing: this system has no shell that stops and continues.
    #[cfg(not(unix))]
    pub fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Gives the terminal back as it was, if it is not given back already.
    pub fn give_back(&mut self) -> io::Result<()> {
        give_back()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A panic has given it back already, and its message stands there now.
        if !thread::panicking() {
            // Whoever wants to know why it failed calls `give_back`.
            let _ = give_back();
        }
    }
}

/// Gives the terminal back, whoever has it.
fn give_back() -> io::Result<()> {
    let Some(before) = taken().take() else { return Ok(()) };
    // The modes first: whoever sees that it is given back may type.
    let set = before.set();
    write(LEAVE).and(set)
}

/// Stops the process group, and returns when it is continued.
///
/// Any thread may be the one that is told to stop, a moment later than this one goes on:
/// it would take the terminal from under the shell. So it waits to be continued, but not for
/// long: a group that no shell could continue is never stopped.
#[cfg(unix)]
fn stop() -> io::Result<()> {
    use signal_hook::low_level::{pipe, unregister};
    let (mut continued, told) = UnixStream::pair()?;
    continued.set_read_timeout(Some(NOT_STOPPED))?;
    let heard = pipe::register(signal_hook::consts::SIGCONT, told)?;
    let outcome = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
    // Whether it was told or the time is over, it goes on; another signal is neither.
    while outcome.is_ok() && continued.read(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::Interrupted) {}
    unregister(heard);
    Ok(outcome?)
}

fn taken() -> MutexGuard<'static, Option<Modes>> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets a panic give the terminal back before its message is printed.
fn set_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let _ = give_back();
            print(panic);
        }));
    });
}

/// Returns a canvas of a size. It is fixed: one of the whole terminal would open the
/// terminal anew for every picture, and start `tput` where that fails.
fn canvas(sheet: &Sheet, area: Rect) -> io::Result<Terminal<CrosstermBackend<Sheet>>> {
    let fixed = TerminalOptions { viewport: Viewport::Fixed(area) };
    Terminal::with_options(CrosstermBackend::new(sheet.clone()), fixed)
}

fn area() -> io::Result<Rect> {
    modes::size().map(|(columns, rows)| Rect::new(0, 0, columns, rows))
}

fn write(text: &str) -> io::Result<()> {
    write_bytes(text.as_bytes())
}

fn write_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let outcome = out.write_all(bytes).and_then(|()| out.flush());
    #[cfg(unix)]
    if outcome.as_ref().is_err_and(|error| error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())) {
        super::wake::gone();
    }
    outcome
}

/// What a picture is written on before it is shown, so that it is one write. ratatui
/// flushes several times in a picture, and prints when its terminal cannot show the cursor:
/// here nothing can fail.
#[derive(Clone, Default)]
struct Sheet(Rc<RefCell<Vec<u8>>>);

impl Sheet {
    fn put(&self, text: &str) {
        self.0.borrow_mut().extend_from_slice(text.as_bytes());
    }

    fn put_before(&self, text: &str) {
        self.0.borrow_mut().splice(..0, text.bytes());
    }
}

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How the terminal treats what is typed, and how large it is.
#[cfg(unix)]
mod modes {
    use std::io;

    use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetwinsize, tcsetattr};

    /// The modes of a terminal.
    #[derive(Clone)]
    pub(super) struct Modes(Termios);

    impl Modes {
        /// Returns those that the terminal has now.
        pub(super) fn now() -> io::Result<Self> {
            Ok(Self(tcgetattr(io::stdout())?))
        }

        /// Sets them.
        pub(super) fn set(&self) -> io::Result<()> {
            Ok(tcsetattr(io::stdout(), OptionalActions::Now, &self.0)?)
        }

        /// Sets them, made raw. A read does not wait: crossterm reads on after the half of a
        /// key (Alt-[ is one), and would be deaf to everything else until the next.
        pub(super) fn set_raw(&self) -> io::Result<()> {
            let mut raw = self.clone();
            raw.0.make_raw();
            raw.0.special_codes[SpecialCodeIndex::VMIN] = 0;
            raw.0.special_codes[SpecialCodeIndex::VTIME] = 0;
            raw.set()
        }
    }

    /// Returns the terminal's columns and rows.
    pub(super) fn size() -> io::Result<(u16, u16)> {
        let size = tcgetwinsize(io::stdout())?;
        Ok((size.ws_col, size.ws_row))
    }
}

/// How the terminal treats what is typed, and how large it is.
#[cfg(not(unix))]
mod modes {
    use std::io;

    use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
    use crossterm::execute;
    use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

    /// The modes of a terminal: crossterm keeps them.
    #[derive(Clone)]
    pub(super) struct Modes;

    impl Modes {
        /// Returns those that the terminal has now.
        pub(super) fn now() -> io::Result<Self> {
            Ok(Self)
        }

        /// Sets them.
        pub(super) fn set(&self) -> io::Result<()> {
            execute!(io::stdout(), DisableMouseCapture)?;
            disable_raw_mode()
        }

        /// Sets them, made raw. The console tells of the mouse only when asked in its own way,
        /// and reads escapes once somebody has asked whether it does.
        pub(super) fn set_raw(&self) -> io::Result<()> {
            crossterm::ansi_support::supports_ansi();
            enable_raw_mode()?;
            execute!(io::stdout(), EnableMouseCapture)
        }
    }

    /// Returns the terminal's columns and rows.
    pub(super) fn size() -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }
}
