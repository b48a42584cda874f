//! Writing a setting into the file, beside what a person wrote there: their comments, their
//! order and all other lines stay as they are.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use chrono::Weekday;
use toml_edit::{DocumentMut, InlineTable, Item, Table, TomlError, Value};

use super::show::DAYS;
use super::{Config, MARK, commented, shown};
use crate::domain::Share;
use crate::failure::{Failure, in_words};
use crate::small_file;

/// How often it is looked whether another program has finished writing, and after what pause.
const LOOKS: usize = 5000;
const PAUSE: Duration = Duration::from_millis(2);

impl Config {
    /// Writes the commented file of all settings to `path`, where no file may be yet that has
    /// anything in it.
    pub fn create(path: &Path) -> Result<(), Failure> {
        let place = place_of(path).map_err(|error| not_written(path, &error))?;
        let written = fs::create_dir_all(folder_of(&place)).and_then(|()| {
            if small_file::read(&place).is_ok_and(|text| text.trim_ascii().is_empty()) {
                return replace(&place, &commented());
            }
            let mut file = OpenOptions::new().write(true).create_new(true).open(&place)?;
            file.write_all(commented().as_bytes())?;
            file.sync_all()
        });
        written.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Failure::refused(format!("there are settings already: {}", shown(path)))
                .hint("tiltmeter config edit opens them; tiltmeter config show says what they are"),
            _ => not_written(path, &error),
        })?;
        sync_folder(folder_of(&place));
        Ok(())
    }

    /// Writes the target of each day into the file at `path`, which is made with all settings
    /// in its comments where it is missing: what `change` makes of the settings that the file has *now*, which are returned.
    /// `None` takes it out of there, so that it is a guess again.
    pub fn write_target(path: &Path, change: impl FnOnce(&Self) -> Option<[Share; 7]>) -> Result<Self, Failure> {
        let failed = |error: &io::Error| not_written(path, error);
        let place = place_of(path).map_err(|error| failed(&error))?;
        let _held = hold(folder_of(&place)).map_err(|error| failed(&error))?;
        let text = match small_file::read(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => commented(),
            read => read.map_err(|error| failed(&error))?,
        };
        let mut before = Self::default();
        before.take_file(&text).map_err(|mistakes| mistakes.failure(path))?;
        let targets = change(&before);
        let changed = with_target(&text, targets).map_err(|error| failed(&io::Error::other(error)))?;
        // What could not be read again must not take the place of what can.
        Self::default().take_file(&changed).map_err(|mistakes| mistakes.failure(path))?;
        if changed != text {
            replace(&place, &changed).map_err(|error| failed(&error))?;
        }
        Ok(before)
    }
}

fn not_written(path: &Path, error: &io::Error) -> Failure {
    let message = format!("the settings in {} cannot be written: {}", shown(path), in_words(error));
    Failure::environment(message).hint("TILTMETER_CONFIG names another file")
}

/// Returns a file's text with another target.
fn with_target(text: &str, targets: Option<[Share; 7]>) -> Result<String, TomlError> {
    let (mark, body) = text.strip_prefix(MARK).map_or(("", text), |body| (MARK, body));
    let mut document: DocumentMut = body.parse()?;
    let Some(targets) = targets else {
        if let Some(body) = switched_off(body) {
            return Ok(format!("{mark}{body}"));
        }
        let had_one = document.remove("target").is_some();
        return Ok(if had_one { written(mark, body, &document) } else { text.to_owned() });
    };
    let value = value(targets);
    if let Some(body) = switched_on(body, &document, &value) {
        return Ok(format!("{mark}{body}"));
    }
    if document.is_empty() {
        // All of it is comments; they stay at the top.
        let end = if body.is_empty() || body.ends_with('\n') { "" } else { "\n" };
        return Ok(format!("{mark}{body}{end}target = {value}\n"));
    }
    match document.get_mut("target") {
        Some(Item::Value(before)) => put(before, value),
        // A table of its own may have comments at every day.
        Some(Item::Table(days)) => set_days(days, targets),
        _ => drop(document.insert("target", Item::Value(value))),
    }
    Ok(written(mark, body, &document))
}

