//! The week as text: seven levers laid down, their sum, and what the time went into.

use chrono::{Datelike, TimeDelta};

use super::look::{Look, right};
use super::words;
use crate::beam::row::width;
use crate::beam::{Arms, Role, Row, kinds, level};
use crate::domain::insight::{self, Activity};
use crate::domain::{Block, DayBalance, Kind, Lens, Share, Week, WeekBalance};
use crate::text::Text;

/// A week is not set wider than this.
const WIDEST: usize = 110;
/// So many activities are named of each kind.
const NAMED: usize = 5;
/// From this width on the kinds stand beside each other.
const THREE_COLUMNS: usize = 72;
/// From this width on it is said how the week would be without an activity.
const WITHOUT_IT: usize = 36;

/// Writes a week. `running` is the block that runs now, in whichever week.
pub fn rows(week: &WeekBalance<'_>, running: Option<&Block>, look: &Look<'_>) -> Vec<Row> {
    let look = &Look { width: look.width.min(WIDEST), ..*look };
    let mut rows = vec![heading(week.week, look), Row::new()];
    let columns = Columns::of(week, look);
    rows.extend(levers(week, &columns, look));
    let running = running.filter(|_| week.week.range().contains(&look.today()));
    rows.extend(sum(week, running, &columns, look));
    rows.push(Row::new());
    rows.extend(kinds_of_time(week, look));
    look.set(rows)
}

/// Returns the seven levers and their sum alone: for where the rest is told elsewhere.
pub fn picture(week: &WeekBalance<'_>, look: &Look<'_>) -> Vec<Row> {
    let look = &Look { width: look.width.min(WIDEST), ..*look };
    look.set(levers(week, &Columns::of(week, look), look))
}

/// Returns `Week 48  23–29 Nov 2026`.
pub fn heading(week: Week, look: &Look<'_>) -> Row {
    let (first, last) = (week.first(), week.last());
    let from = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => first.format("%-d"),
        (true, false) => first.format("%-d %b"),
        (false, _) => first.format("%-d %b %Y"),
    };
    let days = format!("  {from}{}{}", look.dash(), last.format("%-d %b %Y"));
    Row::new().with(format!("Week {}", week.iso().week()), Role::Strong).with(days, Role::Plain)
}

/// Where the columns of the days stand: a name, the arms, and the numbers there is room for.
struct Columns {
    name: usize,
    arms: Arms,
    arms_width: usize,
    has_logged: bool,
    has_longest: bool,
}

impl Columns {
    const SHARE: usize = "  100 %".len();
    const LOGGED: usize = "  logged".len();
    const LONGEST: usize = "  longest".len();

    fn of(week: &WeekBalance<'_>, look: &Look<'_>) -> Self {
        let has_logged = look.width >= 36;
        let has_longest = look.width >= 64;
        let name = match look.width {
            ..32 => "Mon ".len(),
            32..64 => "Mon 23 ".len(),
            _ => "Mon 23  ".len(),
        };
        let numbers =
            Self::SHARE + if has_logged { Self::LOGGED } else { 0 } + if has_longest { Self::LONGEST } else { 0 };
        let arms_width = look.width.saturating_sub(name + numbers);
        let [heading, _] = headings(week.lens);
        let heading = if arms_width >= 32 { heading.len() + 2 } else { "in ".len() };
        let rows = week.days.iter().map(|day| (&day.tally, day.target));
        let arms = Arms::fitting(rows, week.lens, arms_width, heading);
        Self { name, arms, arms_width, has_logged, has_longest }
    }

    /// Returns the column of the axis, counted from the left edge.
    fn axis(&self) -> usize {
        self.name + self.arms.axis()
    }

    /// Adds the numbers at the end of a row.
    fn add_numbers(&self, row: &mut Row, [share, logged, longest]: [&str; 3], role: Role) {
        row.pad_to(self.name + self.arms_width);
        row.push(right(share, Self::SHARE), role);
        if self.has_logged {
            row.push(right(logged, Self::LOGGED), role);
        }
        if self.has_longest {
            row.push(right(longest, Self::LONGEST), role);
        }
    }
}

