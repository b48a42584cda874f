//! A line of the journal: what skimming takes from it is what the parser takes.

use tiltmeter::journal::probe;

pub fn holds(bytes: &[u8]) {
    let parsed = probe::parsed(bytes);
    if let Some(skimmed) = probe::skimmed(bytes) {
        assert_eq!(Ok(skimmed), parsed, "{:?}", String::from_utf8_lossy(bytes));
    }
    if let Err(flaw) = parsed {
        assert!(tiltmeter::text::is_harmless(&flaw), "a flaw is told in one line: {flaw:?}");
    }
}
