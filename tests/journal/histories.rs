//! Made-up histories of three devices with wrong clocks that sync when they please.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use tiltmeter::domain::{Block, Ends, Id, Ledger, Thing};
use tiltmeter::journal::{Back, Journal, Place, Reach};
use tiltmeter::text::Text;

use super::{Desk, block, kept};

/// What happens on one of three devices.
#[derive(Clone, Debug)]
enum Act {
    /// Starts a block; the one that runs ends.
    Start,
    /// Adds a block that ended, so many days ago.
    Add(u8),
    /// Sets a field of one of the newest blocks.
    Edit(u8, u8),
    Remove(u8),
    Undo,
    Redo,
    Import(u8),
    /// Puts a spark, marks one done, or drops it.
    Spark(u8, u8),
    /// Says what is thought of a day, so many days ago.
    Reflect(u8, u8),
    /// Says or forgets what the share once was.
    Baseline(u8),
    Sample(u8, u8),
    /// Lets hours pass everywhere.
    Wait(u16),
    /// The clock of this device is set by so many hours: to what it is, or away from it.
    Jump(i64),
    /// Receives the files of another device.
    Receive(u8),
    /// A sync service makes a copy of a file.
    Copy,
}

/// By how many hours the clocks of these stories are wrong: more than a read's margin of days.
const ELEVEN_DAYS: i64 = 264;

fn act() -> impl Strategy<Value = (u8, Act)> {
    let act = prop_oneof![
        4 => Just(Act::Start),
        2 => (0..60_u8).prop_map(Act::Add),
        6 => any::<(u8, u8)>().prop_map(|(which, how)| Act::Edit(which, how)),
        1 => any::<u8>().prop_map(Act::Remove),
        1 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => (0..4_u8).prop_map(Act::Import),
        3 => any::<(u8, u8)>().prop_map(|(which, how)| Act::Spark(which, how)),
        3 => (0..40_u8, any::<u8>()).prop_map(|(days, how)| Act::Reflect(days, how)),
        1 => any::<u8>().prop_map(Act::Baseline),
        1 => (0..40_u8, any::<u8>()).prop_map(|(days, how)| Act::Sample(days, how)),
        4 => (0..200_u16).prop_map(Act::Wait),
        1 => (-ELEVEN_DAYS..=ELEVEN_DAYS).prop_map(Act::Jump),
        4 => any::<u8>().prop_map(Act::Receive),
        1 => Just(Act::Copy),
    ];
    (0..3_u8, act)
}

/// Three devices, and for every block and field what each of them set last.
struct Office {
    desks: Vec<Desk>,
    said: BTreeMap<(Id, &'static str), BTreeMap<usize, String>>,
    undone: bool,
    count: usize,
}

impl Office {
    fn with_clocks(hours_off: [i64; 3]) -> Self {
        let desk = |(name, hours): (&str, i64)| {
            let mut desk = Desk::of(name, "2026-11-22T09:00:00Z");
            desk.later(TimeDelta::hours(hours));
            desk
        };
        let desks = ["anna", "bert", "cleo"].into_iter().zip(hours_off).map(desk).collect();
        Self { desks, said: BTreeMap::new(), undone: false, count: 0 }
    }

