//! What is kept besides blocks: sparks, what was thought of days, answers to random questions, the
//! baseline.

use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use tiltmeter::domain::{Baseline, BaselineFrom, Felt, Kept, Kind, Reflection, Sample, Share, Spark, Thing};
use tiltmeter::journal::{Journal, JournalError, Keep, KeptReading, Notice, Place, Reading, UndoError};
use tiltmeter::text::Text;

use super::Desk;

const NOW: &str = "2026-11-22T09:00:00Z";

/// Returns the file of this device for what belongs to no month.
pub(crate) fn file(desk: &Desk) -> PathBuf {
    let Place { journal, device, .. } = desk.journal.place();
    journal.join(format!("kept.{device}.jsonl"))
}

/// Returns all that is kept.
pub(crate) fn all(journal: &Journal, desk: &Desk) -> (Vec<Spark>, Option<Baseline>, Vec<Reflection>, Vec<Sample>) {
    let KeptReading { sparks, baseline, .. } = journal.kept(desk.now).unwrap();
    let Reading { reflections, samples, .. } = journal.read_all(desk.now).unwrap();
    (sparks, baseline, reflections, samples)
}

/// Puts a spark.
pub(crate) fn put(desk: &Desk, text: &str) -> Spark {
    let put = desk.now.fixed_offset();
    let kept = desk.journal.keep("spark", desk.now, |_, id| {
        let (text, length) = (Text::as_written(text), TimeDelta::minutes(30));
        Ok::<_, JournalError>(Keep::Put(Kept::Spark(Spark { id: id(), text, length, put, done: None })))
    });
    match kept.unwrap() {
        Keep::Put(Kept::Spark(spark)) => spark,
        other => panic!("{other:?}"),
    }
}

fn keep(desk: &Desk, keep: Keep) {
    desk.journal.keep("keep", desk.now, |_, _| Ok::<_, JournalError>(keep)).unwrap();
}

fn think(desk: &Desk, day: NaiveDate, note: Option<&str>, felt: Option<u8>) -> Reflection {
    let after = |before: Reflection| Reflection {
        note: note.map(Text::as_written).or(before.note),
        felt: felt.and_then(Felt::of).or(before.felt),
        ..before
    };
    desk.journal.reflect(day, desk.now, |before| Ok::<_, JournalError>(after(before))).unwrap()
}

/// Puts a spark, or changes one of those there are.
pub(crate) fn spark(desk: &Desk, count: usize, which: u8, how: u8) {
    let sparks = desk.journal.kept(desk.now).unwrap().sparks;
    let chosen = sparks.get(usize::from(which) % sparks.len().max(1)).cloned();
    let expected = match (chosen, how % 5) {
        (None, _) | (_, 0 | 1) => put(desk, &format!("spark {count}")),
        (Some(spark), 2) => Spark { done: Some(desk.now.fixed_offset() - TimeDelta::nanoseconds(0)), ..spark },
        (Some(spark), 3) => Spark { text: Text::as_written(format!("spark {count}")), ..spark },
        (Some(spark), _) => {
            keep(desk, Keep::Drop(spark.clone()));
            assert!(!desk.journal.kept(desk.now).unwrap().sparks.contains(&spark), "a writer reads back its own write");
            return;
        }
    };
    keep(desk, Keep::Put(Kept::Spark(expected.clone())));
    assert!(desk.journal.kept(desk.now).unwrap().sparks.contains(&expected), "a writer reads back its own write");
}

/// Says what is thought of a day, so many days ago.
pub(crate) fn reflect(desk: &Desk, count: usize, days: u8, how: u8) {
    let day = desk.now.date_naive() - TimeDelta::days(days.into());
    let note = format!("note {count}");
    let after = think(
        desk,
        day,
        Some(note.as_str()).filter(|_| how.is_multiple_of(2)),
        Some(how % 5 + 1).filter(|_| !how.is_multiple_of(3)),
    );
    let there = desk.journal.read_all(desk.now).unwrap().reflections;
    let nothing = after.note.is_none() && after.felt.is_none();
    assert!(nothing || there.contains(&after), "a writer reads back its own write");
}

