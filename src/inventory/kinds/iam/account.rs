//! IAM settings of the account as a whole: the root user and the password policy.

use jiff::Timestamp;

use crate::{facet, record};

record! {
    /// Rules for the passwords of IAM users. They do not bind the root user.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>
    pub struct PasswordPolicy {
        /// Least number of characters.
        min_length: i64,
        /// Whether an upper-case letter is required.
        uppercase: bool,
        /// Whether a lower-case letter is required.
        lowercase: bool,
        /// Whether a digit is required.
        numbers: bool,
        /// Whether a symbol is required.
        symbols: bool,
        /// How many former passwords may not be used again; none: any may.
        reuse_prevention: Option<i64>,
        /// Days a password is good for; none: it does not expire.
        max_age_days: Option<i64>,
        /// Whether users may change their own.
        users_can_change: bool,
    }
}

facet! {
    /// The root user and the password policy.
    of "account": AccountAccess {
        /// Whether the root user has an MFA device.
        root_mfa: bool => ["iam:GetAccountSummary"],
        /// Whether the root user has an access key, active or not.
        root_access_key: bool => ["iam:GetAccountSummary"],
        /// Whether the root user has an X.509 signing certificate.
        root_signing_certificate: bool => ["iam:GetAccountSummary"],
        /// Whether the root user has a password. Members of an organization that manages root access centrally
        /// need not. None: the summary does not say.
        root_password: Option<bool> => ["iam:GetAccountSummary"],
        /// Serial numbers of the root user's virtual MFA devices (apps on a phone or laptop). Hardware tokens and
        /// passkeys are never among them.
        root_virtual_mfa: Vec<String> => ["iam:ListVirtualMFADevices"],
        /// Last use of the root user's password or of an access key of it; none: no use is on record.
        root_last_used: Option<Timestamp> => ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
        /// When IAM made the credential report that this scan read. IAM makes a new one at most every four hours.
        credential_report_time: Timestamp => ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
        /// Whether it manages an organization, or administers IAM for one.
        administers_organization: bool => ["iam:ListOrganizationsFeatures"],
        /// What that organization has turned on to manage the root users of its accounts: `RootCredentialsManagement`,
        /// `RootSessions`. Empty where the account administers none.
        central_root_features: Vec<String> => ["iam:ListOrganizationsFeatures"],
        /// Rules for the passwords of IAM users; none: AWS's default rules hold (eight characters, three of
        /// four kinds of character, no expiry).
        password_policy: Option<PasswordPolicy> => ["iam:GetAccountPasswordPolicy"],
    }
}
