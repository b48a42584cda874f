//! Settings that are changed while the pane is open.

use std::fs;
use std::path::Path;

use crate::home::Home;

/// Puts a text in the place of a file as editors do: written beside it and renamed.
fn save(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let beside = path.with_extension("new");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

/// Catches: a watch that begins only where there is a file already, one that loses the file when an
/// editor puts another in its place, and one that forgets what lies behind a link.
#[test]
fn what_is_saved_in_the_settings_shows_in_the_open_pane_at_once() {
    for linked in [false, true] {
        let home = Home::on_a_working_day();
        let place = home.path("config/tiltmeter/config.toml");
        let file = if linked { home.path("dotfiles/tiltmeter.toml") } else { place.clone() };
        if linked {
            save(&file, "");
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(&file, &place).unwrap();
        }
        let mut pane = home.pane();
        pane.shows("n now").shows("09:15");
        save(&file, "clock = \"12h\"\n[keys]\nnow = \"x\"\n");
        pane.shows("9:15am").shows("x now");
        save(&file, "clock = \"13h\"\n");
        pane.shows("config check").shows("9:15am");
        save(&file, "");
        pane.shows("n now").shows("09:15").types("q");
        assert_eq!(pane.ends(), 0);
    }
}
