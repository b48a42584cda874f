//! The status as another program shows it: a bar, a prompt.

use serde::Serialize;

use super::field::side;
use super::look::Look;
use super::status::{self, Status, Words};
use super::template::{Template, for_prompt};
use super::words;
use crate::beam::kinds;
use crate::domain::Share;
use crate::text;
use crate::text::status_line::Host;

/// What waybar takes of a custom module with `"return-type": "json"` (waybar-custom(5)).
#[derive(Serialize)]
struct Waybar<'a> {
    /// Pango markup.
    text: &'a str,
    /// For `format-icons` by kind: the kind of what runs, or `idle`.
    alt: &'static str,
    /// Pango markup in lines, shown where the mouse rests.
    tooltip: String,
    /// For the style sheet: `alt`, and which way today leans.
    class: Vec<&'static str>,
    /// For `format-icons` by number: today's share.
    #[serde(skip_serializing_if = "Option::is_none")]
    percentage: Option<u8>,
}

/// What i3blocks takes of a block with `format=json` and hands on to the bar (i3blocks(1), «FORMAT»; the i3bar
/// protocol, «Blocks in detail»).
#[derive(Serialize)]
struct I3blocks<'a> {
    full_text: &'a str,
    /// Shown where the bar has no room for the other; a template has no shorter form.
    #[serde(skip_serializing_if = "Option::is_none")]
    short_text: Option<String>,
    /// While today is below its target; else the bar's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<&'static str>,
    /// Said here, it goes before what the user's file says: what is escaped is never read as plain text, and the
    /// other way round.
    markup: &'static str,
}

/// Orange that colour-blind eyes tell from a bar's white or black (Okabe and Ito, 2008).
const BELOW: &str = "#E69F00";

/// What is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// For whom.
    pub host: Host,
    /// The line in the user's own form.
    pub template: Option<&'a Template>,
    /// Whether what people wrote is shown, where a template does not say.
    pub words: Words,
}

/// Returns all that the host is to read, without the last line break. A line is as wide as asked where the host shows
/// it, not where it is read.
pub fn text(status: &Status<'_>, look: &Look<'_>, asked: Asked<'_>) -> String {
    let Asked { host, template, words } = asked;
    let line = match template {
        Some(template) => template.line(status, look, Some(host)),
        None => own_line(status, look, words, host),
    };
    let kind = status.running.map_or("idle", |block| block.kind.word());
    let side = side(status.today.level());
    match host {
        Host::Tmux | Host::Starship | Host::Polybar | Host::Prompt => line,
        Host::Waybar => text::json::line(&Waybar {
            text: &line,
            alt: kind,
            tooltip: details(status, look, words).iter().map(|row| host.safe(row)).collect::<Vec<_>>().join("\n"),
            class: std::iter::once(kind).chain(side).collect(),
            percentage: status.today.share().map(Share::shown),
        }),
        Host::I3blocks => text::json::line(&I3blocks {
            full_text: &line,
            short_text: Some(host.safe(&segment(status, look, Words::Hidden)))
                .filter(|short| template.is_none() && !short.is_empty()),
            color: (side == Some("below")).then_some(BELOW),
            markup: "pango",
        }),
        Host::Swiftbar => menu(&line, &details(status, look, words), host),
    }
}

/// Returns what is shown where there is nothing that could be: so that what is there already does not stay.
pub fn nothing(host: Option<Host>) -> &'static str {
    match host {
        Some(Host::Waybar) => r#"{"text":""}"#,
        Some(Host::I3blocks) => r#"{"full_text":""}"#,
        _ => "",
    }
}

/// Returns what stands between two texts where one after the other is shown by a host that keeps reading.
pub fn between(host: Option<Host>) -> Option<&'static str> {
    // SwiftBar's README, «Streamable»: every text after this begins the menu anew.
    (host == Some(Host::Swiftbar)).then_some("~~~")
}

/// Returns the line in our own form.
fn own_line(status: &Status<'_>, look: &Look<'_>, words: Words, host: Host) -> String {
    let line = match host {
        Host::Prompt => segment(status, look, words),
        // A menu needs something to click on.
        Host::Swiftbar => Some(segment(status, look, words))
            .filter(|line| !line.is_empty())
            .unwrap_or_else(|| look.glyphs.pick("△", "^").to_owned()),
        _ => status::row(status, look, words).text(),
    };
    host.safe(&if host.is_prompt() { for_prompt(line, look) } else { line })
}

