//! Many bundles over time.
//!
//! What a history can say, and what it cannot: a state is evidenced at the instants of runs, and nowhere else. Between
//! two runs that came to the same outcome by the same rule it is *the same at both ends*; whether it was so all the time
//! between, no run saw. A day without a run is a gap and never a pass. A run whose bundle is damaged is left out by
//! name, and its day is a gap.
//!
//! Reading is light: of each bundle the manifest and the verdicts, the rules where they are new. Each file that is read is
//! held against its digest in the manifest. The answers of AWS are not read; `tieout verify` holds those.

pub mod circumstance;
pub mod diff;
pub mod period;
pub mod place;
pub mod row;
pub mod rule;
pub mod s3;
pub mod store;
pub mod timeline;

use jiff::Timestamp;
use serde::Serialize;
use thiserror::Error;

use crate::bundle::BundleError;
use crate::check::Outcome;

pub use place::Place;

/// What a run says of a resource, with the waiver told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The assertion holds.
    Pass,
    /// It does not hold.
    Fail,
    /// It does not hold, and a waiver accepts that.
    Waived,
    /// A fact it rests on could not be read.
    Unknown,
    /// The check does not apply to the resource.
    NotApplicable,
}

impl State {
    /// The state of a verdict.
    pub fn of(outcome: Outcome, waived: bool) -> Self {
        match outcome {
            Outcome::Pass => Self::Pass,
            Outcome::Fail if waived => Self::Waived,
            Outcome::Fail => Self::Fail,
            Outcome::Unknown => Self::Unknown,
            Outcome::NotApplicable => Self::NotApplicable,
        }
    }

    /// Whether the assertion does not hold, accepted or not.
    pub fn fails(self) -> bool {
        matches!(self, Self::Fail | Self::Waived)
    }

    /// Whether it was found that nothing is wrong.
    pub fn is_fine(self) -> bool {
        matches!(self, Self::Pass | Self::NotApplicable)
    }

    /// As reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Waived => "waived",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// A run, as what it showed refers to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The run's id.
    pub run: String,
    /// When it started: what `now` was in its rules.
    pub at: Timestamp,
}

/// Why a history cannot be read.
#[derive(Debug, Error)]
pub enum HistoryError {
    /// A bundle that has to be read is not whole.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A bundle holds no verdicts.
    #[error("{0} was killed before it was judged, so there is nothing to compare")]
    NotJudged(String),
    /// Two runs that have no account in common.
    #[error("the runs are of different accounts: {0} and {1}")]
    OtherAccount(String, String),
    /// The history has no run of the account that was named.
    #[error("the history holds no run of account {0}; it is of {1}")]
    NoSuchAccount(String, String),
    /// A name that begins like a bucket's and is none.
    #[error("{0} names no history: {1}")]
    Url(String, String),
    /// A folder of the machine, or a file in it.
    #[error("{0} cannot be read: {1}")]
    Unreadable(String, String),
    /// S3 does not let us read.
    #[error("{0} cannot be read: access denied")]
    Denied(String),
    /// There is no such bucket.
    #[error("{0} cannot be read: there is no such bucket")]
    NoBucket(String),
    /// No usable answer.
    #[error("{0} cannot be read: {1}")]
    Unreachable(String, String),
    /// There is no log file of CloudTrail in it.
    #[error("{0} holds no log file of CloudTrail of the run's account, regions and time")]
    NoLogs(String),
    /// There is no bundle in it that could be read.
    #[error("the history holds no run that can be read{}", Self::because(.0))]
    Empty(String),
}

impl HistoryError {
    fn because(whys: &str) -> String {
        if whys.is_empty() {
            String::new()
        } else {
            format!(": {whys}")
        }
    }

    /// What to do next.
    pub fn remedy(&self) -> String {
        match self {
            Self::Bundle(error) => error.remedy().to_owned(),
            Self::NotJudged(_) => {
                "`tieout replay BUNDLE --out DIR` judges what it has read; compare with that".to_owned()
            }
            Self::NoSuchAccount(..) => {
                "name one of them with --account, or leave it out: each account has a period of its own".to_owned()
            }
            Self::Url(..) => "write s3://bucket/prefix".to_owned(),
            Self::Unreadable(..) => "check the path and its permissions".to_owned(),
            Self::Denied(_) => "grant s3:ListBucket on the bucket and s3:GetObject below the prefix to the credentials in use \
                 (--profile names others), and kms:Decrypt where its key is a customer's"
                .to_owned(),
            Self::NoBucket(_) => "check the bucket's name, its region (AWS_REGION) and AWS_ENDPOINT_URL".to_owned(),
            Self::Unreachable(..) => "check the network, the region (AWS_REGION) and AWS_ENDPOINT_URL".to_owned(),
            Self::Empty(_) => {
                "name the folder (or s3://bucket/prefix) in which the bundles of the runs are, each a folder with \
                 manifest.json".to_owned()
            }
            Self::NoLogs(_) => "name the folder (or s3://bucket/prefix) to which the trail delivers: it has AWSLogs/<account>/CloudTrail in it"
                .to_owned(),
            Self::OtherAccount(..) => {
                "name two runs of one account, or say with --across that you mean two accounts"
                    .to_owned()
            }
        }
    }
}

/// Whether a folder is named as a scan names its own.
fn looks_like_a_run(name: &str) -> bool {
    name.starts_with("run-")
}
