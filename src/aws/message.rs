//! Requests and answers as they are kept.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use base16ct::lower::encode_string as hexadecimal;
use sha2::{Digest, Sha256};

use super::Label;
use super::offered::NO_HOST;
use crate::inventory::attempt::{Answer, Request, kept};

/// Answer headers that carry meaning for a parser or an auditor.
const KEPT: &[&str] = &[
    "x-amzn-errortype",
    "x-amzn-query-error",
    "x-amz-bucket-region",
    // S3's second id of a request, which its support asks for.
    "x-amz-id-2",
    "smithy-protocol",
    "x-tieout-fixture",
];

/// What was asked, without what changes from one request to the next.
pub(super) fn asked(label: &Label, request: &HttpRequest) -> Request {
    let (host, path) = split(request.uri());
    // Where S3 puts the bucket into the host name, it is kept in the path, so that one form stands for both.
    let path = match host.split_once(".s3.") {
        Some((bucket, _)) if &*label.service == "s3" => format!("/{bucket}{path}"),
        _ => path.to_owned(),
    };
    Request {
        method: request.method().to_owned(),
        path,
        target: request.headers().get("x-amz-target").map(str::to_owned),
        body: request.body().bytes().map_or_else(String::new, kept),
    }
}

/// Host (with port) and path (with query) of a URI.
fn split(uri: &str) -> (&str, &str) {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    match rest.find(['/', '?']) {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    }
}

/// The host that is asked.
pub(super) fn host(request: &HttpRequest) -> Option<String> {
    let (host, _) = split(request.uri());
    (!host.is_empty()).then(|| host.to_owned())
}

/// The id of the access key that signed a request, and nothing else of its signature.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
pub(super) fn signed_by(request: &HttpRequest) -> Option<String> {
    let authorization = request.headers().get("authorization")?;
    let (_, credential) = authorization.split_once("Credential=")?;
    let (key, _) = credential.split_once('/')?;
    Some(key.to_owned())
}

/// Some operations put the account in front of the host name. An endpoint of the user's own, on loopback or by
/// address, has no such names; the account stays in the `x-amz-account-id` header.
pub(super) fn keep_to_endpoint(request: &mut HttpRequest, account: &str, endpoint: &str) {
    let (host, path) = split(request.uri());
    let (own, _) = split(endpoint);
    if host
        .strip_prefix(account)
        .and_then(|rest| rest.strip_prefix('.'))
        == Some(own)
    {
        let uri = format!("{}{path}", endpoint.trim_end_matches('/'));
        // The host name was valid with the account in front; without it, it is the user's own.
        if let Err(error) = request.set_uri(uri) {
            debug_assert!(false, "{error}");
        }
    }
}

/// What came back, as it is kept: as it is, or redacted.
pub(super) fn answered(
    label: &Label,
    response: &HttpResponse,
    body: &[u8],
    redacted: Option<(String, Vec<String>)>,
) -> Answer {
    let header = |name: &str| response.headers().get(name).map(str::to_owned);
    let (kept, redacted) = redacted.unwrap_or_else(|| (kept(body), Vec::new()));
    let request_id = header("x-amzn-requestid")
        .or_else(|| header("x-amz-request-id"))
        .or_else(|| id_in(&kept));
    debug_assert!(!label.service.is_empty());
    Answer {
        status: response.status().as_u16(),
        content_type: header("content-type"),
        request_id,
        date: header("date"),
        headers: KEPT
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), header(name)?)))
            .collect(),
        sha256: sha256(body),
        bytes: body.len() as u64,
        arrived: None,
        redacted,
        body: kept,
    }
}

/// The Query services and EC2 send the request id in the body.
fn id_in(body: &str) -> Option<String> {
    ["<RequestId>", "<requestId>", "<RequestID>", "<requestID>"]
        .iter()
        .find_map(|tag| {
            let after = body.split_once(tag)?.1;
            Some(after.split_once('<')?.0.to_owned())
        })
}

/// SHA-256, hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// What is wrong with an answer, in our own words alone. What a parser says of an answer may quote it, and reports are handed
/// on; the answer itself is in the bundle.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unread(String);

impl Unread {
    /// Why JSON does not read as what the operation answers.
    pub(super) fn json(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        Self::lacks(&error.to_string()).unwrap_or_else(|| {
            Self(format!(
                "a member of the answer is not of its type, before line {line} column {column}"
            ))
        })
    }

    /// Why XML does not.
    pub(super) fn xml(error: &super::xml::Error) -> Self {
        Self::lacks(&error.to_string())
            .unwrap_or_else(|| Self("a member of the answer is not of its type".to_owned()))
    }

    /// An answer without the element of the operation.
    pub(super) fn without(element: &str) -> Self {
        Self(format!("the answer lacks {element}"))
    }

