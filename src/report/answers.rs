//! Which of management's responses speak of which failure.
//!
//! A response is management's statement: it stands beside the failure it speaks of, named as that, and moves nothing.

use std::collections::BTreeMap;

use super::{Report, StatedResponse, Verdict};

/// What a column or a line calls it.
pub const LABEL: &str = "Management's response, no part of the tests";

/// The responses of a run, by the verdicts they speak of.
#[derive(Debug, Default)]
pub struct Answers<'r>(BTreeMap<&'r str, Vec<&'r StatedResponse>>);

impl<'r> Answers<'r> {
    /// Of a report.
    pub fn of(report: &'r Report) -> Self {
        let mut answers: BTreeMap<&str, Vec<&StatedResponse>> = BTreeMap::new();
        for said in &report.responses {
            for verdict in &said.answers {
                answers.entry(verdict).or_default().push(said);
            }
        }
        Self(answers)
    }

    /// The responses that speak of this failure, by name.
    pub fn to(&self, verdict: &Verdict) -> &[&'r StatedResponse] {
        self.0.get(verdict.id.as_str()).map_or(&[], Vec::as_slice)
    }
}
