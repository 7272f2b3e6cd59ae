//! The replayer: answers calls from the attempts of a bundle.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::refusal::refused_for_its_rate;
use super::{Label, wellformed};
use crate::inventory::attempt::{Attempt, Failure, Request, bytes_of};

/// What makes two calls the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    service: String,
    operation: String,
    account: String,
    region: String,
    request: Request,
}

/// A call as a run recorded it.
#[derive(Debug, Clone)]
struct Recorded {
    last: Attempt,
    /// Attempts before the last that were refused for their rate: they stand in the ledger.
    refused: u32,
}

/// The recorded answers of a run.
///
/// A call is answered by its *last* recorded attempt, and a replay does not retry: how often a call had to be
/// repeated is evidence about that day, and no part of what AWS told.
#[derive(Debug, Default)]
pub struct Answers {
    calls: Mutex<HashMap<Key, VecDeque<Recorded>>>,
}

impl Answers {
    /// The answers among these attempts. Equal calls (polling the credential report) are answered in the order
    /// they were made, and the last of them for ever.
    pub fn new(attempts: impl IntoIterator<Item = Attempt>) -> Self {
        let mut all: BTreeMap<(String, u64), Vec<Attempt>> = BTreeMap::new();
        for attempt in attempts {
            let call = (attempt.account.clone(), attempt.call);
            all.entry(call).or_default().push(attempt);
        }
        let mut calls: HashMap<Key, VecDeque<Recorded>> = HashMap::new();
        for mut attempts in all.into_values() {
            attempts.sort_by_key(|attempt| attempt.attempt);
            let Some(attempt) = attempts.pop() else {
                continue;
            };
            let refused =
                |earlier: &&Attempt| earlier.answer.as_ref().is_some_and(refused_for_its_rate);
            let refused = attempts.iter().filter(refused).count() as u32;
            let key = Key {
                service: attempt.service.clone(),
                operation: attempt.operation.clone(),
                account: attempt.account.clone(),
                region: attempt.region.clone(),
                request: attempt.request.clone(),
            };
            calls.entry(key).or_default().push_back(Recorded {
                last: attempt,
                refused,
            });
        }
        Self {
            calls: Mutex::new(calls),
        }
    }

    /// The recorded attempt that answers a call, and how many before it were refused for their rate.
    pub(super) fn answer(&self, label: &Label, request: &Request) -> (Attempt, u32) {
        let key = Key {
            service: label.service.to_string(),
            operation: label.operation.to_string(),
            account: label.account.to_string(),
            region: label.region.to_string(),
            request: request.clone(),
        };
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let found = calls.get_mut(&key).and_then(|queue| {
            if queue.len() > 1 {
                queue.pop_front()
            } else {
                queue.front().cloned()
            }
        });
        if let Some(Recorded { last, refused }) = found {
            return (whole(last), refused);
        }
        let missing = Attempt {
            service: key.service,
            operation: key.operation,
            account: key.account,
            region: key.region,
            call: label.call,
            attempt: 1,
            endpoint: None,
            access_key_id: None,
            page: label.page,
            request: key.request,
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            answer: None,
            failure: Some(Failure::NotRecorded),
        };
        (missing, 0)
    }
}

/// A recorded body is held to the same standard as one that arrives.
fn whole(mut attempt: Attempt) -> Attempt {
    if attempt.failure.is_none()
        && let Some(answer) = &attempt.answer
    {
        let complaint = match bytes_of(&answer.body) {
            Ok(body) => wellformed::complaint(
                (&attempt.service, &attempt.operation),
                answer.status,
                answer.content_type.as_deref(),
                &body,
            ),
            Err(error) => Some(format!("the recorded answer is damaged: {error}")),
        };
        attempt.failure = complaint.map(Failure::Malformed);
    }
    attempt
}
