//! A colour as a terminal has it, and how people write it.

use std::fmt;

use super::contrast::Rgb;

/// A colour as a terminal has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// One of the 256 by its number. The first sixteen are what the user's terminal makes of them.
    Numbered(u8),
    /// A colour of its own.
    Exact(Rgb),
}

/// The names of the first sixteen, as ANSI orders them.
pub(super) const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// The six steps of red, green and blue in xterm's cube, and the first number of it.
const STEPS: [u8; 6] = [0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff];
const CUBE: u8 = 16;
/// The first number of the 24 greys.
const GREYS: u8 = 232;

impl Colour {
    /// Reads `#7aa2f7`, `#7af`, `cyan`, `bright-black` (or `gray`), or a number to 255.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix('#') {
            return hex(digits).map(|colour| Self::Exact(Rgb::new(colour)));
        }
        let name = text.to_ascii_lowercase().replace('_', "-");
        let name = if ["gray", "grey"].contains(&name.as_str()) { "bright-black" } else { &name };
        let number = NAMES.iter().position(|known| *known == name).and_then(|at| u8::try_from(at).ok());
        number.or_else(|| name.parse().ok()).map(Self::Numbered)
    }

    /// Returns what it looks like; `None` where that is up to the user's terminal.
    pub fn rgb(self) -> Option<Rgb> {
        match self {
            Self::Exact(rgb) => Some(rgb),
            Self::Numbered(number) => of_number(number),
        }
    }

    /// Whether every terminal with colours has it.
    pub fn is_one_of_sixteen(self) -> bool {
        matches!(self, Self::Numbered(number) if number < CUBE)
    }

    /// Returns the one of the 256 that looks most like it among those that `will_do`; itself where
    /// none does or where it is one of them.
    #[must_use]
    pub fn nearest_numbered(self, will_do: impl Fn(Rgb) -> bool) -> Self {
        let Self::Exact(rgb) = self else { return self };
        let numbers = (CUBE..=u8::MAX).filter_map(|number| Some((number, of_number(number)?)));
        let near = numbers.filter(|(_, other)| will_do(*other));
        let near = near.min_by(|(_, one), (_, other)| rgb.distance(*one).total_cmp(&rgb.distance(*other)));
        near.map_or(self, |(number, _)| Self::Numbered(number))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(rgb) => write!(f, "{rgb}"),
            Self::Numbered(number) => match NAMES.get(usize::from(*number)) {
                Some(name) => f.write_str(name),
                None => write!(f, "{number}"),
            },
        }
    }
}

/// Reads three or six digits.
fn hex(digits: &str) -> Option<u32> {
    if !digits.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let digits = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    u32::from_str_radix(&digits, 16).ok()
}

/// Returns what xterm's table has for a number beyond the first sixteen.
fn of_number(number: u8) -> Option<Rgb> {
    if number >= GREYS {
        let grey = u32::from(8 + 10 * (number - GREYS));
        return Some(Rgb::new(grey << 16 | grey << 8 | grey));
    }
    let at = number.checked_sub(CUBE)?;
    let step = |at: u8| STEPS.get(usize::from(at)).copied().map(u32::from);
    Some(Rgb::new(step(at / 36)? << 16 | step(at / 6 % 6)? << 8 | step(at % 6)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_as_people_write_it_and_shown_so_that_it_can_be_read() {
        let read = |text| Colour::parse(text).map(|colour| colour.to_string());
        for (text, shown) in [
            ("#7AA2f7", "#7aa2f7"),
            ("#7af", "#77aaff"),
            ("cyan", "cyan"),
            ("Bright_Black", "bright-black"),
            ("grey", "bright-black"),
            ("12", "bright-blue"),
            ("208", "208"),
        ] {
            assert_eq!(read(text).as_deref(), Some(shown), "{text}");
            assert_eq!(Colour::parse(shown), Colour::parse(text));
        }
        for wrong in ["", "#", "#12", "#12345g", "#+12345", "256", "-1", "cyanide", "#ééé", "7aa2f7"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    /// Corners of xterm's table (256colres.pl); it catches a cube with even steps.
    #[test]
    fn the_256_are_those_of_xterm_and_the_first_sixteen_are_the_users() {
        let shown = |number| Colour::Numbered(number).rgb().map(|rgb| rgb.to_string());
        assert_eq!(shown(15), None);
        assert_eq!(shown(16).as_deref(), Some("#000000"));
        assert_eq!(shown(17).as_deref(), Some("#00005f"));
        assert_eq!(shown(208).as_deref(), Some("#ff8700"));
        assert_eq!(shown(231).as_deref(), Some("#ffffff"));
        assert_eq!(shown(232).as_deref(), Some("#080808"));
        assert_eq!(shown(255).as_deref(), Some("#eeeeee"));
    }
}