fn headings(lens: Lens) -> [&'static str; 2] {
    match lens {
        Lens::Counted => ["taken in", "made, shaped"],
        Lens::Apart => ["shaped, taken in", "made"],
    }
}

/// Returns the seven days, under the names of the columns.
fn levers(week: &WeekBalance<'_>, columns: &Columns, look: &Look<'_>) -> Vec<Row> {
    let logged: Vec<TimeDelta> = week.days.iter().map(|day| day.tally.logged()).collect();
    let mut rows = vec![column_names(week.lens, columns)];
    for (day, logged) in week.days.iter().zip(words::minutes_that_add_up(&logged)) {
        rows.push(lever(day, logged, columns, look));
    }
    rows.push(Row::new());
    rows.push(week_level(week, columns, look));
    rows
}

fn column_names(lens: Lens, columns: &Columns) -> Row {
    let [mut inward, mut outward] = headings(lens);
    if columns.arms.axis() <= inward.len() || columns.arms_width < columns.arms.axis() + 1 + outward.len() {
        [inward, outward] = ["in", "out"];
    }
    let before_axis = columns.axis().saturating_sub(1);
    let mut row = Row::new().with(right(inward, before_axis), Role::Faint);
    row.pad_to(columns.axis() + 1);
    row.push(outward, Role::Faint);
    columns.add_numbers(&mut row, [words::share_of(lens), "logged", "longest"], Role::Faint);
    row
}

fn lever(day: &DayBalance<'_>, logged: TimeDelta, columns: &Columns, look: &Look<'_>) -> Row {
    let today = look.today();
    let has_time = day.tally.logged() > TimeDelta::zero();
    let name = if columns.name > "Mon ".len() { day.day.format("%a %e") } else { day.day.format("%a") }.to_string();
    let role = if day.day == today {
        Role::Strong
    } else if has_time {
        Role::Plain
    } else {
        Role::Faint
    };
    let mut row = Row::new().with(name, role);
    row.pad_to(columns.name);
    row.append(columns.arms.row(&day.tally, day.target, look.glyphs));
    if let Some(off) = day.off {
        row.trim_end();
        add_day_off(&mut row, off, columns, look);
    }
    if !has_time {
        row.trim_end();
        let dash = if day.day > today { "" } else { look.dash() };
        columns.add_numbers(&mut row, [dash, dash, ""], Role::Faint);
        return row;
    }
    let longest = day.longest.map_or_else(String::new, |longest| words::length(longest.length));
    columns.add_numbers(&mut row, [&look.share(day.share()), &words::length(logged), &longest], Role::Plain);
    row
}

/// Adds what a day off is for, right of the axis and of what was logged on it all the same.
fn add_day_off(row: &mut Row, off: &Block, columns: &Columns, look: &Look<'_>) {
    let room = (columns.name + columns.arms_width).saturating_sub(row.width() + 2);
    if room >= 3 {
        let off_alone = if room < words::DAY_OFF.len() { "off" } else { words::DAY_OFF };
        let why = words::why_off(off).unwrap_or_else(|| off_alone.to_owned());
        row.push(format!("  {}", look.left(&why, width(&why).min(room))), Role::Off);
    }
}

/// Returns the level of the week, its pivot under the axis of the days.
fn week_level(week: &WeekBalance<'_>, columns: &Columns, look: &Look<'_>) -> Row {
    let label = if columns.name > "Mon ".len() { "week  " } else { "" };
    let end = columns.name + columns.arms_width;
    let axis = columns.axis();
    let side = axis.saturating_sub(label.len()).min(end.saturating_sub(axis + 1));
    // Where the axis stands too near to an end, the level is worth more than its place.
    let (from, cells) =
        if side >= 4 { (axis - side, 2 * side + 1) } else { (label.len(), end.saturating_sub(label.len())) };
    let mut row = Row::new().with(label, Role::Strong);
    row.pad_to(from);
    row.append(level(week.share(), week.target, cells, look.glyphs));
    let logged = words::length(week.tally.logged());
    columns.add_numbers(&mut row, [&look.share(week.share()), &logged, ""], Role::Strong);
    if columns.has_longest {
        row.trim_end();
        row.push(format!("  {}", of_expected(week)), Role::Plain);
    }
    row
}

