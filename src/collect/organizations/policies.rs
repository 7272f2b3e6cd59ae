//! The policies of an organization, and what each is attached to.

use std::collections::BTreeMap;

use futures::lock::Mutex;
use serde::Deserialize;
use serde_json::json;

use super::Seen;
use super::tree::Tree;
use crate::aws::documents::statements;
use crate::aws::organizations::ORGANIZATIONS as API;
use crate::aws::{Question, Turn, each, gather, pages};
use crate::inventory::intake::Identity;
use crate::inventory::kinds::organizations::Policy;
use crate::inventory::{Read, Told};

/// What each policy is attached to, by the policy's id.
pub(super) type Attached = BTreeMap<String, Vec<String>>;

/// Types whose policies are read, and whether they are made of statements.
const TYPES: &[(&str, bool)] = &[
    ("SERVICE_CONTROL_POLICY", true),
    ("RESOURCE_CONTROL_POLICY", true),
    ("TAG_POLICY", false),
    ("AISERVICES_OPT_OUT_POLICY", false),
];

/// Ids of the policies that are attached to something on the way from an account to the root.
pub(super) fn on(attached: &Attached, way: &[String]) -> Vec<String> {
    let reaching = attached
        .iter()
        .filter(|(_, targets)| targets.iter().any(|target| way.contains(target)));
    reaching.map(|(id, _)| id.clone()).collect()
}

/// Reads the policies of each type that is in force. What they are attached to comes back: all of it or nothing.
pub(super) async fn collect(seen: &Seen<'_>, tree: &Read<Tree>) -> Read<Attached> {
    let tree = match tree {
        Ok(tree) => tree,
        Err(gap) => {
            seen.unlisted::<Policy>(gap.clone());
            return Err(gap.clone());
        }
    };
    let (site, intake) = (seen.site, seen.intake);
    // No type in force, no policy: the root says so.
    intake.listed::<Policy>(&site.account, &site.region, &tree.source);
    let (attached, mut cut) = (Mutex::new(BTreeMap::new()), None);
    for (kind, has_statements) in TYPES {
        if !tree.value.enforces(kind) {
            continue;
        }
        let listing = pages(
            async |token| {
                let question = Question::json(json!({ "Filter": kind, "NextToken": token }));
                let about = format!("type={kind}");
                site.tell::<Policies>(&API, "ListPolicies", question, about)
                    .await
            },
            |page| Turn::to(page.next.as_deref()),
            async |page| {
                intake.listed::<Policy>(&site.account, &site.region, &page.source);
                each(&page.value.policies, async |one| {
                    let targets = one_policy(seen, page, one, *has_statements).await;
                    attached.lock().await.insert(one.id.clone(), targets);
                })
                .await;
                Ok(())
            },
        );
        if let Err(gap) = listing.await {
            seen.unlisted::<Policy>(gap.clone());
            cut.get_or_insert(gap);
        }
    }
    if let Some(gap) = cut {
        return Err(gap);
    }
    let mut all = Attached::new();
    for (id, targets) in attached.into_inner() {
        all.insert(id, targets?.value);
    }
    tree.fact(all)
}

/// Reads one policy; its targets come back.
async fn one_policy(
    seen: &Seen<'_>,
    page: &Told<Policies>,
    one: &Summary,
    has_statements: bool,
) -> Read<Vec<String>> {
    let site = seen.site;
    let about = format!("policy={}", one.id);
    let statements = async {
        if !has_statements {
            return page.fact(Vec::new());
        }
        let question = Question::json(json!({ "PolicyId": one.id }));
        let described = site
            .tell::<Described>(&API, "DescribePolicy", question, &about)
            .await;
        described.read(|d| statements(&d.policy.content))
    };
    let targets = gather(
        async |token| {
            let question = Question::json(json!({ "PolicyId": one.id, "NextToken": token }));
            site.tell::<Targets>(&API, "ListTargetsForPolicy", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            Ok(page
                .targets
                .iter()
                .map(|target| target.id.clone())
                .collect())
        },
    );
    let (statements, targets) = futures::join!(statements, targets);
    let fields = Policy {
        id: page.fact(one.id.clone()),
        name: page.fact(one.name.clone()),
        r#type: page.fact(one.kind.clone()),
        aws_managed: page.fact(one.aws_managed),
        targets: targets.clone(),
        statements,
    };
    let identity = Identity {
        arn: one.arn.clone(),
        name: one.name.clone(),
    };
    seen.intake
        .add(&site.account, &site.region, identity, fields);
    targets
}

#[derive(Debug, Deserialize)]
struct Policies {
    #[serde(rename = "Policies")]
    policies: Vec<Summary>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PolicySummary.html>
#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(rename = "Id")]
    id: String,
    #[serde(rename = "Arn")]
    arn: String,
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Type")]
    kind: String,
    #[serde(rename = "AwsManaged")]
    aws_managed: bool,
}

#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "Policy")]
    policy: Document,
}

#[derive(Debug, Deserialize)]
struct Document {
    #[serde(rename = "Content")]
    content: String,
}

#[derive(Debug, Deserialize)]
struct Targets {
    #[serde(rename = "Targets")]
    targets: Vec<Target>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Target {
    #[serde(rename = "TargetId")]
    id: String,
}
