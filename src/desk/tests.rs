//! The desk over a journal in a folder of its own, with a clock that stands still.

use std::path::PathBuf;
use std::process::ExitStatus;

use super::*;
use crate::domain::{Baseline, BaselineFrom, Clash, Doing, Edit, Kind, Ledger, Lens, Share};
use crate::notation::DayText;
use crate::text::Text;

struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn place(&self, name: &str) -> Place {
        let folder = self.folder.path().join(name);
        Place { journal: folder.join("journal"), state: folder.join("state"), device: "desk".into() }
    }

    fn desk(&self, now: &str) -> Desk {
        let surroundings =
            Surroundings { now: Some(format!("{now}:00Z").into()), tz: Some("UTC0".into()), ..Surroundings::default() };
        Desk::at(self.place("usual"), Config::default(), Clock::ask(&surroundings, None).unwrap())
    }
}

fn add(desk: &Desk, range: &str, kind: Kind, activity: &str) -> Result<Changed, Failure> {
    let (start, end) = desk.here().stretch(range)?.tell(|_| {});
    let doing = Doing { kind, activity: Text::as_written(activity), tags: Vec::new(), note: None };
    let reach = Reach { days: desk.around(&[start, end]), now_too: true, back_until: None };
    desk.change(&reach, |_| Ok(Edit::Add { doing, start, end, clash: Clash::Refuse }))
}

fn today(desk: &Desk) -> Ledger {
    desk.read(&desk.whole_day(desk.today())).unwrap().ledger
}

#[test]
fn a_change_says_what_was_there_before_and_one_undo_takes_it_back() {
    let room = Room::new();
    let desk = room.desk("2026-11-24T12:00");
    add(&desk, "9-10", Kind::Creating, "spec").unwrap();
    let changed = add(&desk, "10-11", Kind::Consuming, "mail").unwrap();
    assert_eq!((changed.before.blocks().len(), changed.change.put.len()), (1, 1));
    assert_eq!(desk.undo().unwrap().before.len(), 1);
    assert_eq!(today(&desk).blocks().len(), 1);
    assert_eq!(desk.redo().unwrap().after.len(), 1);
    assert_eq!(desk.redo().unwrap_err().message, "there is nothing to redo");
}

#[test]
fn what_cannot_be_is_said_in_words_and_changes_nothing() {
    let room = Room::new();
    let desk = room.desk("2026-11-24T12:00");
    add(&desk, "9-10", Kind::Creating, "spec").unwrap();
    let refused = add(&desk, "9:30-11", Kind::Consuming, "mail").unwrap_err();
    assert_eq!(refused.message, "09:30–11:00 overlaps \"spec\" (09:00–10:00, made)");
    let plain = Desk { glyphs: Glyphs::Ascii, ..desk.clone() };
    let refused = add(&plain, "9:30-11", Kind::Consuming, "mail").unwrap_err();
    assert_eq!(refused.message, "09:30-11:00 overlaps \"spec\" (09:00-10:00, made)");
    assert_eq!(today(&desk).blocks().len(), 1);
}

#[test]
fn another_journal_at_the_same_desk_is_empty() {
    let room = Room::new();
    let desk = room.desk("2026-11-24T12:00");
    add(&desk, "9-10", Kind::Creating, "spec").unwrap();
    let demo = desk.with_journal(room.place("demo"));
    assert!(today(&demo).blocks().is_empty());
    assert_eq!((demo.now(), demo.state()), (desk.now(), room.place("demo").state.as_path()));
}

#[test]
fn a_kind_that_nothing_tells_is_left_to_the_shell_and_writes_nothing() {
    let room = Room::new();
    let desk = room.desk("2026-11-24T12:00");
    let activity = Text::as_written("zanzibar");
    let at = desk.here().now();
    let start = |kind| {
        let doing = Doing { kind, activity: activity.clone(), tags: Vec::new(), note: None };
        Edit::Start { doing, at, clash: Clash::Refuse }
    };
    let change = |said| kinds::change(&desk, (&activity, &[]), said, desk.around(&[at]), start).unwrap();
    assert!(change(None).is_none() && today(&desk).blocks().is_empty());
    assert!(change(Some(Kind::Shaping)).is_some());
    assert_eq!(kinds::find(&desk, (&activity, &[])).unwrap(), Some(Kind::Shaping));
}

#[test]
fn it_is_sure_what_was_done_until_the_last_block_of_today() {
    let room = Room::new();
    let desk = room.desk("2026-11-24T12:00");
    add(&desk, "9-10", Kind::Creating, "spec").unwrap();
    let until = |desk: &Desk| sure::until(desk, &sure::read(desk).unwrap());
    assert_eq!(desk.here().show(until(&desk).unwrap()), "10:00");
    add(&desk, "10-12", Kind::Consuming, "mail").unwrap();
    assert_eq!(until(&desk).unwrap_err().message, "all time until now, 12:00, is logged");
}

/// A day whose text is open, in a file that goes with it.
fn editing(desk: &Desk) -> Editing {
    Editing::begin(desk, desk.today(), &today(desk)).unwrap()
}

fn path(editing: &Editing) -> PathBuf {
    editing.command().get_args().last().unwrap().into()
}

