//! What SES tells.

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![ConfigurationSet::kind(), Identity::kind()]
}

kind! {
    /// A domain or an address that mail is sent by.
    "sesv2.identity" as identity: Identity, listed by ["sesv2:ListEmailIdentities"] {
        /// The domain or the address.
        name: String,
        /// Whether it is a domain; if not, one address.
        domain: bool,
        /// Whether mail can be sent by it.
        sends: bool,
        /// Whether its mail is signed (DKIM), and the domain's DNS says by which key.
        signs: bool => ["sesv2:GetEmailIdentity"],
        /// Bits of the key that signs; none: the key is the customer's own, or there is none.
        key_bits: Option<i64> => ["sesv2:GetEmailIdentity"],
        /// Statements of its policies; empty: it has none, and this account alone sends by it.
        policy: Vec<Statement> => ["sesv2:GetEmailIdentity"],
        /// Other accounts that its policies let send, in order.
        policy_accounts: Vec<String> => ["sesv2:GetEmailIdentity"],
    }
}

kind! {
    /// How mail that names the set is sent.
    "sesv2.configuration_set" as set: ConfigurationSet, listed by ["sesv2:ListConfigurationSets"] {
        /// Name.
        name: String,
        /// Whether mail goes out over TLS or not at all.
        requires_tls: bool => ["sesv2:GetConfigurationSet"],
    }
}
