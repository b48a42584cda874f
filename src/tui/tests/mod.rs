//! The pane, tested by pressing keys: keys in, screen out, with a real journal in a folder
//! of its own and a clock that stands where a test puts it.

mod drawing;
mod hostile;
mod journeys;
mod keep;
mod keys;
mod monkey;
mod mouse;
mod nudges;
mod others;
mod promises;
mod themes;
mod trend;
mod week;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use tempfile::TempDir;

use super::app::App;
use super::hands::Hands;
use super::msg::{Effect, Msg};
use super::{Opened, view};
use crate::clock::{Clock, Surroundings};
use crate::config::Config;
use crate::desk::Desk;
use crate::domain::{Block, Clash, Doing, Edit, Kind, Ledger};
use crate::journal::{Place, Reach};
use crate::notation;
use crate::theme::Depth;

/// A pane that keys are pressed in.
pub(super) struct Pane {
    pub(super) app: App,
    hands: Hands,
    folder: Arc<TempDir>,
    size: (u16, u16),
    /// What was wanted and needs a terminal.
    pub(super) wanted: Vec<Effect>,
}

/// A morning as a manager has it.
pub(super) const MORNING: &str = "\
09:15-09:30 i standup
09:30-10:10 c design doc: rate limits +platform
10:10-11:00 i escalation: billing
11:00-12:00 i interview: backend
12:00-12:45 o lunch
12:45-13:05 s review: rate-limit change
13:05-13:30 i mail, threads
13:30-15:00 i staff sync
15:20 s 1:1 platform lead +team";

fn clock(now: &str) -> Clock {
    let surroundings = Surroundings {
        now: Some(format!("{now}:00+01:00").into()),
        tz: Some("CET-1CEST,M3.5.0,M10.5.0/3".into()),
        ..Surroundings::default()
    };
    Clock::ask(&surroundings, None).unwrap()
}

impl Pane {
    /// Opens a pane on a journal that is not there yet.
    pub(super) fn at(now: &str) -> Self {
        Self::on(now, &[])
    }

    /// Opens a pane on a day that was logged so: `2026-11-24T15:44`.
    pub(super) fn on_a_day(now: &str, lines: &str) -> Self {
        Self::on(now, &[(now.split_once('T').unwrap().0, lines)])
    }

    /// Opens a pane on the morning of a manager.
    pub(super) fn on_a_morning() -> Self {
        Self::on_a_day("2026-11-24T15:44", MORNING)
    }

    /// Opens a pane on several days.
    pub(super) fn on(now: &str, days: &[(&str, &str)]) -> Self {
        Self::with_settings("", now, days)
    }

    /// Opens a pane on several days, with a file of settings.
    pub(super) fn with_settings(settings: &str, now: &str, days: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if !settings.is_empty() {
            std::fs::write(folder.path().join("config.toml"), settings).unwrap();
        }
        for (day, lines) in days {
            log(&desk(&folder, now), day, lines);
        }
        let mut hands = Hands::new(desk(&folder, now), Depth::Sixteen);
        let app = hands.open(Opened::Own).unwrap();
        let mut pane = Self { app, hands, folder: Arc::new(folder), size: (80, 24), wanted: Vec::new() };
        let past = pane.hands.at_the_desk(Effect::ReadPast).unwrap();
        pane.hear(past);
        pane
    }

    /// Opens another pane on the same journal, at the same machine.
    pub(super) fn another_pane(&self, now: &str) -> Self {
        let folder = Arc::clone(&self.folder);
        let mut hands = Hands::new(desk(&folder, now), Depth::Sixteen);
        let app = hands.open(Opened::Own).unwrap();
        Self { app, hands, folder, size: (80, 24), wanted: Vec::new() }
    }

    /// Gives it so many columns and rows.
    pub(super) fn sized(mut self, columns: u16, rows: u16) -> Self {
        self.resize(columns, rows);
        self
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.hear(Msg::Resized);
    }

    /// Makes it so late.
    pub(super) fn later(&mut self, now: &str) -> &mut Self {
        self.hands.desk = desk(&self.folder, now);
        self.hear(Msg::Clock);
        self
    }

