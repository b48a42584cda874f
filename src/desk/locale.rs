//! Which characters the user's locale can show.

use std::ffi::OsString;

/// Whether the locale that `env` tells has an encoding, and another than UTF-8.
///
/// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is neither unset nor empty counts (POSIX.1-2024,
/// Environment Variables, 8.2). `C` and `POSIX` are ASCII; a name without an encoding (`de_DE`) has the one that
/// the system gives it, which mostly is not UTF-8. Nothing set tells nothing, as for services, cron and on
/// Windows: nobody has said then that there is no UTF-8.
pub(super) fn says_other_than_utf8(env: impl Fn(&str) -> Option<OsString>) -> bool {
    if cfg!(not(unix)) {
        return false;
    }
    let set = |name: &&str| env(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set);
    locale.is_some_and(|locale| !is_utf8(&locale.to_string_lossy()))
}

/// Whether a locale, `language_TERRITORY.encoding@modifier`, has UTF-8.
fn is_utf8(locale: &str) -> bool {
    let named = locale.split('@').next().unwrap_or_default();
    // macOS has a locale that is only called as its encoding.
    let encoding = named.rsplit('.').next().unwrap_or_default();
    encoding.eq_ignore_ascii_case("utf-8") || encoding.eq_ignore_ascii_case("utf8")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Catches: another order of the three, an empty one that counts, an encoding that is looked
    /// for anywhere in the name.
    #[test]
    fn the_first_that_is_set_says_which_encoding_there_is() {
        let other = |set: &[(&str, &str)]| {
            says_other_than_utf8(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
        };
        assert!(!other(&[]));
        assert!(!other(&[("LANG", "")]));
        for utf8 in ["en_GB.UTF-8", "C.UTF-8", "de_DE.utf8", "ca_ES.UTF-8@valencia", "UTF-8"] {
            assert!(!other(&[("LANG", utf8)]), "{utf8}");
        }
        for another in ["C", "POSIX", "de_DE.ISO-8859-1", "de_DE@euro", "ja_JP.eucJP", "en_US", "C@UTF-8"] {
            assert!(other(&[("LANG", another)]), "{another}");
        }
        assert!(other(&[("LANG", "en_GB.UTF-8"), ("LC_CTYPE", "C")]));
        assert!(!other(&[("LANG", "C"), ("LC_CTYPE", "C"), ("LC_ALL", "en_GB.UTF-8")]));
        assert!(!other(&[("LANG", "en_GB.UTF-8"), ("LC_CTYPE", ""), ("LC_ALL", "")]));
    }
}
