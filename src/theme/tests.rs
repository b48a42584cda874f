//! What is measured of every theme that comes with it.

use super::contrast::{apart, oklab, times};
use super::*;

/// Returns `base` with other looks by name; or every mistake, with the name it stands at.
fn own<'p>(base: Theme, pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Result<Theme, Vec<(&'p str, Mistake)>> {
    let mut theme = base;
    let set = |(name, look)| theme.set(name, look).err().map(|mistake| (name, mistake));
    let mistakes: Vec<_> = pairs.into_iter().filter_map(set).collect();
    if mistakes.is_empty() { Ok(theme) } else { Err(mistakes) }
}

/// How much light of each part an eye sees that lacks one kind of cones entirely: Machado, Oliveira and
/// Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009),
/// <https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html>, severity 1.0.
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    ("trichromat", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanope",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranope",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritanope",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

fn with_own_colours() -> impl Iterator<Item = &'static BuiltIn> {
    BUILT_IN.iter().filter(|theme| theme.theme.background.is_some())
}

/// Returns the least distance between two of the three kinds, as each eye sees them.
fn least_apart(theme: &Theme, eye: &[[f64; 3]; 3]) -> f64 {
    let seen = [Role::Made, Role::Shaped, Role::TakenIn].map(|role| {
        let rgb = theme.look(role).colour.and_then(Colour::rgb).unwrap();
        oklab(times(eye, rgb.linear()).map(|part| part.clamp(0.0, 1.0)))
    });
    let [made, shaped, taken_in] = seen;
    apart(made, shaped).min(apart(made, taken_in)).min(apart(shaped, taken_in))
}

#[test]
fn the_names_are_those_of_the_table_and_three_have_colours_of_their_own() {
    assert_eq!(BUILT_IN.iter().map(|known| known.name).collect::<Vec<_>>(), NAMES);
    assert_eq!(with_own_colours().count(), 3);
    assert!(with_own_colours().any(|known| known.shade == Shade::Light));
    for known in with_own_colours() {
        let is_light = known.theme.background.and_then(Colour::rgb).unwrap().luminance() > 0.5;
        assert_eq!(known.shade == Shade::Light, is_light, "{}", known.name);
    }
    assert!(NAMES.iter().all(|name| Theme::named(name).is_some()) && Theme::named("Dusk").is_none());
}

/// It catches a colour that was chosen by eye, and one that is lost among the 256.
#[test]
fn words_are_readable_and_rails_are_seen_in_every_theme_with_all_colours_and_with_256() {
    for known in with_own_colours() {
        for depth in [Depth::True, Depth::Numbered] {
            let theme = known.theme.fitted(depth);
            for (name, role) in ROLES {
                let look = theme.look(role);
                let ground = look.ground.or(theme.background).and_then(Colour::rgb).unwrap();
                let contrast = look.colour.and_then(Colour::rgb).unwrap().contrast(ground);
                assert!(contrast >= least(role), "{name} of {} at {depth:?}: {contrast:.2}", known.name);
                assert!(!look.has(Manner::Dim), "how pale that is cannot be told");
            }
            assert!(theme.weak().is_empty(), "{:?}", theme.weak());
        }
    }
}

/// It catches a pair that differs only by a hue some do not see: cyan and violet, red and green.
#[test]
fn what_was_made_shaped_and_taken_in_stay_apart_for_every_eye() {
    for (eye, matrix) in &EYES {
        for row in matrix {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-5, "{eye}: white stays white");
        }
        for known in with_own_colours() {
            for depth in [Depth::True, Depth::Numbered] {
                let least = if known.name == "okabe" { 0.10 } else { 0.07 };
                let apart = least_apart(&known.theme.fitted(depth), matrix);
                assert!(apart >= least, "{} for a {eye} at {depth:?}: {apart:.3}", known.name);
            }
        }
    }
}

/// It catches a ground that stays where its words have gone, and sixteen colours painted on it.
#[test]
fn where_there_are_fewer_colours_nothing_is_left_that_cannot_be_shown() {
    for known in BUILT_IN {
        assert_eq!(known.theme.fitted(Depth::True), known.theme);
        let numbered = known.theme.fitted(Depth::Numbered);
        assert!(numbered.colours().all(|colour| matches!(colour, Colour::Numbered(_))), "{}", known.name);
        let sixteen = known.theme.fitted(Depth::Sixteen);
        assert_eq!(sixteen, if known.theme.background.is_some() { Theme::ANSI } else { known.theme });
        let none = known.theme.fitted(Depth::None);
        assert_eq!(none.colours().count(), 0);
        assert!(none.chosen.has(Manner::Reversed), "what is chosen is still seen");
    }
    // The user's own sixteen, with a ground among them, are theirs to choose.
    let mine = own(Theme::ANSI, [("background", "black"), ("plain", "white")]).unwrap();
    assert_eq!(mine.fitted(Depth::Sixteen), mine);
}

/// It catches foregrounds made for a painted ground, printed on a ground nobody knows.
#[test]
fn what_is_printed_has_no_colour_that_was_chosen_for_another_ground() {
    for known in BUILT_IN {
        assert_eq!(known.theme.printed().background, None);
    }
    assert_eq!(Theme::named("paper").unwrap().printed(), Theme::ANSI);
    let mine = own(Theme::ANSI, [("made", "#7aa2f7")]).unwrap();
    assert_eq!(mine.printed(), mine);
}

