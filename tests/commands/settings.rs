//! The file of settings: made, opened, checked.

use std::fs;

use crate::Desk;

const FILE: &str = "config/tiltmeter/config.toml";

#[test]
fn a_new_file_has_every_setting_changes_nothing_and_is_never_written_over() {
    let desk = Desk::new();
    let before = desk.prints("config show");
    let made = desk.prints("config init");
    assert!(made.contains("every setting is in it"), "{made}");
    assert_eq!(desk.prints("config show"), before);
    assert!(desk.prints("config check").contains("nothing is set"));
    fs::write(desk.path(FILE), "lunch = \"none\"\n").unwrap();
    assert!(desk.refuses("config init").contains("there are settings already"));
    assert_eq!(fs::read_to_string(desk.path(FILE)).unwrap(), "lunch = \"none\"\n");
    assert!(desk.prints("config check").contains("one setting is set"));
}

/// Catches: links that are followed round and round.
#[cfg(unix)]
#[test]
fn where_a_link_leads_to_itself_no_file_is_made_and_that_is_said() {
    let desk = Desk::new();
    desk.write("config/tiltmeter/beside", "");
    std::os::unix::fs::symlink("config.toml", desk.path(FILE)).unwrap();
    let said = desk.fails("config init", 2);
    assert!(said.contains("cannot be written"), "{said}");
}

#[test]
fn whatever_is_wrong_is_pointed_at_and_the_exit_code_says_so() {
    let desk = Desk::new();
    desk.write(FILE, "taget = 30\n\n[kinds]\n\"1:1\" = \"shapping\"\n[themes.mine]\nmade = \"blu\"\n");
    let checked = desk.answer("config check");
    assert_eq!(checked.code, Some(2));
    insta::assert_snapshot!(
        format!("{}{}", checked.printed, checked.said).replace(&*desk.home().to_string_lossy(), "~")
    );
}

/// Catches: seven mistakes glued into one line.
#[test]
fn any_other_command_tells_the_mistakes_a_line_each() {
    let desk = Desk::new();
    desk.write(FILE, "taget = 30\nlunch = 3\n");
    let said = desk.fails("day", 2);
    assert!(
        said.contains("has 2 mistakes:\n  line 1, column 1: ") && said.contains("\n  line 2, column 9: "),
        "{said}"
    );
}

/// Catches: a theme that nobody can read, and of which nobody is told.
#[test]
fn an_own_theme_that_is_hard_to_read_is_taken_and_told_of() {
    let desk = Desk::new();
    desk.write(FILE, "theme = \"mine\"\n[themes.mine]\nbased_on = \"dusk\"\nmade = \"#202020\"\n");
    let checked = desk.answer("config check");
    assert_eq!(checked.code, Some(0), "{}", checked.said);
    assert!(checked.said.contains("note: themes.mine: made"), "{}", checked.said);
    desk.write(FILE, "[themes.mine]\nbased_on = \"dusk\"\nmade = \"#ffffff\"\n");
    assert_eq!(desk.answer("config check").said, "");
}

#[cfg(unix)]
#[test]
fn the_editor_is_given_a_file_that_is_made_where_there_is_none_and_it_is_checked_afterwards() {
    let mut desk = Desk::new();
    desk.with("EDITOR", "sed -i 's/^# target = 30/target = 35/'");
    assert!(desk.prints("config edit").contains("one setting is set"));
    assert!(fs::read_to_string(desk.path(FILE)).unwrap().contains("\ntarget = 35\n"));
    desk.with("EDITOR", "printf 'lunch = 3\\n' >>");
    let behind = desk.answer("config edit");
    assert!(behind.printed.contains("lunch belongs above the first [table]"), "{}", behind.printed);
    desk.with("EDITOR", "printf 'nonsense' >");
    let edited = desk.answer("config edit");
    assert_eq!(edited.code, Some(2), "{}", edited.said);
    assert!(edited.printed.contains("config.toml:1:"), "{}", edited.printed);
    desk.with("EDITOR", "false");
    assert!(desk.fails("config edit", 2).contains("ended with an error"));
}
