//! What the README shows is what happens.

use crate::Desk;

const README: &str = include_str!("../../README.md");

/// The lines of shell that are not run here, each with the reason.
const NOT_RUN: &[(&str, &str)] = &[
    ("cargo run --release", "builds the program that is being tested, and opens the pane"),
    ("cargo test", "is what runs this"),
];

/// Words with two dashes that are no flags of ours.
const OF_OTHERS: &[&str] = &["--release", "--path"];

/// Catches: a command or flag in the README that is misspelled, was renamed or is refused; a block in a language
/// that nobody looks after.
#[test]
fn every_block_of_the_readme_is_run_or_has_a_reason_not_to_be() {
    let mut tried = 0;
    for (language, block) in blocks(README) {
        match language {
            "sh" => tried += runs(block),
            "text" => assert!(block.starts_with("$ tiltmeter "), "shows no command and what it prints:\n{block}"),
            "toml" => {} // the_settings_of_the_readme_and_the_guides_are_taken
            other => panic!("say in this test how a block of «{other}» is tried"),
        }
    }
    assert!(tried > 15, "only {tried} commands were found");
    for (line, _) in NOT_RUN {
        assert!(README.contains(line), "{line} is not in the README any more");
    }
}

/// Runs each line of a block of shell, and returns how many commands of ours there were.
fn runs(block: &str) -> usize {
    let desk = if block.contains("tiltmeter back") { morning() } else { afternoon() };
    let mut tried = 0;
    for line in block.lines().filter(|line| !NOT_RUN.iter().any(|(left_out, _)| line.starts_with(left_out))) {
        let command = ours(line).unwrap_or_else(|| panic!("give a reason in NOT_RUN why «{line}» is not run"));
        let answer = desk.answer(&command);
        assert_eq!(answer.code, Some(0), "tiltmeter {command}\n{}", answer.said);
        if let Some((_, file)) = command.split_once("-o ") {
            assert!(desk.path(file.trim()).is_file(), "{command} left no {file}");
        }
        tried += 1;
    }
    tried
}

/// Returns what a line of shell asks of the program: without its name, the comment, and what stands around.
fn ours(line: &str) -> Option<String> {
    let code = line.split(" #").next()?;
    let (_, rest) = code.split_once("tiltmeter ")?;
    let command = rest.split([')', '|']).next()?;
    Some(command.replace('\'', "\"").trim().to_owned())
}

/// Catches: a printed line of the README that the program does not print (any more).
#[test]
fn what_the_readme_prints_is_what_the_program_prints() {
    let desk = afternoon();
    let mut tried = 0;
    for block in fenced("text") {
        let (command, shown) = block.split_once('\n').unwrap();
        let command = command.strip_prefix("$ tiltmeter ").unwrap();
        assert_eq!(desk.prints(command), shown, "tiltmeter {command}");
        tried += 1;
    }
    assert!(tried > 1);
}

#[test]
fn the_first_day_in_five_commands_makes_what_it_says() {
    let desk = morning();
    let block = fenced("sh").find(|block| block.contains("tiltmeter back")).unwrap();
    for line in block.lines() {
        desk.prints(&ours(line).unwrap());
    }
    assert!(desk.prints("day").contains("made 0h55"), "{}", desk.prints("day"));
}

/// Catches: a row of the tables of commands, or an abbreviation, that the program does not know.
#[test]
fn every_command_of_the_tables_has_help() {
    let desk = Desk::new();
    let (_, rest) = README.split_once("\n## The commands\n").unwrap();
    let rows = rest.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| `"));
    let mut tried = 0;
    for row in rows {
        let row = row.replace("\\|", "/");
        let cells: Vec<&str> = row.split('|').collect();
        // The table of every day has a column of abbreviations.
        let names = if cells.len() > 4 { &cells[1..3] } else { &cells[1..2] };
        let mut above = "";
        for quoted in names.iter().flat_map(|cell| cell.split('`').skip(1).step_by(2)) {
            let word = quoted.split(' ').next().unwrap();
            let known = desk.answer(&format!("{word} --help")).code == Some(0);
            // `config init` · `edit` · …: those after the first stand below it.
            let below = !above.is_empty() && desk.answer(&format!("{above} {word} --help")).code == Some(0);
            assert!(known || below, "tiltmeter {word}: the row {row}");
            above = if above.is_empty() { word } else { above };
            tried += 1;
        }
    }
    assert!(tried > 40, "only {tried} commands were found");
}

/// Catches: a command that nobody told the reader of.
#[test]
fn every_command_stands_in_the_readme() {
    let help = Desk::new().prints("--help");
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands = listed.lines().map(|line| line.split_whitespace().next().unwrap());
    for command in commands {
        let named = [format!("`{command} "), format!("`{command}`"), format!("`tiltmeter {command}`")];
        assert!(named.iter().any(|name| README.contains(name)), "the README does not name `{command}`");
    }
}

/// Catches: a flag in the README's prose that was renamed.
#[test]
fn every_flag_that_the_readme_names_stands_in_the_manual() {
    let desk = Desk::new();
    desk.prints("man -o manual");
    let pages = std::fs::read_dir(desk.path("manual")).unwrap();
    let manual: String = pages.map(|page| std::fs::read_to_string(page.unwrap().path()).unwrap()).collect();
    let manual = manual.replace("\\-", "-");
    let flag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let named = README.split(|c: char| !flag(c)).filter(|word| word.starts_with("--") && word.len() > 3);
    for named in named.filter(|word| word.chars().nth(2) != Some('-') && !OF_OTHERS.contains(word)) {
        assert!(manual.contains(named), "{named} is not in the manual");
    }
}

/// Returns a desk at half past ten, before anything is logged.
fn morning() -> Desk {
    let mut desk = Desk::new();
    desk.at("10:30");
    desk
}

/// Returns a desk in the afternoon of the README's day.
fn afternoon() -> Desk {
    let mut desk = Desk::new();
    desk.log(
        "10:30 now standup --ago 1h30
         10:30 create design doc +platform --ago 1h15
         10:30 now escalation --ago 20m
         10:30 back
         11:00 stop
         12:00 was interview: backend
         13:05 add 12:45-13:05 review: rate-limit change
         15:00 add 13:30-15:00 staff sync
         15:20 shape 1:1 platform lead +team",
    );
    desk.at("15:44").with("COLUMNS", "80");
    desk
}

/// Returns every fenced block of a page, with its language.
fn blocks(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split("\n```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap())
}

/// Returns the contents of the README's fenced blocks in a language.
fn fenced(language: &str) -> impl Iterator<Item = &'static str> {
    fenced_in(README, language)
}

fn fenced_in(page: &'static str, language: &str) -> impl Iterator<Item = &'static str> {
    let opening = format!("```{language}\n");
    let blocks: Vec<_> = page.split(&*opening).skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    blocks.into_iter()
}

/// Catches: an example of settings that the program does not take.
#[test]
fn the_settings_of_the_readme_and_the_guides_are_taken() {
    let desk = Desk::new();
    let guides = [include_str!("../../docs/config.md"), include_str!("../../docs/themes.md")];
    for example in guides.iter().flat_map(|guide| fenced_in(guide, "toml")).chain(fenced("toml")) {
        desk.write("config/tiltmeter/config.toml", example);
        let checked = desk.answer("config check");
        assert_eq!(checked.code, Some(0), "{example}\n{}{}", checked.printed, checked.said);
    }
    assert!(fenced("toml").count() > 0);
}
