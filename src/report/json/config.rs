//! `config`.

use serde::Serialize;

use super::VERSION;
use crate::text;

/// One setting, and where its value comes from.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// Its name as the file has it: `day_start`.
    pub name: &'a str,
    /// Its value.
    pub value: toml::Value,
    /// Who says so: `default`, `file`, `environment` or `flag`.
    pub from: &'a str,
}

#[derive(Serialize)]
struct ConfigReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    file: &'a str,
    settings: Vec<SettingLine<'a>>,
}

#[derive(Serialize)]
struct SettingLine<'a> {
    name: &'a str,
    value: &'a toml::Value,
    from: &'a str,
}

/// Returns `config --json`: every setting as it holds now. `file` is the settings'
/// file, which need not exist.
pub fn config(file: &str, settings: &[Setting<'_>]) -> String {
    text::json::line(&ConfigReport {
        tiltmeter: VERSION,
        report: "config",
        file,
        settings: settings
            .iter()
            .map(|setting| SettingLine { name: setting.name, value: &setting.value, from: setting.from })
            .collect(),
    })
}
