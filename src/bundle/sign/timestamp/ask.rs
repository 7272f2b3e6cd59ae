//! Asking an authority, over HTTP.

use std::error::Error;
use std::time::Duration;

use super::{Question, StampError};

/// How long an authority may take. They answer within a second.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest answer that is read. One with a chain of certificates has six kilobytes.
const LONGEST: usize = 1 << 20;

/// Asks for a timestamp of these bytes. The answer is held against the question and given as it came.
///
/// # Errors
/// Why there is no timestamp.
pub async fn ask(url: &str, bytes: &[u8]) -> Result<Vec<u8>, StampError> {
    let question = Question::about(bytes)?;
    let unreachable = |error: &reqwest::Error| StampError::Unreachable(why(error));
    // Whoever installed a provider first is as good: they are the same.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .build()
        .map_err(|error| unreachable(&error))?;
    let mut response = client
        .post(url)
        .header("content-type", "application/timestamp-query")
        .header("accept", "application/timestamp-reply")
        .body(question.request())
        .send()
        .await
        .map_err(|error| unreachable(&error))?;
    let status = response.status();
    if !status.is_success() {
        return Err(StampError::Refused(format!("it answers with {status}")));
    }
    let mut reply = Vec::new();
    while let Some(part) = response
        .chunk()
        .await
        .map_err(|error| unreachable(&error))?
    {
        reply.extend(part);
        if reply.len() > LONGEST {
            return Err(StampError::Refused("its answer does not end".to_owned()));
        }
    }
    question.answered(&reply)?;
    Ok(reply)
}

/// An error and its innermost cause: reqwest's own words say only that there was one.
fn why(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
