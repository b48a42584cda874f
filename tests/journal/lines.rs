//! Any lines at all, folded by the journal and by a model that is nothing but the rule.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};
use tiltmeter::domain::Block;

use super::Desk;

/// Returns one of few lines: stamps, devices and changes often repeat, so ranks tie.
fn line() -> impl Strategy<Value = String> {
    let set = prop::sample::subsequence(vec!["start", "end", "activity", "note", "removed", "mood"], 0..4);
    let times = (0..4_u8, prop::option::of(0..6_u8));
    let words = ("[ab]", prop::option::of("[xy]"));
    let version = (0..3_u8, prop::option::of(set), any::<bool>(), times, words, prop::bool::weighted(0.2));
    (0..3_u8, 0..2_u8, 0..3_u8, version).prop_map(|(at, by, change, (id, set, edits, (start, end), words, removed))| {
        let mut block = json!({
            "id": format!("01936f00-0000-7000-8000-00000000000{id}"),
            "start": format!("2026-11-22T0{start}:00:00Z"),
            "kind": "shaping",
            "activity": words.0,
        });
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                block[key] = value;
            }
        };
        put("set", set.map(Value::from));
        put("from", edits.then(|| json!(["01936f00-0000-7000-8000-0000000000ff"])));
        put("end", end.map(|hour| Value::from(format!("2026-11-22T0{hour}:30:00Z"))));
        put("note", words.1.map(Value::from));
        put("removed", removed.then_some(Value::from(true)));
        let change = format!("01936f00-0000-7000-8000-0000000000a{change}");
        let at = format!("2026-11-22T10:00:00.00{at}Z");
        json!({"v": 1, "change": change, "at": at, "by": format!("d{by}"), "does": "x", "blocks": [block]}).to_string()
    })
}

/// Folds lines by the letter of the specification: (start, end, activity, note) by id.
fn model(lines: &[String]) -> BTreeMap<String, [Value; 4]> {
    let mut versions: Vec<(Value, Value, &str)> = Vec::new();
    for text in lines {
        let line: Value = serde_json::from_str(text).unwrap();
        let block = line["blocks"][0].clone();
        versions.push((line, block, text));
    }
    versions.sort_by_key(|(line, block, text)| {
        let words = |key: &str| line[key].as_str().unwrap().to_owned();
        (block["from"].is_array(), words("at"), words("by"), words("change"), (*text).to_owned())
    });
    let mut by_id: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (_, block, _) in versions {
        by_id.entry(block["id"].as_str().unwrap().to_owned()).or_default().push(block);
    }
    let blocks = by_id.into_iter().map(|(id, versions)| (id, fold(&versions)));
    blocks.filter_map(|(id, fields)| Some((id, fields?))).collect()
}

fn fold(versions: &[Value]) -> Option<[Value; 4]> {
    let sets = |block: &Value, key: &str| block["set"].as_array().is_none_or(|set| set.contains(&json!(key)));
    let highest = |keys: &[&str]| {
        let setter = versions.iter().rev().find(|block| keys.iter().any(|key| sets(block, key)));
        setter.or(versions.last()).unwrap()
    };
    let value = |key: &str| highest(&[key])[key].clone();
    if value("removed") == json!(true) {
        return None;
    }
    let (mut start, mut end) = (value("start"), value("end"));
    if end.as_str().is_some_and(|end| end <= start.as_str().unwrap()) {
        let both = highest(&["start", "end"]);
        (start, end) = (both["start"].clone(), both["end"].clone());
    }
    Some([start, end, value("activity"), value("note")])
}

fn shown(block: &Block) -> (String, [Value; 4]) {
    let time = |time: &tiltmeter::domain::Lived| Value::from(time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
    let end = block.end.as_ref().map_or(Value::Null, time);
    let note = block.note.as_ref().map_or(Value::Null, |note| note.raw().into());
    (block.id.to_string(), [time(&block.start), end, block.activity.raw().into(), note])
}

fn write(desk: &Desk, lines: &[String]) {
    let (one, two) = lines.split_at(lines.len() / 2);
    let folder = desk.journal.place().journal.join("2026");
    fs::create_dir_all(&folder).unwrap();
    for (name, lines) in [("2026-11.d0.jsonl", one), ("2026-11.d1.jsonl", two)] {
        fs::write(folder.join(name), lines.join("\n") + "\n").unwrap();
    }
}

proptest! {
    #![proptest_config(super::cases(200))]

    #[test]
    fn a_field_has_the_value_of_the_highest_version_that_sets_it(lines in prop::collection::vec(line(), 1..12)) {
        let desk = Desk::at("2026-11-22T09:00:00Z");
        write(&desk, &lines);
        let read: BTreeMap<_, _> = desk.blocks().iter().map(shown).collect();
        prop_assert_eq!(&read, &model(&lines));
        let reading = desk.read();
        let bounded: BTreeMap<_, _> = reading.ledger.blocks().iter().map(shown).collect();
        prop_assert_eq!(&bounded, &read);
    }

    #[test]
    fn a_writer_continues_any_lines_without_touching_what_it_does_not_set(lines in prop::collection::vec(line(), 1..12)) {
        let desk = Desk::at("2026-11-22T09:00:00Z");
        write(&desk, &lines);
        let blocks = desk.blocks();
        for block in &blocks {
            desk.change(vec![Block { interrupted: 7, ..block.clone() }], vec![]);
        }
        let edited: Vec<Block> = blocks.iter().map(|block| Block { interrupted: 7, ..block.clone() }).collect();
        prop_assert_eq!(desk.blocks(), edited.clone());
        // What was written last is whole: alone, it says the same.
        let alone = Desk::at("2026-11-22T09:00:00Z");
        write(&alone, &desk.lines("2026-11"));
        prop_assert_eq!(alone.blocks(), edited);
    }
}
