//! The policies of an organization, and what each is attached to.

use std::collections::BTreeMap;

use futures::lock::Mutex;
use serde::Deserialize;
use serde_json::json;

use super::Seen;
use super::tree::Tree;
use crate::aws::documents::statements;
use crate::aws::organizations::ORGANIZATIONS as API;
use crate::aws::{Missing, Question, Reply, Turn, each, gather, pages};
use crate::inventory::intake::Identity;
use crate::inventory::kinds::organizations::Policy;
use crate::inventory::{Read, Told};

/// What each policy is attached to, by the policy's id.
pub(super) type Attached = BTreeMap<String, Vec<String>>;

/// What is read of a policy's document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// Its statements.
    OfStatements,
    /// The keys of the tags it is about.
    OfTags,
    /// Nothing.
    Otherwise,
}

/// Types whose policies are read, and what they are made of.
const TYPES: &[(&str, Made)] = &[
    ("SERVICE_CONTROL_POLICY", Made::OfStatements),
    ("RESOURCE_CONTROL_POLICY", Made::OfStatements),
    ("TAG_POLICY", Made::OfTags),
    ("AISERVICES_OPT_OUT_POLICY", Made::Otherwise),
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
    for (kind, made) in TYPES {
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
                    let targets = one_policy(seen, page, one, *made).await;
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
    made: Made,
) -> Read<Vec<String>> {
    let site = seen.site;
    let about = format!("policy={}", one.id);
    let document = async {
        if made == Made::Otherwise {
            return None;
        }
        let question = Question::json(json!({ "PolicyId": one.id }));
        let described = site.tell(&API, "DescribePolicy", question, &about).await;
        Some(described)
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
    let (document, targets): (Option<Reply<Described>>, _) = futures::join!(document, targets);
    let of = |wanted: Made| document.as_ref().filter(|_| made == wanted);
    let fields = Policy {
        id: page.fact(one.id.clone()),
        name: page.fact(one.name.clone()),
        r#type: page.fact(one.kind.clone()),
        aws_managed: page.fact(one.aws_managed),
        targets: targets.clone(),
        statements: match of(Made::OfStatements) {
            Some(document) => document.read(|d| statements(&d.policy.content)),
            None => page.fact(Vec::new()),
        },
        tag_keys: match of(Made::OfTags) {
            Some(document) => document.read(|d| tag_keys(&d.policy.content)),
            None => page.fact(Vec::new()),
        },
    };
    let identity = Identity {
        arn: one.arn.clone(),
        name: one.name.clone(),
    };
    seen.intake
        .add(&site.account, &site.region, identity, fields);
    targets
}

/// The keys of the tags that a tag policy is about, as it wants them written.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_example-tag-policies.html>
fn tag_keys(document: &str) -> Result<Vec<String>, Missing> {
    #[derive(Deserialize)]
    struct TagPolicy {
        /// Left out of one that is about nothing.
        #[serde(default)]
        tags: BTreeMap<String, About>,
    }
    #[derive(Deserialize)]
    struct About {
        /// Left out where an outer policy says it.
        tag_key: Option<Assigned>,
    }
    #[derive(Deserialize)]
    struct Assigned {
        #[serde(rename = "@@assign")]
        name: Option<String>,
    }
    let policy: TagPolicy = serde_json::from_str(document)
        .map_err(|error| Missing(format!("the tag policy is not one: {error}")))?;
    let keys = policy.tags.into_iter().map(|(key, about)| {
        let assigned = about.tag_key.and_then(|assigned| assigned.name);
        assigned.map_or(key, |name| name)
    });
    Ok(keys.collect())
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

#[cfg(test)]
mod tests {
    use super::tag_keys;

    #[test]
    fn a_tag_policy_names_the_keys_it_is_about() {
        let policy = r#"{"tags":{"owner":{"tag_key":{"@@assign":"Owner"},"tag_value":{"@@assign":["a"]}},"environment":{}}}"#;
        assert_eq!(tag_keys(policy).unwrap(), ["environment", "Owner"]);
        assert!(tag_keys("{}").unwrap().is_empty());
        assert!(tag_keys("tags").is_err());
    }
}
