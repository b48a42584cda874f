//! What is offered because it was done before. Where the settings or the journal cannot be read,
//! that is nothing, and nothing is said of it: a shell is completing a line.

use chrono::{Days, NaiveDate, TimeDelta};

use super::offer::Candidate;
use crate::desk::Desk;
use crate::domain::{Block, Kind, Ledger, Lived, Past};
use crate::journal::{Back, Reach};
use crate::notation::{Line, Reference, show_words, words_and_rest};
use crate::report::words;
use crate::text::Text;

/// As many days as hold the habits of three weeks: what is read for every Tab.
const RECENT: TimeDelta = TimeDelta::days(21);
/// How far back it is looked for what is not among them.
const MONTHS: u32 = 12;
/// More than that nobody reads in a list.
const MOST: usize = 20;
/// How many blocks are offered by their number.
const NUMBERED: usize = 5;

/// What is known of the past, as far as it can be read.
pub(super) struct Known {
    desk: Option<Desk>,
}

impl Known {
    /// Opens the desk, if that can be.
    pub(super) fn new() -> Self {
        Self { desk: Desk::open(&[]).ok() }
    }

    /// Returns what may follow in a line that says what is done: an activity whose first words have
    /// been typed, a tag or a time.
    pub(super) fn line(&self, typed: &[String], word: &str, kind: Option<Kind>, after_dashes: bool) -> Vec<Candidate> {
        match word.chars().next() {
            Some('+') => beginning(&self.tags("+"), word),
            Some('@') => beginning(&self.moments(), word),
            _ => {
                let words = words_and_rest(&typed.join(" ")).0;
                let before = if words.is_empty() { words } else { words + " " };
                self.activities(&before, word, kind, after_dashes)
            }
        }
    }

    /// Returns what may follow in a line that says which block, and what it is to be.
    pub(super) fn mended(&self, typed: &[String], word: &str, after_dashes: bool) -> Vec<Candidate> {
        match typed.split_first() {
            None if word.starts_with('+') => self.line(typed, word, None, after_dashes),
            None => {
                let mut all = self.references(word);
                if !word.is_empty() && all.is_empty() {
                    all = self.line(typed, word, None, after_dashes);
                }
                all
            }
            Some((first, rest)) => {
                let names = self.desk.as_ref().is_some_and(|desk| desk.here().reference(first).is_ok());
                self.line(if names { rest } else { typed }, word, None, after_dashes)
            }
        }
    }

    /// Returns the activities, and the tags, that one value can be.
    pub(super) fn one_activity(&self, word: &str, kind: Option<Kind>) -> Vec<Candidate> {
        self.line(&[], word, kind, false)
    }

    /// Returns activities that begin with the words before and the word, without those words.
    fn activities(&self, before: &str, word: &str, kind: Option<Kind>, after_dashes: bool) -> Vec<Candidate> {
        let Some(desk) = &self.desk else { return Vec::new() };
        let sought = format!("{before}{word}");
        // Only words with a sign are typed in another way than they are written.
        let may_fit = |raw: &str| begins(raw, &sought) || raw.contains(['+', '#', '@', '\\']);
        let fits = |block: &Block| {
            may_fit(block.activity.raw())
                && can_be_typed(&block.activity, after_dashes).is_some_and(|name| begins(&name, &sought))
        };
        let Some(ledger) = self.back_until(&|ledger| ledger.blocks().iter().any(fits)) else { return Vec::new() };
        let past = Past::of(ledger.blocks());
        let mut likeliest = past.likeliest(desk.here().now());
        likeliest.sort_by_key(|(known, _)| kind.is_some_and(|kind| known.kind != kind));
        let named = likeliest.into_iter().filter_map(|(known, _)| {
            let name = can_be_typed(&known.activity, after_dashes)?;
            Some(Candidate::new(name, about(known.kind, &known.tags)))
        });
        let found = beginning(&named.collect::<Vec<_>>(), &sought);
        let typed_before = before.chars().count();
        let rest = |one: Candidate| Candidate { text: one.text.chars().skip(typed_before).collect(), ..one };
        found.into_iter().map(rest).filter(|one| !one.text.trim().is_empty()).take(MOST).collect()
    }

    /// Returns the tags, each behind a sign, the most used first.
    pub(super) fn tags(&self, sign: &str) -> Vec<Candidate> {
        let Some(ledger) = self.back_until(&|ledger| ledger.blocks().iter().any(|block| !block.tags.is_empty())) else {
            return Vec::new();
        };
        let mut counted: Vec<(&Text, usize)> = Vec::new();
        for tag in ledger.newest_first().flat_map(|block| &block.tags) {
            match counted.iter_mut().find(|(known, _)| *known == tag) {
                Some((_, times)) => *times += 1,
                None => counted.push((tag, 1)),
            }
        }
        counted.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        let named = counted.into_iter().filter_map(|(tag, times)| {
            let shown = self.shown_tag(tag)?;
            Some(Candidate::new(format!("{sign}{shown}"), words::count(times, "block", "blocks")))
        });
        named.take(MOST).collect()
    }

