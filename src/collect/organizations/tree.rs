//! The tree of an organization: the root, units within units, and where each account stands.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::join_all;
use serde::Deserialize;
use serde_json::json;

use crate::aws::organizations::ORGANIZATIONS as API;
use crate::aws::{Missing, Question, Site, Turn, gather, missing};
use crate::inventory::{Read, Told};

/// The whole tree, all or nothing.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Types of policies that are in force.
    types: BTreeSet<String>,
    /// What each unit and account is in, by id.
    parents: BTreeMap<String, String>,
    /// Names of the units by id; roots are not among them.
    names: BTreeMap<String, String>,
}

impl Tree {
    /// Whether policies of a type are in force.
    pub(super) fn enforces(&self, kind: &str) -> bool {
        self.types.contains(kind)
    }

    /// Ids from the account up to the root, its own among them.
    pub(super) fn way(&self, account: &str) -> Result<Vec<String>, Missing> {
        if !self.parents.contains_key(account) {
            return Err(missing(&format!("account {account} in the tree")));
        }
        let mut way = vec![account.to_owned()];
        while let Some(parent) = way.last().and_then(|last| self.parents.get(last)) {
            way.push(parent.clone());
        }
        Ok(way)
    }

    /// Names of the units of an account, the outermost first.
    pub(super) fn units(&self, account: &str) -> Result<Vec<String>, Missing> {
        let way = self.way(account)?;
        let names = way.iter().rev().filter_map(|id| self.names.get(id));
        Ok(names.cloned().collect())
    }
}

/// Walks the tree from the roots, of which there is one, level by level.
pub(super) async fn read(site: &Site) -> Read<Tree> {
    let roots = gather(
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell::<Roots>(&API, "ListRoots", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.roots.clone()),
    )
    .await?;
    let mut tree = Tree::default();
    let types = roots.value.iter().flat_map(|root| &root.types);
    let enforced = types.filter(|one| one.status == "ENABLED");
    tree.types.extend(enforced.map(|one| one.kind.clone()));
    let mut level: Vec<String> = roots.value.iter().map(|root| root.id.clone()).collect();
    let mut source = roots.source;
    while !level.is_empty() {
        let children = level.iter().map(|parent| async move {
            let (units, accounts) = futures::join!(units(site, parent), accounts(site, parent));
            (parent, units, accounts)
        });
        let mut below = Vec::new();
        for (parent, units, accounts) in join_all(children).await {
            for unit in units?.value {
                tree.parents.insert(unit.id.clone(), parent.clone());
                tree.names.insert(unit.id.clone(), unit.name);
                below.push(unit.id);
            }
            let accounts = accounts?;
            for account in accounts.value {
                tree.parents.insert(account, parent.clone());
            }
            source = accounts.source;
        }
        level = below;
    }
    Ok(Told {
        value: tree,
        source,
    })
}

async fn units(site: &Site, parent: &str) -> Read<Vec<Unit>> {
    let about = format!("parent={parent}");
    gather(
        async |token| {
            let question = Question::json(json!({ "ParentId": parent, "NextToken": token }));
            site.tell::<Units>(&API, "ListOrganizationalUnitsForParent", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.units.clone()),
    )
    .await
}

async fn accounts(site: &Site, parent: &str) -> Read<Vec<String>> {
    let about = format!("parent={parent}");
    gather(
        async |token| {
            let question = Question::json(json!({ "ParentId": parent, "NextToken": token }));
            site.tell::<Accounts>(&API, "ListAccountsForParent", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.accounts.iter().map(|one| one.number.clone()).collect()),
    )
    .await
}

#[derive(Debug, Deserialize)]
struct Roots {
    #[serde(rename = "Roots")]
    roots: Vec<Root>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Root.html>
#[derive(Debug, Clone, Deserialize)]
struct Root {
    #[serde(rename = "Id")]
    id: String,
    #[serde(rename = "PolicyTypes")]
    types: Vec<PolicyType>,
}

#[derive(Debug, Clone, Deserialize)]
struct PolicyType {
    #[serde(rename = "Type")]
    kind: String,
    #[serde(rename = "Status")]
    status: String,
}

#[derive(Debug, Deserialize)]
struct Units {
    #[serde(rename = "OrganizationalUnits")]
    units: Vec<Unit>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Unit {
    #[serde(rename = "Id")]
    id: String,
    #[serde(rename = "Name")]
    name: String,
}

#[derive(Debug, Deserialize)]
struct Accounts {
    #[serde(rename = "Accounts")]
    accounts: Vec<Account>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Account {
    #[serde(rename = "Id")]
    number: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let parents = [
            ("ou-1", "r-1"),
            ("ou-2", "ou-1"),
            ("111122223333", "ou-2"),
            ("444455556666", "r-1"),
        ];
        let names = [("ou-1", "Workloads"), ("ou-2", "Production")];
        let text = |(a, b): (&str, &str)| (a.to_owned(), b.to_owned());
        Tree {
            types: BTreeSet::new(),
            parents: parents.map(text).into(),
            names: names.map(text).into(),
        }
    }

    #[test]
    fn an_account_stands_in_the_units_between_the_root_and_itself() {
        assert_eq!(
            tree().units("111122223333").unwrap(),
            ["Workloads", "Production"]
        );
        assert_eq!(
            tree().way("111122223333").unwrap(),
            ["111122223333", "ou-2", "ou-1", "r-1"]
        );
        assert!(tree().units("444455556666").unwrap().is_empty());
    }

    #[test]
    fn an_account_that_is_not_in_the_tree_stands_nowhere_that_is_known() {
        assert!(tree().units("777788889999").is_err());
    }
}
