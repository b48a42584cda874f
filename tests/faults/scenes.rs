//! Every command that changes something, and what was there before.

use std::path::Path;

use super::Desk;

/// A command, and what was done before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    before: &'static str,
    pub(crate) line: &'static str,
    /// In how many files it writes lines.
    pub(crate) homes: Homes,
}

/// Where a change is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Homes {
    /// In one file of the journal.
    One,
    /// In two, one after the other.
    Two,
    /// In the file of settings.
    Settings,
}

/// A usual day, and some of the month before.
const DAY: &str = "add 8-9 mail --kind i
    add 9-10:30 spec +platform --kind c
    add 14-15 retro --on 2026-10-20 --kind i
    spark read the RFC --for 30m
    baseline 70% as an engineer
    day --felt 3
    create design doc --at 10:30";

/// The same when nothing runs.
const STOPPED: &str = "add 8-9 mail --kind i
    add 9-10:30 spec +platform --kind c
    add 14-15 retro --on 2026-10-20 --kind i";

/// A block that was moved to the month before.
const MOVED: &str = "add 8-9 mail --kind i
    add 14-15 retro --on 2026-10-20 --kind i
    edit 8:30 --start \"2026-10-22 8:00\" --end \"2026-10-22 9:00\"";

const fn scene(name: &'static str, before: &'static str, line: &'static str) -> Scene {
    Scene { name, before, line, homes: Homes::One }
}

const fn of_two(name: &'static str, before: &'static str, line: &'static str) -> Scene {
    Scene { name, before, line, homes: Homes::Two }
}

const fn of_settings(name: &'static str, before: &'static str, line: &'static str) -> Scene {
    Scene { name, before, line, homes: Homes::Settings }
}

pub(crate) const SCENES: &[Scene] = &[
    scene("first_block", "", "create spec --at 11:30"),
    scene("first_add", "", "add 9-10 spec --kind c"),
    scene("first_spark", "", "spark read the RFC"),
    scene("first_thought", "", "day --felt 4 --note \"wrote all morning\""),
    scene("first_baseline", "", "baseline 70% as an engineer"),
    scene("first_days_off", "", "off 26 nov holiday"),
    scene("first_import", "", "import jsonl blocks.jsonl"),
    of_settings("first_target", "", "target 35"),
    scene("now", DAY, "now mail"),
    scene("create", DAY, "create prototype"),
    scene("shape", DAY, "shape coaching --note \"asked, did not tell\""),
    scene("consume", DAY, "consume standup +team"),
    scene("was", STOPPED, "was escalation: billing --kind i"),
    scene("back", STOPPED, "back"),
    scene("stop", DAY, "stop"),
    scene("off", DAY, "off lunch"),
    scene("days_off", DAY, "off 26 nov..27 nov holiday"),
    scene("add", DAY, "add 7-8 threads --kind i"),
    scene("add_and_trim", DAY, "add 9-9:30 escalation --kind i --trim"),
    scene("add_to_an_older_month", DAY, "add 9-10 standup --on 2026-10-21 --kind i"),
    scene("add_to_a_new_month", DAY, "add 9-10 standup --on 2026-09-21 --kind i"),
    scene("add_to_a_new_year", DAY, "add 9-10 standup --on 2025-12-21 --kind i"),
    scene("edit", DAY, "edit 9:30 spec: limits +review --note \"half of it\""),
    scene("edit_a_border", DAY, "edit 9:30 --start 8:45"),
    scene("edit_a_day", DAY, "edit --day"),
    scene("split", DAY, "split 9:30"),
    scene("remove", DAY, "remove 8:30"),
    scene("undo", DAY, "undo"),
    scene("redo", "add 8-9 mail --kind i\nadd 9-10 spec --kind c\nundo", "redo"),
    scene("import", DAY, "import jsonl blocks.jsonl"),
    scene("import_of_many_lines", DAY, "import jsonl many.jsonl"),
    scene("spark", DAY, "spark sketch the review bot"),
    scene("spark_done", DAY, "spark done 1"),
    scene("spark_drop", DAY, "spark drop 1"),
    scene("baseline", DAY, "baseline 60% before the change"),
    scene("no_baseline", DAY, "baseline none"),
    scene("thought", DAY, "day --felt 5 --note \"better\""),
    of_two("edit_into_another_month", DAY, "edit 8:30 --start \"2026-10-22 8:00\" --end \"2026-10-22 9:00\" --alone"),
    of_two("edit_into_a_new_month", DAY, "edit 8:30 --start \"2026-09-22 8:00\" --end \"2026-09-22 9:00\" --alone"),
    of_two("undo_of_two_months", MOVED, "undo"),
    of_settings("target", "target 30", "target mon 20 thu 50"),
    of_settings("no_target", "target 30", "target none"),
];

/// What another copy of the program exported.
const BLOCKS: &str = r#"{"id":"01935f00-0000-7000-8000-000000000001","start":"2026-11-23T09:00:00+01:00","end":"2026-11-23T10:00:00+01:00","kind":"creating","activity":"imported one"}
{"id":"01935f00-0000-7000-8000-000000000002","start":"2026-11-23T10:00:00+01:00","end":"2026-11-23T11:00:00+01:00","kind":"consuming","activity":"imported two"}
"#;

/// Blocks with so long notes that an import of them takes three lines.
fn many() -> String {
    let block = |hour: u32| {
        let (id, note) = (format!("01935f00-0000-7000-8000-0000000001{hour:02}"), "long ".repeat(6_000));
        let (start, end) = (format!("2026-11-23T{hour:02}:00:00+01:00"), format!("2026-11-23T{hour:02}:30:00+01:00"));
        format!(
            r#"{{"id":"{id}","start":"{start}","end":"{end}","kind":"creating","activity":"part {hour}","note":"{note}"}}"#
        ) + "\n"
    };
    (6..18).map(block).collect()
}

impl Scene {
    /// Returns a desk at which everything was done that comes before.
    pub(crate) fn desk(&self, below: &Path) -> Desk {
        let mut desk = Desk::below(below);
        desk.write("blocks.jsonl", BLOCKS);
        desk.write("many.jsonl", &many());
        let editor = desk.write("editor.sh", "sed -i -e '/mail/d' -e 's/c design doc/s design review/' \"$1\"\n");
        desk.with("EDITOR", &format!("sh {}", editor.display()));
        desk.at("12:00").does(self.before);
        desk
    }
}

/// Returns a folder for homes: in memory where there is such a one, for what is tried here is
/// what the program does, not how fast the disk is.
pub(crate) fn quick() -> &'static Path {
    let memory = Path::new("/dev/shm");
    if tempfile::TempDir::new_in(memory).is_ok() { memory } else { Box::leak(std::env::temp_dir().into_boxed_path()) }
}
