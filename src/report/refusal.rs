//! Why an edit cannot be, in words; the pane and the command line say the same.

use chrono::TimeDelta;

use super::{Look, Words, words};
use crate::domain::{Block, Edit, Lived, Refusal};
use crate::failure::Failure;
use crate::notation::{Here, Reference};

/// Returns what a person is told of a refusal of `edit`: only what starts a block, puts one
/// in or puts one back can be told what to do with the blocks that are in the way.
pub fn of_edit(refusal: &Refusal, edit: &Edit, look: &Look<'_>) -> Failure {
    let failure = failure(refusal, look);
    match (refusal, edit) {
        (_, Edit::Start { .. } | Edit::Add { .. })
        | (Refusal::Overlap { .. } | Refusal::NothingFree { .. }, Edit::Restore { .. }) => failure,
        (Refusal::TooLong { .. }, Edit::Restore { .. }) => Failure {
            hints: vec!["it had no end then: say it anew with tiltmeter add 9:00-10:30 ACTIVITY".into()],
            ..failure
        },
        (Refusal::Overlap { clash, .. }, _) => {
            let clash = Here::new(look.now, look.calendar).show_reference(Reference::At(clash.start));
            let ways =
                format!("tiltmeter edit {clash} --start TIME moves the other, tiltmeter remove {clash} takes it out");
            Failure { hints: vec![ways], ..failure }
        }
        _ => failure,
    }
}

/// Returns what a person is told of a refusal.
pub fn failure(refusal: &Refusal, look: &Look<'_>) -> Failure {
    Failure::refused(why(refusal, look)).hint(what_now(refusal, look))
}

/// Says what happened, and why.
fn why(refusal: &Refusal, look: &Look<'_>) -> String {
    let moment = |at: &Lived| words::moment(*at, look);
    let named = |block: &Block| words::block(block, look);
    match refusal {
        Refusal::Overlap { start, end, clash } => {
            format!("{} overlaps {}", words::range(*start, *end, look), named(clash))
        }
        Refusal::NothingFree { start, end } => {
            format!("{} is all taken: nothing is free to fit into", words::range(*start, Some(*end), look))
        }
        Refusal::EndsBeforeStart { start, end } => {
            format!("it would end at {}, not after its start at {}", moment(end), moment(start))
        }
        Refusal::InTheFuture { at, now } => {
            format!("{} is in the future: now it is {}", ahead(*at, *now, look), words::read(*now, look.calendar))
        }
        Refusal::TooLong { start, length } => {
            format!("{} from {} is more than a block may last, 24 hours", words::length(*length), moment(start))
        }
        Refusal::BreakTooLong(block) => format!("{} would be a whole day off", named(block)),
        Refusal::NothingRuns => "nothing runs, so there is nothing to stop".to_owned(),
        Refusal::Forgotten(block) => runs_since(block, look, Words::Shown),
        Refusal::RunsAlready(block) => {
            format!("{} runs already, since {}", words::quoted(&block.activity), moment(&block.start))
        }
        Refusal::NothingBefore => "nothing ran before, so there is nothing to go back to".to_owned(),
        Refusal::NoSuchBlock => "there is no such block".to_owned(),
        Refusal::NothingToConfirm => "no end is assumed there: nothing is to be confirmed".to_owned(),
        Refusal::NothingChanges => "that is how it is already: nothing was changed".to_owned(),
        Refusal::SplitOutside { at, block } => format!("{} is not inside {}", moment(at), named(block)),
        Refusal::SwallowsNeighbour(block) => format!("the border would move over all of {}", named(block)),
        Refusal::EntryOrder { index } => {
            format!("block {} of these overlaps the next, runs on before it, or is not of that day", index + 1)
        }
        Refusal::TooManyTags => format!("a block has at most {} tags", crate::text::TAGS),
        Refusal::DayOffAlready(day) => format!("{} is off already", words::date(*day)),
    }
}

