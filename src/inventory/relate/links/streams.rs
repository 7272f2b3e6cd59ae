//! Links of queues and streams, and of what works on data.

use super::super::Leads::{ToMany, ToOne, ToOneOrNone};
use super::super::Link;
use super::super::Within::{Account, Region};
use super::link;

pub(super) const LINKS: &[Link] = &[
    link(
        ("account", "explorer_indexes"),
        "resource-explorer-2.index",
        ToMany,
        Account,
        None,
        "Every index of Resource Explorer.",
    ),
    link(
        ("firehose.stream", "source"),
        "kinesis.stream",
        ToOne,
        Account,
        Some(("source_arn", "arn")),
        "The data stream it reads from, if it does; a gap where that is in another account.",
    ),
    link(
        ("glue.job", "security"),
        "glue.security_configuration",
        ToOneOrNone,
        Region,
        Some(("security_configuration", "name")),
        "What it encrypts; none: it names none, or one that is not there.",
    ),
    link(
        ("macie2.bucket", "findings"),
        "macie2.finding",
        ToMany,
        Region,
        Some(("name", "bucket")),
        "What Macie found in it or about it.",
    ),
    link(
        ("macie2.session", "buckets"),
        "s3.bucket",
        ToMany,
        Account,
        Some(("region", "region")),
        "The account's buckets in its region.",
    ),
    link(
        ("macie2.session", "jobs"),
        "macie2.job",
        ToMany,
        Region,
        None,
        "Every job of Macie here.",
    ),
    link(
        ("region", "alarms"),
        "cloudwatch.alarm",
        ToMany,
        Region,
        None,
        "Every alarm of CloudWatch here.",
    ),
    link(
        ("sqs.queue", "sources"),
        "sqs.queue",
        ToMany,
        Region,
        Some(("arn", "dead_letter_arn")),
        "The queues of this account whose undeliverable messages it takes; empty: it is nobody's dead-letter queue.",
    ),
];
