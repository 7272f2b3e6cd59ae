//! Why a scan or a replay could not run.

use thiserror::Error;

use crate::aws::session::SessionError;
use crate::bundle::BundleError;
use crate::complaint::Complaints;
use crate::criteria::roll_up::UnknownCriterion;

/// Why a scan or a replay could not run.
#[derive(Debug, Error)]
pub enum ScanError {
    /// AWS could not be reached as anybody.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The bundle could not be written or read.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A check names a criterion that its frameworks lack.
    #[error(transparent)]
    Criterion(#[from] UnknownCriterion),
    /// A file in the bundle is not what this version reads.
    #[error("{0}")]
    Inputs(#[from] Complaints),
    /// A region was asked for that there is not, or that the account has not enabled.
    #[error("region `{region}` {why}")]
    Region {
        /// As given.
        region: String,
        /// What is wrong with it.
        why: String,
    },
}

impl ScanError {
    /// What to do next.
    pub fn remedy(&self) -> String {
        let fixed = match self {
            Self::Session(error) => return error.remedy(),
            Self::Bundle(error) => error.remedy(),
            Self::Inputs(_) => "replay it with the version of tieout that recorded it",
            Self::Criterion(_) => "name a criterion of `tieout criteria` in the check",
            Self::Region { .. } => {
                "name an enabled region, or leave --region out to scan every enabled one"
            }
        };
        fixed.to_owned()
    }
}
