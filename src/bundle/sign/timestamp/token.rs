//! The signed part of a timestamp: digest, time, and the authority's signature over both.

use cryptographic_message_syntax::asn1::rfc3161::OID_CONTENT_TYPE_TST_INFO;
use cryptographic_message_syntax::{SignedData, SignerInfo};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use x509_certificate::CapturedX509Certificate;
use x509_certificate::certificate::certificate_is_subset_of;

use super::der::{BOOLEAN, Der, INTEGER, OCTETS, OID, SEQUENCE, TIME};
use super::{SHA256, StampError};

/// A timestamp that reads; whether it holds is another question.
#[derive(Debug)]
pub struct Token {
    /// SHA-256 of what it is of.
    pub imprint: Vec<u8>,
    /// When the authority saw the digest, by its clock.
    pub time: Timestamp,
    /// Number of the question it answers.
    pub nonce: Option<Vec<u8>>,
    pub(super) signed: SignedData,
}

impl Token {
    /// Reads a `TimeStampToken`.
    pub(super) fn parse(token: &[u8]) -> Result<Self, StampError> {
        let signed = SignedData::parse_ber(token)
            .map_err(|error| StampError::Malformed(error.to_string()))?;
        let info = signed
            .signed_content()
            .ok_or_else(|| StampError::Malformed("nothing is signed in it".to_owned()))?;
        let (imprint, time, nonce) = told(info).ok_or_else(|| {
            StampError::Malformed("it holds no time and SHA-256 that can be read".to_owned())
        })?;
        Ok(Self {
            imprint,
            time,
            nonce,
            signed,
        })
    }

    /// Whether the authority's signature holds for what the token says. Who the authority is, is another question.
    ///
    /// # Errors
    /// Why it does not hold.
    pub fn whole(&self) -> Result<(), StampError> {
        let unsound = |why: String| StampError::Unsound(why);
        let signer = self.signer()?;
        let attributes = signer
            .signed_attributes()
            .ok_or_else(|| unsound("the signature covers no attributes".to_owned()))?;
        if *attributes.content_type() != OID_CONTENT_TYPE_TST_INFO {
            return Err(unsound("what is signed is not a time".to_owned()));
        }
        signer
            .verify_message_digest_with_signed_data(&self.signed)
            .and_then(|()| signer.verify_signature_with_signed_data(&self.signed))
            .map_err(|error| unsound(error.to_string()))
    }

    fn signer(&self) -> Result<&SignerInfo, StampError> {
        let mut signers = self.signed.signers();
        match (signers.next(), signers.next()) {
            (Some(signer), None) => Ok(signer),
            _ => Err(StampError::Unsound(
                "it does not have exactly one signer".to_owned(),
            )),
        }
    }

    /// The certificate of the authority that signed.
    pub(super) fn certificate(&self) -> Result<&CapturedX509Certificate, StampError> {
        let untrusted = || StampError::Untrusted("it lacks the authority's certificate".to_owned());
        let (issuer, serial) = self
            .signer()?
            .certificate_issuer_and_serial()
            .ok_or_else(untrusted)?;
        self.signed
            .certificates()
            .find(|one| {
                let (number, name) = (one.serial_number_asn1(), one.issuer_name());
                certificate_is_subset_of(serial, issuer, number, name)
            })
            .ok_or_else(untrusted)
    }

    /// Name of the authority, as its own certificate has it.
    pub fn authority(&self) -> String {
        let named = self.certificate().ok();
        named
            .and_then(|certificate| certificate.subject_common_name())
            .unwrap_or_else(|| "an authority without a name".to_owned())
    }
}

/// Imprint, time and nonce of a `TSTInfo`.
fn told(info: &[u8]) -> Option<(Vec<u8>, Timestamp, Option<Vec<u8>>)> {
    let mut info = Der(Der(info).take(SEQUENCE)?.content);
    info.take(INTEGER)?;
    info.take(OID)?;
    let mut imprint = Der(info.take(SEQUENCE)?.content);
    let mut algorithm = Der(imprint.take(SEQUENCE)?.content);
    if algorithm.take(OID)?.content != SHA256 {
        return None;
    }
    let imprint = imprint.take(OCTETS)?.content.to_vec();
    info.take(INTEGER)?;
    let time = moment(info.take(TIME)?.content)?;
    // Accuracy and ordering may stand before the nonce.
    let _accuracy = info.take(SEQUENCE);
    let _ordering = info.take(BOOLEAN);
    let nonce = info.take(INTEGER).map(|nonce| nonce.content.to_vec());
    Some((imprint, time, nonce))
}

/// `20261124021109Z`, or with a fraction of a second.
fn moment(text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let form = if text.contains('.') {
        "%Y%m%d%H%M%S.%f"
    } else {
        "%Y%m%d%H%M%S"
    };
    let civil = DateTime::strptime(form, text).ok()?;
    TimeZone::UTC
        .to_ambiguous_timestamp(civil)
        .compatible()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn times_are_read_with_and_without_a_fraction() {
        let read = |text: &str| moment(text.as_bytes()).map(|time| time.to_string());
        let plain = Some("2026-11-24T02:11:09Z".to_owned());
        assert_eq!(read("20261124021109Z"), plain);
        let exact = Some("2026-11-24T02:11:09.25Z".to_owned());
        assert_eq!(read("20261124021109.25Z"), exact);
        assert_eq!(read("20261124021109"), None);
        assert_eq!(read("20261324021109Z"), None);
    }
}