    /// Presses keys, written with spaces between them: `n`, `<enter>`, `<s-tab>`, `<c-r>`.
    pub(super) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            self.hear(Msg::Key(key_event(key)));
        }
        self
    }

    /// Types text, a character at a time.
    pub(super) fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let code = if c == '\t' { KeyCode::Tab } else { KeyCode::Char(c) };
            self.hear(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        }
        self
    }

    /// Clicks on the first cell of a text that is shown.
    pub(super) fn click(&mut self, text: &str) -> &mut Self {
        let (column, row) = self.find(text);
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row);
        self.mouse(MouseEventKind::Up(MouseButton::Left), column, row);
        self
    }

    pub(super) fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) {
        self.draw();
        self.hear(Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
    }

    /// Returns where a text is shown.
    pub(super) fn find(&mut self, text: &str) -> (u16, u16) {
        let shown = self.shows();
        let found = shown.lines().enumerate().find_map(|(row, line)| {
            let at = line.find(text)?;
            Some((u16::try_from(line[..at].chars().count()).unwrap(), u16::try_from(row).unwrap()))
        });
        found.unwrap_or_else(|| panic!("{text:?} is not shown:\n{shown}"))
    }

    /// Lets the pane hear something, and does what it wants.
    pub(super) fn hear(&mut self, msg: Msg) {
        let mut waiting = VecDeque::from([msg]);
        while let Some(msg) = waiting.pop_front() {
            for effect in self.app.update(msg, self.hands.now()) {
                match effect {
                    Effect::Quit | Effect::EditDay(_) | Effect::Suspend | Effect::Redraw => self.wanted.push(effect),
                    Effect::Demo => waiting.push_back(Msg::Moved(self.hands.enter_demo().map(Box::new))),
                    Effect::LeaveDemo => waiting.push_back(Msg::Moved(self.hands.leave_demo().map(Box::new))),
                    effect => waiting.extend(self.hands.at_the_desk(effect)),
                }
            }
        }
    }

    /// Draws it; keeps what can be clicked.
    pub(super) fn draw(&mut self) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let mut hits = None;
        terminal.draw(|frame| hits = Some(view::draw(&self.app, frame))).unwrap();
        self.app.drawn(hits.unwrap());
        terminal.backend().buffer().clone()
    }

    /// Returns what is shown, as text without spaces at the ends.
    pub(super) fn shows(&mut self) -> String {
        text_of(&self.draw())
    }

    /// Returns what is shown, and below it the same with a letter for each style.
    pub(super) fn picture(&mut self) -> String {
        let buffer = self.draw();
        format!("{}\n\n{}", text_of(&buffer), styles_of(&buffer))
    }

    /// Returns the blocks that are in the journal, as lines.
    pub(super) fn journal(&self) -> String {
        let ledger = self.ledger();
        let line = |block: &Block| {
            let end = block.end.map(|end| format!("-{}", end.format("%H:%M"))).unwrap_or_default();
            let words = notation::show_words(&block.activity, &block.tags);
            format!("{}{end} {} {words}", block.start.format("%H:%M"), block.kind.letter())
        };
        ledger.blocks().iter().map(line).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn ledger(&self) -> Ledger {
        self.hands.desk.journal.read_all(self.hands.now()).unwrap().ledger
    }

    /// Returns the same desk, as another program has it.
    pub(super) fn another(&self) -> Desk {
        self.hands.desk.clone()
    }

    pub(super) fn settings_file(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }

    pub(super) fn journal_folder(&self) -> PathBuf {
        self.folder.path().join("journal")
    }
}

fn desk(folder: &TempDir, now: &str) -> Desk {
    let place =
        Place { journal: folder.path().join("journal"), state: folder.path().join("state"), device: "here".to_owned() };
    let settings = folder.path().join("config.toml");
    let config = Config::load(&settings, |_| None, &[]).unwrap();
    let mut desk = Desk::at(place, config, clock(now));
    desk.settings = Some(settings);
    desk
}

