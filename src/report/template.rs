//! A line of the user's own for a prompt or a bar: text with fields in braces.
//!
//! ```text
//! {name}           what the field says; nothing where there is nothing to say
//! {name:20}        the same in at most 20 cells
//! {?name}…{/}      what stands between only where the field says something
//! {!name}…{/}      only where it does not
//! {?name=word}…{/} only where it says this word; {!name=word} only where it does not
//! {{ }}            a brace
//! ```
//!
//! What the user typed around the fields is theirs, and stays as it is but for what a terminal would obey: colours of
//! tmux, tags of Pango. What a field
//! says is escaped for the host, together with what stands right before it if that could make something of it
//! (`$` before `{running.activity}`).

use super::field::{self, Field};
use super::look::Look;
use super::status::Status;
use crate::beam::Glyphs;
use crate::beam::row::{fitting, width};
use crate::failure::Failure;
use crate::text::status_line::Host;
use crate::text::terminal_safe;

/// A template that was read.
#[derive(Debug)]
pub struct Template(Vec<Part>);

#[derive(Debug)]
enum Part {
    /// Text of the user's, as it is.
    Text(String),
    /// What a field says, in at most so many cells.
    Value(&'static Field, Option<usize>),
    /// What follows up to its end stands only where this is so.
    If(Says, &'static Field, Option<String>),
    /// The end of the newest `If`.
    End,
}

/// Whether a field has to say something (or a certain word), or must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    It,
    Not,
}

/// Why a template cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// Which character of the template it begins at, from 1.
    column: usize,
    wrong: Wrong,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Wrong {
    NoField(String),
    NoWidth(String),
    NotClosed,
    ClosesNothing,
    PartNotClosed,
    PartNotOpened,
}

impl Template {
    /// Reads a template.
    ///
    /// ```
    /// use tiltmeter::report::template::Template;
    ///
    /// assert!(Template::read("{today.share}{?running} {running.activity:20}{/}").is_ok());
    /// assert!(Template::read("{today.shore}").is_err(), "there is no such field");
    /// ```
    pub fn read(typed: &str) -> Result<Self, TemplateError> {
        let error = |at: usize, wrong| TemplateError { column: column(typed, at), wrong };
        let (mut parts, mut open, mut at) = (Vec::new(), Vec::new(), 0);
        while let Some(rest) = typed.get(at..).filter(|rest| !rest.is_empty()) {
            let (part, taken) = next(rest).map_err(|wrong| error(at, wrong))?;
            match part {
                Part::If(..) => open.push(at),
                Part::End => drop(open.pop().ok_or_else(|| error(at, Wrong::PartNotOpened))?),
                Part::Text(_) | Part::Value(..) => {}
            }
            parts.push(part);
            at += taken;
        }
        match open.pop() {
            Some(at) => Err(error(at, Wrong::PartNotClosed)),
            None => Ok(Self(parts)),
        }
    }

    /// Returns what it says now, in which the host finds nothing to obey but what the user typed.
    pub fn line(&self, status: &Status<'_>, look: &Look<'_>, host: Option<Host>) -> String {
        let mut line = Line { host, done: String::new(), typed: 0, said: String::new() };
        // How many parts are open of which nothing stands, the outermost first.
        let mut left_out = 0_usize;
        for part in &self.0 {
            match part {
                Part::If(says, field, word) => {
                    let said = (field.value)(status, look);
                    let says_it = word.as_ref().map_or(!said.is_empty(), |word| *word == said);
                    left_out += usize::from(left_out > 0 || says_it != (*says == Says::It));
                }
                Part::End => left_out = left_out.saturating_sub(1),
                _ if left_out > 0 => {}
                Part::Text(text) => line.typed(text),
                Part::Value(field, most) => line.say(&said(field, *most, status, look, host)),
            }
        }
        line.finished()
    }
}

/// Returns what a field says.
fn said(field: &Field, most: Option<usize>, status: &Status<'_>, look: &Look<'_>, host: Option<Host>) -> String {
    let mut said = (field.value)(status, look);
    if !field.is_text && host.is_some_and(Host::is_prompt) {
        said = for_prompt(said, look);
    }
    match most {
        // Its visible form is what takes the cells.
        Some(most) if width(&terminal_safe(&said).to_string()) > most => {
            let mark = look.glyphs.pick("…", "~");
            let kept = fitting(&said, most.saturating_sub(width(mark))).trim_end().to_owned();
            if most == 0 { String::new() } else { kept + mark }
        }
        _ => said,
    }
}

/// Returns what we say ourselves as a prompt can hold it. Its host writes another sign for `%`, which is none of
/// ASCII's.
pub(super) fn for_prompt(said: String, look: &Look<'_>) -> String {
    match look.glyphs {
        Glyphs::Unicode => said,
        Glyphs::Ascii => said.replace(" %", ""),
    }
}

/// A line while it is put together.
struct Line {
    host: Option<Host>,
    done: String,
    /// Where in that begins what the user typed last.
    typed: usize,
    /// What fields say right behind it, not yet escaped: two of them together may be what neither is.
    said: String,
}

impl Line {
    fn say(&mut self, said: &str) {
        if let Some(host) = self.host.filter(|_| self.said.is_empty() && !said.is_empty()) {
            let typed = self.done.get(self.typed..).unwrap_or_default();
            let kept = self.typed + typed.trim_end_matches(|c| host.may_obey(c)).len();
            self.said = self.done.split_off(kept);
        }
        self.said.push_str(said);
    }

