//! `sample`, and what other reports say of what was answered at random moments.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::VERSION;
use super::shape;
use crate::domain::{Answers, Lens, Lived, Sample};
use crate::text;

/// What was answered on some days, and what that says of the share.
#[derive(Serialize)]
pub(super) struct Sampled {
    creating: u32,
    shaping: u32,
    consuming: u32,
    off: u32,
    share: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

impl Sampled {
    pub(super) fn of(answers: Answers, lens: Lens) -> Self {
        let Answers { creating, shaping, consuming, off } = answers;
        let estimate = answers.share(lens);
        Self {
            creating,
            shaping,
            consuming,
            off,
            share: estimate.map(|estimate| shape::part(estimate.share)),
            low: estimate.map(|estimate| shape::part(estimate.low)),
            high: estimate.map(|estimate| shape::part(estimate.high)),
        }
    }

    /// Returns the same; nothing, where nothing was answered.
    pub(super) fn some_of<'a>(samples: impl IntoIterator<Item = &'a Sample>, lens: Lens) -> Option<Self> {
        let answers = Answers::of(samples);
        (!answers.is_empty()).then(|| Self::of(answers, lens))
    }
}

/// What was answered for a moment.
#[derive(Serialize)]
pub(super) struct SampleLine {
    day: String,
    at: String,
    kind: &'static str,
}

impl SampleLine {
    pub(super) fn of(sample: &Sample) -> Self {
        Self { day: shape::date(sample.day), at: shape::time(sample.at), kind: sample.kind.word() }
    }
}

/// What `sample` tells.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// How often is asked, on average; `None` where nothing is.
    pub every: Option<TimeDelta>,
    /// The moment that can be answered now.
    pub question: Option<DateTime<Utc>>,
    /// How many moments of today were asked about until now.
    pub asked_today: usize,
    /// What was answered today,
    pub today: Answers,
    /// this week,
    pub week: Answers,
    /// and in four weeks.
    pub four_weeks: Answers,
}

#[derive(Serialize)]
struct SampleReport {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    every_seconds: Option<i64>,
    question: Option<String>,
    asked_today: usize,
    today: Sampled,
    week: Sampled,
    four_weeks: Sampled,
}

/// Returns `sample --json`.
pub fn sample(asked: &Asked, lens: Lens, now: Lived) -> String {
    text::json::line(&SampleReport {
        tiltmeter: VERSION,
        report: "sample",
        now: shape::time(now),
        every_seconds: asked.every.map(|every| every.num_seconds()),
        question: asked.question.map(|at| shape::time(at.with_timezone(now.offset()))),
        asked_today: asked.asked_today,
        today: Sampled::of(asked.today, lens),
        week: Sampled::of(asked.week, lens),
        four_weeks: Sampled::of(asked.four_weeks, lens),
    })
}
