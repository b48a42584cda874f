//! The commented file that `config init` writes: every setting with what it does, as it comes
//! and switched off, so that a default that gets better later gets better for everybody.

use std::fmt::Write as _;

use super::options::{OPTIONS, Opt};
use super::{Config, SCHEMA_ADDRESS, show};

/// How wide a comment may be.
const WIDTH: usize = 92;

/// Returns the text of a new file of settings.
pub fn commented() -> String {
    let defaults = Config::default();
    let mut text = format!(
        "#:schema {SCHEMA_ADDRESS}\n\n# The settings of tiltmeter. Every line that begins with \"# \" and a name is as it comes:\n\
         # take the \"# \" away to change it. They change how the journal is read, never what it says.\n\
         # An open pane takes what you save here at once; tiltmeter config check says what is wrong.\n"
    );
    let mut section = None;
    for option in OPTIONS {
        let place = option.place().0.or(Some(option.name).filter(|_| option.form.is_table()));
        if place != section
            && let Some(name) = place
        {
            // Writing to a String cannot fail.
            let _ = write!(text, "\n[{name}]\n");
        }
        section = place;
        write_option(&mut text, option, &defaults);
    }
    text
}

fn write_option(text: &mut String, option: &Opt, defaults: &Config) {
    let mut help = option.help.to_owned();
    if let Some(variable) = option.variable {
        let _ = write!(help, " ({variable})");
    }
    text.push('\n');
    for line in wrapped(&help) {
        let _ = writeln!(text, "#   {line}");
    }
    let name = option.place().1;
    if option.form.is_table() {
        text.push_str("#   for example:\n");
        for row in rows(option.example) {
            let _ = writeln!(text, "# {row}");
        }
        return;
    }
    let _ = writeln!(text, "# {} = {}", show::key(name), (option.show)(defaults));
}

/// Returns the rows of an inline table, a line each.
fn rows(table: &str) -> Vec<String> {
    let parsed = table.parse::<toml_edit::Value>().ok();
    let table = parsed.as_ref().and_then(toml_edit::Value::as_inline_table);
    let row = |(name, value): (&str, &toml_edit::Value)| {
        let value = value.clone().decorated("", "");
        format!("{} = {value}", show::key(name))
    };
    table.map(|table| table.iter().map(row).collect()).unwrap_or_default()
}

/// Cuts a sentence into lines.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut().filter(|line| line.len() + 1 + word.len() <= WIDTH) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_changes_nothing_and_every_line_of_it_may_be_switched_on() {
        let text = commented();
        let mut config = Config::default();
        config.take_file(&text).unwrap();
        assert_eq!(config, Config::default());
        let is_off = |line: &str| line.starts_with("# ") && line.contains(" = ") && !line.starts_with("#  ");
        let on: Vec<&str> = text.lines().map(|line| if is_off(line) { &line[2..] } else { line }).collect();
        let mut config = Config::default();
        config.take_file(&on.join("\n")).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
        for option in OPTIONS {
            assert!(config.said.iter().any(|(said, _)| *said == option.name), "{} stands in it", option.name);
        }
    }

    #[test]
    fn no_line_of_it_is_wider_than_a_window() {
        assert!(commented().lines().all(|line| line.chars().count() <= 100));
    }
}