    fn typed(&mut self, text: &str) {
        if !self.said.is_empty() {
            let safe = match self.host {
                Some(host) => host.safe_before(&self.said, text),
                None => terminal_safe(&self.said).to_string(),
            };
            self.done.push_str(&safe);
            self.typed = self.done.len();
            self.said.clear();
        }
        self.done.push_str(text);
    }

    fn finished(mut self) -> String {
        self.typed("");
        self.done
    }
}

/// Returns the first part of a template, and how many bytes of it that is.
fn next(rest: &str) -> Result<(Part, usize), Wrong> {
    if rest.starts_with("{{") || rest.starts_with("}}") {
        return Ok((Part::Text(rest.chars().take(1).collect()), 2));
    }
    if rest.starts_with('}') {
        return Err(Wrong::ClosesNothing);
    }
    let Some(rest) = rest.strip_prefix('{') else {
        let text = rest.split(['{', '}']).next().unwrap_or_default();
        return Ok((Part::Text(terminal_safe(text).to_string()), text.len()));
    };
    let (inside, _) = rest.split_once('}').filter(|(inside, _)| !inside.contains('{')).ok_or(Wrong::NotClosed)?;
    Ok((in_braces(inside)?, inside.len() + 2))
}

fn in_braces(inside: &str) -> Result<Part, Wrong> {
    let field = |name: &str| field::named(name).ok_or_else(|| Wrong::NoField(name.to_owned()));
    if inside == "/" {
        return Ok(Part::End);
    }
    if let Some((says, asked)) = [('?', Says::It), ('!', Says::Not)]
        .into_iter()
        .find_map(|(mark, says)| inside.strip_prefix(mark).map(|asked| (says, asked)))
    {
        let (name, word) = asked.split_once('=').map_or((asked, None), |(name, word)| (name, Some(word.to_owned())));
        return Ok(Part::If(says, field(name)?, word));
    }
    match inside.split_once(':') {
        None => Ok(Part::Value(field(inside)?, None)),
        Some((name, most)) => {
            let field = field(name)?;
            let most = most.parse().map_err(|_| Wrong::NoWidth(most.to_owned()))?;
            Ok(Part::Value(field, Some(most)))
        }
    }
}

/// Returns which character of a text begins at a byte of it, from 1.
fn column(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |before| before.chars().count() + 1)
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        let part = "{?running}{running.for}{/}";
        let (what, hint) = match &error.wrong {
            Wrong::NoField(name) => {
                let near = field::like(name).map(|field| format!("did you mean {}?", field.name));
                let all = "all fields: tiltmeter status --help";
                (format!("there is no field \"{}\"", terminal_safe(name)), near.unwrap_or_else(|| all.to_owned()))
            }
            Wrong::NoWidth(typed) => (
                format!("\"{}\" is not a width", terminal_safe(typed)),
                "a width is a number of cells: {running.activity:20}".to_owned(),
            ),
            Wrong::NotClosed => {
                ("this { is not closed".to_owned(), "a field is {today.share}, a brace is {{".to_owned())
            }
            Wrong::ClosesNothing => ("this } closes nothing".to_owned(), "a brace is }}".to_owned()),
            Wrong::PartNotClosed => ("what begins here does not end".to_owned(), format!("it ends with {{/}}: {part}")),
            Wrong::PartNotOpened => ("this {/} ends nothing".to_owned(), format!("a part is {part}")),
        };
        Failure::refused(format!("--format, character {}: {what}", error.column)).hint(hint)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::testing::Example;
    use crate::text::{Text, is_harmless};

    const MORNING: &str = "09:00-13:00 i staff sync\n13:00-13:40 c spec\n15:20 s 1:1 platform lead +people";

    fn of(template: &str, day: &str, host: Option<Host>) -> String {
        let sample = Example::at("2026-11-24T15:44");
        let ledger = sample.ledger(&Example::blocks("2026-11-24", day));
        let (today, week) = (sample.day("2026-11-24", &ledger), sample.review("2026-11-23", &ledger).was);
        let status = Status { running: ledger.running(), device: None, today: &today, week: &week };
        Template::read(template).unwrap().line(&status, &sample.look(80, Glyphs::Unicode), host)
    }

