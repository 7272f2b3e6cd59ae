//! One call, from the question to what its answer means.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::meaning::{Meaning, meaning};
use super::{Reply, Site, actions, message, page};
use crate::inventory::attempt::Failure;
use crate::inventory::{Call, Gap, Reason, Source, Told};

/// Performs one call and says what came of it: [`Reply`](crate::aws::Reply).
///
/// `ask!(site, "s3:GetBucketPolicy", s3.get_bucket_policy().bucket(name), format!("bucket={name}"))`. The last part says
/// what is asked about, for people; a listing has none.
#[macro_export]
macro_rules! ask {
    ($site:expr, $call:literal, $builder:expr) => {
        $crate::ask!($site, $call, $builder, ::std::string::String::new())
    };
    ($site:expr, $call:literal, $builder:expr, $about:expr) => {
        match $site.label($call, $about.to_string()) {
            Err(gap) => $crate::aws::Reply::Gap(gap),
            Ok(label) => {
                let carried = label.clone();
                let sent = $builder
                    .customize()
                    .mutate_request(move |request| {
                        request.add_extension(carried.clone());
                    })
                    .send()
                    .await;
                $crate::aws::settle($site, &label, sent)
            }
        }
    };
}

/// What a request carries on its way through the SDK to the recorder, and back: which call it belongs to, and
/// the evidence of its last attempt. It travels as an extension of the request, never over the wire.
#[derive(Debug, Clone)]
pub struct Label {
    /// Service, as in [`Call::service`].
    pub service: Arc<str>,
    /// Operation.
    pub operation: Arc<str>,
    /// Account.
    pub account: Arc<str>,
    /// Region the request is signed for.
    pub region: Arc<str>,
    /// What is asked about.
    pub parameters: Arc<str>,
    /// Number of the call in its run.
    pub call: u64,
    /// Number of the page that it asks for, from 1, where it lists page by page.
    pub page: Option<u32>,
    /// Attempts so far.
    pub(super) attempts: Arc<AtomicU32>,
    /// How many of them were refused for their rate.
    throttled: Arc<AtomicU32>,
    last: Arc<Mutex<Option<Last>>>,
}

/// The last attempt, as the recorder saw it.
#[derive(Debug, Clone)]
pub(super) struct Last {
    pub(super) source: Source,
    pub(super) failure: Option<Failure>,
}

impl Label {
    pub(super) fn next_attempt(&self) -> u32 {
        self.attempts.fetch_add(1, Relaxed) + 1
    }

    pub(super) fn refused_for_its_rate(&self, attempts: u32) {
        self.throttled.fetch_add(attempts, Relaxed);
    }

    pub(super) fn keep(&self, last: Last) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(last);
    }

    fn last(&self) -> Option<Last> {
        self.last
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// What evidence cites of an attempt.
    pub(super) fn source(
        &self,
        request_id: Option<String>,
        at: jiff::Timestamp,
        sha256: String,
    ) -> Source {
        Arc::new(Call {
            service: self.service.to_string(),
            operation: self.operation.to_string(),
            account: self.account.to_string(),
            region: self.region.to_string(),
            parameters: self.parameters.to_string(),
            request_id,
            at,
            sha256,
        })
    }
}

impl Site {
    /// The label of a new call; a gap where the plan does not have it.
    #[doc(hidden)]
    pub fn label(&self, call: &str, parameters: String) -> Result<Label, Arc<Gap>> {
        let (service, operation) = call.split_once(':').unwrap_or((call, ""));
        let label = Label {
            service: service.into(),
            operation: operation.into(),
            account: self.account.clone(),
            region: self.endpoint.clone(),
            parameters: parameters.into(),
            call: self.shared.calls.fetch_add(1, Relaxed) + 1,
            page: page::number(),
            attempts: Arc::default(),
            throttled: Arc::default(),
            last: Arc::default(),
        };
        if self.shared.plan.has(call) {
            Ok(label)
        } else {
            Err(gap(
                &label,
                Reason::NotAsked,
                None,
                "this scan's checks do not need it".to_owned(),
                None,
            ))
        }
    }
}

