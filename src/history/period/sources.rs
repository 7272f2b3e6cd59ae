//! Sources that forget: what happened in too long a time between runs, no run can have seen.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::coverage::Days;
use super::{Bounds, number};
use crate::history::timeline::Timeline;

/// A source of events, and for how many days AWS keeps them.
struct Source {
    service: &'static str,
    operation: &'static str,
    days: u32,
    /// Where AWS says so.
    link: &'static str,
}

/// As AWS's documentation has it. A source that keeps what it tells for as long as the resource is there is not here.
const SOURCES: [Source; 9] = [
    Source {
        service: "backup",
        operation: "ListBackupJobs",
        days: 30,
        link: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupJobs.html",
    },
    Source {
        service: "backup",
        operation: "ListRestoreJobs",
        days: 30,
        link: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRestoreJobs.html",
    },
    Source {
        service: "cloudtrail",
        operation: "LookupEvents",
        days: 90,
        link: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html",
    },
    Source {
        service: "cloudwatch",
        operation: "DescribeAlarmHistory",
        days: 30,
        link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
    },
    Source {
        service: "codepipeline",
        operation: "ListPipelineExecutions",
        days: 365,
        link: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ListPipelineExecutions.html",
    },
    Source {
        service: "codepipeline",
        operation: "ListActionExecutions",
        days: 365,
        link: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ListActionExecutions.html",
    },
    Source {
        service: "guardduty",
        operation: "ListFindings",
        days: 90,
        link: "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html",
    },
    Source {
        service: "guardduty",
        operation: "GetFindings",
        days: 90,
        link: "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html",
    },
    Source {
        service: "health",
        operation: "DescribeEvents",
        days: 90,
        link: "https://docs.aws.amazon.com/health/latest/APIReference/API_DescribeEvents.html",
    },
];

/// Events that no run can have seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// The service of the call.
    pub service: String,
    /// The call that tells the events.
    pub operation: String,
    /// For how many days AWS keeps them.
    pub kept_days: u32,
    /// Where AWS says so.
    pub link: String,
    /// Events from here on…
    pub from: Timestamp,
    /// …to here were told to no run, and were gone when the next came.
    pub to: Timestamp,
    /// Whether no run came after at all: they are gone unless one came, after the window, in time.
    pub awaited: bool,
    /// The checks that rest on the source, by id.
    pub checks: Vec<String>,
}

pub(super) fn lost(timeline: &Timeline, bounds: Bounds, coverage: &Days) -> Vec<Lost> {
    /// A hole of a source: from, to, service, operation.
    type Hole = (Timestamp, Timestamp, &'static str, &'static str);
    let mut found: BTreeMap<Hole, (Lost, Vec<String>)> = BTreeMap::new();
    for source in &SOURCES {
        for (place, check) in timeline.checks.iter().enumerate() {
            let rests = check.calls.iter().any(|(service, operation)| {
                *service == source.service && *operation == source.operation
            });
            if !rests {
                continue;
            }
            let place = number(place);
            // A run that could not decide the check may have been refused by the source.
            let told: Vec<Timestamp> = coverage
                .runs(place)
                .filter(|run| coverage.decided(place, *run))
                .filter_map(|run| timeline.run(run))
                .map(|run| run.started)
                .collect();
            for (from, to, awaited) in holes(&told, source.days, bounds) {
                let key = (from, to, source.service, source.operation);
                let entry = found.entry(key).or_insert_with(|| {
                    let lost = Lost {
                        service: source.service.to_owned(),
                        operation: source.operation.to_owned(),
                        kept_days: source.days,
                        link: source.link.to_owned(),
                        from,
                        to,
                        awaited,
                        checks: Vec::new(),
                    };
                    (lost, Vec::new())
                });
                entry.1.push(check.id.to_string());
            }
        }
    }
    found
        .into_values()
        .map(|(lost, mut checks)| {
            checks.sort();
            Lost { checks, ..lost }
        })
        .collect()
}

/// The parts of the window that no run can have seen.
fn holes(told: &[Timestamp], days: u32, bounds: Bounds) -> Vec<(Timestamp, Timestamp, bool)> {
    let kept = SignedDuration::from_hours(24 * i64::from(days));
    let reaches = |at: Timestamp| at.checked_sub(kept).unwrap_or(Timestamp::MIN);
    let mut holes = Vec::new();
    let mut hole = |from: Timestamp, to: Timestamp, awaited: bool| {
        let (from, to) = (from.max(bounds.start), to.min(bounds.end));
        if from < to {
            holes.push((from, to, awaited));
        }
    };
    // What was before the first run is told as far as its source reaches back.
    if let Some(first) = told.first() {
        hole(bounds.start, reaches(*first), false);
    }
    for (from, to) in told.iter().zip(told.iter().skip(1)) {
        hole(*from, reaches(*to), false);
    }
    if let Some(last) = told.last() {
        hole(*last, reaches(bounds.end), true);
    }
    holes
}
