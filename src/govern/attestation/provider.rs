//! AWS's own SOC 2 report as AWS Artifact lists it, and whether a review is of one that still tells something.
//!
//! A review counts if it is of the newest report that AWS lists, or of one that reaches, with its bridge letter, to no longer
//! ago than the attestation allows. A review that could not be held against AWS's list does not count: what is stated there is a
//! person's word, and AWS's list would settle it.

use jiff::civil::Date;
use serde::Serialize;

use super::{Review, State, Statement};

/// What AWS Artifact said of its reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// All of AWS's SOC 2 reports.
    Read(Vec<Report>),
    /// They could not all be listed, or were not asked for.
    Unread(String),
}

/// A SOC 2 report of AWS's, as AWS Artifact lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Version; a report that is corrected gets the next.
    pub version: i64,
    /// First day that it covers (UTC).
    pub period_start: Option<Date>,
    /// Last day that it covers (UTC).
    pub period_end: Option<Date>,
}

impl Listing {
    /// The report whose period ends last; of two, the later version.
    pub fn newest(&self) -> Option<&Report> {
        let Self::Read(reports) = self else {
            return None;
        };
        let dated = reports.iter().filter(|report| report.period_end.is_some());
        dated.max_by_key(|report| (report.period_end, report.version, &report.id))
    }
}

/// What is wrong with a review on that day; nothing where it counts.
pub(super) fn wrong(
    statement: &Statement,
    max_days: u32,
    today: Date,
    listing: Option<&Listing>,
) -> Option<State> {
    let Some(review) = &statement.review else {
        return Some(State::ReportNotNamed);
    };
    // A folder that is looked at beside a scan is held against its own dates alone.
    let Some(listing) = listing else {
        return reaches_not(review, max_days, today);
    };
    let reports = match listing {
        Listing::Read(reports) => reports,
        Listing::Unread(why) => return Some(State::ReportUnconfirmed { why: why.clone() }),
    };
    let mut listed = reports
        .iter()
        .filter(|report| report.id == review.report_id);
    let Some(same) = listed.clone().max_by_key(|report| report.version) else {
        return Some(State::ReportNotListed);
    };
    let differs = |what: String| Some(State::ReportDiffers { what });
    if same.version > review.report_version {
        return differs(format!(
            "AWS lists version {}, and version {} was reviewed",
            same.version, review.report_version
        ));
    }
    let Some(same) = listed.find(|report| report.version == review.report_version) else {
        return differs(format!(
            "AWS lists version {} and no version {}",
            same.version, review.report_version
        ));
    };
    let stated = (Some(review.period_start), Some(review.period_end));
    if (same.period_start, same.period_end) != stated {
        return differs(format!(
            "AWS lists it for {}, and the review says {} to {}",
            period(same),
            review.period_start,
            review.period_end
        ));
    }
    match listing.newest() {
        Some(newest) if newest.period_end <= same.period_end => None,
        Some(_) | None => reaches_not(review, max_days, today),
    }
}

fn period(report: &Report) -> String {
    let day = |day: Option<Date>| day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    format!("{} to {}", day(report.period_start), day(report.period_end))
}

/// How many days lie between what the report and its letter cover and that day; none where they reach as far.
pub fn gap_days(review: &Review, today: Date) -> u32 {
    let days = today.since(review.covers_until()).map(|gap| gap.get_days());
    days.map_or(u32::MAX, |days| u32::try_from(days).unwrap_or(0))
}

fn reaches_not(review: &Review, max_days: u32, today: Date) -> Option<State> {
    (gap_days(review, today) > max_days).then(|| State::ReportOutdated {
        covers_until: review.covers_until(),
        max_days,
    })
}
