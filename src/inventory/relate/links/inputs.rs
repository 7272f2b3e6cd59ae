//! Links to what the user's own files and the dated data say.

use super::super::Leads::{ToMany, ToOne, ToOneOrNone};
use super::super::Link;
use super::super::Within::Account;
use super::link;

pub(super) const LINKS: &[Link] = &[
    link(
        ("account", "people"),
        "inputs.person",
        ToMany,
        Account,
        None,
        "Everybody on the roster.",
    ),
    link(
        ("account", "public_endpoints"),
        "inputs.public_endpoint",
        ToMany,
        Account,
        None,
        "All that may be reached from the internet.",
    ),
    link(
        ("account", "retention"),
        "inputs.retention",
        ToMany,
        Account,
        None,
        "The retention schedule.",
    ),
    link(
        ("account", "vendors"),
        "inputs.vendor",
        ToMany,
        Account,
        None,
        "Every account of somebody else that may have access.",
    ),
    link(
        ("iam.user", "person"),
        "inputs.person",
        ToOneOrNone,
        Account,
        Some(("name", "logins")),
        "Who on the roster answers for the user; none: nobody does.",
    ),
    link(
        ("identitystore.user", "person"),
        "inputs.person",
        ToOneOrNone,
        Account,
        Some(("name", "logins")),
        "Who on the roster answers for the user; none: nobody does.",
    ),
    link(
        ("inputs.person", "iam_users"),
        "iam.user",
        ToMany,
        Account,
        Some(("logins", "name")),
        "The IAM users they answer for.",
    ),
    link(
        ("inputs.person", "identity_center_users"),
        "identitystore.user",
        ToMany,
        Account,
        Some(("logins", "name")),
        "The users of IAM Identity Center they answer for.",
    ),
    release(("elasticache.cluster", "lifecycle"), ("release", "")),
    release(("kafka.cluster", "lifecycle"), ("release", "")),
    release(("lambda.function", "lifecycle"), ("runtime", "lambda ")),
    release(("opensearch.domain", "lifecycle"), ("release", "")),
    release(("rds.cluster", "lifecycle"), ("release", "")),
    release(("rds.instance", "lifecycle"), ("release", "")),
    link(
        ("inputs.person", "calls_about"),
        "cloudtrail.event",
        ToMany,
        Account,
        Some(("logins", "targets")),
        "What was done with the access of the user names they answer for, in the last ninety days.",
    ),
    link(
        ("sns.subscription", "person"),
        "inputs.person",
        ToOneOrNone,
        Account,
        Some(("email", "logins")),
        "Who on the roster has the address; none: nobody has.",
    ),
    link(
        ("transfer.user", "person"),
        "inputs.person",
        ToOneOrNone,
        Account,
        Some(("name", "logins")),
        "Who on the roster answers for the user; none: nobody does.",
    ),
];

/// A link to the release that a resource runs: `what` is the field that names it, and what its key begins with.
const fn release(from: (&'static str, &'static str), what: (&'static str, &'static str)) -> Link {
    let mut link = link(
        from,
        "inputs.release",
        ToOne,
        Account,
        Some((what.0, "key")),
        "What is known of the release it runs. A gap where that is not in the data.",
    );
    link.prefix = what.1;
    link
}
