//! Lines that say what was: a morning, a gap, the first day ever. The ribbon and a small
//! beam move while they are typed; an empty line saves them all as one change.

mod view;

use super::complete::{Candidate, Completer, takes_enter};
use super::line::{Inserted, Line};
use super::msg::Effect;
use super::step::Step;
use super::world::{World, turned};
use crate::domain::insight::Gap;
use crate::domain::{Doing, Edit, Entry, Kind, Ledger, Lived, Sure};
use crate::failure::Failure;
use crate::keymap::{Action, Stroke};
use crate::notation::{self, CaughtUp, show_words};
use crate::report::words;
use crate::text::Text;

/// So many completions are offered below a line.
const OFFERS: usize = 3;

/// Why what was is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// There is no journal yet.
    FirstDay,
    /// A stretch of the day has nothing.
    Gap,
    /// It goes up to now.
    UntilNow,
}

/// Lines that say what was.
#[derive(Debug)]
pub struct CatchUp {
    occasion: Occasion,
    /// Where the first line begins, unless it says another time.
    since: Lived,
    /// Where the last line ends at the latest: the end of the gap; else now.
    limit: Option<Lived>,
    entries: Vec<Entry>,
    /// The line above that is open once more; it stays as it is until another takes its place.
    opened: Option<Opened>,
    /// The line above that is chosen to be turned, mended or taken out.
    chosen: Option<usize>,
    line: Line,
    turned: Option<Kind>,
    offers: Vec<Candidate>,
    asks: bool,
    /// Whether it closes the next time it is asked to, and what was typed is gone.
    leaves: bool,
    failure: Option<Failure>,
}

/// A line above that is open once more.
#[derive(Debug)]
struct Opened {
    /// Which.
    at: usize,
    /// What was being typed, and the kind that it was turned to.
    aside: (Line, Option<Kind>),
    /// Its text and kind as they were when it was opened.
    was: (String, Option<Kind>),
}

impl CatchUp {
    /// Asks what a gap was.
    pub fn of_gap(gap: &Gap, world: &World) -> Self {
        let is_last = (world.lived_now() - gap.end).num_seconds() < 60;
        Self::new(Occasion::Gap, gap.start, if is_last { None } else { Some(gap.end) })
    }

    /// Asks what the time from an instant until now was.
    pub fn since(from: Lived) -> Self {
        Self::new(Occasion::UntilNow, from, None)
    }

    /// Asks what the time until now was: since what runs began, and the first line says
    /// so; else since the last block of today ended, or since work begins.
    pub fn until_now(world: &World) -> Result<Self, Failure> {
        if let Some(running) = world.ledger.running() {
            let mut catch_up = Self::new(Occasion::UntilNow, running.start, None);
            let doing = Doing::of(running);
            catch_up.line.replace(&format!("{}\t", show_words(&doing.activity, &doing.tags)));
            catch_up.turned = Some(doing.kind);
            return Ok(catch_up);
        }
        let since = match Sure::of(&world.ledger, &world.setting.calendar, &world.setting.habits) {
            Sure::Until(since) => since,
            Sure::AllLogged => {
                let now = words::clock(world.lived_now());
                return Err(Failure::refused(format!("all time until now, {now}, is logged")));
            }
            Sure::WorkBegins(begins) => {
                let begins = words::clock(begins);
                let message = format!("nothing is logged today, and work begins at {begins}");
                return Err(Failure::refused(message).hint("n starts something"));
            }
        };
        Ok(Self::new(Occasion::UntilNow, since, None))
    }

    /// Asks what today was so far, where nothing was ever logged; `None` before work begins,
    /// for then there is nothing to say.
    pub fn of_first_day(world: &World) -> Option<Self> {
        let begins = Some(work_begins(world)).filter(|begins| *begins < world.lived_now())?;
        world.ledger.blocks().is_empty().then(|| Self::new(Occasion::FirstDay, begins, None))
    }

    fn new(occasion: Occasion, since: Lived, limit: Option<Lived>) -> Self {
        let line = Line::with_tabs();
        Self {
            occasion,
            since,
            limit,
            entries: Vec::new(),
            opened: None,
            chosen: None,
            line,
            turned: None,
            offers: Vec::new(),
            asks: false,
            leaves: false,
            failure: None,
        }
    }

    /// Returns why it is asked.
    pub fn occasion(&self) -> Occasion {
        self.occasion
    }

    /// Whether the next letter says the kind.
    pub fn asks_kind(&self) -> bool {
        self.asks
    }