#[test]
fn a_theme_of_ones_own_changes_another_and_all_mistakes_are_told() {
    let mine = own(Theme::named("dusk").unwrap(), [("made", "bold #7aa2f7"), ("taken_in", "none")]).unwrap();
    assert_eq!(mine.look(Role::Made).to_string(), "bold #7aa2f7");
    assert_eq!(mine.look(Role::TakenIn), Look::PLAIN);
    assert_eq!(mine.background, Theme::named("dusk").unwrap().background);

    let pairs = [("mad", "cyan"), ("shaped", "cyam"), ("made", "red"), ("background", "bold"), ("colour", "red")];
    let mistakes = own(Theme::ANSI, pairs).unwrap_err();
    let told = mistakes.iter().map(|(name, mistake)| format!("{name}: {mistake}; {}", mistake.hint()));
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r##"
        mad: nothing in a theme is called "mad"; "made" is meant? there are plain, made, shaped, taken-in, off, rail, faint, strong, alert, background, chosen
        shaped: "cyam" is no colour; "cyan" is meant? a colour is "#7aa2f7", a name such as "cyan" or "bright-black", or a number to 255
        background: a background is one colour, not "bold"; a colour is "#7aa2f7", a name such as "cyan" or "bright-black", or a number to 255, or "none" for the terminal's own
        colour: nothing in a theme is called "colour"; there are plain, made, shaped, taken-in, off, rail, faint, strong, alert, background, chosen
        "##);
    let unknown = Themes::new(Depth::True).choose("dust").unwrap_err();
    insta::assert_snapshot!(format!("{unknown}; {}", unknown.hint()), @r#"there is no theme "dust"; "dusk" is meant? there are ansi, dusk, paper, okabe, mono"#);
}

/// It catches a warning that rounds up to what is needed, and one for what cannot be measured.
#[test]
fn what_is_hard_to_read_is_told_and_taken() {
    let weak = |pairs: &[(&'static str, &'static str)]| {
        let mine = own(Theme::ANSI, pairs.iter().copied()).unwrap();
        mine.weak().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(weak(&[("made", "#111111")]), "", "on a ground that nobody knows");
    insta::assert_snapshot!(weak(&[("background", "#ffffff"), ("plain", "#000"), ("faint", "#777777"), ("rail", "#bbb")]), @r##"
        rail: #bbbbbb on #ffffff has a contrast of 1.9, and needs 3.0
        faint: #777777 on #ffffff has a contrast of 4.4, and needs 4.5
        "##);
    insta::assert_snapshot!(weak(&[("background", "#ffffff"), ("made", "#000")]), @r##"
        plain: the terminal's own colour on #ffffff may not be readable; say a colour for plain
        taken-in: the terminal's own colour on #ffffff may not be readable; say a colour for plain
        strong: the terminal's own colour on #ffffff may not be readable; say a colour for plain
        alert: the terminal's own colour on #ffffff may not be readable; say a colour for plain
        chosen: the terminal's own colour on #ffffff may not be readable; say a colour for plain
        "##);
}

#[test]
fn going_through_the_themes_comes_to_each_and_back() {
    let mine = own(Theme::ANSI, [("made", "#7aa2f7")]).unwrap();
    let mut themes = Themes::new(Depth::True).with("mine", mine).with("dusk", mine);
    let mut seen = Vec::new();
    for _ in 0..6 {
        seen.push(themes.name().to_owned());
        themes.turn();
    }
    assert_eq!(seen, ["ansi", "dusk", "paper", "okabe", "mono", "mine"]);
    assert_eq!(themes.name(), "ansi");
    themes.choose("dusk").unwrap();
    assert_eq!(themes.shown(), mine, "one's own goes before the one of the same name");
    assert_eq!(themes.at(Depth::None).printed(), None);
}

/// Returns the row that the table of docs/themes.md has for a theme.
fn documented(known: &BuiltIn) -> String {
    let theme = known.theme;
    let colour = |colour: Option<Colour>| colour.map_or("the terminal's".to_owned(), |colour| format!("`{colour}`"));
    let [made, shaped, taken_in] =
        [Role::Made, Role::Shaped, Role::TakenIn].map(|role| colour(theme.look(role).colour));
    let contrasts = ROLES
        .into_iter()
        .filter(|(_, role)| *role != Role::Rail)
        .filter_map(|(_, role)| Some(theme.look(role).colour?.rgb()?.contrast(theme.background?.rgb()?)));
    // Rounded down: no more is promised than was measured.
    let least =
        contrasts.reduce(f64::min).map_or(String::new(), |least| format!("{:.1}", (least * 10.0).floor() / 10.0));
    let BuiltIn { name, about, .. } = known;
    format!("| `{name}` | {about} | {} | {made} | {shaped} | {taken_in} | {least} |", colour(theme.background))
}

/// It catches a figure that was true of the colours before.
#[test]
fn the_document_has_every_theme_with_its_colours_and_its_contrast() {
    let document = include_str!("../../docs/themes.md");
    for known in BUILT_IN {
        let row = documented(known);
        assert!(document.lines().any(|line| line == row), "docs/themes.md has not:\n{row}");
    }
    for (name, _) in ROLES.into_iter().chain([(CHOSEN, Role::Plain), (BACKGROUND, Role::Plain)]) {
        assert!(document.contains(&format!("`{name}`")), "{name}");
    }
}
