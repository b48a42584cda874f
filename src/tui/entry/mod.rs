//! The line that says what begins: words, tags and a time, completed from what was done
//! before, the kind following. What is understood stands below it before Enter.

mod view;

use super::complete::{Candidate, Completer, takes_enter};
use super::keymap::Action;
use super::line::{Inserted, Line, Stroke};
use super::msg::Effect;
use super::step::Step;
use super::world::{World, turned};
use crate::domain::{Clash, Doing, Edit, Kind, Lived, Refusal};
use crate::failure::Failure;
use crate::notation::{Line as Typed, show_words};
use crate::report::refusal;
use crate::text::Text;

/// So many are offered at most.
const OFFERS: usize = 6;

/// The line that says what begins.
#[derive(Debug)]
pub struct Entry {
    /// The kind that the key said.
    said: Option<Kind>,
    /// The kind that it was turned to.
    turned: Option<Kind>,
    line: Line,
    offers: Vec<Candidate>,
    chosen: Option<Choice>,
    /// What to do about blocks in the way.
    clash: Clash,
    /// Whether the next letter says the kind.
    asks: bool,
    failure: Option<Failure>,
}

/// What Enter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    /// This one of what is offered.
    Offer(usize),
    /// What was typed, as it was typed.
    AsTyped,
}

/// What was understood of the line.
#[derive(Clone, Debug)]
struct Understood {
    activity: Text,
    tags: Vec<Text>,
    kind: Option<Kind>,
    start: Lived,
    end: Option<Lived>,
    /// What else is to be said: a time that comes twice that day.
    remark: Option<String>,
}

impl Entry {
    /// Opens an empty line; a key may have said the kind.
    pub fn new(said: Option<Kind>, world: &World, completer: &mut Completer) -> Self {
        let mut entry = Self {
            said,
            turned: None,
            line: Line::new(),
            offers: Vec::new(),
            chosen: None,
            clash: Clash::Refuse,
            asks: false,
            failure: None,
        };
        entry.complete_again(world, completer);
        entry
    }

    /// Whether the next letter says the kind.
    pub fn asks_kind(&self) -> bool {
        self.asks
    }

    /// Puts text into the line.
    pub fn insert(&mut self, text: &str, world: &World, completer: &mut Completer) -> Inserted {
        let inserted = self.line.insert(text);
        self.complete_again(world, completer);
        inserted
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action, world: &World, completer: &mut Completer) -> Step {
        match action {
            Action::Close if self.asks => self.asks = false,
            Action::Close => return Step::Close,
            Action::Accept => return self.accept(world),
            Action::Complete => self.take_offer(world, completer),
            Action::Turn => self.turn(world),
            Action::Next => self.choose_further(1),
            Action::Previous => self.choose_further(-1),
            Action::Stroke(stroke) => self.stroke(stroke, world, completer),
            _ => {}
        }
        Step::Stay
    }

    /// Chooses and takes one of what is offered.
    pub fn choose(&mut self, at: usize, world: &World) -> Step {
        self.chosen = Some(if at < self.offers.len() { Choice::Offer(at) } else { Choice::AsTyped });
        self.accept(world)
    }

    /// Takes the letter that says the kind.
    pub fn answer(&mut self, letter: char, world: &World) -> Step {
        let Some(kind) = Kind::from_typed(letter.encode_utf8(&mut [0; 4])) else { return Step::Stay };
        self.asks = false;
        self.turned = Some(kind);
        self.accept(world)
    }

