//! The recorder: an HTTP client around the SDK's own. It keeps every attempt as it happened, and it answers
//! from a bundle in the same way, so that a scan and its replay are one path.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use jiff::Timestamp;

use super::limits::Limits;
use super::once::{self, Once};
use super::progress::Progress;
use super::refusal::refused_for_its_rate;
use super::replay::Answers;
use super::settle::Last;
use super::{Label, message, offered, redact, wellformed};
use crate::inventory::attempt::{Answer, Attempt, Failure, Keep, bytes_of};

/// Where answers come from.
#[derive(Debug, Clone)]
enum Origin {
    Aws(SharedHttpClient),
    Bundle(Arc<Answers>),
}

/// The HTTP client of every service client of a run.
#[derive(Debug, Clone)]
pub struct Wire {
    origin: Origin,
    keep: Option<Arc<dyn Keep>>,
    limits: Arc<Limits>,
    once: Arc<Once>,
    progress: Arc<Progress>,
    /// The user's own endpoint, where there is one.
    endpoint: Option<Arc<str>>,
}

impl Wire {
    /// Asks AWS, or the endpoint the user named.
    pub fn live(
        client: SharedHttpClient,
        endpoint: Option<&str>,
        keep: Arc<dyn Keep>,
        progress: Arc<Progress>,
    ) -> Self {
        Self {
            origin: Origin::Aws(client),
            keep: Some(keep),
            limits: Arc::default(),
            once: Arc::default(),
            progress,
            endpoint: endpoint.map(Into::into),
        }
    }

    /// Answers from a bundle.
    pub fn recorded(answers: Arc<Answers>, progress: Arc<Progress>) -> Self {
        Self {
            origin: Origin::Bundle(answers),
            keep: None,
            limits: Arc::default(),
            once: Arc::default(),
            progress,
            endpoint: None,
        }
    }
}

impl HttpClient for Wire {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        parts: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let line = match &self.origin {
            Origin::Aws(client) => Line::Aws {
                connector: client.http_connector(&without_patience(settings), parts),
                patience: settings.read_timeout(),
            },
            Origin::Bundle(answers) => Line::Bundle(answers.clone()),
        };
        SharedHttpConnector::new(Connector {
            wire: self.clone(),
            line,
        })
    }
}

/// The connector only connects; how long an answer may take is kept by [`within`], to its last byte.
fn without_patience(settings: &HttpConnectorSettings) -> HttpConnectorSettings {
    let mut kept = HttpConnectorSettings::builder();
    kept.set_connect_timeout(settings.connect_timeout());
    kept.build()
}

#[derive(Debug, Clone)]
enum Line {
    Aws {
        connector: SharedHttpConnector,
        /// For one attempt, from when it may be sent to the last byte of its answer. Kept here, because the SDK's own limit
        /// would drop the attempt before it is recorded, and would count the time it waits for its turn.
        patience: Option<Duration>,
    },
    Bundle(Arc<Answers>),
}

#[derive(Debug, Clone)]
struct Connector {
    wire: Wire,
    line: Line,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connector = self.clone();
        HttpConnectorFuture::new(async move {
            match request.extension::<Label>().cloned() {
                Some(label) => connector.attempt(&label, request).await,
                // Credentials are fetched by the SDK's own client, so nothing of ours comes without a label.
                None => Err(ConnectorError::user(
                    "a request that belongs to no call was refused".into(),
                )),
            }
        })
    }
}

impl Connector {
    async fn attempt(
        &self,
        label: &Label,
        mut request: HttpRequest,
    ) -> Result<HttpResponse, ConnectorError> {
        let asked = message::asked(label, &request);
        let slot = self.wire.once.slot(label, &asked);
        let mut told = match &slot {
            Some(slot) => Some(slot.lock().await),
            None => None,
        };
        // Asked already, and kept then.
        if let Some(attempt) = told.as_ref().and_then(|told| told.as_ref()) {
            return self.conclude(label, attempt.clone());
        }
        let number = label.next_attempt();
        let attempt = match &self.line {
            Line::Bundle(answers) => {
                let (attempt, refused) = answers.answer(label, &asked);
                label.refused_for_its_rate(refused);
                attempt
            }
            Line::Aws {
                connector,
                patience,
            } => {
                let _leave = self
                    .wire
                    .limits
                    .enter(&label.account, &label.region, &label.service)
                    .await;
                if let Some(endpoint) = &self.wire.endpoint {
                    message::keep_to_endpoint(&mut request, &label.account, endpoint);
                }
                let (endpoint, access_key_id) =
                    (message::host(&request), message::signed_by(&request));
                let started = clock();
                let (answer, failure) =
                    within(*patience, exchange(connector, label, request)).await;
                Attempt {
                    service: label.service.to_string(),
                    operation: label.operation.to_string(),
                    account: label.account.to_string(),
                    region: label.region.to_string(),
                    call: label.call,
                    attempt: number,
                    endpoint,
                    access_key_id,
                    page: label.page,
                    request: asked,
                    started,
                    ended: clock(),
                    answer,
                    failure,
                }
            }
        };
        if let Some(keep) = &self.wire.keep {
            keep.keep(&attempt);
        }
        if let Some(told) = told.as_mut().filter(|_| once::settles(&attempt)) {
            **told = Some(attempt.clone());
        }
        self.conclude(label, attempt)
    }

