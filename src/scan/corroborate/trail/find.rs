//! Where a trail's log files are: `[prefix/]AWSLogs/[o-…/]<account>/CloudTrail/<region>/YYYY/MM/DD/`, and how they are named.
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html>
//!
//! Any of those folders may be named, or one with the files themselves. Folders of other accounts, regions and days are not looked
//! into: a bucket may hold years of logs.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::history::HistoryError;
use crate::history::store::Store;

/// The folder that a trail's log files are in, beside those of its digests and of other services.
const CLOUDTRAIL: &str = "CloudTrail";

/// The folder in which AWS puts logs, by account.
const AWS_LOGS: &str = "AWSLogs";

/// Which files are looked for.
#[derive(Debug)]
pub(super) struct Sought<'a> {
    pub(super) accounts: BTreeSet<&'a str>,
    pub(super) regions: BTreeSet<&'a str>,
    /// Delivered from here on…
    pub(super) from: Timestamp,
    /// …to here.
    pub(super) to: Timestamp,
}

/// A log file.
#[derive(Debug)]
pub(super) struct LogFile {
    folder: Store,
    name: String,
    pub(super) bytes: u64,
    pub(super) region: String,
    /// When it was delivered, to the minute.
    pub(super) delivered: Timestamp,
}

impl LogFile {
    pub(super) fn path(&self) -> String {
        format!("{}/{}", self.folder.name().trim_end_matches('/'), self.name)
    }

    pub(super) fn read(&self) -> Result<Vec<u8>, String> {
        match self.folder.read(&self.name) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err("it was listed and is not there".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// The files that are sought, in order of their delivery.
pub(super) fn files(top: &Store, sought: &Sought<'_>) -> Result<Vec<LogFile>, HistoryError> {
    let days = days(sought);
    let mut found = Vec::new();
    let mut open = vec![top.clone()];
    while let Some(folder) = open.pop() {
        let level = folder.level()?;
        for file in level.files {
            if let Some((region, delivered)) = named(&file.name, sought) {
                found.push(LogFile {
                    folder: folder.clone(),
                    name: file.name,
                    bytes: file.bytes,
                    region,
                    delivered,
                });
            }
        }
        open.extend(level.folders.into_iter().filter(|folder| {
            let path = folder.name();
            let parts: Vec<&str> = path.split(['/', '\\']).collect();
            leads(&parts, sought, &days)
        }));
    }
    found.sort_by_cached_key(|file| (file.delivered, file.path()));
    Ok(found)
}

/// The days of delivery, as folders name them: `2026/11/24`.
fn days(sought: &Sought<'_>) -> Vec<String> {
    let day = |at: Timestamp| TimeZone::UTC.to_datetime(at).date();
    let (mut today, last) = (day(sought.from), day(sought.to));
    let mut days = Vec::new();
    while today <= last {
        days.push(today.strftime("%Y/%m/%d").to_string());
        let Ok(next) = today.checked_add(1.day()) else {
            break;
        };
        today = next;
    }
    days
}

/// Whether a folder may hold files that are sought.
fn leads(path: &[&str], sought: &Sought<'_>, days: &[String]) -> bool {
    let is_account = |name: &str| name.len() == 12 && name.bytes().all(|it| it.is_ascii_digit());
    // `us-east-1`; somebody's own folders may be called CloudTrail, too.
    let is_region =
        |name: &str| name.split('-').count() >= 3 && name.ends_with(|it: char| it.is_ascii_digit());
    let trail = path.iter().rposition(|name| *name == CLOUDTRAIL);
    let below = trail.and_then(|at| path.get(at + 1..)).unwrap_or_default();
    if let [region, day @ ..] = below
        && is_region(region)
    {
        let day = day.join("/");
        return sought.regions.contains(region) && days.iter().any(|one| one.starts_with(&day));
    }
    match path {
        [.., CLOUDTRAIL] => true,
        [.., parent, _] if is_account(parent) => false,
        [.., parent, name]
            if is_account(name) && (*parent == AWS_LOGS || parent.starts_with("o-")) =>
        {
            sought.accounts.contains(name)
        }
        _ => true,
    }
}

/// The region and time of a log file that is sought: `<account>_CloudTrail_<region>_YYYYMMDDTHHmmZ_<unique>.json.gz`.
fn named(name: &str, sought: &Sought<'_>) -> Option<(String, Timestamp)> {
    let stem = name.strip_suffix(".json.gz")?;
    let parts: Vec<&str> = stem.split('_').collect();
    let [account, CLOUDTRAIL, region, minute, _unique] = parts.as_slice() else {
        return None;
    };
    let minute = DateTime::strptime("%Y%m%dT%H%MZ", minute).ok()?;
    let delivered = TimeZone::UTC.to_timestamp(minute).ok()?;
    let in_time = delivered.as_second() + 60 > sought.from.as_second() && delivered <= sought.to;
    (in_time && sought.accounts.contains(account) && sought.regions.contains(region))
        .then(|| ((*region).to_owned(), delivered))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought() -> Sought<'static> {
        Sought {
            accounts: BTreeSet::from(["111122223333"]),
            regions: BTreeSet::from(["us-east-1", "eu-west-1"]),
            from: "2026-11-24T02:11:09Z".parse().unwrap(),
            to: "2026-11-25T03:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn only_folders_that_may_hold_the_files_are_looked_into() {
        let (sought, days) = (sought(), days(&sought()));
        let leads = |path: &str| leads(&path.split('/').collect::<Vec<_>>(), &sought, &days);
        for path in [
            "logs",
            "logs/AWSLogs",
            "AWSLogs/o-acme/111122223333",
            "AWSLogs/111122223333/CloudTrail",
            "AWSLogs/111122223333/CloudTrail/us-east-1/2026",
            "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/25",
            "copied/CloudTrail/eu-west-1",
            "me/CloudTrail/copied/AWSLogs",
        ] {
            assert!(leads(path), "{path}");
        }
        for path in [
            "AWSLogs/444455556666",
            "AWSLogs/111122223333/Config",
            "AWSLogs/111122223333/CloudTrail-Digest",
            "AWSLogs/111122223333/CloudTrail/us-west-2",
            "AWSLogs/111122223333/CloudTrail/us-east-1/2025",
            "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/23",
        ] {
            assert!(!leads(path), "{path}");
        }
    }

    #[test]
    fn a_file_says_by_its_name_whose_it_is_and_when_it_was_delivered() {
        let named = |name: &str| named(name, &sought());
        let (region, delivered) =
            named("111122223333_CloudTrail_us-east-1_20261124T0215Z_Mu0KsOhtH1ar15ZZ.json.gz")
                .unwrap();
        assert_eq!(region, "us-east-1");
        assert_eq!(delivered.to_string(), "2026-11-24T02:15:00Z");
        // The minute of the first call.
        assert!(named("111122223333_CloudTrail_us-east-1_20261124T0211Z_a.json.gz").is_some());
        for other in [
            "111122223333_CloudTrail_us-east-1_20261124T0210Z_a.json.gz",
            "111122223333_CloudTrail_us-east-1_20261125T0301Z_a.json.gz",
            "444455556666_CloudTrail_us-east-1_20261124T0215Z_a.json.gz",
            "111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20261124T0215Z.json.gz",
            "111122223333_CloudTrail_us-east-1_yesterday_a.json.gz",
        ] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