/// Returns `of 40h`, or nothing where nothing was expected.
fn of_expected(week: &WeekBalance<'_>) -> String {
    let coverage = words::coverage(week.tally.logged(), week.expected);
    coverage.split_once(" of ").map_or_else(String::new, |(_, expected)| format!("of {expected}"))
}

/// Returns the other numbers of the week.
fn sum(week: &WeekBalance<'_>, running: Option<&Block>, columns: &Columns, look: &Look<'_>) -> Vec<Row> {
    let days = week.days.iter().filter(|day| day.tally.logged() > TimeDelta::zero()).count();
    if days == 0 {
        return vec![nothing_yet(running, look)];
    }
    let guess = if look.habits.target_is_a_guess { ", a guess" } else { "" };
    let level = week.level().map(words::level);
    let switches = (week.switches() + days / 2) / days;
    let numbers = [
        level.map(|level| (level, Role::Strong)),
        (!columns.has_longest).then(|| (words::coverage(week.tally.logged(), week.expected), Role::Plain)),
        words::ratio(&week.tally, week.lens).map(|ratio| (ratio, Role::Plain)),
        Some((format!("{} a day", words::count(switches, "switch", "switches")), Role::Plain)),
        Some((format!("target {}{guess}", look.share(Some(week.target))), Role::Faint)),
    ];
    look.flow(if look.width < 64 { 0 } else { columns.name }, numbers.into_iter().flatten().collect())
}

/// Returns what is said of a week in which no time has passed yet.
fn nothing_yet(running: Option<&Block>, look: &Look<'_>) -> Row {
    let Some(block) = running.filter(|block| block.kind != Kind::Off) else {
        return Row::plain("nothing logged");
    };
    let activity = block.activity.for_terminal().to_string();
    let room = look.width.saturating_sub("x  has just begun".len());
    Row::new()
        .with(kinds::glyph(block.kind, look.glyphs), kinds::role(block.kind))
        .with(format!(" {}", look.left(&activity, width(&activity).min(room))), Role::Strong)
        .with(" has just begun", Role::Plain)
}

/// What one kind of time went into.
struct Spent {
    kind: Kind,
    total: TimeDelta,
    entries: Vec<Entry>,
}

/// An activity, or what is left after those that are named.
struct Entry {
    name: String,
    is_named: bool,
    time: TimeDelta,
    blocks: usize,
    without: Option<Share>,
}

/// Returns the three kinds with their activities, beside each other or below.
fn kinds_of_time(week: &WeekBalance<'_>, look: &Look<'_>) -> Vec<Row> {
    let spent = Spent::of_each_kind(week, look);
    let spent: Vec<Spent> = spent.into_iter().filter(|spent| !spent.entries.is_empty()).collect();
    if look.width < THREE_COLUMNS {
        return below_each_other(&spent, look);
    }
    let needs: Vec<usize> = spent.iter().map(Spent::needs).collect();
    let fixed: usize = spent.iter().map(Spent::numbers).sum::<usize>() + 3 * spent.len().saturating_sub(1);
    let names = room_for_each(&needs, look.width.saturating_sub(fixed));
    let height = spent.iter().map(|spent| spent.entries.len() + 1).max().unwrap_or_default();
    let mut rows = vec![Row::new(); height];
    let mut column = 0;
    for (spent, name) in spent.iter().zip(names) {
        for (row, added) in rows.iter_mut().zip(spent.rows(name, look)) {
            row.pad_to(column);
            row.append(added);
        }
        column += name + spent.numbers() + 3;
    }
    rows
}