/// How much of an activity stands where there is little room.
const ACTIVITY: usize = 20;

/// Returns the least that says something: what runs, for how long, and today's share. Nothing where nothing is
/// logged.
///
/// ```text
/// ▓ 0:24  23 %
/// ```
fn segment(status: &Status<'_>, look: &Look<'_>, words: Words) -> String {
    let now = status.running.map(|block| {
        let mut now = kinds::glyph(block.kind, look.glyphs).to_string();
        if words == Words::Shown {
            let activity = block.activity.for_terminal().to_string();
            now = format!("{now} {}", look.left(&activity, ACTIVITY).trim_end());
        }
        format!("{now} {}", words::running(look.now - block.began()))
    });
    let share = status.today.share().map(|share| look.share(Some(share)));
    now.into_iter().chain(share).collect::<Vec<_>>().join("  ")
}

/// Returns what there is to say besides, a line each.
fn details(status: &Status<'_>, look: &Look<'_>, words: Words) -> Vec<String> {
    let Status { running, today, week, .. } = *status;
    let now = running.map(|block| {
        let kind = block.kind.word();
        let since = words::moment(block.start, look);
        let long = words::running(look.now - block.began());
        match words {
            Words::Hidden => format!("{kind} since {since}, {long}"),
            Words::Shown => format!("{} ({kind} since {since}, {long})", block.activity.for_terminal()),
        }
    });
    let advice = |level: Option<_>| level.map_or_else(String::new, |level| format!(", {}", words::level(level)));
    let share = today.share().map(|share| {
        let (share, target) = (look.share(Some(share)), look.share(Some(today.target)));
        format!("today {share} of {target}{}", advice(today.level()))
    });
    let logged = format!("logged {}", words::coverage(today.tally.logged(), today.expected));
    let week = week.share().map(|share| format!("week {}{}", look.share(Some(share)), advice(week.level())));
    now.into_iter().chain(share).chain([logged]).chain(week).collect()
}

/// Returns a menu of `SwiftBar`'s: the bar's own line, and below it what one sees on a click. What somebody wrote is not
/// looked through for names of emoji and symbols.
fn menu(line: &str, details: &[String], host: Host) -> String {
    let row = |row: &String| format!("{} | emojize=false symbolize=false\n", host.safe(row));
    let rows: String = details.iter().map(row).collect();
    format!("{line}\n---\n{rows}---\nRefresh | refresh=true")
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::beam::Glyphs;
    use crate::report::testing::Example;

    const MORNING: &str = "09:00-13:00 i staff sync\n13:00-13:40 c spec\n15:20 s <1:1> $(x) | #platform";

    fn shown(day: &str, words: Words, glyphs: Glyphs) -> String {
        let sample = Example::at("2026-11-24T15:44");
        let ledger = sample.ledger(&Example::blocks("2026-11-24", day));
        let (today, week) = (sample.day("2026-11-24", &ledger), sample.review("2026-11-23", &ledger).was);
        let status = Status { running: ledger.running(), device: None, today: &today, week: &week };
        let of = |(name, host)| {
            let text = text(&status, &sample.look(60, glyphs), Asked { host, template: None, words });
            format!("{name}:\n{text}\n")
        };
        Host::ALL.map(of).concat()
    }

    #[test]
    fn every_host_is_told_what_it_can_show() {
        assert_snapshot!(shown(MORNING, Words::Hidden, Glyphs::Unicode));
    }

    #[test]
    fn what_was_written_is_shown_where_it_is_asked_for() {
        assert_snapshot!(shown(MORNING, Words::Shown, Glyphs::Unicode));
    }

    #[test]
    fn in_plain_characters_no_host_gets_others() {
        let shown = shown(MORNING, Words::Hidden, Glyphs::Ascii);
        assert!(shown.is_ascii(), "{shown}");
    }

    #[test]
    fn of_nothing_a_prompt_says_nothing_and_a_menu_can_be_clicked_on() {
        assert_snapshot!(shown("", Words::Hidden, Glyphs::Unicode));
    }
}
