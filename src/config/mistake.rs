//! What is wrong with the settings: everything at once, each with its place.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use unicode_width::UnicodeWidthStr as _;

use crate::failure::Failure;
use crate::text::terminal_safe;

/// As many mistakes are told with a command that is about something else.
const MOST: usize = 8;
/// As many characters of a line are shown on each side of a place.
const WINDOW: usize = 60;
/// As many characters are said of what is wrong, and of what would do.
const LONGEST: usize = 240;

/// Something in the settings that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands in the file, in bytes.
    at: Range<usize>,
    /// What is wrong: a fragment that may follow the name of a setting.
    what: String,
    /// What would do.
    hint: Option<String>,
}

impl Mistake {
    /// Says what is wrong at a place.
    pub(super) fn at(at: Range<usize>, what: impl Into<String>) -> Self {
        Self { at, what: cut(&what.into(), LONGEST), hint: None }
    }

    /// Adds what would do instead, unless that was said already.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint.get_or_insert_with(|| cut(&hint.into(), LONGEST));
        self
    }

    /// Names the setting that it is about.
    #[must_use]
    pub(super) fn of(mut self, name: &str) -> Self {
        let joint = if self.what.starts_with([':', '.']) { "" } else { " " };
        self.what = format!("{name}{joint}{}", self.what);
        self
    }

    /// Returns where it begins.
    pub(super) fn start(&self) -> usize {
        self.at.start
    }

    /// Whether one that does not begin before it stands on the same line.
    pub(super) fn shares_line(&self, later: &Self, text: &str) -> bool {
        text.get(self.at.start..later.at.start).is_some_and(|between| !between.contains('\n'))
    }

    /// Returns the number of its line, from 1, and that of its column, from 1, in characters.
    fn place(&self, text: &str) -> (usize, usize) {
        let before = text.get(..self.at.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }

    /// Returns it as one line: `line 3, column 1: there is no setting "taget" (did you mean target?)`.
    fn line(&self, text: &str) -> String {
        let (line, column) = self.place(text);
        let mut said = format!("line {line}, column {column}: {}", terminal_safe(&self.what));
        if let Some(hint) = &self.hint {
            // Writing to a String cannot fail.
            let _ = write!(said, " ({})", terminal_safe(hint));
        }
        said
    }

    /// Returns it as tools show mistakes: the place as editors jump to it, the line, and a mark
    /// below what is meant.
    pub fn pointed_at(&self, path: &str, text: &str) -> [String; 3] {
        let (number, column) = self.place(text);
        let line = text.lines().nth(number - 1).unwrap_or_default();
        // Of a line that nobody would read, what stands around the place.
        let skipped = (column - 1).saturating_sub(WINDOW);
        let shown: String = line.chars().skip(skipped).take(2 * WINDOW).collect();
        let before: String = shown.chars().take(column - 1 - skipped).collect();
        let meant = text.get(self.at.clone()).unwrap_or_default();
        let meant = meant.lines().next().unwrap_or_default().chars().count().clamp(1, WINDOW);
        let indent = terminal_safe(&before).to_string().width();
        let hint = self.hint.as_ref().map(|hint| format!(" {}", terminal_safe(hint))).unwrap_or_default();
        [
            format!("{path}:{number}:{column}: {}", terminal_safe(&self.what)),
            format!("  {}", terminal_safe(&shown)),
            format!("  {}{}{hint}", " ".repeat(indent), "^".repeat(meant)),
        ]
    }
}

/// What is wrong with a file of settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    /// What stands in it.
    pub text: String,
    /// Each, in the order in which they stand there; at least one.
    pub each: Vec<Mistake>,
}

impl Mistakes {
    /// Returns them as a failure to read the file at `path`: with one, the line of it; with
    /// more, all lines.
    pub(super) fn failure(&self, path: &Path) -> Failure {
        let path = super::shown(path);
        let message = match self.each.as_slice() {
            [one] => {
                let (line, column) = one.place(&self.text);
                format!("{path}, line {line}, column {column}: {}", terminal_safe(&one.what))
            }
            all => {
                let mut lines: Vec<String> = all.iter().take(MOST).map(|one| one.line(&self.text)).collect();
                lines.extend((all.len() > MOST).then(|| format!("and {} more", all.len() - MOST)));
                format!("{path} has {} mistakes:\n  {}", all.len(), lines.join("\n  "))
            }
        };
        let failure = Failure::environment(message);
        let hint = match self.each.as_slice() {
            [one] => one.hint.as_ref().map(|hint| terminal_safe(hint).to_string()),
            _ => None,
        };
        let failure = hint.map_or(failure.clone(), |hint| failure.hint(hint));
        failure.hint("tiltmeter config edit opens the file; tiltmeter config check shows what is wrong with it")
    }
}

/// Returns what is wrong with a value that was typed after a name, outside of the file.
pub(super) fn of_typed(name: &str, wrong: &[Mistake]) -> Failure {
    let said: Vec<String> = wrong.iter().map(|mistake| terminal_safe(&mistake.what).to_string()).collect();
    Failure::environment(format!("{name} {}", said.join("; ")))
}

/// Returns the numbers of the lines that these stand on, from 0.
pub(super) fn lines(mistakes: &[Mistake], text: &str) -> Vec<usize> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    mistakes.iter().map(|mistake| ends.partition_point(|end| *end < mistake.start())).collect()
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// What reading gives: a value, or all that is wrong with it.
pub(super) type Taken<T> = Result<T, Vec<Mistake>>;

impl From<Mistake> for Vec<Mistake> {
    fn from(mistake: Mistake) -> Self {
        vec![mistake]
    }
}

/// Collects what was read of many; where anything is wrong, all that is.
pub(super) fn all<T>(read: impl IntoIterator<Item = Taken<T>>) -> Taken<Vec<T>> {
    let (mut good, mut wrong) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Ok(value) => good.push(value),
            Err(mistakes) => wrong.extend(mistakes),
        }
    }
    if wrong.is_empty() { Ok(good) } else { Err(wrong) }
}

/// Returns the nearest of these names, where one is near.
pub(super) fn nearest<'n>(typed: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let typed = typed.to_lowercase();
    let near = names.map(|name| (strsim::damerau_levenshtein(&typed, name), name)).min();
    near.filter(|(distance, name)| *distance <= 3 && *distance < name.len()).map(|(_, name)| name)
}

/// Says of a name that nobody knows which one was meant, or which there are.
pub(super) fn meant<'n>(typed: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    match nearest(typed, names.clone()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
    }
}