    /// The names of members are ours, and not the answer's.
    fn lacks(said: &str) -> Option<Self> {
        let (member, _) = said.strip_prefix("missing field `")?.split_once('`')?;
        Some(Self::without(member))
    }
}

/// What is wrong with an answer that the operation's parser refused.
pub(super) fn malformed(error: &(dyn Error + 'static)) -> String {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(unread) = error.downcast_ref::<Unread>() {
            return unread.to_string();
        }
        cause = error.source();
    }
    "the answer does not have the form of this operation's answers".to_owned()
}

/// Why no connection came about. A host that was not found is said in words of our own, so that a scan and its replay know
/// it again; a resolver that could not say is a connection that failed like others.
pub(super) fn unconnected(error: &(dyn Error + 'static)) -> String {
    let line = one_line(error);
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string().to_ascii_lowercase();
        let undecided = line.to_ascii_lowercase().contains("temporary failure")
            || line.to_ascii_lowercase().contains("try again");
        if text.starts_with("dns error") && !undecided {
            return format!("{NO_HOST}{line}");
        }
        cause = error.source();
    }
    line
}

/// An error and its causes on one line, outermost first. What a cause repeats of the error it explains is said once.
pub(super) fn one_line(error: &(dyn Error + 'static)) -> String {
    let mut line = String::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.contains(&text) {
            if !line.is_empty() {
                line.push_str(": ");
            }
            line.push_str(&text);
        }
        cause = error.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_splits_into_host_and_path() {
        assert_eq!(
            split("https://b.s3.us-east-1.amazonaws.com/?policy"),
            ("b.s3.us-east-1.amazonaws.com", "/?policy")
        );
        assert_eq!(split("http://127.0.0.1:5000"), ("127.0.0.1:5000", "/"));
        assert_eq!(
            split("https://iam.amazonaws.com?Action=X"),
            ("iam.amazonaws.com", "?Action=X")
        );
    }

    #[test]
    fn the_account_in_front_of_a_host_goes_where_the_endpoint_is_the_users_own() {
        let mut request =
            HttpRequest::get("http://123456789012.127.0.0.1:5000/v20180820/x").unwrap();
        keep_to_endpoint(&mut request, "123456789012", "http://127.0.0.1:5000");
        assert_eq!(request.uri(), "http://127.0.0.1:5000/v20180820/x");
    }

    #[test]
    fn of_a_signature_the_id_of_the_key_is_kept_and_nothing_else() {
        let mut request = HttpRequest::get("https://iam.amazonaws.com/").unwrap();
        assert_eq!(signed_by(&request), None);
        request.headers_mut().insert(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261124/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=5ec2e7",
        );
        assert_eq!(signed_by(&request), Some("AKIAEXAMPLE".to_owned()));
        assert_eq!(host(&request), Some("iam.amazonaws.com".to_owned()));
    }

    #[test]
    fn the_request_id_is_found_in_the_body_of_the_query_services() {
        assert_eq!(
            id_in("<R><ResponseMetadata><RequestId>abc</RequestId>"),
            Some("abc".to_owned())
        );
        assert_eq!(
            id_in("<R><requestId>def</requestId></R>"),
            Some("def".to_owned())
        );
        assert_eq!(id_in("{}"), None);
    }

    #[test]
    fn an_error_and_its_causes_make_one_line() {
        let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused\n(111)");
        let failed = std::io::Error::other(refused);
        assert_eq!(one_line(&failed), "refused (111)");
    }

    #[test]
    fn a_host_that_was_not_found_is_told_from_a_resolver_that_could_not_say() {
        #[derive(Debug, thiserror::Error)]
        #[error("dns error")]
        struct Dns(#[source] std::io::Error);
        let failed = |why: &str| unconnected(&Dns(std::io::Error::other(why)));
        let unknown = failed("failed to lookup address information: Name or service not known");
        assert!(unknown.starts_with(NO_HOST), "{unknown}");
        let unsure = failed("Temporary failure in name resolution");
        assert!(!unsure.starts_with(NO_HOST), "{unsure}");
        let refused = unconnected(&std::io::Error::other("connection refused"));
        assert_eq!(refused, "connection refused");
    }

    #[test]
    fn what_is_wrong_with_an_answer_is_said_without_its_words() {
        #[derive(Debug, serde::Deserialize)]
        struct Named {
            #[expect(dead_code, reason = "only whether it reads matters")]
            names: Vec<String>,
        }
        for (body, says) in [
            ("{}", "the answer lacks names"),
            (
                r#"{"names":"s3cret"}"#,
                "a member of the answer is not of its type, before line 1 column 17",
            ),
            (r#"{"s3cret":1}"#, "the answer lacks names"),
        ] {
            let error = serde_json::from_str::<Named>(body).unwrap_err();
            assert_eq!(malformed(&Unread::json(&error)), says, "{body}");
        }
        let said = malformed(&std::io::Error::other("got s3cret"));
        assert!(!said.contains("s3cret"), "{said}");
    }
}