    fn perform(&mut self, who: usize, act: &Act) {
        self.count += 1;
        let desk = &self.desks[who];
        let blocks = desk.blocks();
        let chosen = |which: u8| blocks.get(blocks.len().wrapping_sub(1 + usize::from(which) % 8)).cloned();
        match act {
            Act::Start => {
                let running = desk.read().ledger.running().cloned();
                let started =
                    desk.start(&format!("act {}", self.count), running.clone().filter(|b| b.began() < desk.now));
                assert!(desk.blocks().contains(&started), "a writer reads back its own write");
            }
            Act::Add(days) => {
                let start = (desk.now - TimeDelta::days(i64::from(*days))).to_rfc3339();
                let end = (desk.now - TimeDelta::days(i64::from(*days)) + TimeDelta::minutes(50)).to_rfc3339();
                let added = Block { start: desk.now.fixed_offset(), ..block("added", &start, Some(&end)) };
                let added = Block { start: super::desk::lived(&start), id: super::desk::new_id(desk.now), ..added };
                assert_eq!(desk.change(vec![added.clone()], vec![]).put, [added]);
            }
            Act::Edit(which, how) => {
                if let Some(block) = chosen(*which) {
                    self.edit(who, &block, *how);
                }
            }
            Act::Remove(which) => {
                if let Some(block) = chosen(*which) {
                    desk.change(vec![], vec![block.clone()]);
                    self.removed_knowingly(&block);
                }
            }
            Act::Undo => self.undone |= desk.journal.undo(desk.now).is_ok(),
            Act::Redo => self.undone |= desk.journal.redo(desk.now).is_ok(),
            Act::Import(which) => {
                let start = format!("2026-11-{:02}T07:00:00+01:00", 4 * which + 8);
                let end = format!("2026-11-{:02}T07:30:00+01:00", 4 * which + 8);
                let imported = Block {
                    id: Id(uuid::Uuid::new_v5(&uuid::Uuid::nil(), &[*which])),
                    ..block("imported", &start, Some(&end))
                };
                desk.journal.import(vec![imported], desk.now).unwrap();
            }
            Act::Spark(which, how) => kept::spark(desk, self.count, *which, *how),
            Act::Reflect(days, how) => kept::reflect(desk, self.count, *days, *how),
            Act::Baseline(how) => kept::baseline(desk, *how),
            Act::Sample(days, how) => kept::sample(desk, *days, *how),
            Act::Wait(hours) => {
                for desk in &mut self.desks {
                    desk.later(TimeDelta::hours(i64::from(*hours)));
                }
            }
            Act::Jump(hours) => self.desks[who].now += TimeDelta::hours(*hours),
            Act::Receive(from) => receive(&self.desks[usize::from(*from) % 3], desk),
            Act::Copy => copy_made_by_a_sync_service(desk),
        }
    }

    fn edit(&mut self, who: usize, block: &Block, how: u8) {
        let token = format!("{}", self.count);
        let text = |token: &str| Text::as_written(token);
        let now = self.desks[who].now.fixed_offset();
        let (field, edited) = match how % 8 {
            0 => ("activity", Block { activity: text(&token), ..block.clone() }),
            1 | 2 => ("note", Block { note: Some(text(&token)), ..block.clone() }),
            3 => ("tags", Block { tags: vec![text(&token)], ..block.clone() }),
            4 => ("end", Block { end: Some(block.start + TimeDelta::minutes(i64::from(how) + 1)), ..block.clone() }),
            5 => ("end", Block { end: None, ..block.clone() }),
            6 => ("start", Block { start: now, end: Some(now + TimeDelta::hours(1)), ..block.clone() }),
            _ => ("start", Block { start: block.start - TimeDelta::minutes(i64::from(how)), ..block.clone() }),
        };
        let desk = &self.desks[who];
        let put = desk.change(vec![edited], vec![]).put.pop().unwrap();
        if put == *block {
            return;
        }
        let blocks = desk.blocks();
        if put.id != block.id {
            self.removed_knowingly(block);
        }
        let read_back = blocks.iter().find(|other| other.id == put.id).unwrap();
        assert_eq!(read_back, &put, "a writer reads back its own write");
        if field != "start" && field != "end" {
            self.said.entry((put.id, field)).or_default().insert(who, token);
        }
    }

    /// Somebody who saw the block so took it out, or moved it to another month.
    fn removed_knowingly(&mut self, block: &Block) {
        self.said.retain(|(id, field), said| {
            *id != block.id || !said.values().any(|said| shown(block, field) == Some(said.as_str()))
        });
    }

    /// Every device receives everything.
    fn meet(&self) {
        for _ in 0..2 {
            for (from, to) in [(0, 1), (1, 2), (2, 0), (1, 0), (2, 1), (0, 2)] {
                receive(&self.desks[from], &self.desks[to]);
            }
        }
    }
}

/// Returns what a field of words says.
fn shown<'a>(block: &'a Block, field: &str) -> Option<&'a str> {
    match field {
        "activity" => Some(block.activity.raw()),
        "note" => block.note.as_ref().map(Text::raw),
        _ => block.tags.first().map(Text::raw),
    }
}

