//! What the templates are given: the report's words and numbers, ready to print.
//!
//! Everything that came from an account goes through [`text::shown`] here, so that no template, ours or a
//! user's, can forget to.

mod attested;
mod chart;
mod check;
mod closing;
mod coverage;
mod criteria;
mod evidence;
mod inherited;
mod opening;
mod people;
mod scope;
mod unknown;
mod verdict;

use jiff::Timestamp;

use super::super::{Check, Report, Verdict, text};
use crate::check::Counts;
use crate::criteria::tally::CheckState;

pub(super) use check::check;
pub(super) use closing::closing;
pub(super) use opening::opening;

/// Checks that stand alike, gravest first.
pub(super) struct Group<'r> {
    name: &'static str,
    about: &'static str,
    pub(super) checks: Vec<&'r Check>,
}

/// The heading of a group.
#[derive(serde::Serialize)]
pub(super) struct Heading {
    name: &'static str,
    about: &'static str,
    anchor: String,
    number: usize,
    count: String,
}

impl Group<'_> {
    pub(super) fn heading(&self) -> Heading {
        Heading {
            name: self.name,
            about: self.about,
            anchor: self.name.to_lowercase().replace(' ', "-"),
            number: self.checks.len(),
            count: text::counted(self.checks.len() as u64, "check", "checks"),
        }
    }
}

/// The checks in the order of the page: what needs attention first.
pub(super) fn groups(report: &Report) -> Vec<Group<'_>> {
    type Belongs = fn(&Check) -> bool;
    let deciding = |check: &Check| check.outcome == Counts::Verdict;
    let all: [(&str, &str, Belongs); 7] = [
        (
            "Failing",
            "at least one resource does not meet the check",
            |check| check.state == CheckState::Fails,
        ),
        (
            "Undecided",
            "nothing fails, but something could not be read",
            |check| check.state == CheckState::Undecided,
        ),
        (
            "Passing",
            "every resource meets the check, or its failure is waived",
            |check| check.state == CheckState::Passes,
        ),
        (
            "Nothing to judge",
            "no resource the check applies to",
            |check| check.state == CheckState::NothingToJudge,
        ),
        (
            "For review",
            "lists for a person to review; they decide no criterion",
            |check| check.outcome == Counts::Population,
        ),
        (
            "Advice",
            "good practice; it decides no criterion",
            |check| check.outcome == Counts::Advisory,
        ),
        ("Left out", "not judged in this run", |check| {
            check.state == CheckState::LeftOut
        }),
    ];
    all.into_iter()
        .map(|(name, about, belongs)| {
            let by_outcome = matches!(name, "For review" | "Advice");
            let left_out = name == "Left out";
            let mut checks: Vec<&Check> = report
                .checks
                .iter()
                .filter(|check| {
                    belongs(check)
                        && (left_out || by_outcome != deciding(check))
                        && (left_out || check.state != CheckState::LeftOut)
                })
                .collect();
            checks.sort_by_key(|check| std::cmp::Reverse(check.severity));
            Group {
                name,
                about,
                checks,
            }
        })
        .filter(|group| !group.checks.is_empty())
        .collect()
}

/// The verdicts of a check.
fn verdicts_of<'r>(check: &Check, report: &'r Report) -> &'r [Verdict] {
    // Verdicts are ordered by check first, so a check's are one run.
    let start = report
        .verdicts
        .partition_point(|verdict| verdict.check < check.id);
    let end = report
        .verdicts
        .partition_point(|verdict| verdict.check <= check.id);
    report.verdicts.get(start..end).unwrap_or_default()
}

/// An instant to the second.
fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// Text from an account.
fn shown(text: &str) -> String {
    text::shown(text).into_owned()
}

/// What somebody wrote in lines, which stay lines.
fn lines(text: &str) -> String {
    text::lines(text)
}

/// The place of a criterion in links. One that its framework lists twice has a second place.
fn criterion_anchor(id: &str, repeated: bool) -> String {
    let again = if repeated { "-again" } else { "" };
    format!("criterion-{}{again}", id.replace(':', "-"))
}

/// The place of a waiver or a response, by the name of its file.
fn stated_anchor(what: &str, id: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ['.', '_', '-'].contains(&letter);
    let name: String = id
        .chars()
        .map(|it| if plain(it) { it } else { '-' })
        .collect();
    format!("{what}-{name}")
}

fn check_anchor(id: &str) -> String {
    format!("check-{id}")
}

/// The service of a kind: `s3` of `s3.bucket`.
fn service(kind: &str) -> String {
    kind.split('.').next().unwrap_or(kind).to_owned()
}
