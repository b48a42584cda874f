//! `status --follow`: a line now, and one whenever it differs. Between two of them it sleeps in the system: the
//! journal and the settings are watched, the time of the next change is given to an alarm, and a reader that goes is
//! noticed though nothing is written.
//!
//! Signals end it as they end any program that has nothing to give back: at once and without a word.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use chrono::TimeDelta;

use super::super::desk::Desk;
use super::super::out::{Out, Reader};
use super::{Now, Shown, read};
use crate::clock::Alarm;
use crate::failure::{Failure, in_words};
use crate::journal::Notice;
use crate::places::Places;
use crate::report::bar;
use crate::watch::Watch;

/// What is not followed by more within this time is over.
const SETTLED: Duration = Duration::from_millis(20);
/// So often it is looked at a journal that cannot be watched.
const A_MINUTE: TimeDelta = TimeDelta::minutes(1);
/// What never ends is looked at all the same, after so many pieces of it.
const MOST_PIECES: usize = 10;

/// Why it wakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wake {
    /// The journal or the settings changed, or the time has come: whatever it was, all is read again.
    Look,
    /// Nobody reads any more.
    Unread,
}

/// Shows it until nobody reads any more. The desk is opened again each time, so the settings, the zone and the time
/// are those of then.
pub(super) fn run<'a>(
    open: impl Fn() -> Result<Desk<'a>, Failure>,
    shown: &Shown<'_>,
    out: &'a Out,
) -> Result<(), Failure> {
    let places = Places::find(|name| std::env::var_os(name))?;
    let (sender, wakes) = mpsc::channel();
    let look = |sender: &Sender<Wake>| {
        let sender = sender.clone();
        move || {
            // Nobody listens any more when the program ends.
            let _ = sender.send(Wake::Look);
        }
    };
    let alarm = Alarm::start(look(&sender)).map_err(|error| cannot_follow(&error))?;
    let journal = Watch::start(&places.journal, look(&sender));
    // Without it, changed settings are seen with the next change of the line.
    let _settings = Watch::file(&places.config, look(&sender));
    notice_when_unread(sender);

    let mut told = Told::default();
    loop {
        match open().and_then(|desk| told.look(&desk, shown)) {
            Ok(Now { text, at, until }) => {
                told.failure = None;
                if told.show(text, shown, out)? == Reader::Gone {
                    return Ok(());
                }
                // Where nothing is watched, it is a time to read again.
                let is_watched = journal.as_ref().is_ok_and(Watch::holds);
                let until = if is_watched { until } else { until.min(at + A_MINUTE) };
                alarm.set(until).map_err(|error| cannot_follow(&error))?;
            }
            Err(failure) => {
                told.fail(failure, out);
                // What was shown before is true no longer.
                if told.show(bar::nothing(shown.args.host).to_owned(), shown, out)? == Reader::Gone {
                    return Ok(());
                }
                // What stands in the way may go without a word: a share that is mounted again, a setting where no
                // file can be watched.
                alarm.set_in(A_MINUTE).map_err(|error| cannot_follow(&error))?;
            }
        }
        if next(&wakes) == Wake::Unread {
            return Ok(());
        }
    }
}

/// Waits until there is something to look at, and until that is over: a file that is emptied and written anew is not
/// shown while it is empty, and what changed at about the same time is looked at once.
fn next(wakes: &Receiver<Wake>) -> Wake {
    let mut woken = wakes.recv().unwrap_or(Wake::Unread);
    for _ in 0..MOST_PIECES {
        if woken == Wake::Unread {
            break;
        }
        match wakes.recv_timeout(SETTLED) {
            Ok(wake) => woken = wake,
            Err(_) => break,
        }
    }
    woken
}

/// What was told last: it is not told again.
#[derive(Default)]
struct Told {
    text: Option<String>,
    failure: Option<Failure>,
    notices: Option<Vec<Notice>>,
}

impl Told {
    /// Returns what there is to show, and says of the journal what was not said before.
    fn look(&mut self, desk: &Desk<'_>, shown: &Shown<'_>) -> Result<Now, Failure> {
        let reading = read(desk)?;
        if self.notices.as_ref() != Some(&reading.notices) {
            desk.tell_with(&reading, shown.words());
            self.notices = Some(reading.notices.clone());
        }
        Ok(shown.now(desk, &reading))
    }

    fn show(&mut self, text: String, shown: &Shown<'_>, out: &Out) -> Result<Reader, Failure> {
        if self.text.as_ref() == Some(&text) {
            return Ok(Reader::Reads);
        }
        let between = bar::between(shown.args.host).filter(|_| self.text.is_some());
        let reader = match between {
            Some(between) => out.line_to_reader(&format!("{between}\n{text}")),
            None => out.line_to_reader(&text),
        };
        self.text = Some(text);
        reader
    }

    fn fail(&mut self, failure: Failure, out: &Out) {
        if self.failure.as_ref() != Some(&failure) {
            out.failure_in_short(&failure);
            self.failure = Some(failure);
        }
    }
}

fn cannot_follow(error: &io::Error) -> Failure {
    Failure::environment(format!("changes cannot be followed here: {}", in_words(error)))
}

/// Tells when nobody reads what is printed: a pipe or a terminal that was closed. Without flags poll(2) wakes for
/// nothing else.
#[cfg(unix)]
fn notice_when_unread(sender: Sender<Wake>) {
    use rustix::event::{PollFd, PollFlags, poll};

    let wait = move || {
        let stdout = io::stdout();
        loop {
            let mut asked = [PollFd::new(&stdout, PollFlags::empty())];
            let outcome = poll(&mut asked, None);
            let [told] = asked.map(|asked| asked.revents());
            match outcome {
                Err(rustix::io::Errno::INTR) => {}
                Ok(_) if told.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {
                    // Nobody listens any more when the program ends.
                    let _ = sender.send(Wake::Unread);
                    return;
                }
                // A system that cannot say; then it is noticed with the next line.
                Ok(_) | Err(_) => return,
            }
        }
    };
    // Where there is no thread to be had, it is noticed with the next line.
    drop(std::thread::Builder::new().name("reader".to_owned()).spawn(wait));
}

/// Does nothing: that nobody reads is noticed with the next line.
#[cfg(not(unix))]
fn notice_when_unread(sender: Sender<Wake>) {
    // The watches hold others.
    drop(sender);
}