    /// Returns what Enter does now, in a word or two.
    pub fn accepts(&self) -> &'static str {
        match (self.chosen, self.line.text().trim().is_empty(), self.entries.is_empty()) {
            (Some(_), ..) => "mend it",
            (None, true, true) => "leave",
            (None, true, false) => "save all",
            (None, false, _) => "next line",
        }
    }

    /// Keeps the lines, and says why they were not saved.
    pub fn refused(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// Puts text into the line.
    pub fn insert(&mut self, text: &str, world: &World, completer: &mut Completer) -> Inserted {
        self.chosen = None;
        self.leaves = false;
        self.asks = false;
        let inserted = self.line.insert(text);
        self.complete_again(world, completer);
        inserted
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action, world: &World, completer: &mut Completer) -> Step {
        let leaves = std::mem::take(&mut self.leaves);
        match action {
            Action::Close if self.asks => self.asks = false,
            Action::Close if self.chosen.is_some() => self.chosen = None,
            Action::Close if self.opened.is_some() => self.end_opening(world, completer),
            Action::Close if !self.entries.is_empty() && !leaves => self.leaves = true,
            Action::Close => return Step::Close,
            Action::Accept => return self.accept(world, completer),
            Action::Complete if self.is_untouched() && self.occasion == Occasion::FirstDay => {
                return Step::Do(Action::Demo);
            }
            Action::Complete => self.complete(world, completer),
            Action::Turn => self.turn(world),
            Action::Previous => self.choose_above(),
            Action::Next => self.choose_below(),
            Action::Stroke(Stroke::DeleteForward) if self.chosen.is_some() => self.take_out(world, completer),
            Action::Stroke(stroke) => {
                self.asks = false;
                self.line.stroke(stroke);
                self.complete_again(world, completer);
            }
            _ => {}
        }
        Step::Stay
    }

    /// Takes the letter that says the kind.
    pub fn answer(&mut self, letter: char) -> Step {
        if let Some(kind) = Kind::from_typed(letter.encode_utf8(&mut [0; 4])) {
            self.asks = false;
            self.turned = Some(kind);
        }
        Step::Stay
    }

    /// Whether nothing was typed yet.
    pub fn is_untouched(&self) -> bool {
        self.entries.is_empty() && self.line.is_empty()
    }

    fn complete_again(&mut self, world: &World, completer: &mut Completer) {
        self.failure = None;
        self.offers.clear();
        let CaughtUp { words, .. } = notation::catch_up(self.line.text());
        if words.trim().is_empty() {
            self.turned = None;
        } else {
            self.offers = completer.candidates(words, &world.past, self.from(world), None, OFFERS);
        }
    }

    /// Takes the completion, or goes on to when it ended.
    fn complete(&mut self, world: &World, completer: &mut Completer) {
        let CaughtUp { words, until } = notation::catch_up(self.line.text());
        if words.trim().is_empty() || until.is_some() {
            return;
        }
        let offer = self.offer(world);
        // A space at the end says that they are meant as they are.
        let typed = || self.line.text().to_owned();
        let words = offer.map_or_else(typed, |offer| show_words(&offer.known.activity, &offer.known.tags));
        self.line.replace(&format!("{words}\t"));
        self.complete_again(world, completer);
    }

    /// Returns what was done before and is meant by the words, by the rule of the line that
    /// says what begins: a space after them says that they are meant as they are.
    fn offer(&self, world: &World) -> Option<&Candidate> {
        let typed = self.line.text();
        let CaughtUp { until, .. } = notation::catch_up(typed);
        let words = match (typed.split_once('\t'), until) {
            (Some((words, _)), _) => words,
            // The one space before the time belongs to the time.
            (None, Some(until)) => {
                let before = typed.trim_end().strip_suffix(until).unwrap_or(typed);
                before.strip_suffix(' ').unwrap_or(before)
            }
            (None, None) => typed,
        };
        self.offers.first().filter(|offer| takes_enter(words, &offer.known, &world.past))
    }

    fn choose_above(&mut self) {
        self.asks = false;
        let above = self.chosen.unwrap_or(self.at()).checked_sub(1);
        self.chosen = above.or(self.chosen);
    }

    fn choose_below(&mut self) {
        let below = self.chosen.map(|at| at + 1);
        self.chosen = below.filter(|below| *below != self.at() && *below < self.entries.len());
    }

    /// Turns the kind of the line above that is chosen, of the line that is typed, or of
    /// the last one above.
    fn turn(&mut self, world: &World) {
        let above = self.chosen.or_else(|| self.line.is_empty().then(|| self.entries.len().checked_sub(1)).flatten());
        if let Some(entry) = above.and_then(|at| self.entries.get_mut(at)) {
            entry.doing.kind = turned(entry.doing.kind);
            return;
        }
        let kind = self.entry(world).ok().and_then(|(_, kind)| kind);
        self.turned = Some(kind.map_or(Kind::Consuming, turned));
    }

    /// Takes out the line above that is chosen; what comes after it stays where it was.
    fn take_out(&mut self, world: &World, completer: &mut Completer) {
        let Some(at) = self.chosen.take().filter(|at| *at < self.entries.len()) else { return };
        self.entries.remove(at);
        match &mut self.opened {
            Some(opened) if opened.at == at => self.end_opening(world, completer),
            Some(opened) if opened.at > at => opened.at -= 1,
            _ => {}
        }
    }

    /// Returns the number of the entry that the typed line is, or will be.
    fn at(&self) -> usize {
        self.opened.as_ref().map_or(self.entries.len(), |opened| opened.at)
    }

    /// Returns from when on time is filled: earlier than was asked where the first line says so.
    fn begins(&self, entries: &[Entry]) -> Lived {
        entries.first().map_or(self.since, |first| first.start.min(self.since))
    }

    /// Returns where the line that is typed begins, unless it says another time: where it
    /// did, or where the last one ended, but not in a night.
    fn from(&self, world: &World) -> Lived {
        let at = self.at();
        if let Some(opened) = self.entries.get(at) {
            return opened.start;
        }
        let Some(last) = at.checked_sub(1).and_then(|at| self.entries.get(at)) else { return self.since };
        let until = last.end.unwrap_or(self.until(world));
        let is_today = world.setting.calendar.day_at_home(until.to_utc()) == world.today();
        if is_today || self.limit.is_some() {
            return until;
        }
        work_begins(world).max(until).min(self.until(world))
    }

    /// Returns where the line that is typed ends at the latest: where the next one does, if
    /// there is one, for its beginning follows.
    fn until(&self, world: &World) -> Lived {
        let next = self.entries.get(self.at() + 1).and_then(|next| next.end);
        next.or(self.limit).unwrap_or_else(|| world.lived_now())
    }

    fn accept(&mut self, world: &World, completer: &mut Completer) -> Step {
        if let Some(at) = self.chosen.take() {
            self.open(at, world, completer);
            return Step::Stay;
        }
        match (self.line.text().trim().is_empty(), self.opened.is_some()) {
            (true, true) => {
                self.end_opening(world, completer);
                return Step::Stay;
            }
            (true, false) => return self.save(world),
            (false, _) => {}
        }
        match self.entry(world) {
            Ok((_, None)) => self.asks = true,
            Ok((entry, Some(kind))) => {
                let doing = Doing { kind, ..entry.doing };
                self.take(Entry { doing, ..entry }, world, completer);
            }
            Err(failure) => self.failure = Some(failure),
        }
        Step::Stay
    }

    /// Opens a line above once more; what is being typed is put aside until that is done.
    fn open(&mut self, at: usize, world: &World, completer: &mut Completer) {
        let Some(entry) = self.entries.get(at) else { return };
        let words = show_words(&entry.doing.activity, &entry.doing.tags);
        let end = entry.end.map(words::clock).unwrap_or_default();
        // The space says that the words are meant as they are.
        let (text, kind) = (format!("{words} \t{end}"), Some(entry.doing.kind));
        let typed = (std::mem::replace(&mut self.line, Line::with_tabs()), self.turned);
        let aside = self.opened.take().map_or(typed, |opened| opened.aside);
        self.line.replace(&text);
        self.asks = false;
        self.opened = Some(Opened { at, aside, was: (self.line.text().to_owned(), kind) });
        self.complete_again(world, completer);
        self.turned = kind;
    }

    /// Goes on with what was being typed before a line above was opened.
    fn end_opening(&mut self, world: &World, completer: &mut Completer) {
        let (line, kind) = self.opened.take().map_or_else(|| (Line::with_tabs(), None), |opened| opened.aside);
        self.line = line;
        self.complete_again(world, completer);
        self.turned = kind;
    }

    fn take(&mut self, entry: Entry, world: &World, completer: &mut Completer) {
        let entries = self.with(entry);
        if let Err(failure) = self.trial(world, &entries) {
            self.failure = Some(failure);
            return;
        }
        self.entries = entries;
        self.end_opening(world, completer);
    }

    /// Returns the lines with one that was typed: at the end, or in the place of the one that
    /// is open. Then the next begins where it ends, if they met before or would overlap.
    fn with(&self, entry: Entry) -> Vec<Entry> {
        let (mut entries, at) = (self.entries.clone(), self.at());
        let Some(opened) = entries.get_mut(at) else {
            entries.push(entry);
            return entries;
        };
        let (was, end) = (opened.end, entry.end);
        *opened = entry;
        if let (Some(next), Some(end)) = (entries.get_mut(at + 1), end)
            && (was == Some(next.start) || end > next.start)
        {
            next.start = end;
        }
        entries
    }

    fn save(&mut self, world: &World) -> Step {
        if self.entries.is_empty() {
            return Step::Close;
        }
        let days = world.days_of([Some(self.begins(&self.entries)), Some(self.until(world))]);
        Step::Ask(Effect::Change(self.edit(self.entries.clone()), days))
    }

    fn edit(&self, entries: Vec<Entry>) -> Edit {
        Edit::CatchUp { since: self.begins(&entries), entries }
    }

    fn trial(&self, world: &World, entries: &[Entry]) -> Result<(), Failure> {
        let edit = self.edit(entries.to_vec());
        world.trial(&edit).map(drop).map_err(|why| world.told(&why, &edit))
    }

    /// Reads the line that is typed.
    fn entry(&self, world: &World) -> Result<(Entry, Option<Kind>), Failure> {
        let typed = self.line.text();
        if let Some(entry) = self.untouched() {
            return Ok((entry.clone(), Some(entry.doing.kind)));
        }
        let from = self.from(world);
        let caught = notation::catch_up(typed);
        let line = world.here().on(world.setting.calendar.day_of(from)).line(caught.words)?;
        let (start, said) = line.when.map_or((from, None), |when| when.tell(|_| {}));
        if said.is_some() && caught.until.is_some() {
            return Err(Failure::refused("it says twice when it ended"));
        }
        let end = match caught.until {
            _ if said.is_some() => said.unwrap_or(from),
            Some(until) => {
                world.here().on(world.setting.calendar.day_of(start)).until_or_for(start, until)?.tell(|_| {})
            }
            None => self.until(world),
        };
        let latest = self.until(world);
        if end <= start || end > latest {
            let (end, start, latest) = (words::clock(end), words::clock(start), words::clock(latest));
            return Err(Failure::refused(format!("it cannot end at {end}: it is between {start} and {latest}")));
        }
        let (mut activity, mut tags) =
            (line.activity.ok_or_else(|| Failure::refused("it does not say what it was"))?, line.tags);
        if let Some(offer) = self.offer(world) {
            activity.clone_from(&offer.known.activity);
            tags.extend(offer.known.tags.iter().filter(|tag| !tags.contains(tag)).cloned().collect::<Vec<_>>());
        }
        let kind = self.turned.or_else(|| Self::kind(&activity, &tags, world));
        let doing = Doing { kind: kind.unwrap_or(Kind::Consuming), activity, tags, note: None };
        Ok((Entry { start, end: Some(end), doing }, kind))
    }

    /// Returns the line above that is open and was left as it is: to the second, and in words
    /// that nobody could type.
    fn untouched(&self) -> Option<&Entry> {
        let Opened { at, was: (text, kind), .. } = self.opened.as_ref()?;
        self.entries.get(*at).filter(|_| text == self.line.text() && *kind == self.turned)
    }

    /// Returns the kind that follows; a letter that stands for off is off.
    fn kind(activity: &Text, tags: &[Text], world: &World) -> Option<Kind> {
        let is_off = ["o", Kind::Off.word()].contains(&activity.raw());
        if is_off { Some(Kind::Off) } else { world.kind_of(activity, tags) }
    }

    /// Returns the blocks as they would be with the lines so far, the one that is typed
    /// too where it can be read.
    pub fn preview(&self, world: &World, ledger: &Ledger) -> Option<Ledger> {
        // Until it says when it ended, it would be all the time until now: far too much.
        let text = self.line.text();
        let has_end = notation::catch_up(text).until.is_some() || text.contains('@');
        // Nor does it weigh on either side before its kind is known.
        let typed = self.entry(world).ok().filter(|(_, kind)| has_end && kind.is_some()).map(|(entry, _)| entry);
        let with_typed = typed.map_or_else(|| self.entries.clone(), |typed| self.with(typed));
        let trial = |entries: Vec<Entry>| {
            let edit = (!entries.is_empty()).then(|| self.edit(entries))?;
            world.try_on(ledger, &edit).ok()
        };
        let change = trial(with_typed).or_else(|| trial(self.entries.clone()))?;
        Some(ledger.after(&change))
    }
}

/// Returns when work begins today.
fn work_begins(world: &World) -> Lived {
    let begins = world.setting.habits.work_begins;
    world.setting.calendar.home().first(world.today().and_time(begins))
}