    /// Leaves the evidence with the call, and gives the SDK its answer.
    fn conclude(&self, label: &Label, attempt: Attempt) -> Result<HttpResponse, ConnectorError> {
        if attempt.answer.as_ref().is_some_and(refused_for_its_rate) {
            label.refused_for_its_rate(1);
            self.wire.progress.throttles.fetch_add(1, Relaxed);
        }
        let (request_id, sha256) = attempt
            .answer
            .as_ref()
            .map_or((None, String::new()), |answer| {
                (answer.request_id.clone(), answer.sha256.clone())
            });
        label.keep(Last {
            source: label.source(request_id, attempt.ended, sha256),
            failure: attempt.failure.clone(),
        });
        match (attempt.answer, attempt.failure) {
            (_, Some(Failure::Timeout(why))) => Err(ConnectorError::timeout(why.into())),
            // A host that is not there is not there a second later: to try again would only take time.
            (_, Some(Failure::Connection(why))) if offered::hostless(&why) => {
                Err(ConnectorError::user(why.into()))
            }
            (_, Some(Failure::Connection(why) | Failure::Malformed(why))) => {
                Err(ConnectorError::io(why.into()))
            }
            (_, Some(Failure::NotRecorded)) => Err(ConnectorError::user(
                "the bundle holds no answer to this call".into(),
            )),
            (Some(answer), None) => response(&answer).map_err(ConnectorError::user),
            (None, None) => Err(ConnectorError::user(
                "neither an answer nor a failure was recorded".into(),
            )),
        }
    }
}

/// An exchange, or that it took too long.
async fn within(
    patience: Option<Duration>,
    exchange: impl Future<Output = (Option<Answer>, Option<Failure>)>,
) -> (Option<Answer>, Option<Failure>) {
    let Some(patience) = patience else {
        return exchange.await;
    };
    match tokio::time::timeout(patience, exchange).await {
        Ok(exchanged) => exchanged,
        Err(_elapsed) => {
            let why = format!("no answer within {} seconds", patience.as_secs());
            (None, Some(Failure::Timeout(why)))
        }
    }
}

async fn exchange(
    connector: &SharedHttpConnector,
    label: &Label,
    request: HttpRequest,
) -> (Option<Answer>, Option<Failure>) {
    let mut response = match connector.call(request).await {
        Ok(response) => response,
        Err(error) if error.is_timeout() => {
            return (None, Some(Failure::Timeout(message::one_line(&error))));
        }
        Err(error) => {
            return (
                None,
                Some(Failure::Connection(message::unconnected(&error))),
            );
        }
    };
    let body = match ByteStream::new(response.take_body()).collect().await {
        Ok(body) => body.into_bytes(),
        Err(error) => return (None, Some(Failure::Connection(message::one_line(&error)))),
    };
    let call: (&str, &str) = (&label.service, &label.operation);
    let redacted = redact::redact(call, response.status().as_u16(), &body);
    let answer = message::answered(label, &response, &body, redacted);
    let complaint =
        wellformed::complaint(call, answer.status, answer.content_type.as_deref(), &body);
    (Some(answer), complaint.map(Failure::Malformed))
}

fn response(answer: &Answer) -> Result<HttpResponse, BoxError> {
    let body = bytes_of(&answer.body)?.into_owned();
    let mut response = HttpResponse::new(StatusCode::try_from(answer.status)?, SdkBody::from(body));
    let named = [
        ("content-type", &answer.content_type),
        ("x-amzn-requestid", &answer.request_id),
        ("date", &answer.date),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            response.headers_mut().try_insert(name, value.clone())?;
        }
    }
    for (name, value) in &answer.headers {
        response
            .headers_mut()
            .try_insert(name.clone(), value.clone())?;
    }
    Ok(response)
}

/// The time: of a live scan alone, because a replay has the recorded times.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
pub fn clock() -> Timestamp {
    Timestamp::now()
}