/// Carries files over, as a sync service does: the longer of two is the newer.
fn receive(from: &Desk, to: &Desk) {
    let (from, to) = (&from.journal.place().journal, &to.journal.place().journal);
    let entries = || fs::read_dir(from).into_iter().flatten().map(Result::unwrap);
    for year in entries().filter(|entry| entry.path().is_dir()) {
        let folder = to.join(year.file_name());
        fs::create_dir_all(&folder).unwrap();
        for file in fs::read_dir(year.path()).unwrap().map(Result::unwrap) {
            carry(&file.path(), &folder);
        }
    }
    for file in entries().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "jsonl")) {
        fs::create_dir_all(to).unwrap();
        carry(&file.path(), to);
    }
}

fn carry(file: &Path, folder: &Path) {
    let target = folder.join(file.file_name().unwrap());
    if target.metadata().map_or(0, |there| there.len()) < file.metadata().unwrap().len() {
        fs::copy(file, target).unwrap();
    }
}

fn copy_made_by_a_sync_service(desk: &Desk) {
    for path in [desk.file("2026-11"), kept::file(desk)] {
        if path.exists() {
            fs::copy(&path, path.with_extension("sync-conflict-20261122-090000-ABCDEF.jsonl")).unwrap();
        }
    }
}

/// Returns the blocks that touch a day or its neighbours, and those that are open and
/// began at most five days before: their months are read, wherever they moved. With each,
/// when it ends.
fn about(ledger: &Ledger, day: NaiveDate) -> Vec<(Block, Ends)> {
    let near = |block: &&Block| {
        let first = block.start.date_naive();
        let last = block.end.map_or(first + TimeDelta::days(4), |end| end.date_naive());
        first.min(last) <= day + TimeDelta::days(1) && last.max(first) >= day - TimeDelta::days(1)
    };
    let blocks = ledger.blocks().iter().chain(ledger.ahead());
    blocks.filter(near).map(|block| (block.clone(), ledger.ends(block))).collect()
}

fn all_days(ledger: &Ledger) -> BTreeSet<NaiveDate> {
    let blocks = ledger.blocks().iter().chain(ledger.ahead());
    blocks.flat_map(|block| [block.start, block.end.unwrap_or(block.start)]).map(|time| time.date_naive()).collect()
}

/// Whatever a read is about, it answers as a full read would.
fn bounded_reads_equal_the_full_one(desk: &Desk) {
    let all = desk.journal.read_all(desk.now).unwrap();
    let (full, thoughts, samples) = (all.ledger, all.reflections, all.samples);
    let spoken_of = thoughts.iter().map(|thought| thought.day).chain(samples.iter().map(|sample| sample.day));
    for day in all_days(&full).into_iter().chain(spoken_of) {
        for now_too in [false, true] {
            let reach = Reach { days: day..=day, now_too, back_until: None };
            let read = desk.journal.read(&reach, desk.now).unwrap();
            let of_day: Vec<_> = thoughts.iter().filter(|thought| thought.day == day).cloned().collect();
            assert_eq!(read.reflections, of_day, "{day}");
            let of_day: Vec<_> = samples.iter().filter(|sample| sample.day == day).copied().collect();
            assert_eq!(read.samples, of_day, "{day}");
            let read = read.ledger;
            assert_eq!(about(&read, day), about(&full, day), "{day}");
            for open in read.blocks().iter().filter(|block| block.end.is_none()) {
                assert_eq!(read.ends(open), full.ends(open), "whatever else a read shows, it says when that ended");
                assert_eq!(read.elsewhere(open.id), full.elsewhere(open.id), "and who began it");
            }
        }
    }
    let all = full.blocks().len();
    let back = Back { found: &|ledger| ledger.blocks().len() >= all, months: None };
    let today = desk.now.date_naive();
    let reach = Reach { days: today..=today, now_too: true, back_until: Some(back) };
    let read = desk.journal.read(&reach, desk.now).unwrap().ledger;
    assert_eq!(read.blocks(), full.blocks(), "going back finds every block");
}

