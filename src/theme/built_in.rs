//! The themes that come with it.
//!
//! Made, shaped and taken in stay apart in each of those with colours of their own, also for eyes that
//! are blind for red, green or blue, and after the nearest of 256 colours took their place; tests
//! measure it. `okabe` is from the palette that Masataka Okabe and Kei Ito made for that ("Color
//! Universal Design", 2002/2008, <https://jfly.uni-koeln.de/color/>).

use super::colour::Colour::{self, Exact, Numbered};
use super::contrast::Rgb;
use super::look::{Look, Manner};
use super::{Shade, Theme};

/// A theme that comes with it.
#[derive(Debug)]
pub struct BuiltIn {
    /// Its name in the settings.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// For which terminals it is made.
    pub shade: Shade,
    /// Itself.
    pub theme: Theme,
}

/// Every theme that comes with it; the first is the usual one.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn { name: "ansi", about: "the terminal's own sixteen colours", shade: Shade::Either, theme: ANSI },
    BuiltIn { name: "dusk", about: "blue and violet on a dark ground", shade: Shade::Dark, theme: DUSK },
    BuiltIn { name: "paper", about: "blue and rust on a light ground", shade: Shade::Light, theme: PAPER },
    BuiltIn {
        name: "okabe",
        about: "sky blue and orange on black, for colour-blind eyes: Okabe and Ito's palette",
        shade: Shade::Dark,
        theme: OKABE,
    },
    BuiltIn { name: "mono", about: "no colours, only bold", shade: Shade::Either, theme: MONO },
];

/// Their names.
pub const NAMES: [&str; 5] = ["ansi", "dusk", "paper", "okabe", "mono"];

const BOLD: Look = Look::PLAIN.with(Manner::Bold);

/// Few of the sixteen, so that they are the user's own.
pub(super) const ANSI: Theme = Theme {
    made: Look::of(Numbered(6)),
    shaped: Look::of(Numbered(5)),
    off: Look::of(Numbered(8)),
    rail: Look::of(Numbered(8)),
    faint: Look::of(Numbered(8)),
    ..MONO
};

pub(super) const MONO: Theme = Theme {
    plain: Look::PLAIN,
    made: Look::PLAIN,
    shaped: Look::PLAIN,
    taken_in: Look::PLAIN,
    off: Look::PLAIN,
    rail: Look::PLAIN,
    faint: Look::PLAIN,
    strong: BOLD,
    alert: BOLD,
    chosen: BOLD.with(Manner::Reversed),
    background: None,
};

const DUSK: Theme = Inks {
    ground: exact(0x14_161b),
    ink: exact(0xe4_e7eb),
    faint: exact(0x98_a2ad),
    rail: exact(0x7b_8591),
    made: exact(0x5f_d7ff),
    shaped: exact(0xb4_8ef7),
    taken_in: exact(0xb4_bdc6),
    alert: exact(0xff_c777),
    chosen: exact(0xe4_e7eb),
}
.theme();

const PAPER: Theme = Inks {
    ground: exact(0xfb_faf6),
    ink: exact(0x1b_1f24),
    faint: exact(0x5c_646c),
    rail: exact(0x75_7d85),
    made: exact(0x0a_6c86),
    shaped: exact(0xb5_400a),
    taken_in: exact(0x3d_444b),
    alert: exact(0xa8_0f3c),
    chosen: exact(0x1b_1f24),
}
.theme();

const OKABE: Theme = Inks {
    ground: exact(0x10_1010),
    ink: exact(0xf5_f5f5),
    faint: exact(0x9e_9e9e),
    rail: exact(0x80_8080),
    // Sky blue, orange and yellow of the palette; what was taken in has no hue to be taken for another.
    made: exact(0x56_b4e9),
    shaped: exact(0xe6_9f00),
    taken_in: exact(0xd0_d0d0),
    alert: exact(0xf0_e442),
    chosen: exact(0xf5_f5f5),
}
.theme();

/// The colours of a theme that has its own.
struct Inks {
    ground: Colour,
    ink: Colour,
    faint: Colour,
    rail: Colour,
    made: Colour,
    shaped: Colour,
    taken_in: Colour,
    alert: Colour,
    chosen: Colour,
}

impl Inks {
    const fn theme(self) -> Theme {
        Theme {
            plain: Look::of(self.ink),
            made: Look::of(self.made),
            shaped: Look::of(self.shaped),
            taken_in: Look::of(self.taken_in),
            off: Look::of(self.faint),
            rail: Look::of(self.rail),
            faint: Look::of(self.faint),
            strong: Look::of(self.ink).with(Manner::Bold),
            alert: Look::of(self.alert).with(Manner::Bold),
            chosen: Look::of(self.ground).on(self.chosen).with(Manner::Bold),
            background: Some(self.ground),
        }
    }
}

const fn exact(colour: u32) -> Colour {
    Exact(Rgb::new(colour))
}
