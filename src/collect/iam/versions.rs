//! Versions of managed policies.

use aws_sdk_iam::types::{ManagedPolicyDetail, PolicyVersion};

use crate::aws::{Missing, missing};

/// The version of a managed policy that counts.
pub(super) fn in_force(policy: &ManagedPolicyDetail) -> Result<&PolicyVersion, Missing> {
    let versions = policy.policy_version_list.as_ref();
    versions
        .ok_or(missing("PolicyVersionList"))?
        .iter()
        .find(|version| version.is_default_version())
        .ok_or(missing("the default version of the policy"))
}
