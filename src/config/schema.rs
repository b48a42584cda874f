//! The settings as a JSON Schema: editors with a plugin for TOML (Taplo, Even Better TOML) offer
//! the names and mark mistakes while one types.

use serde_json::{Map, Value, json};

use super::Config;
use super::options::{OPTIONS, Opt};

/// Where editors find it.
pub(super) const SCHEMA_ADDRESS: &str = "https://github.com/tiltmeter/tiltmeter/raw/main/docs/config.schema.json";

/// Returns the schema (draft 7, which Taplo reads), as it stands in `docs/config.schema.json`.
pub fn schema() -> Value {
    let defaults = Config::default();
    let mut top = Map::new();
    for option in OPTIONS {
        match option.place() {
            (None, name) => drop(top.insert(name.to_owned(), of_option(option, &defaults))),
            (Some(section), name) => {
                let table = top.entry(section).or_insert_with(|| object(&Map::new()));
                if let Some(properties) = table.get_mut("properties").and_then(Value::as_object_mut) {
                    properties.insert(name.to_owned(), of_option(option, &defaults));
                }
            }
        }
    }
    let mut schema = object(&top);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
        schema.insert("$id".into(), json!(SCHEMA_ADDRESS));
        schema.insert("title".into(), json!("The settings of tiltmeter"));
    }
    schema
}

fn object(properties: &Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn of_option(option: &Opt, defaults: &Config) -> Value {
    let mut schema = option.form.schema();
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".into(), json!(option.help));
        schema.insert("default".into(), json!(option.value(defaults)));
    }
    schema
}
