//! What AWS Certificate Manager tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Certificate::kind()]
}

kind! {
    /// A certificate in ACM, of whatever kind of key.
    "acm.certificate" as certificate: Certificate, listed by ["acm:ListCertificates"] {
        /// First domain name.
        domain: String,
        /// All domain names.
        names: Vec<String> => ["acm:DescribeCertificate"],
        /// `PENDING_VALIDATION`, `ISSUED`, `INACTIVE`, `EXPIRED`, `VALIDATION_TIMED_OUT`, `REVOKED` or `FAILED`.
        status: String => ["acm:DescribeCertificate"],
        /// `AMAZON_ISSUED`, `PRIVATE`, or `IMPORTED`, which ACM does not renew.
        r#type: String => ["acm:DescribeCertificate"],
        /// `RSA_2048`, `EC_prime256v1`, …
        key_algorithm: String => ["acm:DescribeCertificate"],
        /// How it is signed: `SHA256WITHRSA`; none: it is not issued.
        signature_algorithm: Option<String> => ["acm:DescribeCertificate"],
        /// When it expires; none: it is not issued.
        expires: Option<Timestamp> => ["acm:DescribeCertificate"],
        /// ARNs of the resources that use it; empty: none.
        in_use_by: Vec<String> => ["acm:DescribeCertificate"],
        /// How its managed renewal goes: `PENDING_AUTO_RENEWAL`, `PENDING_VALIDATION`, `SUCCESS` or `FAILED`; none: none has
        /// begun.
        renewal: Option<String> => ["acm:DescribeCertificate"],
        /// Whether it is written to public certificate transparency logs; none: ACM does not decide it.
        transparency_logging: Option<bool> => ["acm:DescribeCertificate"],
    }
}
