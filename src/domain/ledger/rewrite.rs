//! Many blocks said at once: a day as edited text, a morning caught up on.

use super::super::block::{Block, Id, Lived};
use super::super::edit::{Change, Clash, Entry, Refusal};
use super::Ledger;
use super::draft::Draft;

/// Says what filled the time since `since`.
pub(super) fn catch_up(
    mut draft: Draft<'_, '_>,
    ledger: &Ledger,
    since: Lived,
    entries: &[Entry],
) -> Result<Change, Refusal> {
    in_order(entries, |at| at >= since)?;
    let mut entries = entries;
    match ledger.running() {
        Some(running) if running.start < since => draft.end(running, since),
        Some(running) if running.start == since => {
            // What was thought to run all the while is the first thing that did.
            if let Some((first, rest)) = entries.split_first() {
                draft.change(running.id, |block| settle(block, first));
                entries = rest;
            }
        }
        _ => {}
    }
    for entry in entries {
        draft.room(entry.start, entry.end, Clash::Refuse)?;
        draft.add(&entry.doing, entry.start, entry.end);
    }
    draft.finish("catch up")
}

/// Makes of some blocks just `entries`; what is new starts within `from`..`until`.
pub(super) fn rewrite(
    mut draft: Draft<'_, '_>,
    ledger: &Ledger,
    ids: &[Id],
    (from, until): (Lived, Lived),
    entries: &[Entry],
) -> Result<Change, Refusal> {
    let blocks: Vec<&Block> = ledger.blocks().iter().filter(|block| ids.contains(&block.id)).collect();
    let stands = |at: Lived| blocks.iter().any(|block| block.start == at);
    in_order(entries, |at| (from <= at && at < until) || stands(at))?;
    let matched = matches(&blocks, entries);
    for block in blocks.iter().filter(|block| !matched.iter().flatten().any(|kept| kept.id == block.id)) {
        draft.take(block.id);
    }
    for (entry, kept) in entries.iter().zip(&matched) {
        match kept {
            Some(block) => draft.change(block.id, |block| settle(block, entry)),
            None => draft.add(&entry.doing, entry.start, entry.end),
        }
    }
    draft.finish("rewrite")
}

/// Makes `block` what `entry` says.
fn settle(block: &mut Block, entry: &Entry) {
    block.start = entry.start;
    block.end = entry.end;
    block.kind = entry.doing.kind;
    block.activity = entry.doing.activity.clone();
    block.tags.clone_from(&entry.doing.tags);
    if entry.doing.note.is_some() {
        block.note.clone_from(&entry.doing.note);
    }
}

/// Finds for each entry the block that it is about: by start, then, between those, by
/// what it is called, then by order.
fn matches<'a>(blocks: &[&'a Block], entries: &[Entry]) -> Vec<Option<&'a Block>> {
    let mut found: Vec<Option<&'a Block>> = vec![None; entries.len()];
    let rounds: [fn(&Block, &Entry) -> bool; 3] =
        [|block, entry| block.start == entry.start, |block, entry| block.activity == entry.doing.activity, |_, _| true];
    for is_it in rounds {
        for (index, entry) in entries.iter().enumerate() {
            if found.get(index).is_none_or(Option::is_some) {
                continue;
            }
            let block = candidates(blocks, &found, index).into_iter().find(|block| is_it(block, entry));
            if let Some(place) = found.get_mut(index) {
                *place = block;
            }
        }
    }
    found
}

/// Returns the blocks that no entry has yet and that lie between those of the entries
/// before and after: matching never changes the order.
fn candidates<'a>(blocks: &[&'a Block], found: &[Option<&'a Block>], index: usize) -> Vec<&'a Block> {
    let position = |id: Id| blocks.iter().position(|block| block.id == id);
    let (before, after) = found.split_at_checked(index).unwrap_or((found, &[]));
    let first = before.iter().rev().flatten().next().and_then(|block| position(block.id)).map_or(0, |at| at + 1);
    let last = after.iter().flatten().next().and_then(|block| position(block.id)).unwrap_or(blocks.len());
    blocks.get(first..last).unwrap_or_default().to_vec()
}

/// Says whether entries follow one another, each starting where `belongs` allows; only
/// the last may run on.
fn in_order(entries: &[Entry], belongs: impl Fn(Lived) -> bool) -> Result<(), Refusal> {
    for (index, entry) in entries.iter().enumerate() {
        let next = entries.get(index + 1);
        let meets_next = next.is_none_or(|next| entry.end.is_some_and(|end| end <= next.start));
        if !belongs(entry.start) || !meets_next {
            return Err(Refusal::EntryOrder { index });
        }
        if let Some(end) = entry.end.filter(|&end| end <= entry.start) {
            return Err(Refusal::EndsBeforeStart { start: entry.start, end });
        }
    }
    Ok(())
}
