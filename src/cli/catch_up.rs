//! Catching up: what filled the time since the last sure moment, asked line by line.
//!
//! Nothing is saved before an empty line, and then all of it is one change.

use super::ask;
use super::desk::Desk;
use super::shared;
use crate::beam::{Role, Row, kinds};
use crate::desk::{self, sure};
use crate::domain::{Block, Doing, Edit, Entry, Kind, Ledger, Lived};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::notation;
use crate::report::words;
use crate::text::{Text, terminal_safe};

pub(super) fn run(desk: &Desk<'_>, since: Option<Lived>) -> Result<(), Failure> {
    if !desk.out.can_ask() {
        return Err(Failure::refused("it does not say what you did")
            .hint("tiltmeter was ACTIVITY; on a terminal, tiltmeter was asks line by line"));
    }
    let ledger = sure::read(desk)?;
    let now = desk.here().now();
    let running = ledger.running().filter(|_| since.is_none());
    let since = since.map_or_else(|| sure::until(desk, &ledger), Ok)?;
    shared::earlier_first(since, now, now)?;
    let mut talk = Talk { desk, ledger: &ledger, since, now, entries: Vec::new() };
    if let Some(running) = running
        && !talk.ask_until(running)?
    {
        return desk.out.line("nothing was changed: it still runs");
    }
    talk.greet()?;
    talk.ask_entries()?;
    let entries = talk.entries;
    if entries.is_empty() {
        return desk.out.line("nothing was saved");
    }
    let reach = Reach { days: desk.around(&[since, now]), now_too: true, back_until: None };
    desk.again().change(&reach, |_| Ok(Edit::CatchUp { since, entries }))
}

/// A conversation, and what was said in it so far.
struct Talk<'a> {
    desk: &'a Desk<'a>,
    ledger: &'a Ledger,
    since: Lived,
    now: Lived,
    entries: Vec<Entry>,
}

