//! Lines of a journal in which every text is hostile.

use serde_json::{Value, json};

use super::corpus::{corpus, short};

/// A quarter of an hour for each text, from 8 on the days up to the 24th; the last runs.
pub(crate) fn blocks() -> Vec<Value> {
    let texts = corpus();
    let count = texts.len();
    let line = |(at, text): (usize, String)| {
        let (day, quarter) = (24 - at / 40, at % 40);
        let time = |quarter: usize| format!("2026-11-{day}T{:02}:{:02}:00+01:00", 8 + quarter / 4, quarter % 4 * 15);
        let kind = ["creating", "shaping", "consuming", "off"][at % 4];
        let small = text.len() <= 4_000;
        let mut block = json!({
            "id": id(at, 1), "start": time(quarter), "kind": kind, "activity": text, "unknown \u{1b}[2J": text,
        });
        if at + 1 < count {
            block["end"] = time(quarter + 1).into();
        } else {
            block["start"] = "2026-11-24T19:00:00+01:00".into();
        }
        if small {
            block["tags"] = json!([text, "\u{1b}[31mtag"]);
            block["note"] = text.clone().into();
            block["zone"] = text.clone().into();
        }
        change(at, if small { &text } else { "a" }, &json!({ "blocks": [block] }))
    };
    corpus().into_iter().map(|hostile| hostile.text).enumerate().map(line).collect()
}

/// Sparks, what was thought of days, a baseline.
pub(crate) fn kept() -> Vec<Value> {
    let texts: Vec<String> = corpus().into_iter().map(|hostile| hostile.text).collect();
    let spark = |(at, text): (usize, &String)| {
        let spark = json!({ "id": id(at, 2), "text": text, "minutes": 15 + at, "put": "2026-11-24T08:00:00+01:00" });
        change(at + 500, "a", &json!({ "blocks": [], "sparks": [spark] }))
    };
    let mut lines: Vec<Value> = texts.iter().enumerate().map(spark).collect();
    let namespace = uuid::Uuid::parse_str("d75541be-6019-488e-90a1-e7cbf9d956ff").unwrap();
    let baseline = uuid::Uuid::new_v5(&namespace, b"baseline").to_string();
    let baseline = json!({ "id": baseline, "share": 40.0, "name": texts[0] });
    lines.push(change(900, "a", &json!({ "blocks": [], "baselines": [baseline] })));
    lines
}

/// Lines that cannot be read, each for what is hostile in it.
pub(crate) fn broken() -> Vec<String> {
    let mut lines: Vec<String> = short().iter().map(|hostile| hostile.text.replace(['\n', '\r'], " ")).collect();
    for (at, hostile) in short().iter().enumerate() {
        let text = &hostile.text;
        let mut whole = change(
            at + 600,
            text,
            &json!({ "blocks": [{
            "id": id(at, 3), "start": "2026-11-24T08:00:00+01:00", "kind": "off", "activity": text,
        }] }),
        );
        match at % 6 {
            0 => whole["blocks"][0]["id"] = text.clone().into(),
            1 => whole["blocks"][0]["kind"] = text.clone().into(),
            2 => whole["blocks"][0]["start"] = text.clone().into(),
            3 => whole["at"] = text.clone().into(),
            4 => whole["blocks"][0]["set"] = json!([text]),
            _ => whole["undoes"] = text.clone().into(),
        }
        lines.push(whole.to_string());
    }
    lines.push(r#"{"v":1,"change":"\ud800","at":"\udc00\ud800","by":"\ud83d","does":"\u0000","blocks":[]}"#.into());
    lines
}

fn change(at: usize, by: &str, rest: &Value) -> Value {
    let mut line = json!({
        "v": 1, "change": id(at, 9), "at": format!("2026-11-24T06:{:02}:{:02}.{:03}Z", at / 60 % 60, at % 60, at / 3600),
        "by": by, "does": by,
    });
    line.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    line
}

fn id(at: usize, of: usize) -> String {
    format!("019ab000-0000-7000-8000-{of:04}{at:08}")
}