    /// Returns a tag without its sign, if it can be typed.
    fn shown_tag(&self, tag: &Text) -> Option<String> {
        Text::tag(tag.raw()).ok()?;
        let line = Line { activity: None, tags: vec![tag.clone()], when: None };
        let shown = self.desk.as_ref()?.here().show_line(&line);
        shown.strip_prefix('+').map(str::to_owned)
    }

    /// Returns what can be said with an `@`: how long ago, and the borders of today's blocks.
    fn moments(&self) -> Vec<Candidate> {
        let ago =
            [("5m", "5 minutes ago"), ("15m", "15 minutes ago"), ("30m", "30 minutes ago"), ("1h", "an hour ago")];
        let ago = ago.into_iter().map(|(length, about)| Candidate::new(format!("@{length}"), about));
        ago.chain(self.times("@")).collect()
    }

    /// Returns the borders of today's blocks, each behind a sign, the latest first.
    pub(super) fn times(&self, sign: &str) -> Vec<Candidate> {
        let (Some(desk), Some(ledger)) = (&self.desk, self.today()) else { return Vec::new() };
        let mut borders: Vec<(Lived, String)> = Vec::new();
        for block in self.of_today(&ledger) {
            let name = block.activity.for_terminal();
            borders.extend(block.end.map(|end| (end, format!("{name} ended"))));
            borders.push((block.start, format!("{name} began")));
        }
        borders.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        borders.dedup_by_key(|(at, _)| words::clock(*at));
        let is_past = |at: &Lived| at.to_utc() <= desk.now();
        let shown = borders.into_iter().filter(|(at, _)| is_past(at));
        shown.map(|(at, about)| Candidate::new(format!("{sign}{}", words::clock(at)), about)).take(MOST).collect()
    }

    /// Returns the blocks that a word may name: today's by their time, the newest by their number.
    pub(super) fn references(&self, word: &str) -> Vec<Candidate> {
        let Some(desk) = &self.desk else { return Vec::new() };
        let mut all = Vec::new();
        if let Some(ledger) = self.today() {
            let here = desk.here();
            all.extend(
                self.of_today(&ledger)
                    .into_iter()
                    .rev()
                    .map(|block| Candidate::new(here.show_reference(Reference::At(block.start)), said(desk, block))),
            );
        }
        if word.starts_with('@') || all.is_empty() {
            let enough = |ledger: &Ledger| ledger.newest_first().nth(NUMBERED - 1).is_some();
            if let Some(ledger) = self.read(&Reach {
                back_until: Some(Back { found: &enough, months: Some(MONTHS) }),
                ..desk.whole_day(desk.today())
            }) {
                let newest = ledger.newest_first().take(NUMBERED).enumerate();
                all.extend(newest.map(|(at, block)| Candidate::new(format!("@{}", at + 1), said(desk, block))));
            }
        }
        beginning(&all, word)
    }

    /// Returns the words for days that have been.
    pub(super) fn days(&self) -> Vec<Candidate> {
        let fixed = |today: NaiveDate| {
            let back = |days: u64| today.checked_sub_days(Days::new(days));
            let named = [(0, "today".to_owned()), (1, "yesterday".to_owned())]
                .into_iter()
                .chain((2..7).filter_map(|days| Some((days, back(days)?.format("%a").to_string().to_lowercase()))));
            named.filter_map(|(days, name)| Some(Candidate::new(name, words::date(back(days)?)))).collect()
        };
        self.desk.as_ref().map_or_else(
            || vec![Candidate::new("today", ""), Candidate::new("yesterday", "")],
            |desk| fixed(desk.today()),
        )
    }

    /// Returns the words for weeks that have been.
    pub(super) fn weeks(&self) -> Vec<Candidate> {
        let Some(desk) = &self.desk else { return vec![Candidate::new("last week", "")] };
        let this = desk.calendar.week_of(desk.today());
        let dates = |back: i64| {
            let week = this.plus(-back);
            format!("{} to {}", words::date(week.first()), words::date(week.last()))
        };
        let numbered = (2..=4).map(|back| Candidate::new(format!("w{}", this.plus(-back).iso().week()), dates(back)));
        [Candidate::new("last week", dates(1))].into_iter().chain(numbered).collect()
    }

    /// Returns `done` and `drop`, and then the open sparks by their numbers.
    pub(super) fn spark(&self, typed: &[String], word: &str) -> Vec<Candidate> {
        match typed {
            [] => {
                beginning(&[Candidate::new("done", "it is made"), Candidate::new("drop", "it will not be made")], word)
            }
            [verb] if ["done", "drop"].contains(&verb.as_str()) => {
                let kept = self.desk.as_ref().and_then(|desk| desk.kept().ok());
                let open = kept.iter().flat_map(|kept| &kept.sparks).filter(|spark| spark.is_open()).enumerate();
                let all =
                    open.map(|(at, spark)| Candidate::new((at + 1).to_string(), spark.text.for_terminal().to_string()));
                beginning(&all.collect::<Vec<_>>(), word)
            }
            _ => Vec::new(),
        }
    }

