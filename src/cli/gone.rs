//! How what was removed is named: by the time at which it stood, and words of it.

use chrono::NaiveDate;

use super::desk::Desk;
use crate::domain::{Block, Kept, Lived, Thing};
use crate::failure::Failure;
use crate::journal::Gone;
use crate::notation::{Reference, Toward};
use crate::report::{kept, words};
use crate::text::terminal_safe;

/// What a spark that was removed is called first.
const SPARK: &str = "spark";

/// What was removed is meant by this.
pub(super) struct Removed {
    when: When,
    part: Part,
    typed: String,
}

/// What is said besides.
enum Part {
    /// Words of it; none where nothing was said.
    Words(String),
    /// Which of several it is, from 1.
    Which(usize),
}

impl Part {
    fn of(typed: &str) -> Self {
        typed.parse().map_or_else(|_| Self::Words(typed.to_lowercase()), Self::Which)
    }
}

enum When {
    /// It stood then.
    At(Lived),
    /// It took this day off.
    Day(NaiveDate),
    /// It is a spark, which stands nowhere.
    Spark,
}

impl Removed {
    /// Reads what is meant: `9:30`, `yesterday@9:30 design`, `26 nov`, `spark tracing`. `None`
    /// of `@1`: what is removed is none of the newest.
    pub(super) fn read(desk: &Desk<'_>, typed: &[String]) -> Result<Option<Self>, Failure> {
        let (first, rest) = match typed.split_first() {
            Some((first, rest)) => (first.as_str(), rest.join(" ")),
            None => return Ok(None),
        };
        let meant = |when, part: &str| Some(Self { when, part: Part::of(part), typed: typed.join(" ") });
        if first == SPARK {
            return Ok(meant(When::Spark, &rest));
        }
        let here = desk.here();
        match here.reference(first) {
            Ok(Reference::At(at)) => Ok(meant(When::At(at), &rest)),
            Ok(Reference::Newest(_)) => Ok(None),
            Err(error) => match here.date(&typed.join(" "), Toward::Future) {
                Ok(day) => Ok(meant(When::Day(day), "")),
                Err(_) => Err(error.into()),
            },
        }
    }

    /// Returns those of what was removed that may be meant, what was removed last first: what
    /// began in that minute; else what stood at that time.
    pub(super) fn among<'g>(&self, desk: &Desk<'_>, gone: &'g [Gone]) -> Vec<&'g Gone> {
        let named = |gone: &&Gone| match &self.part {
            Part::Words(part) => words_of(&gone.what).to_lowercase().contains(part),
            Part::Which(_) => true,
        };
        let all: Vec<&Gone> = gone.iter().filter(named).collect();
        let blocks = |is_it: &dyn Fn(&Block) -> bool| -> Vec<&'g Gone> {
            all.iter().filter(|gone| matches!(&gone.what, Thing::Block(block) if is_it(block))).copied().collect()
        };
        match self.when {
            When::Spark => all.iter().filter(|gone| matches!(gone.what, Thing::Kept(_))).copied().collect(),
            When::Day(day) => blocks(&|block| block.is_day_off() && desk.calendar.day_of_block(block) == day),
            When::At(at) => {
                let asked = minute(at);
                let began = blocks(&|block| !block.is_day_off() && minute(block.start) == asked);
                if !began.is_empty() {
                    return began;
                }
                let ends = |block: &Block| block.end.map_or(i64::MAX, minute);
                blocks(&|block| !block.is_day_off() && minute(block.start) < asked && asked < ends(block))
            }
        }
    }

    /// Returns the one that is meant.
    pub(super) fn one<'g>(&self, desk: &Desk<'_>, gone: &'g [Gone]) -> Result<&'g Gone, Failure> {
        let may = self.among(desk, gone);
        match (may.as_slice(), &self.part) {
            ([], _) => Err(self.nothing()),
            ([one], Part::Words(_)) => Ok(one),
            (several, Part::Words(_)) => Err(which(desk, several)),
            (several, Part::Which(number)) => {
                let picked = number.checked_sub(1).and_then(|at| several.get(at));
                picked.copied().ok_or_else(|| which(desk, several))
            }
        }
    }

    fn nothing(&self) -> Failure {
        let what = format!("nothing that was removed is called \"{}\"", terminal_safe(&self.typed));
        Failure::refused(what).hint("tiltmeter history --removed lists what can be brought back")
    }
}

/// Returns what something that was removed is called, so that [`Removed::read`] finds it.
pub(super) fn reference(desk: &Desk<'_>, what: &Thing) -> String {
    match what {
        Thing::Block(block) if block.is_day_off() => desk.calendar.day_of_block(block).to_string(),
        Thing::Block(block) => desk.here().show_reference(Reference::At(block.start)),
        Thing::Kept(_) => SPARK.to_owned(),
    }
}

fn words_of(what: &Thing) -> String {
    match what {
        Thing::Block(block) => block.activity.raw().to_owned(),
        Thing::Kept(Kept::Spark(spark)) => spark.text.raw().to_owned(),
        Thing::Kept(Kept::Reflection(_) | Kept::Baseline(_) | Kept::Sample(_)) => String::new(),
    }
}

/// Asks which of several is meant, and says how each is named.
fn which(desk: &Desk<'_>, several: &[&Gone]) -> Failure {
    let were = if several.len() == 1 { "was removed is" } else { "were removed are" };
    let failure = Failure::refused(format!("{} that {were} called that", several.len()));
    let named = (1..).zip(several).map(|(number, gone)| {
        let (reference, shown) = (reference(desk, &gone.what), kept::thing(&gone.what, &desk.look()));
        format!("tiltmeter restore {reference} {number}: {shown}, {}", removal(desk, gone))
    });
    named.fold(failure, Failure::hint)
}

/// Returns the minute on the wall where it was.
fn minute(at: Lived) -> i64 {
    at.naive_local().and_utc().timestamp().div_euclid(60)
}

/// Returns when something was removed, and by whom where that is another device.
pub(super) fn removal(desk: &Desk<'_>, gone: &Gone) -> String {
    let when = words::moment(desk.calendar.home().at(gone.at), &desk.look());
    if gone.by == desk.journal.place().device {
        format!("removed {when}")
    } else {
        format!("removed {when} by {}", terminal_safe(&gone.by))
    }
}
