//! What each edit does. One function an edit; the rules are checked when the draft is
//! finished.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::block::{Block, Id, Kind, LONGEST_BLOCK, Lived};
use super::super::edit::{Border, Change, Clash, Doing, Edit, Hand, Mend, Refusal, Remark, SplitAt};
use super::draft::Draft;
use super::{Ends, Ledger, assumed, check_span, rewrite};

pub(super) fn apply(ledger: &Ledger, edit: &Edit, hand: &mut Hand<'_>) -> Result<Change, Refusal> {
    let now = ledger.now();
    let draft = Draft::of(ledger, hand);
    let meant = |at: &Lived| ledger.meant(*at);
    match edit {
        Edit::Start { doing, at, clash } => start(draft, ledger, doing, meant(at), *clash, now),
        Edit::Add { doing, start, end, clash } => add(draft, doing, (meant(start), meant(end)), *clash, now),
        Edit::Stop { at } => stop(draft, ledger, meant(at), now),
        Edit::Back { at } => back(draft, ledger, meant(at), now),
        Edit::CatchUp { since, entries } => rewrite::catch_up(draft, ledger, *since, entries),
        Edit::Mend { id, mend, border } => {
            let (start, end) = (mend.start.as_ref().map(meant), mend.end.as_ref().map(meant));
            self::mend(draft, ledger, *id, &Mend { start, end, ..mend.clone() }, *border)
        }
        Edit::Split { id, at } => split(draft, ledger, *id, *at, now),
        Edit::Remove { id } => remove(draft, *id),
        Edit::Confirm { from, until } => assumed::confirm(draft, ledger, (*from, *until)),
        Edit::Restore { block, clash } => restore(draft, ledger, block, *clash),
        Edit::DaysOff { days, why } => days_off(draft, ledger, days, why),
        Edit::Rewrite { blocks, from, until, entries } => {
            rewrite::rewrite(draft, ledger, blocks, (*from, *until), entries)
        }
    }
}

fn start(
    mut draft: Draft<'_, '_>,
    ledger: &Ledger,
    doing: &Doing,
    at: Lived,
    clash: Clash,
    now: DateTime<Utc>,
) -> Result<Change, Refusal> {
    not_in_the_future(at, now)?;
    let length = now.with_timezone(at.offset()) - at;
    if length >= LONGEST_BLOCK {
        // It would be forgotten as soon as it began.
        return Err(Refusal::TooLong { start: at, length });
    }
    let running = ledger.running();
    if let Some(running) = running.filter(|running| says_nothing_new(running, doing)) {
        return Err(Refusal::RunsAlready(Box::new(running.clone())));
    }
    let ended = running.filter(|running| running.start <= at);
    if let Some(running) = ended {
        draft.end(running, at);
    }
    for (start, end) in draft.room(at, None, clash)? {
        draft.add(doing, start, end);
    }
    draft.finish(if ended.is_some() { "switch" } else { "start" })
}

/// Whether `doing` is what runs already, with no tag or note that it lacks.
fn says_nothing_new(running: &Block, doing: &Doing) -> bool {
    (&running.activity, running.kind) == (&doing.activity, doing.kind)
        && doing.tags.iter().all(|tag| running.tags.contains(tag))
        && doing.note.is_none()
}

fn add(
    mut draft: Draft<'_, '_>,
    doing: &Doing,
    (start, end): (Lived, Lived),
    clash: Clash,
    now: DateTime<Utc>,
) -> Result<Change, Refusal> {
    within_the_rules(start, end, now)?;
    for (start, end) in draft.room(start, Some(end), clash)? {
        draft.add(doing, start, end);
    }
    draft.finish("add")
}

fn stop(mut draft: Draft<'_, '_>, ledger: &Ledger, at: Lived, now: DateTime<Utc>) -> Result<Change, Refusal> {
    let running = ledger.running();
    // A time before what runs began is said of what was forgotten, if it may have run then.
    let may_have_run = |block: &&Block| at > block.start && at - block.start <= LONGEST_BLOCK;
    let forgotten = ledger.forgotten().filter(may_have_run).last();
    match (running, forgotten) {
        (Some(running), _) if at >= running.start => draft.end(running, at),
        (_, Some(forgotten)) => draft.end(forgotten, at),
        (Some(running), None) => return Err(Refusal::EndsBeforeStart { start: running.start, end: at }),
        (None, None) => stop_ahead(&mut draft, ledger)?,
    }
    not_in_the_future(at, now)?;
    draft.finish("stop")
}

