//! What Route 53 tells of registered domains.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Domain::kind()]
}

kind! {
    /// A domain name registered through the account.
    "route53domains.domain" as domain: Domain, listed by ["route53domains:ListDomains"] {
        /// The name.
        name: String,
        /// Whether it is renewed by itself before it expires.
        auto_renew: bool,
        /// Whether it is locked against transfer to another registrar.
        transfer_lock: bool,
        /// When it expires; none: the registry does not say.
        expires: Option<Timestamp>,
        /// Whether WHOIS hides who its registrant, its administrator and its technical contact are.
        privacy: bool => ["route53domains:GetDomainDetail"],
    }
}
