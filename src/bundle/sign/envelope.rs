//! The DSSE envelope: a payload, its type, and signatures over both.
//! <https://github.com/secure-systems-lab/dsse/blob/master/envelope.md>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// What a payload is that holds an in-toto statement.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// The bytes that are signed: DSSE's pre-authentication encoding of the payload and its type.
pub fn pae(payload: &[u8]) -> Vec<u8> {
    encoding(PAYLOAD_TYPE, payload)
}

fn encoding(kind: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Raw {
    payload_type: String,
    payload: String,
    signatures: Vec<RawSignature>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignature {
    keyid: String,
    sig: String,
}

/// An envelope around a payload, with one signature.
///
/// # Errors
/// When it cannot be put into JSON.
pub fn text(payload: &[u8], keyid: &str, signature: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
    let raw = Raw {
        payload_type: PAYLOAD_TYPE.to_owned(),
        payload: STANDARD.encode(payload),
        signatures: vec![RawSignature {
            keyid: keyid.to_owned(),
            sig: STANDARD.encode(signature),
        }],
    };
    let mut text = serde_json::to_vec_pretty(&raw)?;
    text.push(b'\n');
    Ok(text)
}

/// An envelope that was read.
#[derive(Debug)]
pub struct Envelope {
    /// What was signed.
    pub payload: Vec<u8>,
    /// By whom: id of the key, and signature.
    pub signatures: Vec<(String, Vec<u8>)>,
}

impl Envelope {
    /// Reads an envelope around an in-toto statement.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let raw: Raw = serde_json::from_slice(bytes)
            .map_err(|error| format!("it is not a DSSE envelope: {error}"))?;
        if raw.payload_type != PAYLOAD_TYPE {
            return Err(format!(
                "its payload is said to be {:?}, not {PAYLOAD_TYPE}",
                raw.payload_type
            ));
        }
        let decode = |what: &str, text: &str| {
            let decoded = STANDARD.decode(text);
            decoded.map_err(|error| format!("its {what} is not base64: {error}"))
        };
        let payload = decode("payload", &raw.payload)?;
        let mut signatures = Vec::new();
        for one in raw.signatures {
            signatures.push((one.keyid, decode("signature", &one.sig)?));
        }
        if signatures.is_empty() {
            return Err("it holds no signature".to_owned());
        }
        Ok(Self {
            payload,
            signatures,
        })
    }

    /// The bytes that were signed.
    pub fn message(&self) -> Vec<u8> {
        pae(&self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the DSSE protocol.
    #[test]
    fn the_encoding_is_that_of_the_specification() {
        assert_eq!(
            encoding("http://example.com/HelloWorld", b"hello world"),
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
    }

    #[test]
    fn an_envelope_reads_as_it_was_written() {
        let read = Envelope::parse(&text(b"{}", "ab", &[1, 2]).unwrap()).unwrap();
        assert_eq!(read.payload, b"{}");
        assert_eq!(read.signatures, [("ab".to_owned(), vec![1, 2])]);
    }

    #[test]
    fn what_is_no_envelope_is_told() {
        let other = r#"{"payloadType":"text/plain","payload":"","signatures":[]}"#;
        assert!(
            Envelope::parse(other.as_bytes())
                .unwrap_err()
                .contains("text/plain")
        );
        let none = format!(r#"{{"payloadType":"{PAYLOAD_TYPE}","payload":"","signatures":[]}}"#);
        assert!(
            Envelope::parse(none.as_bytes())
                .unwrap_err()
                .contains("no signature")
        );
    }
}
