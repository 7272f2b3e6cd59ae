//! Who has a permission set, and where.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures::future::join_all;
use serde::Deserialize;
use serde_json::json;

use super::Of;
use crate::aws::identity_center::{IDENTITY_STORE, SSO_ADMIN as API};
use crate::aws::{Question, Reply, Site, Turn, gather};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::sso_admin::Assignment;
use crate::inventory::{Read, Told};

const GROUP: &str = "GROUP";

/// What came of a listing: page by page, as far as it came; and all of it or the gap that cut it short.
#[derive(Debug)]
struct Came<T> {
    pages: Vec<Told<Vec<T>>>,
    whole: Read<Vec<T>>,
}

impl<T> Came<T> {
    async fn of<P>(
        ask: impl AsyncFn(Option<String>) -> Reply<P>,
        turn: impl Fn(&P) -> Turn,
        take: impl Fn(&P) -> Vec<T>,
    ) -> Self {
        let came = RefCell::new(Vec::new());
        let asking = async |token| {
            let reply = ask(token).await;
            if let Reply::Told(page) = &reply {
                came.borrow_mut().push(Told {
                    value: take(&page.value),
                    source: page.source.clone(),
                });
            }
            reply
        };
        let whole = gather(asking, turn, |page| Ok(take(page))).await;
        Self {
            pages: came.into_inner(),
            whole,
        }
    }

    fn all(&self) -> impl Iterator<Item = &T> {
        self.pages.iter().flat_map(|page| &page.value)
    }
}

/// The accounts that a permission set is in use in, and who has it there.
#[derive(Debug)]
pub(super) struct Assigned {
    numbers: Came<String>,
    /// In the order of the accounts.
    there: Vec<Came<Listed>>,
}

impl Assigned {
    /// Numbers of the accounts: all or nothing.
    pub(super) fn accounts(&self) -> Read<Vec<String>> {
        self.numbers.whole.clone()
    }
}

