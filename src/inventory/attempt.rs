//! One attempt of a call, as the recorder keeps it and the replayer answers it: the raw evidence.

use std::borrow::Cow;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What was asked. Credentials, signatures and other headers that change with every request are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Request {
    /// HTTP method.
    pub method: String,
    /// Path and query, as sent.
    pub path: String,
    /// `X-Amz-Target`, of the JSON protocols.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub target: Option<String>,
    /// Body: text, or `base64:…` where it is not UTF-8.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub body: String,
}

/// What came back, where something did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// AWS's request id, from the header or the body.
    pub request_id: Option<String>,
    /// The server's own clock, from its `Date` header.
    pub date: Option<String>,
    /// Other headers that carry meaning, in lower case: `x-amz-bucket-region`, `x-amzn-errortype`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub headers: Vec<(String, String)>,
    /// SHA-256 of the body as it arrived, hexadecimal; where names were taken out of the bundle, of the body as it stands here.
    pub sha256: String,
    /// Bytes of the same.
    pub bytes: u64,
    /// Where names were taken out: the digest of what arrived, hashed once more under the key that they were hashed under.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub arrived: Option<String>,
    /// What was taken out of the body before it was kept or read: names of the places, never values.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub redacted: Vec<String>,
    /// The body: text, or `base64:…` where it is not UTF-8.
    pub body: String,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "message")]
pub enum Failure {
    /// No connection, or it broke.
    Connection(String),
    /// It took too long.
    Timeout(String),
    /// What came is cut short or is not in the format of the operation.
    Malformed(String),
    /// Only in a replay: the bundle holds no answer to this call.
    NotRecorded,
}

/// One attempt of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Service, as in [`super::Call::service`].
    pub service: String,
    /// Operation.
    pub operation: String,
    /// Account, twelve digits.
    pub account: String,
    /// Region the request was signed for.
    pub region: String,
    /// Number of the call within this run, from 1; the attempts of one call share it.
    pub call: u64,
    /// Number of the attempt within the call, from 1.
    pub attempt: u32,
    /// Host that was asked, with its port where one was named. None: recorded before it was kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub endpoint: Option<String>,
    /// Id of the access key that signed it: an identifier, which CloudTrail has, too.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub access_key_id: Option<String>,
    /// Number of the page within its listing, from 1; none where the call lists nothing page by page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<u32>,
    /// What was asked.
    pub request: Request,
    /// When it was sent (UTC).
    pub started: Timestamp,
    /// When the answer had arrived, or failed to (UTC).
    pub ended: Timestamp,
    /// What came back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answer: Option<Answer>,
    /// Why nothing usable did. Both, where an answer arrived that is malformed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure: Option<Failure>,
}

impl Attempt {
    /// The file of a bundle that it belongs into.
    pub fn file(&self) -> String {
        format!(
            "calls/{}/{}/{}.ndjson.zst",
            self.account, self.region, self.service
        )
    }
}

/// How a body begins that is kept and is no text.
const BINARY: &str = "base64:";

/// A body as it is kept: text as it is; anything else in base64, marked.
pub fn kept(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(
        |_| format!("{BINARY}{}", STANDARD.encode(bytes)),
        str::to_owned,
    )
}

/// The bytes of a kept body: borrowed, where it is text.
///
/// # Errors
/// When it is marked as base64 and is none.
pub fn bytes_of(kept: &str) -> Result<Cow<'_, [u8]>, base64::DecodeError> {
    match kept.strip_prefix(BINARY) {
        Some(encoded) => STANDARD.decode(encoded).map(Cow::Owned),
        None => Ok(Cow::Borrowed(kept.as_bytes())),
    }
}

/// Where attempts are kept while a scan runs.
pub trait Keep: fmt::Debug + Send + Sync {
    /// Keeps one attempt. It cannot fail the call: a bundle that could not be written says so when it is sealed.
    fn keep(&self, attempt: &Attempt);
}

#[cfg(test)]
mod tests {
    use super::{bytes_of, kept};

    #[test]
    fn bodies_survive_being_kept() {
        for body in [&b"text"[..], &[0xff, 0x00, 0x9f]] {
            assert_eq!(bytes_of(&kept(body)).unwrap(), body);
        }
    }
}
