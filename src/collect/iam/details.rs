//! The authorization details: principals and policies, all in one listing.

use std::cell::RefCell;
use std::collections::BTreeMap;

use aws_sdk_iam::Client;
use aws_sdk_iam::operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput;
use aws_sdk_iam::types::{
    AttachedPermissionsBoundary, AttachedPolicy, EntityType, GroupDetail, ManagedPolicyDetail,
    PolicyDetail, RoleDetail, Tag, UserDetail,
};

use super::account::{Devices, serials};
use super::reach::Reaches;
use super::report::Report;
use super::versions::in_force;
use super::{from, guardrails, scope};
use crate::ask;
use crate::aws::documents::encoded_statements;
use crate::aws::{Missing, Site, Turn, gather, instant, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::iam::policy::Policy;
use crate::inventory::kinds::iam::principal::{AccessKey, Group, Role, User};
use crate::inventory::kinds::statement::Statement;
use crate::inventory::{Read, Told};

/// One page of the listing, and where its facts go.
struct Page<'a> {
    site: &'a Site,
    intake: &'a Intake,
    told: Told<()>,
    reaches: &'a Reaches,
}

pub(super) async fn collect(
    site: &Site,
    iam: &Client,
    intake: &Intake,
    report: &Read<Report>,
    devices: &Read<Devices>,
) {
    // AWS's own policies are no resources of the account.
    let wanted = [
        EntityType::User,
        EntityType::Group,
        EntityType::Role,
        EntityType::LocalManagedPolicy,
    ];
    let kept = RefCell::new(Vec::new());
    let listing = pages(
        async |token| {
            let asked = iam
                .get_account_authorization_details()
                .set_filter(Some(wanted.to_vec()));
            ask!(
                site,
                "iam:GetAccountAuthorizationDetails",
                asked.set_marker(token)
            )
        },
        |page| Turn::marked(page.is_truncated(), page.marker()),
        async |page| {
            intake.listed::<User>(&site.account, &site.region, &page.source);
            intake.listed::<Group>(&site.account, &site.region, &page.source);
            intake.listed::<Role>(&site.account, &site.region, &page.source);
            intake.listed::<Policy>(&site.account, &site.region, &page.source);
            kept.borrow_mut().push(page.clone());
            Ok(())
        },
    );
    let (listing, of_aws, control) =
        futures::join!(listing, policies_of_aws(site, iam), guardrails::read(site));
    let pages = kept.into_inner();
    let cut = listing.err();
    // All together, as a group, a policy or the next role on the way up may be on any page.
    let account = (site.partition.as_ref(), site.account.as_ref());
    let reaches = Reaches::of(account, &pages, cut.as_ref(), &of_aws, &control);
    let gaps = pages.iter().filter_map(|page| {
        let told = Told {
            value: (),
            source: page.source.clone(),
        };
        let of = Page {
            site,
            intake,
            told,
            reaches: &reaches,
        };
        let taken = of.all(&page.value, report, devices);
        taken.err().map(|missing| page.lacks(missing))
    });
    for gap in gaps.chain(cut) {
        intake.incomplete::<User>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Group>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Role>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Policy>(&site.account, &site.region, gap);
    }
}

/// AWS's own policies, as far as the account uses them: what they say decides what their holders may do. They come in
/// a listing of their own, so that the account's own policies do not wait for them.
async fn policies_of_aws(site: &Site, iam: &Client) -> Read<Vec<ManagedPolicyDetail>> {
    gather(
        async |token| {
            let asked = iam
                .get_account_authorization_details()
                .filter(EntityType::AwsManagedPolicy);
            ask!(
                site,
                "iam:GetAccountAuthorizationDetails",
                asked.set_marker(token)
            )
        },
        |page| Turn::marked(page.is_truncated(), page.marker()),
        |page| page.policies.clone().ok_or(missing("Policies")),
    )
    .await
}

