//! `week`: the balance of a week, and how it would be without some of it.

use super::desk::Desk;
use super::picture::Pictures;
use super::shared::Answer;
use super::tell;
use crate::beam::Row;
use crate::domain::insight::{self, Part};
use crate::domain::{Answers, Beside, Days, Lift, Lifts, Review, Spark, Subject, Week};
use crate::failure::Failure;
use crate::journal::{KeptReading, Reach, Reading};
use crate::picture;
use crate::report::{self, json};
use crate::text::{Text, terminal_safe};

/// A name that is no more unlike than this to one that there is may be meant for it.
const ALIKE: f64 = 0.6;

#[derive(clap::Args, Debug, Default)]
pub(super) struct Args {
    /// Which: last week, w48, or any day of it; this week if not said
    #[arg(value_name = "DATE")]
    date: Vec<String>,
    /// Lift an activity, or a +tag, off the beam: the week as if its hours were free
    #[arg(long, value_name = "ACTIVITY")]
    without: Vec<String>,
    /// Count an activity, or a +tag, as made
    #[arg(long, value_name = "ACTIVITY")]
    as_made: Vec<String>,
    #[command(flatten)]
    answer: Answer,
    #[command(flatten)]
    pictures: Pictures,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let this = desk.calendar.week_of(desk.today());
    let week = if args.date.is_empty() { this } else { desk.here().week(&args.date.join(" "))? };
    let since = Beside::since(week, desk.today());
    let reading = desk.read(&Reach { days: since..=week.last(), now_too: week == this, back_until: None })?;
    let days = Days::of(&reading.ledger, &desk.calendar);
    let lifts = lifts(&days, week, args)?;
    let habits = &desk.config.habits;
    let beside = Beside::of(&days, week, habits, desk.today());
    let sparks = if beside.has_room() { sparks(desk, &reading)? } else { Vec::new() };
    let review = Review::of(&days, week, (&desk.calendar, habits), desk.here().now(), &lifts).beside(&beside, &sparks);
    if args.answer.json {
        let (thoughts, samples) = (&*reading.reflections, &*reading.samples);
        let reading = json::Reading { thoughts, samples, ..desk.as_of(&reading.ledger) };
        return desk.out.json(&json::week(&review, habits, &reading));
    }
    if let Some(form) = args.pictures.form() {
        return args.pictures.write(desk, &reading, |paper| picture::week(&review, form, paper));
    }
    let mut rows = report::week::rows(&review, reading.ledger.running(), &desk.look());
    let answers = Answers::of(reading.samples.iter().filter(|sample| week.range().contains(&sample.day)));
    rows.extend(report::asked::line(answers, &desk.look()).into_iter().flat_map(|row| [Row::new(), row]));
    desk.out.rows(&rows)
}

/// Reads what may be made in the gaps that are expected.
fn sparks(desk: &Desk<'_>, reading: &Reading) -> Result<Vec<Spark>, Failure> {
    let KeptReading { sparks, notices, .. } = desk.kept_beside(reading)?;
    tell::notices(desk, &notices);
    Ok(sparks)
}

/// Reads what is to be lifted, of what the week has.
fn lifts(days: &Days<'_>, week: Week, args: &Args) -> Result<Lifts, Failure> {
    let mut lifts = Lifts::default();
    if args.without.is_empty() && args.as_made.is_empty() {
        return Ok(lifts);
    }
    let slices = || week.days().flat_map(|day| days.slices(day)).copied();
    let (activities, tags) = (insight::activities(slices()), insight::tags(slices()));
    for (typed, lift) in [(&args.without, Lift::Free), (&args.as_made, Lift::Made)] {
        for typed in typed {
            let subject = match typed.strip_prefix(['+', '#']) {
                Some(tag) => Subject::Tag(named(tag, '+', &tags, week)?),
                None => Subject::Activity(
                    named(typed, ' ', &activities, week).map_err(|failure| or_tag(failure, typed, &tags))?,
                ),
            };
            if lifts.of(&subject).is_some_and(|before| before != lift) {
                let name = report::week::subject(&subject);
                return Err(Failure::refused(format!("\"{name}\" is lifted in both ways"))
                    .hint("say it with --without or with --as-made"));
            }
            lifts.set(subject, lift);
        }
    }
    Ok(lifts)
}

/// Returns what is called so in the week; capitals do not matter where they tell nothing apart.
fn named(typed: &str, sign: char, parts: &[Part<'_>], week: Week) -> Result<Text, Failure> {
    let exact = || parts.iter().find(|part| part.name.raw() == typed);
    let small = typed.to_lowercase();
    let alike = || parts.iter().find(|part| part.name.raw().to_lowercase() == small);
    if let Some(part) = exact().or_else(alike) {
        return Ok(part.name.clone());
    }
    let sign = Some(sign).filter(|sign| *sign != ' ').map(String::from).unwrap_or_default();
    let quoted = |name: &str| format!("\"{sign}{name}\"");
    let likeness = |part: &Part<'_>| strsim::normalized_damerau_levenshtein(&part.name.raw().to_lowercase(), &small);
    let likest = parts.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    let shown = |part: &Part<'_>| quoted(&part.name.for_terminal().to_string());
    let hint = match likest {
        Some(part) if likeness(part) >= ALIKE => format!("did you mean {}?", shown(part)),
        Some(_) => format!("it has {}", parts.iter().take(3).map(shown).collect::<Vec<_>>().join(", ")),
        None => format!("it has no {}", if sign.is_empty() { "activities" } else { "tags" }),
    };
    let name = quoted(&terminal_safe(typed).to_string());
    Err(Failure::refused(format!("{name} is not in week {}", week.iso().week())).hint(hint))
}

/// Names the tag of that name, where what was meant for an activity is one.
fn or_tag(failure: Failure, typed: &str, tags: &[Part<'_>]) -> Failure {
    let small = typed.to_lowercase();
    match tags.iter().find(|tag| tag.name.raw().to_lowercase() == small) {
        Some(tag) => Failure::refused(failure.message).hint(format!("did you mean \"+{}\"?", tag.name.for_terminal())),
        None => failure,
    }
}
