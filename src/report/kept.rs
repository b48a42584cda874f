//! What is kept besides blocks, in words: sparks, what was thought of a day, the baseline,
//! the target.

use chrono::{NaiveDate, TimeDelta, Weekday};

use super::{Look, asked, words};
use crate::beam::{Role, Row, kinds};
use crate::domain::usual::Usual;
use crate::domain::{Baseline, BaselineFrom, Kept, Kind, Reflection, Share, Spark, Thing};

/// The names of the days, Monday first.
const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Returns something of the journal as a message names it.
pub fn thing(thing: &Thing, look: &Look<'_>) -> String {
    match thing {
        Thing::Block(block) => words::block(block, look),
        Thing::Kept(kept) => named(kept),
    }
}

/// Returns something that is kept as a message names it: `the spark "read the RFC"`.
pub fn named(kept: &Kept) -> String {
    match kept {
        Kept::Spark(spark) => format!("the spark {}", words::quoted(&spark.text)),
        Kept::Reflection(reflection) => format!("what was thought of {}", words::date(reflection.day)),
        Kept::Baseline(_) => "the baseline".to_owned(),
        Kept::Sample(sample) => {
            format!("what was answered for {} {}", words::date(sample.day), words::clock(sample.at))
        }
    }
}

/// Returns something that is kept on a row, and what was done to it.
pub fn row(kept: &Kept, verb: &str, look: &Look<'_>) -> Row {
    let mut row = match kept {
        Kept::Spark(spark) => {
            let mut row = Row::plain(format!("{:<13} ", "spark"));
            row.append(text(spark, look));
            row.with(format!("  {}", words::length(spark.length)), Role::Plain)
        }
        Kept::Reflection(reflection) => {
            let mut row = Row::plain(format!("{}  ", words::date(reflection.day)));
            row.append(reflected(reflection, look));
            row
        }
        Kept::Baseline(baseline) => {
            let mut row = Row::plain(format!("{:<13} ", "baseline"));
            row.append(self::baseline(baseline, None, look));
            row
        }
        Kept::Sample(sample) => {
            let mut row = Row::plain(format!("{:<13}  ", words::moment(sample.at, look)));
            row.append(asked::answer(sample, look));
            row
        }
    };
    row.push(format!("  {verb}"), Role::Faint);
    row
}

/// Returns something that is kept, as short as a row can have it.
pub fn brief(kept: &Kept, look: &Look<'_>) -> Row {
    match kept {
        Kept::Spark(spark) => text(spark, look),
        other => Row::plain(named(other)),
    }
}

fn text(spark: &Spark, look: &Look<'_>) -> Row {
    let kind = Kind::Creating;
    Row::new()
        .with(kinds::glyph(kind, look.glyphs), kinds::role(kind))
        .with(format!(" {}", spark.text.for_terminal()), Role::Strong)
}

/// Returns what taking something back, or doing it again, has come to, in a line.
pub fn back(before: &[Kept], after: &[Kept], look: &Look<'_>) -> Row {
    let mut row = Row::new();
    let gone = before.iter().filter(|was| !after.iter().any(|now| now.is_same_as(was))).map(|was| (was, "gone"));
    for (kept, verb) in
        after.iter().map(|now| (now, became(before.iter().find(|was| was.is_same_as(now)), now))).chain(gone)
    {
        if row.width() > 0 {
            row.push(", ", Role::Plain);
        }
        row.append(match kept {
            Kept::Spark(spark) => {
                let mut said = Row::plain(format!("{verb} "));
                said.append(text(spark, look));
                said
            }
            Kept::Reflection(_) | Kept::Baseline(_) | Kept::Sample(_) => Row::plain(format!("{} {verb}", named(kept))),
        });
    }
    row
}

/// Says what became of something that is there.
pub fn became(before: Option<&Kept>, after: &Kept) -> &'static str {
    match (before, after) {
        (None, _) => "there again",
        (Some(Kept::Spark(was)), Kept::Spark(now)) if was.done.is_some() && now.is_open() => "open again",
        (Some(Kept::Spark(was)), Kept::Spark(now)) if was.is_open() && !now.is_open() => "done again",
        _ => "as it was",
    }
}

/// Returns what was thought of a day: `felt 4 of 5  "a good one"`.
pub fn reflected(reflection: &Reflection, look: &Look<'_>) -> Row {
    let mut row = Row::new();
    if let Some(felt) = reflection.felt {
        row.push("felt ", Role::Faint);
        row.push(felt.mark().to_string(), Role::Strong);
        row.push(" of 5", Role::Faint);
    }
    if let Some(note) = &reflection.note {
        let space = if row.width() > 0 { "  " } else { "" };
        row.push(format!("{space}{}", words::quoted(note)), Role::Plain);
    }
    if row.width() == 0 { Row::new().with(look.dash(), Role::Faint) } else { row }
}

