//! The status as another program shows it: a bar, a prompt.

use serde::Serialize;

use super::look::Look;
use super::status::{self, Status, Words};
use crate::domain::Share;
use crate::text;
use crate::text::status_line::Host;

/// What waybar takes of a custom module with `"return-type": "json"` (waybar-custom(5)).
#[derive(Serialize)]
struct Waybar<'a> {
    /// Pango markup; without a `tooltip`, it is shown as that too.
    text: &'a str,
    /// For the style sheet: the kind of what runs, or `idle`.
    class: &'static str,
    /// For `format-icons`: today's share.
    #[serde(skip_serializing_if = "Option::is_none")]
    percentage: Option<u8>,
}

/// Returns the line of [`status::row`] as a host wants it. It is as wide as asked where the
/// host shows it, not where it is read.
pub fn line(status: &Status<'_>, look: &Look<'_>, words: Words, host: Host) -> String {
    let safe = host.safe(&status::row(status, look, words).text());
    match host {
        Host::Tmux | Host::Starship | Host::Polybar => safe,
        Host::Waybar => text::json::line(&Waybar {
            text: &safe,
            class: status.running.map_or("idle", |block| block.kind.word()),
            percentage: status.today.share().map(Share::shown),
        }),
    }
}
