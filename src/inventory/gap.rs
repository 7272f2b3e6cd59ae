//! Gaps: why a fact or a population could not be read, and what would settle it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why AWS did not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// An IAM, resource, boundary or session policy does not allow the action.
    Denied,
    /// A service or resource control policy of the organization denies it; no IAM policy can allow it.
    DeniedByScp,
    /// Refused for its rate until the retries ran out.
    Throttled,
    /// The region is not enabled for the account, and AWS says so in these words.
    RegionDisabled,
    /// The account is not subscribed to the service, so the service will not say.
    NotSubscribed,
    /// AWS does not know the credentials there. They are no longer good, or they are not good in that region: it is not
    /// enabled, or the session's token is of the kind that counts only in regions that are enabled by default. AWS says
    /// the same in each case.
    Refused,
    /// It was listed, and gone when its details were asked for.
    Vanished,
    /// The credentials ran out during the scan.
    Expired,
    /// No usable answer: a 5xx, a broken connection, a time-out, or an error code we do not know.
    Broken,
    /// An answer arrived that is cut short or is not what the operation answers.
    Malformed,
    /// The scan did not ask: left out by `--only` or `--skip`, outside its accounts and regions, or
    /// stopped before it came to this.
    NotAsked,
    /// Not for AWS to tell: a file of the user's would, and none was given that does.
    NotGiven,
    /// Not AWS's doing: a rule asked for what its facts do not have, such as a missing key or a number too
    /// large.
    Undefined,
}

impl Reason {
    /// Whether granting the gap's action would settle it.
    pub fn settled_by_grant(self) -> bool {
        self == Self::Denied
    }

    /// Whether scanning again may tell, with nothing granted, given or mended first.
    pub fn is_retriable(self) -> bool {
        match self {
            Self::Throttled | Self::Vanished | Self::Expired | Self::Broken | Self::Malformed => {
                true
            }
            Self::Denied
            | Self::DeniedByScp
            | Self::RegionDisabled
            | Self::NotSubscribed
            | Self::Refused
            | Self::NotAsked
            | Self::NotGiven
            | Self::Undefined => false,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Denied => "access denied",
            Self::DeniedByScp => "denied by a control policy of the organization",
            Self::Throttled => "throttled until the retries ran out",
            Self::RegionDisabled => "the region is not enabled",
            Self::NotSubscribed => "the account is not subscribed to the service",
            Self::Refused => "AWS does not accept the credentials there",
            Self::Vanished => "gone since it was listed",
            Self::Expired => "the credentials expired",
            Self::Broken => "no usable answer",
            Self::Malformed => "the answer is cut short or malformed",
            Self::NotAsked => "not asked for in this scan",
            Self::NotGiven => "no file was given that tells",
            Self::Undefined => "not defined for these facts",
        })
    }
}

/// Why a fact or a population could not be read: the call, the reason, the IAM action to grant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Gap {
    /// Service as in [`super::Call::service`].
    pub service: String,
    /// Operation that should have told.
    pub operation: String,
    /// Account and region it was asked in.
    pub account: String,
    /// Region it was asked in.
    pub region: String,
    /// What it was asked about: `bucket=acme-logs`. Empty for a listing.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub parameters: String,
    /// Why it did not tell.
    pub reason: Reason,
    /// AWS's error code, where an error answer arrived.
    pub code: Option<String>,
    /// What AWS or the connection said, in one line.
    pub message: String,
    /// The IAM action that allows the call: `s3:GetEncryptionConfiguration`. Empty where none would help.
    pub action: String,
    /// AWS's request id of the last attempt.
    pub request_id: Option<String>,
}

impl fmt::Display for Gap {
    /// `s3:GetBucketPolicy (bucket=acme-hr): access denied; grant s3:GetBucketPolicy`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.service, self.operation)?;
        if !self.parameters.is_empty() {
            write!(out, " ({})", self.parameters)?;
        }
        write!(out, ": {}", self.reason)?;
        if let Some(code) = &self.code {
            write!(out, " [{code}]")?;
        }
        if self.reason.settled_by_grant() && !self.action.is_empty() {
            write!(out, "; grant {}", self.action)?;
        }
        Ok(())
    }
}
