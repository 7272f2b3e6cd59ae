//! Error answers: those of services that we call without an SDK crate of their own, with code and message; and those that say only
//! that there were too many questions.

use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use serde_json::Value;

use super::xml;
use crate::inventory::attempt::Answer;

/// Whether an answer refuses the attempt because there were too many. The word may stand in any good answer too.
pub(super) fn refused_for_its_rate(answer: &Answer) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| answer.body.contains(word));
    answer.status == 429
        || (answer.status >= 400
            && says(&[
                "Throttl",
                "SlowDown",
                "RequestLimitExceeded",
                "TooManyRequests",
            ]))
}

/// An answer that says no.
#[derive(Debug)]
pub(super) struct Refusal {
    meta: ErrorMetadata,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.meta)
    }
}

impl std::error::Error for Refusal {}

impl ProvideErrorMetadata for Refusal {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl Refusal {
    /// What an error answer says. One without a code stays without: what it means is then unknown.
    pub(super) fn read(response: &HttpResponse) -> Self {
        let header = |name: &str| response.headers().get(name);
        let body = response.body().bytes().unwrap_or_default();
        let (mut code, message) = if body.trim_ascii_start().starts_with(b"<") {
            of_xml(body)
        } else {
            of_json(body)
        };
        // The header wins over the body, and where a service once spoke Query, so does the code of those days.
        // <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait>
        code = header("x-amzn-query-error")
            .and_then(|old| old.split(';').next())
            .or(header("x-amzn-errortype"))
            .map(plain)
            .or(code);
        let mut meta = ErrorMetadata::builder();
        if let Some(code) = code {
            meta = meta.code(code);
        }
        if let Some(message) = message {
            meta = meta.message(message);
        }
        Self { meta: meta.build() }
    }
}

/// `aws.protocoltests#Denied:http://…` is `Denied`.
/// <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization>
fn plain(code: &str) -> String {
    let code = code.split(':').next().unwrap_or(code);
    code.rsplit('#').next().unwrap_or(code).to_owned()
}

fn of_json(body: &[u8]) -> (Option<String>, Option<String>) {
    let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
        return (None, None);
    };
    let text = |names: [&str; 3]| {
        let mut found = names.iter().filter_map(|name| members.get(*name)?.as_str());
        found.next()
    };
    (
        text(["__type", "code", "Code"]).map(plain),
        text(["message", "Message", "errorMessage"]).map(str::to_owned),
    )
}

/// `<Error><Code>`, at whatever depth the protocol puts it.
fn of_xml(body: &[u8]) -> (Option<String>, Option<String>) {
    let Ok(root) = xml::parse(body) else {
        return (None, None);
    };
    let error = root.find("Error");
    let text = |name: &str| error.and_then(|error| error.child(name)?.text());
    (text("Code"), text("Message"))
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;

    use super::*;

    fn read(header: Option<(&'static str, &'static str)>, body: &'static str) -> Refusal {
        let status = StatusCode::try_from(400).unwrap();
        let mut response = HttpResponse::new(status, SdkBody::from(body));
        if let Some((name, value)) = header {
            response.headers_mut().insert(name, value);
        }
        Refusal::read(&response)
    }

    #[test]
    fn the_code_is_found_where_each_protocol_puts_it() {
        let old = (
            "x-amzn-query-error",
            "AWS.SimpleQueueService.NonExistentQueue;Sender",
        );
        for (header, body, code) in [
            (
                None,
                r#"{"__type":"com.amazon.coral#AccessDeniedException","Message":"no"}"#,
                "AccessDeniedException",
            ),
            (
                Some(("x-amzn-errortype", "ResourceNotFoundException:http://x/")),
                r#"{"message":"no"}"#,
                "ResourceNotFoundException",
            ),
            (
                Some(old),
                r#"{"__type":"QueueDoesNotExist"}"#,
                "AWS.SimpleQueueService.NonExistentQueue",
            ),
            (
                None,
                "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>no</Message></Error></ErrorResponse>",
                "Throttling",
            ),
            (
                None,
                "<Error><Code>NoSuchThing</Code></Error>",
                "NoSuchThing",
            ),
        ] {
            assert_eq!(read(header, body).code(), Some(code), "{body}");
        }
    }

    #[test]
    fn an_answer_without_a_code_gets_none() {
        for body in ["", "<html><p>Bad gateway</p></html>", "{}", "[1]", "sorry"] {
            assert_eq!(read(None, body).code(), None, "{body}");
        }
    }
}
