//! What AWS Account Management tells: whom AWS reaches, and the regions there are.

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, record};

/// Its facets.
pub fn kinds() -> Vec<Kind> {
    vec![Contacts::kind(), Regions::kind()]
}

record! {
    /// Whom AWS takes for the owner of the account, and how it reaches them.
    pub struct PrimaryContact {
        /// Whether there is a name.
        name: bool,
        /// The company; none: the account belongs to a person.
        company: Option<String>,
        /// Whether there is an address.
        address: bool,
        /// Whether there is a telephone number.
        phone: bool,
    }
}

facet! {
    /// Whom AWS reaches beside the root user.
    of "account": Contacts {
        /// E-mail address of the security contact, whom AWS tells of abuse and of vulnerabilities; none: there is none.
        security_contact: Option<String> => ["account:GetAlternateContact"],
        /// E-mail address of the operations contact; none: there is none.
        operations_contact: Option<String> => ["account:GetAlternateContact"],
        /// E-mail address of the billing contact; none: there is none.
        billing_contact: Option<String> => ["account:GetAlternateContact"],
        /// The primary contact; none: there is none.
        primary_contact: Option<PrimaryContact> => ["account:GetContactInformation"],
    }
}

facet! {
    /// Regions the account can use.
    of "account": Regions {
        /// Regions that somebody switched on, beside those that are on by themselves.
        opted_in_regions: Vec<String> => ["account:ListRegions"],
        /// Regions that are on, or about to be switched on or off, and that this scan did not read.
        unread_regions: Vec<String> => ["account:ListRegions"],
    }
}
