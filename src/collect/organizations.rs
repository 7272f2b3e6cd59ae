//! Organizations: the organization the account is in, with its accounts, policies and delegated administrators.
//!
//! The tree of units is walked once (two calls a unit), so that no account costs a call to find where it stands; an account
//! costs one for its tags, a policy two, and what breaks tag policies one for all.

mod policies;
mod tagging;
mod tree;

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::lock::Mutex;
use serde::Deserialize;
use serde_json::json;

use crate::aws::organizations::{
    ORGANIZATIONS as API, Organization, kept_from_members, membership,
};
use crate::aws::{Moment, Question, Reply, Site, Tag, Turn, each, gather, pages, tags};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::organizations::{Account, Belongs, DelegatedAdministrator, Policy};
use crate::inventory::schema::Fields;
use crate::inventory::{Gap, Read, Source, Told};

/// The organization, as seen from one of its accounts.
struct Seen<'a> {
    site: &'a Site,
    intake: &'a Intake,
    organization: &'a Organization,
    source: &'a Source,
}

/// Reads the organization. Where there is none, that one call says all there is.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let membership = membership(site).await;
    let own = || vec![site.account.to_string()];
    let (account, region) = (&site.account, &site.region);
    let accounts = match &membership {
        Reply::Told(told) => {
            let seen = Seen {
                site,
                intake,
                organization: &told.value.organization,
                source: &told.source,
            };
            seen.all().await
        }
        Reply::Absent(source) => {
            intake.listed::<Account>(account, region, source);
            intake.listed::<DelegatedAdministrator>(account, region, source);
            intake.listed::<Policy>(account, region, source);
            membership.read_or(own, |_| Ok(own()))
        }
        Reply::Gap(gap) => {
            intake.incomplete::<Account>(account, region, gap.clone());
            intake.incomplete::<DelegatedAdministrator>(account, region, gap.clone());
            intake.incomplete::<Policy>(account, region, gap.clone());
            Err(gap.clone())
        }
    };
    let fields = Belongs {
        organization: membership.read_or(|| None, |m| Ok(Some(m.organization.id.clone()))),
        manages_organization: membership
            .read_or(|| false, |m| Ok(m.organization.management == **account)),
        organization_all_features: membership
            .read_or(|| false, |m| Ok(m.organization.all_features())),
        organization_accounts: accounts,
    };
    intake.facet(account, region, fields);
}