/// What came of a call: told, absent for a documented reason, or a gap. Counts it in the coverage ledger.
pub fn settle<T, E>(site: &Site, label: &Label, sent: Result<T, SdkError<E, Response>>) -> Reply<T>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let reply = weigh(label, sent);
    site.shared
        .count(&site.account, &site.region, &label.service, |tally| {
            tally.throttled += u64::from(label.throttled.load(Relaxed));
            match &reply {
                Reply::Told(_) => tally.ok += 1,
                Reply::Absent(_) => tally.absent += 1,
                Reply::Gap(gap) => match gap.reason {
                    Reason::Denied | Reason::DeniedByScp => tally.denied += 1,
                    Reason::Throttled
                    | Reason::RegionDisabled
                    | Reason::NotSubscribed
                    | Reason::Refused
                    | Reason::Vanished
                    | Reason::Expired
                    | Reason::Broken
                    | Reason::Malformed
                    | Reason::NotAsked
                    | Reason::NotGiven
                    | Reason::Undefined => tally.failed += 1,
                },
            }
        });
    reply
}

fn weigh<T, E>(label: &Label, sent: Result<T, SdkError<E, Response>>) -> Reply<T>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let last = label.last();
    let error = match (sent, &last) {
        (Ok(value), Some(last)) => {
            return Reply::Told(Told {
                value,
                source: last.source.clone(),
            });
        }
        // An answer that did not pass the recorder has no evidence, so it does not count.
        (Ok(_), None) => {
            return Reply::Gap(gap(
                label,
                Reason::Broken,
                None,
                "the answer was not recorded".to_owned(),
                None,
            ));
        }
        (Err(error), _) => error,
    };
    let request_id = last
        .as_ref()
        .and_then(|last| last.source.request_id.clone());
    if let Some(Last {
        failure: Some(failure),
        ..
    }) = &last
    {
        let (reason, message) = match failure {
            Failure::Connection(message) | Failure::Timeout(message) => {
                (Reason::Broken, message.clone())
            }
            Failure::Malformed(message) => (Reason::Malformed, message.clone()),
            Failure::NotRecorded => (
                Reason::NotAsked,
                "the bundle holds no answer to this call".to_owned(),
            ),
        };
        return Reply::Gap(gap(label, reason, None, message, request_id));
    }
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "SdkError is non-exhaustive: whatever else comes, it did not tell"
    )]
    let (reason, code, message) = match &error {
        // Answered with success, and not in the form of the operation.
        SdkError::ServiceError(answered) if answered.raw().status().is_success() => {
            (Reason::Malformed, None, message::malformed(&error))
        }
        SdkError::ServiceError(answered) => {
            let code = answered.err().code();
            let message = answered.err().message().unwrap_or_default();
            match (
                meaning(&label.service, &label.operation, code, message),
                last,
            ) {
                (Meaning::Absent, Some(last)) => return Reply::Absent(last.source),
                (Meaning::Absent, None) => (Reason::Broken, code, message.to_owned()),
                (Meaning::Gap(reason), _) => (reason, code, message.to_owned()),
            }
        }
        SdkError::ResponseError(_) => (Reason::Malformed, None, message::malformed(&error)),
        _ => (Reason::Broken, None, message::one_line(&error)),
    };
    Reply::Gap(gap(
        label,
        reason,
        code.map(str::to_owned),
        message,
        request_id,
    ))
}

fn gap(
    label: &Label,
    reason: Reason,
    code: Option<String>,
    message: String,
    request_id: Option<String>,
) -> Arc<Gap> {
    Arc::new(Gap {
        service: label.service.to_string(),
        operation: label.operation.to_string(),
        account: label.account.to_string(),
        region: label.region.to_string(),
        parameters: label.parameters.to_string(),
        reason,
        code,
        message,
        action: actions::action(&label.service, &label.operation),
        request_id,
    })
}