/// Reads the assignments of a permission set.
pub(super) async fn read(of: Of<'_>) -> Assigned {
    let (site, about) = (of.site, of.about());
    let numbers = Came::of(
        async |token| {
            let operation = "ListAccountsForProvisionedPermissionSet";
            site.tell::<Accounts>(&API, operation, of.asks(token), &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| page.numbers.clone(),
    )
    .await;
    let there = join_all(numbers.all().map(|number| in_account(&of, number))).await;
    Assigned { numbers, there }
}

async fn in_account(of: &Of<'_>, number: &str) -> Came<Listed> {
    let about = format!("{},account={number}", of.about());
    Came::of(
        async |token| {
            let question = Question::json(json!({
                "AccountId": number,
                "InstanceArn": of.instance,
                "NextToken": token,
                "PermissionSetArn": of.set,
            }));
            of.site
                .tell::<Assignments>(&API, "ListAccountAssignments", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| page.assignments.clone(),
    )
    .await
}

/// Puts the assignments of a permission set into the inventory.
pub(super) fn add(
    intake: &Intake,
    of: &Of<'_>,
    assigned: &Assigned,
    directory: &Directory,
    set: &Read<String>,
) {
    let (account, region) = (&of.site.account, &of.site.region);
    let listings = assigned
        .there
        .iter()
        .map(|there| there.whole.as_ref().err());
    let cut = listings.chain([assigned.numbers.whole.as_ref().err()]);
    for gap in cut.flatten() {
        intake.incomplete::<Assignment>(account, region, gap.clone());
    }
    for page in &assigned.numbers.pages {
        intake.listed::<Assignment>(account, region, &page.source);
    }
    for told in assigned.there.iter().flat_map(|there| &there.pages) {
        intake.listed::<Assignment>(account, region, &told.source);
        for one in &told.value {
            let name = directory.name(one);
            let shown = match &name {
                Ok(told) => told.value.clone(),
                Err(_) => None,
            };
            let fields = Assignment {
                account: told.fact(one.account.clone()),
                principal_type: told.fact(one.kind.clone()),
                principal_id: told.fact(one.principal.clone()),
                principal: name,
                permission_set: set.clone(),
            };
            let principal = match shown {
                Some(name) => name,
                None => one.principal.clone(),
            };
            let set = set
                .as_ref()
                .map_or_else(|_| of.about(), |name| name.value.clone());
            let identity = Identity {
                arn: format!("{}/{}/{}", of.set, one.account, one.principal),
                name: format!("{principal}: {set} in {}", one.account),
            };
            intake.add(account, region, identity, fields);
        }
    }
}

/// Names of users and groups, and the members of the groups that have a permission set.
#[derive(Debug)]
pub(super) struct Directory {
    users: Read<BTreeMap<String, String>>,
    groups: Read<BTreeMap<String, String>>,
    members: BTreeMap<String, Read<Vec<String>>>,
}

impl Directory {
    /// Reads what is assigned to of a directory whose users are known.
    pub(super) async fn read(
        site: &Site,
        store: &str,
        assigned: &[Assigned],
        users: Read<BTreeMap<String, String>>,
    ) -> Self {
        let all = assigned.iter().flat_map(|set| &set.there);
        let all = all.flat_map(Came::all);
        let named: BTreeSet<&str> = all
            .filter(|one| one.kind == GROUP)
            .map(|one| one.principal.as_str())
            .collect();
        let groups = group_names(site, store).await;
        // An assignment may outlive its group, which then has no members.
        let there = |group: &&str| {
            groups
                .as_ref()
                .map_or(true, |names| names.value.contains_key(*group))
        };
        let asked = named.into_iter().filter(there);
        let members = join_all(
            asked.map(async |group| (group.to_owned(), members(site, store, group).await)),
        );
        let members = members.await.into_iter().collect();
        Self {
            users,
            groups,
            members,
        }
    }

    /// The name of who has an assignment; none where they are gone.
    fn name(&self, one: &Listed) -> Read<Option<String>> {
        let names = if one.kind == GROUP {
            &self.groups
        } else {
            &self.users
        };
        let names = names.as_ref().map_err(Arc::clone)?;
        names.fact(names.value.get(&one.principal).cloned())
    }

    /// Everyone who has a permission set, by name: all or nothing.
    pub(super) fn people(&self, assigned: &Assigned) -> Read<Vec<String>> {
        let accounts = assigned.numbers.whole.as_ref().map_err(Arc::clone)?;
        let users = self.users.as_ref().map_err(Arc::clone)?;
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        for there in &assigned.there {
            for one in &there.whole.as_ref().map_err(Arc::clone)?.value {
                if one.kind != GROUP {
                    ids.insert(&one.principal);
                } else if let Some(members) = self.members.get(&one.principal) {
                    let members = members.as_ref().map_err(Arc::clone)?;
                    ids.extend(members.value.iter().map(String::as_str));
                }
            }
        }
        let names: BTreeSet<String> = ids
            .into_iter()
            .map(|id| {
                users
                    .value
                    .get(id)
                    .map_or_else(|| id.to_owned(), String::clone)
            })
            .collect();
        accounts.fact(names.into_iter().collect())
    }
}

async fn group_names(site: &Site, store: &str) -> Read<BTreeMap<String, String>> {
    let about = format!("store={store}");
    let all = gather(
        async |token| {
            let input = json!({ "IdentityStoreId": store, "NextToken": token });
            site.tell::<Groups>(&IDENTITY_STORE, "ListGroups", Question::json(input), &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            let groups = page.groups.iter();
            Ok(groups
                .map(|one| (one.id.clone(), one.name.clone()))
                .collect())
        },
    );
    Ok(all.await?.map(BTreeMap::from_iter))
}

async fn members(site: &Site, store: &str, group: &str) -> Read<Vec<String>> {
    let about = format!("group={group}");
    gather(
        async |token| {
            let input = json!({ "GroupId": group, "IdentityStoreId": store, "NextToken": token });
            let question = Question::json(input);
            site.tell::<Memberships>(&IDENTITY_STORE, "ListGroupMemberships", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            Ok(page
                .memberships
                .iter()
                .map(|one| one.member.user.clone())
                .collect())
        },
    )
    .await
}

#[derive(Debug, Deserialize)]
struct Accounts {
    #[serde(rename = "AccountIds")]
    numbers: Vec<String>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Assignments {
    #[serde(rename = "AccountAssignments")]
    assignments: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_AccountAssignment.html>
#[derive(Debug, Clone, Deserialize)]
struct Listed {
    #[serde(rename = "AccountId")]
    account: String,
    #[serde(rename = "PrincipalType")]
    kind: String,
    #[serde(rename = "PrincipalId")]
    principal: String,
}

#[derive(Debug, Deserialize)]
struct Groups {
    #[serde(rename = "Groups")]
    groups: Vec<Group>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Group {
    #[serde(rename = "GroupId")]
    id: String,
    #[serde(rename = "DisplayName")]
    name: String,
}

#[derive(Debug, Deserialize)]
struct Memberships {
    #[serde(rename = "GroupMemberships")]
    memberships: Vec<Membership>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Membership {
    #[serde(rename = "MemberId")]
    member: Member,
}

#[derive(Debug, Deserialize)]
struct Member {
    #[serde(rename = "UserId")]
    user: String,
}