/// Returns a file's text with the target in the place of the line that `config init` wrote for it.
fn switched_on(body: &str, document: &DocumentMut, value: &Value) -> Option<String> {
    let line = body.lines().find(|line| line.starts_with("# target = "))?;
    let changed = body.replacen(line, &format!("target = {value}"), 1);
    // Behind the head of a table it would be that table's.
    let parsed: DocumentMut = changed.parse().ok()?;
    (!document.contains_key("target") && parsed.contains_key("target")).then_some(changed)
}

/// Returns a file's text without the line of the target, and with all that is said above it: in
/// the place of it is the line that `config init` wrote, where what that says of it is there.
fn switched_off(body: &str) -> Option<String> {
    let commented = commented();
    let (said, rest) = commented.split_once("\n# target = ")?;
    let (said, rest) = (said.lines().next_back()?, rest.lines().next()?);
    let (before, line) = body
        .split_inclusive('\n')
        .scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line)))
        .find(|(_, line)| line.starts_with("target = "))?;
    let (before, after) = (body.get(..before)?, body.get(before + line.len()..)?);
    let end = line.trim_start_matches(|c| !matches!(c, '\r' | '\n'));
    let stays =
        if before.lines().next_back() == Some(said) { format!("# target = {rest}{end}") } else { String::new() };
    let changed = format!("{before}{stays}{after}");
    let parsed: DocumentMut = changed.parse().ok()?;
    (!parsed.contains_key("target")).then_some(changed)
}

/// Returns a document as text, with the line ends that the file had.
fn written(mark: &str, body: &str, document: &DocumentMut) -> String {
    // The parser takes the line ends of Windows for plain ones.
    let text = document.to_string();
    let text = if body.contains("\r\n") { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text };
    format!("{mark}{text}")
}

/// Puts a value in the place of another, between the same spaces and comments.
fn put(before: &mut Value, mut value: Value) {
    *value.decor_mut() = before.decor().clone();
    *before = value;
}

/// Writes targets into a table, by whatever names it has for the days.
fn set_days(days: &mut Table, targets: [Share; 7]) {
    let mut missing = [true; 7];
    for (name, item) in days.iter_mut() {
        let day = name.get().parse::<Weekday>().map(|day| day.num_days_from_monday() as usize);
        let Some((day, before)) = day.ok().zip(item.as_value_mut()) else { continue };
        if let (Some(missing), Some(target)) = (missing.get_mut(day), targets.get(day)) {
            put(before, number(*target));
            *missing = false;
        }
    }
    let all = DAYS.iter().zip(targets).zip(missing);
    for ((day, target), _) in all.filter(|((_, target), missing)| *missing && *target != Share::GUESS) {
        days.insert(day, Item::Value(number(target)));
    }
}

/// Returns targets as a person would write them: one number, or the days that are not as they
/// come.
fn value(targets: [Share; 7]) -> Value {
    let [first, ..] = targets;
    if targets.iter().all(|target| *target == first) {
        return number(first);
    }
    let mut days = InlineTable::new();
    for (day, target) in DAYS.iter().zip(targets).filter(|(_, target)| *target != Share::GUESS) {
        days.insert(*day, number(target));
    }
    Value::InlineTable(days)
}

fn number(share: Share) -> Value {
    let points = (share.points() * 100.0).round() / 100.0;
    if points.fract() == 0.0 { Value::from(i64::from(share.shown())) } else { Value::from(points) }
}

/// Puts another text in the place of a file's, so that whoever reads it reads one or the
/// other. One that nobody may write stays.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|before| before.permissions().readonly()) {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let folder = folder_of(path);
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let new = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_new(&new, path, text).and_then(|()| fs::rename(&new, path));
    if let Err(error) = written {
        let _ = fs::remove_file(&new);
        return Err(error);
    }
    sync_folder(folder);
    Ok(())
}

