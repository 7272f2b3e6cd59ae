//! The organization's service control policies on the account, which take away from what its own policies allow.
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
//!
//! They never bind the management account, and AWS shows them to a delegated administrator and to no other member. A
//! member that may not read them is read by its own policies alone: they can only take away, so what is found may be stopped
//! by one, and nothing is missed.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::statements;
use crate::aws::organizations::{ORGANIZATIONS as API, membership};
use crate::aws::{Missing, Question, Reply, Site, Turn, gather, missing};
use crate::inventory::kinds::statement::Statement;
use crate::inventory::{Gap, Read, Reason};

/// Most levels there are: an account, five units, the root.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
const LEVELS: usize = 7;

/// The statements of each level that has policies, from the account up; empty where none binds it, or where AWS does not
/// show them to this account.
pub(super) async fn read(site: &Site) -> Result<Vec<Vec<Statement>>, Arc<Gap>> {
    match levels(site).await {
        Err(gap) if matches!(gap.reason, Reason::Denied | Reason::DeniedByScp) => Ok(Vec::new()),
        other => other,
    }
}

async fn levels(site: &Site) -> Result<Vec<Vec<Statement>>, Arc<Gap>> {
    let organization = match membership(site).await {
        Reply::Told(told) => told.value.organization,
        Reply::Absent(_) => return Ok(Vec::new()),
        Reply::Gap(gap) => return Err(gap),
    };
    if organization.management == *site.account || !organization.all_features() {
        return Ok(Vec::new());
    }
    let (mut levels, mut target) = (Vec::new(), site.account.to_string());
    for _ in 0..LEVELS {
        let level = level(site, &target).await?;
        // While the type is in force every level has a policy; a level without one says that it is not.
        if !level.is_empty() {
            levels.push(level);
        }
        match parent(site, &target).await? {
            Parent { id, kind } if kind == "ROOT" => {
                let level = self::level(site, &id).await?;
                if !level.is_empty() {
                    levels.push(level);
                }
                return Ok(levels);
            }
            Parent { id, .. } => target = id,
        }
    }
    Ok(levels)
}

async fn level(site: &Site, target: &str) -> Result<Vec<Statement>, Arc<Gap>> {
    let about = format!("target={target}");
    let attached: Read<Vec<String>> = gather(
        async |token| {
            let input = json!({
                "Filter": "SERVICE_CONTROL_POLICY",
                "NextToken": token,
                "TargetId": target,
            });
            site.tell::<Policies>(&API, "ListPoliciesForTarget", Question::json(input), &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.policies.iter().map(|one| one.id.clone()).collect()),
    )
    .await;
    let mut level = Vec::new();
    for id in attached?.value {
        let question = Question::json(json!({ "PolicyId": id }));
        let about = format!("policy={id}");
        let described = site
            .tell::<Described>(&API, "DescribePolicy", question, &about)
            .await;
        level.extend(described.read(|d| statements(&d.policy.content))?.value);
    }
    Ok(level)
}

async fn parent(site: &Site, child: &str) -> Result<Parent, Arc<Gap>> {
    let about = format!("child={child}");
    let parents = gather(
        async |token| {
            let question = Question::json(json!({ "ChildId": child, "NextToken": token }));
            site.tell::<Parents>(&API, "ListParents", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.parents.clone()),
    )
    .await?;
    let first = |parents: &Vec<Parent>| -> Result<Parent, Missing> {
        parents.first().cloned().ok_or_else(|| missing("a parent"))
    };
    Ok(parents.read(first)?.value)
}

#[derive(Debug, Deserialize)]
struct Policies {
    #[serde(rename = "Policies")]
    policies: Vec<Summary>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(rename = "Id")]
    id: String,
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
struct Parents {
    #[serde(rename = "Parents")]
    parents: Vec<Parent>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Parent.html>
#[derive(Debug, Clone, Deserialize)]
struct Parent {
    #[serde(rename = "Id")]
    id: String,
    #[serde(rename = "Type")]
    kind: String,
}