/// Puts all lines of a journal into one file a month, in any order, each twice.
fn shuffled(desk: &Desk, folder: &Path, seed: u64) -> Journal {
    let mut months: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let top = || fs::read_dir(&desk.journal.place().journal).unwrap().map(Result::unwrap);
    let years = top().filter(|entry| entry.path().is_dir()).map(|entry| entry.path());
    for folder in years.chain([desk.journal.place().journal.clone()]) {
        for file in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = file.file_name().to_string_lossy().into_owned();
            let Some((month, _)) =
                name.split_once('.').filter(|_| Path::new(&name).extension().is_some_and(|ending| ending == "jsonl"))
            else {
                continue;
            };
            let month = month.to_owned();
            let text = fs::read_to_string(file.path()).unwrap();
            months.entry(month).or_default().extend(text.lines().flat_map(|line| [line.to_owned(), line.to_owned()]));
        }
    }
    for (month, mut lines) in months {
        lines.sort_by_cached_key(|line| {
            line.bytes().fold(seed | 1, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        });
        let (one, two) = lines.split_at(lines.len() / 3);
        let of = |lines: &[String]| lines.join("\r\n") + "\r\n";
        let inside = if month == "kept" { folder.to_owned() } else { folder.join(&month[..4]) };
        fs::create_dir_all(&inside).unwrap();
        fs::write(folder.join(format!("{month}.x.jsonl")), of(one)).unwrap();
        fs::write(inside.join(format!("{month}.y (copy 1).jsonl")), of(two)).unwrap();
    }
    Journal::at(Place { journal: folder.to_owned(), state: folder.join("state"), device: "x".into() })
}

proptest! {
    #![proptest_config(super::cases(48))]

    #[test]
    fn no_acknowledged_edit_is_hidden_and_every_read_gives_the_same_answer(
        clocks in [-ELEVEN_DAYS..=ELEVEN_DAYS, -3..=3_i64, -1000..=1000_i64],
        acts in prop::collection::vec(act(), 1..40),
        seed: u64,
    ) {
        let mut office = Office::with_clocks(clocks);
        for (who, act) in &acts {
            office.perform(usize::from(*who), act);
        }
        office.desks.iter().for_each(bounded_reads_equal_the_full_one);
        office.meet();
        let blocks = office.desks[0].blocks();
        for desk in &office.desks {
            bounded_reads_equal_the_full_one(desk);
            // Each has its own now, so only the order may differ.
            let sorted = |mut blocks: Vec<Block>| { blocks.sort_by_key(|block| (block.began(), block.id)); blocks };
            prop_assert_eq!(sorted(desk.blocks()), sorted(blocks.clone()), "all devices see the same");
        }
        if !office.undone {
            let conflicts = office.desks[0].journal.check(office.desks[0].now).unwrap().conflicts;
            for ((id, field), said) in office.said.iter().filter(|(_, said)| said.len() == 1) {
                let Some(block) = blocks.iter().find(|block| block.id == *id) else {
                    let about = |told: &Thing| matches!(told, Thing::Block(block) if block.id == *id);
                    let told = conflicts.iter().any(|told| about(&told.what) && told.field == *field);
                    prop_assert!(told, "what vanished with a removal that knew nothing of it is told");
                    continue;
                };
                let shown = shown(block, field);
                prop_assert_eq!(shown, said.values().next().map(String::as_str), "what one device set alone is shown");
            }
        }
        let kept = kept::all(&office.desks[0].journal, &office.desks[0]);
        for desk in &office.desks {
            prop_assert_eq!(kept::all(&desk.journal, desk), kept.clone(), "all devices keep the same");
        }
        if office.desks[0].journal.place().journal.exists() {
            let folder = tempfile::TempDir::new().unwrap();
            let journal = shuffled(&office.desks[0], folder.path(), seed);
            prop_assert_eq!(kept::all(&journal, &office.desks[0]), kept);
            let shuffled = journal.read_all(office.desks[0].now).unwrap().ledger;
            let shuffled: Vec<_> = shuffled.blocks().iter().chain(shuffled.ahead()).cloned().collect();
            prop_assert_eq!(shuffled, blocks, "any order, any duplication, any split over files");
        }
    }
}

