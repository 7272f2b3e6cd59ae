//! Secrets Manager: secrets with their rotation, use and policy. Never what is in them.

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::{other_accounts, statements};
use crate::aws::{Api, Missing, Moment, Protocol, Question, Site, Tag, Turn, each, list, tags};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::secretsmanager::Secret;
use crate::inventory::kinds::statement::Statement;

/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html>
const API: Api = Api::new(
    "secretsmanager",
    Protocol::Json {
        version: "1.1",
        target: "secretsmanager",
    },
);

/// The most that one call lists.
const PAGE: u8 = 100;

/// Reads the secrets of one region. Those that wait to be deleted, which nobody can read any more, are not listed.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Secret, Secrets>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": PAGE, "NextToken": token }));
            site.tell(&API, "ListSecrets", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(&page.value.secrets, async |secret| {
                one_secret(site, intake, page, secret).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_secret(site: &Site, intake: &Intake, page: &Told<Secrets>, secret: &Listed) {
    let question = Question::json(json!({ "SecretId": secret.arn }));
    let about = format!("secret={}", secret.name);
    let policy = site
        .tell::<Policy>(&API, "GetResourcePolicy", question, about)
        .await;
    let rules = secret.rules.as_ref();
    let fields = Secret {
        name: page.fact(secret.name.clone()),
        created: page.fact(secret.created.0),
        changed: page.fact(secret.changed.map(|at| at.0)),
        read: page.fact(secret.accessed.map(|at| at.0)),
        kms_key: page.fact(secret.key.clone()),
        owner: page.fact(secret.owner.clone()),
        replica_of: page.fact(
            secret
                .primary
                .clone()
                .filter(|region| *region != *site.region),
        ),
        // Left out where rotation was never set up.
        // <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html>
        rotates: page.fact(secret.rotates == Some(true)),
        rotation_days: page.fact(rules.and_then(|rules| rules.days)),
        rotated: page.fact(secret.rotated.map(|at| at.0)),
        rotates_next: page.fact(secret.rotates_next.map(|at| at.0)),
        policy: policy.read(Policy::statements),
        policy_accounts: policy.read(|p| Ok(other_accounts(&p.statements()?, &site.account))),
        tags: page.fact(tags(&secret.tags)),
    };
    let identity = Identity {
        arn: secret.arn.clone(),
        name: secret.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Secrets {
    #[serde(rename = "SecretList")]
    secrets: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html>
#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "ARN")]
    arn: String,
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "CreatedDate")]
    created: Moment,
    /// Left out until something is changed for the first time.
    #[serde(rename = "LastChangedDate")]
    changed: Option<Moment>,
    /// Left out where nobody ever read it.
    #[serde(rename = "LastAccessedDate")]
    accessed: Option<Moment>,
    /// Left out where AWS's own key encrypts it.
    #[serde(rename = "KmsKeyId")]
    key: Option<String>,
    /// Left out where no service manages it.
    #[serde(rename = "OwningService")]
    owner: Option<String>,
    /// Left out where it is in one region alone.
    #[serde(rename = "PrimaryRegion")]
    primary: Option<String>,
    #[serde(rename = "RotationEnabled")]
    rotates: Option<bool>,
    /// Left out where rotation was never set up.
    #[serde(rename = "RotationRules")]
    rules: Option<Rules>,
    /// Left out where it has never been rotated.
    #[serde(rename = "LastRotatedDate")]
    rotated: Option<Moment>,
    /// Left out while rotation is off.
    #[serde(rename = "NextRotationDate")]
    rotates_next: Option<Moment>,
    /// Left out where there are none.
    #[serde(
        rename = "Tags",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    tags: Vec<Tag>,
}

/// Secrets Manager works the days out of a schedule by itself.
/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html>
#[derive(Debug, Deserialize)]
struct Rules {
    #[serde(rename = "AutomaticallyAfterDays")]
    days: Option<i64>,
}

/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html>
#[derive(Debug, Deserialize)]
struct Policy {
    /// Always there: an answer without it is none.
    #[serde(rename = "ARN")]
    _secret: String,
    /// Left out where there is none.
    #[serde(rename = "ResourcePolicy")]
    document: Option<String>,
}

impl Policy {
    fn statements(&self) -> Result<Vec<Statement>, Missing> {
        self.document
            .as_deref()
            .map_or_else(|| Ok(Vec::new()), statements)
    }
}
