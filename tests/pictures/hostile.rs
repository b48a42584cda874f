//! Somebody who writes what would run or ask for something, wherever anything can be written.

use crate::parsed::Parsed;
use crate::{Desk, FORMS};

/// Returns a desk at which everything that can be written tries to run or to ask.
pub(crate) fn hostile(port: u16) -> Desk {
    let url = format!("http://127.0.0.1:{port}");
    let names = [
        "<script>document.title='ran'</script>".to_owned(),
        "</style><script>document.title='ran'</script>".to_owned(),
        "</title></svg><script>document.title='ran'</script>".to_owned(),
        format!("\"><img src={url}/x onerror=\"document.title='ran'\">"),
        format!("'><svg onload=document.title='ran'><image href={url}/y />"),
        format!("url({url}/z) @import '{url}/w';"),
        "javascript:document.title='ran'".to_owned(),
        format!("<link rel=stylesheet href={url}/s><meta http-equiv=refresh content='0;url={url}/r'>"),
        "]]><!-- --><![CDATA[<script>document.title='ran'</script>".to_owned(),
        format!("<iframe src={url}/f></iframe><base href={url}>"),
        "&lt;script&gt;document.title='ran'&lt;/script&gt;".to_owned(),
        format!("a | b `c` [d]({url}) ![e]({url}/e) <{url}> {url} \\\\| x"),
    ];
    let mut desk = Desk::new();
    desk.at("2026-11-24T20:00:00+01:00");
    let tags =
        |name: &str| Some(name.replace([' ', ','], "")).filter(|tag| tag.len() <= 64).into_iter().collect::<Vec<_>>();
    let kinds = ["creating", "shaping", "consuming"];
    let block = |(at, name): (usize, &String)| {
        serde_json::json!({
            "id": format!("00000000-0000-0000-0000-{:012}", at + 1),
            "start": format!("2026-11-24T{:02}:00:00+01:00", 8 + at),
            "end": format!("2026-11-24T{:02}:00:00+01:00", 9 + at),
            "kind": kinds[at % 3],
            "activity": name,
            "tags": tags(name),
            "note": format!("{name}\n{name}"),
        })
        .to_string()
    };
    let lines: Vec<String> = names.iter().enumerate().map(block).collect();
    desk.write("hostile.jsonl", &(lines.join("\n") + "\n"));
    desk.does("import jsonl hostile.jsonl\noff 26 nov <script>document.title=1</script>");
    desk
}

#[test]
fn what_would_run_or_end_its_place_is_only_text_to_every_parser() {
    let desk = hostile(9);
    for command in ["day", "week", "trend"] {
        for form in FORMS {
            let printed = desk.prints(&format!("{command} --{form}"));
            match form {
                "md" => tables_hold(&printed),
                _ => Parsed::of(&printed).asks_for_nothing(),
            }
        }
    }
}

/// Holds that every row of every table has the cells of its heading, and that nothing in it
/// is HTML, a link or a picture.
fn tables_hold(page: &str) {
    let bars = |line: &str| {
        let plain = line.replace("\\\\", "").replace("\\|", "");
        plain.matches('|').count()
    };
    let mut heading = None;
    for line in page.lines() {
        if line.starts_with('|') {
            assert_eq!(bars(line), *heading.get_or_insert(bars(line)), "{line}");
            assert!(!line.contains('<') && !line.replace(r"\://", "").contains("://"), "{line}");
        } else {
            heading = None;
        }
    }
}
