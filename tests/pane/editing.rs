//! `E`: the day in an editor, which has the terminal meanwhile.

use std::fs;

use crate::home::Home;

#[test]
fn a_changed_day_is_drawn_again_and_one_u_takes_it_back() {
    let mut home = Home::on_a_working_day();
    home.with_editor("sed -i.bak 's/staff sync/board meeting/' \"$1\"; put '12-12:30 o lunch'");
    let before = home.day();
    let mut pane = home.pane();
    pane.shows("staff sync").types("E").shows("board meeting").shows("lunch").is_taken();
    assert!(home.day().contains("11:00-12:00 co board meeting\n12:00-12:30 of lunch\n"), "{}", home.day());
    pane.types("u").shows("staff sync").types("q").is_given_back();
    assert_eq!(pane.ends(), 0);
    assert_eq!(home.day(), before);
    assert!(home.is_sound());
}

#[test]
fn an_unchanged_day_writes_nothing() {
    let mut home = Home::on_a_working_day();
    home.with_editor("touch edited");
    let mut pane = home.pane();
    let before = home.does("export jsonl");
    pane.types("Eq").is_given_back();
    assert_eq!(pane.ends(), 0);
    assert!(home.path("edited").exists());
    assert_eq!(home.does("export jsonl"), before);
}

#[test]
fn a_line_that_cannot_be_read_opens_it_again_with_the_error_above() {
    let mut home = Home::on_a_working_day();
    home.with_editor(
        "if [ -e again ]; then cp \"$1\" again; sed -i.bak 's/nonsense/12-13 c spec/' \"$1\"; \
         else touch again; put nonsense; fi",
    );
    let mut pane = home.pane();
    pane.types("E").shows("12:00  █ spec").is_taken();
    let again = fs::read_to_string(home.path("again")).unwrap();
    assert!(again.starts_with("#! ") && again.contains("\"nonsense\" is not a time"), "{again}");
    pane.types("u").waits_for("no spec", |screen| !screen.contents().contains("12:00  █ spec")).types("q");
    assert_eq!(pane.ends(), 0);
}

#[test]
fn an_editor_that_fails_or_is_not_there_is_told_and_the_pane_goes_on() {
    for (editor, why) in [("sh -c 'exit 3'", "3"), ("no-such-editor", "no-such-editor")] {
        let mut home = Home::on_a_working_day();
        let before = home.day();
        home.with("EDITOR", editor);
        let mut pane = home.pane();
        pane.types("E").is_taken().waits_for("a message", |screen| {
            let said: Vec<String> = screen.rows(0, 80).skip(20).collect();
            said.iter().any(|row| row.contains(why))
        });
        pane.types("nstill here").shows("now still here").types("\x1b").shows("n now").types("q").is_given_back();
        assert_eq!(pane.ends(), 0);
        assert_eq!(home.day(), before);
    }
}

#[test]
fn keys_typed_meanwhile_are_the_editors() {
    let mut home = Home::on_a_working_day();
    // Ctrl-C and Ctrl-\ too, which the terminal makes signals of, for all that run on it.
    home.with_editor("trap '' INT QUIT; echo editing; read line; put \"12-13 c $line\"");
    let mut pane = home.pane();
    pane.types("E")
        .waits_for("the editor", |screen| !screen.alternate_screen() && screen.contents().contains("editing"));
    pane.types("\x03").shows("^C").types("\x1c").shows("^\\");
    pane.types("quiet quarter\r").is_taken().shows("12:00  █ quiet quarter");
    pane.types("nnow mine").shows("now now mine").types("\x03").shows("n now").types("q").is_given_back();
    assert_eq!(pane.ends(), 0);
}