/// Returns sparks, each with the number it is called by.
pub fn sparks(sparks: &[Spark], look: &Look<'_>) -> Vec<Row> {
    if sparks.is_empty() {
        let how = Row::new().with("  tiltmeter spark read the tracing RFC --for 30m", Role::Strong);
        return vec![Row::plain("no sparks: small things you want to make, kept until there is a free half hour"), how];
    }
    let open = sparks.iter().filter(|spark| spark.is_open());
    let done = sparks.iter().filter(|spark| !spark.is_open());
    let mut rows: Vec<Row> = (1..).zip(open).map(|(number, spark)| listed(&number.to_string(), spark, look)).collect();
    rows.extend(done.map(|spark| listed("", spark, look)));
    look.set(rows)
}

fn listed(number: &str, spark: &Spark, look: &Look<'_>) -> Row {
    let after = match spark.done {
        Some(done) => format!("  {}  done {}", words::length(spark.length), words::moment(done, look)),
        None => format!("  {}  {}", words::length(spark.length), age(look.calendar.day_of(spark.put), look.today())),
    };
    let mut row = Row::new().with(format!("{number:>2} "), Role::Strong);
    let mut name = text(spark, look);
    name.cut_to(look.width.saturating_sub(row.width() + after.len()), look.glyphs);
    row.append(name);
    row.with(after, Role::Faint)
}

/// Returns how long ago a day was: `today`, `yesterday`, `3 days`, `5 weeks`.
pub fn age(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days @ 2..14 => format!("{days} days"),
        days => format!("{} weeks", days / 7),
    }
}

/// Returns a free time in words: `a free half hour`, `a free hour`, `a free 0h50`.
pub fn free(time: TimeDelta) -> String {
    match time.num_minutes() {
        30..45 => "a free half hour".to_owned(),
        60..75 => "a free hour".to_owned(),
        _ => format!("a free {}", words::length(time)),
    }
}

/// Returns the baseline: `70 %  as an engineer`; of days of the journal, their share where it
/// is known, and which they are.
pub fn baseline(baseline: &Baseline, share: Option<Share>, look: &Look<'_>) -> Row {
    let (share, days) = match baseline.from {
        BaselineFrom::Remembered(share) => (Some(share), None),
        BaselineFrom::Days { first, last } => (share, Some((first, last))),
    };
    let mut row = Row::new().with(look.share(share), Role::Strong);
    if let Some(name) = &baseline.name {
        row.push(format!("  {}", name.for_terminal()), Role::Plain);
    }
    if let Some((first, last)) = days {
        row.push(format!("  {}{}{}", words::date(first), look.dash(), words::date(last)), Role::Faint);
    }
    row
}

/// Returns the target: `35 %`, or where the days differ `30 %, Mon 20 %, Thu 50 %`.
pub fn target(targets: &[Share; 7]) -> String {
    let count = |target: &Share| targets.iter().filter(|other| other.shown() == target.shown()).count();
    let most = targets.iter().copied().max_by_key(|target| count(target)).unwrap_or(Share::GUESS);
    let others = WEEKDAYS.iter().zip(targets).filter(|(_, target)| target.shown() != most.shown());
    let others = others.map(|(day, target)| format!("{day} {} %", target.shown()));
    std::iter::once(format!("{} %", most.shown())).chain(others).collect::<Vec<_>>().join(", ")
}

/// Returns what one usually has, and on which weekdays.
pub fn usual(usual: Option<&Usual>) -> Vec<Row> {
    let Some(usual) = usual else {
        return vec![Row::plain("usual   ").with("not known yet: five logged days are needed", Role::Faint)];
    };
    let mut rows = vec![
        Row::plain("usual   ")
            .with(format!("{} %", usual.share.shown()), Role::Strong)
            .with(format!("  of the last {} logged days", usual.days), Role::Faint),
    ];
    let days = WEEKDAYS.iter().zip(usual.weekdays);
    let days: Vec<String> = days.filter_map(|(day, share)| Some(format!("{day} {} %", share?.shown()))).collect();
    if !days.is_empty() {
        rows.push(Row::plain("        ").with(days.join("  "), Role::Plain));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_time_is_called_what_people_call_it() {
        let said = |minutes| free(TimeDelta::minutes(minutes));
        assert_eq!(said(30), "a free half hour");
        assert_eq!(said(44), "a free half hour");
        assert_eq!(said(50), "a free 0h50");
        assert_eq!(said(60), "a free hour");
        assert_eq!(said(150), "a free 2h30");
    }

    #[test]
    fn the_target_names_the_days_that_differ() {
        let share = |points: f64| Share::percent(points).unwrap();
        let mut targets = [share(30.0); 7];
        assert_eq!(target(&targets), "30 %");
        targets[0] = share(20.0);
        targets[3] = share(50.0);
        assert_eq!(target(&targets), "30 %, Mon 20 %, Thu 50 %");
    }

    #[test]
    fn how_long_ago_is_said_in_days_and_then_in_weeks() {
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        let ago = |days: u64| age(today - chrono::Days::new(days), today);
        assert_eq!(
            [ago(0), ago(1), ago(13), ago(14), ago(40)],
            ["today", "yesterday", "13 days", "2 weeks", "5 weeks"]
        );
    }
}