/// Says or forgets what the share once was.
pub(crate) fn baseline(desk: &Desk, how: u8) {
    let from = BaselineFrom::Remembered(Share::percent(f64::from(how % 100)).unwrap());
    let last = desk.now.date_naive();
    let days = BaselineFrom::Days { first: last - TimeDelta::days(how.into()), last };
    let said = |from| Baseline { name: how.is_multiple_of(2).then(|| Text::as_written("then")), from };
    let baseline = match how % 3 {
        0 => Some(said(from)),
        1 => Some(said(days)),
        _ => None,
    };
    keep(desk, baseline.clone().map_or(Keep::Forget, |baseline| Keep::Put(Kept::Baseline(baseline))));
    assert_eq!(desk.journal.kept(desk.now).unwrap().baseline, baseline, "a writer reads back its own write");
}

/// Answers for a moment of a day so many days ago; few, so that one is answered again.
pub(crate) fn sample(desk: &Desk, days: u8, how: u8) {
    let day = desk.now.date_naive() - TimeDelta::days(i64::from(days));
    let at = day.and_hms_opt(10, u32::from(how / 4 % 2), 0).unwrap().and_utc().fixed_offset();
    let sample = Sample { day, at, kind: Kind::ALL[usize::from(how % 4)] };
    desk.journal.answer(sample, desk.now).unwrap();
    let there = desk.journal.read_all(desk.now).unwrap().samples;
    assert!(there.contains(&sample), "a writer reads back its own write");
}

fn texts(desk: &Desk) -> Vec<(String, bool)> {
    let sparks = desk.journal.kept(desk.now).unwrap().sparks;
    sparks.iter().map(|spark| (spark.text.raw().to_owned(), spark.is_open())).collect()
}

fn done(desk: &Desk, spark: &Spark) {
    keep(desk, Keep::Put(Kept::Spark(Spark { done: Some(desk.now.fixed_offset()), ..spark.clone() })));
}

