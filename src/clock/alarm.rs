//! Somebody woken at a time of day, and not before.
//!
//! A wait for so long ends late when the machine slept meanwhile, and at the wrong time when its clock was set.
//! On Linux the system is given the time itself (`timerfd_create(2)`), and tells of both. Elsewhere the wait is cut
//! into pieces.

use std::io;
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};

#[cfg(not(target_os = "linux"))]
use elsewhere as system;
#[cfg(target_os = "linux")]
use linux as system;

/// A clock that rings when its time has come. It may ring too early, when the machine's clock was set.
pub struct Alarm(system::Timer);

impl Alarm {
    /// Starts to wait for a time, which is yet to be said. `ring` is called when it has come.
    pub fn start(ring: impl Fn() + Send + 'static) -> io::Result<Self> {
        let timer = system::Timer::new()?;
        let waiting = timer.clone();
        thread::Builder::new().name("alarm".to_owned()).spawn(move || {
            while waiting.wait() {
                ring();
            }
        })?;
        Ok(Self(timer))
    }

    /// Has it ring once at a time, and no longer at that said before.
    pub fn set(&self, at: DateTime<Utc>) -> io::Result<()> {
        self.0.set(at)
    }

    /// Has it ring once after so long.
    pub fn set_in(&self, time: TimeDelta) -> io::Result<()> {
        self.0.set(Utc::now() + time)
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::io;
    use std::os::fd::OwnedFd;
    use std::sync::Arc;

    use chrono::{DateTime, Utc};
    use rustix::io::Errno;
    use rustix::time::{Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec};
    use rustix::time::{timerfd_create, timerfd_settime};

    /// The system's own, by the clock on the wall.
    #[derive(Clone)]
    pub(super) struct Timer(Arc<OwnedFd>);

    impl Timer {
        pub(super) fn new() -> io::Result<Self> {
            Ok(Self(Arc::new(timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::CLOEXEC)?)))
        }

        pub(super) fn set(&self, at: DateTime<Utc>) -> io::Result<()> {
            let never = Timespec { tv_sec: 0, tv_nsec: 0 };
            // All zero would mean never.
            let at = Timespec { tv_sec: at.timestamp().max(1), tv_nsec: at.timestamp_subsec_nanos().into() };
            let once = Itimerspec { it_interval: never, it_value: at };
            timerfd_settime(&*self.0, TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET, &once)?;
            Ok(())
        }

        /// Waits until the time has come, or the clock was set, as it is when the machine wakes; returns whether
        /// it may be waited for again.
        pub(super) fn wait(&self) -> bool {
            loop {
                match rustix::io::read(&*self.0, &mut [0; 8]) {
                    Ok(_) | Err(Errno::CANCELED) => return true,
                    Err(Errno::INTR) => {}
                    Err(_) => return false,
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use std::io;
    use std::sync::{Arc, Condvar, Mutex, PoisonError};
    use std::time::Duration;

    use chrono::{DateTime, Utc};

    /// The wait is cut into pieces no longer than this.
    const LONGEST_WAIT: Duration = Duration::from_secs(60);

    /// The time that is waited for.
    #[derive(Clone, Default)]
    pub(super) struct Timer(Arc<(Mutex<Option<DateTime<Utc>>>, Condvar)>);

    impl Timer {
        pub(super) fn new() -> io::Result<Self> {
            Ok(Self::default())
        }

        pub(super) fn set(&self, at: DateTime<Utc>) -> io::Result<()> {
            *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
            self.0.1.notify_all();
            Ok(())
        }

        /// Waits until the time has come; returns whether it may be waited for again.
        pub(super) fn wait(&self) -> bool {
            let (time, changed) = &*self.0;
            let mut at = time.lock().unwrap_or_else(PoisonError::into_inner);
            loop {
                let left = at.map(|at| (at - Utc::now()).to_std().unwrap_or_default());
                if left == Some(Duration::ZERO) {
                    *at = None;
                    return true;
                }
                let piece = left.map_or(LONGEST_WAIT, |left| left.min(LONGEST_WAIT));
                (at, _) = changed.wait_timeout(at, piece).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use chrono::TimeDelta;

    use super::*;

    /// Caught when a new time did not take the place of the one before.
    #[test]
    fn it_rings_once_when_the_last_time_that_was_said_has_come() {
        let (sender, rung) = mpsc::channel();
        let alarm = Alarm::start(move || sender.send(Utc::now()).unwrap_or_default()).unwrap();
        let now = Utc::now();
        alarm.set(now + TimeDelta::days(1)).unwrap();
        alarm.set(now + TimeDelta::milliseconds(80)).unwrap();
        let at = rung.recv_timeout(Duration::from_secs(30)).unwrap();
        assert!(at >= now + TimeDelta::milliseconds(80), "{at} {now}");
        alarm.set(now - TimeDelta::days(1)).unwrap();
        rung.recv_timeout(Duration::from_secs(30)).unwrap();
        alarm.set(now + TimeDelta::days(1)).unwrap();
        assert!(rung.recv_timeout(Duration::from_millis(100)).is_err());
    }
}
