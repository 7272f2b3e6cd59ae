//! What AWS Account Management tells: whom AWS reaches, and the regions there are.

use crate::facet;
use crate::inventory::schema::{Fields, Kind};

/// Its facets.
pub fn kinds() -> Vec<Kind> {
    vec![Contacts::kind(), Regions::kind()]
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