/// Ends what a clock that was set back has left running ahead of now: at the earliest it
/// ends where it began, so it lasted no time.
fn stop_ahead(draft: &mut Draft<'_, '_>, ledger: &Ledger) -> Result<(), Refusal> {
    if let Some(forgotten) = ledger.forgotten().last() {
        return Err(Refusal::Forgotten(Box::new(forgotten.clone())));
    }
    let ahead = ledger.ahead().iter().rev().find(|block| block.end.is_none()).ok_or(Refusal::NothingRuns)?;
    draft.take(ahead.id);
    draft.remarks.push(Remark::ClockBehind(ahead.clone()));
    Ok(())
}

fn back(draft: Draft<'_, '_>, ledger: &Ledger, at: Lived, now: DateTime<Utc>) -> Result<Change, Refusal> {
    let before = ledger.before_this().ok_or(Refusal::NothingBefore)?;
    let change = start(draft, ledger, &Doing::of(before), at, Clash::Refuse, now)?;
    Ok(Change { does: "back", ..change })
}

impl Ledger {
    /// Returns the block that `back` starts again: the newest of another activity than
    /// the running one's; time off is nothing to go back to.
    pub fn before_this(&self) -> Option<&Block> {
        let running = self.running();
        self.newest_first()
            .find(|block| block.kind != Kind::Off && running.is_none_or(|running| running.activity != block.activity))
    }
}

fn mend(mut draft: Draft<'_, '_>, ledger: &Ledger, id: Id, mend: &Mend, border: Border) -> Result<Change, Refusal> {
    let before = ledger.get(id).ok_or(Refusal::NoSuchBlock)?;
    let after = mended(before, mend);
    if &after == before {
        return Err(Refusal::NothingChanges);
    }
    if (before.start, before.end) != (after.start, after.end) {
        check_span(&after, ledger.now())?;
    }
    if border == Border::Shared {
        move_neighbours(&mut draft, ledger, before, &after)?;
    }
    draft.change(id, |block| *block = after);
    draft.finish("edit")
}

fn mended(block: &Block, mend: &Mend) -> Block {
    let lived = |at: Lived| block.lived_at(at);
    let mut after = block.clone();
    after.start = mend.start.map_or(block.start, lived);
    after.end = mend.end.map(lived).or(block.end);
    after.kind = mend.kind.unwrap_or(block.kind);
    after.activity = mend.activity.as_ref().unwrap_or(&block.activity).clone();
    after.note.clone_from(mend.note.as_ref().unwrap_or(&block.note));
    after.interrupted = mend.interrupted.unwrap_or(block.interrupted);
    after.tags.retain(|tag| !mend.tags_off.contains(tag));
    for tag in &mend.tags_on {
        if !after.tags.contains(tag) {
            after.tags.push(tag.clone());
        }
    }
    after
}

/// Moves the neighbours that share a border with `before` to the borders of `after`.
fn move_neighbours(draft: &mut Draft<'_, '_>, ledger: &Ledger, before: &Block, after: &Block) -> Result<(), Refusal> {
    let others = || ledger.blocks().iter().filter(|other| other.id != before.id && !other.is_day_off());
    if after.start != before.start
        && let Some(left) = others().find(|other| other.end == Some(before.start))
    {
        if after.start <= left.start {
            return Err(Refusal::SwallowsNeighbour(Box::new(left.clone())));
        }
        draft.change(left.id, |left| left.end = Some(left.lived_at(after.start)));
    }
    if let (Some(old), Some(new)) = (before.end, after.end)
        && old != new
        && let Some(right) = others().find(|other| other.start == old)
    {
        let ends = right.end.map_or(ledger.now(), |end| end.to_utc());
        if new.to_utc() >= ends {
            return Err(Refusal::SwallowsNeighbour(Box::new(right.clone())));
        }
        draft.change(right.id, |right| right.start = right.lived_at(new));
    }
    Ok(())
}

