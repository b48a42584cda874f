//! A door for the fuzzer, which is another crate: what each of the two readers of a line
//! takes from it. Nothing else uses it, and it promises nothing.

use super::line;
use super::skim::Sketch;

/// Returns what skimming takes from a line of a journal; `None` where its layout is not
/// recognized, and the parser is asked.
pub fn skimmed(line: &[u8]) -> Option<String> {
    let mut sketch = Sketch::default();
    sketch.look_at(line).then(|| said(&sketch))
}

/// Returns the same of what the parser takes from it; or why it is no line.
pub fn parsed(line: &[u8]) -> Result<String, String> {
    let parsed = line::parse(line).map_err(|flaw| flaw.to_string())?;
    let mut sketch = Sketch::default();
    sketch.of_parsed(&parsed);
    Ok(said(&sketch))
}

fn said(sketch: &Sketch) -> String {
    format!("{:?} {:?}", sketch.head(), sketch.blocks)
}