/// Says what can be done: things one can type.
fn what_now(refusal: &Refusal, look: &Look<'_>) -> String {
    let said = match refusal {
        Refusal::EndsBeforeStart { start, .. } => {
            return format!("say an end after {}, or move its start first", words::moment(*start, look));
        }
        Refusal::InTheFuture { at, now } => return not_yet(*at, *now),
        Refusal::Forgotten(block) => return until_when(block, look),
        Refusal::DayOffAlready(day) => return format!("to take that back: tiltmeter remove {day}"),
        Refusal::Overlap { .. } => "--trim cuts the other block, --fit keeps only what is free",
        Refusal::NothingFree { .. } => "--trim cuts the blocks that are there",
        Refusal::TooLong { .. } => "log each day for itself; a whole day off is: tiltmeter off 2026-12-24",
        Refusal::BreakTooLong(_) => "a break lasts less than 22 hours; a whole day: tiltmeter off 2026-12-24",
        Refusal::NothingRuns => "to log what you did until now: tiltmeter was ACTIVITY",
        Refusal::RunsAlready(_) => "to change it: tiltmeter edit @1 --kind s, --start, +tag or a new name",
        Refusal::NothingBefore => "tiltmeter now ACTIVITY",
        Refusal::NoSuchBlock => "@1 is the newest block, 9:30 the one of today at that time",
        Refusal::NothingToConfirm => "of another day: tiltmeter confirm yesterday",
        Refusal::NothingChanges => "tiltmeter day shows what there is",
        Refusal::SplitOutside { .. } => "say a time between its start and its end, or 50%",
        Refusal::SwallowsNeighbour(_) => "--alone leaves it where it is; tiltmeter remove takes it out first",
        Refusal::EntryOrder { .. } => "put the lines in the order of time; only the last may run on",
        Refusal::TooManyTags => "to take one off: tiltmeter edit @1 --untag TAG",
    };
    said.to_owned()
}

/// Says what to do about a time that is still to come: before the day begins, it is of the
/// night to come, and the night that is over may have been meant.
fn not_yet(at: Lived, now: Lived) -> String {
    let day_before = at - TimeDelta::days(1);
    if at.date_naive() == now.date_naive() || day_before > now {
        "log it when it has been; only days off lie ahead: tiltmeter off 24 dec..1 jan".to_owned()
    } else {
        format!("for the night that is over: \"yesterday {}\"", words::clock(day_before))
    }
}

/// Returns what is said wherever a forgotten block stands.
pub fn forgotten(block: &Block, look: &Look<'_>, show: Words) -> Failure {
    Failure::refused(runs_since(block, look, show)).hint(until_when(block, look))
}

fn runs_since(block: &Block, look: &Look<'_>, show: Words) -> String {
    let name = match show {
        Words::Shown => words::quoted(&block.activity),
        Words::Hidden => "a block".to_owned(),
    };
    let since = words::moment(block.start, look);
    format!("{name} has run since {since}: it counts nothing until you say when it ended")
}

fn until_when(block: &Block, look: &Look<'_>) -> String {
    format!("say until when: tiltmeter stop --at \"{}\"", look.here().show(an_hour_into(block, look)))
}

/// Returns a whole minute at which the block may have ended, by the clocks at home, which
/// are those that somebody types by.
fn an_hour_into(block: &Block, look: &Look<'_>) -> Lived {
    let hour = block.start + TimeDelta::hours(1);
    look.calendar.home().at(hour.to_utc() - TimeDelta::seconds(hour.timestamp().rem_euclid(60)))
}

fn ahead(at: Lived, now: Lived, look: &Look<'_>) -> String {
    let day = if at.date_naive() == now.date_naive() { String::new() } else { at.format("%a %-d %b ").to_string() };
    day + &words::read(at, look.calendar)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::beam::Glyphs;
    use crate::beam::testing::block;
    use crate::domain::Kind;
    use crate::report::testing::Example;

    proptest! {
        #[test]
        fn the_end_that_is_offered_for_a_forgotten_block_reads_back_as_it(
            now in 0_i64..40_000_000, ago in 86_401_i64..4_000_000, east in -12_i32..=14,
        ) {
            let mut sample = Example::at("2026-01-01T00:00");
            sample.now += TimeDelta::seconds(now);
            let look = sample.look(80, Glyphs::Unicode);
            let there = chrono::FixedOffset::east_opt(east * 3_600).unwrap();
            let start = (look.now - TimeDelta::seconds(ago)).with_timezone(&there);
            let forgot = Block { start, ..block(Kind::Creating, 0, None) };
            let failure = forgotten(&forgot, &look, Words::Shown);
            let [hint] = &failure.hints[..] else { panic!("one hint") };
            let (_, typed) = hint.split_once("--at \"").unwrap();
            let offered = look.here().time(typed.trim_end_matches('"')).unwrap().tell(|_| {});
            prop_assert!(start < offered && offered <= start + TimeDelta::hours(1), "{}", hint);
            prop_assert_eq!(offered.to_utc(), an_hour_into(&forgot, &look).to_utc(), "{}", hint);
        }
    }
}
