//! Writing a setting into the file, beside what a person wrote there: their comments, their
//! order and all other lines stay as they are.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, InlineTable, Item, Value};

use super::{Config, line_of, shown};
use crate::domain::Share;
use crate::failure::{Failure, in_words};
use crate::text::terminal_safe;

/// The days as the file names them, Monday first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// What leads a file that an editor marked as UTF-8.
const MARK: &str = "\u{feff}";

impl Config {
    /// Writes the target of each day into the file at `path`, which is made where it is
    /// missing; or takes it out of there, so that it is a guess again.
    pub fn write_target(path: &Path, targets: Option<[Share; 7]>) -> Result<(), Failure> {
        let failed = |error: &io::Error| {
            let message = format!("the settings in {} cannot be written: {}", shown(path), in_words(error));
            Failure::environment(message).hint("TILTMETER_CONFIG names another file")
        };
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            read => read.map_err(|error| failed(&error))?,
        };
        let changed = with_target(&text, targets).map_err(|(line, why)| {
            Failure::environment(format!("{}, line {line}: {why}", shown(path)))
                .hint("mend that line, then say it again")
        })?;
        // What could not be read again must not take the place of what can.
        Self::default().take_file(&changed, path)?;
        replace(path, &changed).map_err(|error| failed(&error))
    }
}

/// Returns a file's text with another target; or what is wrong with it, and on which line.
fn with_target(text: &str, targets: Option<[Share; 7]>) -> Result<String, (usize, String)> {
    let (mark, body) = text.strip_prefix(MARK).map_or(("", text), |body| (MARK, body));
    let mut document: DocumentMut = body.parse().map_err(|error: toml_edit::TomlError| {
        let line = error.span().map_or(1, |span| line_of(body, span.start));
        (line, terminal_safe(error.message()).to_string())
    })?;
    let Some(targets) = targets else {
        let had_one = document.remove("target").is_some();
        return Ok(if had_one { written(mark, body, &document) } else { text.to_owned() });
    };
    let mut value = value(targets);
    if document.is_empty() {
        // All of it is comments; they stay at the top.
        let end = if body.is_empty() || body.ends_with('\n') { "" } else { "\n" };
        return Ok(format!("{mark}{body}{end}target = {value}\n"));
    }
    match document.get_mut("target") {
        Some(Item::Value(before)) => {
            *value.decor_mut() = before.decor().clone();
            *before = value;
        }
        _ => drop(document.insert("target", Item::Value(value))),
    }
    Ok(written(mark, body, &document))
}

/// Returns a document as text, with the line ends that the file had.
fn written(mark: &str, body: &str, document: &DocumentMut) -> String {
    // The parser takes the line ends of Windows for plain ones.
    let text = document.to_string();
    let text = if body.contains("\r\n") { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text };
    format!("{mark}{text}")
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
/// other. A link stays one, and leads to the new text.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = match fs::canonicalize(path) {
        Ok(real) => real,
        Err(error) if error.kind() == ErrorKind::NotFound => target_of_link(path),
        Err(error) => return Err(error),
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let new = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_new(&new, &path, text).and_then(|()| fs::rename(&new, &path));
    if let Err(error) = written {
        let _ = fs::remove_file(&new);
        return Err(error);
    }
    sync_folder(folder);
    Ok(())
}

/// Returns where a link leads whose file is not there; anything else is its own.
fn target_of_link(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::read_link(path).map_or_else(|_| path.to_owned(), |target| folder.join(target))
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
        let dotted = with("target.mon = 20\nlunch = \"none\"\n", 40.0);
        assert!(dotted.contains("target = 40") && !dotted.contains("mon"), "{dotted}");
        let headed = with("lunch = \"none\"\n[target]\nmon = 20\n", 40.0);
        assert_eq!(headed.matches("target").count(), 1, "{headed}");
        for had in ["target = 30 # a try\n", "target.mon = 20\n", ""] {
            let forgotten = with_target(&format!("# mine\nlunch = \"none\"\n{had}[kinds]\n"), None).unwrap();
            assert_eq!(forgotten, "# mine\nlunch = \"none\"\n[kinds]\n", "{had}");
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
        Config::write_target(&path, Some([share(35.0); 7])).unwrap();
        assert_eq!(Config::load(&path, |_| None).unwrap().habits.targets, [share(35.0); 7]);
        #[cfg(unix)]
        {
            let link = folder.path().join("link.toml");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            Config::write_target(&link, Some([share(40.0); 7])).unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read_to_string(&path).unwrap(), "target = 40\n");
        }
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_as_it_is() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        for (text, says) in [("lunch = \n", "line 1"), ("taget = 30\n", "taget")] {
            fs::write(&path, text).unwrap();
            let failure = Config::write_target(&path, Some([share(35.0); 7])).unwrap_err();
            assert!(failure.message.contains(says), "{failure:?}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
