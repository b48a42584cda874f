//! The arguments of the program: every command, its letter, and an example first.

use clap::{Parser, Subcommand};

use super::{
    add, back, baseline, check, complete, config, confirm, day, edit, export, history, import, man, now, nudge, off,
    pane, remove, restore, sample, spark, split, status, stop, target, trend, was, week,
};

/// See which way your day tilts.
///
/// Log each block of the day as creating, shaping (creating through others) or
/// consuming, and read the balance. Without a command, it opens the live
/// pane; where there is no terminal, it prints today.
#[derive(Parser, Debug)]
#[command(
    name = "tiltmeter",
    version,
    disable_help_subcommand = true,
    before_help = "Example:\n  tiltmeter now design doc +platform\n  tiltmeter day"
)]
pub(in crate::cli) struct Args {
    /// Draw in plain ASCII characters
    #[arg(long, global = true)]
    pub(super) ascii: bool,

    /// Another setting, for this once: --set shaping=apart
    #[arg(long, global = true, value_name = "NAME=VALUE")]
    pub(super) set: Vec<String>,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

impl Args {
    /// Returns the settings that flags say.
    pub(super) fn settings(&self) -> Vec<String> {
        let ascii = self.ascii.then(|| "glyphs=ascii".to_owned());
        self.set.iter().cloned().chain(ascii).collect()
    }
}

#[derive(Subcommand, Debug)]
// Building the arguments of every command costs more than running most of them.
#[command(defer = true)]
pub(super) enum Command {
    /// Start a block; the running one ends
    #[command(
        visible_alias = "n",
        before_help = "Example:\n  tiltmeter now standup +team\n  tiltmeter now design doc --ago 15m"
    )]
    Now(now::Args),
    /// Say what you did from the end of the last block until now
    #[command(
        visible_alias = "w",
        before_help = "Example:\n  tiltmeter was escalation: billing\n  tiltmeter was          (asks line by line)"
    )]
    Was(was::Args),
    /// Start something that you make
    #[command(visible_alias = "c", before_help = "Example:\n  tiltmeter create design doc: rate limits +platform")]
    Create(now::What),
    /// Start something that lets others do more
    #[command(visible_alias = "s", before_help = "Example:\n  tiltmeter shape 1:1 platform lead")]
    Shape(now::What),
    /// Start something that you take in
    #[command(visible_alias = "i", before_help = "Example:\n  tiltmeter consume staff sync")]
    Consume(now::What),
    /// Start again what ran before: after an interruption, a lunch, a night
    #[command(visible_alias = "b", before_help = "Example:\n  tiltmeter back")]
    Back(back::Args),
    /// End the running block
    #[command(visible_alias = "x", before_help = "Example:\n  tiltmeter stop\n  tiltmeter stop --at 17:30")]
    Stop(stop::Args),
    /// Time that is not work: a break from now on, or whole days
    #[command(
        visible_alias = "o",
        before_help = "Example:\n  tiltmeter off lunch\n  tiltmeter off 24 dec..1 jan holiday"
    )]
    Off(off::Args),
    /// The balance of a day
    #[command(
        visible_alias = "d",
        before_help = "Example:\n  tiltmeter day\n  tiltmeter day yesterday --felt 4 --note \"wrote all morning\"\n  tiltmeter day --svg -o today.svg"
    )]
    Day(day::Args),
    /// The balance of a week
    #[command(
        visible_alias = "W",
        before_help = "Example:\n  tiltmeter week\n  tiltmeter week last week\n  tiltmeter week --html -o week.html\n  tiltmeter week --md --no-names     (to give away)"
    )]
    Week(week::Args),
    /// Take back your newest change
    #[command(visible_alias = "u", before_help = "Example:\n  tiltmeter undo")]
    Undo,
    /// Change a block, or a whole day in your editor
    #[command(
        visible_alias = "e",
        before_help = "Example:\n  tiltmeter edit @1 --start 9:15\n  tiltmeter edit 9:30 design doc: limits +platform --kind c\n  tiltmeter edit --day yesterday"
    )]
    Edit(edit::Args),
    /// Put in a block that has ended
    #[command(
        before_help = "Example:\n  tiltmeter add 9:00-10:30 interview: backend\n  tiltmeter add 45m mail\n  tiltmeter add 14-14:45 mail --on yesterday"
    )]
    Add(add::Args),
    /// Make two blocks of one
    #[command(before_help = "Example:\n  tiltmeter split @1\n  tiltmeter split 9:30 10:00")]
    Split(split::Args),
    /// Take a block out
    #[command(before_help = "Example:\n  tiltmeter remove @1")]
    Remove(remove::Args),
    /// Write down the end that is assumed where two blocks ran at once
    #[command(before_help = "Example:\n  tiltmeter confirm\n  tiltmeter confirm yesterday")]
    Confirm(confirm::Args),
    /// Do again what undo took back
    #[command(before_help = "Example:\n  tiltmeter undo\n  tiltmeter redo")]
    Redo,
    /// What was changed, and when: the newest changes, or the life of one block
    #[command(before_help = "Example:\n  tiltmeter history\n  tiltmeter history 9:30\n  tiltmeter history --removed")]
    History(history::Args),
    /// Bring back what was removed, or an earlier version of a block
    #[command(
        before_help = "Example:\n  tiltmeter restore 9:30\n  tiltmeter restore yesterday@9:30 design\n  tiltmeter restore @1 --version 2"
    )]
    Restore(restore::Args),
    /// The weeks one after another
    #[command(
        before_help = "Example:\n  tiltmeter trend\n  tiltmeter trend --weeks all\n  tiltmeter trend --html -o quarter.html"
    )]
    Trend(trend::Args),
    /// Small things you want to make, kept until there is a free half hour
    #[command(
        before_help = "Example:\n  tiltmeter spark read the tracing RFC --for 30m\n  tiltmeter spark\n  tiltmeter spark done 1"
    )]
    Spark(spark::Args),
    /// The share at which the beam is level, and what is usual for you
    #[command(
        before_help = "Example:\n  tiltmeter target\n  tiltmeter target 35\n  tiltmeter target mon 20 thu 50\n  tiltmeter target usual"
    )]
    Target(target::Args),
    /// What the share once was, to compare with
    #[command(
        before_help = "Example:\n  tiltmeter baseline 70% as an engineer\n  tiltmeter baseline 2025-01-06..2025-06-27 as an engineer\n  tiltmeter baseline none"
    )]
    Baseline(baseline::Args),
    /// One line for a prompt or a status bar; exits 0 but for --running
    #[command(
        before_help = "Example:\n  tiltmeter status\n  tiltmeter status --for tmux --format {today.share}\n  if tiltmeter status --running; then echo busy; fi",
        after_help = status::about_templates()
    )]
    Status(status::Args),
    /// Remind of what is due, once: for a timer of the system
    #[command(before_help = "Example:\n  tiltmeter nudge\n  tiltmeter nudge --print")]
    Nudge(nudge::Args),
    /// Say what it was at the random moment you were asked about, and what all answers tell
    #[command(before_help = "Example:\n  tiltmeter sample c\n  tiltmeter sample")]
    Sample(sample::Args),
    /// Write the journal out in another format
    #[command(before_help = "Example:\n  tiltmeter export csv --from 2026-11-01 -o november.csv")]
    Export(export::Args),
    /// Take in blocks that were exported
    #[command(before_help = "Example:\n  tiltmeter import json journal.json")]
    Import(import::Args),
    /// Read the whole journal and say what is wrong with it, and how to settle it
    #[command(
        before_help = "Example:\n  tiltmeter check\n  tiltmeter check --repair --dry-run\n  tiltmeter check --repair"
    )]
    Check(check::Args),
    /// Open the pane on a made-up quarter, in a temporary folder
    #[command(before_help = "Example:\n  tiltmeter demo\n  tiltmeter demo --svg week -o week.svg")]
    Demo(pane::DemoArgs),
    /// Where the settings are, and what they are
    #[command(before_help = "Example:\n  tiltmeter config show")]
    Config(config::Args),
    /// Print what a shell loads to complete this program: commands, and what you did before
    #[command(
        before_help = "Example:\n  tiltmeter completions zsh",
        after_help = complete::WHERE
    )]
    Completions(complete::Args),
    /// The manual: of the program, of one command, or all of it as files
    #[command(
        before_help = "Example:\n  tiltmeter man\n  tiltmeter man week\n  tiltmeter man -o ~/.local/share/man/man1"
    )]
    Man(man::Args),
    /// Answer the script of a shell
    #[command(hide = true)]
    Complete(complete::Asked),
}