/// What each device wrote itself, as (name of its home, lines); and, of the first, an older state
/// of the same, as a sync service may have kept it in a copy.
fn written(office: &Office) -> Vec<Vec<(String, Vec<u8>)>> {
    let own = |desk: &Desk| {
        let ending = format!(".{}.jsonl", desk.journal.place().device);
        let top = || fs::read_dir(&desk.journal.place().journal).into_iter().flatten().map(Result::unwrap);
        let years = top().filter(|entry| entry.path().is_dir());
        let inside = years.flat_map(|year| fs::read_dir(year.path()).unwrap().map(Result::unwrap));
        let named = |name: &str| name.strip_suffix(&ending).map(str::to_owned);
        let files = top().chain(inside).filter_map(|file| Some((named(file.file_name().to_str()?)?, file.path())));
        files.map(|(home, path)| (home, fs::read(path).unwrap())).collect::<Vec<_>>()
    };
    let mut written: Vec<_> = office.desks.iter().map(own).collect();
    let older = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').step_by(2).flatten().copied().collect();
    written.push(written[0].iter().map(|(home, bytes)| (home.clone(), older(bytes))).collect());
    written
}

/// Lets what was written arrive in every order, each time under the name of its place in that
/// order: so it is read in that order too. After each arrival, calls `seen` with which are there.
fn arrive(written: &[Vec<(String, Vec<u8>)>], journal: &Path, there: &mut Vec<usize>, seen: &mut impl FnMut(&[usize])) {
    for next in (0..written.len()).filter(|next| !there.contains(next)).collect::<Vec<_>>() {
        let path = |home: &str| {
            let folder = if home == "kept" { journal.to_owned() } else { journal.join(&home[..4]) };
            folder.join(format!("{home}.{}.jsonl", there.len()))
        };
        let paths: Vec<_> = written[next].iter().map(|(home, bytes)| (path(home), bytes)).collect();
        for (path, bytes) in &paths {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        there.push(next);
        seen(there);
        arrive(written, journal, there, seen);
        there.pop();
        for (path, _) in paths {
            fs::remove_file(path).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(super::cases(8))]

    /// Catches: a fold that depends on which version it meets first.
    #[test]
    fn whatever_arrived_reads_the_same_in_whichever_order_it_came(
        clocks in [-ELEVEN_DAYS..=ELEVEN_DAYS, -3..=3_i64, -ELEVEN_DAYS..=ELEVEN_DAYS],
        acts in prop::collection::vec(act(), 4..14),
    ) {
        let mut office = Office::with_clocks(clocks);
        for (who, act) in &acts {
            office.perform(usize::from(*who), act);
        }
        let reader = Desk::of("reader", "2026-11-22T09:00:00Z");
        let mut known = BTreeMap::new();
        arrive(&written(&office), &reader.journal.place().journal, &mut Vec::new(), &mut |there| {
            let all = reader.journal.read_all(reader.now).unwrap();
            let blocks: Vec<_> = all.ledger.blocks().iter().chain(all.ledger.ahead()).cloned().collect();
            let now = reader.read().ledger.blocks().to_vec();
            let read = (blocks, now, kept::all(&reader.journal, &reader));
            let there: BTreeSet<usize> = there.iter().copied().collect();
            assert_eq!(known.entry(there).or_insert_with(|| read.clone()), &read);
        });
        assert_eq!(known.len(), 15, "every set of what four wrote");
    }
}

/// A block that another device ended by starting its own, of which only the first is in
/// what a command of today reads.
#[test]
fn a_block_that_another_device_ended_is_not_taken_for_forgotten_whenever_and_wherever_that_was() {
    for (start, then) in [
        ("2026-11-03T09:00:00Z", "2026-11-03T11:00:00Z"),
        ("2026-10-31T23:30:00Z", "2026-11-01T08:00:00Z"),
        ("2025-12-31T23:30:00Z", "2026-01-01T08:00:00Z"),
    ] {
        let (a, mut b) = (Desk::of("a", start), Desk::of("b", then));
        let open = a.start("open", None);
        let other = b.start("other", None);
        let ended = b.later(TimeDelta::hours(1)).now.fixed_offset();
        b.change(vec![Block { end: Some(ended), ..other.clone() }], vec![]);
        receive(&a, &b);
        for days in [8, 40] {
            b.now = super::desk::instant(then) + TimeDelta::days(days);
            let read = b.read().ledger;
            for block in read.blocks().iter().filter(|block| block.id == open.id) {
                assert_eq!(read.ends(block), Ends::At(other.start), "{start} {days}");
            }
        }
    }
}
