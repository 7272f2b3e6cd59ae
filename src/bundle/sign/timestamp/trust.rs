//! Whether somebody who is trusted stands behind a timestamp.
//!
//! Certificates are looked at as of the time that the token states: a bundle is read years later, when they have run out.
//! Revocation is not looked up; whoever needs that asks `openssl ts -verify` with a list of revoked certificates.

use x509_certificate::CapturedX509Certificate;

use super::StampError;
use super::token::Token;

/// The certificates of authorities that somebody trusts.
#[derive(Debug, Clone)]
pub struct Anchors(Vec<CapturedX509Certificate>);

/// Longer chains than this are nobody's.
const LONGEST: usize = 8;

/// Extended key usage, and the one it must hold alone: signing timestamps.
const USAGE: (&str, &[u8]) = (
    "2.5.29.37",
    &[
        0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08,
    ],
);

/// Basic constraints, and how they begin where the certificate is an authority's: `CA:TRUE`.
const AUTHORITY: (&str, &[u8]) = ("2.5.29.19", &[0x01, 0x01, 0xff]);

impl Anchors {
    /// From PEM, one certificate or several.
    ///
    /// # Errors
    /// Why there is none in it.
    pub fn from_pem(text: &str) -> Result<Self, String> {
        let certificates = CapturedX509Certificate::from_pem_multiple(text)
            .map_err(|error| format!("it is not a certificate in PEM: {error}"))?;
        if certificates.is_empty() {
            return Err("it holds no certificate in PEM".to_owned());
        }
        Ok(Self(certificates))
    }

    /// Whether one of these stands behind a token that is whole.
    ///
    /// # Errors
    /// Why none does.
    pub fn trust(&self, token: &Token) -> Result<(), StampError> {
        let untrusted = |why: &str| Err(StampError::Untrusted(why.to_owned()));
        let mut current = token.certificate()?;
        let (usage, only) = USAGE;
        if !says(current, usage, true, |value| value == only) {
            return untrusted("the certificate is not one for signing timestamps alone");
        }
        let embedded: Vec<_> = token.signed.certificates().collect();
        for _ in 0..LONGEST {
            if !current_at(current, token) {
                return untrusted("a certificate was not valid at the time of the timestamp");
            }
            let itself = |anchor: &&CapturedX509Certificate| {
                anchor.constructed_data() == current.constructed_data()
            };
            if self.0.iter().any(|anchor| itself(&anchor)) {
                return Ok(());
            }
            let issued = |issuer: &&CapturedX509Certificate| {
                issuer.subject_name() == current.issuer_name()
                    && current.verify_signed_by_certificate(issuer).is_ok()
                    && says(issuer, AUTHORITY.0, false, |value| {
                        value.windows(3).any(|part| part == AUTHORITY.1)
                    })
            };
            let issuer = self.0.iter().find(|one| issued(one));
            let among = || embedded.iter().copied().find(|one| issued(one));
            match issuer.or_else(among) {
                // A certificate that signs itself and is not trusted leads nowhere.
                Some(issuer) if issuer.constructed_data() != current.constructed_data() => {
                    current = issuer;
                }
                Some(_) | None => {
                    return untrusted("its certificates do not lead to one that was named");
                }
            }
        }
        untrusted("its certificates do not lead to one that was named")
    }
}

fn current_at(certificate: &CapturedX509Certificate, token: &Token) -> bool {
    let time = token.time.as_second();
    (certificate.validity_not_before().timestamp()..=certificate.validity_not_after().timestamp())
        .contains(&time)
}

/// Whether an extension of a certificate says something; critical, where it must be.
fn says(
    certificate: &CapturedX509Certificate,
    id: &str,
    critical: bool,
    says: impl Fn(&[u8]) -> bool,
) -> bool {
    certificate.iter_extensions().any(|extension| {
        extension.id.to_string() == id
            && (!critical || extension.critical == Some(true))
            && says(&extension.value.to_bytes())
    })
}
