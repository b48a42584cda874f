//! Small things to make: a line for another one, and below it those that are open.

use chrono::{NaiveDate, TimeDelta};
use ratatui::layout::Rect;

use super::line::{Inserted, Line};
use super::msg::{Effect, Keeping};
use super::stage::{Hit, Stage, below};
use super::step::Step;
use super::widget::{self, field, marker};
use super::world::World;
use crate::beam::{Role, Row, kinds};
use crate::domain::{Clash, Doing, Edit, Id, Kind, Spark};
use crate::failure::Failure;
use crate::keymap::Action;
use crate::notation;
use crate::report::{kept, words};
use crate::text::Text;

/// A line for a spark, and those that are open.
#[derive(Debug, Default)]
pub struct Sparks {
    line: Line,
    /// The open spark that is chosen.
    chosen: Option<Id>,
    failure: Option<Failure>,
}

impl Sparks {
    /// Opens the line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts text into the line.
    pub fn insert(&mut self, text: &str) -> Inserted {
        self.failure = None;
        self.chosen = None;
        self.line.insert(text)
    }

    /// Keeps the line, and says why it was not taken.
    pub fn refused(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// Chooses the spark at this place of the list.
    pub fn choose(&mut self, at: usize, world: &World) {
        self.chosen = world.sparks.get(at).map(|spark| spark.id);
    }

    /// Returns the spark that is chosen, if it is still open.
    fn chosen<'w>(&self, world: &'w World) -> Option<&'w Spark> {
        world.sparks.iter().find(|spark| Some(spark.id) == self.chosen)
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action, world: &World) -> Step {
        let chosen = self.chosen(world);
        match (action, chosen) {
            (Action::Close, _) => return Step::Close,
            (Action::Accept, Some(spark)) => return Step::Ask(start(spark, world)),
            (Action::Accept, None) if self.line.text().trim().is_empty() => return Step::Close,
            (Action::Accept, None) => match self.read() {
                Ok((text, length)) => return Step::Ask(Effect::Keep(Keeping::Put(text, length))),
                Err(failure) => self.failure = Some(failure),
            },
            (Action::Complete, Some(spark)) => return Step::Ask(Effect::Keep(Keeping::Done(spark.id))),
            (Action::Turn, Some(spark)) => return Step::Ask(Effect::Keep(Keeping::Drop(spark.id))),
            (Action::Next, _) => self.go(world, Action::Down),
            (Action::Previous, _) => self.go(world, Action::Up),
            (Action::Stroke(stroke), _) => {
                self.line.stroke(stroke);
                (self.failure, self.chosen) = (None, None);
            }
            _ => {}
        }
        Step::Stay
    }

    /// Goes down from the line through the list, and up again.
    fn go(&mut self, world: &World, way: Action) {
        let at = world.sparks.iter().position(|spark| Some(spark.id) == self.chosen);
        let next = match (at, way) {
            (None, Action::Down) => Some(0),
            (None, _) | (Some(0), Action::Up) => None,
            (Some(at), way) => Some(super::step::moved(at, world.sparks.len(), way)),
        };
        self.chosen = next.and_then(|at| world.sparks.get(at)).map(|spark| spark.id);
    }

    fn read(&self) -> Result<(Text, TimeDelta), Failure> {
        let (text, length) = notation::spark(self.line.text())?;
        Ok((text, length.unwrap_or(Spark::USUAL)))
    }

    /// Whether one of the list is chosen.
    pub fn has_chosen(&self) -> bool {
        self.chosen.is_some()
    }

    /// Returns what Enter does here.
    pub fn accepts(&self) -> &'static str {
        if self.chosen.is_some() { "start it" } else { "keep it" }
    }

    /// Draws the line, what it says, and the open sparks.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let said = self.said(world);
        if area.height == 1 {
            match self.chosen(world) {
                Some(spark) => return stage.row(area, &row(spark, true, area.width, world)),
                None if self.failure.is_some() => return stage.row(area, &said),
                None => {}
            }
        }
        field(stage, area, "spark ", &self.line);
        if self.chosen.is_some() {
            stage.cursor = None;
        }
        let area = stage.rows(below(area, 1), &widget::wrapped(&said, area.width, 2));
        let mut area = if area.height > 3 { below(area, 1) } else { area };
        let at = world.sparks.iter().position(|spark| Some(spark.id) == self.chosen).unwrap_or_default();
        let from = (at + 1).saturating_sub(area.height.into());
        for (at, spark) in world.sparks.iter().enumerate().skip(from).take(area.height.into()) {
            let is_chosen = Some(spark.id) == self.chosen;
            stage.clickable(area, &row(spark, is_chosen, area.width, world), Hit::Choice(at));
            area = below(area, 1);
        }
    }

    /// Returns what Enter does, or why it can't; of one that is chosen, all its words.
    fn said(&self, world: &World) -> Row {
        if let Some(failure) = &self.failure {
            return widget::failure(failure);
        }
        let glyphs = world.setting.glyphs;
        if let Some(spark) = self.chosen(world) {
            // In the list it may be cut.
            return Row::plain(world.words(&spark.text));
        }
        if self.line.text().trim().is_empty() {
            let what = "something small you want to make; @30m says how long it takes";
            return Row::new().with(what, Role::Faint);
        }
        match self.read() {
            Ok((_, length)) => Row::new()
                .with(kinds::glyph(Kind::Creating, glyphs), kinds::role(Kind::Creating))
                .with(format!(" {}", words::length(length)), Role::Plain)
                .with("  kept until there is time for it", Role::Faint),
            Err(failure) => widget::failure(&failure),
        }
    }
}

/// Returns a spark as a row of the list: its length and its age stand at the right.
fn row(spark: &Spark, is_chosen: bool, columns: u16, world: &World) -> Row {
    let glyphs = world.setting.glyphs;
    let put: NaiveDate = world.setting.calendar.day_of(spark.put);
    let after = format!("  {}  {}", words::length(spark.length), kept::age(put, world.today()));
    let mut row = marker(is_chosen, glyphs);
    row.push(kinds::glyph(Kind::Creating, glyphs), kinds::role(Kind::Creating));
    row.push(format!(" {}", world.words(&spark.text)), if is_chosen { Role::Strong } else { Role::Plain });
    let room = usize::from(columns).saturating_sub(after.len());
    if room >= SHORTEST {
        row.cut_to(room, glyphs);
        row.push(after, Role::Faint);
    }
    row
}

/// A spark is not cut shorter for the sake of its age.
const SHORTEST: usize = 16;

/// Starts to make a spark.
pub fn start(spark: &Spark, world: &World) -> Effect {
    let doing = Doing { kind: Kind::Creating, activity: spark.text.clone(), tags: Vec::new(), note: None };
    Effect::Change(Edit::Start { doing, at: world.lived_now(), clash: Clash::Refuse }, world.days_of([]))
}