    /// Says what a text of somebody else's comes to in a template for a host.
    fn hostile(template: &str, activity: &str, host: Host) -> String {
        let sample = Example::at("2026-11-24T15:44");
        let mut blocks = Example::blocks("2026-11-24", "15:20 s x");
        blocks[0].activity = Text::as_written(activity);
        let ledger = sample.ledger(&blocks);
        let (today, week) = (sample.day("2026-11-24", &ledger), sample.review("2026-11-23", &ledger).was);
        let status = Status { running: ledger.running(), device: None, today: &today, week: &week };
        Template::read(template).unwrap().line(&status, &sample.look(80, Glyphs::Unicode), Some(host))
    }

    #[test]
    fn fields_stand_between_what_was_typed() {
        let said = |template| of(template, MORNING, None);
        assert_eq!(said("{running.glyph} {running.for} · {today.share} of {target}"), "▓ 0:24 · 21 % of 30 %");
        assert_eq!(
            said("{running} {running.since} {running.activity:9} {running.tags}"),
            "shaping 15:20 1:1 plat… +people"
        );
        assert_eq!(said("{today.made}+{today.shaped}/{today.taken}={today.logged}"), "0h40+0h24/4h00=5h04");
        assert_eq!(said("{today.side} {today.level} {today.beam} {today.points}"), "below 0h39 to level ───░▲──── 21");
        assert_eq!(said("{{{week.points}}} }}{{"), "{21} }{");
    }

    #[test]
    fn a_part_stands_only_where_there_is_something_to_say() {
        let template =
            "{?running}{running.for}{?today.share} {today.share}{/}{/}{!running}idle{!today.share}, empty{/}{/}.";
        assert_eq!(of(template, MORNING, None), "0:24 21 %.");
        assert_eq!(of(template, "09:00-13:00 i staff sync", None), "idle.");
        assert_eq!(of(template, "", None), "idle, empty.");
        let side = "{?today.side=below}down{/}{?today.side=level}even{/}{!today.side=below}not down{/}";
        assert_eq!(of(side, MORNING, None), "down");
        assert_eq!(of(side, "09:00-13:00 c spec", None), "not down");
    }

    #[test]
    fn a_mistake_is_told_with_its_place_and_what_was_meant() {
        let told = |template: &str| {
            let failure = Failure::from(Template::read(template).unwrap_err());
            format!("{}\n{}", failure.message, failure.hints.join("\n"))
        };
        let all = [
            "é {today.shar}",
            "{share}",
            "{colour}",
            "{running.for",
            "a } b",
            "{?running}x",
            "x{/}",
            "{target:wide}",
            "{?nothing}{/}",
            "{",
            "{a{target}}",
        ];
        insta::assert_snapshot!(all.map(|template| format!("{template}\n{}\n", told(template))).join("\n"));
    }

    /// Caught when a value was escaped without what stands before it: each was obeyed.
    #[test]
    fn what_was_typed_makes_no_command_of_what_somebody_wrote() {
        let activity = "{running.activity}";
        assert_eq!(hostile(&format!("#{activity}"), "(touch pwned)", Host::Tmux), "####(touch pwned)");
        assert_eq!(hostile(&format!("${activity}"), "(touch pwned)", Host::Prompt), "＄(touch pwned)");
        assert_eq!(hostile(&format!("%{activity}"), "{A:touch pwned:}", Host::Polybar), "% {A:touch pwned:}");
        assert_eq!(hostile(&format!("-{activity}"), "--", Host::Swiftbar), "‐‐-");
        assert_eq!(hostile("{running.activity}{running.activity}", "{F#f00}%", Host::Polybar), "{F#f00}% {F#f00}%");
    }

    #[test]
    fn what_was_typed_for_the_host_stays_the_hosts() {
        assert_eq!(hostile("#[fg=red]{running.activity}#[default]", "#S", Host::Tmux), "#[fg=red]####S#[default]");
        assert_eq!(hostile("%{{F#f00}}{running.activity}%{{F-}}", "%{A}", Host::Polybar), "%{F#f00}% {A}%{F-}");
        assert_eq!(hostile("<b>{running.activity}</b>", "<i>", Host::Waybar), "<b>&lt;i&gt;</b>");
        assert_eq!(hostile("%F{{red}}{today.share}%f", "x", Host::Prompt), "%F{red}100 ٪%f");
        assert_eq!(hostile("{running.activity} | color=red", "x|y", Host::Swiftbar), "x¦y | color=red");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_and_written_is_read_or_refused_and_harmless(
            template in "[{}?!/:a-z.$%#é ]{0,30}|(\\{running\\.activity(:[0-9])?\\}|[a-z%$#<| -]){0,6}",
            activity in any::<String>(),
        ) {
            for (_, host) in Host::ALL {
                match Template::read(&template) {
                    Ok(_) => prop_assert!(is_harmless(&hostile(&template, &activity, host))),
                    Err(error) => prop_assert!((1..=template.chars().count()).contains(&error.column)),
                }
            }
        }
    }
}