/// Lets somebody type the whole text anew.
fn typed(editing: &mut Editing, text: &str) -> Result<Edited, Failure> {
    std::fs::write(path(editing), text).unwrap();
    editing.read_back(Ok(ExitStatus::default()))
}

#[test]
fn a_day_that_was_edited_is_saved_as_one_change_and_the_file_goes() {
    let room = Room::new();
    let desk = room.desk("2026-11-24T12:00");
    add(&desk, "9-10", Kind::Creating, "spec").unwrap();
    let mut editing = editing(&desk);
    assert_eq!(typed(&mut editing, "09:00-09:30 c spec\n09:30-10:00 i mail\n"), Ok(Edited::Another));
    let DayText { entries, .. } = editing.understood(&desk).unwrap();
    editing.save(&desk, entries).unwrap();
    assert_eq!(today(&desk).blocks().len(), 2);
    let file = path(&editing);
    editing.done();
    assert!(!file.exists());
}

#[test]
fn a_day_that_was_left_as_it_was_leaves_no_file() {
    let room = Room::new();
    let mut editing = editing(&room.desk("2026-11-24T12:00"));
    assert_eq!(editing.read_back(Ok(ExitStatus::default())), Ok(Edited::Nothing));
    assert!(!path(&editing).exists());
}

#[test]
fn a_line_that_cannot_be_read_is_shown_above_the_text_until_it_is_mended() {
    let room = Room::new();
    let desk = room.desk("2026-11-24T12:00");
    let mut editing = editing(&desk);
    typed(&mut editing, "25:00 c spec\n").unwrap();
    let Err(Unsaved::Wrong(wrong)) = editing.understood(&desk) else { panic!("it was read") };
    assert_eq!(wrong.line, Some(1));
    editing.mend(&wrong).unwrap();
    let file = path(&editing);
    let opened = std::fs::read_to_string(&file).unwrap();
    assert!(opened.starts_with("#! line 3: ") && opened.ends_with("\n25:00 c spec\n"), "{opened}");
    let left = editing.read_back(Ok(ExitStatus::default())).unwrap_err();
    assert_eq!(left.message, "the text was not mended, so nothing was saved");
    assert_eq!(left.hints, [format!("what you typed is in {}", file.display())]);
    editing.done();
}

#[test]
fn a_day_that_was_changed_elsewhere_is_not_saved_and_the_text_is_kept() {
    let room = Room::new();
    let desk = room.desk("2026-11-24T12:00");
    let mut editing = editing(&desk);
    add(&desk, "9-10", Kind::Creating, "spec").unwrap();
    typed(&mut editing, "10:00-11:00 i mail\n").unwrap();
    let DayText { entries, .. } = editing.understood(&desk).unwrap();
    let Err(unsaved @ Unsaved::ForGood(_)) = editing.save(&desk, entries) else { panic!("it was saved") };
    let file = path(&editing);
    assert!(editing.keep(unsaved).hints.iter().any(|hint| hint.ends_with(&file.display().to_string())));
    std::fs::remove_file(file).unwrap();
}

#[test]
fn a_baseline_is_the_share_of_its_days_however_long_ago() {
    let room = Room::new();
    for (now, activity, kind) in [
        ("2019-05-06T12:00", "code", Kind::Creating),
        ("2019-05-07T12:00", "mail", Kind::Consuming),
        ("2019-05-08T12:00", "budget", Kind::Consuming),
    ] {
        add(&room.desk(now), "9-10", kind, activity).unwrap();
    }
    let desk = room.desk("2026-11-24T12:00");
    let (first, last) = ("2019-05-06".parse().unwrap(), "2019-05-07".parse().unwrap());
    let once = desk.once(Baseline { name: None, from: BaselineFrom::Days { first, last } }).unwrap();
    assert_eq!(once.share(Lens::Counted), Share::percent(50.0), "the day after is not of it");
}

#[test]
fn a_trend_reads_a_year_and_all_weeks_read_all_of_them() {
    let room = Room::new();
    for now in ["2019-05-06T12:00", "2025-12-24T12:00", "2026-11-24T12:00"] {
        add(&room.desk(now), "9-10", Kind::Creating, "code").unwrap();
    }
    let desk = room.desk("2026-11-24T12:00");
    let (trend, _) = desk.trend(Far::Weeks(2)).unwrap();
    assert_eq!((trend.weeks.len(), trend.weeks_with_time()), (2, 2), "in all of the year");
    assert_eq!(trend.days.first().unwrap().day.to_string(), "2025-12-22");
    let (all, _) = desk.trend(Far::All).unwrap();
    assert_eq!(all.weeks.first().unwrap().week.first().to_string(), "2019-05-06");
    assert_eq!(all.weeks_with_time(), 3);
    let of_long_ago = desk.weeks_before(trend.weeks[0].week).unwrap().unwrap();
    assert_eq!(of_long_ago.iter().filter(|week| !week.is_empty()).count(), 1);
    let first = of_long_ago[0].week;
    let older = desk.weeks_before(first).unwrap().unwrap();
    assert_eq!(older.iter().filter(|week| !week.is_empty()).count(), 1);
    assert!(older.last().unwrap().week.plus(1) == first, "no week is left out");
    assert_eq!(desk.weeks_before(older[0].week).unwrap(), None);
}
