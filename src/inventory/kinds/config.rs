//! What AWS Config tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind};

/// Its kinds, and its facet of a region.
pub fn kinds() -> Vec<Kind> {
    vec![
        Recorder::kind(),
        ConformancePack::kind(),
        DeliveryChannel::kind(),
        ResourceCount::kind(),
        Remediation::kind(),
        RemediationException::kind(),
        Rule::kind(),
        Finding::kind(),
        Timeline::kind(),
        History::kind(),
    ]
}

kind! {
    /// A configuration recorder of the customer's own: what keeps the history of resources in a region.
    "config.recorder" as recorder: Recorder, listed by ["config:DescribeConfigurationRecorders"] {
        /// Name.
        name: String,
        /// Whether it records every type of resource that Config knows.
        all_types: bool,
        /// Whether it records the users, groups, roles and policies of IAM, which belong to no region: one region's recorder
        /// is enough.
        iam_types: bool,
        /// Whether it records at this moment.
        recording: bool => ["config:DescribeConfigurationRecorderStatus"],
        /// How the last delivery went, in lower case: `success`, `failure`, `pending`; none: it has delivered nothing.
        last_status: Option<String> => ["config:DescribeConfigurationRecorderStatus"],
        /// When it was last stopped; none: it never was.
        stopped: Option<Timestamp> => ["config:DescribeConfigurationRecorderStatus"],
    }
}

kind! {
    /// A delivery channel: where the history goes.
    "config.delivery_channel" as channel: DeliveryChannel, listed by ["config:DescribeDeliveryChannelStatus"] {
        /// Name.
        name: String,
        /// When history was last delivered; none: never.
        history_delivered: Option<Timestamp>,
    }
}

kind! {
    /// A type of resources that AWS Config found in a region.
    "config.resource_count" as count: ResourceCount, listed by ["config:GetDiscoveredResourceCounts"] {
        /// The type: `AWS::EC2::Instance`.
        r#type: String,
        /// The service in it: `EC2`.
        service: String,
        /// How many there are.
        count: i64,
    }
}

kind! {
    /// A rule of AWS Config.
    "config.rule" as rule: Rule, listed by ["config:DescribeConfigRules"] {
        /// Name.
        name: String,
        /// Whether it is in force; it may be on its way out.
        active: bool,
        /// `AWS` for a managed rule, `CUSTOM_LAMBDA` or `CUSTOM_POLICY`.
        owner: String,
        /// What AWS calls a managed rule: `ROOT_ACCOUNT_MFA_ENABLED`; of other rules the function that judges; none: it
        /// is written in the rule itself.
        identifier: Option<String>,
        /// When it was last evaluated with success; none: never.
        evaluated: Option<Timestamp> => ["config:DescribeConfigRuleEvaluationStatus"],
        /// Error of the last evaluation; none: there was none.
        last_error: Option<String> => ["config:DescribeConfigRuleEvaluationStatus"],
        /// What it finds: `nothing_wrong`, `something_wrong`, `nothing_to_judge`, or `not_judged_yet`.
        finds: String => ["config:DescribeComplianceByConfigRule"],
    }
}

kind! {
    /// A resource that a rule of AWS Config finds wrong.
    "config.finding" as finding: Finding, listed by ["config:DescribeConfigRules", "config:DescribeComplianceByConfigRule", "config:GetComplianceDetailsByConfigRule"] {
        /// Name of the rule.
        rule: String,
        /// Type of the resource: `AWS::S3::Bucket`.
        resource_type: String,
        /// Id of the resource.
        resource: String,
        /// Since when at the latest it has been wrong: when it was last looked at, or became what it is.
        since: Timestamp,
    }
}

facet! {
    /// How long AWS Config keeps what it records in a region.
    of "region": History {
        /// Days; none: as long as AWS keeps it by itself, seven years.
        config_retention_days: Option<i64> => ["config:DescribeRetentionConfigurations"],
    }
}

kind! {
    /// What is done about what a rule finds.
    "config.remediation" as remediation: Remediation, listed by ["config:DescribeConfigRules", "config:DescribeRemediationConfigurations"] {
        /// Name of the rule.
        rule: String,
        /// Document of Systems Manager that mends it.
        document: String,
        /// Whether it runs by itself; if not, somebody has to start it.
        automatic: bool,
        /// Ids of resources for which its last run failed; empty: none.
        failed: Vec<String> => ["config:DescribeRemediationExecutionStatus"],
    }
}

kind! {
    /// A resource that a rule's remediation leaves alone.
    "config.remediation_exception" as exception: RemediationException, listed by ["config:DescribeConfigRules", "config:DescribeRemediationConfigurations", "config:DescribeRemediationExceptions"] {
        /// Name of the rule.
        rule: String,
        /// Id of the resource.
        resource: String,
        /// Why it is left alone; none: nobody said.
        reason: Option<String>,
        /// When that ends; none: never.
        expires: Option<Timestamp>,
    }
}

kind! {
    /// A conformance pack: rules of AWS Config that belong together.
    "config.conformance_pack" as pack: ConformancePack, listed by ["config:DescribeConformancePackStatus"] {
        /// Name.
        name: String,
        /// `CREATE_IN_PROGRESS`, `CREATE_COMPLETE`, `CREATE_FAILED`, `DELETE_IN_PROGRESS` or `DELETE_FAILED`.
        state: String,
    }
}

kind! {
    /// The history of a resource that was picked as a sample: of a few types the few resources whose ids have the lowest
    /// digests, among the first hundred that AWS Config lists. The same are picked at every scan.
    "config.timeline" as timeline: Timeline, listed by ["config:DescribeConfigurationRecorders", "config:ListDiscoveredResources"] {
        /// The type: `AWS::S3::Bucket`.
        r#type: String,
        /// Id of the resource.
        resource: String,
        /// When it was recorded first, as far as AWS Config keeps it; none: never.
        first: Option<Timestamp> => ["config:GetResourceConfigHistory"],
        /// When the resource was made; none: its type does not tell.
        created: Option<Timestamp> => ["config:GetResourceConfigHistory"],
        /// What its last record says: `OK`, `ResourceDiscovered`, `ResourceNotRecorded`, `ResourceDeleted` …; none: there
        /// is no record.
        last_status: Option<String> => ["config:GetResourceConfigHistory"],
        /// When the resource last changed, as recorded; none: there is no record.
        last: Option<Timestamp> => ["config:GetResourceConfigHistory"],
        /// Whether a recorder of the customer's records here at this moment. While none does, nothing is added to the history.
        recording: bool => ["config:DescribeConfigurationRecorderStatus"],
        /// When such a recorder was last stopped, so that the history has a hole from then until it was started again; none:
        /// never.
        stopped: Option<Timestamp> => ["config:DescribeConfigurationRecorderStatus"],
    }
}
