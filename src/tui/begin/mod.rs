//! The line that says what begins: words, tags and a time, completed from what was done
//! before, the kind following. What is understood stands below it before Enter.

mod view;

use chrono::NaiveDate;

use super::complete::{Candidate, Completer, takes_enter};
use super::line::{Inserted, Line};
use super::msg::Effect;
use super::step::Step;
use super::world::{World, turned};
use crate::domain::{Clash, Doing, Edit, Kind, Lived, Refusal};
use crate::failure::Failure;
use crate::keymap::{Action, Stroke};
use crate::notation::{Line as Typed, show_words, words_and_rest};
use crate::report::words;
use crate::text::Text;

/// So many are offered at most.
const OFFERS: usize = 6;

/// The line that says what begins.
#[derive(Debug)]
pub struct Begin {
    /// The kind that the key said.
    said: Option<Kind>,
    /// The day that is shown, where that is not today: times are of it.
    day: Option<NaiveDate>,
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

impl Begin {
    /// Opens an empty line on the day that is shown; a key may have said the kind.
    pub fn new(said: Option<Kind>, day: NaiveDate, world: &World, completer: &mut Completer) -> Self {
        let mut begin = Self {
            said,
            day: (day != world.today()).then_some(day),
            turned: None,
            line: Line::new(),
            offers: Vec::new(),
            chosen: None,
            clash: Clash::Refuse,
            asks: false,
            failure: None,
        };
        begin.complete_again(world, completer);
        begin
    }

    /// Returns what Enter does now, in a word or two.
    pub fn accepts(&self) -> &'static str {
        match self.clash {
            Clash::Trim => "cut, and log it",
            _ => "log it",
        }
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
        self.asks = false;
        let before = self.line.text().len();
        self.line.stroke(stroke);
        if self.line.text().len() != before {
            self.complete_again(world, completer);
        }
    }

    /// Looks again for what the line may mean.
    fn complete_again(&mut self, world: &World, completer: &mut Completer) {
        let (words, _) = words_and_rest(self.line.text());
        let running = world.ledger.running().map(|block| &block.activity);
        self.offers = completer.candidates(&words, &world.past, world.lived_now(), running, OFFERS);
        let first = self.offers.first().filter(|offer| takes_enter(&words, &offer.known, &world.past));
        self.chosen = match first {
            Some(_) => Some(Choice::Offer(0)),
            None if words.trim().is_empty() => None,
            None => Some(Choice::AsTyped),
        };
        self.turned = None;
        self.asks = false;
        self.disarm();
    }

    fn choose_further(&mut self, by: isize) {
        let as_typed = usize::from(!words_and_rest(self.line.text()).0.is_empty());
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
        self.disarm();
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
        let (_, rest) = words_and_rest(self.line.text());
        let is_new = |tag: &&Text| !rest.split(' ').any(|word| word.trim_start_matches(['+', '#']) == tag.raw());
        let tags: Vec<Text> = offer.known.tags.iter().filter(is_new).cloned().collect();
        let words = show_words(&offer.known.activity, &tags);
        self.line.replace(format!("{words} {rest}").trim_end());
        self.complete_again(world, completer);
    }

    /// Cuts nothing that is in the way until Enter was pressed once more.
    fn disarm(&mut self) {
        self.clash = Clash::Refuse;
        self.failure = None;
    }

    fn turn(&mut self, world: &World) {
        self.disarm();
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
        // Nobody is asked for the kind of something that cannot be for another reason.
        if let Err(why) = world.trial(&understood.edit(understood.kind.unwrap_or(Kind::Consuming), self.clash)) {
            self.failure = self.preview(&understood, world).err();
            if matches!(why, Refusal::Overlap { .. }) {
                // Enter once more cuts what is in the way, which is said before.
                self.clash = Clash::Trim;
            }
            return Step::Stay;
        }
        let Some(kind) = understood.kind else {
            self.asks = true;
            return Step::Stay;
        };
        let (edit, days) = (understood.edit(kind, self.clash), world.days_of([Some(understood.start), understood.end]));
        Step::Ask(Effect::Change(edit, days))
    }

    /// Returns what was understood; `None` where the line says nothing yet.
    fn understood(&self, world: &World) -> Result<Option<Understood>, Failure> {
        let here = world.here();
        let here = self.day.map_or(here, |day| here.on(day));
        let Typed { activity, mut tags, when } = here.line(self.line.text())?;
        let mut remark = None;
        let (start, end) = match when {
            Some(when) => when.tell(|doubled| remark = Some(doubled.to_string())),
            None => (world.lived_now(), None),
        };
        if let (Some(day), None) = (self.day.filter(|_| start < world.lived_now()), end) {
            let asked = format!("until when, on {}?", words::date(day));
            return Err(Failure::refused(asked).hint("say both: @9-10:30; without a time it begins now"));
        }
        let (activity, followed) = match (self.offer(), activity) {
            (Some(offer), _) => {
                tags.extend(offer.known.tags.iter().filter(|tag| !tags.contains(tag)).cloned().collect::<Vec<_>>());
                let ruled = crate::notation::ruled(&offer.known.activity, &tags, &world.setting.kinds);
                (offer.known.activity.clone(), ruled.or(Some(offer.known.kind)))
            }
            (None, Some(activity)) => {
                let kind = world.kind_of(&activity, &tags);
                (activity, kind)
            }
            (None, None) => return Ok(None),
        };
        let kind = self.turned.or(self.said).or(followed);
        Ok(Some(Understood { activity, tags, kind, start, end, remark }))
    }

    /// Returns how many blocks would be cut to make room, and how many taken out.
    fn in_the_way(&self, world: &World) -> Option<(usize, usize)> {
        let understood = self.understood(world).ok().flatten()?;
        let edit = understood.edit(understood.kind.unwrap_or(Kind::Consuming), Clash::Trim);
        let change = world.trial(&edit).ok()?;
        let cut = change.put.iter().filter(|block| world.ledger.get(block.id).is_some()).count();
        Some((cut, change.removed.len()))
    }

    /// Says what would become of the line, or why it cannot be.
    fn preview(&self, understood: &Understood, world: &World) -> Result<(), Failure> {
        let edit = understood.edit(understood.kind.unwrap_or(Kind::Consuming), self.clash);
        world.trial(&edit).map(drop).map_err(|why| world.told(&why, &edit))
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
}
