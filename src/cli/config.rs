//! `config`: where the settings are, and what they are. It needs no journal, so it also
//! answers when that is what has gone wrong.

use clap::Subcommand;

use super::out::Out;
use super::shared::Answer;
use crate::beam::{Role, Row};
use crate::config::{Config, OPTIONS};
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
    /// Where the file of settings is, or would be
    #[command(before_help = "Example:\n  $EDITOR \"$(tiltmeter config path)\"")]
    Path,
    /// Every setting, its value and what it does
    #[command(before_help = "Example:\n  tiltmeter config show")]
    Show(Answer),
}

pub(super) fn run(out: &Out, args: Args) -> Result<(), Failure> {
    let env = |name: &str| std::env::var_os(name);
    let places = Places::find(env)?;
    let path = crate::text::terminal_safe(&places.config.to_string_lossy()).to_string();
    match args.what {
        What::Path => out.line(&path),
        What::Show(answer) => {
            let config = Config::load(&places.config, env)?;
            if answer.json { out.json(&json(&config, &path)) } else { out.rows(&rows(&config, &path)) }
        }
    }
}

fn rows(config: &Config, path: &str) -> Vec<Row> {
    let head = Row::new().with(format!("# {path}"), Role::Faint);
    let settings = OPTIONS.iter().flat_map(|option| {
        let setting = Row::new()
            .with(option.name, Role::Strong)
            .with(format!(" = {}", (option.show)(config)), Role::Plain)
            .with(format!("  # {}", config.source(option.name).word()), Role::Faint);
        [Row::new(), Row::new().with(format!("# {}", option.help), Role::Faint), setting]
    });
    std::iter::once(head).chain(settings).collect()
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
