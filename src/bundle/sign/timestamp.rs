//! A time of somebody else's clock: RFC 3161.
//!
//! A timestamp authority signs a digest together with its own time, and so shows that the digest was there by then. The
//! answer is kept as it came, so that `openssl ts -verify` reads it.
//! <https://www.rfc-editor.org/rfc/rfc3161>

pub mod ask;
mod der;
pub mod token;
pub mod trust;

use thiserror::Error;

use der::{Der, INTEGER, SEQUENCE, UTF8};
use token::Token;

/// Why there is no timestamp, or none to rely on.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum StampError {
    /// No number to tell our question from another.
    #[error("the system gives no random numbers: {0}")]
    NoRandomness(String),
    /// Nobody answers.
    #[error("the timestamp authority does not answer: {0}")]
    Unreachable(String),
    /// Something answers, and not with a timestamp.
    #[error("the timestamp authority gives no timestamp: {0}")]
    Refused(String),
    /// What is there is no timestamp.
    #[error("it is not a timestamp: {0}")]
    Malformed(String),
    /// A timestamp of something else.
    #[error("it is a timestamp of something else: {0}")]
    Foreign(String),
    /// Its signature does not hold.
    #[error("its signature does not hold: {0}")]
    Unsound(String),
    /// Nobody that is trusted stands behind it.
    #[error("no trusted authority stands behind it: {0}")]
    Untrusted(String),
}

/// What is asked: SHA-256 of some bytes, and a number that the answer must repeat.
#[derive(Debug, Clone)]
pub struct Question {
    sha256: Vec<u8>,
    nonce: Vec<u8>,
}

impl Question {
    /// A question about these bytes.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn about(bytes: &[u8]) -> Result<Self, StampError> {
        let mut nonce = [0_u8; 8];
        getrandom::fill(&mut nonce).map_err(|error| StampError::NoRandomness(error.to_string()))?;
        // DER writes an integer in as few bytes as it can: a first byte between 1 and 127 needs no other before it.
        let [first, ..] = &mut nonce;
        *first = 1 + *first % 127;
        Ok(Self {
            sha256: sha256(bytes),
            nonce: nonce.to_vec(),
        })
    }

    /// The request, in DER: version 1, the imprint, no policy, the nonce, and please with the certificates.
    pub fn request(&self) -> Vec<u8> {
        let algorithm = der::wrap(SEQUENCE, &[&der::wrap(der::OID, &[SHA256]), &[0x05, 0x00]]);
        let imprint = der::wrap(
            SEQUENCE,
            &[&algorithm, &der::wrap(der::OCTETS, &[&self.sha256])],
        );
        der::wrap(
            SEQUENCE,
            &[
                &[INTEGER, 1, 1],
                &imprint,
                &der::wrap(INTEGER, &[&self.nonce]),
                &[der::BOOLEAN, 1, 0xff],
            ],
        )
    }

    /// Holds an answer against the question: granted, of the same digest and the same nonce, and whole.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn answered(&self, reply: &[u8]) -> Result<Token, StampError> {
        let token = granted(reply)?;
        if token.imprint != self.sha256 {
            return Err(StampError::Foreign("it names another digest".to_owned()));
        }
        if token.nonce.as_ref() != Some(&self.nonce) {
            return Err(StampError::Foreign(
                "it does not repeat the number of the question".to_owned(),
            ));
        }
        token.whole()?;
        Ok(token)
    }
}

/// Reads the timestamp of a bundle, and holds it against what it is of.
///
/// # Errors
/// What is wrong with it.
pub fn read(reply: &[u8], of: &[u8]) -> Result<Token, StampError> {
    let token = granted(reply)?;
    if token.imprint != sha256(of) {
        return Err(StampError::Foreign("it names another digest".to_owned()));
    }
    token.whole()?;
    Ok(token)
}

/// id-sha256, 2.16.840.1.101.3.4.2.1.
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];

/// The token of an answer whose status says that it was granted.
fn granted(reply: &[u8]) -> Result<Token, StampError> {
    let malformed = |what: &str| StampError::Malformed(what.to_owned());
    let mut outer = Der(reply);
    let answer = outer
        .take(SEQUENCE)
        .ok_or_else(|| malformed("there is no answer in it"))?;
    if !outer.0.is_empty() {
        return Err(malformed("something follows the answer"));
    }
    let mut answer = Der(answer.content);
    let mut status = answer
        .take(SEQUENCE)
        .map(|status| Der(status.content))
        .ok_or_else(|| malformed("the answer has no status"))?;
    let code = status
        .take(INTEGER)
        .ok_or_else(|| malformed("the answer has no status"))?;
    // Granted, and granted with modifications.
    if !matches!(code.content, [0 | 1]) {
        return Err(StampError::Refused(refusal(code.content, &mut status)));
    }
    let token = answer
        .take(SEQUENCE)
        .ok_or_else(|| malformed("the answer has no token"))?;
    Token::parse(token.whole)
}

/// What an authority says that does not grant.
fn refusal(code: &[u8], status: &mut Der<'_>) -> String {
    let code = match code {
        [2] => "rejected",
        [3] => "to be asked again later",
        [4] => "a revocation is imminent",
        [5] => "revoked",
        _ => "a status that the standard does not know",
    };
    let mut words = vec![code.to_owned()];
    if let Some(text) = status.take(SEQUENCE) {
        let mut text = Der(text.content);
        while let Some(line) = text.take(UTF8) {
            words.push(String::from_utf8_lossy(line.content).into_owned());
        }
    }
    words.join(": ")
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_a_request_in_der() {
        let question = Question::about(b"bundle").unwrap();
        let request = question.request();
        // SEQUENCE of 67 bytes: INTEGER 1, the imprint of 49 bytes, the nonce of 8, TRUE.
        assert_eq!(request[..7], [0x30, 67, 0x02, 1, 1, 0x30, 49]);
        assert_eq!(request[request.len() - 3..], [0x01, 1, 0xff]);
        assert!((1..128).contains(&request[request.len() - 11]));
        assert_eq!(request.len(), 69);
    }

    #[test]
    fn a_refusal_is_told_in_the_authoritys_words() {
        let text = der::wrap(SEQUENCE, &[&der::wrap(UTF8, &[b"no such policy"])]);
        let status = der::wrap(SEQUENCE, &[&[INTEGER, 1, 2], &text]);
        let reply = der::wrap(SEQUENCE, &[&status]);
        let said = read(&reply, b"bundle").unwrap_err();
        assert_eq!(
            said,
            StampError::Refused("rejected: no such policy".to_owned())
        );
    }

    #[test]
    fn rubbish_is_no_timestamp() {
        for rubbish in [
            &b""[..],
            b"<html>",
            &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[0x30, 0x80],
        ] {
            let said = read(rubbish, b"bundle").unwrap_err();
            assert!(matches!(said, StampError::Malformed(_)), "{said}");
        }
    }
}
