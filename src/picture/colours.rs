//! The colours, by light and by dark, and the style sheets. A reader's preference chooses
//! between them, paper is light, and nothing is told by colour alone.

use std::fmt::{self, Write as _};

/// One colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Colour(u32);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

/// What has a colour.
#[derive(Clone, Copy, Debug)]
struct Scheme {
    /// What everything stands on.
    ground: Colour,
    /// Words and numbers.
    ink: Colour,
    /// Words that are there for reference.
    faint: Colour,
    /// The beam, axes and ticks.
    rail: Colour,
    /// Lines between the rows of a table.
    hair: Colour,
    /// Time that was made.
    made: Colour,
    /// Time that was shaped.
    shaped: Colour,
    /// The outline of time that was taken in.
    taken_in: Colour,
    /// The inside of it.
    pale: Colour,
}

const LIGHT: Scheme = Scheme {
    ground: Colour(0xff_ffff),
    ink: Colour(0x1b_1f24),
    faint: Colour(0x57_606a),
    rail: Colour(0x57_606a),
    hair: Colour(0xd8_dee4),
    made: Colour(0x0a_6c86),
    shaped: Colour(0xa0_2fa8),
    taken_in: Colour(0x6e_7781),
    pale: Colour(0xe9_ecef),
};

const DARK: Scheme = Scheme {
    ground: Colour(0x11_1418),
    ink: Colour(0xe6_e9ec),
    faint: Colour(0x9d_a7b1),
    rail: Colour(0x9d_a7b1),
    hair: Colour(0x30_363d),
    made: Colour(0x35_c4e0),
    shaped: Colour(0xe0_83ea),
    taken_in: Colour(0x8b_949e),
    pale: Colour(0x2a_3037),
};

impl Scheme {
    /// Writes the rules of everything that has a colour.
    fn write(&self, sheet: &mut String, with_page: bool) {
        let Self { ground, ink, faint, rail, hair, made, shaped, taken_in, pale } = self;
        if with_page {
            let _ = write!(
                sheet,
                "body{{background:{ground};color:{ink}}}th,.aside{{color:{faint}}}td,th{{border-color:{hair}}}\
                 .is-made{{color:{made}}}.is-shaped{{color:{shaped}}}.is-taken-in,.is-off{{color:{faint}}}"
            );
        }
        let _ = write!(
            sheet,
            ".ground{{fill:{ground}}}.ink{{fill:{ink}}}.faint{{fill:{faint}}}.wood{{fill:{rail}}}\
             .rail,.grid,.gap,.off,.target,.tick{{stroke:{rail}}}.grid{{stroke:{hair}}}\
             .made{{fill:{made};stroke:{made}}}.shaped{{fill:url(#hatching);stroke:{shaped}}}\
             .hatch{{fill:{shaped}}}.hatched{{fill:{ground}}}.taken-in{{fill:{pale};stroke:{taken_in}}}\
             .target,.tick,.point,.hollow{{stroke:{ink}}}.point{{fill:{ink}}}.hollow{{fill:{ground}}}"
        );
    }
}

/// What a picture looks like but for its colours.
const PICTURE: &str = "svg{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif;\
    font-size:14px}text{font-variant-numeric:tabular-nums;unicode-bidi:plaintext}\
    .strong{font-weight:600}.large{font-size:19px}.small{font-size:12.5px}\
    .middle{text-anchor:middle}.end{text-anchor:end}\
    .made,.shaped,.taken-in{stroke-width:1}.rail{stroke-width:1.5}.grid{stroke-width:1}\
    .gap{fill:none;stroke-width:1;stroke-dasharray:2 3}.off{fill:none;stroke-width:1.5;stroke-dasharray:1 4}\
    .tick{stroke-width:2.5}.beyond{stroke-width:1.5;stroke-dasharray:3 2}.target{fill:none;stroke-width:1.5}\
    .once{stroke-dasharray:2 4}.point,.hollow{stroke-width:1.75}";

/// What a page looks like but for its colours.
const PAGE: &str = ":root{color-scheme:light dark}\
    body{margin:0;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif}\
    main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 3rem;overflow-wrap:anywhere}\
    h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.1rem;margin:2rem 0 .4rem}\
    p{margin:.4rem 0}svg{display:block;width:100%;height:auto;margin:1.25rem 0}\
    section+p{margin-top:1.5rem}.wide{overflow-x:auto}table{border-collapse:collapse;min-width:60%;font-variant-numeric:tabular-nums}\
    th,td{padding:.3rem .75rem .3rem 0;text-align:start;vertical-align:baseline;border-bottom:1px solid}\
    th{font-weight:600;font-size:.85rem}th:last-child,td:last-child{padding-right:0}\
    .number{text-align:end;white-space:nowrap}tfoot td{font-weight:600;border-bottom:0}\
    th.words{min-width:7rem}.nowrap{white-space:nowrap}.aside{font-size:.9rem}\
    @media (max-width:34rem){td,th{padding-right:.5rem;font-size:.85rem}\
    svg{font-size:16px}.small{font-size:14.5px}}";

/// How it is printed.
const PRINT: &str = "body{font-size:10.5pt}main{max-width:none;padding:0}.wide{overflow:visible}\
    svg{max-width:15cm;print-color-adjust:exact;-webkit-print-color-adjust:exact}\
    thead{display:table-header-group}tr,svg,section{break-inside:avoid}h1,h2{break-after:avoid}";

/// Returns the style sheet of a picture that stands alone.
pub(super) fn of_pictures() -> String {
    sheet(PICTURE, "", false)
}

/// Returns the style sheet of a page and the picture on it.
pub(super) fn of_pages() -> String {
    sheet(&format!("{PICTURE}{PAGE}"), PRINT, true)
}

fn sheet(shapes: &str, print: &str, with_page: bool) -> String {
    let mut sheet = shapes.to_owned();
    LIGHT.write(&mut sheet, with_page);
    sheet.push_str("@media (prefers-color-scheme:dark){");
    DARK.write(&mut sheet, with_page);
    sheet.push_str("}@media print{");
    sheet.push_str(print);
    LIGHT.write(&mut sheet, with_page);
    sheet.push('}');
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Rgb, SHAPES, WORDS};

    fn contrast(Colour(one): Colour, Colour(other): Colour) -> f64 {
        Rgb::new(one).contrast(Rgb::new(other))
    }

    #[test]
    fn words_are_readable_and_shapes_are_seen_in_light_and_in_dark() {
        for scheme in [LIGHT, DARK] {
            for words in [scheme.ink, scheme.faint, scheme.made, scheme.shaped] {
                assert!(contrast(words, scheme.ground) >= WORDS, "{words} on {}", scheme.ground);
            }
            for shape in [scheme.rail, scheme.made, scheme.shaped, scheme.taken_in] {
                assert!(contrast(shape, scheme.ground) >= SHAPES, "{shape} on {}", scheme.ground);
            }
            assert!(contrast(scheme.ink, scheme.made) >= 1.5, "a tick within an arm");
        }
    }

    #[test]
    fn a_style_sheet_asks_for_nothing_and_ends_nothing() {
        for sheet in [of_pictures(), of_pages()] {
            assert!(!sheet.contains(['<', '&', '\\']), "{sheet}");
            assert_eq!(sheet.matches('@').count(), sheet.matches("@media").count());
            assert_eq!(sheet.matches("url(").count(), sheet.matches("url(#hatching)").count());
            assert!(!sheet.contains("http"));
        }
    }
}
