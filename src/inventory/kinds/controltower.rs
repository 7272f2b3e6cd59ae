//! What Control Tower tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![EnabledControl::kind(), LandingZone::kind()]
}

kind! {
    /// The landing zone of an organization. Read in its management account; elsewhere there is none.
    "controltower.landing_zone" as zone: LandingZone, listed by ["organizations:DescribeOrganization", "controltower:ListLandingZones"] {
        /// Version it is at.
        version: String => ["controltower:GetLandingZone"],
        /// Newest version there is; none: AWS does not say.
        latest_version: Option<String> => ["controltower:GetLandingZone"],
        /// `IN_SYNC` or `DRIFTED`; none: AWS does not say.
        drift: Option<String> => ["controltower:GetLandingZone"],
    }
}

kind! {
    /// A control that Control Tower keeps up on a unit.
    "controltower.enabled_control" as control: EnabledControl, listed by [
        "organizations:DescribeOrganization", "controltower:ListLandingZones", "controltower:ListEnabledControls"
    ] {
        /// ARN of the control.
        control: String,
        /// ARN of the unit it is on.
        target: String,
        /// `SUCCEEDED`, `FAILED` or `UNDER_CHANGE`.
        status: String,
        /// `IN_SYNC`, `DRIFTED`, `NOT_CHECKING` or `UNKNOWN`; none: AWS does not say.
        drift: Option<String>,
    }
}
