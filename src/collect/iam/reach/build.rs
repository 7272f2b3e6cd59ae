//! IAM's answers as an account for [`escalation`](crate::policy::escalation).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use aws_sdk_iam::types::{
    AttachedPolicy, GroupDetail, ManagedPolicyDetail, PolicyDetail, RoleDetail, Tag, UserDetail,
};

use super::super::versions::in_force;
use super::Details;
use crate::aws::documents::encoded_statements;
use crate::aws::{Missing, missing};
use crate::inventory::kinds::statement as facts;
use crate::inventory::{Gap, Told};
use crate::policy::escalation::{Account, Document, Group, Holder, Sort};
use crate::policy::statement::{Condition, Effect, Principal, Selection, Statement};

/// Puts an account together. What cannot be read whole is left out, and why is kept.
#[derive(Debug)]
pub(super) struct Builder {
    account: Account,
    hidden: Option<Arc<Gap>>,
    managed: HashMap<String, usize>,
    groups: HashMap<String, usize>,
}

impl Builder {
    pub(super) fn new(partition: &str, number: &str) -> Self {
        let account = Account {
            partition: partition.to_owned(),
            number: number.to_owned(),
            ..Account::default()
        };
        Self {
            account,
            hidden: None,
            managed: HashMap::new(),
            groups: HashMap::new(),
        }
    }

    /// Something could not be read.
    pub(super) fn hide(&mut self, gap: Arc<Gap>) {
        self.hidden.get_or_insert(gap);
    }

    /// The service control policies on the account, level by level.
    pub(super) fn service_control(&mut self, levels: &[Vec<facts::Statement>]) {
        let levels = levels.iter();
        self.account.service_control = levels
            .map(|level| level.iter().map(plain).collect())
            .collect();
    }

    /// Policies of AWS's.
    pub(super) fn policies_of_aws(&mut self, listed: &Told<Vec<ManagedPolicyDetail>>) {
        for policy in &listed.value {
            if let Err(missing) = self.managed(policy, false) {
                self.hide(listed.lacks(missing));
            }
        }
    }

    /// The account, and why it may be more than that.
    pub(super) fn build(mut self, pages: &[Details]) -> (Account, Option<Arc<Gap>>) {
        // Policies and groups first, on whatever page: principals hold them by name.
        self.each(
            pages,
            |page| &page.policies,
            |of, policy| of.managed(policy, true),
        );
        self.each(pages, |page| &page.group_detail_list, Self::group);
        self.each(pages, |page| &page.user_detail_list, Self::user);
        self.each(pages, |page| &page.role_detail_list, Self::role);
        self.account.holders.sort_by(|a, b| a.arn.cmp(&b.arn));
        (self.account, self.hidden)
    }

    fn each<T>(
        &mut self,
        pages: &[Details],
        list: impl Fn(&aws_sdk_iam::operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput) -> &Option<Vec<T>>,
        take: impl Fn(&mut Self, &T) -> Result<(), Missing>,
    ) {
        for page in pages {
            for one in list(&page.value).iter().flatten() {
                if let Err(missing) = take(self, one) {
                    self.hide(page.lacks(missing));
                }
            }
        }
    }

    fn managed(&mut self, policy: &ManagedPolicyDetail, own: bool) -> Result<(), Missing> {
        let arn = policy.arn().ok_or(missing("Arn"))?;
        let name = policy.policy_name().ok_or(missing("PolicyName"))?;
        let document = in_force(policy)?.document().ok_or(missing("Document"))?;
        let at = self.document(name, own.then(|| arn.to_owned()), document)?;
        self.managed.insert(arn.to_owned(), at);
        Ok(())
    }

    fn document(
        &mut self,
        name: &str,
        changeable: Option<String>,
        text: &str,
    ) -> Result<usize, Missing> {
        let statements = encoded_statements(text)?.iter().map(plain).collect();
        self.account
            .documents
            .push(Document::new(name.to_owned(), changeable, statements));
        Ok(self.account.documents.len() - 1)
    }

    fn group(&mut self, group: &GroupDetail) -> Result<(), Missing> {
        let name = group.group_name().ok_or(missing("GroupName"))?.to_owned();
        let arn = group.arn().ok_or(missing("Arn"))?.to_owned();
        let policies = self.policies(
            group.group_policy_list(),
            group.attached_managed_policies.as_deref(),
        )?;
        self.groups.insert(name.clone(), self.account.groups.len());
        self.account.groups.push(Group {
            name,
            arn,
            policies,
        });
        Ok(())
    }

