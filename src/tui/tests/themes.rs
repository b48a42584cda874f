//! Themes, tried live.

use ratatui::style::Color;

use super::Pane;
use crate::theme::{Depth, Themes};

const DUSK: Color = Color::Rgb(0x14, 0x16, 0x1b);

fn pane(depth: Depth) -> Pane {
    let mut pane = Pane::on_a_morning();
    pane.app.world.setting.themes = Themes::new(depth);
    pane
}

/// Returns what the cells stand on, each ground once.
fn grounds(pane: &mut Pane) -> Vec<Color> {
    let mut grounds: Vec<Color> = Vec::new();
    for cell in pane.draw().content() {
        if !grounds.contains(&cell.bg) {
            grounds.push(cell.bg);
        }
    }
    grounds
}

/// It catches a ground that ends before the screen does, and one that what lies over the screen lacks.
#[test]
fn a_theme_is_tried_live_and_paints_every_cell() {
    let mut pane = pane(Depth::True);
    assert_eq!(grounds(&mut pane), [Color::Reset], "the usual theme leaves the terminal its own");
    pane.press(":").types("theme").press("<enter>");
    assert_eq!(grounds(&mut pane), [DUSK]);
    assert!(pane.shows().contains("to keep it so: theme = \"dusk\" in the settings"));
    for keys in ["n", ":", "W", "T", "J", "?"] {
        let grounds = grounds(pane.press(keys));
        assert!(grounds.contains(&DUSK) && !grounds.contains(&Color::Reset), "{keys}: {grounds:?}");
        pane.press("<esc>");
    }
    for _ in 0..4 {
        pane.press(":").types("theme").press("<enter>");
    }
    assert_eq!(grounds(&mut pane), [Color::Reset], "after the last comes the first again");
}

/// It catches a change of colours that nobody sees and nobody explains.
#[test]
fn where_a_theme_cannot_be_shown_it_is_said_why() {
    let mut none = pane(Depth::None);
    none.press(":").types("theme").press("<enter>");
    assert_eq!(grounds(&mut none), [Color::Reset]);
    assert!(none.shows().contains("NO_COLOR"));
    let mut sixteen = pane(Depth::Sixteen);
    sixteen.press(":").types("theme").press("<enter>");
    assert_eq!(grounds(&mut sixteen), [Color::Reset]);
    assert!(sixteen.shows().contains("dusk needs 256 colours"));
}