    /// Keeps the line, and says why it was not taken.
    pub fn refused(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    fn stroke(&mut self, stroke: Stroke, world: &World, completer: &mut Completer) {
        let before = self.line.text().len();
        self.line.stroke(stroke);
        if self.line.text().len() != before {
            self.complete_again(world, completer);
        }
    }

    /// Looks again for what the line may mean.
    fn complete_again(&mut self, world: &World, completer: &mut Completer) {
        let words = words_of(self.line.text());
        let running = world.ledger.running().map(|block| &block.activity);
        self.offers = completer.candidates(&words, &world.past, world.lived_now(), running, OFFERS);
        let first = self.offers.first().filter(|offer| takes_enter(&words, &offer.known, &world.past));
        self.chosen = match first {
            Some(_) => Some(Choice::Offer(0)),
            None if words.trim().is_empty() => None,
            None => Some(Choice::AsTyped),
        };
        self.turned = None;
        self.clash = Clash::Refuse;
        self.failure = None;
    }

    fn choose_further(&mut self, by: isize) {
        let as_typed = usize::from(!words_of(self.line.text()).trim().is_empty());
        let all = self.offers.len() + as_typed;
        let at = match self.chosen {
            Some(Choice::Offer(at)) => Some(at),
            Some(Choice::AsTyped) => Some(self.offers.len()),
            None => None,
        };
        let next = match (at, by) {
            _ if all == 0 => return,
            (None, 1..) => 0,
            (None, _) => all - 1,
            (Some(at), by) => at.saturating_add_signed(by).min(all - 1),
        };
        self.chosen = Some(if next < self.offers.len() { Choice::Offer(next) } else { Choice::AsTyped });
        self.turned = None;
        self.failure = None;
    }

    fn offer(&self) -> Option<&Candidate> {
        match self.chosen? {
            Choice::Offer(at) => self.offers.get(at),
            Choice::AsTyped => None,
        }
    }

    /// Takes what is offered into the line, where more can be said of it.
    fn take_offer(&mut self, world: &World, completer: &mut Completer) {
        let Some(offer) = self.offer().or(self.offers.first()) else { return };
        let (words, rest) = (show_words(&offer.known.activity, &[]), rest_of(self.line.text()));
        self.line.replace(&format!("{words} {rest}"));
        self.complete_again(world, completer);
    }

    fn turn(&mut self, world: &World) {
        let now = self.understood(world).ok().flatten().and_then(|understood| understood.kind);
        self.turned = Some(now.map_or(Kind::Consuming, turned));
    }

    fn accept(&mut self, world: &World) -> Step {
        let understood = match self.understood(world) {
            Ok(Some(understood)) => understood,
            Ok(None) => return if self.line.is_empty() { Step::Close } else { Step::Stay },
            Err(failure) => {
                self.failure = Some(failure);
                return Step::Stay;
            }
        };
        let Some(kind) = understood.kind else {
            self.asks = true;
            return Step::Stay;
        };
        let (edit, days) = (understood.edit(kind, self.clash), understood.days(world));
        if self.clash == Clash::Refuse
            && let Err(Refusal::Overlap { .. }) = world.trial(&edit)
        {
            // Enter once more cuts what is in the way, which is said before.
            self.failure = self.preview(&understood, world).err();
            self.clash = Clash::Trim;
            return Step::Stay;
        }
        Step::Ask(Effect::Change(edit, days))
    }

    /// Returns what was understood; `None` where the line says nothing yet.
    fn understood(&self, world: &World) -> Result<Option<Understood>, Failure> {
        let Typed { activity, mut tags, when } = world.here().line(self.line.text())?;
        let mut remark = None;
        let (start, end) = match when {
            Some(when) => when.tell(|doubled| remark = Some(doubled.to_string())),
            None => (world.lived_now(), None),
        };
        let (activity, followed) = match (self.offer(), activity) {
            (Some(offer), _) => {
                tags.extend(offer.known.tags.iter().filter(|tag| !tags.contains(tag)).cloned().collect::<Vec<_>>());
                let ruled = crate::notation::ruled(&offer.known.activity, &world.setting.kinds);
                (offer.known.activity.clone(), ruled.or(Some(offer.known.kind)))
            }
            (None, Some(activity)) => {
                let kind = world.kind_of(&activity);
                (activity, kind)
            }
            (None, None) => return Ok(None),
        };
        let kind = self.turned.or(self.said).or(followed);
        Ok(Some(Understood { activity, tags, kind, start, end, remark }))
    }

    /// Says what would become of the line, or why it cannot be.
    fn preview(&self, understood: &Understood, world: &World) -> Result<crate::domain::Change, Failure> {
        let edit = understood.edit(understood.kind.unwrap_or(Kind::Consuming), self.clash);
        let look = world.look(200);
        world.trial(&edit).map_err(|why| refusal::of_edit(&why, &edit, &look))
    }
}

impl Understood {
    fn edit(&self, kind: Kind, clash: Clash) -> Edit {
        let doing = Doing { kind, activity: self.activity.clone(), tags: self.tags.clone(), note: None };
        match self.end {
            Some(end) => Edit::Add { doing, start: self.start, end, clash },
            None => Edit::Start { doing, at: self.start, clash },
        }
    }

    fn days(&self, world: &World) -> std::ops::RangeInclusive<chrono::NaiveDate> {
        let calendar = &world.setting.calendar;
        let day = |at: Lived| calendar.day_at_home(at.to_utc());
        let first = day(self.start);
        first..=self.end.map_or(first, day).max(first)
    }
}

/// Whether a word of the line is a tag or a time, and none of what it is called.
fn is_extra(word: &str) -> bool {
    let after = |sign: &[char]| word.strip_prefix(sign).and_then(|rest| rest.chars().next());
    after(&['+', '#']).is_some_and(char::is_alphabetic) || after(&['@']).is_some_and(|c| c.is_ascii_digit())
}

/// Returns what the line calls it, as far as it was typed.
fn words_of(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().filter(|word| !is_extra(word)).collect();
    let mut words = words.join(" ");
    if typed.ends_with(' ') && !words.is_empty() {
        words.push(' ');
    }
    words
}

/// Returns the tags and the time of the line.
fn rest_of(typed: &str) -> String {
    typed.split_whitespace().filter(|word| is_extra(word)).collect::<Vec<_>>().join(" ")
}
