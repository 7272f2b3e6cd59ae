//! IAM Identity Center: permission sets, and who has which of them in which account.
//!
//! Assignments cost a call for each account that a permission set is in use in, and a group's members one for each group
//! that has any; nothing is asked of accounts and groups without.

mod assignments;

use std::sync::Arc;

use futures::future::join_all;
use futures::lock::Mutex;
use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::statements;
use crate::aws::identity_center::{Instance, SSO_ADMIN as API, instances, user_names};
use crate::aws::{Missing, Question, Reply, Site, Turn, gather, pages};
use crate::inventory::Gap;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::sso_admin::{Assignment, PermissionSet};

use assignments::{Assigned, Directory};

/// Reads the Identity Center of one region. Where there is none, that one call says so.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    // The directory is found by the same listing, and may be all that is asked for.
    if !site.plans_any(&["sso-admin:ListPermissionSets"]) {
        return;
    }
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |token| instances(site, token).await,
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<PermissionSet>(account, region, &page.source);
            intake.listed::<Assignment>(account, region, &page.source);
            let of = page.value.instances.iter();
            for instance in of.filter(|instance| instance.is_read_at(site)) {
                one_instance(site, intake, instance).await;
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        unlisted(site, intake, gap);
    }
}

/// What is assigned hangs on what there is to assign: a listing that failed hides both.
fn unlisted(site: &Site, intake: &Intake, gap: Arc<Gap>) {
    intake.incomplete::<PermissionSet>(&site.account, &site.region, gap.clone());
    intake.incomplete::<Assignment>(&site.account, &site.region, gap);
}

async fn one_instance(site: &Site, intake: &Intake, instance: &Instance) {
    let sets = Mutex::new(Vec::new());
    let listing = pages(
        async |token| {
            let input = json!({ "InstanceArn": instance.arn, "NextToken": token });
            site.tell::<PermissionSets>(&API, "ListPermissionSets", Question::json(input), "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<PermissionSet>(&site.account, &site.region, &page.source);
            intake.listed::<Assignment>(&site.account, &site.region, &page.source);
            let found = page.value.arns.iter();
            let mut sets = sets.lock().await;
            sets.extend(found.cloned());
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        unlisted(site, intake, gap);
    }
    let sets = sets.into_inner();
    let of = |arn: &str| Of {
        site,
        instance: instance.arn.clone(),
        set: arn.to_owned(),
    };
    let read = join_all(sets.iter().map(|arn| assignments::read(of(arn))));
    let (assigned, people) = futures::join!(read, user_names(site, &instance.store));
    let directory = Directory::read(site, &instance.store, &assigned, people).await;
    let all = sets.iter().zip(&assigned);
    join_all(
        all.map(async |(arn, assigned)| one_set(intake, &of(arn), assigned, &directory).await),
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct PermissionSets {
    #[serde(rename = "PermissionSets")]
    arns: Vec<String>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// A permission set to ask about.
struct Of<'a> {
    site: &'a Site,
    instance: String,
    set: String,
}

impl Of<'_> {
    fn about(&self) -> String {
        let id = self.set.rsplit('/').next();
        format!("permission-set={}", id.map_or("", |id| id))
    }

    fn asks(&self, token: Option<String>) -> Question {
        Question::json(json!({
            "InstanceArn": self.instance,
            "NextToken": token,
            "PermissionSetArn": self.set,
        }))
    }
}

async fn one_set(intake: &Intake, of: &Of<'_>, assigned: &Assigned, directory: &Directory) {
    let (site, about) = (of.site, of.about());
    let managed = gather(
        async |token| {
            let operation = "ListManagedPoliciesInPermissionSet";
            site.tell::<Managed>(&API, operation, of.asks(token), &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.policies.iter().map(|one| one.arn.clone()).collect()),
    );
    let (described, managed, inline): (Reply<Described>, _, Reply<Inline>) = futures::join!(
        site.tell(&API, "DescribePermissionSet", of.asks(None), &about),
        managed,
        site.tell(
            &API,
            "GetInlinePolicyForPermissionSet",
            of.asks(None),
            &about
        ),
    );
    let name = described.read(|d| Ok(d.set.name.clone()));
    assignments::add(intake, of, assigned, directory, &name);
    let fields = PermissionSet {
        session_minutes: described.read(|d| minutes(&d.set.session)),
        managed_policies: managed,
        // An empty document stands for none.
        // <https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_GetInlinePolicyForPermissionSet.html>
        inline_policy: inline.read(|i| match i.policy.as_str() {
            "" => Ok(Vec::new()),
            document => statements(document),
        }),
        accounts: assigned.accounts(),
        people: directory.people(assigned),
        name,
    };
    let shown = fields
        .name
        .as_ref()
        .map_or_else(|_| of.set.clone(), |name| name.value.clone());
    let identity = Identity {
        arn: of.set.clone(),
        name: shown,
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// The minutes of an ISO 8601 duration of hours, minutes and seconds: `PT8H`, `PT1H30M`.
/// <https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PermissionSet.html>
fn minutes(duration: &str) -> Result<i64, Missing> {
    let strange = || Missing(format!("the answer holds the duration {duration}"));
    let mut rest = duration.strip_prefix("PT").ok_or_else(strange)?;
    let mut seconds = 0;
    for (unit, worth) in [('H', 3600), ('M', 60), ('S', 1)] {
        if let Some((count, after)) = rest.split_once(unit) {
            let count: i64 = count.parse().map_err(|_| strange())?;
            seconds += count * worth;
            rest = after;
        }
    }
    if rest.is_empty() {
        Ok(seconds / 60)
    } else {
        Err(strange())
    }
}

#[derive(Debug, Deserialize)]
struct Managed {
    #[serde(rename = "AttachedManagedPolicies")]
    policies: Vec<ManagedPolicy>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ManagedPolicy {
    #[serde(rename = "Arn")]
    arn: String,
}

#[derive(Debug, Deserialize)]
struct Inline {
    #[serde(rename = "InlinePolicy")]
    policy: String,
}

#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "PermissionSet")]
    set: Description,
}

#[derive(Debug, Deserialize)]
struct Description {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "SessionDuration")]
    session: String,
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn a_session_lasts_minutes() {
        for (text, expected) in [
            ("PT8H", 480),
            ("PT1H30M", 90),
            ("PT45M", 45),
            ("PT12H", 720),
            ("PT3600S", 60),
        ] {
            assert_eq!(minutes(text), Ok(expected), "{text}");
        }
        for text in ["", "8H", "P1D", "PTxH", "PT1H?"] {
            assert!(minutes(text).is_err(), "{text}");
        }
    }
}
