//! What management says of exceptions: its own statements, kept apart.

use jiff::Timestamp;
use serde::Serialize;

use super::{day, intervals};
use crate::govern::Response;
use crate::govern::pattern::covers;
use crate::govern::response::Said;
use crate::history::Seen;
use crate::history::timeline::{Series, Timeline};

/// What a named person of the company says of an exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Its name.
    pub id: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// What is said, and by whom.
    #[serde(flatten)]
    pub said: Said,
    /// The first run that keeps it.
    pub first: Seen,
}

/// The responses that speak of a failure: of its check and resource, and of a day on which it had been seen.
pub(super) fn of(timeline: &Timeline, series: &Series, opened: Timestamp) -> Vec<Answer> {
    let check = intervals::check(timeline, series.check);
    let arn = series.resource.as_deref().unwrap_or("");
    let speaks = |response: &Response| {
        response.check.as_deref() == Some(check.as_str())
            && response.said.date >= day(opened)
            && response
                .resource
                .as_deref()
                .is_none_or(|pattern| covers(pattern, arn))
    };
    timeline
        .responses
        .iter()
        .filter(|(response, _)| speaks(response))
        .filter_map(|(response, run)| {
            let response = response.clone();
            Some(Answer {
                id: response.id,
                sha256: response.sha256,
                said: response.said,
                first: timeline.seen(*run)?,
            })
        })
        .collect()
}