fn split(
    mut draft: Draft<'_, '_>,
    ledger: &Ledger,
    id: Id,
    at: SplitAt,
    now: DateTime<Utc>,
) -> Result<Change, Refusal> {
    let block = ledger.get(id).ok_or(Refusal::NoSuchBlock)?;
    let (end, rest_end) = match ledger.ends(block) {
        Ends::At(end) => (end, Some(end)),
        Ends::Running => (now.with_timezone(block.start.offset()), None),
        Ends::Forgotten => return Err(Refusal::Forgotten(Box::new(block.clone()))),
    };
    let at = match at {
        SplitAt::Time(at) => block.lived_at(at),
        SplitAt::Part(part) => part_way(block.start, end, part),
    };
    if at <= block.start || at >= end {
        return Err(Refusal::SplitOutside { at, block: Box::new(block.clone()) });
    }
    draft.change(id, |block| block.end = Some(at));
    draft.add_rest(block, at, rest_end);
    draft.finish("split")
}

/// Returns the instant a part of the way from `start` to `end`, on a whole minute where
/// there is one between them.
fn part_way(start: Lived, end: Lived, part: f64) -> Lived {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "seconds of one block")]
    let seconds = ((end - start).num_seconds() as f64 * part.clamp(0.0, 1.0)).round() as i64;
    let at = start + TimeDelta::seconds(seconds);
    let whole = at - TimeDelta::seconds(at.timestamp().rem_euclid(60));
    if whole > start && whole < end { whole } else { at }
}

fn remove(mut draft: Draft<'_, '_>, id: Id) -> Result<Change, Refusal> {
    draft.take(id).ok_or(Refusal::NoSuchBlock)?;
    draft.finish("remove")
}

/// Puts a block back as it was. One without an end is ended where a reader would see it end:
/// what was logged since stays as it is.
fn restore(mut draft: Draft<'_, '_>, ledger: &Ledger, block: &Block, clash: Clash) -> Result<Change, Refusal> {
    if ledger.get(block.id) == Some(block) {
        return Err(Refusal::NothingChanges);
    }
    draft.take(block.id);
    let end = match draft.after.ends(block) {
        Ends::At(end) => Some(block.lived_at(end)),
        Ends::Running => None,
        Ends::Forgotten => {
            let length = ledger.now().with_timezone(block.start.offset()) - block.start;
            return Err(Refusal::TooLong { start: block.start, length });
        }
    };
    let block = Block { end, ..block.clone() };
    check_span(&block, ledger.now())?;
    draft.takes_days_off = block.is_day_off();
    let room = if block.is_day_off() { vec![(block.start, end)] } else { draft.room(block.start, end, clash)? };
    for (part, (start, end)) in room.into_iter().enumerate() {
        if part == 0 {
            draft.insert(Block { start, end, ..block.clone() });
        } else {
            draft.add_rest(&block, start, end);
        }
    }
    draft.finish(Edit::RESTORE)
}

fn days_off(
    mut draft: Draft<'_, '_>,
    ledger: &Ledger,
    days: &[(Lived, Lived)],
    why: &crate::text::Text,
) -> Result<Change, Refusal> {
    draft.takes_days_off = true;
    let doing = Doing { kind: Kind::Off, activity: why.clone(), tags: Vec::new(), note: None };
    let mut taken = None;
    for &(start, end) in days {
        let end = end.min(start + LONGEST_BLOCK);
        if ledger.has_day_off(start, end) {
            taken = Some(start.date_naive());
        } else {
            draft.add(&doing, start, Some(end));
        }
    }
    draft.finish("off").map_err(|refusal| match (refusal, taken) {
        (Refusal::NothingChanges, Some(day)) => Refusal::DayOffAlready(day),
        (refusal, _) => refusal,
    })
}

impl Ledger {
    /// Whether a whole day off covers the middle of the time from `start` to `end`.
    fn has_day_off(&self, start: Lived, end: Lived) -> bool {
        let middle = start + (end - start) / 2;
        self.blocks
            .iter()
            .any(|block| block.is_day_off() && block.start <= middle && block.end.is_some_and(|end| end > middle))
    }
}

fn within_the_rules(start: Lived, end: Lived, now: DateTime<Utc>) -> Result<(), Refusal> {
    if end <= start {
        return Err(Refusal::EndsBeforeStart { start, end });
    }
    if end - start > LONGEST_BLOCK {
        return Err(Refusal::TooLong { start, length: end - start });
    }
    not_in_the_future(start, now)?;
    not_in_the_future(end, now)
}

fn not_in_the_future(at: Lived, now: DateTime<Utc>) -> Result<(), Refusal> {
    if at.to_utc() > now {
        return Err(Refusal::InTheFuture { at, now: now.with_timezone(at.offset()) });
    }
    Ok(())
}
