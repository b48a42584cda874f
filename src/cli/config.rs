//! `config`: where the settings are, what they are, and what is wrong with them. It needs no
//! journal, so it also answers when that is what has gone wrong.

use std::path::Path;

use clap::Subcommand;

use super::ask;
use super::out::Out;
use super::shared::Answer;
use crate::beam::{Role, Row};
use crate::config::{Config, Mistakes, OPTIONS, Source, schema};
use crate::desk::editor;
use crate::failure::Failure;
use crate::places::Places;
use crate::report;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Write a file of all settings, each with what it does and switched off
    #[command(before_help = "Example:\n  tiltmeter config init")]
    Init,
    /// Open the file of settings in your editor, and say what is wrong with it
    #[command(before_help = "Example:\n  tiltmeter config edit")]
    Edit,
    /// Every setting, its value, who says so and what it does
    #[command(
        before_help = "Example:\n  tiltmeter config show\n  tiltmeter config show --json | jq '.settings[] | select(.from != \"default\")'"
    )]
    Show(Answer),
    /// Where the file of settings is, or would be
    #[command(before_help = "Example:\n  cp \"$(tiltmeter config path)\" ~/dotfiles/tiltmeter.toml")]
    Path,
    /// Everything that is wrong with the settings, each with its line and column
    #[command(before_help = "Example:\n  tiltmeter config check")]
    Check,
    /// The settings as a JSON Schema, for editors
    #[command(before_help = "Example:\n  tiltmeter config schema > tiltmeter.schema.json")]
    Schema,
}

pub(super) fn run(out: &Out, args: Args, flags: &[String]) -> Result<(), Failure> {
    let env = |name: &str| std::env::var_os(name);
    let file = Places::find(env)?.config;
    let path = crate::text::terminal_safe(&file.to_string_lossy()).to_string();
    match args.what {
        What::Init => init(out, &file, &path),
        What::Edit => edit(out, &file, &path),
        What::Path => out.line(&path),
        What::Schema => out.line(&format!("{:#}", schema())),
        What::Check => {
            check(out, &file, &path)?;
            let config = Config::load(&file, env, flags)?;
            hard_to_read(out, &config);
            out.line(&format!("{path}: {}", set(&config, Source::File)))
        }
        What::Show(answer) => {
            let config = Config::load(&file, env, flags)?;
            if answer.json { out.json(&json(&config, &path)) } else { out.rows(&rows(&config, &path)) }
        }
    }
}

fn init(out: &Out, file: &Path, path: &str) -> Result<(), Failure> {
    Config::create(file)?;
    out.line(path)?;
    out.line("every setting is in it, switched off; tiltmeter config edit opens it")
}

/// Opens the file as often as it takes for nothing to be wrong with it.
fn edit(out: &Out, file: &Path, path: &str) -> Result<(), Failure> {
    if Config::text(file)?.is_none() {
        Config::create(file)?;
    }
    loop {
        editor::ended(editor::command(file).status(), "tiltmeter config edit")?;
        match check(out, file, path) {
            Ok(config) => return out.line(&format!("{path}: {}", set(&config, Source::File))),
            Err(failure) if !out.can_ask() => return Err(failure),
            Err(failure) => {
                let again = ask::line(out, &format!("{}; open it again? [Y/n] ", failure.message))?;
                if again.is_none_or(|answer| answer.trim().to_lowercase().starts_with('n')) {
                    return Err(failure);
                }
            }
        }
    }
}

/// Shows all that is wrong with the file, and fails where anything is.
fn check(out: &Out, file: &Path, path: &str) -> Result<Config, Failure> {
    let Some(text) = Config::text(file)? else { return Ok(Config::default()) };
    let Mistakes { text, each } = match Config::of_file(&text) {
        Ok(config) => return Ok(config),
        Err(mistakes) => mistakes,
    };
    for mistake in &each {
        let [place, line, mark] = mistake.pointed_at(path, &text);
        out.rows(&[Row::new().with(place, Role::Strong), Row::plain(line), Row::new().with(mark, Role::Alert)])?;
    }
    let count = if each.len() == 1 { "is a mistake".to_owned() } else { format!("are {} mistakes", each.len()) };
    Err(Failure::environment(format!("there {count} in {path}")).hint("tiltmeter config edit opens it"))
}

/// Tells what in a theme of the user's own has less contrast than text needs.
fn hard_to_read(out: &Out, config: &Config) {
    for own in &config.own_themes {
        let name = crate::text::terminal_safe(&own.name).to_string();
        own.theme.weak().iter().for_each(|weak| out.note(&format!("themes.{name}: {weak}")));
    }
}

/// Says how many settings are set by whom.
fn set(config: &Config, by: Source) -> String {
    match OPTIONS.iter().filter(|option| config.source(option.name) == by).count() {
        0 => "nothing is wrong, and nothing is set: all is as it comes".to_owned(),
        1 => "nothing is wrong; one setting is set".to_owned(),
        count => format!("nothing is wrong; {count} settings are set"),
    }
}

fn rows(config: &Config, path: &str) -> Vec<Row> {
    let mut rows = vec![Row::new().with(format!("# {path}"), Role::Faint)];
    let mut section = None;
    for option in OPTIONS {
        let (within, name) = option.place();
        if within != section {
            let head = within.map(|within| format!("[{within}]"));
            rows.extend([Row::new()].into_iter().chain(head.map(Row::plain)));
            section = within;
        }
        rows.extend([
            Row::new(),
            Row::new().with(format!("# {}", option.help), Role::Faint),
            Row::new()
                .with(name, Role::Strong)
                .with(format!(" = {}", (option.show)(config)), Role::Plain)
                .with(format!("  # {}", config.source(option.name).word()), Role::Faint),
        ]);
    }
    rows
}

fn json(config: &Config, path: &str) -> String {
    let settings: Vec<_> = OPTIONS
        .iter()
        .map(|option| report::json::Setting {
            name: option.name,
            value: option.value(config),
            from: config.source(option.name).word(),
        })
        .collect();
    report::json::config(path, &settings)
}