/// Logs lines of a day: `09:15-09:30 i standup +tag`; a line without an end runs.
pub(super) fn log(desk: &Desk, day: &str, lines: &str) {
    let day = day.parse().unwrap();
    for line in lines.lines() {
        let (times, rest) = line.split_once(' ').unwrap();
        let (kind, words) = rest.split_once(' ').unwrap();
        let here = desk.here().on(day);
        let typed = here.line(words).unwrap();
        let doing = Doing {
            kind: Kind::from_typed(kind).unwrap(),
            activity: typed.activity.unwrap(),
            tags: typed.tags,
            note: None,
        };
        let clash = Clash::Refuse;
        let edit = match here.range(times) {
            Ok(range) => {
                let (start, end) = range.tell(|_| {});
                Edit::Add { doing, start, end, clash }
            }
            Err(_) => Edit::Start { doing, at: here.time(times).unwrap().tell(|_| {}), clash },
        };
        desk.change(&Reach { days: day..=day, now_too: true, back_until: None }, |_| Ok(edit)).unwrap();
    }
}

fn key_event(key: &str) -> KeyEvent {
    let Some(name) = key.strip_prefix('<').and_then(|key| key.strip_suffix('>')) else {
        return KeyEvent::new(KeyCode::Char(key.chars().next().unwrap()), KeyModifiers::NONE);
    };
    let (held, name) = match name.split_once('-') {
        Some(("c", name)) => (KeyModifiers::CONTROL, name),
        Some(("s", name)) => (KeyModifiers::SHIFT, name),
        _ => (KeyModifiers::NONE, name),
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" if held == KeyModifiers::SHIFT => KeyCode::BackTab,
        "tab" => KeyCode::Tab,
        "space" => KeyCode::Char(' '),
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "delete" => KeyCode::Delete,
        "backspace" => KeyCode::Backspace,
        letter => KeyCode::Char(letter.chars().next().unwrap()),
    };
    KeyEvent::new(code, held)
}

/// Returns the text of a picture, without spaces at the ends of its rows.
pub(super) fn text_of(buffer: &Buffer) -> String {
    rows_of(buffer, |cell| cell.symbol().to_owned())
}

/// Returns a letter for the style of each cell, and what the letters mean.
fn styles_of(buffer: &Buffer) -> String {
    let legend = [
        ('.', Style::new()),
        ('f', Style::new().fg(Color::DarkGray)),
        ('M', Style::new().fg(Color::Cyan)),
        ('S', Style::new().fg(Color::Magenta)),
        ('B', Style::new().add_modifier(Modifier::BOLD)),
        ('F', Style::new().fg(Color::DarkGray).add_modifier(Modifier::BOLD)),
        ('m', Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD)),
        ('s', Style::new().fg(Color::Magenta).add_modifier(Modifier::BOLD)),
    ];
    let letter = |cell: &ratatui::buffer::Cell| {
        let style = cell.style();
        let same = |(_, other): &&(char, Style)| {
            let fg = |style: &Style| style.fg.filter(|color| *color != Color::Reset);
            (fg(other), other.add_modifier) == (fg(&style), style.add_modifier)
        };
        if cell.symbol() == " " {
            return " ".to_owned();
        }
        legend.iter().find(same).map_or('?', |(letter, _)| *letter).to_string()
    };
    let meaning = "styles: . plain  f faint  M made  S shaped  B bold; F m s the same, bold";
    format!("{}\n{meaning}", rows_of(buffer, letter))
}

fn rows_of(buffer: &Buffer, of: impl Fn(&ratatui::buffer::Cell) -> String) -> String {
    let area = buffer.area;
    let row = |y| {
        let mut row = String::new();
        let mut covered = 0;
        for x in 0..area.width {
            // What a wide character covers is no cell of its own.
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let cell = &buffer[(x, y)];
            covered = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
            row.push_str(&of(cell));
        }
        row.trim_end().to_owned()
    };
    (0..area.height).map(row).collect::<Vec<_>>().join("\n")
}