fn below_each_other(spent: &[Spent], look: &Look<'_>) -> Vec<Row> {
    let numbers = spent.iter().map(Spent::numbers).max().unwrap_or_default();
    let need = spent.iter().map(Spent::needs).max().unwrap_or_default();
    let name = need.min(look.width.saturating_sub(numbers)).max(8);
    spent.iter().flat_map(|spent| spent.rows(name, look).into_iter().chain([Row::new()])).collect()
}

impl Spent {
    const TIME: usize = " 24h50".len();
    const TIMES: usize = " 12x".len();
    const WITHOUT: usize = "  without it".len();

    fn of_each_kind(week: &WeekBalance<'_>, look: &Look<'_>) -> [Self; 3] {
        let shown = words::shown(&week.tally);
        let whole = insight::activities(week.days.iter().flat_map(|day| &day.slices).copied());
        [Kind::Consuming, Kind::Creating, Kind::Shaping]
            .map(|kind| Self::of(week, kind, shown.time(kind), &whole, look))
    }

    /// Lists what one kind of time went into. `whole` has the activities with all their
    /// kinds: without one, all of it would be gone.
    fn of(week: &WeekBalance<'_>, kind: Kind, total: TimeDelta, whole: &[Activity<'_>], look: &Look<'_>) -> Self {
        let slices = week.days.iter().flat_map(|day| &day.slices).filter(|slice| slice.block.kind == kind).copied();
        let activities = insight::activities(slices);
        let without = |name: &Text| whole.iter().find(|of| of.activity == name)?.without(&week.tally).share(week.lens);
        let times: Vec<TimeDelta> = activities.iter().map(|activity| activity.tally.time(kind)).collect();
        let shown = words::minutes_that_add_up_to(total, &times);
        // One that is left over is named: it takes no more room than «1 other».
        let named = if activities.len() == NAMED + 1 { NAMED + 1 } else { NAMED };
        let name = |(activity, shown): (&Activity<'_>, &TimeDelta)| Entry {
            name: activity.activity.for_terminal().to_string(),
            is_named: true,
            time: *shown,
            blocks: activity.blocks,
            without: (kind == Kind::Consuming && look.width >= WITHOUT_IT)
                .then(|| without(activity.activity))
                .flatten(),
        };
        let mut entries: Vec<Entry> = activities.iter().zip(&shown).take(named).map(name).collect();
        let others = activities.len().saturating_sub(named);
        if others > 0 {
            let time = shown.iter().skip(named).sum();
            let name = words::count(others, "other", "others");
            entries.push(Entry { name, is_named: false, time, blocks: 0, without: None });
        }
        Self { kind, total, entries }
    }

    fn says_without(&self) -> bool {
        self.entries.iter().any(|entry| entry.without.is_some())
    }

    /// Returns the cells that the widest name takes.
    fn needs(&self) -> usize {
        let names = self.entries.iter().map(|entry| width(&entry.name));
        names.chain([self.kind.done().len() + 2]).max().unwrap_or_default()
    }

    /// Returns the cells that stand right of the names.
    fn numbers(&self) -> usize {
        if self.says_without() { Self::TIME + Self::TIMES + Self::WITHOUT } else { Self::TIME }
    }

    fn rows(&self, name: usize, look: &Look<'_>) -> Vec<Row> {
        let mark = kinds::glyph(self.kind, look.glyphs);
        let mut heading = Row::new()
            .with(mark, kinds::role(self.kind))
            .with(look.left(&format!(" {}", self.kind.done()), name.saturating_sub(1)), Role::Strong)
            .with(right(&words::length(self.total), Self::TIME), Role::Strong);
        if self.says_without() {
            heading.push(right("without it", Self::TIMES + Self::WITHOUT), Role::Faint);
        }
        [heading].into_iter().chain(self.entries.iter().map(|entry| entry.row(name, look))).collect()
    }
}