/// Waits until no other is writing a file in a folder, which is made where it is missing; until
/// what it returns is dropped none will. Where the system has no such locks, it waits for none.
fn hold(folder: &Path) -> io::Result<Option<File>> {
    fs::create_dir_all(folder)?;
    let Ok(held) = File::open(folder) else { return Ok(None) };
    for _ in 0..LOOKS {
        match held.try_lock() {
            Ok(()) => return Ok(Some(held)),
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
    Err(io::Error::other("another program is writing them"))
}

/// Returns the file that a path leads to: a link stays one.
fn place_of(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(end_of_links(path)),
        found => found,
    }
}

/// Returns where links lead whose file is not there, and that do not lead in a circle; anything else is its own.
fn end_of_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    while let Ok(target) = fs::read_link(&path) {
        path = folder_of(&path).join(target);
    }
    path
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn write_new(new: &Path, path: &Path, text: &str) -> io::Result<()> {
    let _ = fs::remove_file(new);
    let mut file = OpenOptions::new().write(true).create_new(true).open(new)?;
    if let Ok(before) = fs::metadata(path) {
        file.set_permissions(before.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Waits until the new name is on the disk, where the system can.
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(points: f64) -> Share {
        Share::percent(points).unwrap()
    }

    fn with(text: &str, points: f64) -> String {
        with_target(text, Some([share(points); 7])).unwrap()
    }

    #[test]
    fn comments_order_and_all_other_lines_stay() {
        let text = "# mine\n\nlunch = \"none\"  # I skip it\ntarget = 30 # a try\n\n# calls\n[kinds]\n\"vendor\" = \"consuming\"\n";
        assert_eq!(with(text, 35.0), text.replace("target = 30", "target = 35"));
        assert_eq!(with("# only words", 35.0), "# only words\ntarget = 35\n");
        assert_eq!(with("", 12.5), "target = 12.5\n");
        assert_eq!(with("\u{feff}lunch = \"none\"\r\n", 20.0), "\u{feff}lunch = \"none\"\r\ntarget = 20\r\n");
        let tables = with("[kinds]\nx = \"creating\"\n", 20.0);
        assert!(tables.starts_with("target = 20\n") && tables.contains("[kinds]\nx = "), "{tables}");
        for had in ["target = 30 # a try\n", "target.mon = 20\n", ""] {
            let forgotten = with_target(&format!("# mine\nlunch = \"none\"\n{had}[kinds]\n"), None).unwrap();
            assert_eq!(forgotten, "# mine\nlunch = \"none\"\n[kinds]\n", "{had}");
        }
        let without = with_target("# all of this is mine\n\n# a try\ntarget = 40\nlunch = \"none\"\n", None).unwrap();
        assert_eq!(without, "# all of this is mine\n\n# a try\nlunch = \"none\"\n");
    }

    #[test]
    fn the_line_of_a_new_file_is_switched_on_where_it_stands() {
        let written = with(&crate::config::commented(), 35.0);
        assert_eq!(written, crate::config::commented().replace("# target = 30\n", "target = 35\n"));
        assert_eq!(with_target(&written, None).unwrap(), crate::config::commented(), "and off again");
        let behind = "lunch = \"none\"\n[kinds]\n# target = 30\n";
        assert!(with(behind, 35.0).contains("# target = 30"), "there it would be a kind");
    }

    #[test]
    fn a_table_of_days_stays_one_with_what_is_said_in_it() {
        let mut targets = [Share::GUESS; 7];
        (targets[0], targets[3]) = (share(25.0), share(50.0));
        let dotted = "# few calls\ntarget.Monday = 20 # one\n# all else\nlunch = \"none\"\n";
        let written = with_target(dotted, Some(targets)).unwrap();
        for line in ["# few calls\ntarget.Monday = 25 # one\n", "target.thu = 50\n", "# all else\nlunch = \"none\"\n"] {
            assert!(written.contains(line), "{written}");
        }
        let headed = "lunch = \"none\"\n\n# few calls\n[target] # mine\nmon = 20 # one\n# later\ntue = 10\n\n[kinds]\n";
        let expected = headed.replace("20 # one", "25 # one").replace("tue = 10\n", "tue = 30\nthu = 50\n");
        assert_eq!(with_target(headed, Some(targets)).unwrap(), expected);
        for text in [dotted, headed] {
            let mut config = Config::default();
            config.take_file(&with(text, 40.0)).unwrap();
            assert_eq!(config.habits.targets, [share(40.0); 7]);
        }
    }

    #[test]
    fn days_are_written_where_they_differ_from_what_comes() {
        let mut targets = [Share::GUESS; 7];
        (targets[0], targets[3]) = (share(20.0), share(50.0));
        assert_eq!(with_target("", Some(targets)).unwrap(), "target = { mon = 20, thu = 50 }\n");
    }

    #[test]
    fn what_is_written_is_read_again_through_a_link_too() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("deep/config.toml");
        Config::write_target(&path, |_| Some([share(35.0); 7])).unwrap();
        assert_eq!(Config::load(&path, |_| None, &[]).unwrap().habits.targets, [share(35.0); 7]);
        #[cfg(unix)]
        {
            let link = folder.path().join("link.toml");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            Config::write_target(&link, |_| Some([share(40.0); 7])).unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert!(fs::read_to_string(&path).unwrap().contains("\ntarget = 40\n"));
            fs::remove_file(&path).unwrap();
            let second = folder.path().join("second.toml");
            std::os::unix::fs::symlink("link.toml", &second).unwrap();
            Config::write_target(&second, |_| Some([share(45.0); 7])).unwrap();
            let made = commented().replace("# target = 30\n", "target = 45\n");
            assert_eq!(fs::read_to_string(&path).unwrap(), made, "of links to what is not there, too");
        }
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    /// Catches: a setting that shuts the way to the list of all settings.
    #[test]
    fn the_list_of_all_settings_can_be_had_after_a_target_was_set_and_where_a_file_is_empty() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        Config::write_target(&path, |_| None).unwrap();
        assert!(!path.exists(), "where nothing changes nothing is written");
        Config::write_target(&path, |_| Some([share(35.0); 7])).unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("# lunch = "));
        assert!(Config::create(&path).unwrap_err().message.contains("there are settings already"));
        fs::write(&path, " \n").unwrap();
        Config::create(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), commented());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_as_it_is() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        for (text, says) in [("lunch = \n", "line 1"), ("taget = 30\n", "taget")] {
            fs::write(&path, text).unwrap();
            let failure = Config::write_target(&path, |_| Some([share(35.0); 7])).unwrap_err();
            assert!(failure.message.contains(says), "{failure:?}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_file_that_is_not_to_be_written_is_not_replaced() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, "target = 20\n").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let failure = Config::write_target(&path, |_| Some([share(35.0); 7])).unwrap_err();
        assert!(failure.message.contains("cannot be written"), "{failure:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "target = 20\n");
    }

    #[cfg(unix)]
    #[test]
    fn of_targets_that_are_set_at_once_every_one_is_written() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        thread::scope(|scope| {
            for day in 0..7_u8 {
                let path = &path;
                scope.spawn(move || {
                    Config::write_target(path, |before| {
                        let mut targets = before.habits.targets;
                        targets[usize::from(day)] = share(f64::from(50 + day));
                        thread::sleep(PAUSE);
                        Some(targets)
                    })
                    .unwrap();
                });
            }
        });
        let written = Config::load(&path, |_| None, &[]).unwrap().habits.targets;
        assert_eq!(written.map(Share::shown), [50, 51, 52, 53, 54, 55, 56]);
    }
}