    fn user(&mut self, user: &UserDetail) -> Result<(), Missing> {
        let mut policies = self.policies(
            user.user_policy_list(),
            user.attached_managed_policies.as_deref(),
        )?;
        let mut groups = Vec::new();
        for name in user.group_list.as_ref().ok_or(missing("GroupList"))? {
            let at = *self
                .groups
                .get(name)
                .ok_or_else(|| missing(&format!("group {name}")))?;
            let group = self
                .account
                .groups
                .get(at)
                .ok_or_else(|| missing(&format!("group {name}")))?;
            policies.extend(&group.policies);
            groups.push(at);
        }
        let boundary = user
            .permissions_boundary()
            .map(|boundary| boundary.permissions_boundary_arn());
        let holder = Holder {
            sort: Sort::User,
            name: user.user_name().ok_or(missing("UserName"))?.to_owned(),
            arn: user.arn().ok_or(missing("Arn"))?.to_owned(),
            id: user.user_id().ok_or(missing("UserId"))?.to_owned(),
            tags: tags(user.tags()),
            policies,
            groups,
            boundary: self.boundary(boundary)?,
            trust: None,
            owned_by_aws: false,
            in_profile: false,
        };
        self.account.holders.push(holder);
        Ok(())
    }

    fn role(&mut self, role: &RoleDetail) -> Result<(), Missing> {
        let path = role.path().ok_or(missing("Path"))?;
        let trust = role
            .assume_role_policy_document()
            .ok_or(missing("AssumeRolePolicyDocument"))?;
        let boundary = role
            .permissions_boundary()
            .map(|boundary| boundary.permissions_boundary_arn());
        let holder = Holder {
            sort: Sort::Role,
            name: role.role_name().ok_or(missing("RoleName"))?.to_owned(),
            arn: role.arn().ok_or(missing("Arn"))?.to_owned(),
            id: role.role_id().ok_or(missing("RoleId"))?.to_owned(),
            tags: tags(role.tags()),
            policies: self.policies(
                role.role_policy_list(),
                role.attached_managed_policies.as_deref(),
            )?,
            groups: Vec::new(),
            boundary: self.boundary(boundary)?,
            trust: Some(encoded_statements(trust)?.iter().map(plain).collect()),
            // Service-linked roles, and those of IAM Identity Center: only the service changes them.
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html>
            // <https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html>
            owned_by_aws: path.starts_with("/aws-service-role/")
                || path.starts_with("/aws-reserved/"),
            in_profile: !role.instance_profile_list().is_empty(),
        };
        self.account.holders.push(holder);
        Ok(())
    }

    fn policies(
        &mut self,
        inline: &[PolicyDetail],
        attached: Option<&[AttachedPolicy]>,
    ) -> Result<Vec<usize>, Missing> {
        let mut policies = Vec::new();
        for policy in inline {
            let name = policy.policy_name().ok_or(missing("PolicyName"))?;
            let text = policy.policy_document().ok_or(missing("PolicyDocument"))?;
            policies.push(self.document(name, None, text)?);
        }
        for policy in attached.ok_or(missing("AttachedManagedPolicies"))? {
            policies.push(self.by_arn(policy.policy_arn().ok_or(missing("PolicyArn"))?)?);
        }
        Ok(policies)
    }

    fn boundary(&self, boundary: Option<Option<&str>>) -> Result<Option<usize>, Missing> {
        boundary
            .map(|arn| self.by_arn(arn.ok_or(missing("PermissionsBoundaryArn"))?))
            .transpose()
    }

    fn by_arn(&self, arn: &str) -> Result<usize, Missing> {
        self.managed
            .get(arn)
            .copied()
            .ok_or_else(|| missing(&format!("policy {arn}")))
    }
}

fn tags(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter()
        .map(|tag| (tag.key().to_owned(), tag.value().to_owned()))
        .collect()
}

/// A statement for the module that knows what it means.
fn plain(statement: &facts::Statement) -> Statement {
    let principals = |principals: &[facts::Principal]| {
        let each = principals.iter().map(|principal| Principal {
            sort: principal.r#type.clone(),
            value: principal.value.clone(),
        });
        each.collect::<Vec<_>>()
    };
    // A statement has an element or its twin, and a policy of a resource may have no `Resource` at all.
    let selection = |of: &[String], but: &[String]| match but {
        [] => Selection::Of(of.to_vec()),
        [_, ..] => Selection::AllBut(but.to_vec()),
    };
    let no_resources = statement.resources.is_empty() && statement.not_resources.is_empty();
    let no_principals = statement.principals.is_empty() && statement.not_principals.is_empty();
    Statement {
        effect: if statement.effect == "Allow" {
            Effect::Allow
        } else {
            Effect::Deny
        },
        actions: selection(&statement.actions, &statement.not_actions),
        resources: (!no_resources)
            .then(|| selection(&statement.resources, &statement.not_resources)),
        principals: (!no_principals).then(|| {
            if statement.not_principals.is_empty() {
                Selection::Of(principals(&statement.principals))
            } else {
                Selection::AllBut(principals(&statement.not_principals))
            }
        }),
        conditions: statement.conditions.iter().map(condition).collect(),
    }
}

/// The same for one condition.
pub(in crate::collect::iam) fn condition(condition: &facts::Condition) -> Condition {
    Condition {
        operator: condition.operator.clone(),
        key: condition.key.clone(),
        values: condition.values.clone(),
    }
}