impl Page<'_> {
    fn all(
        &self,
        page: &GetAccountAuthorizationDetailsOutput,
        report: &Read<Report>,
        devices: &Read<Devices>,
    ) -> Result<(), Missing> {
        let users = page.user_detail_list.as_ref();
        let groups = page.group_detail_list.as_ref();
        let roles = page.role_detail_list.as_ref();
        let policies = page.policies.as_ref();
        let users = users.ok_or(missing("UserDetailList"))?;
        let groups = groups.ok_or(missing("GroupDetailList"))?;
        let roles = roles.ok_or(missing("RoleDetailList"))?;
        let policies = policies.ok_or(missing("Policies"))?;
        users
            .iter()
            .try_for_each(|user| self.user(user, report, devices))?;
        groups.iter().try_for_each(|group| self.group(group))?;
        roles.iter().try_for_each(|role| self.role(role))?;
        policies.iter().try_for_each(|policy| self.managed(policy))
    }

    fn user(
        &self,
        user: &UserDetail,
        report: &Read<Report>,
        devices: &Read<Devices>,
    ) -> Result<(), Missing> {
        let identity = identity(user.arn(), user.user_name())?;
        if let Ok(report) = report {
            // Newer than the report: keys of this user, if any, are not in it.
            if let Err(missing) = report.value.row(&identity.arn) {
                self.intake.incomplete::<AccessKey>(
                    &self.site.account,
                    &self.site.region,
                    report.lacks(missing),
                );
            }
        }
        let arn = identity.arn.clone();
        let reached = self.reaches.of_principal(&arn, &self.told);
        let fields = User {
            name: self.told.fact(identity.name.clone()),
            id: self.read(text(user.user_id(), "UserId")),
            path: self.read(text(user.path(), "Path")),
            created: self.read(
                user.create_date()
                    .ok_or(missing("CreateDate"))
                    .and_then(instant),
            ),
            groups: self.read(user.group_list.clone().ok_or(missing("GroupList"))),
            attached_policies: self.read(arns(user.attached_managed_policies.as_deref())),
            permissions_boundary: self.read(boundary(user.permissions_boundary())),
            tags: self.told.fact(tags(user.tags())),
            password_enabled: from(report, |report| report.row(&arn)?.flag("password_enabled")),
            password_last_used: from(report, |report| {
                report.row(&arn)?.time("password_last_used")
            }),
            password_last_changed: from(report, |report| {
                report.row(&arn)?.time("password_last_changed")
            }),
            mfa: from(report, |report| report.row(&arn)?.flag("mfa_active")),
            active_keys: from(report, |report| report.row(&arn)?.active_keys()),
            virtual_mfa: from(devices, |devices| Ok(serials(devices, &arn))),
            administrator: reached.administrator,
            escalations: reached.ways,
            conditional_escalations: reached.conditional_ways,
        };
        self.inline(&identity, user.user_policy_list())?;
        self.intake
            .add(&self.site.account, &self.site.region, identity, fields);
        Ok(())
    }

    fn group(&self, group: &GroupDetail) -> Result<(), Missing> {
        let identity = identity(group.arn(), group.group_name())?;
        let fields = Group {
            name: self.told.fact(identity.name.clone()),
            id: self.read(text(group.group_id(), "GroupId")),
            path: self.read(text(group.path(), "Path")),
            created: self.read(
                group
                    .create_date()
                    .ok_or(missing("CreateDate"))
                    .and_then(instant),
            ),
            attached_policies: self.read(arns(group.attached_managed_policies.as_deref())),
        };
        self.inline(&identity, group.group_policy_list())?;
        self.intake
            .add(&self.site.account, &self.site.region, identity, fields);
        Ok(())
    }

    fn role(&self, role: &RoleDetail) -> Result<(), Missing> {
        let identity = identity(role.arn(), role.role_name())?;
        let trust = self.document(
            role.assume_role_policy_document(),
            "AssumeRolePolicyDocument",
        );
        let reached = self.reaches.of_principal(&identity.arn, &self.told);
        let last_used = role.role_last_used().and_then(|used| used.last_used_date());
        let fields = Role {
            name: self.told.fact(identity.name.clone()),
            id: self.read(text(role.role_id(), "RoleId")),
            path: self.read(text(role.path(), "Path")),
            created: self.read(
                role.create_date()
                    .ok_or(missing("CreateDate"))
                    .and_then(instant),
            ),
            service_linked: self
                .read(text(role.path(), "Path").map(|path| path.starts_with("/aws-service-role/"))),
            outside_trust: from(&trust, |trust| {
                Ok(scope::outside_trust(trust, &self.site.account))
            }),
            trust,
            last_used: self.read(last_used.map(instant).transpose()),
            attached_policies: self.read(arns(role.attached_managed_policies.as_deref())),
            permissions_boundary: self.read(boundary(role.permissions_boundary())),
            tags: self.told.fact(tags(role.tags())),
            administrator: reached.administrator,
            escalations: reached.ways,
            conditional_escalations: reached.conditional_ways,
            reads_data: reached.reads_data,
        };
        self.inline(&identity, role.role_policy_list())?;
        self.intake
            .add(&self.site.account, &self.site.region, identity, fields);
        Ok(())
    }

    fn managed(&self, policy: &ManagedPolicyDetail) -> Result<(), Missing> {
        let identity = identity(policy.arn(), policy.policy_name())?;
        let statements = match in_force(policy) {
            Ok(version) => self.document(version.document(), "Document"),
            Err(missing) => self.read(Err(missing)),
        };
        let created = policy
            .create_date()
            .ok_or(missing("CreateDate"))
            .and_then(instant);
        let updated = policy
            .update_date()
            .ok_or(missing("UpdateDate"))
            .and_then(instant);
        let boundary_of = policy
            .permissions_boundary_usage_count()
            .ok_or(missing("PermissionsBoundaryUsageCount"));
        let fields = Policy {
            name: self.told.fact(identity.name.clone()),
            holder: self.told.fact(None),
            created: self.read(created.map(Some)),
            updated: self.read(updated.map(Some)),
            attached_to: self.read(
                policy
                    .attachment_count()
                    .map(i64::from)
                    .ok_or(missing("AttachmentCount")),
            ),
            boundary_of: self.read(boundary_of.map(i64::from)),
            unscoped: from(&statements, |statements| Ok(scope::unscoped(statements))),
            full_admin: from(&statements, |statements| Ok(scope::full_admin(statements))),
            statements,
        };
        self.intake
            .add(&self.site.account, &self.site.region, identity, fields);
        Ok(())
    }

    /// The inline policies of a user, group or role. IAM leaves the list out where there are none.
    /// <https://docs.aws.amazon.com/cli/latest/reference/iam/get-account-authorization-details.html>
    fn inline(&self, holder: &Identity, policies: &[PolicyDetail]) -> Result<(), Missing> {
        for policy in policies {
            let name = policy.policy_name().ok_or(missing("PolicyName"))?;
            let statements = self.document(policy.policy_document(), "PolicyDocument");
            let fields = Policy {
                name: self.told.fact(name.to_owned()),
                holder: self.told.fact(Some(holder.arn.clone())),
                created: self.told.fact(None),
                updated: self.told.fact(None),
                attached_to: self.told.fact(1),
                boundary_of: self.told.fact(0),
                unscoped: from(&statements, |statements| Ok(scope::unscoped(statements))),
                full_admin: from(&statements, |statements| Ok(scope::full_admin(statements))),
                statements,
            };
            // Neither users, groups nor roles may have a `#` in their name, so this ARN is nobody else's.
            let identity = Identity {
                arn: format!("{}#{name}", holder.arn),
                name: format!("{}/{name}", holder.name),
            };
            self.intake
                .add(&self.site.account, &self.site.region, identity, fields);
        }
        Ok(())
    }

    fn read<T>(&self, value: Result<T, Missing>) -> Read<T> {
        self.told.read(|()| value)
    }

    fn document(&self, document: Option<&str>, member: &str) -> Read<Vec<Statement>> {
        self.read(document.ok_or(missing(member)).and_then(encoded_statements))
    }
}

fn identity(arn: Option<&str>, name: Option<&str>) -> Result<Identity, Missing> {
    Ok(Identity {
        arn: text(arn, "Arn")?,
        name: text(name, "the name of a principal or policy")?,
    })
}

fn text(value: Option<&str>, member: &str) -> Result<String, Missing> {
    value.map(str::to_owned).ok_or(missing(member))
}

fn arns(attached: Option<&[AttachedPolicy]>) -> Result<Vec<String>, Missing> {
    let attached = attached.ok_or(missing("AttachedManagedPolicies"))?;
    attached
        .iter()
        .map(|policy| text(policy.policy_arn(), "PolicyArn"))
        .collect()
}

/// IAM leaves it out where there is none.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UserDetail.html>
fn boundary(boundary: Option<&AttachedPermissionsBoundary>) -> Result<Option<String>, Missing> {
    boundary
        .map(|boundary| {
            text(
                boundary.permissions_boundary_arn(),
                "PermissionsBoundaryArn",
            )
        })
        .transpose()
}

fn tags(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter()
        .map(|tag| (tag.key().to_owned(), tag.value().to_owned()))
        .collect()
}
