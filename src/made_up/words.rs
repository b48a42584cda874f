//! What a made-up manager does all day.

use crate::domain::Kind::{self, Consuming, Creating, Off, Shaping};

/// One thing to do. A `*` in the activity is the project of these weeks.
pub(super) struct Doing {
    pub(super) kind: Kind,
    pub(super) activity: &'static str,
    pub(super) tags: &'static [&'static str],
    pub(super) notes: &'static [&'static str],
}

const fn doing(kind: Kind, activity: &'static str, tags: &'static [&'static str]) -> Doing {
    Doing { kind, activity, tags, notes: &[] }
}

/// A meeting that stands in the calendar every week.
pub(super) struct Meeting {
    /// Minutes from midnight.
    pub(super) at: u32,
    pub(super) lasts: u32,
    /// In how many per cent of the weeks it takes place.
    pub(super) chance: u32,
    pub(super) doing: Doing,
}

const fn at(hour: u32, minute: u32, lasts: u32, chance: u32, doing: Doing) -> Meeting {
    Meeting { at: hour * 60 + minute, lasts, chance, doing }
}

const STANDUP: Doing = doing(Consuming, "standup", &["team"]);
const INTERVIEW: Doing = doing(Consuming, "interview: backend", &["hiring"]);

const fn one_on_one(activity: &'static str, notes: &'static [&'static str]) -> Doing {
    Doing { kind: Shaping, activity, tags: &["team"], notes }
}

/// The calendar of a week, Monday to Friday, in the order of time. Lunch is not in it.
pub(super) const CALENDAR: [&[Meeting]; 5] = [
    &[
        at(9, 15, 15, 96, STANDUP),
        at(10, 0, 60, 85, doing(Consuming, "planning", &["team"])),
        at(15, 0, 35, 90, one_on_one("1:1 platform lead", &["wants to run the next review alone"])),
        at(16, 30, 30, 45, doing(Consuming, "status round", &[])),
    ],
    &[
        at(9, 15, 15, 96, STANDUP),
        at(11, 0, 60, 60, INTERVIEW),
        at(13, 30, 80, 94, doing(Consuming, "staff sync", &[])),
        at(15, 20, 30, 88, one_on_one("1:1 data lead", &["the backlog is the symptom, not the cause"])),
    ],
    &[
        at(9, 15, 15, 96, STANDUP),
        at(10, 0, 45, 50, doing(Consuming, "all-hands", &[])),
        at(11, 10, 50, 40, doing(Consuming, "budget", &[])),
        at(14, 0, 60, 55, INTERVIEW),
        at(16, 0, 30, 86, one_on_one("1:1 mobile lead", &["first talk about the staff role"])),
    ],
    &[
        at(11, 0, 15, 96, STANDUP),
        at(13, 15, 45, 70, doing(Shaping, "pairing: *", &["team"])),
        at(
            15,
            0,
            45,
            80,
            Doing {
                kind: Shaping,
                activity: "coaching: new lead",
                tags: &["team"],
                notes: &["asked instead of answered, twice"],
            },
        ),
        at(16, 20, 30, 55, doing(Consuming, "cross-team sync", &[])),
    ],
    &[
        at(9, 15, 15, 96, STANDUP),
        at(10, 0, 60, 50, doing(Consuming, "retro", &["team"])),
        at(13, 15, 30, 60, one_on_one("onboarding: new lead", &[])),
        at(14, 30, 45, 65, doing(Consuming, "planning: next week", &[])),
    ],
];

const MAIL: Doing = doing(Consuming, "mail, threads", &[]);
const REVIEW: Doing = doing(Shaping, "review: * change", &["*"]);
const FEEDBACK: Doing = doing(Shaping, "written feedback", &["team"]);
const MENTORING: Doing = doing(Shaping, "mentoring", &[]);
const ESCALATION: Doing = Doing {
    kind: Consuming,
    activity: "escalation: billing",
    tags: &["billing"],
    notes: &["they needed a date, not a reason"],
};
const SCORECARDS: Doing = doing(Consuming, "interview notes", &["hiring"]);
const DESIGN: Doing = Doing {
    kind: Creating,
    activity: "design doc: *",
    tags: &["*"],
    notes: &["the second option is the simpler one after all", "ask the data lead about the failure case"],
};
const SPEC: Doing = doing(Creating, "spec: *", &["*"]);
const CODE: Doing = doing(Creating, "code: *", &["*"]);
const DEBUGGING: Doing = doing(Creating, "debugging", &[]);
const PROTOTYPE: Doing = doing(Creating, "prototype: *", &["*"]);

/// What fills the margins of a usual day, each with its weight; `None` is nothing logged.
pub(super) const MARGINS: &[(u32, Option<Doing>)] = &[
    (36, Some(MAIL)),
    (7, Some(REVIEW)),
    (4, Some(FEEDBACK)),
    (2, Some(MENTORING)),
    (16, Some(ESCALATION)),
    (9, Some(SCORECARDS)),
    (6, Some(DESIGN)),
    (2, Some(SPEC)),
    (2, Some(CODE)),
    (3, Some(DEBUGGING)),
    (13, None),
];

/// What fills a morning that was kept free, and a calm week.
pub(super) const MAKING: &[(u32, Option<Doing>)] = &[
    (30, Some(DESIGN)),
    (16, Some(CODE)),
    (12, Some(SPEC)),
    (12, Some(PROTOTYPE)),
    (8, Some(DEBUGGING)),
    (10, Some(REVIEW)),
    (10, Some(MAIL)),
    (4, None),
];

/// What fills the margins when something is on fire.
pub(super) const FIRE: &[(u32, Option<Doing>)] = &[
    (40, Some(doing(Consuming, "incident: payments", &["oncall"]))),
    (20, Some(ESCALATION)),
    (22, Some(MAIL)),
    (8, Some(DEBUGGING)),
    (4, Some(REVIEW)),
    (16, None),
];

/// What wakes a manager at night.
pub(super) const NIGHT: Doing = Doing {
    kind: Consuming,
    activity: "on call: payments down",
    tags: &["oncall"],
    notes: &["rolled back at 02:50; write-up on Thursday"],
};

/// What is left of it on a Sunday evening.
pub(super) const SUNDAY: Doing = doing(Creating, "read the tracing RFC", &[]);

pub(super) const LUNCH: Doing = doing(Off, "lunch", &[]);

/// What is built, five weeks each.
pub(super) const PROJECTS: [&str; 8] =
    ["rate limits", "audit log", "billing retries", "search index", "quotas", "tracing", "export API", "account merge"];