impl Entry {
    fn row(&self, name: usize, look: &Look<'_>) -> Row {
        let role = if self.is_named { Role::Plain } else { Role::Faint };
        let mut row = Row::new()
            .with(look.left(&self.name, name), role)
            .with(right(&words::length(self.time), Spent::TIME), role);
        if let Some(without) = self.without {
            let often = if self.blocks > 1 { look.times(self.blocks) } else { String::new() };
            row.push(right(&often, Spent::TIMES + 1), Role::Faint);
            row.push(right(&look.share(Some(without)), Spent::WITHOUT - 1), Role::Plain);
        }
        row
    }
}

/// Shares `room` out over columns: each gets what it needs, and where that is too much,
/// the widest give way first.
fn room_for_each(needs: &[usize], room: usize) -> Vec<usize> {
    let mut widths = needs.to_vec();
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > 2 => *widest -= 1,
            _ => break,
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::beam::Glyphs;
    use crate::beam::testing::{is_ascii, picture, roles};
    use crate::report::sample::Sample;

    const WEEK: [&str; 5] = [
        "09:00-09:30 i standup\n09:30-10:30 c design doc\n10:30-12:00 i staff sync\n13:00-13:40 s reviews
         13:40-14:30 i interviews\n14:30-16:00 i mail, threads\n16:00-16:30 s 1:1s\n16:30-16:50 c debugging",
        "09:00-09:30 i standup\n09:30-10:20 c spec\n10:20-12:00 i staff sync\n13:00-13:40 s reviews
         13:40-15:10 i interviews\n15:10-16:30 i mail, threads\n16:30-17:20 s 1:1s\n17:20-17:25 c debugging",
        "09:00-09:30 i standup\n09:30-10:10 c design doc\n10:10-12:00 i staff sync\n13:00-13:50 s 1:1s
         13:50-15:10 i interviews\n15:10-18:20 i escalations",
        "09:00-09:30 i standup\n09:30-11:40 c design doc\n11:40-12:00 i planning\n13:00-13:50 s 1:1s
         13:50-15:10 i interviews\n15:10-16:20 i retro",
        "09:00-09:30 i standup\n09:30-10:10 c design doc\n10:10-12:00 i status\n13:00-13:35 s 1:1s
         13:35-14:10 i budget\n14:10-14:40 i hiring",
    ];

    fn blocks() -> [Vec<Block>; 5] {
        let days = [("2026-11-23", 0), ("2026-11-24", 1), ("2026-11-25", 2), ("2026-11-26", 3), ("2026-11-27", 4)];
        days.map(|(day, at)| Sample::blocks(day, WEEK[at]))
    }

    fn drawn(width: usize, glyphs: Glyphs) -> Vec<Row> {
        let sample = Sample::at("2026-11-29T12:00");
        let ledger = sample.ledger(&blocks().concat());
        rows(&sample.week("2026-11-23", &ledger), None, &sample.look(width, glyphs))
    }

    #[test]
    fn seven_levers_laid_down_their_sum_and_what_the_time_went_into() {
        assert_snapshot!(picture(&drawn(80, Glyphs::Unicode)), @r"
        Week 48  23–29 Nov 2026

                                   taken in  made, shaped         share  logged  longest
        Mon 23             ░░░░░░░░░░░░░░░░░┃█████▓▓╽▓▓            37 %    6h50     1h00
        Tue 24          ░░░░░░░░░░░░░░░░░░░░┃████▓▓▓▓▓╽            33 %    7h25     0h50
        Wed 25   ░░░░░░░░░░░░░░░░░░░░░░░░░░░┃███▓▓▓      ╷         18 %    8h20     0h40
        Thu 26                 ░░░░░░░░░░░░░┃██████╽██▓▓▓          47 %    6h20     2h10
        Fri 27                ░░░░░░░░░░░░░░┃███▓▓ ╷               27 %    4h40     0h40
        Sat 28                              │                         –       –
        Sun 29                              │                         –       –

        week             ───────────────────▲█──────────────────   32 %   33h35  of 40h
                level   1 : 2.1   5 switches a day   target 30 %, a guess

        ░ taken in    22h55      without it   █ made      5h45   ▓ shaped  4h55
        interviews     5h00   4×       37 %   design doc  4h30   1:1s      3h35
        staff sync     5h00   3×       37 %   spec        0h50   reviews   1h20
        escalations    3h10            35 %   debugging   0h25
        mail, threads  2h50   2×       35 %
        standup        2h30   5×       34 %
        5 others       4h25
        ");
        assert_snapshot!(roles(&drawn(80, Glyphs::Unicode)), @r"
        SSSSSSS

        fffffffffffffffffffffffffffffffffff  ffffffffffff       ffffffffffffffffffffffff
                           iiiiiiiiiiiiiiiiirmmmmmssSss
                        iiiiiiiiiiiiiiiiiiiirmmmmsssssS
                 iiiiiiiiiiiiiiiiiiiiiiiiiiirmmmsss      r
                               iiiiiiiiiiiiirmmmmmmSmmsss
                              iiiiiiiiiiiiiirmmmss r
        ffffff                              r                   fffffffffffffff
        SSSSSS                              r                   fffffffffffffff

        SSSSSS           rrrrrrrrrrrrrrrrrrr mrrrrrrrrrrrrrrrrrrSSSSSSSSSSSSSSS
                SSSSS                                ffffffffffffffffffff

        iSSSSSSSSSSSSSSSSSSffffffffffffffff   mSSSSSSSSSSSSSSS   sSSSSSSSSSSSSS
                           fffff
                           fffff
                           fffff
                           fffff
                           fffff
        fffffffffffffffffff
        ");
    }

    #[test]
    fn the_week_in_ascii_and_on_narrow_terminals() {
        assert_snapshot!(picture(&drawn(80, Glyphs::Ascii)), @r"
        Week 48  23-29 Nov 2026

                                   taken in  made, shaped         share  logged  longest
        Mon 23             .................|#####==^==            37 %    6h50     1h00
        Tue 24          ....................|####=====^            33 %    7h25     0h50
        Wed 25   ...........................|###===      ^         18 %    8h20     0h40
        Thu 26                 .............|######^##===          47 %    6h20     2h10
        Fri 27                ..............|###== ^               27 %    4h40     0h40
        Sat 28                              |                         -       -
        Sun 29                              |                         -       -

        week             -------------------^>------------------   32 %   33h35  of 40h
                level   1 : 2.1   5 switches a day   target 30 %, a guess

        . taken in    22h55      without it   # made      5h45   = shaped  4h55
        interviews     5h00   4x       37 %   design doc  4h30   1:1s      3h35
        staff sync     5h00   3x       37 %   spec        0h50   reviews   1h20
        escalations    3h10            35 %   debugging   0h25
        mail, threads  2h50   2x       35 %
        standup        2h30   5x       34 %
        5 others       4h25
        ");
        assert_snapshot!(picture(&drawn(40, Glyphs::Unicode)), @r"
        Week 48  23–29 Nov 2026

                       in  out     share  logged
        Mon 23      ░░░░░░┃██▓╽     37 %    6h50
        Tue 24    ░░░░░░░░┃█▓╽      33 %    7h25
        Wed 25  ░░░░░░░░░░┃█▓  ╷    18 %    8h20
        Thu 26       ░░░░░┃██╽▓     47 %    6h20
        Fri 27       ░░░░░┃█▓╷      27 %    4h40
        Sat 28            │            –       –
        Sun 29            │            –       –

        week        ──────▲▌─────   32 %   33h35
        level   33h35 of 40h   1 : 2.1
        5 switches a day   target 30 %, a guess

        ░ taken in    22h55      without it
        interviews     5h00   4×       37 %
        staff sync     5h00   3×       37 %
        escalations    3h10            35 %
        mail, threads  2h50   2×       35 %
        standup        2h30   5×       34 %
        5 others       4h25

        █ made         5h45
        design doc     4h30
        spec           0h50
        debugging      0h25

        ▓ shaped       4h55
        1:1s           3h35
        reviews        1h20
        ");
        assert_snapshot!(picture(&drawn(24, Glyphs::Unicode)), @r"
        Week 48  23–29 Nov 2026

                in  out    share
        Mon   ░░░░░┃█╽      37 %
        Tue   ░░░░░┃█╽      33 %
        Wed ░░░░░░░┃▓  ╷    18 %
        Thu     ░░░┃█╽▓     47 %
        Fri     ░░░┃█▓╷     27 %
        Sat        │           –
        Sun        │           –

              ─────▲▌────   32 %
        level   33h35 of 40h
        1 : 2.1
        5 switches a day
        target 30 %, a guess

        ░ taken in    22h55
        interviews     5h00
        staff sync     5h00
        escalations    3h10
        mail, threads  2h50
        standup        2h30
        5 others       4h25

        █ made         5h45
        design doc     4h30
        spec           0h50
        debugging      0h25

        ▓ shaped       4h55
        1:1s           3h35
        reviews        1h20
        ");
    }

    #[test]
    fn days_ahead_are_blank_and_days_off_are_named() {
        let sample = Sample::at("2026-11-25T18:30");
        let mut blocks = blocks();
        blocks[1] = Sample::blocks("2026-11-24", "04:00-28:00 o moving house\n20:00-21:30 c a small program");
        blocks[3] = Sample::blocks("2026-11-26", "04:00-28:00 o thanksgiving");
        blocks[4].clear();
        let ledger = sample.ledger(&blocks.concat());
        let week = sample.week("2026-11-23", &ledger);
        let drawn = rows(&week, None, &sample.look(80, Glyphs::Unicode));
        assert_snapshot!(picture(&drawn[..13]), @r"
        Week 48  23–29 Nov 2026

                                   taken in  made, shaped         share  logged  longest
        Mon 23             ░░░░░░░░░░░░░░░░░┃█████▓▓╽▓▓            37 %    6h50     1h00
        Tue 24                              ┃██████  moving hou…  100 %    1h30     1h30
        Wed 25   ░░░░░░░░░░░░░░░░░░░░░░░░░░░┃███▓▓▓      ╷         18 %    8h20     0h40
        Thu 26                              │  thanksgiving
        Fri 27                              │
        Sat 28                              │
        Sun 29                              │

        week             ───────────────────▲██─────────────────   33 %   16h40  of 24h
                level   1 : 2.0   3 switches a day   target 30 %, a guess
        ");
    }

    #[test]
    fn without_an_activity_all_of_its_kinds_are_gone() {
        let sample = Sample::at("2026-11-29T12:00");
        let monday = "09:00-10:00 i hiring\n10:00-11:00 c hiring\n11:00-12:00 c spec\n13:00-16:00 i staff sync";
        let ledger = sample.ledger(&Sample::blocks("2026-11-23", monday));
        let week = sample.week("2026-11-23", &ledger);
        let drawn = picture(&rows(&week, None, &sample.look(80, Glyphs::Unicode)));
        // One hour made and three taken in are left.
        let hiring = drawn.lines().find(|line| line.starts_with("hiring")).unwrap();
        assert!(hiring.starts_with("hiring      1h00            25 %"), "{drawn}");
    }

    #[test]
    fn a_day_off_without_a_reason_is_off_where_there_is_no_room_for_more() {
        let sample = Sample::at("2026-11-25T18:30");
        let mut blocks = blocks();
        blocks[2].clear();
        blocks[3] = Sample::blocks("2026-11-26", "04:00-28:00 o day off");
        let ledger = sample.ledger(&blocks.concat());
        let thursday = |width| {
            let drawn = rows(&sample.week("2026-11-23", &ledger), None, &sample.look(width, Glyphs::Unicode));
            drawn.iter().map(Row::text).find(|row| row.starts_with("Thu")).unwrap()
        };
        assert!(thursday(80).ends_with("│  day off"), "{}", thursday(80));
        assert!(thursday(40).ends_with("│  off"), "{}", thursday(40));
    }

    #[test]
    fn an_empty_week_is_drawn_too() {
        let sample = Sample::at("2026-11-29T12:00");
        let ledger = sample.ledger(&[]);
        let week = sample.week("2026-11-23", &ledger);
        assert_snapshot!(picture(&rows(&week, None, &sample.look(60, Glyphs::Unicode))), @r"
        Week 48  23–29 Nov 2026

                taken in  made, shaped                 share  logged
        Mon 23           │                                 –       –
        Tue 24           │                                 –       –
        Wed 25           │                                 –       –
        Thu 26           │                                 –       –
        Fri 27           │                                 –       –
        Sat 28           │                                 –       –
        Sun 29           │                                 –       –

        week  ┄┄┄┄┄┄┄┄┄┄┄△┄┄┄┄┄┄┄┄┄┄┄                      –    0h00
        nothing logged
        ");
    }

    #[test]
    fn a_week_in_which_something_has_just_begun_does_not_say_that_nothing_is_logged() {
        let sample = Sample::at("2026-11-23T09:15");
        let drawn = |lines: &str, width: usize| {
            let ledger = sample.ledger(&Sample::blocks("2026-11-23", lines));
            let week = sample.week("2026-11-23", &ledger);
            rows(&week, ledger.running(), &sample.look(width, Glyphs::Unicode)).last().unwrap().text()
        };
        assert_eq!(drawn("09:15 i standup", 80), "░ standup has just begun");
        assert_eq!(drawn("09:15 i interview: backend", 26), "░ intervie… has just begun");
        assert_eq!(drawn("09:00 o dentist", 80), "nothing logged");
    }

    #[test]
    fn a_week_over_the_new_year_names_both_years() {
        let sample = Sample::at("2027-01-01T12:00");
        let heading =
            |day: &str| heading(sample.calendar.week_of(day.parse().unwrap()), &sample.look(80, Glyphs::Unicode));
        assert_eq!(heading("2027-01-01").text(), "Week 53  28 Dec 2026–3 Jan 2027");
        assert_eq!(heading("2026-12-01").text(), "Week 49  30 Nov–6 Dec 2026");
    }

    #[test]
    fn names_give_way_to_each_other_the_widest_first() {
        assert_eq!(room_for_each(&[20, 10, 5], 60), [20, 10, 5]);
        assert_eq!(room_for_each(&[20, 10, 5], 25), [10, 10, 5]);
        assert_eq!(room_for_each(&[20, 10, 5], 12), [4, 4, 4]);
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_asked_or_ends_in_a_space(width in 0_usize..140, ascii in any::<bool>()) {
            for row in drawn(width, if ascii { Glyphs::Ascii } else { Glyphs::Unicode }) {
                prop_assert!(row.width() <= width, "{:?}", row.text());
                prop_assert!(row.spans().last().is_none_or(|span| !span.text.ends_with(' ')));
                prop_assert!(!ascii || is_ascii(&row), "{:?}", row.text());
            }
        }

        #[test]
        fn what_is_shown_of_the_week_adds_up(cuts in prop::collection::vec(0_i64..59, 60)) {
            let sample = Sample::at("2026-11-29T12:00");
            let mut blocks = blocks();
            for (block, cut) in blocks.iter_mut().flatten().zip(cuts) {
                block.end = block.end.map(|end| end - TimeDelta::seconds(cut));
            }
            let ledger = sample.ledger(&blocks.concat());
        let week = sample.week("2026-11-23", &ledger);
            let shown = words::shown(&week.tally);
            for spent in Spent::of_each_kind(&week, &sample.look(80, Glyphs::Unicode)) {
                let time = spent.entries.iter().map(|entry| entry.time).sum::<TimeDelta>();
                prop_assert_eq!(time, shown.time(spent.kind));
            }
            let days: Vec<TimeDelta> = week.days.iter().map(|day| day.tally.logged()).collect();
            prop_assert_eq!(words::minutes_that_add_up(&days).iter().sum::<TimeDelta>(), shown.logged());
        }
    }
}
