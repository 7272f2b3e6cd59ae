//! What a run may call.

use std::collections::BTreeSet;

/// The calls of every scan, whatever its checks: who is scanning, what the account is called, which regions there are; and,
/// only where a host is not found, where AWS offers its service.
pub const CALLS: [&str; 4] = [
    "sts:GetCallerIdentity",
    "iam:ListAccountAliases",
    "ec2:DescribeRegions",
    super::offered::CALL,
];

/// The calls a run may make, as `service:Operation`. What is not in it is not called, whoever asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    calls: BTreeSet<String>,
}

impl Plan {
    /// A plan of these calls.
    pub fn new(calls: impl IntoIterator<Item = String>) -> Self {
        Self {
            calls: calls.into_iter().collect(),
        }
    }

    /// Whether a call is in it.
    pub fn has(&self, call: &str) -> bool {
        self.calls.contains(call)
    }

    /// Whether any call of a service is in it, beside those that begin every scan.
    pub fn has_service(&self, service: &str) -> bool {
        self.calls
            .iter()
            .filter(|call| !CALLS.contains(&call.as_str()))
            .any(|call| call.split(':').next() == Some(service))
    }

    /// Its calls, in order.
    pub fn calls(&self) -> impl Iterator<Item = &str> {
        self.calls.iter().map(String::as_str)
    }
}