impl Talk<'_> {
    /// Asks until when the running block ran, and says whether that was answered.
    fn ask_until(&mut self, running: &Block) -> Result<bool, Failure> {
        let (desk, start) = (self.desk, running.start);
        let head = Row::new()
            .with(words::quoted(&running.activity), Role::Strong)
            .with(format!(" has run since {}, for ", words::moment(start, &desk.look())), Role::Plain)
            .with(words::length(self.now - start), Role::Plain)
            .with(".  Until when?  10:30, 45m or now; an empty line leaves it running", Role::Plain);
        desk.out.row(&head)?;
        while let Some(typed) = ask::line(desk.out, "until  ")?.filter(|typed| !typed.trim().is_empty()) {
            let doing = Doing::of(running);
            let until = desk.here().until_or_for(start, typed.trim()).map_err(Failure::from);
            let entry = until.map(|until| Entry { start, end: Some(until.tell(shared::doubled(desk))), doing });
            match entry.and_then(|entry| self.possible(entry)) {
                Ok(entry) => {
                    self.take(entry)?;
                    return Ok(true);
                }
                Err(failure) => desk.out.failure(&failure),
            }
        }
        Ok(false)
    }

    fn greet(&self) -> Result<(), Failure> {
        let (desk, from) = (self.desk, self.from());
        let head = Row::new()
            .with(
                format!("since {}  {}", words::moment(from, &desk.look()), words::length(self.now - from)),
                Role::Strong,
            )
            .with("   what was it?  A line each; when it ended at its end: standup 9:15", Role::Plain);
        desk.out.row(&head)?;
        desk.out.line("an empty line saves all as one change, u takes back a line, Ctrl-C saves nothing")
    }

    /// Returns where the next entry begins: where the last ended, but not in a night.
    fn from(&self) -> Lived {
        let Some(last) = self.entries.last() else { return self.since };
        let until = last.end.unwrap_or(self.now);
        let calendar = &self.desk.calendar;
        if calendar.day_at_home(until.to_utc()) == self.desk.today() {
            return until;
        }
        let begins = calendar.home().first(self.desk.today().and_time(self.desk.config.habits.work_begins));
        begins.max(until).min(self.now)
    }

    /// Asks for entries until an empty line.
    fn ask_entries(&mut self) -> Result<(), Failure> {
        loop {
            let from = self.from();
            let filled = if from < self.now { "" } else { "that is all until now; an empty line saves it  " };
            let Some(typed) = ask::line(self.desk.out, &format!("{}  {filled}", words::clock(from)))? else {
                return Ok(());
            };
            match typed.trim() {
                "" => return Ok(()),
                "u" => drop(self.entries.pop()),
                typed => match self.entry(typed, from).and_then(|entry| self.possible(entry)) {
                    Ok(entry) => self.take(entry)?,
                    Err(failure) => self.desk.out.failure(&failure),
                },
            }
        }
    }

    fn take(&mut self, entry: Entry) -> Result<(), Failure> {
        self.desk.out.row(&understood(self.desk, &entry))?;
        self.entries.push(entry);
        Ok(())
    }

    /// Says right away of an entry that it cannot be, while it can still be typed otherwise.
    fn possible(&self, entry: Entry) -> Result<Entry, Failure> {
        let entries = self.entries.iter().chain([&entry]).cloned().collect();
        self.desk.would_allow(self.ledger, &Edit::CatchUp { since: self.since, entries })?;
        Ok(entry)
    }

    fn entry(&self, typed: &str, from: Lived) -> Result<Entry, Failure> {
        let (desk, here) = (self.desk, self.desk.here());
        if notation::begins_with_time(typed) {
            let (typed, from) = (terminal_safe(typed), words::clock(from));
            return Err(Failure::refused(format!(
                "\"{typed}\" begins with a time, and every line begins by itself: at {from}"
            ))
            .hint("a time at the end of the line says when it ended: standup 9:15"));
        }
        let caught = notation::catch_up(typed);
        let end = match caught.until {
            Some(until) => here.until_or_for(from, until)?.tell(shared::doubled(desk)),
            None => self.now,
        };
        if end <= from || end > self.now {
            let (end, from, now) = (words::clock(end), words::clock(from), words::clock(self.now));
            return Err(Failure::refused(format!("it cannot end at {end}: it began at {from}, and now it is {now}"))
                .hint("end the line with a time between them, or with none for now"));
        }
        let line = here.line(caught.words)?;
        if line.when.is_some() {
            return Err(Failure::refused("a line begins where the one before it ended, so @ has no place in it")
                .hint("end the line with when it ended: standup 9:15"));
        }
        let no_words = || Failure::refused("it does not say what it was").hint("standup 9:15");
        let activity = line.activity.ok_or_else(no_words)?;
        let kind = self.kind(&activity, &line.tags)?;
        Ok(Entry { start: from, end: Some(end), doing: Doing { kind, activity, tags: line.tags, note: None } })
    }

    /// Returns the kind that follows, or that is answered.
    fn kind(&self, activity: &Text, tags: &[Text]) -> Result<Kind, Failure> {
        match desk::kinds::find(self.desk, (activity, tags))? {
            Some(kind) => Ok(kind),
            None => ask::kind(self.desk, activity)?.ok_or_else(|| Failure::refused("that line was left out")),
        }
    }
}

fn understood(desk: &Desk<'_>, entry: &Entry) -> Row {
    let mut row = Row::plain("       ");
    row.push(kinds::glyph(entry.doing.kind, desk.glyphs), kinds::role(entry.doing.kind));
    row.push(format!(" {}", entry.doing.activity.for_terminal()), Role::Strong);
    for tag in &entry.doing.tags {
        row.push(format!(" +{}", tag.for_terminal()), Role::Faint);
    }
    row.push(format!("  {}", words::kind(entry.doing.kind)), Role::Faint);
    row.push(format!("  {}", words::range(entry.start, entry.end, &desk.look())), Role::Faint);
    row
}
