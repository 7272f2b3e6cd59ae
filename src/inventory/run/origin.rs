//! What is known of an execution beside what AWS answered.
//!
//! None of it can be read again later, and no one of these can be proved by the run alone; each says by what it is known. What
//! nobody could know is absent.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Clock;

/// By which build, started by whom, on which machine, after which run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The build that collected and judged.
    pub tool: Tool,
    /// Who started it, as the environment says: a person's login name, or whom the CI system names.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub operator: Option<Stated>,
    /// The CI system's own page on the job, where it tells of one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub job: Option<Stated>,
    /// What made it start; absent where nobody said and nothing shows it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trigger: Option<Trigger>,
    /// The machine; absent where the system has neither a machine id nor a name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub host: Option<Host>,
    /// How far the machine's clock was from the servers'; absent where no answer had a `Date`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub clock: Option<Clock>,
    /// The run before it: absent of the first in its chain.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<Previous>,
}

/// A build of the tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// `tieout`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the executable that ran, hexadecimal; absent where it could not be read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
    /// The commit it was built from; absent where the build was not told (`TIEOUT_COMMIT` at build time).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub commit: Option<String>,
    /// Operating system and processor it was built for: `linux x86_64`.
    pub platform: String,
    /// The AWS SDK's crates in it, and their versions, as they tell them of themselves.
    pub sdk: BTreeMap<String, String>,
}

/// Something that the environment says, and where it says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// What it says.
    pub value: String,
    /// The variable that says so: `GITHUB_ACTOR`, `USER`.
    pub told_by: String,
}

/// What made a run start, and what tells so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// What.
    pub kind: TriggerKind,
    /// The flag or variable that says so, or `terminal`: somebody sat before one.
    pub told_by: String,
}

/// What makes a run start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriggerKind {
    /// A timetable.
    Scheduled,
    /// A person.
    Manual,
    /// A change that went through a CI system.
    Ci,
}

impl TriggerKind {
    /// As files and flags spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Manual => "manual",
            Self::Ci => "ci",
        }
    }
}

/// The machine a run ran on, without its name: the same machine has the same fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// HMAC-SHA-256, hexadecimal, of the machine's name under its machine id as the key; of the name alone where there is no id.
    pub fingerprint: String,
    /// What it was made of: `machine-id`, `hostname`.
    pub of: Vec<String>,
}

/// The run before a run, by its manifest: a chain in which none can be exchanged or left out unnoticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previous {
    /// Its name.
    pub run: String,
    /// When it started.
    pub started: Timestamp,
    /// SHA-256 of its `manifest.json`, hexadecimal.
    pub manifest_sha256: String,
}
