//! Which theme is wanted.

use super::out::Out;
use crate::failure::Failure;
use crate::theme::{Mistake, Themes};

/// Names the theme, before the settings do.
const VARIABLE: &str = "TILTMETER_THEME";

/// Returns the themes, the wanted one chosen, for where answers go.
pub(super) fn of(out: &Out) -> Result<Themes, Failure> {
    let mut themes = Themes::new(out.depth());
    if let Some(name) = std::env::var_os(VARIABLE).filter(|name| !name.is_empty()) {
        themes.choose(&name.to_string_lossy()).map_err(|mistake| unknown(&mistake))?;
    }
    Ok(themes)
}

fn unknown(mistake: &Mistake) -> Failure {
    Failure::environment(format!("{VARIABLE}: {mistake}")).hint(mistake.hint())
}
