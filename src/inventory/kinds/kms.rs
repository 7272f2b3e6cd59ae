//! What KMS tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

use super::statement::Statement;

/// The kind of KMS.
pub fn kinds() -> Vec<Kind> {
    vec![Key::kind()]
}

record! {
    /// A grant: lets one principal use the key, beside the key policy.
    pub struct Grant {
        /// ARN of the principal that may use the key, or name of an AWS service.
        grantee: String,
        /// What it may do: `Decrypt`, `GenerateDataKey`, `CreateGrant`…
        operations: Vec<String>,
    }
}

kind! {
    /// A KMS key of the account: the customer's own, or one that AWS manages for a service. It goes by its first alias.
    "kms.key" as key: Key, listed by ["kms:ListKeys", "kms:ListAliases"] {
        /// Id.
        id: String,
        /// Aliases, `alias/…`; empty where it has none.
        aliases: Vec<String> => ["kms:ListAliases"],
        /// ARNs that it goes by: its own, and those of its aliases.
        arns: Vec<String> => ["kms:ListAliases"],
        /// `CUSTOMER` or `AWS`.
        manager: String => ["kms:DescribeKey"],
        /// `Enabled`, `Disabled`, `PendingDeletion`, `PendingReplicaDeletion`, `PendingImport`, `Unavailable`…
        state: String => ["kms:DescribeKey"],
        /// Kind of key material: `SYMMETRIC_DEFAULT`, `RSA_2048`, `HMAC_256`…
        spec: String => ["kms:DescribeKey"],
        /// `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, `GENERATE_VERIFY_MAC`, `KEY_AGREEMENT`…
        usage: String => ["kms:DescribeKey"],
        /// Where the key material was made: `AWS_KMS`, `EXTERNAL` (imported), `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`.
        origin: String => ["kms:DescribeKey"],
        /// Whether it is one of a set of keys in several regions.
        multi_region: bool => ["kms:DescribeKey"],
        /// Description; may be empty.
        description: String => ["kms:DescribeKey"],
        /// When it was created.
        created: Timestamp => ["kms:DescribeKey"],
        /// When it will be deleted; none: no deletion is scheduled, or it waits for the deletion of its replicas.
        deleted_at: Option<Timestamp> => ["kms:DescribeKey"],
        /// When imported key material expires; none: it does not, or was not imported.
        expires: Option<Timestamp> => ["kms:DescribeKey"],
        /// Whether it can rotate automatically: not if it is asymmetric, for HMAC, imported or in a custom store.
        /// <https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html>
        can_rotate: bool => ["kms:DescribeKey"],
        /// Whether it rotates automatically; `false` where it cannot.
        rotates: bool => ["kms:DescribeKey", "kms:GetKeyRotationStatus"],
        /// Statements of its key policy.
        policy: Vec<Statement> => ["kms:GetKeyPolicy"],
        /// Accounts other than the key's own that `policy` allows something, in order of number; everyone (`*`) is
        /// none of them.
        policy_accounts: Vec<String> => ["kms:GetKeyPolicy"],
        /// Its grants, also those of AWS services.
        grants: Vec<Grant> => ["kms:ListGrants"],
        /// Accounts other than the key's own that hold one of `grants`, in order of number.
        grant_accounts: Vec<String> => ["kms:ListGrants"],
    }
}
