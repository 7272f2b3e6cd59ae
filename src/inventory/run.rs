//! One execution: who scanned what, when and with which rules; and the ledger of what was read.

pub mod clock;
pub mod origin;
pub mod redaction;

use std::collections::BTreeMap;
use std::ops::AddAssign;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use clock::Clock;
pub use origin::{Host, Origin, Previous, Stated, Tool, Trigger};
pub use redaction::{Redaction, What};

/// One execution of the scanner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// `run-2026-11-24T02-11-09Z`: also the bundle's folder.
    pub id: String,
    /// Version of the tool that collected.
    pub tool: String,
    /// When it started. This is `now` in every rule, in the scan and in each replay of it.
    pub started: Timestamp,
    /// When the last answer had arrived; absent where the run was cut off.
    pub finished: Option<Timestamp>,
    /// Who scanned, per account.
    pub callers: Vec<Caller>,
    /// What was asked for and what was reached.
    pub scope: Scope,
    /// Whether it was stopped before it had read everything.
    pub partial: bool,
    /// Whether this comes from recorded answers, and which.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replayed: Option<String>,
    /// What is known of it beside what AWS answered: by which build, started by whom, on which machine, after which run. None
    /// of a run that was recorded before this was kept. A replay has the original's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub origin: Option<Origin>,
    /// That names were taken out before it was handed over, and which.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub redaction: Option<Redaction>,
}

/// Who scanned an account, as `sts:GetCallerIdentity` answered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Caller {
    /// Twelve digits.
    pub account: String,
    /// The caller's ARN.
    pub arn: String,
    /// Account aliases or names, where known.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub alias: String,
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
    /// The caller's unique id: `AROA…:session` of a role, `AIDA…` of a user.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub user_id: Option<String>,
    /// Name of the session, where the caller is a role or a federated user: CloudTrail calls it the user name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub session: Option<String>,
    /// Ids of the access keys that signed the calls, in order; more than one where a session was renewed. Ids alone, never
    /// the secrets. Empty: recorded before they were kept.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub access_key_ids: Vec<String>,
    /// The organization that the account is in (`o-…`), where a call of the plan told it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub organization: Option<String>,
}

/// The name of the session in a caller's ARN: `arn:aws:sts::1…:assumed-role/<role>/<session>` and
/// `arn:aws:sts::1…:federated-user/<name>` have one, users and the root have none.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>
pub fn session_of(arn: &str) -> Option<&str> {
    let resource = arn.splitn(6, ':').nth(5)?;
    let rest = resource.strip_prefix("assumed-role/");
    match rest {
        Some(rest) => rest.rsplit_once('/').map(|(_, session)| session),
        None => resource.strip_prefix("federated-user/"),
    }
}

/// Declared and reached scope.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scope {
    /// Regions that were asked for on the command line; empty: every enabled region of the account.
    pub regions_asked: Vec<String>,
    /// Regions that were read.
    pub regions: Vec<String>,
    /// Regions of the partition that are not enabled for the account, and so hold nothing.
    pub regions_disabled: Vec<String>,
    /// `--only`, as given.
    pub only: Vec<String>,
    /// `--skip`, as given.
    pub skip: Vec<String>,
}

/// How the calls of one service in one place came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Answered.
    pub ok: u64,
    /// Answered that there is none.
    pub absent: u64,
    /// Denied, by a policy or a service control policy.
    pub denied: u64,
    /// Any other gap.
    pub failed: u64,
    /// Attempts refused for their rate, whether or not a later one was answered.
    pub throttled: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.ok += other.ok;
        self.absent += other.absent;
        self.denied += other.denied;
        self.failed += other.failed;
        self.throttled += other.throttled;
    }
}

/// One line of the coverage ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Twelve digits.
    pub account: String,
    /// Region, or `global`.
    pub region: String,
    /// Service.
    pub service: String,
    /// Its calls.
    #[serde(flatten)]
    pub calls: Tally,
}

/// The ledger: account × region × service.
pub type Ledger = BTreeMap<(String, String, String), Tally>;

/// The ledger as lines, in order.
pub fn coverage(ledger: &Ledger) -> Vec<Coverage> {
    ledger
        .iter()
        .map(|((account, region, service), calls)| Coverage {
            account: account.clone(),
            region: region.clone(),
            service: service.clone(),
            calls: *calls,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::session_of;

    #[test]
    fn roles_have_sessions_and_users_have_none() {
        let of = |resource: &str| {
            let arn = format!("arn:aws:sts::111122223333:{resource}");
            session_of(&arn).map(str::to_owned)
        };
        assert_eq!(of("assumed-role/scan/run-1"), Some("run-1".to_owned()));
        assert_eq!(of("federated-user/eve"), Some("eve".to_owned()));
        assert_eq!(of("user/team/eve"), None);
        assert_eq!(of("root"), None);
        assert_eq!(session_of("no arn"), None);
    }
}
