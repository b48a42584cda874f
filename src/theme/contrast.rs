//! How well one colour is seen beside another: measured, not guessed.
//!
//! Contrast is that of [WCAG 2.2](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). How far apart two
//! colours look is their distance in Oklab (Björn Ottosson, 2020, <https://bottosson.github.io/posts/oklab/>),
//! where about 0.02 is the least that is noticed.

use std::fmt;

/// A colour that everybody's screen shows alike: red, green and blue (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb {
    red: u8,
    green: u8,
    blue: u8,
}

/// The least contrast of words (WCAG 2.2, 1.4.3, level AA).
pub const WORDS: f64 = 4.5;
/// The least contrast of shapes (WCAG 2.2, 1.4.11).
pub const SHAPES: f64 = 3.0;

impl Rgb {
    /// Returns the colour of `0xRR_GGBB`.
    pub const fn new(colour: u32) -> Self {
        let [_, red, green, blue] = colour.to_be_bytes();
        Self { red, green, blue }
    }

    /// Returns red, green and blue.
    pub const fn parts(self) -> [u8; 3] {
        [self.red, self.green, self.blue]
    }

    /// Returns the relative luminance: 0 is black, 1 white.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Returns the contrast with another colour, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Returns how far apart two colours look, in Oklab.
    pub fn distance(self, other: Self) -> f64 {
        apart(oklab(self.linear()), oklab(other.linear()))
    }

    /// Returns the light of each part, as sRGB (IEC 61966-2-1) encodes it.
    pub(super) fn linear(self) -> [f64; 3] {
        self.parts().map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Returns light as lightness, green to red, and blue to yellow.
pub(super) fn oklab(light: [f64; 3]) -> [f64; 3] {
    let cones = times(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        light,
    );
    times(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(f64::cbrt),
    )
}

pub(super) fn apart(one: [f64; 3], other: [f64; 3]) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

/// Returns a matrix times a column.
pub(super) fn times(matrix: &[[f64; 3]; 3], column: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(column).map(|(one, other)| one * other).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values are those that others publish: black on white is 21, #767676 the lightest grey
    /// that words may have on white. It catches parts that are not made linear.
    #[test]
    fn contrast_is_that_of_the_standard() {
        let white = Rgb::new(0xff_ffff);
        assert!((white.contrast(Rgb::new(0)) - 21.0).abs() < 1e-9);
        assert!((white.contrast(Rgb::new(0x76_7676)) - 4.54).abs() < 0.005);
        assert!(white.contrast(Rgb::new(0x77_7777)) < WORDS);
        assert!((white.contrast(Rgb::new(0xff_0000)) - 3.998).abs() < 0.001);
        let blue = Rgb::new(0x12_3456);
        assert!((blue.contrast(white) - white.contrast(blue)).abs() < 1e-9);
    }

    /// Ottosson's own values for white and pure red.
    #[test]
    fn distance_is_that_of_oklab() {
        assert!(apart(oklab(Rgb::new(0xff_ffff).linear()), [1.0, 0.0, 0.0]) < 1e-6);
        assert!(apart(oklab(Rgb::new(0xff_0000).linear()), [0.627_96, 0.224_86, 0.125_85]) < 1e-4);
    }
}