impl Seen<'_> {
    /// Everything; the numbers of the accounts are what comes back.
    async fn all(&self) -> Read<Vec<String>> {
        let tree = tree::read(self.site).await;
        let (reaching, ()) = futures::join!(
            policies::collect(self, &tree),
            self.delegated_administrators()
        );
        self.accounts(&tree, &reaching).await
    }

    fn manages(&self) -> bool {
        self.organization.management == *self.site.account
    }

    /// A listing that did not come to its end. What AWS tells no member there is nothing to read of: it is read where the
    /// organization is managed.
    fn unlisted<K: Fields>(&self, gap: Arc<Gap>) {
        let (account, region) = (&self.site.account, &self.site.region);
        if self.is_kept(&gap) {
            self.intake.listed::<K>(account, region, self.source);
        } else {
            self.intake.incomplete::<K>(account, region, gap);
        }
    }

    fn is_kept(&self, gap: &Gap) -> bool {
        !self.manages() && kept_from_members(gap)
    }

    async fn accounts(
        &self,
        tree: &Read<tree::Tree>,
        reaching: &Read<policies::Attached>,
    ) -> Read<Vec<String>> {
        let Self { site, intake, .. } = self;
        let breaches = tagging::breaches(self).await;
        let numbers = Mutex::new(Vec::new());
        let listing = pages(
            async |token| {
                let question = Question::json(json!({ "NextToken": token }));
                site.tell::<Accounts>(&API, "ListAccounts", question, "")
                    .await
            },
            |page| Turn::to(page.next.as_deref()),
            async |page| {
                intake.listed::<Account>(&site.account, &site.region, &page.source);
                let listed = page.value.accounts.iter().map(|one| one.number.clone());
                let mut numbers = numbers.lock().await;
                numbers.extend(listed.map(|number| (number, page.source.clone())));
                each(&page.value.accounts, async |one| {
                    self.one_account(page, one, (tree, reaching), &breaches)
                        .await
                })
                .await;
                Ok(())
            },
        )
        .await;
        let told = |numbers: Vec<String>, source: &Source| {
            Ok(Told {
                value: numbers,
                source: source.clone(),
            })
        };
        match listing {
            Ok(()) => {
                let numbers = numbers.into_inner();
                let source = numbers
                    .last()
                    .map_or_else(|| self.source.clone(), |(_, source)| source.clone());
                told(
                    numbers.into_iter().map(|(number, _)| number).collect(),
                    &source,
                )
            }
            Err(gap) => {
                self.unlisted::<Account>(gap.clone());
                if !self.is_kept(&gap) {
                    return Err(gap);
                }
                let management = self.organization.management.clone();
                told(vec![site.account.to_string(), management], self.source)
            }
        }
    }

    async fn one_account(
        &self,
        page: &Told<Accounts>,
        one: &Listed,
        (tree, attached): (&Read<tree::Tree>, &Read<policies::Attached>),
        breaches: &Read<Option<BTreeMap<String, i64>>>,
    ) {
        let tree = tree.as_ref().map_err(Arc::clone);
        let number = &one.number;
        let fields = Account {
            number: page.fact(number.clone()),
            name: page.fact(one.name.clone()),
            state: page.fact(one.state.clone()),
            joined: page.fact(one.joined.0),
            manages: page.fact(*number == self.organization.management),
            units: tree
                .clone()
                .and_then(|tree| tree.read(|tree| tree.units(number))),
            policy_ids: tree.and_then(|tree| {
                let attached = attached.as_ref().map_err(Arc::clone)?;
                let way = tree.read(|tree| tree.way(number))?.value;
                attached.read(|attached| Ok(policies::on(attached, &way)))
            }),
            tag_breaches: breaches.as_ref().map_err(Arc::clone).and_then(|told| {
                // An account without any is left out.
                let of = |all: &BTreeMap<String, i64>| all.get(number).map_or(0, |count| *count);
                told.read(|all| Ok(all.as_ref().map(of)))
            }),
            tags: self.tags_of(number).await,
        };
        let identity = Identity {
            arn: one.arn.clone(),
            name: one.name.clone(),
        };
        self.intake
            .add(&self.site.account, &self.site.region, identity, fields);
    }

    async fn tags_of(&self, number: &str) -> Read<BTreeMap<String, String>> {
        let about = format!("account={number}");
        let all = gather(
            async |token| {
                let input = json!({ "ResourceId": number, "NextToken": token });
                self.site
                    .tell::<Tags>(&API, "ListTagsForResource", Question::json(input), &about)
                    .await
            },
            |page| Turn::to(page.next.as_deref()),
            |page| Ok(page.tags.clone()),
        );
        Ok(all.await?.map(|all| tags(&all)))
    }

    async fn delegated_administrators(&self) {
        let Self { site, intake, .. } = self;
        let listing = pages(
            async |token| {
                let question = Question::json(json!({ "NextToken": token }));
                site.tell::<Administrators>(&API, "ListDelegatedAdministrators", question, "")
                    .await
            },
            |page| Turn::to(page.next.as_deref()),
            async |page| {
                intake.listed::<DelegatedAdministrator>(&site.account, &site.region, &page.source);
                each(&page.value.administrators, async |one| {
                    let fields = DelegatedAdministrator {
                        number: page.fact(one.number.clone()),
                        name: page.fact(one.name.clone()),
                        services: self.services_of(&one.number).await,
                    };
                    let identity = Identity {
                        arn: one.arn.clone(),
                        name: one.name.clone(),
                    };
                    intake.add(&site.account, &site.region, identity, fields);
                })
                .await;
                Ok(())
            },
        );
        if let Err(gap) = listing.await {
            self.unlisted::<DelegatedAdministrator>(gap);
        }
    }

    async fn services_of(&self, number: &str) -> Read<Vec<String>> {
        let about = format!("account={number}");
        gather(
            async |token| {
                let input = json!({ "AccountId": number, "NextToken": token });
                let question = Question::json(input);
                self.site
                    .tell::<Services>(&API, "ListDelegatedServicesForAccount", question, &about)
                    .await
            },
            |page| Turn::to(page.next.as_deref()),
            |page| {
                let services = page.services.iter();
                Ok(services.map(|one| one.principal.clone()).collect())
            },
        )
        .await
    }
}

#[derive(Debug, Deserialize)]
struct Accounts {
    #[serde(rename = "Accounts")]
    accounts: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html>
#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "Id")]
    number: String,
    #[serde(rename = "Arn")]
    arn: String,
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "State")]
    state: String,
    #[serde(rename = "JoinedTimestamp")]
    joined: Moment,
}

#[derive(Debug, Deserialize)]
struct Tags {
    #[serde(rename = "Tags")]
    tags: Vec<Tag>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Administrators {
    #[serde(rename = "DelegatedAdministrators")]
    administrators: Vec<Administrator>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DelegatedAdministrator.html>
#[derive(Debug, Deserialize)]
struct Administrator {
    #[serde(rename = "Id")]
    number: String,
    #[serde(rename = "Arn")]
    arn: String,
    #[serde(rename = "Name")]
    name: String,
}

#[derive(Debug, Deserialize)]
struct Services {
    #[serde(rename = "DelegatedServices")]
    services: Vec<Service>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Service {
    #[serde(rename = "ServicePrincipal")]
    principal: String,
}
