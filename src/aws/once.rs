//! Calls that several collectors make. AWS is asked once, and each of them cites the same answer: a replay, in which they
//! ask in another order, could not tell two answers to one question apart.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Label;
use super::refusal::refused_for_its_rate;
use crate::inventory::attempt::{Attempt, Request};

/// What more than one collector asks, or one collector of many places at once. Not all calls: keeping every answer to the
/// end of a scan would cost memory for nothing.
const SHARED: &[(&str, &str)] = &[
    ("eks", "DescribeClusterVersions"),
    ("identitystore", "ListUsers"),
    ("organizations", "DescribeOrganization"),
    ("organizations", "ListAccounts"),
    ("ssm", "GetParametersByPath"),
    ("sso-admin", "ListInstances"),
];

type Key = (Arc<str>, Arc<str>, Arc<str>, Arc<str>, Request);

/// Holds the answer, once there is one; whoever comes meanwhile waits for it.
pub(super) type Slot = Arc<tokio::sync::Mutex<Option<Attempt>>>;

/// The shared calls of a run.
#[derive(Debug, Default)]
pub(super) struct Once {
    slots: Mutex<HashMap<Key, Slot>>,
}

impl Once {
    /// Where the answer to a shared call is kept; none where the call is nobody else's.
    pub(super) fn slot(&self, label: &Label, asked: &Request) -> Option<Slot> {
        let call = (&*label.service, &*label.operation);
        if !SHARED.contains(&call) {
            return None;
        }
        let key = (
            label.service.clone(),
            label.operation.clone(),
            label.account.clone(),
            label.region.clone(),
            asked.clone(),
        );
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Some(slots.entry(key).or_default().clone())
    }
}

/// Whether asking again would be answered the same: not where AWS was too busy or broken, nor where no answer came.
pub(super) fn settles(attempt: &Attempt) -> bool {
    let answered = attempt.answer.as_ref();
    attempt.failure.is_none()
        && answered.is_some_and(|answer| answer.status < 500 && !refused_for_its_rate(answer))
}