    /// Reads the last weeks, and further back until something is found.
    fn back_until(&self, found: &dyn Fn(&Ledger) -> bool) -> Option<Ledger> {
        let today = self.desk.as_ref()?.today();
        let since = today.checked_sub_signed(RECENT).unwrap_or(NaiveDate::MIN);
        self.read(&Reach { days: since..=today, now_too: true, back_until: Some(Back { found, months: Some(MONTHS) }) })
    }

    fn today(&self) -> Option<Ledger> {
        let desk = self.desk.as_ref()?;
        self.read(&desk.whole_day(desk.today()))
    }

    /// Returns the blocks that began today, the first first.
    fn of_today<'l>(&self, ledger: &'l Ledger) -> Vec<&'l Block> {
        let Some(desk) = &self.desk else { return Vec::new() };
        let today = desk.today();
        let is_of_today = |block: &&Block| !block.is_day_off() && desk.calendar.day_at_home(block.began()) == today;
        ledger.blocks().iter().filter(is_of_today).collect()
    }

    fn read(&self, reach: &Reach<'_>) -> Option<Ledger> {
        Some(self.desk.as_ref()?.read(reach).ok()?.ledger)
    }
}

/// Returns an activity as it is typed; `None` where no typing makes it: a line of the journal may
/// have what no argument can.
fn can_be_typed(activity: &Text, after_dashes: bool) -> Option<String> {
    let is_typed_so = Text::activity(activity.raw()).is_ok_and(|typed| typed == *activity);
    let name = show_words(activity, &[]);
    let is_flag = !after_dashes && name.split(' ').any(|word| word.starts_with('-'));
    (is_typed_so && !is_flag).then_some(name)
}

fn about(kind: Kind, tags: &[Text]) -> String {
    let tags = tags.iter().map(|tag| format!(" +{}", tag.for_terminal()));
    std::iter::once(kind.done().to_owned()).chain(tags).collect()
}

fn said(desk: &Desk, block: &Block) -> String {
    let look = desk.look(usize::MAX);
    format!("{} {}", words::range(block.start, block.end, &look), block.activity.for_terminal())
}

/// Returns what follows the words typed already, of phrases that have several.
pub(super) fn phrase(all: &[Candidate], typed: &[String], word: &str) -> Vec<Candidate> {
    let before: String = typed.iter().flat_map(|word| [word.as_str(), " "]).collect();
    let count = before.chars().count();
    let rest = |one: Candidate| Candidate { text: one.text.chars().skip(count).collect(), ..one };
    beginning(all, &format!("{before}{word}")).into_iter().map(rest).collect()
}

/// Returns those that begin with what was typed; where none does, those that do but for case.
///
/// A shell puts the beginning that all of them share in the place of what was typed, so what
/// differs in case is then spelled as it was typed.
pub(super) fn beginning(all: &[Candidate], typed: &str) -> Vec<Candidate> {
    let exact: Vec<Candidate> = all.iter().filter(|one| one.text.starts_with(typed)).cloned().collect();
    if !exact.is_empty() {
        return exact;
    }
    let alike: Vec<&Candidate> = all.iter().filter(|one| begins(&one.text, typed)).collect();
    if let [only] = alike.as_slice() {
        return vec![(*only).clone()];
    }
    let count = typed.chars().count();
    let respelled = |one: &&Candidate| {
        let rest: String = one.text.chars().skip(count).collect();
        Candidate { text: format!("{typed}{rest}"), about: one.about.clone() }
    };
    alike.iter().map(respelled).collect()
}

/// Whether a text begins with another, but for case. It is asked of every block that is read.
fn begins(text: &str, typed: &str) -> bool {
    let mut chars = text.chars();
    let is_same = |a: char, b: char| a == b || a.to_lowercase().eq(b.to_lowercase());
    typed.chars().all(|typed| chars.next().is_some_and(|c| is_same(c, typed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str], typed: &str) -> Vec<String> {
        let all: Vec<_> = all.iter().map(|text| Candidate::new(*text, "")).collect();
        beginning(&all, typed).into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn what_was_typed_stays_a_beginning_of_all_that_is_offered() {
        assert_eq!(texts(&["standup", "Staff sync"], "sta"), ["standup"]);
        assert_eq!(texts(&["Standup", "STAFF sync"], "sta"), ["standup", "staFF sync"]);
        assert_eq!(texts(&["Staff sync", "mail"], "sta"), ["Staff sync"]);
        assert!(texts(&["mail"], "sta").is_empty());
    }

    #[test]
    fn what_no_argument_can_be_is_not_offered() {
        let typed = |text: &str| can_be_typed(&Text::as_written(text), false);
        for hostile in ["a\nb", "a\u{1b}[2J", "-rf x", "a --help", "\u{202e}x", " a", "a  b"] {
            assert_eq!(typed(hostile), None, "{hostile:?}");
        }
        assert_eq!(can_be_typed(&Text::as_written("-rf x"), true).as_deref(), Some("-rf x"));
        assert_eq!(typed("+team @9").as_deref(), Some("\\+team \\@9"));
    }
}
