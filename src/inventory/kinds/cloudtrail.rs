//! What CloudTrail tells.

mod history;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

pub use history::{Change, Event};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Change::kind(),
        Event::kind(),
        EventDataStore::kind(),
        Trail::kind(),
    ]
}

record! {
    /// Which management events a trail records, its selectors taken together. A selector narrowed by more than
    /// reading, writing and the source of the event counts for nothing: what it lets through is not all.
    pub struct ManagementEvents {
        /// Every event that only reads.
        read: bool,
        /// Every event that changes something.
        write: bool,
        /// Event sources left out, each once: `kms.amazonaws.com`.
        excluded_sources: Vec<String>,
    }
}

record! {
    /// Object-level events of S3 that a trail records.
    pub struct ObjectEvents {
        /// ARN that the objects' ARNs start with: `arn:aws:s3:::acme-hr/`; `*` for every bucket.
        objects: String,
        /// Whether reads are recorded.
        read: bool,
        /// Whether writes are recorded.
        write: bool,
    }
}

record! {
    /// Data events of one type of resource, all of them, that a trail records.
    pub struct DataEvents {
        /// `AWS::Lambda::Function`, `AWS::DynamoDB::Table` …
        r#type: String,
        /// Whether those that read are recorded.
        read: bool,
        /// Whether those that change something are recorded: an invocation of a function is one.
        write: bool,
    }
}

kind! {
    /// A CloudTrail trail, once, at its home region. A member account of an organization also has the
    /// organization's trail, which logs its events too; its ARN then names the management account.
    "cloudtrail.trail" as trail: Trail, listed by ["cloudtrail:DescribeTrails"] {
        /// Name.
        name: String,
        /// Whether it records every region.
        multi_region: bool,
        /// Whether it records every account of the organization.
        organization: bool,
        /// Bucket it delivers to.
        bucket_name: String,
        /// ARN of the KMS key that encrypts the log files; none: S3's own keys do.
        kms_key: Option<String>,
        /// Whether digests make a change of the log files provable.
        validation: bool,
        /// ARN of the log group it delivers to, without the `:*` at its end; none: to none.
        log_group_arn: Option<String>,
        /// Whether it is recording now.
        logging: bool => ["cloudtrail:GetTrailStatus"],
        /// When it was last stopped; none: it never was.
        stopped: Option<Timestamp> => ["cloudtrail:GetTrailStatus"],
        /// Last delivery of log files; none: there was none yet.
        last_delivery: Option<Timestamp> => ["cloudtrail:GetTrailStatus"],
        /// Error of the last delivery, as S3 names it; none: it succeeded.
        delivery_error: Option<String> => ["cloudtrail:GetTrailStatus"],
        /// Last delivery of a digest; none: there was none yet.
        last_digest: Option<Timestamp> => ["cloudtrail:GetTrailStatus"],
        /// Error of the last digest's delivery; none: it succeeded.
        digest_error: Option<String> => ["cloudtrail:GetTrailStatus"],
        /// Last delivery to the log group; none: there was none yet.
        last_log_delivery: Option<Timestamp> => ["cloudtrail:GetTrailStatus"],
        /// Error of the last delivery to the log group; none: it succeeded.
        log_delivery_error: Option<String> => ["cloudtrail:GetTrailStatus"],
        /// Management events it records.
        management: ManagementEvents => ["cloudtrail:GetEventSelectors"],
        /// Object-level events of S3 it records; empty where it records none.
        object_events: Vec<ObjectEvents> => ["cloudtrail:GetEventSelectors"],
        /// Data events of whole types of resources that it records; empty where it records none.
        data_events: Vec<DataEvents> => ["cloudtrail:GetEventSelectors"],
    }
}

kind! {
    /// An event data store of CloudTrail Lake: events that can be asked, kept apart from trails and their buckets.
    "cloudtrail.event_data_store" as store: EventDataStore, listed by ["cloudtrail:ListEventDataStores"] {
        /// Name.
        name: String,
        /// Whether it takes in events.
        enabled: bool => ["cloudtrail:GetEventDataStore"],
        /// Whether it takes in those of every region.
        multi_region: bool => ["cloudtrail:GetEventDataStore"],
        /// Whether it takes in those of every account of the organization.
        organization: bool => ["cloudtrail:GetEventDataStore"],
        /// Days that it keeps them.
        retention_days: i64 => ["cloudtrail:GetEventDataStore"],
        /// Management events it takes in.
        management: ManagementEvents => ["cloudtrail:GetEventDataStore"],
    }
}
