//! What Macie tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Bucket::kind(),
        Finding::kind(),
        Job::kind(),
        Session::kind(),
        Suppression::kind(),
    ]
}

kind! {
    /// Macie in a region; there is one in each, also where it is off.
    "macie2.session" as session: Session, listed by ["macie2:GetMacieSession"] {
        /// The region.
        region: String,
        /// `ENABLED`, `PAUSED` or `OFF`.
        status: String,
        /// When it was turned on; none: it is off.
        since: Option<Timestamp>,
        /// Whether it looks for sensitive data by itself, day by day. Of a member of an organization its administrator's
        /// account alone may tell.
        discovery: bool => ["macie2:GetAutomatedDiscoveryConfiguration"],
    }
}

kind! {
    /// A job that looks for sensitive data, and that nobody has cancelled.
    "macie2.job" as job: Job, listed by ["macie2:GetMacieSession", "macie2:ListClassificationJobs"] {
        /// Whether it runs daily, weekly or monthly; if not, once.
        scheduled: bool,
        /// `RUNNING`, `COMPLETE` (it ran once), `IDLE` (it waits for its next run), `PAUSED` or `USER_PAUSED`.
        status: String,
        /// When it was made.
        created: Timestamp,
        /// Whether something kept its last run from what it should have read.
        failed: bool,
    }
}

kind! {
    /// A bucket as Macie sees it.
    "macie2.bucket" as bucket: Bucket, listed by ["macie2:GetMacieSession", "macie2:DescribeBuckets"] {
        /// Name.
        name: String,
        /// Whether Macie looks into it by itself.
        monitored: bool,
        /// When Macie last looked into it, by itself or by a job; none: never.
        analyzed: Option<Timestamp>,
        /// Why Macie cannot look into it, `ACCESS_DENIED` or `BUCKET_COUNT_EXCEEDS_QUOTA`; none: it can.
        error: Option<String>,
        /// Tags, as far as Macie can read them.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A finding of high or medium severity that nobody has archived. Macie forgets findings after ninety days.
    "macie2.finding" as finding: Finding, listed by ["macie2:GetMacieSession", "macie2:ListFindings", "macie2:GetFindings"] {
        /// `SensitiveData:S3Object/Personal`, `Policy:IAMUser/S3BucketPublic` …
        r#type: String,
        /// `High` or `Medium`.
        severity: String,
        /// When it was made.
        created: Timestamp,
        /// Name of the bucket it is about.
        bucket: String,
    }
}

kind! {
    /// A filter that archives findings as they come.
    "macie2.suppression" as suppression: Suppression, listed by ["macie2:GetMacieSession", "macie2:ListFindingsFilters"] {
        /// Name.
        name: String,
        /// What is said of it; none: nobody said.
        description: Option<String> => ["macie2:GetFindingsFilter"],
    }
}