#[test]
fn a_spark_stands_in_a_file_of_its_own_whole_and_says_what_it_sets() {
    let desk = Desk::at(NOW);
    let spark = put(&desk, "read \u{1b}[2J the RFC");
    done(&desk, &spark);
    let text = fs::read_to_string(file(&desk)).unwrap();
    let [first, second] = text.lines().collect::<Vec<_>>()[..] else { panic!("{text}") };
    assert!(first.ends_with(&format!(
        r#""does":"spark","blocks":[],"sparks":[{{"id":"{}","text":"read \u001b[2J the RFC","minutes":30,"put":"2026-11-22T09:00:00+00:00"}}]}}"#,
        spark.id
    )), "{first}");
    assert!(
        second.contains(r#""set":["done"],"text":"read"#)
            && second.ends_with(r#""done":"2026-11-22T09:00:00+00:00"}]}"#),
        "{second}"
    );
    assert!(desk.journal.place().journal.join(".gitattributes").exists());
    assert!(desk.blocks().is_empty() && desk.journal.check(desk.now).unwrap().notices.is_empty());
}

#[test]
fn undo_takes_back_what_was_done_last_whatever_it_was() {
    let mut desk = Desk::at(NOW);
    desk.start("standup", None);
    let day = desk.later(TimeDelta::hours(1)).now.date_naive();
    let spark = put(&desk, "read");
    desk.later(TimeDelta::minutes(1));
    think(&desk, day, Some("good"), None);
    desk.later(TimeDelta::minutes(1));
    done(&desk, &spark);
    let undo = |desk: &Desk| desk.journal.undo(desk.now).unwrap();

    let undone = undo(&desk);
    assert_eq!((undone.kept.1, texts(&desk)), (vec![Kept::Spark(spark.clone())], vec![("read".to_owned(), true)]));
    assert_eq!(desk.journal.redo(desk.now).unwrap().kept.0, [Kept::Spark(spark)]);
    assert_eq!(texts(&desk), [("read".to_owned(), false)]);
    undo(&desk);
    assert!(matches!(undo(&desk).kept, (before, after) if before.len() == 1 && after.is_empty()), "the note");
    assert!(desk.read().reflections.is_empty());
    undo(&desk);
    assert!(texts(&desk).is_empty() && desk.blocks().len() == 1);
    assert_eq!(undo(&desk).before.len(), 1);
    assert!(desk.blocks().is_empty());
    assert_eq!(desk.journal.undo(desk.now).unwrap_err(), UndoError::NothingToUndo);
}

#[test]
fn two_devices_say_each_their_part_of_one_day() {
    let (a, mut b) = (Desk::of("a", NOW), Desk::of("b", NOW));
    let day = a.now.date_naive();
    think(&a, day, Some("a good one"), None);
    b.later(TimeDelta::minutes(5));
    think(&b, day, None, Some(4));
    fs::create_dir_all(b.file("2026-11").parent().unwrap()).unwrap();
    fs::copy(a.file("2026-11"), b.file("2026-11").with_file_name("2026-11.a.jsonl")).unwrap();
    let read = b.read().reflections;
    assert_eq!((read[0].note.as_ref().map(Text::raw), read[0].felt), (Some("a good one"), Felt::of(4)));
    assert!(b.journal.check(b.now).unwrap().conflicts.is_empty());
    b.later(TimeDelta::minutes(5));
    b.journal.undo(b.now).unwrap();
    let read = b.read().reflections;
    assert_eq!((read[0].note.as_ref().map(Text::raw), read[0].felt), (Some("a good one"), None));

    let other = Desk::of("c", NOW);
    think(&other, day, Some("a bad one"), None);
    fs::copy(other.file("2026-11"), b.file("2026-11").with_file_name("2026-11.c.jsonl")).unwrap();
    let conflicts = b.journal.check(b.now).unwrap().conflicts;
    assert!(conflicts.iter().any(|told| matches!(&told.what, Thing::Kept(_)) && told.field == "note"), "{conflicts:?}");
    think(&b, day, Some("mixed"), None);
    assert!(b.journal.check(b.now).unwrap().conflicts.is_empty(), "the next change settled it");
}

#[test]
fn a_note_that_arrives_while_a_mark_is_being_given_stays() {
    let (mut a, mut b) = (Desk::of("a", NOW), Desk::of("b", NOW));
    let day = a.now.date_naive();
    think(&a, day, Some("a good one"), None);
    let there = b.file("2026-11").with_file_name("2026-11.a.jsonl");
    fs::create_dir_all(there.parent().unwrap()).unwrap();
    fs::copy(a.file("2026-11"), &there).unwrap();
    a.later(TimeDelta::minutes(1));
    think(&a, day, Some("not so good"), None);
    b.later(TimeDelta::minutes(2));
    let marked = b.journal.reflect(day, b.now, |before| {
        fs::copy(a.file("2026-11"), &there).unwrap();
        Ok::<_, JournalError>(Reflection { felt: Felt::of(2), ..before })
    });
    assert_eq!(marked.unwrap().felt, Felt::of(2));
    let read = b.read().reflections;
    assert_eq!((read[0].note.as_ref().map(Text::raw), read[0].felt), (Some("not so good"), Felt::of(2)));
}

#[test]
fn what_another_program_writes_otherwise_is_not_set_again() {
    let desk = Desk::at(NOW);
    let day = desk.now.date_naive();
    think(&desk, day, Some("caf\u{e9}"), None);
    let text = fs::read_to_string(desk.file("2026-11")).unwrap();
    fs::write(desk.file("2026-11"), text.replace('\u{e9}', r"\u00e9")).unwrap();
    think(&desk, day, None, Some(4));
    let text = fs::read_to_string(desk.file("2026-11")).unwrap();
    assert!(text.lines().nth(1).unwrap().contains(r#""set":["felt"],"day":"2026-11-22","note":"caf\u00e9""#), "{text}");
}

#[test]
fn what_two_devices_set_of_one_spark_is_both_kept() {
    let (a, mut b) = (Desk::of("a", NOW), Desk::of("b", NOW));
    let spark = put(&a, "read");
    fs::create_dir_all(&b.journal.place().journal).unwrap();
    let copied = b.journal.place().journal.join("kept.a (conflicted copy).jsonl");
    fs::copy(file(&a), &copied).unwrap();
    done(&a, &spark);
    b.later(TimeDelta::hours(1));
    keep(&b, Keep::Put(Kept::Spark(Spark { text: Text::as_written("read it"), ..spark })));
    fs::copy(file(&a), b.journal.place().journal.join("kept.a.jsonl")).unwrap();
    assert_eq!(texts(&b), [("read it".to_owned(), false)]);
    assert!(b.journal.check(b.now).unwrap().conflicts.is_empty());
}

#[test]
fn what_was_said_of_a_day_later_is_taken_back_to_nothing() {
    let mut desk = Desk::at(NOW);
    let day = desk.now.date_naive();
    let first = think(&desk, day, Some("good"), None);
    desk.later(TimeDelta::hours(1));
    think(&desk, day, None, Some(4));
    desk.journal.undo(desk.now).unwrap();
    assert_eq!(desk.read().reflections, [first]);
}

#[test]
fn of_two_baselines_the_later_is_taken_whole() {
    let (a, mut b) = (Desk::of("a", NOW), Desk::of("b", NOW));
    let said = |name: &str, from| Baseline { name: Some(Text::as_written(name)), from };
    let remembered = BaselineFrom::Remembered(Share::GUESS);
    let put = |desk: &Desk, baseline: &Baseline| keep(desk, Keep::Put(Kept::Baseline(baseline.clone())));
    put(&a, &said("then", remembered));
    let there = b.journal.place().journal.join("kept.a.jsonl");
    fs::create_dir_all(there.parent().unwrap()).unwrap();
    fs::copy(file(&a), &there).unwrap();
    b.later(TimeDelta::hours(1));
    let day = b.now.date_naive();
    put(&b, &said("then", BaselineFrom::Days { first: day, last: day }));
    let last = Desk { now: b.now + TimeDelta::hours(1), ..a };
    put(&last, &said("before", remembered));
    fs::copy(file(&last), &there).unwrap();
    assert_eq!(b.journal.kept(last.now).unwrap().baseline, Some(said("before", remembered)));
}

#[test]
fn the_second_part_of_what_is_said_of_a_day_can_be_taken_back_but_not_while_the_first_is_elsewhere() {
    let mut desk = Desk::at(NOW);
    let day = desk.now.date_naive();
    let first = think(&desk, day, None, Some(4));
    let before = fs::read_to_string(desk.file("2026-11")).unwrap();
    desk.later(TimeDelta::minutes(1));
    let second = think(&desk, day, Some("good"), None);
    let both = fs::read_to_string(desk.file("2026-11")).unwrap();
    desk.journal.undo(desk.now).unwrap();
    assert_eq!(desk.read().reflections, [first]);
    desk.journal.redo(desk.now).unwrap();
    assert_eq!(desk.read().reflections, [second]);
    desk.journal.undo(desk.now).unwrap();
    desk.journal.undo(desk.now).unwrap();
    assert!(desk.read().reflections.is_empty());

    fs::write(desk.file("2026-11"), both.strip_prefix(&before).unwrap()).unwrap();
    assert!(matches!(desk.journal.undo(desk.now).unwrap_err(), UndoError::NotHereYet { .. }));
}

#[test]
fn who_takes_back_their_own_baseline_leaves_that_of_another_device() {
    let (a, mut b) = (Desk::of("a", NOW), Desk::of("b", NOW));
    let said =
        |name: &str| Baseline { name: Some(Text::as_written(name)), from: BaselineFrom::Remembered(Share::GUESS) };
    keep(&a, Keep::Put(Kept::Baseline(said("a"))));
    b.later(TimeDelta::hours(1));
    keep(&b, Keep::Put(Kept::Baseline(said("b"))));
    let there = || b.journal.kept(b.now).unwrap().baseline;
    fs::copy(file(&a), b.journal.place().journal.join("kept.a.jsonl")).unwrap();
    assert_eq!(there(), Some(said("b")));
    b.journal.undo(b.now).unwrap();
    assert_eq!(there(), Some(said("a")));
    b.journal.redo(b.now).unwrap();
    assert_eq!(there(), Some(said("b")));
}

/// Catches: a question that counts twice where two machines ask it, and an undo that takes the answer
/// of the other with it.
#[test]
fn a_moment_that_two_devices_ask_about_has_one_answer() {
    let (a, mut b) = (Desk::of("a", NOW), Desk::of("b", NOW));
    sample(&a, 0, 0);
    b.later(TimeDelta::minutes(1));
    sample(&b, 0, 2);
    let there = || b.read().samples.iter().map(|sample| sample.kind).collect::<Vec<_>>();
    fs::copy(a.file("2026-11"), b.file("2026-11").with_file_name("2026-11.a.jsonl")).unwrap();
    assert_eq!(there(), [Kind::ALL[2]]);
    b.journal.undo(b.now).unwrap();
    assert_eq!(there(), [Kind::ALL[0]]);
    b.journal.redo(b.now).unwrap();
    assert_eq!(there(), [Kind::ALL[2]]);
}

#[test]
fn what_only_another_program_knows_is_copied_and_what_a_newer_one_wrote_is_not_changed() {
    let desk = Desk::at(NOW);
    let spark = put(&desk, "read");
    let line = fs::read_to_string(file(&desk)).unwrap();
    fs::write(file(&desk), line.replace(r#""minutes":30"#, r#""minutes":30,"mood":{"of":[1, 2]}"#)).unwrap();
    done(&desk, &spark);
    let text = fs::read_to_string(file(&desk)).unwrap();
    assert!(text.lines().nth(1).unwrap().contains(r#""mood":{"of":[1, 2]}"#), "{text}");

    for newer in
        [line.replace(r#""v":1"#, r#""v":2"#), line.replace(r#""v":1"#, r#""v":2"#).replace("minutes", "moons")]
    {
        fs::write(file(&desk), newer).unwrap();
        let put = Keep::Put(Kept::Spark(Spark { done: Some(desk.now.fixed_offset()), ..spark.clone() }));
        let refused = desk.journal.keep("keep", desk.now, |_, _| Ok::<_, JournalError>(put)).unwrap_err();
        assert_eq!(refused, JournalError::NewerVersion { id: spark.id });
    }
}

#[test]
fn a_torn_last_line_hides_nothing_and_a_bad_one_is_told() {
    let desk = Desk::at(NOW);
    put(&desk, "one");
    let whole = fs::read_to_string(file(&desk)).unwrap();
    for length in 1..whole.len() - 1 {
        fs::write(file(&desk), format!("{whole}{}", &whole[..length])).unwrap();
        let read = desk.journal.kept(desk.now).unwrap();
        assert_eq!((read.sparks.len(), read.notices), (1, vec![]), "{length}");
    }
    put(&desk, "two");
    let read = desk.journal.kept(desk.now).unwrap();
    assert_eq!(read.sparks.len(), 2);
    assert!(matches!(read.notices[..], [Notice::UnreadableLine { line: 2, own: true, .. }]), "{:?}", read.notices);
    assert!(desk.read().notices.is_empty(), "who reads blocks opens no file of it");
    assert_eq!(desk.repair().done.len(), 1);
    assert_eq!((texts(&desk).len(), desk.journal.kept(desk.now).unwrap().notices), (2, vec![]));
}

#[test]
fn a_file_that_was_moved_where_nobody_looks_for_it_is_told() {
    let desk = Desk::at(NOW);
    desk.start("standup", None);
    put(&desk, "one");
    let there = desk.file("2026-11").with_file_name("kept.desk.jsonl");
    fs::rename(file(&desk), &there).unwrap();
    fs::write(there.with_file_name(".kept.desk.jsonl"), "").unwrap();
    fs::write(there.with_file_name("kept.desk.jsonl.bak"), "").unwrap();
    let notices = desk.journal.check(desk.now).unwrap().notices;
    assert!(matches!(&notices[..], [Notice::UnreadableFile { file, .. }] if *file == there), "{notices:?}");
}

#[test]
fn a_line_with_a_value_that_cannot_be_is_refused_as_a_whole() {
    let desk = Desk::at(NOW);
    put(&desk, "one");
    think(&desk, desk.now.date_naive(), Some("good"), Some(4));
    keep(&desk, Keep::Put(Kept::Baseline(Baseline { name: None, from: BaselineFrom::Remembered(Share::GUESS) })));
    let kept = fs::read_to_string(file(&desk)).unwrap();
    for (good, bad) in [
        (r#""minutes":30"#, r#""minutes":-1"#),
        (r#""minutes":30"#, r#""minutes":"30""#),
        (r#""put":"2026-11-22T09"#, r#""put":"2026-11-22X09"#),
        (r#""share":30"#, r#""share":130"#),
        (r#""share":30"#, r#""share":30,"first":"22.11.2026""#),
        (r#""text":"one""#, r#""tekst":"one""#),
    ] {
        assert!(kept.contains(good), "{good}");
        fs::write(file(&desk), kept.replace(good, bad)).unwrap();
        assert_eq!(desk.journal.kept(desk.now).unwrap().notices.len(), 1, "{bad}");
    }
    sample(&desk, 0, 0);
    let month = fs::read_to_string(desk.file("2026-11")).unwrap();
    let (thought, answered) = month.split_once('\n').unwrap();
    for (good, bad) in [(r#""kind":"creating""#, r#""kind":"making""#), ("T10:00:00", "T10:01:00")] {
        assert!(answered.contains(good), "{good}");
        fs::write(desk.file("2026-11"), format!("{thought}\n{}", answered.replace(good, bad))).unwrap();
        let read = desk.read();
        assert_eq!((read.notices.len(), read.reflections.len(), read.samples.len()), (1, 1, 0), "{bad}");
    }
    let month = format!("{thought}\n");
    for (good, bad) in [(r#""felt":4"#, r#""felt":6"#), (r#""day":"2026-11-22""#, r#""day":"2026-11-23""#)] {
        assert!(month.contains(good), "{good}");
        fs::write(desk.file("2026-11"), month.replace(good, bad)).unwrap();
        let read = desk.read();
        assert_eq!((read.notices.len(), read.reflections.len()), (1, 0), "{bad}");
    }
}

#[test]
fn a_reflection_costs_no_other_file_and_none_is_written_that_says_nothing_new() {
    let desk = Desk::at(NOW);
    let day = desk.now.date_naive();
    think(&desk, day, None, None);
    assert!(desk.lines("2026-11").is_empty());
    think(&desk, day, Some("good"), Some(3));
    think(&desk, day, Some("good"), Some(3));
    assert_eq!(desk.lines("2026-11").len(), 1);
    assert!(!file(&desk).exists());
    let then: DateTime<Utc> = desk.now - TimeDelta::days(400);
    think(&desk, then.date_naive(), Some("long ago"), None);
    assert_eq!(desk.lines("2025-10").len(), 1);
    assert_eq!(desk.read().reflections.len(), 1, "only of the days that are asked for");
}

proptest! {
    #![proptest_config(super::cases(64))]

    #[test]
    fn undo_of_any_change_leads_back_to_what_was(acts in prop::collection::vec((0..5_u8, any::<u8>(), any::<u8>()), 1..12)) {
        let mut desk = Desk::at(NOW);
        for (count, (what, which, how)) in acts.into_iter().enumerate() {
            desk.later(TimeDelta::minutes(7));
            let before = (all(&desk.journal, &desk), desk.blocks());
            match what {
                0 => spark(&desk, count, which, how),
                // Few days, so that one and the same is spoken of again.
                1 => reflect(&desk, count, which % 2 * 40, how),
                2 => baseline(&desk, how),
                3 => sample(&desk, which % 2 * 40, how),
                _ => drop(desk.start(&format!("act {count}"), None)),
            }
            let after = (all(&desk.journal, &desk), desk.blocks());
            if before == after {
                continue;
            }
            desk.journal.undo(desk.now).unwrap();
            prop_assert_eq!(&(all(&desk.journal, &desk), desk.blocks()), &before);
            desk.journal.redo(desk.now).unwrap();
            prop_assert_eq!(&(all(&desk.journal, &desk), desk.blocks()), &after);
        }
    }
}
