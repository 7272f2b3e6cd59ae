//! What the user tells of himself in files that `tieout.toml` names under `[inputs]`, and the dated data that comes with
//! Tieout: what no AWS account knows of itself, to hold the account against.
//!
//! The files are read like AWS is: each by a call of its own (`tieout:ReadPeople`), with the digest of what it held as
//! evidence. A file that was not given is a gap, and what rests on it is unknown.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::inventory::{GLOBAL, Gap, Reason};
use crate::{facet, kind};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Lifecycles::kind(),
        Person::kind(),
        PublicEndpoint::kind(),
        Release::kind(),
        Retention::kind(),
        Vendor::kind(),
    ]
}

/// The service that reads the files: no AWS service, so that no policy allows it.
pub const SERVICE: &str = "tieout";

/// The files there are: the call that reads one, its key under `[inputs]`, and what it lists.
pub const FILES: [(&str, &str, &str); 5] = [
    (
        "tieout:ReadLifecycles",
        "lifecycles",
        "when support of releases ends",
    ),
    (
        "tieout:ReadPeople",
        "people",
        "the people who may have access",
    ),
    (
        "tieout:ReadPublicEndpoints",
        "public_endpoints",
        "what may be reached from the internet",
    ),
    (
        "tieout:ReadRetention",
        "retention",
        "how long each class of data is kept",
    ),
    (
        "tieout:ReadVendors",
        "vendors",
        "the accounts of others that may have access",
    ),
];

/// The key under `[inputs]` of the file that an operation reads.
pub fn key_of(operation: &str) -> Option<&'static str> {
    FILES
        .iter()
        .find(|(call, _, _)| call.split(':').nth(1) == Some(operation))
        .map(|(_, key, _)| *key)
}

/// The gap of what a file would tell.
pub fn not_given(call: &str, account: &str, parameters: String, message: String) -> Gap {
    Gap {
        service: SERVICE.to_owned(),
        operation: call.split(':').nth(1).unwrap_or(call).to_owned(),
        account: account.to_owned(),
        region: GLOBAL.to_owned(),
        parameters,
        reason: Reason::NotGiven,
        code: None,
        message,
        action: String::new(),
        request_id: None,
    }
}

facet! {
    /// The dated data, as a whole.
    of "account": Lifecycles {
        /// The day when the data on releases and their support was last held against AWS's pages.
        lifecycles_as_of: Timestamp => ["tieout:ReadLifecycles"],
    }
}

kind! {
    /// Somebody on the roster: a row of the file that `people` names.
    "inputs.person" as person: Person, listed by ["tieout:ReadPeople"] {
        /// E-mail address.
        email: String,
        /// Name.
        name: String,
        /// Whether the roster says that they are there; false: they left.
        active: bool,
        /// First day; none: the roster does not say.
        start: Option<Timestamp>,
        /// Last day; none: none is known.
        end: Option<Timestamp>,
        /// User names they answer for: the e-mail address, and those that the roster names beside it.
        logins: Vec<String>,
    }
}

kind! {
    /// An account of somebody else that may have access: a row of the file that `vendors` names.
    "inputs.vendor" as vendor: Vendor, listed by ["tieout:ReadVendors"] {
        /// Twelve digits.
        account: String,
        /// Whose it is.
        name: String,
        /// What it needs access for.
        purpose: String,
        /// Who let it in.
        approved_by: String,
        /// When it was last reviewed; none: the file does not say.
        reviewed: Option<Timestamp>,
    }
}

kind! {
    /// Something that may be reached from the internet: a row of the file that `public_endpoints` names.
    "inputs.public_endpoint" as endpoint: PublicEndpoint, listed by ["tieout:ReadPublicEndpoints"] {
        /// ARN, in which `*` stands for anything and `?` for one letter.
        resource: String,
        /// Who answers for it.
        owner: String,
        /// Why it is public.
        reason: String,
        /// When it was last reviewed; none: the file does not say.
        reviewed: Option<Timestamp>,
    }
}

kind! {
    /// How long a class of data is kept: a row of the file that `retention` names.
    "inputs.retention" as retention: Retention, listed by ["tieout:ReadRetention"] {
        /// The class, as tags name it; `logs` and `backups` are those of every log group and backup plan.
        class: String,
        /// Days it is kept at the least; none: no such limit.
        min_days: Option<i64>,
        /// Days it is kept at the most; none: no such limit.
        max_days: Option<i64>,
        /// What the limits follow from: a law, a contract; none: the file does not say.
        basis: Option<String>,
    }
}

kind! {
    /// A release of what AWS runs (a runtime, an engine, Kubernetes), and how long AWS supports it: an entry of the dated
    /// data that comes with Tieout, or of the file that `lifecycles` names.
    "inputs.release" as release: Release, listed by ["tieout:ReadLifecycles"] {
        /// What it is a release of and which, as links find it: `lambda python3.12`, `rds postgres 13`.
        key: String,
        /// When standard support ends; none: AWS has announced no end.
        supported_until: Option<Timestamp>,
        /// When paid extended support ends; none: there is none.
        extended_until: Option<Timestamp>,
        /// Where AWS says so.
        source: String,
        /// The day the data was last held against AWS's pages.
        as_of: Timestamp,
    }
}
