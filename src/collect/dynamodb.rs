//! DynamoDB: tables, with how they are encrypted, protected and recovered, and their exports.

mod exports;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::{other_accounts, statements};
use crate::aws::{Api, Moment, Protocol, Question, Site, Tag, Turn, each, gather, list, tags};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::dynamodb::Table;
use crate::inventory::{Read, Told};

/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "dynamodb",
    Protocol::Json {
        version: "1.0",
        target: "DynamoDB_20120810",
    },
);

/// Reads the tables of one region, and what was exported of them.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(tables(site, intake), exports::collect(site, intake));
}

async fn tables(site: &Site, intake: &Intake) {
    list::<Table, Names>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "ExclusiveStartTableName": token }));
            site.tell(&API, "ListTables", question, "").await
        },
        |page| Turn::to(page.last.as_deref()),
        async |page| {
            each(&page.value.names, async |name| {
                one_table(site, intake, page, name).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct Names {
    #[serde(rename = "TableNames")]
    names: Vec<String>,
    #[serde(rename = "LastEvaluatedTableName")]
    last: Option<String>,
}

async fn one_table(site: &Site, intake: &Intake, page: &Told<Names>, name: &str) {
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let arn = format!("arn:{partition}:dynamodb:{region}:{account}:table/{name}");
    let by_name = || Question::json(json!({ "TableName": name }));
    let by_arn = || Question::json(json!({ "ResourceArn": arn }));
    let about = format!("table={name}");
    let (described, backups, expiry, policy, tags) = futures::join!(
        site.tell::<Described>(&API, "DescribeTable", by_name(), &about),
        site.tell::<Backups>(&API, "DescribeContinuousBackups", by_name(), &about),
        site.tell::<Expiry>(&API, "DescribeTimeToLive", by_name(), &about),
        site.tell::<Policy>(&API, "GetResourcePolicy", by_arn(), &about),
        tags_of(site, &arn, &about),
    );
    let table = Table {
        name: page.fact(name.to_owned()),
        status: described.read(|d| Ok(d.table.status.clone())),
        created: described.read(|d| Ok(d.table.created.0)),
        kms_key: described.read(|d| Ok(d.table.encryption.as_ref().and_then(|e| e.key.clone()))),
        deletion_protection: described.read(|d| Ok(d.table.deletion_protection)),
        on_demand: described.read(|d| {
            let billing = d.table.billing.as_ref();
            Ok(billing.is_some_and(|billing| billing.mode == "PAY_PER_REQUEST"))
        }),
        read_capacity: described.read(|d| Ok(d.table.provisioned.as_ref().map(|p| p.read))),
        write_capacity: described.read(|d| Ok(d.table.provisioned.as_ref().map(|p| p.write))),
        replicas: described
            .read(|d| Ok(d.table.replicas.iter().map(|r| r.region.clone()).collect())),
        point_in_time_recovery: backups
            .read(|b| Ok(b.description.point_in_time.status == "ENABLED")),
        expires_by: expiry.read(|e| Ok(e.description.in_force())),
        policy: policy.read_or(Vec::new, |p| statements(&p.policy)),
        policy_accounts: policy.read_or(Vec::new, |p| {
            Ok(other_accounts(&statements(&p.policy)?, &site.account))
        }),
        tags,
    };
    let identity = Identity {
        arn,
        name: name.to_owned(),
    };
    intake.add(account, region, identity, table);
}

/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "Table")]
    table: Description,
}

#[derive(Debug, Deserialize)]
struct Description {
    #[serde(rename = "TableStatus")]
    status: String,
    #[serde(rename = "CreationDateTime")]
    created: Moment,
    /// Left out where DynamoDB's own key encrypts.
    #[serde(rename = "SSEDescription")]
    encryption: Option<Encryption>,
    #[serde(rename = "DeletionProtectionEnabled")]
    deletion_protection: bool,
    /// Left out of tables that have always been provisioned.
    #[serde(rename = "BillingModeSummary")]
    billing: Option<Billing>,
    #[serde(rename = "ProvisionedThroughput")]
    provisioned: Option<Provisioned>,
    /// Left out of tables that are no global table.
    #[serde(rename = "Replicas", default)]
    replicas: Vec<Replica>,
}

#[derive(Debug, Deserialize)]
struct Encryption {
    #[serde(rename = "KMSMasterKeyArn")]
    key: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Billing {
    #[serde(rename = "BillingMode")]
    mode: String,
}

#[derive(Debug, Deserialize)]
struct Provisioned {
    #[serde(rename = "ReadCapacityUnits")]
    read: i64,
    #[serde(rename = "WriteCapacityUnits")]
    write: i64,
}

#[derive(Debug, Deserialize)]
struct Replica {
    #[serde(rename = "RegionName")]
    region: String,
}

#[derive(Debug, Deserialize)]
struct Backups {
    #[serde(rename = "ContinuousBackupsDescription")]
    description: ContinuousBackups,
}

#[derive(Debug, Deserialize)]
struct ContinuousBackups {
    #[serde(rename = "PointInTimeRecoveryDescription")]
    point_in_time: PointInTime,
}

#[derive(Debug, Deserialize)]
struct PointInTime {
    #[serde(rename = "PointInTimeRecoveryStatus")]
    status: String,
}

#[derive(Debug, Deserialize)]
struct Expiry {
    #[serde(rename = "TimeToLiveDescription")]
    description: TimeToLive,
}

#[derive(Debug, Deserialize)]
struct TimeToLive {
    #[serde(rename = "TimeToLiveStatus")]
    status: String,
    #[serde(rename = "AttributeName")]
    attribute: Option<String>,
}

impl TimeToLive {
    /// On its way in it does not expire anything yet, and on its way out no more.
    fn in_force(&self) -> Option<String> {
        let enabled = self.status == "ENABLED";
        self.attribute.clone().filter(|_| enabled)
    }
}

#[derive(Debug, Deserialize)]
struct Policy {
    #[serde(rename = "Policy")]
    policy: String,
}

#[derive(Debug, Deserialize)]
struct Tags {
    #[serde(rename = "Tags")]
    tags: Vec<Tag>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

async fn tags_of(site: &Site, arn: &str, about: &str) -> Read<BTreeMap<String, String>> {
    let all = gather(
        async |token| {
            let question = Question::json(json!({ "ResourceArn": arn, "NextToken": token }));
            site.tell::<Tags>(&API, "ListTagsOfResource", question, about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.tags.clone()),
    );
    Ok(all.await?.map(|all| tags(&all)))
}
