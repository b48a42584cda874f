//! What the README shows is what happens.

use crate::Desk;

const README: &str = include_str!("../../README.md");

#[test]
fn the_first_day_in_five_commands_works_when_it_is_pasted() {
    let mut desk = Desk::new();
    desk.at("10:30");
    let block = fenced("sh").find(|block| block.contains("tiltmeter back")).unwrap();
    for line in block.lines() {
        let command = line.split('#').next().unwrap().trim().strip_prefix("tiltmeter ").unwrap();
        desk.prints(command);
    }
    assert!(desk.prints("day").contains("made 0h55"), "{}", desk.prints("day"));
}

#[test]
fn the_picture_of_a_day_is_one_that_the_program_draws() {
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
    let picture = fenced("text").find_map(|block| block.strip_prefix("$ tiltmeter day\n")).unwrap();
    assert_eq!(desk.prints("day"), picture);
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
